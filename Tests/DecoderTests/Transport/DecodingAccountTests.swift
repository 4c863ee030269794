import Testing
import Wire

@testable import Decoder

/// What the decoder tells of a telegram while it reads it.
@Suite struct DecodingAccountTests {
    struct Recorder: DecodingAccount {
        var lines: [String] = []
        var fields: [Range<Int>] = []

        mutating func layer(_ name: @autoclosure () -> String) { lines.append("# \(name())") }
        mutating func field(
            _ name: @autoclosure () -> String, _ range: Range<Int>,
            _ meaning: @autoclosure () -> String
        ) {
            lines.append("\(range) \(name()): \(meaning())")
            fields.append(range)
        }
        mutating func replaced(
            _ before: Range<Int>, by after: Range<Int>, of octets: borrowing Span<UInt8>,
            _ how: @autoclosure () -> String
        ) {
            lines.append("\(before) \(how()), \(octets.count) octets")
        }
        mutating func telegram(_ octets: borrowing Span<UInt8>) {}
        mutating func aside(
            _ name: @autoclosure () -> String, _ ranges: @autoclosure () -> [Range<Int>],
            of octets: borrowing Span<UInt8>, _ meaning: @autoclosure () -> String
        ) {
            lines.append("aside \(name()): \(meaning())")
        }
        mutating func finding(_ text: @autoclosure () -> String?) {
            lines.append("finding: \(text() ?? "none")")
        }
    }

    static func record(_ published: PublishedTelegram) throws -> (Recorder, Telegram) {
        var recorder = Recorder()
        let frame = try LinkLayerFrame(parsing: published.frame, account: &recorder)
        let headers = try TelegramHeaders(parsing: frame, account: &recorder)
        let telegram = try TelegramDecoder().open(
            frame, headers: headers, key: published.meterKey, account: &recorder)
        return (recorder, telegram)
    }

    @Test func gasMeter() throws {
        let published = try #require(PublishedTelegram.all.first)
        #expect(
            try Self.record(published).0.lines == [
                "# Link layer (CRCs removed before)",
                "aside Trailing octets: passed over",
                "0..<1 L-field: 46 octets follow",
                "1..<2 C-field: SND_NR",
                "2..<4 M-field: ELS, Elster",
                "4..<8 Identification number: 12345678",
                "8..<9 Version: 33 (hex)",
                "9..<10 Device type: gas (03)",
                "# Transport layer",
                "10..<11 CI-field: 7A, response, full frame, short header",
                "11..<12 Access number: 42",
                "12..<13 Status: OK",
                "13..<15 Configuration field: security mode 5 (AES-128-CBC), 2 blocks of 16 octets"
                    + " enciphered, synchronous",
                "15..<47 deciphered, security mode 5 (AES-128-CBC), 47 octets",
                "finding: payload begins with 2F 2F, first record can be read",
            ])
    }

    /// All octets up to the payload are told of, each once and in their order.
    @Test(arguments: PublishedTelegram.all)
    func allHeaders(_ published: PublishedTelegram) throws {
        let (recorder, telegram) = try Self.record(published)
        var next = 0
        for range in recorder.fields where !range.isEmpty {
            guard range.lowerBound == next else { break }
            next = range.upperBound
        }
        #expect(next == telegram.application.lowerBound)
    }
}
