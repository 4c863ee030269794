import Decoder
import Receivers

extension HomeAssistantPublisher {
    /// Which one of a fleet the program is.
    public struct Member: Equatable, Sendable {
        public var role: FleetSettings.Role
        public var name: String

        public init(_ role: FleetSettings.Role, named name: String) {
            self.role = role
            self.name = name
        }
    }

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
        /// Nil: the program is alone.
        public var member: Member?

        public init(
            isEnabled: Bool = true, form: DiscoveryForm = .devices,
            units: PublishedUnits = .decided, topics: Topics, meters: [MeterSettings],
            receivers: [String] = [], hasDatahubs: Bool = false, member: Member? = nil
        ) {
            self.isEnabled = isEnabled
            self.form = form
            self.units = units
            self.topics = topics
            self.meters = meters
            self.receivers = receivers
            self.hasDatahubs = hasDatahubs
            self.member = member
        }

        init(_ configuration: Configuration, _ topics: Topics) {
            self.init(
                isEnabled: configuration.mqtt.homeAssistant, form: configuration.mqtt.discovery,
                units: configuration.mqtt.units, topics: topics, meters: configuration.meters,
                receivers: configuration.receivers.map(\.name),
                hasDatahubs: !configuration.datahubs.isEmpty,
                member: configuration.fleet.map {
                    Member($0.role, named: configuration.mqtt.broker.clientID)
                })
        }
    }
}

extension HomeAssistantPublisher {
    /// Goes on with other settings: what is known of meters that stay is kept, those that are gone
    /// are taken back, and all is announced anew once it is known what the broker has.
    ///
    /// - Parameter isLeaving: whether the broker is left then: what is to be taken back there has to
    ///   be at once, also where another gateway might tell of it by now.
    public mutating func configure(
        _ new: Settings, isLeaving: Bool = false, at now: Moment = Moment()
    ) -> [Action] {
        let old = settings
        var actions: [Action] = []
        let next = ProgramDevices(new)
        if new.topics != old.topics {
            // Under other topics the program is another device; the meters stay what they are.
            let left = programs.all.filter { former in
                !next.all.contains { $0.id == former.id }
                    // A fleet may have others.
                    && (former.id == programs.own.id || old.member == nil)
            }
            actions += left.flatMap { take(back: $0) }
            actions += MQTTMessage.clearings(of: old.topics).map(Action.publish)
            health = nil
        }
        if new.topics.base != old.topics.base {
            for meter in ourMeters {
                actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
            }
        }
        if !isConnected, new.topics.base != old.topics.base {
            let earlier = former ?? old.topics
            former = new.member == nil && earlier.base != new.topics.base ? earlier : nil
        }
        let before = meters
        let ours = Set(ourMeters.map(\.known.deviceID))
        settings = new
        programs = next
        isCleanedUp = false
        if (new.member == nil) != (part == nil) { part = new.member.map { _ in [] } }
        if old.hasDatahubs, !new.hasDatahubs { others = [:] }
        for (id, meter) in before.sorted(by: { $0.key < $1.key }) {
            guard let name = name(of: meter.known.address, or: meter.known.sender) else {
                if ours.contains(id) {
                    let device = meter.known.device(
                        name: meter.name, gateway: programs.hub.id, topics: old.topics)
                    if isLeaving || part != nil { actions += take(back: device) }
                    actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
                }
                // Another decoder may tell of it once more before it knows.
                if part != nil { departed[id] = meter } else { gone.insert(id) }
                meters[id] = nil
                statesDue[id] = nil
                continue
            }
            if name != meter.name, ours.contains(id) {
                actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
            }
            meters[id]?.name = name
            // Written with other units, or for another topic.
            if new.units != old.units || new.topics != old.topics {
                meters[id]?.lastStates = LastStates()
            }
        }
        departed = departed.filter { _, meter in
            part != nil && name(of: meter.known.address, or: meter.known.sender) == nil
        }
        if meters.count != before.count { actions.append(.remember) }
        guard isConnected else { return actions.filter { $0 == .remember } }
        return actions + connected(at: now)
    }

    func name(of address: MeterAddress, or sender: MeterAddress) -> String? {
        let ranked = settings.meters.compactMap { meter in
            [address, sender].compactMap(meter.selector.match).max().map { (meter.name, $0) }
        }
        return ranked.max { $0.1 < $1.1 }?.0
    }

    func take(back device: DiscoveredDevice) -> [Action] {
        guard settings.isEnabled else { return [] }
        return device.messages(settings.form).map { .publish(.clearing($0.topic)) }
    }
}
