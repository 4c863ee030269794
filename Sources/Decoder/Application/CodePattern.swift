/// The bit pattern of a row of a VIF table, as the standard prints it: `E000 0nnn`.
///
/// `E` is the extension bit and never compared; a `0` or `1` must be met; any other letter stands
/// for a free bit, and all free bits together are the number n.
struct CodePattern: ExpressibleByStringLiteral, Sendable {
    private let fixed: UInt8
    private let free: UInt8

    init(stringLiteral pattern: StaticString) {
        var fixed: UInt8 = 0
        var free: UInt8 = 0
        pattern.withUTF8Buffer { characters in
            for character in characters where character != UInt8(ascii: " ") {
                fixed = fixed << 1 | (character == UInt8(ascii: "1") ? 1 : 0)
                free = free << 1 | (character > UInt8(ascii: "1") ? 1 : 0)
            }
        }
        self.fixed = fixed & 0x7F
        self.free = free & 0x7F
    }

    /// n, if `code` (its extension bit aside) is one of the pattern's.
    func number(of code: UInt8) -> UInt8? {
        let code = code & 0x7F
        guard code & ~free == fixed else { return nil }
        var number: UInt8 = 0
        for bit in (0..<7).reversed() where free >> UInt8(bit) & 1 == 1 {
            number = number << 1 | code >> UInt8(bit) & 1
        }
        return number
    }
}
