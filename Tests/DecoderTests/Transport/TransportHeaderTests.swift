import Testing
import Wire

@testable import Decoder

@Suite struct TransportHeaderTests {
    /// A header behind an invented sender, with `rest` of the application.
    static func headers(_ hex: String) throws(TelegramError) -> TelegramHeaders {
        let body = PublishedTelegram.octets("44AE0C785634120107" + hex)
        let frame = RadioFrame(octets: [UInt8(body.count)] + body, format: .crcsRemoved)
        guard let parsed = try? LinkLayerFrame(parsing: frame) else { throw .payloadCRC }
        return try TelegramHeaders(parsing: parsed)
    }

    @Test func none() throws {
        let headers = try Self.headers("78 0413D2040000")
        let transport = try #require(headers.transport)
        #expect(transport.form == .none)
        #expect(transport.accessNumber == nil)
        #expect(transport.status == nil)
        #expect(transport.securityMode == .none)
        #expect(headers.payloadStart == 11)
        #expect(headers.encryption == nil)
    }

    @Test func short() throws {
        let headers = try Self.headers("7A 2A 04 1065 000102030405060708090A0B0C0D0E0F")
        let transport = try #require(headers.transport)
        #expect(transport.form == .short)
        #expect(transport.accessNumber == 0x2A)
        #expect(transport.status == 0x04)
        #expect(transport.configurationField == 0x6510)
        #expect(transport.configuration.encryptedBlocks == 1)
        #expect(headers.encryption == .mode(.mode5))
        #expect(headers.meter == headers.sender)
        #expect(headers.payloadStart == 15)
    }

    @Test func long() throws {
        let headers = try Self.headers("72 88776655 9344 55 08 2A 00 0000 0413D2040000")
        #expect(headers.meter.description == "08QDS5555667788")
        #expect(headers.sender.description == "07CEN0112345678")
        #expect(headers.payloadStart == 23)
        #expect(headers.encryption == nil)
    }

    /// Counter and key version stand in this order in mode 7, in the other in mode 10.
    @Test func extensions() throws {
        let mode7 = try Self.headers(
            "7A 2A 00 1027 50 01020304 99 00112233445566778899AABBCCDDEEFF")
        #expect(mode7.transport?.configurationFieldExtension == 0x50)
        #expect(mode7.transport?.messageCounter == 0x0403_0201)
        #expect(mode7.transport?.keyVersion == 0x99)
        #expect(mode7.payloadStart == 21)
        let mode10 = try Self.headers("7A 2A 00 FF2A 5001 99 01020304 00112233445566778899")
        #expect(mode10.transport?.configurationFieldExtension == 0x0150)
        #expect(mode10.transport?.messageCounter == 0x0403_0201)
        #expect(mode10.transport?.keyVersion == 0x99)
        #expect(mode10.transport?.keySelection.tagSize == 8)
        #expect(mode10.payloadStart == 22)
        let mode13 = try Self.headers("7A 2A 00 FF0D 05 0011")
        #expect(mode13.transport?.configurationFieldExtension == 0x05)
        #expect(mode13.encryption == .mode(.mode13))
    }

    /// Two fillers behind a header that announces no block: nothing is enciphered.
    @Test(
        arguments: [
            ("7A 2A 00 0005 2F2F0413D2040000", nil),
            ("7A 2A 00 0005 1234567890123456", .mode(.mode5)),
            ("7A 2A 00 1005 2F2F0413D2040000", .mode(.mode5)),
            ("7A 2A 00 1005", nil),
        ] as [(String, TelegramHeaders.Encryption?)])
    func encryption(hex: String, expected: TelegramHeaders.Encryption?) throws {
        #expect(try Self.headers(hex).encryption == expected)
    }

    @Test(arguments: [
        "7A", "7A2A", "7A2A00", "7A2A0020", "7A2A002007", "72887766559344", "8C20", "8D2075010203",
        "8D207501020304", "8D20750102030411", "8E2075", "900F002C25", "90", "9002",
        "900300", "90020020",
    ])
    func truncated(hex: String) {
        let found = Result { () throws(TelegramError) in try Self.headers(hex) }
        guard case .failure(.truncated) = found else {
            Issue.record("\(hex): \(found)")
            return
        }
    }

    @Test(arguments: [
        ("86 2075 7A", TelegramError.unsupportedExtendedLinkLayer(.extendedLinkLayer5)),
        ("8D 2075 00000040 1234 78", .unsupportedExtendedLinkLayer(.extendedLinkLayer2)),
        ("81 00", .unsupportedNetworkLayer),
        ("81 00 E0", .unsupportedNetworkLayer),
        ("81 00 8C", .unsupportedNetworkLayer),
    ])
    func unsupported(hex: String, expected: TelegramError) {
        #expect(throws: expected) { try Self.headers(hex) }
    }

    @Test func networkLayer() throws {
        let headers = try Self.headers("8C 20 75 81 05 78 0413D2040000")
        #expect(headers.extendedLinkLayer?.accessNumber == 0x75)
        #expect(headers.transport?.ciField.rawValue == 0x78)
        #expect(headers.payloadStart == 16)
    }

    @Test func extendedLinkLayers() throws {
        let third = try Self.headers("8E 80 75 3A63 66554433 0A 31 78")
        #expect(third.extendedLinkLayer?.receiver?.description == "31XYZ0A33445566")
        #expect(third.extendedLinkLayer?.sessionNumber == nil)
        let fourth = try Self.headers("8F 80 75 3A63 66554433 0A 31 60772920 1234 99")
        #expect(fourth.extendedLinkLayer?.sessionNumber == 0x2029_7760)
        #expect(fourth.encryption == .extendedLinkLayer)
        #expect(fourth.transport == nil)
    }

    /// All fields of the AFL.
    @Test func authentication() throws {
        let headers = try Self.headers(
            "90 13 003E 25 5107 B30A0000 1122334455667788 2600 78 0413D2040000")
        let layer = try #require(headers.authentication)
        #expect(!layer.isFragment)
        #expect(layer.authenticationType == 5)
        #expect(layer.keyInformation == 0x0751)
        #expect(layer.keyDerivation == .kdfA)
        #expect(layer.messageCounter == 2739)
        #expect(layer.codeLength == 8)
        #expect(layer.messageLength == 38)
        #expect(headers.payloadStart == 32)
    }

    @Test(
        arguments: [
            (3, 2), (4, 4), (5, 8), (6, 12), (7, 16), (8, 12), (9, 16), (0, 0), (1, 0), (10, 0),
        ] as [(UInt8, Int)])
    func codeLengths(type: UInt8, length: Int) throws {
        let code = Hex.text([UInt8](repeating: 0xAA, count: length))
        let headers = try Self.headers(
            "90 \(Hex.text([UInt8(3 + length)])) 0024 \(Hex.text([type])) \(code) 78")
        #expect(headers.authentication?.codeLength == length)
        #expect(headers.transport?.ciField.rawValue == 0x78)
    }

    @Test(
        arguments: [
            (0x00, "OK", "ok"), (0x01, "BUSY", "application busy"),
            (0x02, "ERROR", "application error"),
            (0x03, "ALARM", "alarm"), (0x04, "POWER_LOW", "ok"), (0x20, "MFCT_20", "ok"),
            (
                0x5E, "ERROR POWER_LOW PERMANENT_ERROR TEMPORARY_ERROR MFCT_40", "application error"
            ),
        ] as [(UInt8, String, String)])
    func status(code: UInt8, text: String, application: String) {
        #expect(StatusField(rawValue: code).description == text)
        #expect(StatusField(rawValue: code).applicationText == application)
    }

    /// Bits that the maker gives a meaning of his own are not told as the standard's errors.
    @Test(
        arguments: [
            (0x08, 0x08, "MFCT_8"), (0x18, 0x08, "TEMPORARY_ERROR MFCT_8"),
            (0x5E, 0x18, "ERROR POWER_LOW MFCT_58"), (0x10, 0x08, "TEMPORARY_ERROR"),
            (0x06, 0xFF, "ERROR POWER_LOW"), (0x00, 0x18, "OK"),
        ] as [(UInt8, UInt8, String)])
    func statusOfMakersOwn(code: UInt8, makersOwn: UInt8, text: String) {
        #expect(StatusField(rawValue: code).text(makersOwn: makersOwn) == text)
    }
}
