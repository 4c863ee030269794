import Decoder

/// A meter as it is just now: known, heard or silent.
struct FollowedMeter {
    var known: KnownMeter
    /// As configured.
    var name: String
    /// Seconds since 1970.
    private(set) var lastHeard: Int64 = 0
    /// Whether it was heard, and the silence since is no longer than usual; nil: another decoder of
    /// the fleet has said that, if anyone.
    var isOnline: Bool?
    /// When it becomes silent.
    private(set) var silentFrom = ContinuousClock.now
    /// For Home Assistant.
    var lastStates = LastStates()
    /// Whether `known` is all that was ever announced of it. Where the memory was lost, that may be
    /// less: then nothing is taken back for not being in it.
    private(set) var isRemembered = false

    init(_ known: KnownMeter, _ name: String) {
        self.known = known
        self.name = name
    }

    /// After a restart: as if the gateway had never been away, so that nothing old looks new. A
    /// clock that was set back meanwhile does not make a silence longer than usual.
    init(
        _ item: HomeAssistantMemory.Item, name: String, now: HomeAssistantPublisher.Moment
    ) {
        self.init(item.meter, name)
        isRemembered = true
        lastHeard = item.lastHeard
        let silence = max(now.time.seconds.subtractingReportingOverflow(lastHeard).partialValue, 0)
        let left = Int64(known.expireAfter) - min(silence, Int64(known.expireAfter))
        isOnline = left > 0
        silentFrom = now.instant + .seconds(left)
    }

    mutating func heard(at now: HomeAssistantPublisher.Moment) {
        lastHeard = now.time.seconds
        isOnline = true
        silentFrom = now.instant + .seconds(known.expireAfter)
    }

    var memory: HomeAssistantMemory.Item {
        HomeAssistantMemory.Item(meter: known, lastHeard: lastHeard)
    }

    /// Gives it the usual time from now on before its silence counts.
    mutating func waitAnew(at now: ContinuousClock.Instant) {
        silentFrom = max(silentFrom, now + .seconds(known.expireAfter))
    }

    /// Nil: what the broker has holds.
    func availability(_ topics: Topics) -> MQTTMessage? {
        isOnline.map { .availability(online: $0, of: name, topics) }
    }
}
