import Wire

/// The walk-by record of Qundis and Landis & Staefa: the values of two days, and what each of twelve
/// months used, in one record of the manufacturer's (`0D FF 5F 35`).
///
/// ```text
/// offset 0 … 8  9    10 11       12 … 15  16 17     18 … 21   22 23      24 … 27   28 … 51  52
///        flags  VIF  error date  present  due date  at it     month end  at it     months   2F
/// ```
///
/// - dates are type G; values 8 BCD digits in the unit of the VIF
/// - months: 16 bits each with sign, oldest first; the last one ended at the month end. They count
///   in the unit of the VIF, water in 10 litres. 8000: none. An allocator starts again at the due
///   date, so that one of its months is less than nothing.
///
/// Some meters encipher it in a way that nobody has described: then its octets stay. Behind a radio
/// converter the telegram also has the meter's own address, as an identification (`07 79`).
///
/// Source: public decoders, telegrams of the meters.
enum QundisWalkBy {
    static let meters = [MeterPattern("QDS"), MeterPattern("LSE")]

    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x0D, 0xFF, 0x5F], with: readBlock)
        takeOwnAddress(&payload)
    }

    private static func readBlock(_ payload: inout VendorPayload) throws(PayloadError) {
        guard payload.count == 53 else { throw .unknownLayout(nil) }
        let vif = try payload.octet(9)
        guard let count = Count(vif: vif), try isInClear(payload) else {
            throw .unknownLayout(vif)
        }
        try payload.add(
            .date, payload.time(10..<12), at: 10..<12, function: .errorState)
        try add(count, at: 12, to: &payload, storage: 0)
        for (date, storage) in [(16, UInt64(1)), (22, 17)] {
            try payload.add(
                .date, payload.time(date..<date + 2), at: date..<date + 2, storage: storage)
            try add(count, at: date + 2, to: &payload, storage: storage)
        }
        let lastMonth = try payload.time(22..<24).meterTime
        for ago in 0..<12 {
            let place = 50 - 2 * ago..<52 - 2 * ago
            try payload.add(
                count.quantity, payload.signedNumber(place, exponent: count.monthExponent),
                count.unit, at: place, named: count.month, storage: UInt64(ago + 1),
                dated: lastMonth?.adding(-ago, .months(1)))
        }
    }

    private static func add(
        _ count: Count, at offset: Int, to payload: inout VendorPayload, storage: UInt64
    ) throws(PayloadError) {
        let place = offset..<offset + 4
        let value = try payload.bcd(place).map { DataRecord.Value.scaled($0, count.exponent) }
        try payload.add(
            count.quantity, value ?? .unknown(.invalidPattern), count.unit, at: place,
            storage: storage)
    }

    /// Whether all dates and digits are some, which those of an enciphered block are not.
    private static func isInClear(_ payload: VendorPayload) throws(PayloadError) -> Bool {
        for offset in [10, 16, 22] {
            let number = try payload.unsigned(offset..<offset + 2)
            let date = try payload.time(offset..<offset + 2).meterTime
            let isDay = date?.year != nil && date?.month != nil && date?.day != nil
            guard isDay || number == 0 || number == 0xFFFF else { return false }
        }
        for offset in [12, 18, 24] {
            let number = try payload.unsigned(offset..<offset + 4)
            let digits = try payload.bcd(offset..<offset + 4)
            guard digits != nil || number == 0xFFFF_FFFF else { return false }
        }
        return try payload.octet(52) == 0x2F
    }

    /// Takes the address in `07 79 I I I I M M V T` for the meter's, as that of a long header.
    private static func takeOwnAddress(_ payload: inout VendorPayload) {
        guard
            let own = payload.records.first(where: {
                $0.quantity == .enhancedIdentification && $0.data.count == 8
            })
        else { return }
        var reader = ByteReader(payload.octets.span, in: own.data.range)
        guard let address = try? MeterAddress(longHeader: &reader),
            meters.contains(where: { $0.matches(address) })
        else { return }
        payload.meter = address
    }

    /// What is counted, and in which power of ten.
    private struct Count {
        var quantity: Quantity
        var unit: Unit
        var month: VendorName
        var exponent: Int
        var monthExponent: Int

        init?(vif: UInt8) {
            (quantity, unit, month) = (.energy, .wattHour, .energyOfMonth)
            switch vif {
            case 0x05: exponent = 2
            case 0x06: exponent = 3
            case 0x0D: (unit, exponent) = (.joule, 5)
            case 0x13:
                (quantity, unit, month) = (.volume, .cubicMetre, .volumeOfMonth)
                exponent = -3
            case 0x6E:
                (quantity, unit, month) = (.hcaUnits, .none, .hcaUnitsOfMonth)
                exponent = 0
            default: return nil
            }
            monthExponent = vif == 0x13 ? -2 : exponent
        }
    }
}
