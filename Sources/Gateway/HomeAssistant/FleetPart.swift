import Decoder

/// A fleet's decoders tell Home Assistant of its meters together: for each shard the one that
/// publishes its readings, in the words that a program alone would use. The others learn the same
/// from what they hear.
///
/// So when a shard changes hands there is mostly nothing to say. What the new one does not know it
/// finds in the messages of the former one, and takes it over.
extension HomeAssistantPublisher {
    /// This decoder publishes the readings of these shards from now on.
    mutating func publishes(_ shards: Set<Int>, at now: Moment = Moment()) -> [Action] {
        guard let before = part, shards != before else { return [] }
        part = shards
        var actions: [Action] = []
        for (id, meter) in meters.sorted(by: { $0.key < $1.key }) {
            guard isOurs(meter) else {
                meters[id]?.isOnline = nil
                statesDue[id] = nil
                continue
            }
            guard meter.isOnline == nil else { continue }
            // What the former one said of a meter holds until this one knows better.
            meters[id]?.waitAnew(at: now.instant)
            guard settings.isEnabled, isConnected,
                !meter.lastStates.messages(at: now.instant).isEmpty
            else { continue }
            meters[id]?.isOnline = true
            actions.append(.publish(.availability(online: true, of: meter.name, settings.topics)))
        }
        let hasMore = !shards.isSubset(of: before)
        guard isConnected, hasMore, settings.isEnabled || !isCleanedUp else { return actions }
        return actions + look(at: now)
    }

    /// Whether this program tells Home Assistant of `meter`.
    func isOurs(_ meter: FollowedMeter) -> Bool { isOurs(meter.known.sender) }

    private func isOurs(_ sender: MeterAddress) -> Bool {
        part?.contains(FleetShards.shard(of: sender)) ?? true
    }

    func mayFallSilent(_ meter: FollowedMeter) -> Bool { isOurs(meter) && meter.isOnline != false }

    /// Without a connection others tell.
    mutating func leaveAll() {
        part = []
        for id in meters.keys { meters[id]?.isOnline = nil }
    }

    /// Whether this program of a fleet is the one that may take back what it found.
    func mayTakeBack(_ discovery: FoundDiscovery) -> Bool {
        let own = programs.own.id
        if discovery.device == own || discovery.via == own { return true }
        guard let address = KnownMeter.address(inDeviceID: discovery.device) else { return false }
        let meter = meters[discovery.device] ?? departed[discovery.device]
        return isOurs(meter?.known.sender ?? address)
    }

    /// What to do about a meter of the fleet that the broker has. One that is not configured is
    /// taken back if it was once: a decoder that never had it may have an older list.
    mutating func settleMeter(_ discovery: FoundDiscovery) -> [Action] {
        let id = discovery.device
        guard mayTakeBack(discovery), let address = KnownMeter.address(inDeviceID: id) else {
            return []
        }
        let sender = meters[id]?.known.sender ?? address
        guard name(of: address, or: sender) != nil else {
            return departed[id] == nil ? [] : remove(discovery)
        }
        if !discovery.unknown.isEmpty { adopted[id] = discovery.unknown }
        if let told = discovery.expireAfter { meters[id]?.known.adopt(expireAfter: told) }
        guard let meter = meters[id] else {
            return discovery.topic.form == settings.form ? [] : [replace(discovery)]
        }
        return settle(discovery, of: device(of: meter))
    }

    /// Forgets meters that the broker has no more, or that were just taken back.
    mutating func forgetDeparted(besides found: [DiscoveryTopic: FoundDiscovery]) {
        let left = Set(found.values.map(\.device))
        departed = departed.filter { !isOurs($0.value) && left.contains($0.key) }
    }
}
