import Decoder
import Testing
import Wire

@Suite struct QundisWalkByTests {
    private static let head = "4493446050403035 08 78"
    private static let flags = "0DFF5F35 00821200008100 07C0"

    /// The record: VIF, error date, present value, due date and value, month end and value, months.
    private static func block(
        _ vif: String, errors: String = "FFFF", _ values: String, months: String
    ) -> String {
        "\(flags)\(vif)\(errors)\(values)\(months)2F"
    }

    private static let values = "45230100 FF2C 00000100 1E34 00200100"
    private static let months = "0A00 0080 1400 1E00 2800 3200 3C00 4600 5000 5A00 6400 6E00"

    static let cases = [
        PayloadCase(
            "heat in kWh", sized(head + block("06", values, months: months)),
            expected("energy", "Wh", [12_345_000, 10_000_000, 12_000_000], "energy_of_month", 1000)),
        PayloadCase(
            "heat in 100 Wh", sized(head + block("05", values, months: months)),
            expected("energy", "Wh", [1_234_500, 1_000_000, 1_200_000], "energy_of_month", 100)),
        PayloadCase(
            "heat in 100 kJ", sized(head + block("0D", values, months: months)),
            expected(
                "energy", "J", [1_234_500_000, 1_000_000_000, 1_200_000_000], "energy_of_month",
                100_000)),
        PayloadCase(
            "an allocator", sized(head + block("6E", values, months: months)),
            expected("hca_units", "", [12345, 10000, 12000], "hca_units_of_month", 1)),
    ]

    private static func expected(
        _ name: String, _ unit: String, _ values: [Int], _ month: String, _ scale: Int
    ) -> [String] {
        let symbol = unit.isEmpty ? "" : " \(unit)"
        let counts = [110, 100, 90, 80, 70, 60, 50, 40, 30, 20, nil, 10]
        let days = [
            "2024-04-30", "2024-03-31", "2024-02-29", "2024-01-31", "2023-12-31", "2023-11-30",
            "2023-10-31", "2023-09-30", "2023-08-31", "2023-07-31", "2023-06-30", "2023-05-31",
        ]
        return [
            "date_at_error = unknown notSet", "\(name) = \(values[0])\(symbol)",
            "date_storage1 = 2023-12-31", "\(name)_storage1 = \(values[1])\(symbol)",
            "date_storage17 = 2024-04-30", "\(name)_storage17 = \(values[2])\(symbol)",
        ]
            + zip(counts, days).enumerated().map { index, entry in
                let (count, day) = entry
                let value = count.map { "\($0 * scale)" } ?? "unknown invalidPattern"
                return "\(month)_storage\(index + 1) = \(value)\(symbol) @\(day)"
            }
    }

    @Test(arguments: cases)
    func records(_ c: PayloadCase) throws {
        let reading = try reading(c.hex)
        #expect(lines(reading) == c.expected)
        #expect(reading.payloadFamily == "qundis_walk_by")
        #expect(reading.payloadError == nil)
    }

    /// Water: months count in 10 litres, totals in litres; a month may be less than nothing.
    @Test func water() throws {
        let months = "0080".repeated(10) + "0A00 D4FF"
        let reading = try reading(
            sized(Self.head + Self.block("13", errors: "0F34", Self.values, months: months)))
        let found = lines(reading)
        #expect(found[0] == "date_at_error = 2024-04-15")
        #expect(found[1] == "volume = 12.345 m³")
        #expect(found[6] == "volume_of_month_storage1 = -0.44 m³ @2024-04-30")
        #expect(found[7] == "volume_of_month_storage2 = 0.10 m³ @2024-03-31")
    }

    /// Nothing is stored yet: no dates, and months without one.
    @Test func newMeter() throws {
        let reading = try reading(
            sized(
                Self.head
                    + Self.block(
                        "13", "66000000 FFFF 00000000 0000 FFFFFFFF",
                        months: "0080".repeated(12))))
        #expect(reading.payloadError == nil)
        let found = lines(reading)
        #expect(found[1] == "volume = 0.066 m³")
        #expect(found[2] == "date_storage1 = unknown notSet")
        #expect(found[5] == "volume_storage17 = unknown invalidPattern m³")
        #expect(found[17] == "volume_of_month_storage12 = unknown invalidPattern m³")
    }

    /// Behind a radio converter the meter's own address stands first.
    @Test func ownAddress() throws {
        let block = Self.block("06", Self.values, months: Self.months)
        let octets = "4493442010403046 37 78"
        let own = try reading(sized(octets + "0779 50403020 9344 46 04" + block)).telegram
        #expect(own.meter.description == "04QDS4620304050")
        #expect(own.sender.description == "37QDS4630401020")
        // Another maker's address is no reason to take the meter for another.
        let other = try reading(sized(octets + "0779 50403020 4433 46 04" + block)).telegram
        #expect(other.meter == other.sender)
    }

    /// Octets that are no dates, no digits or of no known unit stay as they came.
    @Test(arguments: [
        ("C9", "FFFF", values, "2F"), ("06", "7A5D", values, "2F"),
        ("06", "FFFF", "4A230100 FF2C 00000100 1E34 00200100", "2F"),
        ("06", "FFFF", "45230100 FF2C 00000100 1E3F 00200100", "2F"),
        ("06", "FFFF", values, "2E"),
    ])
    func enciphered(_ vif: String, _ errors: String, _ values: String, _ end: String) throws {
        var hex = Self.block(vif, errors: errors, values, months: Self.months)
        hex.removeLast(2)
        let reading = try reading(sized(Self.head + hex + end))
        #expect(reading.records.count == 1)
        #expect(reading.records.first?.value == .octets)
        #expect(reading.payloadError == .unknownLayout(try Hex.octets(vif).first))
    }

    /// Records of the manufacturer's that are no walk-by record.
    @Test func others() throws {
        let short = try reading(sized("446532605040301808 7A2A000000 0DFF5F03010203"))
        #expect(short.records.map(\.value) == [.octets])
        #expect(short.payloadError == .unknownLayout(nil))
        let none = try reading(sized("446532605040301808 7A2A000000 01FF0105"))
        #expect(none.payloadError == nil)
    }

    @Test(arguments: cases)
    func damaged(_ c: PayloadCase) throws { expectSoundWhenDamaged(try Hex.octets(c.hex)) }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
