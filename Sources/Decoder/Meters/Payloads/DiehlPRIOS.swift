/// PRIOS: the radio of water meters such as Izar RC, CI A0 to A7.
///
/// ```text
/// L C M M A A A A A A CI | a b c 0 | 4B VV VV VV VV [MM MM MM MM [DD DD]]
///                          in clear  scrambled
/// ```
///
/// - a: bit 7 any alarm; bits 3…0 p: sends every 2^(p+2) seconds
/// - b: bit 7 leakage, bit 6 leakage in the past, bit 5 blocked, bits 4…0 half years of battery left
/// - c: backflow, underflow, overflow, submerged, sensor fraud now, in the past, mechanical fraud
///   now, in the past (bit 7 to bit 0)
/// - V: total, M: total at the end of the last month, in litres, low octet first
/// - D: that day, type G
///
/// Source: public decoders, telegrams of the meters.
extension Diehl {
    @Sendable static func readPRIOS(_ payload: inout VendorPayload) throws(PayloadError) {
        // Offset 0 is octet 11: what is scrambled begins at 4.
        try decipher(&payload) { (try? $0.octet(4)) == 0x4B }
        try payload.add(.volume, payload.number(5..<9, exponent: -3), .cubicMetre, at: 5..<9)
        if payload.count >= 13 {
            try payload.add(
                .volume, payload.number(9..<13, exponent: -3), .cubicMetre, at: 9..<13, storage: 1)
        }
        if payload.count >= 15 {
            try payload.add(.date, payload.time(13..<15), at: 13..<15, storage: 1)
        }
        try readState(&payload)
    }

    private static func readState(_ payload: inout VendorPayload) throws(PayloadError) {
        let period = UInt64(1) << (UInt64(try payload.octet(0) & 0x0F) + 2)
        try payload.add(.transmissionPeriod, .scaled(period, 0), .second, at: 0..<1)
        let halfYears = Int(try payload.octet(1) & 0x1F)
        try payload.add(.remainingBatteryLife, .scaled(5 * halfYears, -1), .year, at: 1..<2)
        let bits = try payload.unsigned(0..<3)
        payload.add(
            .alarms, bits: bits,
            words: [
                (0x80, "general alarm"), (0x8000, "leakage"), (0x2000, "blocked"),
                (0x80_0000, "backflow"), (0x40_0000, "underflow"), (0x20_0000, "overflow"),
                (0x10_0000, "submerged"), (0x08_0000, "sensor fraud"),
                (0x02_0000, "mechanical fraud"),
            ])
        payload.add(
            .pastAlarms, bits: bits,
            words: [
                (0x4000, "leakage"), (0x04_0000, "sensor fraud"), (0x01_0000, "mechanical fraud"),
            ])
    }

    /// The same from Sappel, whose address holds the number that is printed on the meter.
    @Sendable static func readSappelPRIOS(_ payload: inout VendorPayload) throws(PayloadError) {
        try readPRIOS(&payload)
        addPrintedNumber(&payload)
    }

    /// `C22UB305417`: supplier, year, kind and diameter, and six digits of a serial number, in 44
    /// bits of the address. An address without three letters there is an ordinary one.
    private static func addPrintedNumber(_ payload: inout VendorPayload) {
        guard payload.octets.count > start else { return }
        let address = payload.octets[4..<10].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        func letter(_ shift: UInt64) -> Unicode.Scalar {
            Unicode.Scalar(UInt8(0x40 + (address >> shift & 0x1F)))
        }
        let letters = [letter(39), letter(34), letter(29)]
        guard letters.allSatisfy({ ("A"..."Z").contains($0) }) else { return }
        let number = address & 0x3FF_FFFF
        let (year, serial) = (number / 1_000_000, number % 1_000_000)
        func padded(_ number: UInt64, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(digits - text.count, 0)) + text
        }
        var text = String(String.UnicodeScalarView(letters.prefix(1))) + padded(year, 2)
        text += String(String.UnicodeScalarView(letters.suffix(2))) + padded(serial, 6)
        payload.add(.printedNumber, text: text)
    }
}
