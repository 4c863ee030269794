import Receivers

extension HomeAssistantPublisher {
    /// What of the configuration Home Assistant is told about.
    public struct Settings: Equatable, Sendable {
        public var isEnabled: Bool
        public var form: DiscoveryForm
        public var units: PublishedUnits
        public var topics: Topics
        public var meters: [MeterSettings]
        /// Names.
        public var receivers: [String]
        public var hasDatahubs: Bool

        public init(
            isEnabled: Bool = true, form: DiscoveryForm = .devices,
            units: PublishedUnits = .decided, topics: Topics, meters: [MeterSettings],
            receivers: [String] = [], hasDatahubs: Bool = false
        ) {
            self.isEnabled = isEnabled
            self.form = form
            self.units = units
            self.topics = topics
            self.meters = meters
            self.receivers = receivers
            self.hasDatahubs = hasDatahubs
        }

        init(_ configuration: Configuration, _ topics: Topics) {
            self.init(
                isEnabled: configuration.mqtt.homeAssistant, form: configuration.mqtt.discovery,
                units: configuration.mqtt.units, topics: topics, meters: configuration.meters,
                receivers: configuration.receivers.map(\.name),
                hasDatahubs: !configuration.datahubs.isEmpty)
        }
    }
}

extension HomeAssistantPublisher {
    /// Goes on with other settings: what is known of meters that stay is kept, those that are gone
    /// are taken back, and all is announced anew once it is known what the broker has.
    public mutating func configure(_ new: Settings, at now: Moment = Moment()) -> [Action] {
        let old = settings
        var actions: [Action] = []
        if new.topics != old.topics {
            // Under other topics the gateway is another device; the meters stay what they are.
            actions += take(back: gateway) + [.publish(.clearing(old.topics.health))]
            for meter in sortedMeters {
                actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
            }
            health = nil
        }
        let before = meters
        settings = new
        gateway = GatewayHealth.device(receivers: new.receivers, topics: new.topics)
        isCleanedUp = false
        if old.hasDatahubs, !new.hasDatahubs { others = [:] }
        for (id, meter) in before.sorted(by: { $0.key < $1.key }) {
            guard let name = name(of: meter.known.address, or: meter.known.sender) else {
                actions +=
                    take(
                        back: meter.known.device(
                            name: meter.name, gateway: gateway.id, topics: old.topics))
                    + [.publish(.clearing(old.topics.availability(of: meter.name)))]
                meters[id] = nil
                statesDue[id] = nil
                continue
            }
            if name != meter.name {
                actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
                meters[id]?.name = name
            }
            // Written with other units, or for another topic.
            if new.units != old.units || new.topics != old.topics {
                meters[id]?.lastStates = LastStates()
            }
        }
        if meters.count != before.count { actions.append(.remember) }
        guard isConnected else { return actions.filter { $0 == .remember } }
        return actions + connected(at: now)
    }

    private func take(back device: DiscoveredDevice) -> [Action] {
        guard settings.isEnabled else { return [] }
        return device.messages(settings.form).map { .publish(.clearing($0.topic)) }
    }
}
