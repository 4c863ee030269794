import Decoder
import Receivers
import Testing
import Wire

@testable import Gateway

@Suite struct TelegramInputTests {
    /// All the forms in which programs publish one telegram.
    static let forms: [(String, String)] = [
        ("format A", GasMeter.formatA),
        ("format B", GasMeter.formatB),
        ("without CRCs", GasMeter.crcsRemoved),
        ("without CRCs, and said so", "!" + GasMeter.crcsRemoved),
        ("without CRCs, a blank behind the mark", "! " + GasMeter.crcsRemoved),
        ("small letters", GasMeter.formatA.lowercased()),
        ("white space around", " \t\n" + GasMeter.formatA + "\r\n"),
        ("white space within", spaced(GasMeter.formatA)),
        ("double quotes", "\"\(GasMeter.formatA)\""),
        ("single quotes and blanks", " '\(GasMeter.formatA) ' \n"),
        ("a byte order mark", "\u{FEFF}\(GasMeter.formatA)"),
        ("a log of wmbusmeters", "(wmbus) telegram=|\(GasMeter.formatA)|+12"),
        (
            "base64 without CRCs",
            "LkSTFXhWNBIzA3oqACAlWSPJWqom0bLnSTsBPsSm9tPSm1IO3/Dqbe/JnW1p6/M="
        ),
        ("octets behind format A", GasMeter.formatA + "8077"),
        ("octets behind format B", GasMeter.formatB + "AB"),
        ("octets behind the form without CRCs", GasMeter.crcsRemoved + "AB"),
        ("octets behind the form without CRCs, said so", "!" + GasMeter.crcsRemoved + "ABCDEF"),
    ]

    private static func spaced(_ hex: String) -> String {
        hex.enumerated().map { $0 % 2 == 1 ? "\($1) " : "\($1)" }.joined()
    }

    /// OMS Vol. 2, annex N: the gas meter on a cable.
    private static let wired =
        "6820206808FD7278563412931533032A0000000C1427048502046D32371F1502FD1700008916"

    @Test(arguments: ["", "!", " \n"])
    func wiredFrame(before: String) throws {
        var pipeline = Pipeline(meters: [GasMeter.settings(key: nil)])
        let text = before + Self.wired
        let outcome = pipeline.process(
            try TelegramMessage(Array(text.utf8)).frame, from: "oms_input",
            at: WallTime(seconds: 0))
        guard case .reading(_, let reading) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reading.records.first?.value == .number(ScaledInteger(2_850_427, exponent: -2)))
        let damaged = Self.wired.dropLast(4) + "8816"
        #expect(
            pipeline.process(
                try TelegramMessage(Array(damaged.utf8)).frame, from: "oms_input",
                at: WallTime(seconds: 1))
                == .damaged(.wiredChecksum(expected: 0x89, found: 0x88)))
    }

    @Test(arguments: forms)
    func everyFormIsRead(name: String, text: String) throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        let frame = try TelegramMessage(Array(text.utf8)).frame
        let outcome = pipeline.process(frame, from: "oms_input", at: WallTime(seconds: 0))
        guard case .reading(_, let reading) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        // Only CRCs that were checked here count.
        #expect(reading.telegram.crcVerified == !name.contains("without CRCs"))
        #expect(reading.records.first?.value == .number(ScaledInteger(2_850_427, exponent: -2)))
    }

    @Test(
        arguments: [
            ([], .empty), ([0x21], .empty), (Array("  \n".utf8), .empty),
            (Array("! ".utf8), .empty),
            ([0xFF, 0xFE], .notHex(.notADigit(0xFF, at: 0))),
            ([0xC3, 0x28, 0x00], .notHex(.notADigit(0xC3, at: 0))),
            (Array("2E4".utf8), .notHex(.halfAnOctet)),
            (Array("{}".utf8), .noTelegram), (Array("{ } x".utf8), .notJSON(.unexpected(at: 4))),
            (Array(#"{"rssi":-70"#.utf8), .notJSON(.cutOff)),
            (Array(#"{"telegram":"2E44"}"#.utf8), .noTelegram),
            (Array(#"{"telegram":null,"data":{"n":[1,{"raw":"no hex"}]}}"#.utf8), .noTelegram),
            (Array(#"{"model":"Acurite","data":"2E4493157856341233037A2A"}"#.utf8), .noTelegram),
            (
                Array(#"{"payload":"0C1427048502046D32371F15","proto":{"type":"oms"}}"#.utf8),
                .noTelegram
            ),
            (Array("{x".utf8), .notHex(.notADigit(0x7B, at: 0))),
            (Array("2E44!".utf8), .notHex(.notADigit(0x21, at: 4))),
            (Array("\"".utf8), .notHex(.notADigit(0x22, at: 0))), (Array("\"\"".utf8), .empty),
            // Words are base64 too.
            (Array("thewatermeterisoffline".utf8), .notHex(.notADigit(0x74, at: 0))),
            ([UInt8](repeating: 0x30, count: 16_385), .tooLong(octets: 16_385)),
        ] as [([UInt8], TelegramMessageError)])
    func whatIsNoHexSaysSo(payload: [UInt8], expected: TelegramMessageError) {
        #expect(throws: expected) { try TelegramMessage(payload) }
        #expect("\(expected)".contains("Publish"))
    }

    @Test(
        arguments: [
            ("T1;0;1;2026-11-25 07:04:09;-71;0;12345678;0x\(GasMeter.crcsRemoved)", .badChecksum),
            ("b\(GasMeter.formatA.dropLast(8))", .badLength),
        ] as [(String, SkipReason)])
    func aDamagedLineSaysSo(line: String, reason: SkipReason) {
        #expect(throws: TelegramMessageError.damagedLine(reason)) {
            try TelegramMessage(Array(line.utf8))
        }
    }

    /// The same telegram with what bridges write around it.
    static let envelopes: [(String, [UInt8], MessageFacts)] = [
        ("octets with CRCs", octets(GasMeter.formatA), MessageFacts()),
        ("octets without CRCs", octets(GasMeter.crcsRemoved), MessageFacts()),
        ("octets of format B", octets(GasMeter.formatB), MessageFacts()),
        ("culfw", Array("b\(GasMeter.formatA)8206".utf8), MessageFacts(strength: -71)),
        (
            "rtl_wmbus",
            Array("T1;1;1;2026-11-25 07:04:09;-71;0;12345678;0x\(GasMeter.crcsRemoved)".utf8),
            MessageFacts(strength: -71, mode: .t1)
        ),
        (
            "a line of a recording",
            Array("2026-11-25T07:04:09.120Z -71.5 c1 a \(GasMeter.formatA) cellar".utf8),
            MessageFacts(strength: -71.5, mode: .c1, time: 1_795_590_249_120)
        ),
        (
            "a bridge's object",
            object(#""rssi":-63,"telegram":"HEX","gateway":"attic","timestamp":1795590249"#),
            MessageFacts(strength: -63, time: 1_795_590_249_000, gateway: "attic")
        ),
        (
            "names in other letters, a mark, milliseconds",
            object(#""RSSI_dBm":"-63.5","Raw-Hex":"!HEX","GW":"a","ts":1795590249120,"x":[]"#),
            MessageFacts(strength: -63.5, time: 1_795_590_249_120, gateway: "a")
        ),
        (
            "an object within",
            object(#""device":{"name":"x","data":{"frame":"HEX","rssi":-50,"mode":"T1"}}"#),
            MessageFacts(strength: -50, mode: .t1)
        ),
        (
            "our own",
            object(
                #""telegram":"HEX","time":"2026-11-25T07:04:09.120Z","receiver":"cellar","#
                    + #""gateway_name":"house","rssi_dbm":-71.5,"mode":"c1","contains_crc":false"#),
            MessageFacts(
                strength: -71.5, mode: .c1, time: 1_795_590_249_120, gateway: "house",
                receiver: "cellar")
        ),
        (
            "rtl_433, whose strength is in units of its own, and its time without a zone",
            object(
                #""time":"2026-11-25 07:04:09","model":"Wireless-MBus","mode":"T","data":"HEX","#
                    + #""rssi":-3.2"#),
            MessageFacts(mode: .t1)
        ),
        (
            "base64",
            object(
                #""payload":"LkSTFXhWNBIzA3oqACAlWSPJWqom0bLnSTsBPsSm9tPSm1IO3/Dqbe/JnW1p6/M="#
                    + #"""#), MessageFacts()
        ),
    ]

    struct MessageFacts: Equatable {
        var strength: Double?
        var mode: LinkMode?
        var time: Int64?
        var gateway: String?
        var receiver: String?
    }

    private static func octets(_ hex: String) -> [UInt8] { (try? Hex.octets(hex)) ?? [] }

    private static func object(_ members: String) -> [UInt8] {
        Array("{\(members.replacing("HEX", with: GasMeter.crcsRemoved))}".utf8)
    }

    @Test(arguments: envelopes)
    func everyEnvelopeIsOpened(name: String, payload: [UInt8], facts: MessageFacts) throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        let message = try TelegramMessage(payload)
        let outcome = pipeline.process(message.frame, from: "x", at: WallTime(seconds: 0))
        #expect(outcome.code == "reading")
        let time = message.time.map {
            $0.components.seconds * 1000 + $0.components.attoseconds / 1_000_000_000_000_000
        }
        #expect(
            MessageFacts(
                strength: message.frame.signalStrength, mode: message.frame.linkMode, time: time,
                gateway: message.gateway, receiver: message.receiver) == facts)
    }

    /// One octet, 10 to 14 octets: they ended the program that this one replaces.
    @Test(arguments: 1...20)
    func aCutTelegramIsDamaged(octets: Int) throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        let frame = try TelegramMessage(
            Array(GasMeter.formatA.prefix(2 * octets).utf8)
        ).frame
        let outcome = pipeline.process(frame, from: "oms_input", at: WallTime(seconds: 0))
        #expect(outcome.code == "truncated")
    }
}
