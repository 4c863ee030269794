import Simulator
import Testing
import Wire

@testable import Decoder

/// What must give no reading, and why.
@Suite struct RejectedTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// From the C-field on.
        var hex: String
        var key: String?
        var expected: TelegramError
        var testDescription: String { name }
    }

    static let key = "0102030405060708090A0B0C0D0E0F11"
    static let sender = "44AE0C785634120107"

    static let cases = [
        Case(
            name: "no key",
            hex: sender + "7A2A0010255923C95AAA26D1B2E7493B013EC4A6F6",
            expected: .noKey(.mode5)),
        Case(
            name: "another key",
            hex: sender + "7A2A0010255923C95AAA26D1B2E7493B013EC4A6F6", key: key,
            expected: .wrongKey(.mode5)),
        Case(
            name: "key of 8 octets in mode 5",
            hex: sender + "7A2A0010255923C95AAA26D1B2E7493B013EC4A6F6", key: "0102030405060708",
            expected: .wrongKeyLength(.mode5, wanted: 16)),
        Case(
            name: "key of 16 octets in mode 2",
            hex: sender + "7A2A0010023A03F4E2AB693F3340EEB01A6CA91253", key: key,
            expected: .wrongKeyLength(.mode2, wanted: 8)),
        Case(
            name: "another key in mode 2",
            hex: sender + "7A2A0010023A03F4E2AB693F3340EEB01A6CA91253", key: "0102030405060708",
            expected: .wrongKey(.mode2)),
        Case(
            name: "less than a block",
            hex: sender + "7A2A0010255923C95AAA", key: key,
            expected: .truncated(OutOfOctets(at: 15, wanted: 16, left: 5))),
        Case(
            name: "in clear though enciphered",
            hex: sender + "7A2A0010252F2F0413D20400002F2F2F2F2F2F2F2F", key: key,
            expected: .clearThoughEncryptionAnnounced),
        Case(
            name: "in clear though enciphered, without a key",
            hex: sender + "7A2A0010252F2F0413D20400002F2F2F2F2F2F2F2F",
            expected: .clearThoughEncryptionAnnounced),
        Case(
            name: "not enciphered, short header", hex: sender + "7A2A0000000413D2040000", key: key,
            expected: .unencryptedThoughKeySet),
        Case(
            name: "not enciphered, no header", hex: sender + "780413D2040000", key: key,
            expected: .unencryptedThoughKeySet),
        Case(
            name: "not enciphered, no block announced",
            hex: sender + "7A2A0000052F2F0413D2040000", key: key,
            expected: .unencryptedThoughKeySet),
        Case(
            name: "manufacturer specific though an AES key is set", hex: sender + "A0010203",
            key: key, expected: .unencryptedThoughKeySet),
        Case(
            name: "alarm though a key is set", hex: sender + "710102", key: key,
            expected: .unencryptedThoughKeySet),
        Case(
            name: "status only though a key is set", hex: sender + "8A2A040000", key: key,
            expected: .notAReading(.sendNoReply, CIField(rawValue: 0x8A))),
        Case(
            name: "mode 3", hex: sender + "7A2A0010035923C95AAA26D1B2E7493B013EC4A6F6", key: key,
            expected: .unsupportedSecurityMode(.mode3)),
        Case(
            name: "mode 8", hex: sender + "7A2A0010085923C95AAA26D1B2E7493B013EC4A6F6", key: key,
            expected: .unsupportedSecurityMode(.mode8)),
        Case(
            name: "mode 9, no key", hex: sender + "7A2A0010095923C95AAA26D1B2E7493B013EC4A6F6",
            expected: .unsupportedSecurityMode(.mode9)),
        Case(
            name: "mode 13", hex: sender + "7A2A00FF0D055923C95AAA26", key: key,
            expected: .unsupportedSecurityMode(.mode13)),
        Case(
            name: "a manufacturer's mode", hex: sender + "7A2A0006105923C95AAA26",
            expected: .unsupportedSecurityMode(SecurityMode(rawValue: 16))),
        Case(
            name: "mode 7, reserved key derivation",
            hex: sender + "7A2A001007205923C95AAA26D1B2E7493B013EC4A6F6", key: key,
            expected: .unsupportedSecurityMode(.mode7)),
        Case(
            name: "mode 7, no message counter",
            hex: sender + "7A2A001007105923C95AAA26D1B2E7493B013EC4A6F6", key: key,
            expected: .unsupportedSecurityMode(.mode7)),
        Case(
            name: "mode 10, shorter than its tag",
            hex: sender + "7A2A00FF2A1001010000001122", key: key,
            expected: .truncated(OutOfOctets(at: 21, wanted: 8, left: 2))),
        Case(
            name: "mode 10, partly enciphered",
            hex: sender + "7A2A00052A100101000000112233445566778899AABBCCDDEEFF", key: key,
            expected: .unsupportedSecurityMode(.mode10)),
        Case(
            name: "mode 10, wrong tag",
            hex: sender + "7A2A00FF2A100101000000112233445566778899AABBCCDDEEFF", key: key,
            expected: .wrongKey(.mode10)),
        Case(
            name: "AES-GMAC",
            hex: sender + "900F002428112233445566778899AABBCC780413D2040000", key: key,
            expected: .unsupportedAuthentication(8)),
        Case(
            name: "authentication code of nobody",
            hex: sender + "9007002424112233447A2A0000000413D2040000", key: key,
            expected: .macMismatch),
        Case(
            name: "extended link layer, no key",
            hex: sender + "8D20750000002000117812345678", expected: .noKey(nil)),
        Case(
            name: "extended link layer, another key",
            hex: sender + "8D20750000002000117812345678", key: key, expected: .wrongKey(nil)),
        Case(
            name: "extended link layer in clear, damaged",
            hex: sender + "8D2075000000000011780413D2040000", expected: .payloadCRC),
        Case(
            name: "command to a meter", hex: "53AE0C7856341201075A2A0000000413D2040000",
            expected: .notAReading(ControlField(rawValue: 0x53), CIField(rawValue: 0x5A))),
        Case(
            name: "command in a meter's frame", hex: sender + "5A2A0000000413D2040000",
            expected: .notAReading(.sendNoReply, CIField(rawValue: 0x5A))),
        Case(
            name: "extended link layer and nothing else", hex: "47AE0C7856341201078C2075",
            expected: .notAReading(.accessNoReply, nil)),
        Case(
            name: "DLMS", hex: sender + "7D2A0000000413",
            expected: .unsupportedCI(CIField(rawValue: 0x7D))),
        Case(
            name: "reserved CI", hex: sender + "E00413D2040000",
            expected: .unsupportedCI(CIField(rawValue: 0xE0))),
        Case(
            name: "more fragments of a message without numbers",
            hex: sender + "900200407A2A000000", expected: .fragmentsDoNotFit),
    ]

    static func frame(_ hex: String) -> RadioFrame {
        let body = PublishedTelegram.octets(hex)
        return RadioFrame(octets: [UInt8(body.count)] + body, format: .crcsRemoved)
    }

    @Test(arguments: cases)
    func rejects(_ c: Case) {
        #expect(throws: c.expected) {
            try openedTelegram(Self.frame(c.hex), key: c.key.flatMap { MeterKey(hex: $0) })
        }
    }

    /// The same telegrams from a file: what stands there in clear may be read.
    @Test(arguments: [
        ("in clear though enciphered", Telegram.Protection.alreadyClear, "2F2F0413D2040000"),
        ("not enciphered, short header", .none, "0413D2040000"),
        ("not enciphered, no header", .none, "0413D2040000"),
        ("manufacturer specific though an AES key is set", .none, "010203"),
        ("status only though a key is set", .none, ""),
    ])
    func offline(name: String, protection: Telegram.Protection, plain: String) throws {
        let rejected = try #require(Self.cases.first { $0.name == name })
        let telegram = try openedTelegram(
            Self.frame(rejected.hex), key: rejected.key.flatMap { MeterKey(hex: $0) },
            leniency: .offline)
        #expect(telegram.protection == protection)
        #expect(Hex.text(telegram.octets[telegram.application]).hasPrefix(plain))
    }

    /// A key of 8 octets is one of a manufacturer's cipher, for payloads that are his own.
    @Test(arguments: ["A0010203", "710102"])
    func manufacturersKey(payload: String) throws {
        let telegram = try openedTelegram(
            Self.frame(Self.sender + payload), key: MeterKey(hex: "39BC8A10E66D83F8"))
        #expect(telegram.protection == .none)
        #expect(telegram.application == 11..<telegram.octets.count)
    }

    /// A key of 8 octets does not open the door for records in clear either.
    @Test func manufacturersKeyAndRecordsInClear() {
        #expect(throws: TelegramError.unencryptedThoughKeySet) {
            try openedTelegram(
                Self.frame(Self.sender + "780413D2040000"), key: MeterKey(hex: "39BC8A10E66D83F8"))
        }
    }

    @Test(arguments: [
        ("6E2A00000008", "application too busy"),
        ("6F78563412AE0C01072A00000010", "access denied"), ("7001", "CI-field not implemented"),
    ])
    func applicationErrors(payload: String, text: String) throws {
        let telegram = try openedTelegram(Self.frame(Self.sender + payload), key: nil)
        #expect(telegram.content == .applicationError)
        #expect(telegram.applicationError?.text == text)
    }

    @Test(arguments: ["710102", "742A0000000102", "7578563412AE0C01072A0000000102"])
    func alarms(payload: String) throws {
        let telegram = try openedTelegram(Self.frame(Self.sender + payload), key: nil)
        #expect(telegram.content == .alarm)
        #expect(Hex.text(telegram.octets[telegram.application]) == "0102")
    }
}
