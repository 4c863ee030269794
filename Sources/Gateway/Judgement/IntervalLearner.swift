/// Learns how often a meter usually sends, from the times its telegrams were heard.
///
/// Telegrams are lost on the radio, so a gap between two is a small multiple of the interval; the
/// interval itself wanders by some per cent (OMS lets synchronous senders shift by ±3 %). Of the last
/// `capacity` gaps
/// - the longest is left out while it has no equal: something was in the way;
/// - the shortest are passed over until they cover a twentieth of the time: bursts and extra
///   telegrams;
/// - the next one is the interval, roughly. All gaps near 1 to 4 times that are divided by 1 to 4,
///   and their median is the interval.
public struct IntervalLearner: Equatable, Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// How many gaps are kept.
    public static let capacity = 16
    /// How many gaps an estimate needs.
    static let needed = 3
    /// A longer silence (4 days) says nothing about the interval.
    static let longestGap: UInt32 = 4 * 86_400_000

    /// The last gaps in milliseconds, oldest first: all that must survive a restart.
    public private(set) var gaps: [UInt32]
    private var lastHeard: Instant?
    /// The interval that `expireAfter` is made from: follows the estimate in steps, so that what is
    /// announced to others does not change with every telegram.
    private var steadyInterval: UInt32?

    /// - Parameter gaps: what `gaps` was before; a surplus and impossible values are left out.
    public init(gaps: [UInt32] = []) {
        let possible = gaps.filter { $0 > 0 && $0 <= Self.longestGap }
        self.gaps = possible.suffix(Self.capacity)
        steady()
    }

    /// A transmission of the meter was heard. Copies must be taken out before.
    public mutating func heard(at time: Instant) {
        defer { lastHeard = time }
        guard let lastHeard else { return }
        let gap = Self.milliseconds(lastHeard.duration(to: time))
        guard gap > 0, gap <= Int64(Self.longestGap) else { return }
        gaps.append(UInt32(gap))
        if gaps.count > Self.capacity { gaps.removeFirst(gaps.count - Self.capacity) }
        steady()
    }

    /// Nobody listened for a time: the silence until the next telegram is not the meter's.
    public mutating func interrupted() { lastHeard = nil }

    /// The usual interval; nil: not learned yet.
    public var interval: Duration? { estimate.map { .milliseconds(Int64($0)) } }

    /// After what silence the meter counts as gone: three intervals, 15 minutes at least; 24 hours
    /// while the interval is not learned. Moves only when the interval moved noticeably.
    public var expireAfter: Duration {
        guard let steadyInterval else { return .seconds(24 * 3600) }
        return max(.milliseconds(3 * Int64(steadyInterval)), .seconds(15 * 60))
    }

    private mutating func steady() {
        guard let estimate else { return }
        if let steadyInterval {
            // Up at once (nothing may be called gone too early), down when it is worth it.
            let grown = Int64(estimate) * 20 > Int64(steadyInterval) * 21
            let shrunk = Int64(estimate) * 10 < Int64(steadyInterval) * 7
            guard grown || shrunk else { return }
        }
        steadyInterval = estimate
    }

    private var estimate: UInt32? {
        guard gaps.count >= Self.needed else { return nil }
        var sorted = gaps.map { Int64($0) }.sorted()
        if let longest = sorted.last, longest > 8 * sorted[sorted.count - 2] { sorted.removeLast() }

        let total = sorted.reduce(0, +)
        var covered: Int64 = 0
        guard
            let base = sorted.first(where: { gap in
                covered += gap
                return covered * 20 > total
            })
        else { return nil }
        let parts = sorted.compactMap { gap -> Int64? in
            let multiple = (gap + base / 2) / base
            return (1...4).contains(multiple) ? gap / multiple : nil
        }.sorted()
        guard !parts.isEmpty else { return nil }
        return UInt32(clamping: parts[parts.count / 2])
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        // Longer than any gap that counts, and no multiplication that could overflow.
        guard seconds.magnitude < 1_000_000 else { return .max }
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
