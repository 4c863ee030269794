/// What a receiver has done since it was started, for metrics and health.
public struct ReceiverStatistics: Equatable, Sendable {
    /// Frames handed over.
    public var frames: UInt64 = 0
    /// Octets that belonged to no whole, undamaged message.
    public var skippedOctets: [SkipReason: UInt64] = [:]
    /// How often each step was taken to bring the stick back.
    public var recoveries: [RecoveryStep: UInt64] = [:]
    /// How often the stick was lost while it listened.
    public var losses: UInt64 = 0
    /// When the last frame came; nil before the first.
    public var lastFrame: ContinuousClock.Instant?
    /// Whether the stick is listening now.
    public var isListening = false
    /// The step that is under way, until a telegram is heard; nil while nothing is wrong.
    public var recovering: RecoveryStep?

    public init() {}
}
