/// How many frames came and what became of them. Every frame is in exactly one of `byOutcome`.
public struct Counters: Equatable, Sendable {
    /// One configured meter's share.
    public struct Meter: Equatable, Sendable {
        public var readings: UInt64 = 0
        /// Telegrams that gave no reading.
        public var notRead: UInt64 = 0
        public var lastHeard: WallTime
        public var lastReading: WallTime?
    }

    public private(set) var frames: UInt64 = 0
    /// By `Outcome.code`.
    public private(set) var byOutcome: [String: UInt64] = [:]
    /// By receiver's name; `oms_input` for telegrams that came over MQTT.
    public private(set) var byReceiver: [String: UInt64] = [:]
    /// By meter's name.
    public private(set) var byMeter: [String: Meter] = [:]
    /// Payloads of `oms_input` that held no telegram, by `TelegramInputError.code`.
    public private(set) var refusedInputs: [String: UInt64] = [:]

    public init() {}

    mutating func count(_ outcome: Outcome, from receiver: String, at time: WallTime) {
        frames += 1
        byOutcome[outcome.code, default: 0] += 1
        byReceiver[receiver, default: 0] += 1
        switch outcome {
        case .reading(let meter, _):
            byMeter[meter.name, default: Meter(lastHeard: time)].readings += 1
            byMeter[meter.name]?.lastHeard = time
            byMeter[meter.name]?.lastReading = time
        case .notRead(let meter, _, _):
            byMeter[meter.name, default: Meter(lastHeard: time)].notRead += 1
            byMeter[meter.name]?.lastHeard = time
        case .damaged, .notConfigured, .ambiguous: break
        }
    }

    mutating func count(_ error: TelegramInputError) {
        refusedInputs[error.code, default: 0] += 1
    }
}
