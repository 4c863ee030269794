/// When a small file that changes all the time is written, so that an SD card lives.
///
/// Not more often than each `interval`, nor so often that three quarters of `octetsPerDay` would be
/// passed with files as long as the last one; and not at all while nothing changes. What is urgent
/// is written at once, as long as an eighth of `octetsPerDay` lasts; a day later there is another.
/// Pure.
public struct WritePolicy: Equatable, Sendable {
    public typealias Instant = ContinuousClock.Instant

    public var interval: Duration
    public var octetsPerDay: Int

    private var isChanged = false
    /// Not before this.
    private var earliest: Instant
    private var isUrgent = false
    private var earliestUrgent: Instant
    /// Octets of the last write; 0: it failed, or there was none.
    private var lastOctets = 0
    /// Octets that urgent writes may still take, and when the day ends that they are for.
    private var urgentLeft: Int
    private var dayEnds: Instant

    private static let day = Duration.seconds(86_400)
    /// Between writes of what is urgent, at least; a second for each KiB of a long file.
    private static let pause = Duration.seconds(10)

    /// - Parameter now: the program's start; the first write that is not urgent comes one interval
    ///   later.
    public init(
        interval: Duration = .seconds(600), octetsPerDay: Int = 1 << 20, now: Instant
    ) {
        self.interval = interval
        self.octetsPerDay = max(octetsPerDay, 8)
        earliest = now + interval
        earliestUrgent = now
        urgentLeft = self.octetsPerDay / 8
        dayEnds = now + Self.day
    }

    /// When to write; nil while nothing changed.
    public var nextWrite: Instant? {
        guard isChanged else { return nil }
        guard isUrgent else { return earliest }
        return min(earliest, lastOctets > urgentLeft ? dayEnds : earliestUrgent)
    }

    /// - Parameter isUrgent: whether it would be missed after a sudden end.
    public mutating func changed(isUrgent: Bool = false) {
        isChanged = true
        if isUrgent { self.isUrgent = true }
    }

    /// A write of `octets` was done, or tried and failed (0).
    public mutating func written(octets: Int, now: Instant) {
        isChanged = octets == 0
        isUrgent = isUrgent && isChanged
        lastOctets = octets
        earliestUrgent = now + max(octets == 0 ? interval : Self.pause, .seconds(octets / 1024))
        if now >= dayEnds {
            dayEnds = now + Self.day
            urgentLeft = octetsPerDay / 8
        }
        if now < earliest {
            urgentLeft -= min(octets, urgentLeft)
        } else {
            let share = Double(octets) / (Double(octetsPerDay) * 0.75)
            earliest = now + max(interval, Self.day * min(share, 1))
        }
    }
}
