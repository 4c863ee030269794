/// CRC-32 (ISO 3309, as in Ethernet and zip): tells whether stored octets are still what was
/// written. `123456789` gives 0xCBF43926.
enum CRC32 {
    static func of(_ octets: some Sequence<UInt8>) -> UInt32 {
        var crc = UInt32.max
        for octet in octets {
            crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ octet)] ^ crc >> 8
        }
        return ~crc
    }

    private static let table: [UInt32] = (0..<256).map { octet in
        var crc = UInt32(octet)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        return crc
    }
}
