/// What telegrams of Techem have in common where they are not OMS: CI A0 to A2, in clear and
/// without a header, with a register for the period that ended at the due date and one for the
/// period since.
///
/// Dates stand in two forms, 16 bits, low octet first:
///
/// ```text
/// due date  YYYYYYYM MMMDDDDD    Y: years from 2000
/// today     xxxMMMMD DDDDxxxx    without a year
/// ```
///
/// Source: public decoders, telegrams of the meters.
enum Techem {
    static let ciFields: ClosedRange<UInt8> = 0xA0...0xA2

    static func meters(versions: [UInt8], types: [UInt8]) -> [MeterPattern] {
        versions.flatMap { version in types.map { MeterPattern("TCH", version, $0) } }
    }

    /// The standard's device types in the place of Techem's own.
    @Sendable static func address(_ sent: MeterAddress) -> MeterAddress {
        var address = sent
        switch sent.deviceType.rawValue {
        case 0x62: address.deviceType = .warmWater
        case 0x72: address.deviceType = .coldWater
        case 0x43, 0xC3: address.deviceType = .heat
        case 0x80: address.deviceType = .heatCostAllocator
        case 0xF0: address.deviceType = .smokeDetector
        default: break
        }
        return address
    }

    /// The register of a meter whose display goes on at the due date: the sum of both periods, what
    /// it was at the due date, and what came since, under `name`.
    static func addPeriods(
        to payload: inout VendorPayload, of quantity: Quantity, exponent: Int = 0, _ unit: Unit,
        previous: Range<Int>, current: Range<Int>, named name: VendorName
    ) throws(PayloadError) {
        let before = try payload.number(previous, exponent: exponent)
        let since = try payload.number(current, exponent: exponent)
        try payload.add(
            quantity, before.adding(since), unit, at: previous.lowerBound..<current.upperBound)
        try payload.add(quantity, before, unit, at: previous, storage: 1)
        try payload.add(quantity, since, unit, at: current, named: name)
    }

    /// A date with its year, or that it is not set.
    ///
    /// - Throws: `unknownLayout` where it is no date: then the octets beside it are no values either.
    static func dueDate(
        _ payload: borrowing VendorPayload, _ offsets: Range<Int>
    ) throws(PayloadError) -> DataRecord.Value {
        let word = Int(try payload.unsigned(offsets))
        let date = DataRecord.Value.date(
            year: 2000 + word >> 9, month: word >> 5 & 0x0F, day: word & 0x1F)
        if date == .unknown(.invalidPattern) { throw .unknownLayout(try payload.octet(0)) }
        return date
    }

    /// Adds the due date of octets 1 and 2 where they are one. Nobody has described them for these
    /// meters, but each of their telegrams that is known has a date there, as MK Radio 3 has.
    static func addLikelyDueDate(to payload: inout VendorPayload) throws(PayloadError) {
        guard let date = try? dueDate(payload, 1..<3), date.meterTime != nil else { return }
        try payload.add(.date, date, at: 1..<3, storage: 1)
    }

    /// Today's month and day as they are sent.
    static func today(
        _ payload: borrowing VendorPayload, _ offsets: Range<Int>
    ) throws(PayloadError) -> (month: Int, day: Int) {
        let word = Int(try payload.unsigned(offsets))
        return (word >> 9 & 0x0F, word >> 4 & 0x1F)
    }

    /// The first such day after the due date; unknown where that one is no date.
    static func date(
        _ today: (month: Int, day: Int), after dueDate: DataRecord.Value
    ) -> DataRecord.Value {
        guard let due = dueDate.meterTime, let year = due.year, let month = due.month,
            let day = due.day
        else { return .unknown(.invalidPattern) }
        let isNextYear = today <= (Int(month), Int(day))
        return .date(year: Int(year) + (isNextYear ? 1 : 0), month: today.month, day: today.day)
    }
}
