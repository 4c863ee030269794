import Decoder
import Wire

/// The judgement's memory of all meters, and its octets for a file that survives a restart.
///
/// Bounded by `limit` meters: the one that was silent for longest is forgotten first. Doubtful
/// values that still wait to be confirmed are not written: after a restart they wait anew.
///
/// The octets: `O2MM`, version 1, number of meters 4, the meters in the order of their addresses
/// (see `MemoryWriter`), 64-bit FNV-1a of all before. Low octet first. A meter with two registers
/// takes about 250 octets.
public struct MeterMemory: Equatable, Sendable {
    public static let limit = 10_000
    private static let magic: [UInt8] = Array("O2MM".utf8)
    private static let version: UInt8 = 1

    private var meters: [UInt64: MeterState] = [:]

    public init() {}

    public var count: Int { meters.count }

    /// The state of a meter; nil: never heard, or forgotten.
    public subscript(meter: MeterAddress) -> MeterState? { meters[meter.packed] }

    /// Lets `body` work on the state of `meter`, which is made if there is none.
    ///
    /// - Parameter time: seconds since 1970; when a new meter was heard.
    public mutating func update<Result>(
        _ meter: MeterAddress, at time: Int64, _ body: (inout MeterState) -> Result
    ) -> Result {
        let key = meter.packed
        if meters[key] == nil, meters.count >= Self.limit,
            let oldest = meters.min(by: { $0.value.lastHeard < $1.value.lastHeard })
        {
            meters[oldest.key] = nil
        }
        return body(&meters[key, default: MeterState(lastHeard: time)])
    }

    /// Forgets a meter, say because it is no longer configured.
    public mutating func forget(_ meter: MeterAddress) { meters[meter.packed] = nil }

    /// Forgets all meters for which `condition` holds.
    public mutating func forget(where condition: (MeterAddress) -> Bool) {
        meters = meters.filter { !condition(MeterAddress(packed: $0.key)) }
    }

    /// Nobody listened for a time: the silence says nothing about any meter's interval.
    public mutating func interrupted() {
        for key in meters.keys { meters[key]?.interval.interrupted() }
    }

    public func encode() -> [UInt8] {
        var writer = MemoryWriter()
        for octet in Self.magic { writer.append(octet) }
        writer.append(Self.version)
        writer.append(UInt32(clamping: meters.count))
        for (address, state) in meters.sorted(by: { $0.key < $1.key }) {
            writer.append(address)
            writer.append(state.lastHeard)
            writer.append(state.interval)
            writer.append(state.replay)
            writer.append(state.plausibility)
        }
        writer.append(FNV1a.hash(writer.octets))
        return writer.octets
    }

    /// Nil if the octets are of another version, cut or damaged in any way: begin with an empty
    /// memory then, and say so.
    public init?(decoding octets: [UInt8]) {
        guard octets.count >= 8 else { return nil }
        let body = octets.count - 8
        var reader = ByteReader(octets.span)
        var end = ByteReader(octets.span, in: body..<octets.count)
        do throws(MemoryDamage) {
            guard try end.number(UInt64.self) == FNV1a.hash(octets.prefix(body)) else { return nil }
            for octet in Self.magic where try reader.number(UInt8.self) != octet { return nil }
            guard try reader.number(UInt8.self) == Self.version else { return nil }
            let count = try reader.number(UInt32.self)
            guard count <= Self.limit else { return nil }
            for _ in 0..<count {
                let address = try reader.number(UInt64.self)
                var state = MeterState(lastHeard: try reader.number())
                state.interval = try reader.learner()
                state.replay = try reader.replayGuard()
                state.plausibility = try reader.plausibility()
                meters[address] = state
            }
        } catch {
            return nil
        }
        guard reader.offset == body else { return nil }
    }
}
