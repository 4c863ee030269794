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
        var high = noDigit
        var index = 0
        if text.count >= 2, text[0] == UInt8(ascii: "0"), text[1] | 0x20 == UInt8(ascii: "x") {
            index = 2
        }
        while index < text.count {
            let digit = digits[Int(text[index])]
            index += 1
            guard digit < 16 else {
                if digit == passedOver { continue }
                throw .notADigit(text[index - 1], at: index - 1)
            }
            guard high < 16 else {
                high = digit
                continue
            }
            output.append(high << 4 | digit)
            high = noDigit
            // Usually all that follows are pairs.
            while index + 1 < text.count {
                let first = digits[Int(text[index])]
                let second = digits[Int(text[index + 1])]
                guard first | second < 16 else { break }
                output.append(first << 4 | second)
                index += 2
            }
        }
        guard high == noDigit else { throw .halfAnOctet }
    }

    private static let noDigit: UInt8 = 0xFF
    private static let passedOver: UInt8 = 0xFE

    /// By character: its value, `passedOver` or `noDigit`. A table, since which digit comes next no
    /// processor can guess.
    private static let digits: InlineArray<256, UInt8> = {
        var table = InlineArray<256, UInt8>(repeating: noDigit)
        for value in 0..<10 { table[Int(UInt8(ascii: "0")) + value] = UInt8(value) }
        for value in 0..<6 {
            table[Int(UInt8(ascii: "A")) + value] = UInt8(10 + value)
            table[Int(UInt8(ascii: "a")) + value] = UInt8(10 + value)
        }
        for character in " \t\r\n_|:-".utf8 { table[Int(character)] = passedOver }
        return table
    }()

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
        // 7 lie between 9 and A. Without a branch, which no processor could guess.
        UInt8(ascii: "0") &+ nibble &+ ((nibble &+ 6) >> 4) &* 7
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
