import Simulator
import Testing
import Wire

@Suite struct SimulatedRC1180Tests {
    static let exchanges = [
        Exchange("enter", "00", "3E"),
        Exchange("enter twice: the second means nothing", "0000", "3E"),
        Exchange("RSSI", "0053", "3E8E3E"),
        Exchange("read one octet", "005930", "3E053E"),
        Exchange("mode", "00470A", "3E3E"),
        Exchange("leave and enter", "005800", "3E3E"),
        Exchange("a probe is taken for a telegram to transmit", "0D0A560D0A00", ""),
        Exchange("one that is whole is sent", "0311223300", "3E"),
    ]

    @Test(arguments: exchanges)
    func answers(_ exchange: Exchange) {
        var whole = SimulatedRC1180()
        #expect(whole.received(exchange.host) == exchange.stick)
        var cut = SimulatedRC1180()
        #expect(cut.receivedSingly(exchange.host) == exchange.stick)
        #expect(cut.hostCommands == whole.hostCommands)
    }

    @Test func memory() {
        var stick = SimulatedRC1180()
        let answer = stick.received(hex("0030"))
        #expect(answer.count == 1 + 256 + 1)
        #expect(answer.last == 0x3E)
        let memory = Array(answer.dropFirst().dropLast())
        #expect(memory[0x30] == 0x05)
        #expect(String(decoding: memory[0x61..<0x77], as: UTF8.self) == "RC1180-MBUS3,2.00,0.18")
    }

    @Test func longSilenceEndsATelegramToTransmit() {
        var stick = SimulatedRC1180()
        #expect(stick.received(hex("0D0A00")) == [])
        stick.lineWentSilent()
        #expect(stick.received(hex("00")) == hex("3E"))
    }

    @Test func oldModulesKnowFewerCommands() {
        var stick = SimulatedRC1180(options: .init(partNumber: "RC1180-MBUS,1.00"))
        #expect(stick.received(hex("0047")) == hex("3E"))
        #expect(stick.received(hex("58")) == [])
    }

    static let frame = Hex.text(Sample.n21.dropFirst())

    @Test(arguments: [true, false])
    func telegrams(attachesRSSI: Bool) {
        var stick = SimulatedRC1180(options: .init(attachesRSSI: attachesRSSI))
        let expected = hex(attachesRSSI ? "2F \(Self.frame) 8E" : "2E \(Self.frame)")
        #expect(stick.indication(of: Sample.n21) == expected)
        // Deaf in configuration mode.
        _ = stick.received(hex("00"))
        #expect(stick.indication(of: Sample.n21) == nil)
        #expect(!stick.isConfigured)
        _ = stick.received(hex("58"))
        #expect(stick.indication(of: Sample.n21) == expected)
        #expect(stick.isConfigured)
    }

    static let modes: [(code: String, heard: Set<LinkMode>)] = [
        ("00", [.s1]), ("01", [.t1]), ("02", [.t1]), ("03", [.s1]), ("08", [.c1]), ("09", [.c1]),
        ("0A", [.t1, .c1]), ("0B", [.t1, .c1]), ("04", []),
    ]

    @Test(arguments: modes)
    func hearsItsModes(code: String, heard: Set<LinkMode>) {
        var stick = SimulatedRC1180()
        #expect(stick.received(hex("0047\(code)58")) == hex("3E3E"))
        for mode in LinkMode.allCases {
            let message = stick.indication(of: Transmission(frame: Sample.n21, linkMode: mode))
            #expect((message != nil) == heard.contains(mode))
        }
        // The mode of the memory comes back with the power.
        stick.unplug()
        #expect(stick.indication(of: Transmission(frame: Sample.n21, linkMode: .t1)) != nil)
        #expect(!stick.isConfigured)
    }
}
