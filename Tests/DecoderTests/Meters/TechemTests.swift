import Testing
import Wire

@testable import Decoder

@Suite struct TechemTests {
    /// Due date 2024-12-31 is `9F 31`, today, 16 May, `00 0B`.
    static let cases = [
        PayloadCase(
            "MK Radio 3",
            sized("44 6850 60504030 74 62 A2 06 9F31 7B00 000B 2D00 00000603"),
            "volume = 16.8 m³", "volume_storage1 = 12.3 m³", "volume_since_due_date = 4.5 m³",
            "date_storage1 = 2024-12-31", "date = 2025-05-16"),
        PayloadCase(
            "MK Radio 3, due date not set",
            sized("44 6850 60504030 74 72 A2 06 0000 7B00 000B 2D00"),
            "volume = 16.8 m³", "volume_storage1 = 12.3 m³", "volume_since_due_date = 4.5 m³",
            "date_storage1 = unknown notSet", "date = unknown invalidPattern"),
        PayloadCase(
            "MK Radio 3, the due date is today's day",
            sized("44 6850 60504030 74 72 A2 06 9F31 7B00 F019 2D00"),
            "volume = 16.8 m³", "volume_storage1 = 12.3 m³", "volume_since_due_date = 4.5 m³",
            "date_storage1 = 2024-12-31", "date = 2025-12-31"),
        PayloadCase(
            "MK Radio 4, no value of the period before",
            sized("44 6850 60504030 95 62 A2 06 6329 FFFF 9006 2D00"),
            "volume = unknown invalidPattern m³", "volume_storage1 = unknown invalidPattern m³",
            "volume_since_due_date = 4.5 m³", "date_storage1 = 2020-11-03"),
        PayloadCase(
            "MK Radio 4, no due date",
            sized("44 6850 60504030 70 62 A2 06 FFFF 7B00 9006 2D00"),
            "volume = 16.8 m³", "volume_storage1 = 12.3 m³", "volume_since_due_date = 4.5 m³"),
        PayloadCase(
            "compact V",
            sized("44 6850 60504030 22 C3 A1 00 9F31 68600A 00 4D0500"),
            "energy = 681397 kWh", "energy_storage1 = 680040 kWh",
            "energy_since_due_date = 1357 kWh", "date_storage1 = 2024-12-31"),
        PayloadCase(
            "vario 4", sized("44 6850 60504030 27 04 A2 12 9F31 4812 0000 4D05"),
            "energy = 6037 MJ", "energy_storage1 = 4680 MJ", "energy_since_due_date = 1357 MJ",
            "date_storage1 = 2024-12-31"),
        PayloadCase(
            "FHKV data III, layout 01",
            sized("44 6850 60504030 69 80 A0 01 9F31 2C03 000B 6100 DD07 210C"),
            "hca_units = 97", "hca_units_storage1 = 812", "date_storage1 = 2024-12-31",
            "date = 2025-05-16", "room_temperature = 20.13 °C",
            "radiator_temperature = 31.05 °C"),
        PayloadCase(
            "FHKV data III, layout 0F, below zero, no day and no month",
            sized("44 6850 60504030 94 80 A0 0F 9F31 2C03 0000 6100 11 85FF 0080"),
            "hca_units = 97", "hca_units_storage1 = 812", "date_storage1 = 2024-12-31",
            "date = 2025-12-01", "room_temperature = -1.23 °C",
            "radiator_temperature = unknown invalidPattern °C"),
        PayloadCase(
            "TS 2, smoke", sized("44 6850 60504030 76 F0 A0 01 9F31 0000"),
            "status_flags = bits 1", "alarms = 'smoke'", "date_storage1 = 2024-12-31"),
        PayloadCase(
            "TS 2, a status that is not known", sized("44 6850 60504030 76 F0 A0 71 9F31 0000"),
            "status_flags = bits 71", "date_storage1 = 2024-12-31"),
    ]

    @Test(arguments: cases)
    func records(_ c: PayloadCase) throws {
        let reading = try reading(c.hex)
        #expect(lines(reading) == c.expected)
        #expect(reading.payloadFamily?.hasPrefix("techem_") == true)
        #expect(reading.payloadError == nil)
    }

    /// Months of 5.0, 5.1, … m³ halves side by side, 12 triples of which the first octet is unused.
    private static func radio3a(day: String) throws -> [UInt8] {
        let halves = (0..<12).map { Hex.text([0xAA, UInt8(30 + $0), UInt8(20 + 2 * $0)]) }
        return try Hex.octets(
            sized("44 6850 60504030 50 72 A2 0C00 \(day) D20400 \(halves.joined()) 00"))
    }

    /// From the 16th on today's month has two halves.
    @Test func monthsInTheSecondHalf() throws {
        let found = try lines(reading(Self.radio3a(day: "B032")))
        #expect(found.count == 14)
        #expect(
            found.prefix(5) == [
                "volume = 123.4 m³", "date = 2025-05-16", "volume_of_month = 5.0 m³",
                "volume_of_month_storage1 = 5.3 m³ @2025-04-30",
                "volume_of_month_storage2 = 5.6 m³ @2025-03-31",
            ])
        #expect(found.last == "volume_of_month_storage11 = 8.3 m³ @2024-06-30")
    }

    /// Until the 15th it has one, and each month before takes halves of two triples.
    @Test func monthsInTheFirstHalf() throws {
        let found = try lines(reading(Self.radio3a(day: "AF32")))
        #expect(
            found.prefix(5) == [
                "volume = 123.4 m³", "date = 2025-05-15", "volume_of_month = 3.0 m³",
                "volume_of_month_storage1 = 5.1 m³ @2025-04-30",
                "volume_of_month_storage2 = 5.4 m³ @2025-03-31",
            ])
        #expect(found.last == "volume_of_month_storage11 = 8.1 m³ @2024-06-30")
    }

    /// Where a key is set, nothing is taken in clear.
    @Test func refusedWithAKey() throws {
        let octets = try Hex.octets(Self.cases[0].hex)
        let key = MeterKey(hex: "0102030405060708090A0B0C0D0E0F10")
        #expect(throws: TelegramError.unencryptedThoughKeySet) { try reading(octets, key: key) }
        #expect(try lines(reading(octets, key: key, leniency: .offline)).count == 5)
    }

    @Test func unknownLayout() throws {
        let reading = try reading(sized("44 6850 60504030 69 80 A0 02 9F31 2C03 000B 6100 DD07"))
        #expect(reading.payloadError == .unknownLayout(0x02))
        #expect(reading.records.isEmpty)
    }

    /// A due date that is no date, the 31st of June: what stands beside it is no value either.
    @Test(arguments: [
        "74 62 A2 06 DF30 7B00 000B 2D00", "69 80 A0 01 DF30 2C03 000B 6100 DD07 210C",
        "76 F0 A0 01 DF30 0000", "50 72 A2 0C00 DF30 D20400",
    ])
    func noDate(_ telegram: String) throws {
        let reading = try reading(sized("44 6850 60504030 \(telegram)"))
        #expect(reading.payloadError != nil)
        #expect(reading.records.isEmpty)
    }

    /// Techem's own device types are no standard's.
    @Test(
        arguments: zip(
            ["74 62", "74 72", "45 43", "45 C3", "45 04", "69 80", "76 F0"],
            [0x06, 0x16, 0x04, 0x04, 0x04, 0x08, 0x1A] as [UInt8]))
    func deviceType(_ sent: String, _ standard: UInt8) throws {
        let telegram = try reading(sized("44 6850 60504030 \(sent) A1 00")).telegram
        #expect(telegram.meter.deviceType.rawValue == standard)
        #expect(telegram.meter.number == "30405060")
    }

    @Test(arguments: cases)
    func damaged(_ c: PayloadCase) throws { expectSoundWhenDamaged(try Hex.octets(c.hex)) }

    @Test func damagedMonths() throws { expectSoundWhenDamaged(try Self.radio3a(day: "AF32")) }
}
