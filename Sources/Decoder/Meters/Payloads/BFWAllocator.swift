/// BFW 240 radio: heat cost allocators, CI 7A without cipher, which are no data records.
///
/// ```text
/// 2F 2F xx xx PP PP CC CC xx xx 9 × [aa bb cc] DD MM YY
/// ```
///
/// - P: units of the period before, C: units of this one; both high octet first
/// - abc: what the units were at the ends of two months, 12 bits each: the older one is the high
///   nibble of b and a, the newer one the low nibble of b and c; the newest pair is the last
/// - D to Y: today, two digits BCD each, years from 2000
///
/// Source: public decoders, telegrams of the meters.
enum BFWAllocator {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        let start = try payload.bigEndian(0..<2)
        guard start == 0x2F2F else { throw .unknownLayout(UInt8(truncatingIfNeeded: start >> 8)) }
        let today = try date(payload)
        if today == .unknown(.invalidPattern) { throw .unknownLayout(nil) }
        try payload.add(.hcaUnits, units(payload.bigEndian(6..<8), none: 0xFFFF), at: 6..<8)
        try payload.add(.date, today, at: 37..<40)
        try payload.add(
            .hcaUnits, units(payload.bigEndian(4..<6), none: 0xFFFF), at: 4..<6, storage: 1)
        for pair in 0..<9 {
            let place = 34 - 3 * pair
            let (a, b, c) = (
                try payload.unsigned(place..<(place + 1)),
                try payload.unsigned((place + 1)..<(place + 2)),
                try payload.unsigned((place + 2)..<(place + 3))
            )
            // Storage 1 is the due date; the last month is 2.
            let newest = UInt64(2 + 2 * pair)
            try payload.add(
                .hcaUnits, units((b & 0x0F) << 8 | c, none: 0xFFF),
                at: (place + 1)..<(place + 3), storage: newest)
            try payload.add(
                .hcaUnits, units((b >> 4) << 8 | a, none: 0xFFF), at: place..<(place + 2),
                storage: newest + 1)
        }
    }

    private static func units(_ number: UInt64, none: UInt64) -> DataRecord.Value {
        number == none ? .unknown(.invalidPattern) : .scaled(number, 0)
    }

    private static func date(
        _ payload: borrowing VendorPayload
    ) throws(PayloadError) -> DataRecord.Value {
        guard let day = try payload.bcd(37..<38), let month = try payload.bcd(38..<39),
            let year = try payload.bcd(39..<40)
        else { return .unknown(.invalidPattern) }
        return .date(year: 2000 + Int(year), month: Int(month), day: Int(day))
    }
}
