import Testing
import Wire

@testable import Receivers

@Suite struct TelegramStreamTests {
    static let n21Line = Array("\(Hex.text(n21))\n".utf8)
    static func unknown(_ octets: [UInt8]) -> TextItem { .telegram(RadioFrame(octets: octets)) }

    static let streams: [(name: String, octets: [UInt8], items: [TextItem])] = [
        ("hex lines", n21Line + n21Line, [unknown(n21), unknown(n21)]),
        ("a last line without an end", n21Line + n21Line.dropLast(), [unknown(n21), unknown(n21)]),
        ("binary without CRCs", n21 + t2, [unknown(n21), unknown(t2)]),
        ("binary, format A", n21FormatA + n21FormatA, [unknown(n21FormatA), unknown(n21FormatA)]),
        ("binary, format B", t2FormatB + t2FormatB, [unknown(t2FormatB), unknown(t2FormatB)]),
        (
            "binary behind rubbish", hex("00FF05") + n21,
            [.skipped(octets: 3, .noStart), unknown(n21)]
        ),
        (
            "what an iM871A sends", ScriptedStick.im871a.first + ScriptedStick.im871a.second,
            [
                .telegram(ScriptedStick.im871a.firstFrame),
                .telegram(ScriptedStick.im871a.secondFrame),
            ]
        ),
        (
            "what an iU891A sends", ScriptedStick.iu891a.first + ScriptedStick.iu891a.second,
            [
                .telegram(ScriptedStick.iu891a.firstFrame),
                .telegram(ScriptedStick.iu891a.secondFrame),
            ]
        ),
        (
            "what a CUL sends", ScriptedStick.cul.first + ScriptedStick.cul.second,
            [.telegram(ScriptedStick.cul.firstFrame), .telegram(ScriptedStick.cul.secondFrame)]
        ),
        (
            "wired frames in binary, and one by radio", wired + wired + n21 + wired,
            [unknown(wired), unknown(wired), unknown(n21), unknown(wired)]
        ),
        (
            "a wired frame in binary behind a damaged one", damagedWired + n21 + wired,
            [.skipped(octets: wired.count, .noStart), unknown(n21), unknown(wired)]
        ),
        (
            "wired frames in hex", Array("\(Hex.text(wired))\n\(Hex.text(wired))\n".utf8),
            [unknown(wired), unknown(wired)]
        ),
        ("nothing", [], []),
    ]

    /// OMS Vol. 2, annex N: the gas meter on a cable; then with a checksum that is wrong.
    static let wired = hex(
        "6820206808FD7278563412931533032A0000000C1427048502046D32371F1502FD1700008916")
    static let damagedWired = Array(wired.dropLast(2) + [0x88, 0x16])

    /// A wired frame whose rest never came hides nothing.
    @Test func cutWiredFrameIsGivenUp() {
        for length in 12..<Self.wired.count {
            var stream = TelegramStream(.binary)
            var found = stream.received(Array(Self.wired.prefix(length)))
            found += stream.stalled()
            found += stream.received(n21)
            found += stream.stalled()
            #expect(found.contains(Self.unknown(n21)), "\(length)")
        }
    }

    @Test(arguments: streams)
    func isFoundOut(name: String, octets: [UInt8], items: [TextItem]) {
        var generator = SeededGenerator(state: 4)
        for round in 0..<100 {
            var stream = TelegramStream(.auto)
            var found: [TextItem] = []
            let pieces = round == 0 ? [octets] : octets.pieces(upTo: round, &generator)
            for piece in pieces { found += stream.received(piece) }
            found += stream.ended()
            #expect(Self.merged(found) == items, "\(name)")
        }
    }

    /// A telegram whose rest never came is given up, and hides nothing.
    @Test func cutBinaryTelegramIsGivenUp() {
        for length in 12..<n21.count {
            var stream = TelegramStream(.binary)
            var found = stream.received(Array(n21.prefix(length)))
            #expect(stream.patience != nil)
            found += stream.stalled()
            #expect(stream.patience == nil)
            found += stream.received(t2)
            #expect(found.last == Self.unknown(t2))
            #expect(found.count { if case .telegram = $0 { true } else { false } } == 1)
        }
    }

    /// A line without end takes no memory, and the next line is read.
    @Test func endlessLineIsPassedOver() {
        var stream = TelegramStream(.hex)
        var found: [TextItem] = []
        for _ in 0..<1000 { found += stream.received([UInt8](repeating: 0x41, count: 1000)) }
        found += stream.received([0x0A] + Self.n21Line)
        #expect(found.last == Self.unknown(n21))
        let skipped = found.reduce(0) {
            if case .skipped(let octets, .badLength) = $1 { $0 + octets } else { $0 }
        }
        #expect(skipped == 1_000_001)
    }

    @Test(arguments: InputFormat.allCases)
    func survivesNoise(format: InputFormat) {
        var generator = SeededGenerator(state: 5)
        for _ in 0..<200 {
            var stream = TelegramStream(format)
            let noise = (0..<700).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for piece in noise.pieces(upTo: 100, &generator) { _ = stream.received(piece) }
            _ = stream.stalled()
            _ = stream.ended()
            _ = TelegramStream.datagram(noise, format: format)
        }
    }

    static let datagrams: [(octets: [UInt8], format: InputFormat, items: [TextItem])] = [
        (n21, .auto, [unknown(n21)]), (n21FormatA, .binary, [unknown(n21FormatA)]),
        (n21Line, .auto, [unknown(n21)]), (n21Line.dropLast(), .hex, [unknown(n21)]),
        (wired, .auto, [unknown(wired)]), (wired, .binary, [unknown(wired)]),
        (damagedWired, .binary, [.skipped(octets: wired.count, .noStart)]),
        (hex("0011"), .auto, [.skipped(octets: 2, .noStart)]), ([], .auto, []),
        (
            hex("00112233445566778899AABBCC"), .binary, [.skipped(octets: 13, .noStart)]
        ),
    ]

    @Test(arguments: datagrams)
    func datagram(octets: [UInt8], format: InputFormat, items: [TextItem]) {
        #expect(TelegramStream.datagram(octets, format: format) == items)
    }

    /// How many pieces what is passed over comes in depends on the reads; not how much it is.
    private static func merged(_ items: [TextItem]) -> [TextItem] {
        items.reduce(into: []) { result, item in
            if case .skipped(let octets, let reason) = item,
                case .skipped(let before, reason)? = result.last
            {
                result[result.count - 1] = .skipped(octets: before + octets, reason)
            } else {
                result.append(item)
            }
        }
    }
}
