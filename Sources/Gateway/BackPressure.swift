/// Decides when receivers pause: while more waits for the broker than shall be in memory, and what
/// they hear can wait in the sticks and their lines. That is for bursts alone. When the broker
/// takes nothing for `patience`, reception goes on and messages go to the disk. Pure.
struct BackPressure {
    typealias Instant = ContinuousClock.Instant

    /// Octets in memory at which receivers pause, and at which they go on.
    static let high = 64 << 10
    static let low = 32 << 10
    /// What a line holds of an ordinary house's telegrams, many times over.
    static let patience = Duration.seconds(5)

    private(set) var isPaused = false
    /// When the pause began or the broker last took something.
    private var since: Instant?
    /// A pause did not help: none until the broker takes something again.
    private var isInVain = false

    /// When `update` wants to be called at the latest; nil while nothing is paused.
    var due: Instant? { isPaused ? since.map { $0 + Self.patience } : nil }

    /// - Parameter octets: how much waits in memory.
    mutating func update(_ octets: Int, at now: Instant) {
        if octets <= Self.low {
            isPaused = false
        } else if octets > Self.high, !isPaused, !isInVain {
            isPaused = true
            since = now
        }
        if let due, due <= now {
            isPaused = false
            isInVain = true
        }
    }

    /// The broker took a message.
    mutating func progressed(at now: Instant) {
        isInVain = false
        if isPaused { since = now }
    }
}
