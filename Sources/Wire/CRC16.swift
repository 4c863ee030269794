/// The two check sums of 16 bits that occur on the way from a meter to us, by name.
public enum CRC16 {
    /// CRC-16/EN-13757: polynomial 0x3D65, start 0, complemented; `123456789` gives 0xC2B7.
    ///
    /// Link layer (EN 13757-4, high octet first), extended link layer payload and compact frames
    /// (low octet first).
    public static func en13757(_ octets: Span<UInt8>, in range: Range<Int>) -> UInt16 {
        ~en13757(octets, in: range, continuing: 0)
    }

    public static func en13757(_ octets: Span<UInt8>) -> UInt16 {
        en13757(octets, in: 0..<octets.count)
    }

    public static func en13757(_ octets: [UInt8]) -> UInt16 { en13757(octets.span) }

    /// The running, not yet complemented value over `range`, clamped to what is there.
    public static func en13757(
        _ octets: Span<UInt8>, in range: Range<Int>, continuing start: UInt16
    ) -> UInt16 {
        var crc = start
        let end = min(range.upperBound, octets.count)
        var index = max(range.lowerBound, 0)
        while index + 4 <= end {
            crc =
                en13757Tables[0x300 | Int(octets[index] ^ UInt8(truncatingIfNeeded: crc >> 8))]
                ^ en13757Tables[0x200 | Int(octets[index + 1] ^ UInt8(truncatingIfNeeded: crc))]
                ^ en13757Tables[0x100 | Int(octets[index + 2])]
                ^ en13757Tables[Int(octets[index + 3])]
            index += 4
        }
        while index < end {
            crc = crc << 8 ^ en13757Tables[Int(UInt8(truncatingIfNeeded: crc >> 8) ^ octets[index])]
            index += 1
        }
        return crc
    }

    /// CRC-16/X-25: polynomial 0x1021 reflected, start and final complement; `123456789` gives
    /// 0x906E. Used by IMST's HCI, low octet first.
    public static func x25(_ octets: some Sequence<UInt8>) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for octet in octets {
            crc ^= UInt16(octet)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x8408 : crc >> 1 }
        }
        return ~crc
    }

    /// Four tables of 256: what an octet does to the check sum with 0, 1, 2 and 3 octets behind it.
    /// So four octets are looked up at once, none waiting for the one before.
    private static let en13757Tables: InlineArray<1024, UInt16> = {
        var tables = InlineArray<1024, UInt16>(repeating: 0)
        for octet in 0..<256 {
            var crc = UInt16(octet) << 8
            for behind in 0..<4 {
                for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x3D65 : crc << 1 }
                tables[behind << 8 | octet] = crc
            }
        }
        return tables
    }()
}
