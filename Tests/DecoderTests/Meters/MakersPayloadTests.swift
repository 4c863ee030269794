import Decoder
import Testing
import Wire

/// BMeters, BFW, Ei, IME, UniSmart and Zenner: payloads of one file each.
@Suite struct MakersPayloadTests {
    private static let hydrodigit = "44 B409 60504030 13 07 7A 2A 00 0000 0C1378560400 0F"

    static let cases = [
        PayloadCase(
            "Hydrodigit, battery and backward flow", sized("\(hydrodigit) 05 27 23010000 2F2F"),
            "volume = 45.678 m³", "battery_voltage = 2.65 V", "volume_backward = 0.291 m³"),
        PayloadCase(
            "Hydrodigit, fraud before leak, bits that nobody knows",
            sized("\(hydrodigit) EA A1 24F512 250516"),
            "volume = 45.678 m³", "fraud = 'magnet, module removed, other'",
            "fraud_date = 2024-05-12", "leak_date = 2025-05-16"),
        PayloadCase(
            "Hydrodigit, dates that are none", sized("\(hydrodigit) 82 00 000000 FF0516"),
            "volume = 45.678 m³", "fraud = 'none'", "fraud_date = unknown notSet",
            "leak_date = unknown invalidPattern"),
        PayloadCase(
            "Hydrodigit, months",
            sized(
                "\(hydrodigit) 10 2C0100 809698 7F9698"
                    + String(repeating: "010000", count: 8) + "0B0000"),
            ["volume = 45.678 m³", "volume_of_calendar_month_storage1 = 3.00 m³"]
                + ["volume_of_calendar_month_storage2 = unknown invalidPattern m³"]
                + ["volume_of_calendar_month_storage3 = 99999.99 m³"]
                + (4...11).map { "volume_of_calendar_month_storage\($0) = 0.01 m³" }
                + ["volume_of_calendar_month_storage12 = 0.11 m³"]),
        PayloadCase(
            "RFM-TX1",
            sized(
                "44B4096050403005077A3C00061011152040CA23000000000000005914101605240000000000000000"
            ), "volume = 123.456 m³", "date_time = 2024-05-16T10:14:59"),
        PayloadCase(
            "BFW 240 radio",
            sized(
                "44 D708 60504030 02 08 7A 2A 00 0000 2F2F 521F 0263 02FE 1C36"
                    + String(repeating: "000000", count: 7) + "010203 FFF234 160524"),
            ["hca_units = 766", "date = 2024-05-16", "hca_units_storage1 = 611"]
                + ["hca_units_storage2 = 564", "hca_units_storage3 = unknown invalidPattern"]
                + ["hca_units_storage4 = 515", "hca_units_storage5 = 1"]
                + (6...19).map { "hca_units_storage\($0) = 0" }),
        PayloadCase(
            "BFW 240 radio, no values yet",
            sized(
                "44 D708 60504030 02 08 7A 2A 00 0000 2F2F 521F FFFF FFFF 1C36"
                    + String(repeating: "FFFFFF", count: 9) + "160524"),
            ["hca_units = unknown invalidPattern", "date = 2024-05-16"]
                + (1...19).map { "hca_units_storage\($0) = unknown invalidPattern" }),
        PayloadCase(
            "Zenner 0B, halves of a litre",
            sized("44 496A 60504030 0B 16 7A 2A 00 0000 0F 80BF0000 80393000 00A05B00 00"),
            "volume = 23.456 m³", "volume_storage1 = 12.3455 m³", "status_flags = bits bf80"),
        PayloadCase(
            "Zenner 0B, no value at the due date",
            sized("44 496A 60504030 0B 16 7A 2A 00 0000 0F 00000000 FFFFFFFF 00A05B00"),
            "volume = 23.456 m³", "volume_storage1 = unknown invalidPattern m³",
            "status_flags = bits 0"),
        PayloadCase(
            "Ei6500", sized("44 2515 60504030 0C 1A 7A 2A 00 0000 02FD170000 8440FF2C 3E1C3203"),
            "error_flags = bits 0", "dust_level = 30", "battery_voltage = 2.85 V",
            "obstacle_distance = '38-53 cm'",
            "head_state = 'sounder fault, battery low, search for obstacles not finished, "
                + "surroundings changed, obstacle, covered'"),
        PayloadCase(
            "Nemo",
            sized("44 A525 60504030 1D 02 7A 2A 00 0000 8E500445230100 0000 05FF5A 00C0F943"),
            "energy_tariff1_subunit1 = 123450 Wh", "frequency = 49.95 Hz"),
        PayloadCase(
            "UniSmart, two octets behind the enciphered ones",
            sized(
                "44 B805 60504030 01 03 7A 2A 00 1005 2F2F 0C943A56341200"
                    + "02FD740C01 2F2F 5208"),
            "volume_uncorrected = 1234.56 m³", "status_flags = bits 10c"),
    ]

    @Test(arguments: cases)
    func records(_ c: PayloadCase) throws {
        let reading = try reading(Hex.octets(c.hex), leniency: .offline)
        #expect(lines(reading) == c.expected)
        #expect(reading.payloadFamily != nil)
        #expect(reading.payloadError == nil)
        #expect(reading.recordsEnd == nil)
    }

    @Test(arguments: cases)
    func damaged(_ c: PayloadCase) throws { expectSoundWhenDamaged(try Hex.octets(c.hex)) }

    /// What was read before the end is good, and the octets stay.
    @Test func cutOff() throws {
        let reading = try reading(sized("\(Self.hydrodigit) 05 27 2301"))
        #expect(
            lines(reading) == [
                "volume = 45.678 m³", "manufacturer_specific = octets 05272301",
                "battery_voltage = 2.65 V",
            ])
        #expect(reading.payloadError != nil)
    }

    /// Digits that are none, or a clock that is none: other tables, or another layout.
    @Test(arguments: [
        "7A2A000610 1115 FFFFFFFF 00000000",
        "7A3C000610 1115 2040CA23 00000000000000 5914103305240000000000000000",
    ])
    func unknownTables(_ telegram: String) throws {
        let reading = try reading(sized("44 B409 60504030 05 07 \(telegram)"))
        #expect(reading.payloadError == .unknownLayout(nil))
        #expect(reading.records.isEmpty)
    }

    /// The 33rd day of a month: no allocator's.
    @Test func noDate() throws {
        let reading = try reading(
            sized(
                "44 D708 60504030 02 08 7A 2A 00 0000 2F2F 521F 0263 02FE 1C36"
                    + String(repeating: "000000", count: 9) + "330524"))
        #expect(reading.payloadError == .unknownLayout(nil))
        #expect(reading.records.isEmpty)
    }

    /// Data records of other meters of these makers are left alone.
    @Test func otherVersions() throws {
        let reading = try reading(sized("44 B409 60504030 18 07 7A 2A 00 0000 0F 05 27 23010000"))
        #expect(lines(reading) == ["manufacturer_specific = octets 052723010000"])
        #expect(reading.payloadFamily == nil)
    }
}
