import Decoder

/// What became of one transmission: exactly one of these for each.
public enum Outcome: Equatable, Sendable {
    /// A configured meter's telegram, opened, read and believed.
    case reading(MeterSettings, Reading)
    /// Read, but not believed until the next telegrams confirm it: see the findings.
    case held(MeterSettings, Reading, [Finding])
    /// Read, but older than what was received before.
    case replayed(MeterSettings, MeterAddress, ReplayGuard.Reason)
    /// No frame, or a damaged one.
    case damaged(LinkLayerError)
    /// A meter that is not configured, and whether its telegram is encrypted.
    case notConfigured(MeterAddress, encrypted: Bool)
    /// Two meters fit one configured id, or one meter fits two of them (their names).
    case ambiguous(meters: [String], addresses: [MeterAddress])
    /// A configured meter's telegram that gives no reading.
    case notRead(MeterSettings, MeterAddress, TelegramError)

    /// A short name for counters.
    public var code: String {
        switch self {
        case .reading: "reading"
        case .held: "held"
        case .replayed: "replayed"
        case .damaged(let error): error.code
        case .notConfigured: "not_configured"
        case .ambiguous: "ambiguous_meter"
        case .notRead(_, _, let error): error.code
        }
    }
}

/// One transmission with all that is known of it.
public struct Heard: Equatable, Sendable {
    public var outcome: Outcome
    /// To be told a person, whatever the outcome.
    public var notices: [Judgement.Notice] = []
    /// When the first copy came.
    public var time: WallTime
    /// Who heard it; a damaged frame has one.
    public var receptions: [Transmission.Reception]
    /// The sender that a damaged frame names.
    public var claimed: MeterAddress?
    /// Only in a fleet.
    var transmission: TransmissionID?
    /// When its first copy came here; only in a fleet.
    var firstHeard: Pipeline.Instant?
}
