import Decoder
import Receivers

/// How many frames came and what became of them. Every frame is in exactly one of `byOutcome`, a
/// first copy as soon as its transmission is dealt with.
public struct Counters: Equatable, Sendable {
    /// One configured meter's share.
    public struct Meter: Equatable, Sendable {
        public var readings: UInt64 = 0
        /// Telegrams that gave no reading.
        public var notRead: UInt64 = 0
        /// Readings that were not believed yet.
        public var held: UInt64 = 0
        /// Telegrams that were sent before.
        public var replayed: UInt64 = 0
        /// Who it was the last time.
        public var address: MeterAddress?
        public var lastHeard: WallTime
        public var lastReading: WallTime?
    }

    public private(set) var frames: UInt64 = 0
    /// Frames that were none, or damaged.
    public private(set) var damaged: UInt64 = 0
    /// By `Outcome.code`; `copy` for frames of a transmission that was heard before.
    public private(set) var byOutcome: [String: UInt64] = [:]
    /// By receiver's name, also of those whose telegrams came over MQTT.
    public private(set) var byReceiver: [String: UInt64] = [:]
    /// Damaged frames by receiver's name.
    public private(set) var damagedByReceiver: [String: UInt64] = [:]
    /// By meter's name.
    public private(set) var byMeter: [String: Meter] = [:]
    /// Messages of other programs that held no telegram, by `TelegramMessageError.code`.
    public private(set) var refusedInputs: [String: UInt64] = [:]

    public init() {}

    mutating func count(_ outcome: Outcome, from receiver: String, at time: WallTime) {
        frames += 1
        byOutcome[outcome.code, default: 0] += 1
        byReceiver[receiver, default: 0] += 1
        switch outcome {
        case .reading(let meter, let reading):
            count(meter, reading.telegram.meter, at: time) {
                $0.readings += 1
                $0.lastReading = time
            }
        case .held(let meter, let reading, _):
            count(meter, reading.telegram.meter, at: time) { $0.held += 1 }
        case .replayed(let meter, let address, _):
            count(meter, address, at: time) { $0.replayed += 1 }
        case .notRead(let meter, let address, _):
            count(meter, address, at: time) { $0.notRead += 1 }
        case .damaged:
            damaged += 1
            damagedByReceiver[receiver, default: 0] += 1
        case .notConfigured, .ambiguous: break
        }
    }

    private mutating func count(
        _ meter: MeterSettings, _ address: MeterAddress, at time: WallTime,
        _ body: (inout Meter) -> Void
    ) {
        var counts = byMeter[meter.name] ?? Meter(lastHeard: time)
        body(&counts)
        counts.address = address
        counts.lastHeard = time
        byMeter[meter.name] = counts
    }

    /// Forgets the shares of meters that are not configured any more.
    mutating func forgetMeters(where isGone: (_ name: String) -> Bool) {
        byMeter = byMeter.filter { !isGone($0.key) }
    }

    mutating func count(copyFrom receiver: String) {
        frames += 1
        byOutcome["copy", default: 0] += 1
        byReceiver[receiver, default: 0] += 1
    }

    mutating func count(_ error: TelegramMessageError) {
        refusedInputs[error.code, default: 0] += 1
    }
}
