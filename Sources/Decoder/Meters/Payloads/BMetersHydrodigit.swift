/// BMeters Hydrodigit: what stands behind DIF 0F in a water meter's telegram.
///
/// ```text
/// PP [BB] [KK YY MM DD] [YY MM DD] [RR RR RR RR] [12 × VV VV VV]
/// ```
///
/// - P: which parts follow: bit 0 B, bit 1 K with a date, bit 7 the date of a leak, bit 2 R, bit 4 V
/// - B: low nibble, a step of the battery's voltage
/// - K: fraud: bit 7 magnet, bit 6 sensor, bit 5 module removed; dates in BCD, years from 2000; of
///   the fraud's month the low nibble alone
/// - R: backward flow, litres
/// - V: volumes of January to December, 0.01 m³; 100,000 m³ and more: none
///
/// Source: public decoders, telegrams of the meters.
enum BMetersHydrodigit {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x0F], with: readParts)
    }

    private static func readParts(_ payload: inout VendorPayload) throws(PayloadError) {
        let parts = try payload.octet(0)
        var place = 1
        func take(_ count: Int) -> Range<Int> {
            defer { place += count }
            return place..<(place + count)
        }
        if parts & 0x01 != 0 {
            let battery = take(1)
            let step = Int(try payload.octet(battery.lowerBound) & 0x0F)
            try payload.add(
                .voltage, .scaled(hundredthsOfVolt[step], -2), .volt, at: battery,
                named: .batteryVoltage)
        }
        if parts & 0x02 != 0 {
            let kinds = try payload.unsigned(take(1))
            payload.add(.fraud, bits: kinds, words: fraudWords)
            let date = take(3)
            let month = Int64(try payload.octet(date.lowerBound + 1) & 0x0F)
            try payload.add(
                .date, self.date(payload, date, month: month), at: date, named: .fraudDate)
        }
        if parts & 0x80 != 0 {
            let date = take(3)
            let month = try payload.bcd((date.lowerBound + 1)..<(date.lowerBound + 2))
            try payload.add(
                .date, self.date(payload, date, month: month), at: date, named: .leakDate)
        }
        if parts & 0x04 != 0 {
            let backward = take(4)
            try payload.add(
                .volume, payload.number(backward, exponent: -3), .cubicMetre, at: backward,
                qualifiers: .backward)
        }
        guard parts & 0x10 != 0 else { return }
        for month in 1...12 {
            let volume = take(3)
            let number = try payload.unsigned(volume)
            try payload.add(
                .volume, number >= 10_000_000 ? .unknown(.invalidPattern) : .scaled(number, -2),
                .cubicMetre, at: volume, named: .volumeOfCalendarMonth, storage: UInt64(month))
        }
    }

    private static func date(
        _ payload: borrowing VendorPayload, _ offsets: Range<Int>, month: Int64?
    ) throws(PayloadError) -> DataRecord.Value {
        let (first, last) = (offsets.lowerBound, offsets.upperBound)
        guard let month, let year = try payload.bcd(first..<(first + 1)),
            let day = try payload.bcd((last - 1)..<last)
        else { return .unknown(.invalidPattern) }
        return .date(year: 2000 + Int(year), month: Int(month), day: Int(day))
    }

    /// Of the battery's steps 0 to F.
    private static let hundredthsOfVolt = [
        370, 190, 210, 220, 230, 240, 250, 265, 280, 290, 305, 320, 335, 350, 370, 370,
    ]

    private static let fraudWords: [(mask: UInt64, word: StaticString)] = [
        (0x80, "magnet"), (0x40, "sensor"), (0x20, "module removed"), (0x1F, "other"),
    ]
}
