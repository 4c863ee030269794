import Simulator
import Testing
import Wire

@Suite struct SimulatedAMB8465Tests {
    static let exchanges = [
        Exchange(
            "all parameters of a stick from the factory", "FF0A02008077",
            """
            FF8A7A00780080710200000000FFFFFA00FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF003200021400FFFFFFFFFF
            010004000000FFFFFF01440000000000000000FFFF0B040100FFFFFFFFFF00030000FFFFFFFFFFFFFF0000FF
            FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF17
            """),
        Exchange("parameter 05h", "FF0A020501F3", "FF8A0305010072"),
        Exchange("parameter 45h", "FF0A024501B3", "FF8A0345010032"),
        Exchange("write 05h, which counts after a reset", "FF0903050101F0", "FF89010077"),
        Exchange("and reads back", "FF0903050101F0 FF0A020501F3", "FF89010077 FF8A0305010173"),
        Exchange("write 45h", "FF0903450101B0 FF0A024501B3", "FF89010077 FF8A0345010133"),
        Exchange("write beyond the memory", "FF09037801018D", "FF89010275"),
        Exchange("serial number", "FF0B00F4", "FF8B042701BB54B9"),
        Exchange("firmware", "FF0C00F3", "FF8C0302070075"),
        Exchange("RSSI", "FF0D00F2", "FF8D010675"),
        Exchange("mode C/T", "FF040109F3", "FF8401007A"),
        Exchange("no mode", "FF040177 8D", "FF8401017B"),
        Exchange("reset", "FF0500FA", "FF8501007B"),
        Exchange("factory reset", "FF1100EE", "FF9101006F"),
        Exchange("wrong check sum", "FF0C00F2", ""),
        Exchange("unknown command", "FF7E0081", ""),
        Exchange(
            "behind other sticks' probes", "A5810F003413 0D0A560D0A FF0C00F3", "FF8C0302070075"),
        Exchange("behind a false start", "FFFF0C00F3", "FF8C0302070075"),
        Exchange("behind a wrong check sum", "FF0C00F2 FF0C00F3", "FF8C0302070075"),
    ]

    @Test(arguments: exchanges)
    func answers(_ exchange: Exchange) {
        var whole = SimulatedAMB8465()
        #expect(whole.received(exchange.host) == exchange.stick)
        var cut = SimulatedAMB8465()
        #expect(cut.receivedSingly(exchange.host) == exchange.stick)
        #expect(cut.hostCommands == whole.hostCommands)
    }

    @Test func strayOctetBeforeAnswers() {
        var options = SimulatedAMB8465.Options()
        options.strayOctet = 0xFE
        options.firmware = [2, 0, 6]
        var stick = SimulatedAMB8465(options: options)
        #expect(stick.received(hex("FF0C00F3")) == hex("FE FF8C0302000674"))
    }

    static let n21 = Hex.text(Sample.n21.dropFirst())
    static let indications: [(command: Bool, rssi: Bool, expected: String)] = [
        (true, true, "FF032F \(n21) 06 0B"),
        (true, false, "FF032E \(n21) 0C"),
        (false, true, "2F \(n21) 06"),
        (false, false, "2E \(n21)"),
    ]

    @Test(arguments: indications)
    func indication(command: Bool, rssi: Bool, expected: String) {
        var stick = SimulatedAMB8465(
            options: .init(commandOutput: command, attachesRSSI: rssi))
        _ = stick.received(hex("FF040109F3"))
        #expect(stick.indication(of: Sample.n21, signalStrength: -71) == hex(expected))
    }

    /// From real sticks: −65 dBm is 12h, −67 dBm 0Eh.
    @Test func capturedTelegrams() {
        let captured = hex(
            """
            FF034A44C5143955052500047A2B0030258812C22F842CF6D5051B2878E61EE41EA44DFE8B6BFCCD401ED5F6
            C5C8DF6298BE212D86A1BDA143C133ECDB92096E3003FD0C05010002FD0B201112E7
            """)
        let stick = SimulatedAMB8465(
            options: .init(commandOutput: true, attachesRSSI: true, modePreselect: 0x09))
        let frame = [73] + captured.dropFirst(3).dropLast(2)
        #expect(stick.indication(of: frame, signalStrength: -65) == captured)
        let second = hex("FF031A44E61EBF0739097911B2710852165CE142F90BEA331E2787060E57")
        let secondFrame = [25] + second.dropFirst(3).dropLast(2)
        #expect(stick.indication(of: secondFrame, signalStrength: -67) == second)
    }

    @Test func flashCountsAfterAReset() {
        var stick = SimulatedAMB8465()
        _ = stick.received(hex("FF0903050101F0 FF0903450101B0 FF040109F3"))
        #expect(stick.indication(of: Sample.n21) == Sample.n21)
        _ = stick.received(hex("FF0500FA"))
        #expect(!stick.isConfigured)
        _ = stick.received(hex("FF040109F3"))
        #expect(stick.indication(of: Sample.n21)?.prefix(3) == [0xFF, 0x03, 0x2F])
    }

    static let modes: [(code: UInt8, hears: Set<LinkMode>)] = [
        (0x01, []), (0x02, []), (0x03, [.s1]), (0x05, []), (0x06, []), (0x07, []),
        (0x08, [.t1]), (0x09, [.t1, .c1]), (0x0B, []), (0x0C, []), (0x0E, [.c1]),
    ]

    @Test(arguments: modes)
    func hearsItsModeOnly(code: UInt8, hears: Set<LinkMode>) {
        var stick = SimulatedAMB8465()
        _ = stick.received([0xFF, 0x04, 0x01, code, 0xFF ^ 0x04 ^ 0x01 ^ code])
        #expect(stick.isConfigured)
        for mode in LinkMode.allCases {
            let heard = stick.indication(of: Transmission(frame: Sample.n21, linkMode: mode))
            #expect((heard != nil) == hears.contains(mode), "\(mode)")
        }
        stick.unplug()
        #expect(!stick.isConfigured)
        #expect(stick.indication(of: Transmission(frame: Sample.n21, linkMode: .t1)) == nil)
    }
}
