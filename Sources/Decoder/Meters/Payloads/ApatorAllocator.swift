/// Apator E.ITN 30: heat cost allocators, CI A0, A1 or B6.
///
/// ```text
/// A0, A1  [A0] | data
/// B6      n xx × n A0 | data
/// data    SS xx xx PP PP BB BB CC CC TT TT AA AA MM MM
/// ```
///
/// - S: low octet of the season's first day, the high one is A0; B: the day the seal was broken, 0:
///   never; T: today, all dates `YYYYYYYM MMMDDDDD`, years from 2000, the highest bits left out
/// - P: units of the season before, C: units of this season
/// - A, M: average temperature of the season before and of this one, 1/256 °C
///
/// Source: public decoders, telegrams of the meters.
enum ApatorAllocator {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        var start = 0
        if payload.header.ciField.rawValue == 0xB6 {
            let skipped = try payload.octet(0)
            guard skipped <= 0x0F else { throw .unknownLayout(skipped) }
            start = 1 + Int(skipped)
            let mark = try payload.octet(start)
            guard mark == 0xA0 else { throw .unknownLayout(mark) }
        }
        // No day begins with A0: its five bits for the day would be 0.
        if try payload.octet(start) == 0xA0 { start += 1 }
        try readData(&payload, at: start)
    }

    private static func readData(
        _ payload: inout VendorPayload, at start: Int
    ) throws(PayloadError) {
        func place(_ offset: Int) -> Range<Int> { (start + offset)..<(start + offset + 2) }
        let today = try date(payload.unsigned(place(9)))
        if today == .unknown(.invalidPattern) { throw .unknownLayout(nil) }
        try payload.add(.hcaUnits, payload.number(place(7)), at: place(7))
        try payload.add(.date, today, at: place(9))
        try payload.add(.hcaUnits, payload.number(place(3)), at: place(3), storage: 1)
        let season = start..<(start + 1)
        try payload.add(
            .date, date(0xA000 | payload.unsigned(season)), at: season, named: .seasonStart)
        let sealBroken = try payload.unsigned(place(5))
        try payload.add(.date, date(sealBroken), at: place(5), named: .sealBrokenDate)
        payload.add(
            .alarms, bits: sealBroken == 0 ? 0 : 1, words: [(0x01, "seal broken")])
        try payload.add(
            .externalTemperature, temperature(payload, place(13)), .celsius, at: place(13),
            named: .averageTemperature)
        try payload.add(
            .externalTemperature, temperature(payload, place(11)), .celsius, at: place(11),
            named: .averageTemperature, storage: 1)
    }

    private static func date(_ word: UInt64) -> DataRecord.Value {
        .date(
            year: 2000 + Int(word >> 9 & 0x1F), month: Int(word >> 5 & 0x0F),
            day: Int(word & 0x1F))
    }

    private static func temperature(
        _ payload: borrowing VendorPayload, _ offsets: Range<Int>
    ) throws(PayloadError) -> DataRecord.Value {
        // 1/256 is 390625 × 10^-8.
        try payload.signedNumber(offsets).multiplied(by: 390_625, exponent: -8)
    }
}
