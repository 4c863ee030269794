import Simulator
import Testing
import Wire

@Suite struct SimulatedIU891ATests {
    static let exchanges = [
        Exchange("ping", "C001011607C0", "C0010200A0AFC0"),
        Exchange(
            "device information", "C001030424C0", "C00104006E7D3FB9006955383931412D584C0000E427C0"),
        Exchange(
            "firmware", "C001053241C0",
            "C00106000001AA0031342E31312E32303234574D42757347617465776179C662C0"),
        Exchange("address", "C00981DE4DC0", "C009820025B300101517010001CCC0"),
        Exchange(
            "active configuration: off, with the filter", "C00901D6C9C0",
            "C009020000010000000000000000009E1FC0"),
        Exchange("set C and T", "C0090303020000000000000000003DC6C0", "C0090400B23DC0"),
        Exchange("restart", "C001072062C0", "C0010800D052C0"),
        Exchange("wrong CRC", "C001011608C0", ""),
        Exchange("a wrong escape", "C0DB01011607C0", ""),
        Exchange("nothing", "C0C0C0C0C0C0", ""),
        Exchange("behind a wake-up", "C0C0C0C0C001011607C0", "C0010200A0AFC0"),
        Exchange(
            "behind other sticks' probes", "FF0A02008077 0D0A560D0A A5810F003413 C001011607C0",
            "C0010200A0AFC0"),
        Exchange("two at once", "C001011607C0C001011607C0", "C0010200A0AFC0C0010200A0AFC0"),
    ]

    @Test(arguments: exchanges)
    func answers(_ exchange: Exchange) {
        var whole = SimulatedIU891A()
        #expect(whole.received(exchange.host) == exchange.stick)
        var cut = SimulatedIU891A()
        #expect(cut.receivedSingly(exchange.host) == exchange.stick)
        #expect(cut.hostCommands == whole.hostCommands)
    }

    static let frame = Hex.text(Sample.n21)

    @Test func telegrams() {
        var stick = SimulatedIU891A()
        #expect(stick.indication(of: Sample.n21) == nil)
        _ = stick.received(hex("C0090303020000000000000000003DC6C0"))
        #expect(stick.isConfigured)
        #expect(
            stick.indication(of: Sample.n21)
                == hex("C009209F436D38020502B9 \(Self.frame) 7B7CC0"))
        // An RSSI of -64 is C0, which is escaped.
        let escaped = stick.indication(of: Sample.n21, signalStrength: -64) ?? []
        #expect(escaped.dropFirst().dropLast().count { $0 == 0xC0 } == 0)
        #expect(escaped.dropFirst(10).prefix(2) == hex("DBDC")[...])
    }

    static let modes: [(code: String, heard: Set<LinkMode>)] = [
        ("C0090301020000000000000000001F6DC0", [.s1]),
        ("C009030202000000000000000000AC93C0", [.t1]),
        ("C0090303020000000000000000003DC6C0", [.t1, .c1]),
        ("C0090305020000000000000000004A33C0", [.c1]),
        ("C0090300020000000000000000008E38C0", []),
    ]

    @Test(arguments: modes)
    func hearsItsModes(code: String, heard: Set<LinkMode>) {
        var stick = SimulatedIU891A()
        #expect(stick.received(hex(code)) == hex("C0090400B23DC0"))
        for mode in LinkMode.allCases {
            let message = stick.indication(of: Transmission(frame: Sample.n21, linkMode: mode))
            #expect((message != nil) == heard.contains(mode))
        }
        stick.unplug()
        #expect(!stick.isConfigured)
        #expect(stick.indication(of: Sample.n21) == nil)
        stick.listenAsLeftByHost()
        #expect(stick.indication(of: Sample.n21) != nil)
    }
}
