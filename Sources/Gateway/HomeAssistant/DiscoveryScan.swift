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
    private static let mostOctets = 64 << 20

    struct Scan {
        var ends: Instant
        var endsAtLatest: Instant
        var found: [DiscoveryTopic: FoundDiscovery] = [:]
        /// Of `found`.
        var octets = 0
        /// Nothing is listened to any more: entities change their form.
        var isMigrating = false
        /// Whether another one is to follow.
        var isRepeated = false
    }

    /// Begins to look what the broker has.
    mutating func look(at now: Moment) -> [Action] {
        guard scan == nil else {
            // What comes in this one is judged at its end.
            if scan?.isMigrating == true { scan?.isRepeated = true }
            return []
        }
        scan = Scan(
            ends: now.instant + Self.quiet, endsAtLatest: now.instant + Self.longestScan)
        return DiscoveryTopic.filters.map(Action.subscribe)
    }

    /// What the broker has, while a scan runs; an empty message is what it has no more.
    mutating func note(_ payload: [UInt8], on topic: DiscoveryTopic) {
        let programs = programs.all.map(\.id) + [former.map(GatewayHealth.hubID)].compactMap(\.self)
        let found = FoundDiscovery(topic: topic, payload: payload, programs: programs) { id in
            guard part != nil, KnownMeter.address(inDeviceID: id) != nil else { return nil }
            return Set(meters[id]?.known.entities.map(\.key) ?? [])
        }
        guard let scan else { return }
        let octets = scan.octets - (scan.found[topic]?.octets ?? 0) + (found?.octets ?? 0)
        guard found == nil || scan.found.count < Self.mostFound && octets < Self.mostOctets else {
            return
        }
        self.scan?.octets = octets
        self.scan?.found[topic] = found
    }

    /// Takes back what should not be there, and announces what should; in between, where entities
    /// change their form, it waits until Home Assistant has let go of them.
    mutating func endOf(_ scan: Scan, at now: Moment) -> [Action] {
        self.scan = nil
        var actions: [Action] = []
        if !scan.isMigrating {
            actions += DiscoveryTopic.filters.map(Action.unsubscribe)
            adopted = [:]
            actions += settle(scan.found.values.sorted { $0.topic.text < $1.topic.text })
            if let former {
                actions += MQTTMessage.clearings(of: former).map(Action.publish) + [.remember]
                self.former = nil
            }
            if part != nil { forgetDeparted(besides: scan.found) }
            guard replacing.isEmpty else {
                self.scan = scan
                self.scan?.isMigrating = true
                self.scan?.ends = now.instant + Self.untilEntitiesAreGone
                return actions
            }
        }
        if settings.isEnabled {
            actions += announceAll(besides: part == nil ? [:] : scan.found, at: now)
        }
        return scan.isRepeated ? actions + look(at: now) : actions
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
        guard settings.isEnabled else { return takeBackAll(found) }
        replacing = [:]
        isTakingBackLater = false
        let silent = namesOfSilent(found)
        var actions: [Action] = []
        for discovery in found {
            let id = discovery.device
            let known = programs.all.first { $0.id == id } ?? others[id]?.device
            if let known {
                actions += settle(discovery, of: known)
            } else if part != nil, discovery.via != programs.own.id {
                actions += settleMeter(discovery)
            } else if let known = meters[id].map(device(of:)) {
                actions += settle(discovery, of: known)
            } else if let name = silent[id] {
                if discovery.topic.form != settings.form { actions.append(replace(discovery)) }
                let availability = settings.topics.availability(of: name)
                actions += discovery.availability.filter { $0 != availability }
                    .flatMap(clearAvailability)
                if !meters.values.contains(where: { $0.name == name }) {
                    actions.append(
                        .publish(.availability(online: false, of: name, settings.topics)))
                }
            } else if settings.hasDatahubs, DatahubDiscovery.isDevice(id), !gone.contains(id) {
                // The same with a Datahub's.
                if discovery.topic.form != settings.form { actions.append(replace(discovery)) }
            } else if isHomeAssistantAway, part == nil, former == nil {
                isTakingBackLater = true
            } else {
                actions += remove(discovery)
            }
        }
        return actions
    }

    /// The names of meters of ours that were not heard since their memory was lost, by their device
    /// ids: they stay, silent.
    ///
    /// Where the configured id is that of a radio that sends for the meter, it is known by the topic
    /// of its availability alone.
    private func namesOfSilent(_ found: [FoundDiscovery]) -> [String: String] {
        let heard = Set(meters.values.map(\.name))
        let unheard = Dictionary(
            settings.meters.map(\.name).filter { !heard.contains($0) }.map {
                (settings.topics.availability(of: $0), $0)
            }, uniquingKeysWith: { first, _ in first })
        var names: [String: String] = [:]
        for discovery in found {
            let id = discovery.device
            guard names[id] == nil, meters[id] == nil,
                let address = KnownMeter.address(inDeviceID: id)
            else { continue }
            let told = discovery.availability.lazy.compactMap { unheard[$0] }.first
            names[id] = name(of: address, or: address) ?? (gone.contains(id) ? nil : told)
        }
        return names
    }

    /// Takes back all that this program has told, and the fleet's device as the last of it.
    private mutating func takeBackAll(_ found: [FoundDiscovery]) -> [Action] {
        isCleanedUp = settings.member?.role != .decoder || part?.isEmpty == false
        var ours = part == nil ? found : found.filter(mayTakeBack)
        let isLast = found.allSatisfy { $0.device == programs.hub.id || ours.contains($0) }
        if part != nil, isLast { ours = found }
        return ours.flatMap(remove)
            + (ours.isEmpty ? [] : [.publish(.clearing(settings.topics.health))])
    }

    mutating func settle(
        _ discovery: FoundDiscovery, of device: DiscoveredDevice
    ) -> [Action] {
        var actions = discovery.availability.filter { !device.availability.contains($0) }
            .flatMap(clearAvailability)
        guard discovery.topic.form == settings.form else { return actions + [replace(discovery)] }
        guard meters[device.id]?.isRemembered != false else { return actions }
        switch discovery.topic {
        case .entity:
            if !isAdopting(device),
                !device.entities.contains(where: { device.topic(of: $0) == discovery.topic })
            {
                actions.append(.publish(.clearing(discovery.topic.text)))
            }
        case .device:
            let current = Dictionary(
                device.entities.map { ($0.key, $0.platform.rawValue) },
                uniquingKeysWith: { first, _ in first })
            let gone =
                isAdopting(device) ? [:] : discovery.components.filter { current[$0.key] == nil }
            if !gone.isEmpty { actions.append(.publish(device.removal(of: gone))) }
        }
        return actions
    }

    /// Whether others may know more of the device than is known here.
    private func isAdopting(_ device: DiscoveredDevice) -> Bool {
        part != nil && device.via == programs.hub.id && device.id != programs.own.id
    }

    /// Lets Home Assistant let go of what comes in the other form, so that it keeps all that its
    /// user has set. Not retained: the clearing that follows must not overtake it.
    mutating func replace(_ discovery: FoundDiscovery) -> Action {
        replacing[discovery.device, default: []].append(discovery.topic)
        return .publish(
            MQTTMessage(topic: discovery.topic.text, text: #"{"migrate_discovery":true}"#))
    }

    func remove(_ discovery: FoundDiscovery) -> [Action] {
        discovery.removal().map(Action.publish)
            + discovery.availability.flatMap(clearAvailability)
    }

    /// Clears a meter's availability, no other topic, whatever the message says.
    private func clearAvailability(_ topic: String) -> [Action] {
        let bases = [settings.topics.base, former?.base].compactMap(\.self)
        guard bases.contains(where: { topic.hasPrefix("\($0)/mgt/OMS/") }),
            topic.hasSuffix("/availability"), !topic.contains("+"), !topic.contains("#")
        else { return [] }
        return [.publish(.clearing(topic))]
    }
}
