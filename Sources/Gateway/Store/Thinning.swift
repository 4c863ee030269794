/// Which messages of a long outage to give up, when not all can be kept.
///
/// Steps are taken one after the other until the rest fits, and only then. So a short outage, or
/// one with few meters, loses nothing; a long one keeps a total each minute, then each quarter of
/// an hour, then each hour, the last hour and the last day longest. A total that is left out costs
/// no energy or water: the next one contains it.
struct ThinningStep: Equatable, Sendable {
    /// Of each route, one message is kept in so many seconds: the newest.
    var seconds: Int64
    /// Only messages so many seconds older than the newest of all are touched.
    var olderThan: Int64

    static let ladder = [
        ThinningStep(seconds: 60, olderThan: 0),
        ThinningStep(seconds: 900, olderThan: 3600),
        ThinningStep(seconds: 900, olderThan: 0),
        ThinningStep(seconds: 3600, olderThan: 86_400),
        ThinningStep(seconds: 3600, olderThan: 0),
        ThinningStep(seconds: 6 * 3600, olderThan: 0),
        ThinningStep(seconds: 86_400, olderThan: 0),
    ]

    /// Gives up what is older than `age` seconds, but for the newest of each route.
    static func expiry(after age: Int64) -> ThinningStep {
        ThinningStep(seconds: .max, olderThan: age)
    }
}

/// One step applied to messages, which are shown from the newest to the oldest.
struct Thinner<Route: Hashable> {
    private let step: ThinningStep
    /// The time of the newest message of all.
    private let newest: Int64
    private var slots: [Route: Int64] = [:]

    init(_ step: ThinningStep, newest: Int64) {
        self.step = step
        self.newest = newest
    }

    /// Whether the next older message stays. Clocks that were set make times jump: a wrong time
    /// may keep a message too long or give it up early, but never the newest of its route.
    mutating func keeps(_ route: Route, time: Int64) -> Bool {
        let slot = time / step.seconds
        let isFirstOfSlot = slots.updateValue(slot, forKey: route) != slot
        let (age, overflow) = newest.subtractingReportingOverflow(time)
        return isFirstOfSlot || overflow || age <= step.olderThan
    }
}
