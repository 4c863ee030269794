import Testing
import Wire

@testable import Receivers

@Suite struct TelegramTextTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var format = InputFormat.auto
        var lines: [String]
        var expected: [TextItem]
        var testDescription: String { name }

        init(
            _ name: String, _ format: InputFormat = .auto, _ lines: String...,
            gives expected: [TextItem]
        ) {
            self.name = name
            self.format = format
            self.lines = lines
            self.expected = expected
        }
    }

    static let n21Text = Hex.text(n21)
    static let small = n21Text.lowercased()

    static func telegram(
        _ octets: [UInt8] = n21, _ format: FrameFormat = .crcsRemoved, _ linkMode: LinkMode? = nil,
        _ signalStrength: Double? = nil
    ) -> TextItem {
        .telegram(
            RadioFrame(
                octets: octets, format: format, linkMode: linkMode, signalStrength: signalStrength))
    }

    /// N.2.1 in format B as a receiver hands it over that takes the CRC out and leaves the L-field.
    static let uncorrected = "30" + n21Text.dropFirst(2)

    static let rows: [Row] = [
        // rtl_wmbus
        Row(
            "as rtl_wmbus writes it", .auto,
            "C1;1;1;2024-05-01 12:00:00.000;97;148;12345678;0x\(small)",
            gives: [telegram(n21, .crcsRemoved, .c1)]),
        Row(
            "a bridge with dBm, without ident", .auto,
            "T1;1;1;2024-05-01 12:00:00.00Z;-71;;;0x\(n21Text)",
            gives: [telegram(n21, .crcsRemoved, .t1, -71)]),
        Row(
            "twice on a line", .rtlWMBus,
            "S1;1;1;2024-05-01 12:00:00.000;97;148;12345678;0x\(small);0x\(small)",
            gives: [telegram(n21, .crcsRemoved, .s1)]),
        Row(
            "an L-field as it was with CRCs", .auto,
            "C1;1;1;2024-05-01 12:00:00.000;97;148;12345678;0x\(uncorrected)",
            gives: [telegram(n21, .crcsRemoved, .c1)]),
        Row(
            "a digit too many", .auto,
            "T1;1;1;2024-05-01 12:00:00.000;97;148;12345678;0x\(small)f",
            gives: [telegram(n21, .crcsRemoved, .t1)]),
        Row(
            "failed CRCs", .auto, "X1;0;0;2024-05-01 12:00:00.000;97;148;ffffffff;0xffff",
            gives: [.skipped(octets: 53, .badChecksum)]),
        Row(
            "a wrong symbol", .auto, "T1;1;0;t;97;148;12345678;0x\(small)",
            gives: [.skipped(octets: 121, .badChecksum)]),
        Row(
            "cut short", .auto, "T1;1;1;t;97;148;12345678;0x\(small.prefix(40))",
            gives: [.skipped(octets: 42, .badLength)]),
        Row(
            "no hex", .auto, "T1;1;1;t;97;148;12345678;0xZZ",
            gives: [.skipped(octets: 4, .malformed)]),
        Row(
            "what a pipeline says else", .rtlWMBus, "Found 1 device(s):", "rtl_wmbus: exiting",
            gives: [.skipped(octets: 18, .noStart), .skipped(octets: 18, .noStart)]),
        // rtl_433
        Row(
            "rtl_433 -F json", .auto,
            #"{"time":"2024-05-01 12:00:00","model":"Wireless-MBus","mode":"T","M":"ELS","#
                + #""id":12345678,"version":51,"type":"0x03","type_string":"Gas","C":"0x44","#
                + #""data_length":47,"data":"\#(small)","mic":"CRC","rssi":-3.2}"#,
            gives: [telegram(n21, .crcsRemoved, .t1)]),
        Row(
            "rtl_433, format B", .rtl433,
            #"{"model":"Wireless-MBus","mode":"C","data":"\#(uncorrected)"}"#,
            gives: [telegram(n21, .crcsRemoved, .c1)]),
        Row(
            "rtl_433, another device", .auto, #"{"model":"Acurite-Tower","data":"00"}"#, gives: []),
        Row(
            "rtl_433 -F csv", .auto,
            "time,msg,codes,model,mode,id,data,mic",
            "2024-05-01 12:00:00,,,Wireless-MBus,C,12345678,\(small),CRC",
            "2024-05-01 12:00:01,,,Acurite-Tower,,1,,CRC",
            gives: [telegram(n21, .crcsRemoved, .c1)]),
        Row(
            "rtl_433 -F csv without a header", .rtl433,
            "2024-05-01 12:00:00,,,Wireless-MBus,C,12345678,\(small),CRC",
            gives: [telegram(n21, .crcsRemoved)]),
        Row(
            "csv without a telegram", .rtl433, "a,b,c", gives: [.skipped(octets: 5, .noStart)]),
        // JSON
        Row(
            "ioBroker's input", .auto,
            #"{"data":"\#(n21Text)","frameType":"A","containsCrc":false}"#, gives: [telegram()]),
        Row(
            "with CRCs", .json,
            #"{"rssi":-80.5,"mode":"T1","frameType":"A","data":"\#(Hex.text(n21FormatA))","#
                + #""containsCrc":true,"more":{"a":[1,2]}}"#,
            gives: [telegram(n21FormatA, .a, .t1, -80.5)]),
        Row("cut JSON", .auto, #"{"data":"2E44"#, gives: [.skipped(octets: 13, .malformed)]),
        Row("JSON without data", .json, "{}", gives: [.skipped(octets: 2, .malformed)]),
        Row(
            "JSON in the wrong place", .auto, #"{"data":["2E44"]}"#,
            gives: [.skipped(octets: 17, .malformed)]),
        // Hex
        Row("hex", .auto, n21Text, gives: [telegram(n21, .unknown)]),
        Row("hex in small letters", .hex, "  0x\(small) \r", gives: [telegram(n21, .unknown)]),
        Row(
            "hex that begins with b", .auto, "b" + small.dropFirst(),
            gives: [
                telegram([0xBE] + n21.dropFirst(), .unknown)
            ]),
        Row("hex without CRCs", .auto, "!\(n21Text)", gives: [telegram()]),
        Row(
            "with blanks and marks", .hex, "2E44 9315_78563412|33 03" + n21Text.dropFirst(20),
            gives: [telegram(n21, .unknown)]),
        Row(
            "a log line of wmbusmeters", .auto,
            "telegram=|2E44_931578563412_3303\(n21Text.dropFirst(20))|+51",
            gives: [telegram(n21, .unknown)]),
        Row(
            "another one", .hex, "(wmbus) got telegram=|\(n21Text)|",
            gives: [telegram(n21, .unknown)]),
        Row("an odd digit", .hex, n21Text + "F", gives: [.skipped(octets: 95, .malformed)]),
        Row("too short", .hex, "2E44", gives: [.skipped(octets: 4, .badLength)]),
        Row("comments and blank lines", .auto, "# 2E44", "", "   ", gives: []),
        Row("any text", .auto, "hello there", gives: [.skipped(octets: 11, .malformed)]),
        // Others
        Row(
            "a CUL's line", .auto, "b\(Hex.text(n21FormatA))8206",
            gives: [telegram(n21FormatA, .a, nil, -71)]),
        Row(
            "a recording", .auto,
            "2026-11-25T07:04:09.120Z -71.5 t1 crcsRemoved \(n21Text) in the cellar",
            gives: [
                .telegram(
                    RadioFrame(
                        octets: n21, format: .crcsRemoved, linkMode: .t1, signalStrength: -71.5),
                    time: .milliseconds(1_795_590_249_120))
            ]),
    ]

    @Test(arguments: rows)
    func read(_ row: Row) {
        var text = TelegramText(row.format)
        #expect(row.lines.flatMap { text.read(Array($0.utf8)) } == row.expected)
    }

    /// No prefix of a line, and no line with one character changed, traps.
    @Test(arguments: rows)
    func survivesDamage(_ row: Row) {
        var text = TelegramText(row.format)
        var generator = SeededGenerator(state: 3)
        for line in row.lines {
            let octets = Array(line.utf8)
            for length in 0..<octets.count { _ = text.read(Array(octets.prefix(length))) }
            for index in octets.indices {
                var damaged = octets
                damaged[index] = .random(in: 0...255, using: &generator)
                _ = text.read(damaged)
            }
        }
    }

    // MARK: Recordings

    static let recorded: [RecordedTelegram] = [
        RecordedTelegram(
            time: .milliseconds(1_795_590_249_120),
            frame: RadioFrame(
                octets: n21, format: .crcsRemoved, linkMode: .c1, signalStrength: -71.5),
            receiver: "cellar"),
        RecordedTelegram(
            time: .zero, frame: RadioFrame(octets: n21FormatA, format: .a), receiver: "two words"),
        RecordedTelegram(
            time: .milliseconds(951_782_400_001), frame: RadioFrame(octets: t2FormatB, format: .b),
            receiver: ""),
    ]

    @Test(
        arguments: zip(
            recorded,
            ["2026-11-25T07:04:09.120Z", "1970-01-01T00:00:00.000Z", "2000-02-29T00:00:00.001Z"]))
    func recordingComesBack(recorded: RecordedTelegram, time: String) {
        let line = RecordedTelegram.line(
            time: time, frame: recorded.frame, receiver: recorded.receiver)
        #expect(RecordedTelegram(line: line.utf8) == recorded)
    }

    @Test func nameStaysOnItsLine() {
        let line = RecordedTelegram.line(
            time: "1970-01-01T00:00:00Z", frame: RadioFrame(octets: n21), receiver: "a\r\nb\nc")
        #expect(!line.contains { $0.isNewline })
    }

    @Test(arguments: [
        "2026-13-25T07:04:09Z", "2026-11-25 07:04:09Z", "2026-11-25T07:04:09", "now",
        "2026-11-25T07:04:09.x0Z", "2026-11-25T07:04:09+01:00",
    ])
    func otherTimesAreNoRecording(time: String) {
        #expect(RecordedTelegram(line: "\(time) - - a \(Self.n21Text) x".utf8) == nil)
    }

    // MARK: Addresses

    @Test(arguments: [
        ("192.0.2.5:2323", NetworkAddress(host: "192.0.2.5", port: 2323)),
        ("cul.example:1", NetworkAddress(host: "cul.example", port: 1)),
        ("[::1]:65535", NetworkAddress(host: "::1", port: 65535)),
    ])
    func address(text: String, address: NetworkAddress) {
        #expect(NetworkAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":", "host", "host:", ":80", "host:0", "host:65536", "host:+8", "::1:80", "a b:80",
    ])
    func noAddress(text: String) { #expect(NetworkAddress(text) == nil) }
}
