import Decoder
import Testing
import Wire

@Suite struct ApatorTests {
    private static let allocator = "87 0000 8202 F52C 8700 442E 2013 C015"

    static let cases = [
        PayloadCase(
            "AT-WMBUS-08, a remainder of one third", sized("44 1486 60504030 0F 0F A0 88D61200"),
            "volume = 411.522667 m³"),
        PayloadCase(
            "AT-WMBUS-17-2, a remainder of two thirds",
            sized("44 1486 60504030 04 11 A0 3B300000"), "volume = 4115.666667 m³"),
        PayloadCase(
            "AT-WMBUS-08, no value", sized("44 1486 60504030 03 03 A0 FFFFFFFF"),
            "volume = unknown invalidPattern m³"),
        PayloadCase(
            "AT-WMBUS-16-2",
            sized(
                "44 0106 60504030 05 07 7A 2A 00 0000 2F2F 0F 01020304050607 44112233"
                    + "10A05B0000 7201204E00001F4E000000000000 A011223344 FFFFFFFF 1234"),
            "volume = 23.456 m³", "volume_history_storage1 = 20.000 m³",
            "volume_history_storage2 = 19.999 m³"),
        PayloadCase(
            "AT-WMBUS-16-2, older",
            sized(
                "44 0106 60504030 05 06 7A 2A 00 0000 2F2F 80 01020304050607 4142AB"
                    + "1098FF0000 FFFFFFFF 1234"),
            "volume = 65.432 m³"),
        PayloadCase(
            "AT-WMBUS-16-2, data records",
            sized("44 0106 60504030 05 07 7A 2A 00 0000 2F2F 0413A05B0000"),
            "volume = 23.456 m³"),
        PayloadCase(
            "E.ITN 30", sized("44 0106 60504030 04 08 A0 \(allocator)"),
            "hca_units = 135", "date = 2023-02-04", "hca_units_storage1 = 642",
            "season_start = 2016-04-07", "seal_broken_date = 2022-07-21",
            "alarms = 'seal broken'", "average_temperature = 21.75 °C",
            "average_temperature_storage1 = 19.125 °C"),
        PayloadCase(
            "E.ITN 30, mark in front, seal whole",
            sized("44 1486 60504030 04 08 A1 A0 87 0000 8202 0000 8700 442E 80FF 0080"),
            "hca_units = 135", "date = 2023-02-04", "hca_units_storage1 = 642",
            "season_start = 2016-04-07", "seal_broken_date = unknown notSet", "alarms = 'none'",
            "average_temperature = unknown invalidPattern °C",
            "average_temperature_storage1 = -0.5 °C"),
    ]

    @Test(arguments: cases)
    func records(_ c: PayloadCase) throws {
        let reading = try reading(c.hex)
        #expect(lines(reading) == c.expected)
        #expect(reading.payloadFamily?.hasPrefix("apator_") == true)
        #expect(reading.payloadError == nil)
    }

    @Test(arguments: cases)
    func damaged(_ c: PayloadCase) throws { expectSoundWhenDamaged(try Hex.octets(c.hex)) }

    /// Octets before the data of an allocator: a number, that many, and a mark.
    @Test(arguments: ["00 A0", "02 FFFF A0"])
    func allocatorBehindOctets(_ octets: String) throws {
        let hex = sized("44 0106 60504030 04 08 B6 \(octets) \(Self.allocator)")
        #expect(try lines(reading(hex)).first == "hca_units = 135")
    }

    @Test(arguments: zip(["10 A0", "01 FF FF"], [0x10, 0xFF] as [UInt8]))
    func unknownAllocator(_ octets: String, _ mark: UInt8) throws {
        let hex = sized("44 0106 60504030 04 08 B6 \(octets) \(Self.allocator)")
        #expect(try reading(hex).payloadError == .unknownLayout(mark))
    }

    /// These count water, whatever their device type says.
    @Test func water() throws {
        #expect(try reading(Self.cases[0].hex).telegram.meter.deviceType == .water)
    }

    /// What comes before an unknown tag is good.
    @Test func unknownTag() throws {
        let reading = try reading(
            sized(
                "44 0106 60504030 05 07 7A 2A 00 0000 2F2F 0F 01020304050607"
                    + "10A05B0000 99 10FFFF0000 FFFF 1234"))
        #expect(lines(reading) == ["volume = 23.456 m³"])
        #expect(reading.payloadError == .unknownLayout(0x99))
    }

    /// A meter does not count back: what looks so is no history.
    @Test(arguments: ["A15B0000 00000000", "9F5B0000 A05B0000"])
    func historyThatIsNone(_ totals: String) throws {
        let reading = try reading(
            sized(
                "44 0106 60504030 05 07 7A 2A 00 0000 2F2F 0F 01020304050607"
                    + "10A05B0000 71 01 \(totals) 00000000 FFFF 1234"))
        #expect(lines(reading) == ["volume = 23.456 m³"])
        #expect(reading.payloadError == .unknownLayout(0x71))
    }

    // MARK: NA-1

    /// 123.456 m³ at 2025-05-08 06:13:20, 100 m³ 351 hours before; key of zeros.
    private static let na1 = "1C440106605040301407A02A01DE4B570284E5EB7888231C895BA465F2"
    /// The same with a key of its own.
    private static let na1OwnKey = "1C440106605040301407A02A01A23AE7E84D02E7387778F969B82319C6"
    private static let ownKey = "0102030405060708090A0B0C0D0E0F10"

    @Test func na1() throws {
        let reading = try reading(Self.na1)
        #expect(
            lines(reading) == [
                "volume = 123.456 m³", "date_time = 2025-05-08T06:13:20 summer",
                "volume_storage1 = 100.000 m³", "date_time_storage1 = 2025-04-23T15:13:20",
                "history_age = 351 h", "frame_flags = 'summer time'", "alarms = 'leak'",
                "past_alarms = 'reverse flow'",
            ])
        #expect(reading.telegram.protection == .manufacturersCipher)
        #expect(reading.telegram.usedDefaultKey)
    }

    @Test func na1WithAKey() throws {
        let reading = try reading(Self.na1OwnKey, key: Self.ownKey)
        #expect(lines(reading).first == "volume = 123.456 m³")
        #expect(!reading.telegram.usedDefaultKey)
        #expect(throws: TelegramError.self) { try Self.read(Self.na1OwnKey, key: nil) }
        #expect(throws: TelegramError.self) { try Self.read(Self.na1, key: Self.ownKey) }
        #expect(throws: TelegramError.self) { try Self.read(Self.na1, key: "0102030405060708") }
    }

    private static func read(_ hex: String, key: String?) throws { _ = try reading(hex, key: key) }

    @Test func damagedNA1() throws { expectSoundWhenDamaged(try Hex.octets(Self.na1)) }
}
