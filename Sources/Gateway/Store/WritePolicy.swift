/// When a small file that changes all the time is written, so that an SD card lives.
///
/// Not more often than each `interval`, nor so often that `octetsPerDay` would be passed with
/// files as long as the last one; and not at all while nothing changes. Pure.
public struct WritePolicy: Equatable, Sendable {
    public typealias Instant = ContinuousClock.Instant

    public var interval: Duration
    public var octetsPerDay: Int

    private var isChanged = false
    /// Not before this.
    private var earliest: Instant

    /// - Parameter now: the program's start; the first write comes one interval later.
    public init(
        interval: Duration = .seconds(600), octetsPerDay: Int = 1 << 20, now: Instant
    ) {
        self.interval = interval
        self.octetsPerDay = max(octetsPerDay, 1)
        earliest = now + interval
    }

    /// When to write; nil while nothing changed.
    public var nextWrite: Instant? { isChanged ? earliest : nil }

    public mutating func changed() { isChanged = true }

    /// A write of `octets` was done, or tried and failed (0).
    public mutating func written(octets: Int, now: Instant) {
        isChanged = octets == 0
        let share = Double(octets) / Double(octetsPerDay)
        earliest = now + max(interval, .seconds(86_400) * min(share, 1))
    }
}
