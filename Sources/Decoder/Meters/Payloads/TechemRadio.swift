/// Techem MK Radio 3, 3a and 4: water meters, volumes in 0.1 m³.
///
/// ```text
/// MK Radio 3   xx DD DD PP PP TT TT CC CC …
/// MK Radio 4   xx DD DD PP PP xx xx CC CC …
/// MK Radio 3a  xx xx TT TT VV VV VV 12 × [xx HH HH] …
/// ```
///
/// - D: due date, P: total at that date, T: today, C: volume since
/// - V: total, H: what flowed in half a month, newest first; from the 16th on the first one is of
///   the second half of today's month, before that of its first half
///
/// Source: public decoders, telegrams of the meters.
extension Techem {
    @Sendable static func readRadio3(_ payload: inout VendorPayload) throws(PayloadError) {
        let dueDate = try dueDate(payload, 1..<3)
        try addVolumes(to: &payload)
        try payload.add(.date, dueDate, at: 1..<3, storage: 1)
        try payload.add(.date, date(today(payload, 5..<7), after: dueDate), at: 5..<7)
    }

    @Sendable static func readRadio4(_ payload: inout VendorPayload) throws(PayloadError) {
        try addVolumes(to: &payload)
        try addLikelyDueDate(to: &payload)
    }

    private static func addVolumes(to payload: inout VendorPayload) throws(PayloadError) {
        try addPeriods(
            to: &payload, of: .volume, exponent: -1, .cubicMetre, previous: 3..<5, current: 7..<9,
            named: .volumeSinceDueDate)
    }

    @Sendable static func readRadio3a(_ payload: inout VendorPayload) throws(PayloadError) {
        let date = try dueDate(payload, 2..<4)
        try payload.add(
            .volume, payload.number(4..<7, exponent: -1), .cubicMetre, at: 4..<7)
        try payload.add(.date, date, at: 2..<4)
        guard let today = date.meterTime, let day = today.day else { return }
        // Today's month has one half so far, or two.
        var halves = 0..<(day > 15 ? 2 : 1)
        for month in 0..<12 {
            try addVolume(ofHalves: halves, monthsAgo: month, today, to: &payload)
            halves = halves.upperBound..<(halves.upperBound + 2)
        }
    }

    /// The volume of a month; its last half and its first stand side by side, but for the unused
    /// octet of a triple.
    private static func addVolume(
        ofHalves halves: Range<Int>, monthsAgo months: Int, _ today: MeterTime,
        to payload: inout VendorPayload
    ) throws(PayloadError) {
        var volume = DataRecord.Value.scaled(0, -1)
        for half in halves {
            let place = offset(ofHalf: half)
            volume = try volume.adding(payload.number(place..<(place + 1), exponent: -1))
        }
        try payload.add(
            .volume, volume, .cubicMetre,
            at: offset(ofHalf: halves.lowerBound)..<(offset(ofHalf: halves.upperBound - 1) + 1),
            named: .volumeOfMonth, storage: UInt64(months),
            dated: months == 0 ? nil : today.monthEnd(monthsBefore: months))
    }

    private static func offset(ofHalf half: Int) -> Int { 8 + half / 2 * 3 + half % 2 }
}

extension MeterTime {
    /// The last day of the month that was `months` before.
    fileprivate func monthEnd(monthsBefore months: Int) -> MeterTime? {
        guard var end = adding(-months, .months(1)), let year = end.year, let month = end.month
        else { return nil }
        end.day = UInt8(MeterCalendar.days(inMonth: Int(month), of: Int(year)))
        return end
    }
}
