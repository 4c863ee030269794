import Simulator
import Testing
import Wire

@Suite struct SimulatedIM871ATests {
    static let exchanges = [
        Exchange("ping without CRC", "A5010100", "A58102004CA3"),
        Exchange("device information", "A5810F003413", "A5811008330015177D3FB900E020"),
        Exchange("device information without CRC", "A5010F00", "A5811008330015177D3FB900E020"),
        Exchange(
            "get configuration", "A581050044EE",
            "A5810616FF000344AE0C17151000010001FF07023200000007000CA0"),
        Exchange(
            "get configuration without CRC", "A5010500",
            "A5810616FF000344AE0C17151000010001FF07023200000007000CA0"),
        Exchange("set T1", "A5810306000203300100E346", "A58104009CF7"),
        Exchange("set C/T, all fields", "A58103080003000A38000100C997", "A58104009CF7"),
        Exchange("reset", "A5810700F4DD", "A58108003C5E"),
        Exchange("wrong CRC", "A5810F003414", ""),
        Exchange("reserved bit", "A5910F003413", ""),
        Exchange("endpoint 5", "A5050100", ""),
        Exchange("unknown message", "A5017700", ""),
        Exchange(
            "behind an AMB probe and a CUL probe", "FF0A02008077 0D0A560D0A A5010100",
            "A58102004CA3"),
        Exchange("behind a false start", "A5A5010100", "A58102004CA3"),
        Exchange("behind a wrong CRC", "A5810F003414 A5010100", "A58102004CA3"),
        Exchange("two at once", "A5010100A5010100", "A58102004CA3A58102004CA3"),
    ]

    @Test(arguments: exchanges)
    func answers(_ exchange: Exchange) {
        var whole = SimulatedIM871A()
        #expect(whole.received(exchange.host) == exchange.stick)
        var cut = SimulatedIM871A()
        #expect(cut.receivedSingly(exchange.host) == exchange.stick)
        #expect(cut.hostCommands == whole.hostCommands)
    }

    @Test func firmware13IsAnOlderProtocol() {
        var stick = SimulatedIM871A(options: .init(firmware: 0x13))
        #expect(stick.received(hex("A5010F00")) == hex("A5811008330013167D3FB9005E33"))
        // C/T together is not known: the stick stays in T1.
        _ = stick.received(hex("A501030600020A300100"))
        #expect(!stick.isConfigured)
        #expect(stick.received(hex("A5010500"))[6] == 0x03)
    }

    static let listening = "A58103080003000A38000100C997"

    static let indications:
        [(name: String, set: String, options: SimulatedIM871A.Options, String)] =
            [
                ("RSSI and CRC", listening, .init(), "A5C2032E \(n21) 67 21D4"),
                (
                    "time stamp", "A50103080003000A38000101",
                    .init(timestamp: 0x5C00_0010), "A5E2032E \(n21) 1000005C 67 13B0"
                ),
                (
                    "no attachment", "A50103080003000A38000000", .init(attachesCRC: false),
                    "A502032E \(n21)"
                ),
            ]
    static let n21 = Hex.text(Sample.n21.dropFirst())

    @Test(arguments: indications)
    func indication(
        name: String, set: String, options: SimulatedIM871A.Options, expected: String
    ) {
        var stick = SimulatedIM871A(options: options)
        _ = stick.received(hex(set))
        #expect(stick.isConfigured)
        #expect(stick.indication(of: Sample.n21, signalStrength: -71) == hex(expected))
    }

    /// The RSSI octet may be A5 itself.
    @Test func strongSignal() {
        var stick = SimulatedIM871A()
        _ = stick.received(hex(Self.listening))
        #expect(
            stick.indication(of: Sample.second, signalStrength: -40)?.suffix(3) == [
                0xA5, 0xE3, 0x65,
            ])
    }

    /// From a real stick whose clock was off; the second's RSSI is A5.
    @Test(arguments: [
        (
            """
            A5E2034944B4095641071505077AA21806101DAE1CA92C3B0F1F0E182A3003000000325512060319\
            7F96980000000000000000000000000000000000000000000000000000000000007F969801000000\
            00ABB62C
            """, -37.0
        ),
        (
            """
            A5E2031E44AE4C8730702068077A1F001005EF666A497CBAD4564A80CA41D7F4144100000000A553E8
            """, -40.0
        ),
    ])
    func capturedTelegrams(captured: String, signalStrength: Double) {
        var stick = SimulatedIM871A()
        _ = stick.received(hex("A50103080003000A38000101"))
        let message = hex(captured)
        let frame = Array(message.dropFirst(3).dropLast(7))
        #expect(stick.indication(of: frame, signalStrength: signalStrength) == message)
    }

    /// The short form of "set configuration", with its CRC.
    @Test(arguments: [
        "A58103060002003001002E63", "A5810306000201300100957F", "A5810306000202300100585A",
        "A5810306000203300100E346", "A5810306000204300100C211", "A5810306000205300100790D",
        "A5810306000206300100B428", "A58103060002073001000F34", "A5810306000208300100F686",
        "A58103060002093001004D9A", "A581030600020A30010080BF",
    ])
    func setsEveryMode(command: String) {
        var stick = SimulatedIM871A()
        let octets = hex(command)
        #expect(stick.received(octets) == hex("A58104009CF7"))
        let configuration = stick.received(hex("A581050044EE"))
        #expect(configuration.dropFirst(6).first == octets[6])
        // RSSI on, time stamp off.
        #expect(configuration.dropFirst(22).prefix(2) == [0x01, 0x00])
    }

    static let modes: [(code: UInt8, hears: Set<LinkMode>)] = [
        (0x00, [.s1]), (0x01, [.s1]), (0x02, [.s1]), (0x03, [.t1]), (0x04, [.t1]), (0x05, []),
        (0x06, [.c1]), (0x07, [.c1]), (0x08, [.c1]), (0x09, [.c1]), (0x0A, [.t1, .c1]),
    ]

    @Test(arguments: modes)
    func hearsItsModeOnly(code: UInt8, hears: Set<LinkMode>) {
        var stick = SimulatedIM871A()
        _ = stick.received([0xA5, 0x01, 0x03, 0x03, 0x00, 0x02, code])
        for mode in LinkMode.allCases {
            let heard = stick.indication(of: Transmission(frame: Sample.n21, linkMode: mode))
            #expect((heard != nil) == hears.contains(mode), "\(mode)")
        }
    }

    @Test func volatileSettingsAreLostAndStoredOnesKept() {
        var stick = SimulatedIM871A()
        _ = stick.received(hex("A501030600020A300100"))
        stick.unplug()
        #expect(!stick.isConfigured)
        #expect(stick.received(hex("A5010500"))[6] == 0x03)
        _ = stick.received(hex("A501030601020A300100"))
        _ = stick.received(hex("A5010700"))
        #expect(!stick.isConfigured)
        #expect(stick.received(hex("A5010500"))[6] == 0x0A)
    }

    @Test func silenceEndsACommandThatWasBegun() {
        var stick = SimulatedIM871A()
        #expect(stick.received(hex("A50103FF")) == [])
        stick.lineWentSilent()
        #expect(stick.received(hex("A5010100")) == hex("A58102004CA3"))
    }
}
