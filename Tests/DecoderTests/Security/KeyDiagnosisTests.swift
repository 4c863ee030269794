import Testing
import Wire

@testable import Decoder
@testable import Simulator

@Suite struct KeyDiagnosisTests {
    static let key = [UInt8](0..<16)
    static let otherKey = MeterKey(octets: [UInt8](repeating: 0x5A, count: 16))

    static func evidence(
        fillers: Bool? = nil, record: Bool? = nil, code: Bool? = nil, crc: Bool? = nil
    ) -> KeyEvidence {
        var evidence = KeyEvidence()
        evidence.fillers = fillers
        evidence.firstRecord = record
        evidence.authenticationCode = code
        evidence.payloadCRC = crc
        return evidence
    }

    @Test(arguments: PublishedTelegram.all.filter { $0.key != nil })
    func rightAndWrong(_ published: PublishedTelegram) throws {
        let key = try #require(published.meterKey)
        let right = KeyDiagnosis(of: published.frame, key: key)
        let other = try #require(MeterKey(octets: [UInt8](repeating: 0x5A, count: key.count)))
        let wrong = KeyDiagnosis(of: published.frame, key: other)
        switch published.protection {
        case .mode(.mode7):
            #expect(right == .rightKey(Self.evidence(fillers: true, record: true, code: true)))
            #expect(wrong == .authenticationFails(Self.evidence(code: false)))
        case .mode(.mode10):
            #expect(right == .rightKey(Self.evidence(code: true)))
            #expect(wrong == .wrongKey(Self.evidence(code: false)))
        case .extendedLinkLayer:
            #expect(right == .rightKey(Self.evidence(crc: true)))
            #expect(wrong == .wrongKey(Self.evidence(crc: false)))
        default:
            #expect(right == .rightKey(Self.evidence(fillers: true, record: true)))
            #expect(wrong == .wrongKey(Self.evidence(fillers: false)))
        }
        // No key is in what is said.
        #expect(!right.description.contains(published.key ?? ""))
    }

    /// A meter behind a radio module that enciphers with `address` where its own should stand.
    static func enciphered(with address: [UInt8]) throws -> RadioFrame {
        let plain = PublishedTelegram.octets(
            "2F2F0C1378563412 04 6D 32371F15 2F2F".filter { $0 != " " })
        let octets = try TelegramSecurity.encryptCBC(
            plain, key: key,
            initialisationVector: address + [UInt8](repeating: 0x2A, count: 8))
        let body =
            PublishedTelegram.octets("44 9344 44332211 5537 72 88776655 AE8C 5508 2A 00 1005")
            + octets
        return RadioFrame(octets: [UInt8(body.count)] + body, format: .crcsRemoved)
    }

    @Test(arguments: [
        ("9344443322115537", KeyDiagnosis.AddressChoice.linkLayer),
        ("88776655AE8C5508", .longHeaderOrder),
        ("AE0C887766555508", .withoutLocalBit),
        ("AE8C550888776655", .numberLast),
    ])
    func otherAddress(address: String, expected: KeyDiagnosis.AddressChoice) throws {
        let key = try #require(MeterKey(octets: Self.key))
        let frame = try Self.enciphered(with: PublishedTelegram.octets(address))
        let found = KeyDiagnosis(of: frame, key: key)
        #expect(
            found
                == .rightKeyOtherAddress(expected, Self.evidence(fillers: true, record: true)))
        #expect(found.description.contains(expected.rawValue))
        let usual = try Self.enciphered(with: PublishedTelegram.octets("AE8C887766555508"))
        #expect(
            KeyDiagnosis(of: usual, key: key)
                == .rightKey(Self.evidence(fillers: true, record: true)))
    }

    @Test func changedOnTheWay() throws {
        let published = try #require(
            PublishedTelegram.all.first { $0.name.hasPrefix("OMS annex N: gas meter, mode 7") })
        let key = try #require(published.meterKey)
        var frame = published.frame
        // In the status octet, which is authenticated and not enciphered.
        frame.octets[32] ^= 0x04
        let found = KeyDiagnosis(of: frame, key: key)
        #expect(
            found == .authenticationFails(Self.evidence(fillers: true, record: true, code: false)))
        #expect(found.description.hasPrefix("The key is right"))
    }

    @Test(arguments: [
        ("780413D2040000", KeyDiagnosis.notEncrypted),
        ("7A2A0000000413D2040000", .notEncrypted),
        ("7A2A0010252F2F0413D20400002F2F2F2F2F2F2F2F", .notEncrypted),
        ("7A2A00FF0D055923C95AAA26", .notSupported(.unsupportedSecurityMode(.mode13))),
        ("8620757A", .notSupported(.unsupportedExtendedLinkLayer(.extendedLinkLayer5))),
        ("7A2A0010023A03F4E2AB693F3340EEB01A6CA91253", .wrongKeyLength(wanted: 8)),
    ])
    func otherFindings(payload: String, expected: KeyDiagnosis) throws {
        let key = try #require(Self.otherKey)
        let frame = RejectedTests.frame(RejectedTests.sender + payload)
        #expect(KeyDiagnosis(of: frame, key: key) == expected)
    }

    @Test(arguments: ["7A2A0010255923C95AAA", "7A2A", "8D2075000000000011780413D2040000"])
    func damaged(payload: String) throws {
        let key = try #require(Self.otherKey)
        let frame = RejectedTests.frame(RejectedTests.sender + payload)
        guard case .damaged = KeyDiagnosis(of: frame, key: key) else {
            Issue.record("\(KeyDiagnosis(of: frame, key: key))")
            return
        }
    }

    @Test func damagedFrame() throws {
        let key = try #require(Self.otherKey)
        var frame = RadioFrame(octets: PublishedTelegram.octets(LinkLayerFrameTests.gasA))
        frame.octets[20] ^= 1
        #expect(
            KeyDiagnosis(of: frame, key: key)
                == .damaged(reason: LinkLayerError.badCRC(block: 2).description))
    }
}
