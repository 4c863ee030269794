import Simulator
import Testing
import Wire

@Suite struct SimulatedCULTests {
    static let exchanges = [
        Exchange("version", text: "V\r\n", "V 1.67 nanoCUL868\r\n"),
        Exchange("version behind an empty line", text: "\r\nV\r\n", "V 1.67 nanoCUL868\r\n"),
        Exchange("line feed alone", text: "V\n", "V 1.67 nanoCUL868\r\n"),
        Exchange("T", text: "X21\r\nbrt\r\n", "TMODE\r\n"),
        Exchange("S", text: "brs\r\n", "SMODE\r\n"),
        Exchange("C", text: "brc\r\n", "CMODE\r\n"),
        Exchange("off", text: "brt\r\nbrx\r\n", "TMODE\r\nOFF\r\n"),
        Exchange("status", text: "b\r\nbrs\r\nb\r\n", "OFF\r\nSMODE\r\nSMODE\r\n"),
        Exchange("flags", text: "X\r\nX21\r\nX\r\n", "00  900\r\n21  900\r\n"),
        Exchange("reboot", text: "brt\r\nB00\r\nb\r\n", "TMODE\r\nOFF\r\n"),
        Exchange(
            "unknown", text: "rubbish\r\nV\r\n",
            "? (rubbish is unknown) Use one of B b e l t V X\r\nV 1.67 nanoCUL868\r\n"),
    ]

    @Test(arguments: exchanges)
    func answers(_ exchange: Exchange) {
        var whole = SimulatedCUL()
        #expect(whole.received(exchange.host) == exchange.stick)
        var cut = SimulatedCUL()
        #expect(cut.receivedSingly(exchange.host) == exchange.stick)
        #expect(cut.hostCommands == whole.hostCommands)
    }

    @Test func answersOtherSticksProbesWithTheirOctets() {
        var stick = SimulatedCUL()
        let answer = stick.received(hex("A5810F003413 0D0A 56 0D0A"))
        #expect(answer.starts(with: Array("? (".utf8) + hex("A5810F003413") + Array(" is".utf8)))
        #expect(String(decoding: answer, as: UTF8.self).hasSuffix("V 1.67 nanoCUL868\r\n"))
    }

    static let lines: [(commands: String, format: FrameFormat, [UInt8], Double, expected: String)] =
        [
            (
                "X21\r\nbrt\r\n", .a, Sample.n21, -71,
                """
                b2E44931578563412330333637A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF\
                0EA6DEFC955B29D6D69EBF3EC8A8206\r\n
                """
            ),
            (
                "X01\r\nbrt\r\n", .a, Sample.n21, -71,
                """
                b2E44931578563412330333637A2A0020255923C95AAA26D1B2E7493BC2AD013EC4A6F6D3529B520EDFF\
                0EA6DEFC955B29D6D69EBF3EC8A\r\n
                """
            ),
            (
                "X21\r\nbrc\r\n", .b, Sample.n21, -71,
                """
                bY304493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEF\
                C99D6D69EBF3B8538206\r\n
                """
            ),
            (
                "X21\r\nbrc\r\n", .b, Sample.second, -90,
                """
                bY3044333003020100071B7A634820252F2F0265840842658308820165950802FB1AAE0142FB1AAE0182\
                01FB1AA9012F678F82E0\r\n
                """
            ),
        ]

    @Test(arguments: lines)
    func indication(
        commands: String, format: FrameFormat, frame: [UInt8], signalStrength: Double,
        expected: String
    ) {
        var stick = SimulatedCUL()
        _ = stick.received(Array(commands.utf8))
        let line = stick.indication(
            of: Transmission(frame: frame, format: format, signalStrength: signalStrength))
        #expect(line.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    /// From real sticks, but for the link quality, which is theirs.
    @Test(arguments: [
        (
            """
            b2944A511780735321315931CA1711100135D63A6344F5498B5853E9553AFF5651E10EAD8BCB01AAB043\
            8193903BA10708315
            """, -63.5
        ),
        (
            """
            b3C449344354672363537B3F1723546723693443507140000200C13919BAF3100004C1300000000426CB\
            F2CCC08133F0D95270000C2086CDE26326CFFFF046D312EB60EC3271E02864F
            """, -34.5
        ),
    ])
    func capturedLines(line: String, signalStrength: Double) throws {
        let line = Array(line.utf8)
        let frame = try #require(MessageScanner.cul.frames(in: line).first)
        var stick = SimulatedCUL()
        _ = stick.received(Array("X21\r\nbrt\r\n".utf8))
        let played = try #require(stick.indication(of: frame, signalStrength: signalStrength))
        #expect(played.prefix(line.count - 4) == line.dropLast(4))
        #expect(played.suffix(4).prefix(2) == line.suffix(2))
    }

    static let deaf: [(name: String, commands: String, linkMode: LinkMode?, format: FrameFormat)] =
        [
            ("not set up", "", nil, .a),
            ("reporting off", "brt\r\n", nil, .a),
            ("reporting switched off", "X21\r\nbrt\r\nX00\r\n", nil, .a),
            ("wM-Bus off", "X21\r\n", nil, .a),
            ("S does not hear T", "X21\r\nbrs\r\n", .t1, .a),
            ("T does not hear C", "X21\r\nbrt\r\n", .c1, .a),
            ("T does not hear format B", "X21\r\nbrt\r\n", nil, .b),
            ("C does not hear S", "X21\r\nbrc\r\n", .s1, .a),
        ]

    @Test(arguments: deaf)
    func printsNothing(name: String, commands: String, linkMode: LinkMode?, format: FrameFormat) {
        var stick = SimulatedCUL()
        _ = stick.received(Array(commands.utf8))
        #expect(
            stick.indication(
                of: Transmission(frame: Sample.n21, linkMode: linkMode, format: format)) == nil)
    }

    @Test func hearsTAndCTogether() {
        var stick = SimulatedCUL()
        _ = stick.received(Array("X21\r\nbrc\r\n".utf8))
        for mode in [LinkMode.t1, .c1] {
            #expect(stick.indication(of: Transmission(frame: Sample.n21, linkMode: mode)) != nil)
        }
        stick.unplug()
        #expect(stick.indication(of: Sample.n21) == nil)
    }

    @Test func firmwareWithoutC() {
        var stick = SimulatedCUL(options: .init(modes: ["s", "t"]))
        #expect(stick.received(Array("brc\r\n".utf8)) == Array("OFF\r\n".utf8))
        var none = SimulatedCUL(options: .init(modes: []))
        #expect(
            none.received(Array("brt\r\n".utf8))
                == Array("? (brt is unknown) Use one of B e l t V X\r\n".utf8))
    }

    @Test func reportCommandTakesTheRadioAway() {
        var stick = SimulatedCUL(options: .init(reportCommandEndsReception: true))
        _ = stick.received(Array("brt\r\nX21\r\n".utf8))
        #expect(!stick.isConfigured)
        _ = stick.received(Array("brt\r\n".utf8))
        #expect(stick.isConfigured)
    }

    /// The longest frame a line buffer lets through, and the line's length beyond.
    @Test(arguments: [(128, 52, 126), (300, 128, 298)])
    func lineBuffer(size: Int, longest: Int, cutAt: Int) throws {
        var stick = SimulatedCUL(options: .init(lineBuffer: size))
        _ = stick.received(Array("X21\r\nbrc\r\n".utf8))
        var native = SimulatedCUL()
        _ = native.received(Array("X21\r\nbrc\r\n".utf8))
        let fits = Sample.frame(of: longest)
        #expect(stick.indication(of: fits) == native.indication(of: fits))
        for format in [FrameFormat.a, .b] {
            let long = Transmission(frame: Sample.frame(of: 171), format: format)
            let cut = try #require(stick.indication(of: long))
            #expect(cut.count == cutAt + 2)
            #expect(cut.suffix(2) == [0x0D, 0x0A])
            #expect(native.indication(of: long)?.starts(with: cut.dropLast(2)) == true)
        }
    }
}
