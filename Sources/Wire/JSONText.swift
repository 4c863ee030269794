// Characters of JSON strings (RFC 8259, 7) that do not stand there as they are: control characters,
// the quote and the backslash. (DEL may, and is escaped when written.)

extension UInt8 {
    var isSpecialInJSON: Bool {
        self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") || self == 0x7F
    }
}

extension Span<UInt8> {
    /// The place of the first special character from `start` on; `count` if there is none.
    func endOfPlainText(from start: Int) -> Int {
        var index = start
        while index + 8 <= count {
            let eight = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if eight.hasSpecialInJSON { break }
            index += 8
        }
        while index < count, !self[index].isSpecialInJSON { index += 1 }
        return index
    }
}

extension UInt64 {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Whether one of the eight octets is special. (In `x - 01…01` an octet borrows, and shows it
    /// in its high bit, if it was 0.)
    fileprivate var hasSpecialInJSON: Bool {
        let control = (self &- Self.ones &* 0x20) & ~self
        let quote = (self ^ Self.ones &* 0x22).borrows
        let backslash = (self ^ Self.ones &* 0x5C).borrows
        let delete = (self ^ Self.ones &* 0x7F).borrows
        return (control | quote | backslash | delete) & Self.highBits != 0
    }

    private var borrows: UInt64 { (self &- Self.ones) & ~self }
}
