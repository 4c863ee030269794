/// BMeters RFM-TX1: a radio module on water meters, CI 7A with security mode 16.
///
/// ```text
/// xx xx VV VV VV VV xx xx xx xx xx xx xx SS MM HH DD MM YY …
///       scrambled
/// ```
///
/// - V: total in litres, 8 digits BCD, mixed with the access number and with tables that its low
///   nibble selects from; that keeps nothing secret, so the telegram counts as in clear
/// - S to Y: the clock, two digits BCD each, years from 2000
///
/// Source: public decoders, telegrams of the meters.
enum BMetersRFM {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        let sent = try payload.range(2..<6)
        let received = payload.octets
        let accessNumber = payload.header.accessNumber ?? 0
        for (place, table) in zip(sent, tables) {
            payload.octets[place] ^= accessNumber ^ table[Int(accessNumber & 0x0F)]
        }
        // Digits alone say little: octets at random are some, now and then.
        let clock = try? clock(payload)
        guard let litres = try payload.bcd(2..<6), let clock, clock != .unknown(.invalidPattern)
        else {
            payload.octets = received
            throw .unknownLayout(nil)
        }
        payload.deciphered = sent
        try payload.add(.volume, .scaled(litres, -3), .cubicMetre, at: 2..<6)
        try payload.add(.dateTime, clock, at: 13..<19)
    }

    private static func clock(
        _ payload: borrowing VendorPayload
    ) throws(PayloadError) -> DataRecord.Value {
        guard let second = try payload.bcd(13..<14), let minute = try payload.bcd(14..<15),
            let hour = try payload.bcd(15..<16), let day = try payload.bcd(16..<17),
            let month = try payload.bcd(17..<18), let year = try payload.bcd(18..<19),
            second < 60, minute < 60, hour < 24
        else { return .unknown(.invalidPattern) }
        let date = DataRecord.Value.date(
            year: 2000 + Int(year), month: Int(month), day: Int(day))
        guard var time = date.meterTime else { return date }
        time.precision = .second
        (time.hour, time.minute, time.second) = (UInt8(hour), UInt8(minute), UInt8(second))
        return .time(time)
    }

    /// One for each octet of the total, a row of 16 for the access number's low nibble.
    private static let tables: [[UInt8]] = [
        [122, 112, 185, 121, 7, 50, 156, 180, 10, 240, 22, 12, 74, 119, 189, 57],
        [16, 19, 11, 7, 154, 161, 126, 196, 206, 5, 152, 201, 72, 46, 120, 111],
        [26, 34, 142, 74, 203, 57, 96, 128, 25, 165, 17, 125, 228, 138, 87, 40],
        [10, 19, 153, 22, 105, 14, 153, 163, 3, 134, 94, 162, 31, 232, 140, 5],
    ]
}
