import Testing
import Wire

@testable import Receivers

@Suite struct CULTests {
    // MARK: Framing

    @Test(arguments: ["TMODE\r\n", "TMODE\n", "\r\n\nTMODE\r\n"])
    func lineEnds(text: String) {
        var framer = CULFramer()
        framer.append(Array(text.utf8))
        #expect(framer.next() == .message(CULFramer.Message("TMODE")))
        #expect(framer.next() == nil)
        #expect(!framer.isWaiting)
    }

    /// As a firmware does that prints for ever.
    @Test func endlessLineIsPassedOver() {
        var framer = CULFramer()
        var skipped = 0
        for _ in 0..<100 {
            framer.append([UInt8](repeating: UInt8(ascii: "A"), count: 500))
            while case .skipped(let octets, .badLength)? = framer.next() { skipped += octets.count }
        }
        #expect(skipped >= 48_000)
        framer.append(Array("AA\nTMODE\n".utf8))
        guard case .skipped(_, .badLength)? = framer.next() else {
            Issue.record("the end of the line is taken for a line")
            return
        }
        #expect(framer.next() == .message(CULFramer.Message("TMODE")))
    }

    // MARK: Telegram lines

    static let n21Line = "b\(Hex.text(n21FormatA))"
    static let n21FormatBLine =
        "bY304493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D"
        + "69EBF3B853"

    static let frames:
        [(line: String, format: FrameFormat, mode: LinkMode?, signalStrength: Double?)] = [
            (n21Line + "8206", .a, nil, -71),
            (n21Line, .a, nil, nil),
            (n21FormatBLine + "8206", .b, .c1, -71),
            (n21FormatBLine, .b, .c1, nil),
            ("bY\(Hex.text(t2FormatB))80E0", .b, .c1, -90),
            // Captured from sticks.
            (
                "b2944A511780735321315931CA1711100135D63A6344F5498B5853E9553AFF5651E10EAD8BCB01AAB04381"
                    + "93903BA10708315", .a, nil, -63.5
            ),
            (
                "b3C449344354672363537B3F1723546723693443507140000200C13919BAF3100004C1300000000426CBF2"
                    + "CCC08133F0D95270000C2086CDE26326CFFFF046D312EB60EC3271E02864F", .a, nil,
                -34.5
            ),
            // Of an early firmware with C mode.
            ("bt\(n21Line.dropFirst())8206", .a, .t1, -71),
            ("bca\(n21Line.dropFirst())8206", .a, .c1, -71),
            ("bcb\(n21FormatBLine.dropFirst(2))8206", .b, .c1, -71),
            // What was left before it.
            ("b2E4493" + n21Line + "8206", .a, nil, -71),
            ("TMOD" + n21Line + "8206", .a, nil, -71),
        ]

    @Test(arguments: frames)
    func frame(
        line: String, format: FrameFormat, mode: LinkMode?, signalStrength: Double?
    ) {
        guard case .frame(let frame, let start) = CULTelegramLine(Array(line.utf8)) else {
            Issue.record("no frame in \(line)")
            return
        }
        #expect(start == (line.hasPrefix("b2E4493b") ? 7 : line.hasPrefix("TMOD") ? 4 : 0))
        #expect(frame.format == format)
        #expect(frame.linkMode == mode)
        #expect(frame.signalStrength == signalStrength)
        #expect(line.contains(Hex.text(frame.octets)))
        let length = Int(frame.octets[0])
        let size = format == .b ? length + 1 : length + 3 + (length + 6) / 16 * 2
        #expect(frame.octets.count == size)
    }

    /// The longest line that a board with a buffer of 300 characters puts out; captured.
    static let cutLine =
        "bYAD44C5146412052500047ACB009025CE3805EE883B2C7E627966FCEB7A596DC7BEDF68461940C19C2254CAF022"
        + "E2A06412652F0BF57C2FF217880C11AB7BE89FB4767D4F23C87AD9267EC203B67D2D35310EBBB8E069B30D2D52"
        + "8C6AD4BDCEC65C9981EDE6B43B3DB1AF90C372DBFE172D288A352433BCDD592289569A5B6BED72CE58AB5F4B1C"
        + "0823BE967357199545815879E1"

    static let others: [(name: String, line: String, expected: CULTelegramLine)] = [
        ("odd number of digits", n21Line + "820", .damaged(.badLength)),
        ("one octet behind the frame", n21Line + "82", .damaged(.badLength)),
        ("three octets behind the frame", n21Line + "820600", .damaged(.badLength)),
        ("too short", String(n21Line.dropLast(2)), .damaged(.badLength)),
        ("length below the header", "b0944931578563412330333", .damaged(.badLength)),
        ("no digit within", n21Line.replacing("4491", with: "44x1") + "8G06", .damaged(.malformed)),
        ("cut by a buffer of 64", String((n21Line + "8206").prefix(62)), .cut(buffer: 64)),
        ("cut by a buffer of 300", cutLine, .cut(buffer: 300)),
        ("transmit credit used up", "LOVF", .text),
        ("another telegram", "F12340001", .text),
        ("list of commands", "? (b is unknown) Use one of A B b C e F f G i K k l M R T", .text),
        ("nothing behind the b", "b", .text),
    ]

    @Test(arguments: others)
    func noFrame(name: String, line: String, expected: CULTelegramLine) {
        #expect(CULTelegramLine(Array(line.utf8)) == expected, "\(name)")
    }

    @Test func truncationIsToldToAPerson() throws {
        var dialogue = try Dialogue(listening: .cul)
        dialogue.hear(line(Self.cutLine))
        #expect(dialogue.frames == [])
        #expect(dialogue.skipped == 298)
        #expect(dialogue.notices == [.cutsTelegrams(.cul, longest: 146)])
    }

    @Test(arguments: [(64, 28), (128, 60), (224, 108)])
    func longestTelegram(buffer: Int, octets: Int) throws {
        let frame = [0xFF] + [UInt8](repeating: 0x44, count: 289)
        var dialogue = try Dialogue(listening: .cul)
        dialogue.hear(line(String("b\(Hex.text(frame))8206".prefix(buffer - 2))))
        #expect(dialogue.notices == [.cutsTelegrams(.cul, longest: octets)])
    }

    /// The example of two lines in four reads.
    @Test func linesAcrossReads() throws {
        var dialogue = try Dialogue(listening: .cul)
        for read in [
            Self.n21Line + "8206\r", "\nbY3044333003020100071B7A634820252F2F026584", "0",
            "842658308820165950802FB1AAE0142FB1AAE018201FB1AA9012F678F80E0\r\n",
        ] {
            dialogue.hear(Array(read.utf8))
        }
        #expect(
            dialogue.frames == [ScriptedStick.cul.firstFrame, ScriptedStick.cul.secondFrame])
    }

    // MARK: Identification

    static let versions: [(line: String, version: String?)] = [
        ("V 1.67 CUL868", "1.67 CUL868"), ("V 1.66 CSM868", "1.66 CSM868"),
        ("*V 1.67 nanoCUL868", "1.67 nanoCUL868"),
        ("V 1.67 CUL_V3", "1.67 CUL_V3"),
        (
            "V 1.26.08 a-culfw Build: 311 (2018-12-09_19-12-53) nanoCUL868 (F-Band: 868MHz)",
            "1.26.08 a-culfw Build: 311 (2018-12-09_19-12-53) nanoCUL868 (F-Band: 868MHz)"
        ),
        ("\u{0}\u{FFFD}V 1.67 CUL868", "1.67 CUL868"),
        ("V CUL", nil), ("V 1. CUL", nil), ("V", nil), ("", nil), ("TMODE", nil),
        ("? (V is unknown) Use one of A B", nil),
    ]

    @Test(arguments: versions)
    func version(line: String, version: String?) {
        #expect(CULSession.version(in: line) == version)
    }

    @Test(arguments: [
        "V 1.67 CUL433",
        "V 1.26.08 a-culfw Build: 311 (2018-12-09_19-12-53) nanoCUL (F-Band: 433MHz)",
    ])
    func stickFor433MHzIsRefused(version: String) throws {
        var stick = ScriptedStick.cul
        stick.answers[0].answer = line(version)
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .wrongBand(.cul, port: "/dev/stick", found: "a stick for 433 MHz")
            ])
    }

    // MARK: Configuration

    static let configurations:
        [(modes: Set<LinkMode>?, command: String, answer: String, hears: Set<LinkMode>)] = [
            (nil, "brc", "CMODE", [.c1, .t1]), ([.c1, .t1], "brc", "CMODE", [.c1, .t1]),
            ([.c1], "brc", "CMODE", [.c1, .t1]), ([.t1], "brt", "TMODE", [.t1]),
            ([.s1], "brs", "SMODE", [.s1]),
        ]

    @Test(arguments: configurations)
    func isSetToTheModes(
        modes: Set<LinkMode>?, command: String, answer: String, hears: Set<LinkMode>
    ) throws {
        var stick = ScriptedStick.cul
        stick.modes = modes
        stick.answers[1] = (line(command), line("OFF is no answer") + line(answer))
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports.map(\.modes) == [hears])
        // RSSI before the mode, each behind a line end of its own.
        #expect(
            dialogue.written == [
                Array("\r\nV\r\n".utf8), Array("\r\nX21\r\n\r\n\(command)\r\n".utf8),
            ])
        dialogue.hear(stick.first)
        #expect(dialogue.frames.last?.linkMode == (hears.count == 1 ? hears.first : nil))
    }

    static let version = "1.67 nanoCUL868_r568"

    @Test(arguments: [nil, [.t1, .c1]] as [Set<LinkMode>?], ["OFF", nil])
    func hearsT1AloneWithoutModeC(modes: Set<LinkMode>?, answer: String?) throws {
        var stick = ScriptedStick.cul
        stick.modes = modes
        stick.answers[1].answer = answer.map(line) ?? []
        stick.answers.append((line("brt"), line("TMODE")))
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports.map(\.modes) == [[.t1]])
        #expect(dialogue.notices == [.hearsOnlyT1(.cul, firmware: Self.version)])
        dialogue.hear(stick.first)
        #expect(dialogue.frames.last?.linkMode == .t1)
    }

    @Test func c1AloneNeedsModeC() throws {
        var stick = ScriptedStick.cul
        stick.modes = [.c1]
        stick.answers[1].answer = line("OFF")
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .firmwareWithoutC(.cul, port: "/dev/stick", firmware: Self.version)
            ])
    }

    @Test(arguments: ["? (brc is unknown) Use one of A B C e F", "? (brt is unknown) Use", "OFF"])
    func firmwareWithoutWirelessMBus(answer: String) throws {
        var stick = ScriptedStick.cul
        stick.answers[1].answer = line(answer)
        stick.answers.append((line("brt"), line(answer)))
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .firmwareWithoutWirelessMBus(.cul, port: "/dev/stick", firmware: Self.version)
            ])
    }

    /// A watchdog reset: it answers, and hears nothing any more.
    @Test func isSetAgainWhenItWasReset() throws {
        var dialogue = try Dialogue(listening: .cul)
        dialogue.stick.answers[2].answer = line("OFF")
        dialogue.fallSilent()
        #expect(dialogue.written.last == Array("\r\nX21\r\n\r\nbrc\r\n".utf8))
        #expect(dialogue.reports.count == 1)
        #expect(dialogue.failures == [])
    }
}
