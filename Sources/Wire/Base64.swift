/// Octets as text, four characters for three of them (RFC 4648, clauses 4 and 5).
public enum Base64 {
    /// The octets of `text`, in either alphabet, with `=` at its end or without; nil for any other
    /// text.
    public static func octets(_ text: Span<UInt8>) -> [UInt8]? {
        var end = text.count
        while end > 0, end > text.count - 2, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
        guard end % 4 != 1, end == text.count || text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(end / 4 * 3 + 2)
        var bits: UInt32 = 0
        for place in 0..<end {
            guard let value = value(of: text[place]) else { return nil }
            bits = bits << 6 | value
            switch place % 4 {
            case 1: result.append(UInt8(truncatingIfNeeded: bits >> 4))
            case 2: result.append(UInt8(truncatingIfNeeded: bits >> 2))
            case 3: result.append(UInt8(truncatingIfNeeded: bits))
            default: break
            }
        }
        return result
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
