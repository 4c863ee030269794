import Testing
import Wire

@testable import Receivers

@Suite struct IM871ATests {
    typealias Message = IM871AFramer.Message

    // MARK: Framing

    static let messages: [(octets: String, message: Message)] = [
        ("A58102004CA3", Message(endpoint: 1, number: 2)),
        ("A5010F00", Message(endpoint: 1, number: 15, isChecked: false)),
        (
            "A5811008330013167D3FB9005E33",
            Message(endpoint: 1, number: 16, payload: hex("330013167D3FB900"))
        ),
        // Captured from a stick: time stamps of 0; the RSSI of the second is A5, as a start is.
        (
            "A5E2034944B4095641071505077AA21806101DAE1CA92C3B0F1F0E182A30030000003255120603197F96980"
                + "000000000000000000000000000000000000000000000000000000000007F96980100000000ABB62C",
            Message(
                endpoint: 2, number: 3,
                payload: hex(
                    "44B4095641071505077AA21806101DAE1CA92C3B0F1F0E182A30030000003255120603197F969800"
                        + "00000000000000000000000000000000000000000000000000000000007F969801"),
                rssi: 0xAB)
        ),
        (
            "A5E2031E44AE4C8730702068077A1F001005EF666A497CBAD4564A80CA41D7F4144100000000A553E8",
            Message(
                endpoint: 2, number: 3,
                payload: hex("44AE4C8730702068077A1F001005EF666A497CBAD4564A80CA41D7F41441"),
                rssi: 0xA5)
        ),
    ]

    @Test(arguments: messages)
    func message(octets: String, message: Message) {
        var framer = IM871AFramer()
        framer.append(hex(octets))
        #expect(framer.next() == .message(message))
        #expect(framer.next() == nil)
        #expect(!framer.isWaiting)
    }

    static let skipped: [(name: String, octets: String, reason: SkipReason)] = [
        ("no start", "00FF", .noStart),
        ("reserved bit set", "A591", .noStart),
        ("no such endpoint", "A585", .noStart),
        ("no such message of endpoint 1", "A58128", .noStart),
        ("no such message of endpoint 2", "A58206", .noStart),
        ("an endpoint we never ask, without a CRC", "A50301", .noStart),
        ("CRC wrong", "A58102004CA2", .badChecksum),
    ]

    @Test(arguments: skipped)
    func takesBackFalseStart(name: String, octets: String, reason: SkipReason) {
        var framer = IM871AFramer()
        framer.append(hex(octets) + hex("A58102004CA3"))
        guard case .skipped(_, reason)? = framer.next() else {
            Issue.record("\(name): not skipped as \(reason)")
            return
        }
        var found = framer.next()
        while case .skipped? = found { found = framer.next() }
        #expect(found == .message(Message(endpoint: 1, number: 2)), "\(name)")
    }

    @Test func requestsAreThoseOfTheSpecification() {
        #expect(Message(endpoint: 1, number: 15).request == hex("A5810F003413"))
        #expect(Message(endpoint: 1, number: 5).request == hex("A581050044EE"))
    }

    // MARK: Telegrams

    static let telegrams: [(name: String, octets: String, signalStrength: Double?)] = [
        ("RSSI and CRC", "A5C2032E\(n21Text)6721D4", -71),
        ("time stamp, RSSI and CRC", "A5E2032E\(n21Text)1000005C6713B0", -71),
        ("nothing attached", "A502032E\(n21Text)", nil),
    ]
    static let n21Text = Hex.text(n21.dropFirst())

    @Test(arguments: telegrams)
    func telegram(name: String, octets: String, signalStrength: Double?) throws {
        var dialogue = try Dialogue(listening: .im871a)
        dialogue.hear(hex(octets))
        #expect(
            dialogue.frames == [
                RadioFrame(octets: n21, format: .crcsRemoved, signalStrength: signalStrength)
            ], "\(name)")
    }

    /// The example of two frames in five reads.
    @Test func framesAcrossReads() throws {
        var dialogue = try Dialogue(listening: .im871a)
        for read in [
            "A5C203", "2E\(Self.n21Text)6721D4A5", "C2032E",
            "44333003020100071B7A634820252F2F02658408426583",
            "08820165950802FB1AAE0142FB1AAE018201FB1AA9012FA5E365",
        ] {
            dialogue.hear(hex(read))
        }
        #expect(
            dialogue.frames == [ScriptedStick.im871a.firstFrame, ScriptedStick.im871a.secondFrame])
    }

    @Test(arguments: [(45, -100), (60, -92.5), (103, -71), (171, -37), (205, -20), (255, 0)])
    func signalStrength(raw: UInt8, dBm: Double) {
        #expect(IM871ASession.dBm(raw) == dBm)
    }

    @Test func shortTelegramIsSkipped() throws {
        var dialogue = try Dialogue(listening: .im871a)
        dialogue.hear(ScriptedStick.message(2, 3, "449315785634123303"))
        #expect(dialogue.frames == [])
        #expect(dialogue.skipped == 9)
    }

    // MARK: Configuration

    static let configurations:
        [(modes: Set<LinkMode>?, firmware: String, code: String, hears: Set<LinkMode>)] = [
            (nil, "15", "0A", [.c1, .t1]),
            (nil, "14", "0A", [.c1, .t1]),
            (nil, "13", "03", [.t1]),
            ([.t1], "13", "03", [.t1]),
            ([.c1], "13", "07", [.c1]),
            // The combined mode hears C1 for certain, and T1 with it.
            ([.c1], "14", "0A", [.c1, .t1]),
            ([.s1], "15", "00", [.s1]),
            ([.c1, .t1], "15", "0A", [.c1, .t1]),
        ]

    @Test(arguments: configurations)
    func isSetToTheModes(
        modes: Set<LinkMode>?, firmware: String, code: String, hears: Set<LinkMode>
    ) throws {
        var stick = ScriptedStick.im871a
        stick.modes = modes
        stick.answers = [
            (hex("A5810F003413"), ScriptedStick.message(1, 16, "3300\(firmware)167D3FB900")),
            (ScriptedStick.message(1, 3, "000300\(code)38000100"), hex("A58104009CF7")),
            (hex("A581050044EE"), ScriptedStick.message(1, 6, "0300\(code)00")),
        ]
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports.map(\.modes) == [hears])
        let notices: [StickNotice] =
            modes == nil && firmware == "13" ? [.hearsOnlyT1(.im871a, firmware: "13")] : []
        #expect(dialogue.notices == notices)

        dialogue.hear(stick.first)
        #expect(dialogue.frames.last?.linkMode == (hears.count == 1 ? hears.first : nil))
    }

    @Test func firmware13CannotHearBoth() throws {
        var stick = ScriptedStick.im871a
        stick.modes = [.t1, .c1]
        stick.answers[0].answer = ScriptedStick.message(1, 16, "330013167D3FB900")
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .firmwareTooOld(.im871a, firmware: "13", needed: "14", modes: [.t1, .c1])
            ])
    }

    @Test func otherModulesAreRefused() throws {
        var stick = ScriptedStick.im871a
        stick.answers[0].answer = ScriptedStick.message(1, 16, "360013167D3FB900")
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .wrongBand(.im871a, port: "/dev/stick", found: "an iM170A for 169 MHz")
            ])
        stick.answers[0].answer = ScriptedStick.message(1, 16, "6E0013167D3FB900")
        dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [.unknownModule(.im871a, port: "/dev/stick", type: 0x6E)])
    }

    @Test func anotherModeReadBackIsRefused() throws {
        var stick = ScriptedStick.im871a
        stick.answers[2].answer = ScriptedStick.message(1, 6, "0300030000")
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .refusedMode(.im871a, port: "/dev/stick", modes: [.t1, .c1], status: 3)
            ])
    }

    @Test func worksWithoutReadingBack() throws {
        var stick = ScriptedStick.im871a
        stick.answers.remove(at: 2)
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports == [stick.report])
    }

    /// A stick that answers without CRC, as the format allows.
    @Test func worksWithoutChecksums() throws {
        var stick = ScriptedStick.im871a
        stick.answers = [
            (hex("A5810F003413"), hex("A5011008330015177D3FB900")),
            (hex("A58103080003000A38000100C997"), hex("A5010400")),
            (hex("A581050044EE"), hex("A50106050300 0A0000")),
        ]
        var dialogue = try Dialogue(listening: stick)
        dialogue.hear(hex("A542032E\(Self.n21Text)67") + hex("A502032E\(Self.n21Text)"))
        #expect(dialogue.frames.map(\.octets) == [n21, n21])
        #expect(dialogue.frames.map(\.signalStrength) == [-71, nil])
    }
}
