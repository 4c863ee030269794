/// How many messages a second go to the broker at the most.
///
/// The broker acknowledges what it has queued for its subscribers, not what they have got; and of
/// what it cannot queue (mosquitto: 1,000 messages for each) it says nothing. So a burst must not
/// go out faster than a small machine's subscribers take it. Pure.
struct Pace {
    typealias Instant = ContinuousClock.Instant

    /// A hundred times of what the radio of a large house brings.
    var perSecond = 2000.0
    /// So many may go at once: well within what a broker queues.
    var burst = 200.0
    private var credit: Double
    private var last: Instant?

    init() { credit = burst }

    /// Whether a message may go now; it is counted then.
    mutating func allows(at now: Instant) -> Bool {
        if let last {
            let seconds = max(last.duration(to: now) / .seconds(1), 0)
            credit = min(credit + seconds * perSecond, burst)
        }
        last = now
        guard credit >= 1 else { return false }
        credit -= 1
        return true
    }
}
