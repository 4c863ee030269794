import Testing
import Wire

@testable import Decoder
@testable import Simulator

/// What the modes leave open, and what meters do beside the standard.
@Suite struct ModeVariantsTests {
    static let key = [UInt8](0x10...0x1F)
    static let meterKey = MeterKey(octets: key)
    /// M- and A-field of an invented water meter.
    static let address = PublishedTelegram.octets("AE0C785634120107")
    static let zero = [UInt8](repeating: 0, count: 16)

    /// The payload of a telegram with `headers` from the CI-field on and `payload` behind them.
    static func open(
        _ headers: String, _ payload: [UInt8], sender: [UInt8] = address
    ) throws -> (Telegram, String) {
        let body = [0x44] + sender + PublishedTelegram.octets(headers) + payload
        let telegram = try openedTelegram(
            RadioFrame(octets: [UInt8(body.count)] + body, format: .crcsRemoved), key: meterKey)
        return (telegram, Hex.text(telegram.octets[telegram.application]))
    }

    static func mode5(_ plain: String, sender: [UInt8] = address) throws -> [UInt8] {
        try TelegramSecurity.encryptCBC(
            PublishedTelegram.octets(plain), key: key,
            initialisationVector: sender + [UInt8](repeating: 0x2A, count: 8))
    }

    static let twoBlocks = "2F2F0413D20400000413D30400000413D40400000413D50400000413D6040000"

    /// All whole blocks where none is announced, or more than there are; what is left is in clear.
    @Test(arguments: [("0005", ""), ("F005", ""), ("2005", ""), ("0005", "0C13"), ("3005", "0C13")])
    func blockCounts(field: String, rest: String) throws {
        let payload = try Self.mode5(Self.twoBlocks) + PublishedTelegram.octets(rest)
        let (telegram, plain) = try Self.open("7A2A00" + field, payload)
        #expect(plain == Self.twoBlocks + rest)
        #expect(telegram.protection == .mode(.mode5))
    }

    /// One block announced: the second is in clear, even if it looks otherwise.
    @Test func partlyEnciphered() throws {
        let payload = try Self.mode5("2F2F0413D204000001FD670004FF0700")
        let (_, plain) = try Self.open(
            "7A2A001005",
            payload + PublishedTelegram.octets("0413D2040000 0413D2040000 02FD17 0000"))
        #expect(plain.hasSuffix("0413D20400000413D204000002FD170000"))
    }

    @Test func mode4() throws {
        let payload = try TelegramSecurity.encryptCBC(
            PublishedTelegram.octets("2F2F0413D20400002F2F2F2F2F2F2F2F"), key: Self.key,
            initialisationVector: Self.zero)
        let (telegram, plain) = try Self.open("7A2A001004", payload)
        #expect(plain.hasPrefix("2F2F0413D2040000"))
        #expect(telegram.protection == .mode(.mode4))
    }

    /// Meters of Sanxing begin with 60 9B; nobody else may.
    @Test func sanxing() throws {
        let plain = "609B0403D20400002F2F2F2F2F2F2F2F"
        for (sender, fits) in [
            ("0C2E785634120102", true), ("431A785634120102", true),
            ("AE0C785634120102", false),
        ] {
            let sender = PublishedTelegram.octets(sender)
            let payload = try Self.mode5(plain, sender: sender)
            if fits {
                let (_, opened) = try Self.open("7A2A001005", payload, sender: sender)
                #expect(opened == plain.dropFirst(4))
            } else {
                #expect(throws: TelegramError.wrongKey(.mode5)) {
                    try Self.open("7A2A001005", payload, sender: sender)
                }
            }
        }
    }

    /// Fillers came out right by chance, and no record does.
    @Test func noRecordBehindTheFillers() throws {
        let plain = "2F2FEFEFEFEFEFEFEFEFEFEFEFEFEFEF"
        #expect(throws: TelegramError.wrongKey(.mode5)) {
            try Self.open("7A2A001005", try Self.mode5(plain))
        }
        // Apator 162 writes fields of its own there.
        let apator = PublishedTelegram.octets("0106785634120507")
        let payload = try Self.mode5(plain, sender: apator)
        #expect(try Self.open("7A2A001005", payload, sender: apator).1 == plain)
    }

    /// Mode 7 with the counter in the transport layer, and with no derivation at all.
    @Test(arguments: [("1027 50 01020304 99", UInt32(0x0403_0201)), ("1007 00", nil)])
    func mode7(field: String, counter: UInt32?) throws {
        let derived = try counter.map {
            try TelegramSecurity.derivedKey(
                .encryption, from: Self.key, messageCounter: $0, identification: 0x1234_5678)
        }
        let payload = try TelegramSecurity.encryptCBC(
            PublishedTelegram.octets("2F2F0413D20400002F2F2F2F2F2F2F2F"),
            key: derived ?? Self.key, initialisationVector: Self.zero)
        let (telegram, plain) = try Self.open("7A2A00" + field, payload)
        #expect(plain.hasPrefix("2F2F0413D2040000"))
        #expect(telegram.protection == .mode(.mode7))
        // No layer with an authentication code was there.
        #expect(!telegram.authenticated)
    }

    /// Mode 7 behind a layer with an authentication code of `length` octets.
    static func sealed(_ plain: String, type: UInt8, length: Int) throws -> [UInt8] {
        let derived = try TelegramSecurity.derivedKey(
            .encryption, from: key, messageCounter: 9, identification: 0x1234_5678)
        let authentication = try TelegramSecurity.derivedKey(
            .authentication, from: key, messageCounter: 9, identification: 0x1234_5678)
        let message =
            PublishedTelegram.octets("7A2A00100710")
            + (try TelegramSecurity.encryptCBC(
                PublishedTelegram.octets(plain), key: derived,
                initialisationVector: zero))
        // MCL, KI (key derivation 1), MCR; then the code; then ML.
        let control = [0x60 | type] + PublishedTelegram.octets("1000 09000000")
        let size = PublishedTelegram.octets("1600")
        let code = try TelegramSecurity.cmac(control + size + message, key: authentication)
        let layer = PublishedTelegram.octets("003E") + control + code.prefix(length) + size
        return [0x90, UInt8(layer.count)] + layer + message
    }

    /// An authentication code says of a key that it is right, whatever it opens.
    @Test func noRecordBehindARightCode() throws {
        let plain = "2F2FEFEFEFEFEFEFEFEFEFEFEFEFEFEF"
        let (telegram, opened) = try Self.open("", try Self.sealed(plain, type: 5, length: 8))
        #expect(telegram.authenticated)
        #expect(opened == plain)
    }

    /// Every length of code, with KI and ML among what it covers; one octet changed, it is refused.
    @Test(arguments: [(3, 2), (4, 4), (5, 8), (6, 12), (7, 16)] as [(UInt8, Int)])
    func codeLengths(type: UInt8, length: Int) throws {
        let all = try Self.sealed("2F2F0413D20400002F2F2F2F2F2F2F2F", type: type, length: length)
        let (telegram, plain) = try Self.open("", all)
        #expect(telegram.authenticated)
        #expect(plain.hasPrefix("2F2F0413D2040000"))
        for place in 4..<all.count {
            var changed = all
            changed[place] ^= 0x01
            #expect(throws: TelegramError.self) { try Self.open("", changed) }
        }
    }

    /// A code that was taken off, or cut short behind fragments, is a wrong code.
    @Test func codeTakenOff() throws {
        let frames = try FragmentAssemblyTests.fragments([10, 0])
        for kept in 0..<8 {
            let decoder = TelegramDecoder()
            var last = frames[1]
            // AFLL, FCL, then the eight octets of the code.
            last.octets.removeSubrange((17 + kept)..<25)
            last.octets[14] = UInt8(2 + kept)
            if kept == 0 { last.octets[16] &= ~0x04 }
            last.octets[0] = UInt8(last.octets.count - 1)
            #expect(FragmentAssemblyTests.opened(frames[0], decoder) == .failure(.fragmentPending))
            #expect(FragmentAssemblyTests.opened(last, decoder) == .failure(.macMismatch))
        }
    }

    /// What a compact frame stands for is read once the full frame was heard.
    @Test func compactFrameAfterAFullFrame() throws {
        let decoder = TelegramDecoder()
        let compact = RejectedTests.frame(RejectedTests.sender + "79313B42A6D2042E163423")
        let full = RejectedTests.frame(RejectedTests.sender + "780202D20402152E16022A3423")
        #expect(throws: TelegramError.compactFormatUnknown(signature: 0x3B31)) {
            try openedTelegram(compact, key: nil, with: decoder)
        }
        var records: [DataRecord] = []
        let heard = try openedTelegram(full, key: nil, with: decoder)
        #expect(decoder.readRecords(of: heard, into: &records) == nil)
        let telegram = try openedTelegram(compact, key: nil, with: decoder)
        #expect(telegram.content == .compactFrame)
        #expect(Hex.text(telegram.octets[telegram.application]) == "0202D20402152E16022A3423")
        #expect(Int(telegram.octets[0]) == telegram.octets.count - 1)
        let damaged = RejectedTests.frame(RejectedTests.sender + "79313B42A6D3042E163423")
        #expect(throws: TelegramError.compactFrameCRC) {
            try openedTelegram(damaged, key: nil, with: decoder)
        }
    }

    /// A format frame teaches the layout as well (EN 13757-3, annex G).
    @Test func compactFrameAfterAFormatFrame() throws {
        let decoder = TelegramDecoder()
        let format = RejectedTests.frame(RejectedTests.sender + "6908313B02020215022A")
        #expect(try openedTelegram(format, key: nil, with: decoder).content == .formatFrame)
        let compact = RejectedTests.frame(RejectedTests.sender + "79313B42A6D2042E163423")
        let telegram = try openedTelegram(compact, key: nil, with: decoder)
        #expect(Hex.text(telegram.octets[telegram.application]) == "0202D20402152E16022A3423")
    }
}
