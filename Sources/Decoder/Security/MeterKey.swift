import Wire

/// A meter's secret key: 16 octets, or 8 for the old DES modes and for PRIOS.
///
/// It is never shown: neither its description nor a mirror of it has the octets.
public struct MeterKey: Hashable, Sendable {
    /// First octet of the key highest; with 8 octets all of `high` and nothing of `low`.
    let high: UInt64
    let low: UInt64
    public let count: Int

    /// From 16 or 8 octets; nil for any other number.
    public init?(octets: some Collection<UInt8>) {
        guard octets.count == 16 || octets.count == 8 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (place, octet) in octets.enumerated() {
            if place < 8 {
                high = high << 8 | UInt64(octet)
            } else {
                low = low << 8 | UInt64(octet)
            }
        }
        self.high = high
        self.low = low
        count = octets.count
    }

    /// From hex text as JSON and files have it: 32 digits, or 16; nil for anything else.
    public init?(hex text: Span<UInt8>) {
        guard let octets = try? Hex.octets(text) else { return nil }
        self.init(octets: octets)
    }

    /// From 32 hex digits of either case (or 16, for the old 8-octet keys); nil for anything else.
    public init?(hex: String) {
        guard let octets = try? Hex.octets(hex) else { return nil }
        self.init(octets: octets)
    }

    /// The octets, for the cipher alone; a key of 8 octets fills the first half.
    var block: Block {
        var result = Block(repeating: 0)
        for place in 0..<8 {
            let shift = UInt64(56 - 8 * place)
            result[place] = UInt8(truncatingIfNeeded: high >> shift)
            result[place + 8] = UInt8(truncatingIfNeeded: low >> shift)
        }
        return result
    }
}

extension MeterKey: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "(key not shown)" }
    public var debugDescription: String { description }
}

#if !hasFeature(Embedded)
    extension MeterKey: CustomReflectable {
        public var customMirror: Mirror { Mirror(self, children: []) }
    }
#endif
