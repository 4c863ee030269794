import Decoder
import Simulator
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite struct MeterReportTests {
    private static let records = [
        TelegramRecord.volume(litres: 12_345),
        // A maker's own, text, a number of its own, and a password.
        TelegramRecord([0x02, 0xFF, 0x2A, 0x7B, 0x00]),
        TelegramRecord([0x0D, 0x78, 0x04, 0x39, 0x39, 0x41, 0x42]),
        TelegramRecord([0x0C, 0x79, 0x78, 0x56, 0x34, 0x12]),
        TelegramRecord([0x0D, 0xFD, 0x11, 0x08] + Array("12345678".utf8)),
        TelegramRecord([0x04, 0xFD, 0x16, 0xEF, 0xBE, 0xAD, 0xDE]),
    ]

    private static func telegram(_ security: TelegramBuilder.Security) throws -> RadioFrame {
        var telegram = TelegramBuilder(.init("ACM", 0x1234_5678, version: 1, deviceType: 7))
        telegram.transport = .short(accessNumber: 42)
        telegram.security = security
        telegram.records = records
        return RadioFrame(octets: try telegram.frame(), format: .crcsRemoved)
    }

    private static func report(
        _ frame: RadioFrame, key: MeterKey?, numbers: MeterReport.Numbers = .shortened
    ) -> MeterReport {
        let catalogue = MeterCatalogue()
        var report = MeterReport(numbers: numbers)
        report.add(
            frame, key: key, decoder: OfflineDecoder(catalogue: catalogue), catalogue: catalogue)
        return report
    }

    private static func text(_ report: MeterReport) -> String {
        var json = JSONWriter()
        report.appendJSON(to: &json)
        return report.lines.joined(separator: "\n") + json.text
    }

    private static func json(_ report: MeterReport) throws -> JSONValue {
        var json = JSONWriter()
        report.appendJSON(to: &json)
        return try JSONValue(parsing: json.bytes.span)
    }

    /// Keys never occur, in whatever form, be they right or wrong.
    @Test(arguments: [true, false], MeterReport.Numbers.allCases)
    func hasNoKey(isRight: Bool, numbers: MeterReport.Numbers) throws {
        var generator = SeededGenerator(state: 7)
        for round in 0..<60 {
            let key = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let given = isRight ? key : key.map { $0 ^ 0x5A }
            let frame = try Self.telegram(
                round % 2 == 0 ? .mode5(key: key) : .mode7(key: key, messageCounter: 9))
            let report = Self.report(
                frame, key: MeterKey(hex: Hex.text(given)), numbers: numbers)
            let text = Self.text(report).uppercased()
            for secret in [key, given] {
                #expect(!text.contains(Hex.text(secret)))
                #expect(!text.contains(Hex.text(secret.reversed())))
                // Nor a good part of one.
                #expect(!text.contains(Hex.text(Array(secret.prefix(6)))))
                #expect(!text.contains(Hex.text(Array(secret.suffix(6)))))
            }
            let telegram = try #require(try Self.json(report)["telegrams"]?.elements?.first)
            #expect(telegram["state"]?.string == (isRight ? "deciphered" : "as received"))
            #expect(
                telegram["reading"]?["error"]?.string
                    == (isRight ? nil : round % 2 == 0 ? "wrong_key" : "mac_mismatch"))
        }
    }

    /// What is deciphered can be read by those who get it, without a key.
    @Test func isReadAgain() throws {
        let key = [UInt8](repeating: 7, count: 16)
        let report = Self.report(
            try Self.telegram(.mode5(key: key)), key: MeterKey(hex: Hex.text(key)))
        let telegram = try #require(report.telegrams.first)
        let reading = try OfflineDecoder().reading(of: telegram.octets, key: nil)
        #expect(reading.records.count == Self.records.count)
        #expect(reading.records.first?.quantity == .volume)
    }

    @Test func shortensNumbers() throws {
        let text = Self.text(Self.report(try Self.telegram(.none), key: nil))
        for number in ["12345678", "78563412", "3132333435363738", "3837363534333231"] {
            #expect(!text.contains(number), "\(number)")
        }
        #expect(text.contains("12000678"))
        // Another number that tells this meter from all others.
        #expect(!text.contains("39394142") && !text.contains("BA99"))
    }

    @Test func keepsNumbersWhereAsked() throws {
        let text = Self.text(Self.report(try Self.telegram(.none), key: nil, numbers: .kept))
        #expect(text.contains("12345678"))
        #expect(text.contains("BA99"))
        // A password is nobody's business all the same.
        #expect(!text.uppercased().contains("EFBEADDE") && !text.uppercased().contains("DEADBEEF"))
    }

    /// Where the telegram cannot be read, its number is shortened too, on the air and on a cable.
    @Test(arguments: [
        "2E446D047856341201077A2A0000000413393000007856341200",
        "1A446D047856341201077A2A000000041339300000",
        "68202068080072785634129315330300000000",
        "446D04",
    ])
    func shortensNumbersOfWhatIsNotRead(_ hex: String) throws {
        let report = Self.report(RadioFrame(octets: try Hex.octets(hex)), key: nil)
        let text = Self.text(report)
        #expect(!text.contains("78563412") && !text.contains("12345678"))
        #expect(text.contains("cut off"))
        #expect(try Self.json(report)["telegrams"]?.elements?.first?["reading"]?["error"] != nil)
    }

    @Test func tellsWhatIsNotUnderstood() throws {
        let octets = try Hex.octets("446D047856341201077A2A00000002FF2A7B00041339300000" + "0C1301")
        let frame = RadioFrame(octets: [UInt8(octets.count)] + octets)
        let report = Self.report(frame, key: nil)
        let telegram = try #require(try Self.json(report)["telegrams"]?.elements?.first)
        let records = try #require(telegram["records"]?.elements)
        #expect(records.map { $0["understood"]?.bool } == [false, true])
        #expect(records.map { $0["header"]?.string } == ["02FF2A", "0413"])
        #expect(records.map { $0["data"]?.string } == ["7B00", "39300000"])
        #expect(telegram["rest"]?["octets"]?.string == "0C1301")
        #expect(
            telegram["definition"]?.string
                == "none fits ACM, version 01, type 07; there is none for ACM")
        #expect(try Self.json(report)["version"]?.string == Product.version)
        let lines = report.lines
        let gap = try #require(lines.firstIndex { $0.hasSuffix("not understood:") })
        #expect(lines[gap + 1].contains("02FF2A 7B00 manufacturer_specific_02ff2a"))
        #expect(lines[gap + 2].contains("0C1301 (a record is cut off)"))
    }

    @Test func tellsTheDefinition() throws {
        let hydrus = try Hex.octets("1A44A5117856341270077A2A000000041339300000441310270000")
        let known = Self.report(RadioFrame(octets: hydrus), key: nil)
        #expect(
            known.lines.contains {
                $0.contains("meter_detected_by") && $0.hasSuffix("DME, version 70, type 07")
            })
        var other = hydrus
        other[8] = 0x99
        let unknown = Self.report(RadioFrame(octets: other), key: nil)
        #expect(unknown.lines.contains { $0.contains("for DME there is diehl/aerius, ") })
    }

    /// The same telegram once, and no more than are of use.
    @Test func hasALimit() throws {
        let catalogue = MeterCatalogue()
        let decoder = OfflineDecoder(catalogue: catalogue)
        var report = MeterReport(numbers: .shortened)
        for round in 0..<(MeterReport.mostTelegrams + 5) {
            for _ in 0..<2 {
                let access = UInt8(truncatingIfNeeded: round)
                let octets: [UInt8] =
                    [0x14, 0x44, 0x6D, 0x04, 0x78, 0x56, 0x34, 0x12, 1, 7, 0x7A, access, 0, 0, 0]
                    + [0x04, 0x13, access, 0, 0, 0]
                report.add(
                    RadioFrame(octets: octets), key: nil, decoder: decoder, catalogue: catalogue)
            }
        }
        #expect(report.telegrams.count == MeterReport.mostTelegrams)
        #expect(report.leftOut == MeterReport.mostTelegrams + 10)
        #expect(report.lines.contains { $0.hasSuffix(" telegrams: \(report.leftOut).") })
    }
}
