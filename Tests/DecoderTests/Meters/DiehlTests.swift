import Decoder
import Testing
import Wire

@Suite struct DiehlTests {
    static let cases = [
        PayloadCase(
            "PRIOS of Sappel", "1944304C895A5441D401A203572013F20876F06222E040DBFBB3",
            "volume = 27.316 m³", "volume_storage1 = 26.958 m³", "date_storage1 = 2024-05-31",
            "transmission_period = 32 s", "remaining_battery_life = 11.5 year",
            "alarms = 'overflow'", "past_alarms = 'leakage'", "printed_number = 'C22UB305417'"),
        PayloadCase(
            "PRIOS of Diehl",
            "2944A511780738914570A201130013C12E7794839944ED442A110A0F6D93AA845E3B7AB3A58B459DA238",
            "volume = 48.215 m³", "volume_storage1 = 46.902 m³", "date_storage1 = 2023-04-30",
            "transmission_period = 8 s", "remaining_battery_life = 9.5 year", "alarms = 'none'",
            "past_alarms = 'none'"),
    ]

    @Test(arguments: cases)
    func records(_ c: PayloadCase) throws {
        let reading = try reading(c.hex, key: c.key)
        #expect(lines(reading) == c.expected)
        #expect(reading.payloadFamily == "diehl_prios")
        #expect(reading.telegram.usedDefaultKey)
        #expect(reading.telegram.protection == .manufacturersCipher)
    }

    @Test func addresses() throws {
        let sappel = try reading(Self.cases[0].hex).telegram.meter
        #expect(sappel.description == "07SAP0041545A89")
        let diehl = try reading(Self.cases[1].hex).telegram
        #expect(diehl.meter.description == "07DME7870459138")
        #expect(diehl.sender == diehl.meter)
    }

    /// Without the last month a telegram ends behind the total.
    @Test func shortPRIOS() throws {
        var octets = try Hex.octets(Self.cases[0].hex)
        octets.removeLast(6)
        octets[0] = UInt8(octets.count - 1)
        #expect(try lines(reading(octets)).first == "volume = 27.316 m³")
        #expect(try lines(reading(octets)).count == 6)
    }

    /// A meter that has no value yet, and whose address is no printed number.
    @Test func emptyPRIOS() throws {
        let plain = try Hex.octets(
            sized("44 304C 12345678 00 00 A2 03400000 4B FFFFFFFF FFFFFFFF FFFF"))
        #expect(
            try lines(reading(scrambled(plain, key: 0xDFD109E8))) == [
                "volume = unknown invalidPattern m³",
                "volume_storage1 = unknown invalidPattern m³",
                "date_storage1 = unknown notSet", "transmission_period = 32 s",
                "remaining_battery_life = 0.0 year", "alarms = 'none'", "past_alarms = 'leakage'",
            ])
    }

    /// 12.345 m³ and 28.1 °C of a heat meter, in a telegram that announces security mode 24.
    private static let records = "0413 39300000 0A5A 8102"

    @Test(arguments: ["7A370010D8", "7100000000"])
    func realData(_ header: String) throws {
        let key = "0102030405060708"
        let plain = try realDataFrame(header)
        let sent = scrambled(plain, key: 0x01020304 ^ 0x05060708)
        let opened = try reading(sent, key: MeterKey(hex: key))
        #expect(lines(opened) == ["volume = 12.345 m³", "flow_temperature = 28.1 °C"])
        #expect(opened.payloadFamily == "diehl_real_data")
        #expect(!opened.telegram.usedDefaultKey)
        #expect(opened.telegram.meter.description == "04HYD2012345678")
        // No key: the two that everybody knows do not open it.
        #expect(throws: TelegramError.self) { try reading(sent) }
        #expect(throws: TelegramError.self) {
            try reading(sent, key: MeterKey(hex: "0102030405060709"))
        }
    }

    @Test func realDataWithAKeyThatEverybodyKnows() throws {
        let sent = scrambled(try realDataFrame("7A370010D8"), key: 0xB71F0AE8)
        #expect(try reading(sent).telegram.usedDefaultKey)
        #expect(try lines(reading(sent)).count == 2)
    }

    @Test func diagnosis() throws {
        let sent = scrambled(try realDataFrame("7A370010D8"), key: 0x01020304 ^ 0x05060708)
        func finding(_ key: String) throws -> KeyDiagnosis {
            KeyDiagnosis(
                of: RadioFrame(octets: sent, format: .crcsRemoved),
                key: try #require(MeterKey(hex: key)))
        }
        #expect(try finding("0102030405060708") == .rightKey(KeyEvidence()))
        #expect(try finding("0102030405060709") == .wrongKey(KeyEvidence()))
        #expect(
            try finding("01020304050607080102030405060708") == .wrongKeyLength(wanted: 8))
    }

    /// Who opens the telegram without its family gets no records of scrambled octets.
    @Test func opened() throws {
        let frame = try LinkLayerFrame(
            parsing: RadioFrame(
                octets: Hex.octets(Self.cases[0].hex), format: .crcsRemoved))
        let headers = try TelegramHeaders(parsing: frame)
        let decoder = TelegramDecoder()
        let telegram = try decoder.open(frame, headers: headers, key: nil)
        var records: [DataRecord] = []
        #expect(decoder.readRecords(of: telegram, into: &records) == nil)
        #expect(records.isEmpty)
        #expect(telegram.content == .manufacturerSpecific)
    }

    /// Records in clear are taken where no key is set, and where the caller allows it.
    @Test func realDataInClear() throws {
        let plain = try realDataFrame("7A370010D8")
        let opened = try reading(plain)
        #expect(lines(opened) == ["volume = 12.345 m³", "flow_temperature = 28.1 °C"])
        #expect(opened.telegram.protection == .alreadyClear)
        let key = MeterKey(hex: "0102030405060708")
        #expect(throws: TelegramError.self) { try reading(plain, key: key) }
        #expect(try lines(reading(plain, key: key, leniency: .offline)).count == 2)
    }

    /// What only looks like records in clear is scrambled with a key that nobody has set.
    @Test(arguments: [
        "0F 13 24 81 6D 20 D6 FC", "0413 39300000", "0413 39300000 02FF20 0100",
        "0413 39300000 0A5A 8C02", "4413 39300000 0A5A 8102",
    ])
    func notInClear(_ records: String) throws {
        let octets = try Hex.octets(
            sized("44 2423 20 04 78563412 7A370010D8" + records))
        #expect(throws: TelegramError.self) { try reading(octets) }
    }

    /// Octets at random, as a key that is not known leaves them.
    @Test func scrambledForGood() throws {
        var state: UInt64 = 1
        var taken = 0
        for _ in 0..<2000 {
            let octets = (0..<60).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            let telegram = try Hex.octets(
                sized("44 2423 20 04 78563412 7A370010D8" + Hex.text(octets)))
            if (try? reading(telegram)) != nil { taken += 1 }
        }
        // One in 1,000 has the right sum with one of the two keys, and looks like records.
        #expect(taken < 10)
    }

    /// No prefix and no damaged octet traps; what is opened with a damaged octet fails its check or
    /// gives other values.
    @Test(arguments: cases)
    func damaged(_ c: PayloadCase) throws {
        expectSoundWhenDamaged(try Hex.octets(c.hex))
    }

    // MARK: Telegrams

    private func realDataFrame(_ header: String) throws -> [UInt8] {
        let records = try Hex.octets(Self.records)
        var octets =
            try [0, 0x44] + Hex.octets("2423 20 04 78563412 \(header)") + records
        octets[14] = records.reduce(0, &+)
        if header.hasPrefix("7A") {
            // The mode's bits must stay.
            octets[14] = octets[14] & 0xEF | 0x10
        }
        octets[0] = UInt8(octets.count - 1)
        return octets
    }

    /// The cipher written down once more, from its description.
    private func scrambled(_ plain: [UInt8], key: UInt32) -> [UInt8] {
        var state = key
        for start in [2, 6, 10] {
            state ^=
                UInt32(plain[start]) << 24 | UInt32(plain[start + 1]) << 16
                | UInt32(plain[start + 2]) << 8 | UInt32(plain[start + 3])
        }
        return plain.enumerated().map { place, octet in
            guard place >= 15 else { return octet }
            for _ in 0..<8 {
                let taps = [1, 2, 11, 31].map { (state >> UInt32($0)) & 1 }
                state = (state &* 2) | (taps.reduce(0, +) % 2)
            }
            return octet ^ UInt8(state & 0xFF)
        }
    }
}
