import Wire

/// The M-field: three letters, five bits each (EN 13757-3, annex on manufacturer identification).
public struct ManufacturerCode: RawRepresentable, Hashable, Sendable {
    /// As transmitted, low octet first. Bit 15 set: the address is unique only locally.
    public var rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// From three letters of either case; nil for anything else.
    public init?(letters: String) {
        var value: UInt16 = 0
        var count = 0
        for letter in letters.utf8 {
            let number = letter & 0xDF &- 0x40
            guard (letter & 0x40) != 0, (1...26).contains(number) else { return nil }
            count += 1
            guard count <= 3 else { return nil }
            value = value << 5 | UInt16(number)
        }
        guard count == 3 else { return nil }
        self.init(rawValue: value)
    }

    /// The code without the bit that marks a local address.
    public var global: ManufacturerCode { ManufacturerCode(rawValue: rawValue & 0x7FFF) }

    /// The three letters, or nil where a group of five bits is no letter.
    public var letters: String? {
        var utf8: [UInt8] = []
        guard hasLetters else { return nil }
        appendText(to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }

    /// Three letters, or four hex digits where a group of five bits is no letter.
    public func appendText(to utf8: inout [UInt8]) {
        utf8.append(addingCapacity: 4) { appendText(to: &$0) }
    }

    @_lifetime(output: copy output)
    public func appendText(to output: inout OutputSpan<UInt8>) {
        if hasLetters {
            for group in 0..<3 { output.append(0x40 + fiveBits(group)) }
        } else {
            Hex.append(UInt8(truncatingIfNeeded: rawValue >> 8), to: &output)
            Hex.append(UInt8(truncatingIfNeeded: rawValue), to: &output)
        }
    }

    private var hasLetters: Bool { (0..<3).allSatisfy { (1...26).contains(fiveBits($0)) } }

    /// Group 0 is the first letter's.
    private func fiveBits(_ group: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: rawValue >> UInt16(10 - 5 * group)) & 31
    }
}

extension ManufacturerCode: CustomStringConvertible {
    /// `KAM, Kamstrup Energi`; the letters or digits alone where the company is not known.
    public var description: String {
        var utf8: [UInt8] = []
        appendText(to: &utf8)
        let text = String(decoding: utf8, as: UTF8.self)
        return company.map { "\(text), \($0)" } ?? text
    }
}
