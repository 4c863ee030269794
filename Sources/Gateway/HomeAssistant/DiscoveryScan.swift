/// What the broker still has of ours is looked through after each connect, and what should not be
/// there is taken back.
extension HomeAssistantPublisher {
    /// A scan is over when nothing came for `quiet`, at the latest after `longestScan`.
    static let quiet = Duration.milliseconds(1500)
    static let longestScan = Duration.seconds(5)
    /// What Home Assistant needs to let go of entities that come in another form.
    static let untilEntitiesAreGone = Duration.seconds(1)
    /// A broker with more messages of ours has not got them from us.
    private static let mostFound = 20_000

    struct Scan {
        var ends: Instant
        var endsAtLatest: Instant
        var found: [DiscoveryTopic: FoundDiscovery] = [:]
        /// Nothing is listened to any more: entities change their form.
        var isMigrating = false
    }

    /// What the broker has, while a scan runs; an empty message is what it has no more.
    mutating func note(_ payload: [UInt8], on topic: DiscoveryTopic) {
        let found = FoundDiscovery(topic: topic, payload: payload, gateway: gateway.id)
        guard let count = scan?.found.count, found == nil || count < Self.mostFound else { return }
        scan?.found[topic] = found
    }

    /// Takes back what should not be there, and announces what should; in between, where entities
    /// change their form, it waits until Home Assistant has let go of them.
    mutating func endOf(_ scan: Scan, at now: Moment) -> [Action] {
        self.scan = nil
        var actions: [Action] = []
        if !scan.isMigrating {
            actions += DiscoveryTopic.filters.map(Action.unsubscribe)
            actions += settle(scan.found.values.sorted { $0.topic.text < $1.topic.text })
            guard replacing.isEmpty else {
                self.scan = scan
                self.scan?.isMigrating = true
                self.scan?.ends = now.instant + Self.untilEntitiesAreGone
                return actions
            }
        }
        return settings.isEnabled ? actions + announceAll(at: now) : actions
    }

    mutating func endScan() -> Scan? {
        defer { scan = nil }
        return scan
    }
}

// Taking back
extension HomeAssistantPublisher {
    /// Compares what the broker has of ours with what there should be.
    private mutating func settle(_ found: [FoundDiscovery]) -> [Action] {
        guard settings.isEnabled else {
            isCleanedUp = true
            return found.flatMap(remove)
                + (found.isEmpty ? [] : [.publish(.clearing(settings.topics.health))])
        }
        replacing = [:]
        var actions: [Action] = []
        for discovery in found {
            let id = discovery.device
            let known =
                id == gateway.id ? gateway : meters[id].map(device(of:)) ?? others[id]?.device
            if let known {
                actions += settle(discovery, of: known)
            } else if let address = KnownMeter.address(inDeviceID: id),
                let name = name(of: address, or: address)
            {
                // A meter of ours that was not heard since its memory was lost: it stays, silent.
                if discovery.topic.form != settings.form { actions.append(replace(discovery)) }
                let availability = settings.topics.availability(of: name)
                actions += discovery.availability.filter { $0 != availability }
                    .flatMap(clearAvailability)
                if !meters.values.contains(where: { $0.name == name }) {
                    actions.append(
                        .publish(.availability(online: false, of: name, settings.topics)))
                }
            } else if settings.hasDatahubs, DatahubDiscovery.isDevice(id) {
                // The same with a Datahub's.
                if discovery.topic.form != settings.form { actions.append(replace(discovery)) }
            } else {
                actions += remove(discovery)
            }
        }
        return actions
    }

    private mutating func settle(
        _ discovery: FoundDiscovery, of device: DiscoveredDevice
    ) -> [Action] {
        var actions = discovery.availability.filter { !device.availability.contains($0) }
            .flatMap(clearAvailability)
        guard discovery.topic.form == settings.form else { return actions + [replace(discovery)] }
        guard meters[device.id]?.isRemembered != false else { return actions }
        switch discovery.topic {
        case .entity:
            if !device.entities.contains(where: { device.topic(of: $0) == discovery.topic }) {
                actions.append(.publish(.clearing(discovery.topic.text)))
            }
        case .device:
            let current = Dictionary(
                device.entities.map { ($0.key, $0.platform.rawValue) },
                uniquingKeysWith: { first, _ in first })
            let gone = discovery.components.filter { current[$0.key] == nil }
            if !gone.isEmpty { actions.append(.publish(device.removal(of: gone))) }
        }
        return actions
    }

    /// Lets Home Assistant let go of what comes in the other form, so that it keeps all that its
    /// user has set. Not retained: the clearing that follows must not overtake it.
    private mutating func replace(_ discovery: FoundDiscovery) -> Action {
        replacing[discovery.device, default: []].append(discovery.topic)
        return .publish(
            MQTTMessage(topic: discovery.topic.text, text: #"{"migrate_discovery":true}"#))
    }

    private func remove(_ discovery: FoundDiscovery) -> [Action] {
        [.publish(.clearing(discovery.topic.text))]
            + discovery.availability.flatMap(clearAvailability)
    }

    /// Clears a meter's availability, no other topic, whatever the message says.
    private func clearAvailability(_ topic: String) -> [Action] {
        guard topic.hasPrefix("\(settings.topics.base)/mgt/OMS/"), topic.hasSuffix("/availability"),
            !topic.contains("+"), !topic.contains("#")
        else { return [] }
        return [.publish(.clearing(topic))]
    }
}
