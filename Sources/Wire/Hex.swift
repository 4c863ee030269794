/// Octets as text, two hex digits each.
public enum Hex {
    /// The octets of `text`: digits of either case; blanks, `_`, `|`, `:`, `-` and a leading `0x`
    /// are passed over.
    ///
    /// - Throws: `HexError` for any other character or for half an octet.
    public static func octets(_ text: Span<UInt8>) throws(HexError) -> [UInt8] {
        var result: [UInt8] = []
        try append(text, to: &result)
        return result
    }

    public static func octets(_ text: String) throws(HexError) -> [UInt8] {
        let utf8 = Array(text.utf8)
        return try octets(utf8.span)
    }

    /// Adds the octets of `text` to `result`; on a throw what was read so far is left in it.
    public static func append(
        _ text: Span<UInt8>, to result: inout [UInt8]
    ) throws(HexError) {
        try result.append(addingCapacity: text.count / 2) { output throws(HexError) in
            try append(text, to: &output)
        }
    }

    @_lifetime(output: copy output)
    private static func append(
        _ text: Span<UInt8>, to output: inout OutputSpan<UInt8>
    ) throws(HexError) {
        var high: UInt8?
        var index = 0
        if text.count >= 2, text[0] == UInt8(ascii: "0"), text[1] | 0x20 == UInt8(ascii: "x") {
            index = 2
        }
        while index < text.count {
            let character = text[index]
            if let digit = value(of: character) {
                if let first = high {
                    output.append(first << 4 | digit)
                    high = nil
                } else if index + 1 < text.count, let second = value(of: text[index + 1]) {
                    // The usual case: two digits side by side.
                    output.append(digit << 4 | second)
                    index += 1
                } else {
                    high = digit
                }
            } else if !isPassedOver(character) {
                throw .notADigit(character, at: index)
            }
            index += 1
        }
        guard high == nil else { throw .halfAnOctet }
    }

    @inline(__always)
    private static func value(of character: UInt8) -> UInt8? {
        let digit = character &- UInt8(ascii: "0")
        if digit < 10 { return digit }
        let letter = (character | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? letter + 10 : nil
    }

    private static func isPassedOver(_ character: UInt8) -> Bool {
        switch character {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "_"), UInt8(ascii: "|"), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Capital hex digits.
    public static func text(_ octets: some Sequence<UInt8>) -> String {
        var utf8: [UInt8] = []
        for octet in octets { append(octet, to: &utf8) }
        return String(decoding: utf8, as: UTF8.self)
    }

    @inlinable
    public static func append(_ octet: UInt8, to utf8: inout [UInt8]) {
        utf8.append(digit(octet >> 4))
        utf8.append(digit(octet & 0x0F))
    }

    @inlinable
    @_lifetime(utf8: copy utf8)
    public static func append(_ octet: UInt8, to utf8: inout OutputSpan<UInt8>) {
        utf8.append(digit(octet >> 4))
        utf8.append(digit(octet & 0x0F))
    }

    /// The capital digit of `nibble` (0…15).
    @inlinable
    public static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "A") &+ (nibble &- 10)
    }
}

/// Why a text is no hex text.
public enum HexError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A character that is no hex digit, and its place from 0.
    case notADigit(UInt8, at: Int)
    /// An odd number of digits.
    case halfAnOctet

    public var description: String {
        switch self {
        case .notADigit(let character, let place):
            let shown =
                (0x21...0x7E).contains(character)
                ? "'\(Character(UnicodeScalar(character)))'" : "code \(character)"
            return "\(shown) at place \(place + 1) is no hex digit (0-9, A-F)"
        case .halfAnOctet: return "the number of hex digits is odd: one is missing or one too many"
        }
    }
}
