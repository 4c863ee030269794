@testable import Simulator
import Testing
import Wire

/// Published and recomputed telegrams, built from their parts.
@Suite struct TelegramBuilderTests {
    static let annexKey = hex("0102030405060708090A0B0C0D0E0F11")
    static let countingKey = hex("000102030405060708090A0B0C0D0E0F")
    static let gasMeter = TelegramBuilder.Address(
        "ELS", 0x1234_5678, version: 0x33, deviceType: 0x03)
    static let annexRecords: [TelegramRecord] = [
        .volume(hundredthsOfCubicMetres: 2_850_427),
        .dateTime(year: 2008, month: 5, day: 31, hour: 23, minute: 50),
        .errorFlags(0),
    ]

    @Test func annexRecordsAreAsPrinted() {
        #expect(
            Self.annexRecords.flatMap(\.octets) == hex("0C1427048502 046D32371F15 02FD170000"))
    }

    /// OMS Annex N.2.1: security mode 5, short header.
    @Test func mode5ShortHeader() throws {
        var telegram = TelegramBuilder(Self.gasMeter)
        telegram.transport = .short(accessNumber: 0x2A)
        telegram.security = .mode5(key: Self.annexKey)
        telegram.configurationFlags = 0x2000
        telegram.records = Self.annexRecords
        #expect(try telegram.frame() == Sample.n21)
    }

    /// One encrypted block, clear records behind it, meter behind a radio module.
    @Test func mode5LongHeader() throws {
        let address = TelegramBuilder.Address("QDS", 0x1122_3344, version: 0x55, deviceType: 0x37)
        let meter = TelegramBuilder.Address("QDS", 0x5566_7788, version: 0x55, deviceType: 0x08)
        var telegram = TelegramBuilder(address)
        telegram.extendedLinkLayer = .one(communicationControl: 0x00, accessNumber: 0x75)
        telegram.transport = .long(meter: meter, accessNumber: 0x00, status: 0x04)
        telegram.security = .mode5(key: Self.countingKey)
        telegram.records = [
            TelegramRecord(hex("0B6E341200")), TelegramRecord(hex("426CFE04")),
            TelegramRecord(hex("4B6E563402")),
        ]
        telegram.clearRecords = [TelegramRecord(hex("0CFD1078563412"))]
        let expected = hex(
            """
            30449344443322115537 8C0075 72 88776655934455 08 00 04 1005
            00DFE2A782146D1513581CD2F83F3904 0CFD1078563412
            """)
        #expect(try telegram.frame() == expected)
    }

    /// OMS security profile B: security mode 7 and the authentication layer.
    @Test func mode7ShortHeader() throws {
        var telegram = TelegramBuilder(Self.gasMeter)
        telegram.extendedLinkLayer = .one(communicationControl: 0x20, accessNumber: 0x75)
        telegram.transport = .short(accessNumber: 0x75)
        telegram.security = .mode7(key: Self.countingKey, messageCounter: 2739)
        telegram.records = Self.annexRecords
        let expected = hex(
            """
            434493157856341233038C2075900F002C25B30A000021924D4F2FB66E017A75002007109058475F4BC91DF8
            78B80A1B0F98B629024AAC727942BFC549233C0140829B93
            """)
        #expect(try telegram.frame() == expected)
    }

    @Test func mode7LongHeader() throws {
        let module = TelegramBuilder.Address("RAD", 0x1122_3344, version: 0x03, deviceType: 0x37)
        let receiver = TelegramBuilder.Address("XYZ", 0x3344_5566, version: 0x0A, deviceType: 0x31)
        var telegram = TelegramBuilder(module)
        telegram.control = 0x08
        telegram.extendedLinkLayer = .three(
            communicationControl: 0x80, accessNumber: 0x75, receiver: receiver)
        telegram.transport = .long(meter: Self.gasMeter, accessNumber: 0x75)
        telegram.security = .mode7(key: Self.countingKey, messageCounter: 2739)
        telegram.records = Self.annexRecords
        let expected = hex(
            """
            530824484433221103378E80753A63665544330A31900F002C25B30A0000AF5D74DF73A600D9727856341293
            15330375002007109058475F4BC91DF878B80A1B0F98B629024AAC727942BFC549233C0140829B93
            """)
        #expect(try telegram.frame() == expected)
    }

    /// Extended link layer II: AES-CTR and a CRC of what is in it.
    @Test(arguments: [
        (
            TelegramBuilder.Address("KAM", 0x1234_5678, version: 0x33, deviceType: 0x02),
            UInt8(0x77), UInt32(0x2029_7760), "0102030405060708090A0B0C0D0E0F10", UInt8(0x79),
            "7422F58D0B0B00005A0F00000000000000000000 00",
            "28442D2C7856341233028D207760772920CB5E3D5EF7BAEC24E0CDF4A4265428763B5766BC366FDED8"
        ),
        (
            TelegramBuilder.Address("KAM", 0x5731_8264, version: 0x1B, deviceType: 0x16),
            UInt8(0x4E), UInt32(0x224A_16D3), "5C19E0A47B2D8836F10493BE6AD7520F", UInt8(0x78),
            "02FF200201041341E20100441376D00100615B09616711",
            """
            2A442D2C648231571B168D204ED3164A22CC91D4630E2A534B4C11AE67E65B790C0D1C972335A075BC2DBD
            """
        ),
    ])
    func extendedLinkLayerII(
        address: TelegramBuilder.Address, accessNumber: UInt8, session: UInt32, key: String,
        controlInformation: UInt8, records: String, expected: String
    ) throws {
        var telegram = TelegramBuilder(address)
        telegram.extendedLinkLayer = .two(
            communicationControl: 0x20, accessNumber: accessNumber, sessionNumber: session,
            key: hex(key))
        telegram.transport = .none(controlInformation: controlInformation)
        telegram.records = [TelegramRecord(hex(records))]
        #expect(try telegram.frame() == hex(expected))
    }

    /// In clear the CRC stands before the content, low octet first.
    @Test func extendedLinkLayerIIInClear() throws {
        var telegram = TelegramBuilder(
            .init("KAM", 0x1234_5678, version: 0x33, deviceType: 0x02))
        telegram.extendedLinkLayer = .two(
            communicationControl: 0x20, accessNumber: 0x77, sessionNumber: 0x0029_7760, key: nil)
        telegram.transport = .none(controlInformation: 0x79)
        telegram.records = [TelegramRecord(hex("7422F58D0B0B00005A0F0000000000000000000000"))]
        let frame = try telegram.frame()
        #expect(Array(frame[11..<19]) == hex("207760772900 7039"))
    }

    @Test func unprotectedWithHeader() throws {
        var telegram = TelegramBuilder(Self.gasMeter)
        telegram.transport = .short(accessNumber: 1, status: 4)
        telegram.records = [.volume(litres: 12_345_678)]
        #expect(
            try telegram.frame() == hex("14449315785634123303 7A01040000 0C1378563412"))
    }

    // MARK: Intermediate values

    @Test func derivedKeys() throws {
        let derived = try [TelegramSecurity.Purpose.encryption, .authentication].map {
            try TelegramSecurity.derivedKey(
                $0, from: Self.countingKey, messageCounter: 2739, identification: 0x1234_5678)
        }
        #expect(derived[0] == hex("ECCF39D475D730B8284FDFDC1995D52F"))
        #expect(derived[1] == hex("C9CD19FF5A9AAD5A6BBDA13BD2C4C7AD"))
    }

    @Test func authenticationCode() throws {
        let message = hex(
            """
            25B30A00007A75002007109058475F4BC91DF878B80A1B0F98B629024AAC727942BFC549233C0140829B93
            """)
        let key = hex("C9CD19FF5A9AAD5A6BBDA13BD2C4C7AD")
        #expect(
            try TelegramSecurity.cmac(message, key: key) == hex("21924D4F2FB66E0160CE5F71F1B74310"))
    }

    // MARK: Records

    static let records: [(TelegramRecord, String)] = [
        (.volume(litres: 12_345_678), "0C1378563412"),
        (.volumeAtDueDate(litres: 7), "4C1307000000"),
        (.energy(kilowattHours: 42), "0C0642000000"),
        (.energy(wattHours: -2), "0403FEFFFFFF"),
        (.exportedEnergy(wattHours: 1), "04833C01000000"),
        (.power(watts: 258), "042B02010000"),
        (.volumeFlow(litresPerHour: 10), "023B0A00"),
        (.flowTemperature(tenthsOfDegrees: 512), "025A0002"),
        (.returnTemperature(tenthsOfDegrees: -1), "025EFFFF"),
        (.relativeHumidity(tenthsOfPercent: 500), "02FB1AF401"),
        (.voltage(tenthsOfVolts: 2300), "02FD48FC08"),
        (.heatCostUnits(1234), "0C6E34120000"),
        (.dueDate(year: 2007, month: 4, day: 30), "426CFE04"),
        (.dueDate(year: 2019, month: 1, day: 31), "426C7F21"),
    ]

    @Test(arguments: records)
    func record(_ record: TelegramRecord, _ expected: String) {
        #expect(record.octets == hex(expected))
    }

    // MARK: What cannot be built

    static let faults: [(TelegramBuildError, @Sendable (inout TelegramBuilder) -> Void)] = [
        (.badManufacturer("els"), { $0.address.manufacturer = "els" }),
        (.badManufacturer("EL"), { $0.address.manufacturer = "EL" }),
        (.badKeyLength(15), { $0.security = .mode5(key: Array(repeating: 0, count: 15)) }),
        (.tooLong(300), { $0.records = [TelegramRecord(Array(repeating: 0x2F, count: 286))] }),
        (
            .noHeaderForSecurity,
            {
                $0.transport = .none()
                $0.security = .mode5(key: annexKey)
            }
        ),
    ]

    @Test(arguments: faults)
    func refused(
        error: TelegramBuildError, change: @Sendable (inout TelegramBuilder) -> Void
    ) {
        var telegram = TelegramBuilder(Self.gasMeter)
        telegram.transport = .short(accessNumber: 0)
        change(&telegram)
        #expect(throws: error) { try telegram.frame() }
    }
}
