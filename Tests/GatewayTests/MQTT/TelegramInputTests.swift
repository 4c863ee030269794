import Decoder
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
            try TelegramInput.frame(Array(text.utf8)), from: "oms_input",
            at: WallTime(seconds: 0))
        guard case .reading(_, let reading) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reading.records.first?.value == .number(ScaledInteger(2_850_427, exponent: -2)))
        let damaged = Self.wired.dropLast(4) + "8816"
        #expect(
            pipeline.process(
                try TelegramInput.frame(Array(damaged.utf8)), from: "oms_input",
                at: WallTime(seconds: 1))
                == .damaged(.wiredChecksum(expected: 0x89, found: 0x88)))
    }

    @Test(arguments: forms)
    func everyFormIsRead(name: String, text: String) throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        let frame = try TelegramInput.frame(Array(text.utf8))
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
            (Array("{}".utf8), .notHex(.notADigit(0x7B, at: 0))),
            (Array("2E44!".utf8), .notHex(.notADigit(0x21, at: 4))),
            ([UInt8](repeating: 0x30, count: 4097), .tooLong(characters: 4097)),
        ] as [([UInt8], TelegramInputError)])
    func whatIsNoHexSaysSo(payload: [UInt8], expected: TelegramInputError) {
        #expect(throws: expected) { try TelegramInput.frame(payload) }
        #expect("\(expected)".contains("Publish"))
    }

    /// One octet, 10 to 14 octets: they ended the program that this one replaces.
    @Test(arguments: 1...20)
    func aCutTelegramIsDamaged(octets: Int) throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        let frame = try TelegramInput.frame(Array(GasMeter.formatA.prefix(2 * octets).utf8))
        let outcome = pipeline.process(frame, from: "oms_input", at: WallTime(seconds: 0))
        #expect(outcome.code == "truncated")
    }
}
