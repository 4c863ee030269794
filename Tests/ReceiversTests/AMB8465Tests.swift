import Testing
import Wire

@testable import Receivers

@Suite struct AMB8465Tests {
    typealias Message = AMB8465Framer.Message

    /// A stick with these outputs of telegrams (parameters 05 and 45).
    static func stick(
        output: UInt8, rssi: UInt8, others: [Int: UInt8] = [:]
    ) -> ScriptedStick {
        var stick = ScriptedStick.amb8465
        if output == 0 {
            stick.name = "AMB8465, transparent output"
            let behind: [UInt8] = rssi == 0 ? [] : [0x06]
            let length = UInt8(n21.count - 1 + behind.count)
            stick.first = [length] + n21.dropFirst() + behind
            stick.second = [length] + t2.dropFirst() + behind
        }
        stick.answers[1].answer = ScriptedStick.parameters(
            output: output, rssi: rssi, others: others)
        return stick
    }

    static let n21Text = Hex.text(n21.dropFirst())
    static let t2Text = Hex.text(t2.dropFirst())

    // MARK: Framing

    static let messages: [(octets: String, message: Message)] = [
        ("FF8C0302000674", Message(command: 0x8C, payload: [2, 0, 6])),
        ("FF8401017B", Message(command: 0x84, payload: [1])),
        ("FF8B042701BB54B9", Message(command: 0x8B, payload: hex("2701BB54"))),
        ("FF8A0345010133", Message(command: 0x8A, payload: hex("450101"))),
        // Captured from a stick.
        (
            "FF031A44E61EBF0739097911B2710852165CE142F90BEA331E2787060E57",
            Message(
                command: 0x03, payload: hex("44E61EBF0739097911B2710852165CE142F90BEA331E2787060E"))
        ),
    ]

    @Test(arguments: messages)
    func message(octets: String, message: Message) {
        var framer = AMB8465Framer()
        framer.append(hex(octets))
        #expect(framer.next() == .message(message))
        #expect(!framer.isWaiting)
    }

    static let skipped: [(name: String, octets: String, reason: SkipReason)] = [
        ("no start", "00FE", .noStart),
        ("no such command", "FF44", .noStart),
        ("a length no version has", "FF8C04", .noStart),
        ("a telegram too short for its header", "FF0309", .noStart),
        ("XOR wrong", "FF8C0302070074", .badChecksum),
    ]

    @Test(arguments: skipped)
    func takesBackFalseStart(name: String, octets: String, reason: SkipReason) {
        var framer = AMB8465Framer()
        framer.append(hex(octets) + hex("FF8C0302070075"))
        guard case .skipped(_, reason)? = framer.next() else {
            Issue.record("\(name): not skipped as \(reason)")
            return
        }
        var found = framer.next()
        while case .skipped? = found { found = framer.next() }
        #expect(found == .message(Message(command: 0x8C, payload: [2, 7, 0])), "\(name)")
    }

    /// Two settings of its radio tell a Metis-II.
    @Test func relativeIsNamed() throws {
        var dialogue = try Dialogue(
            Self.stick(output: 1, rssi: 1, others: [0x1C: 0x0C, 0x20: 0x64, 0x3D: 0x06]))
        dialogue.open()
        #expect(dialogue.reports.map(\.model) == ["Metis-II"])
    }

    // MARK: Telegrams

    static let telegrams: [(output: UInt8, rssi: UInt8, octets: String, signalStrength: Double?)] =
        [
            (1, 1, "FF032F\(n21Text)060B", -71),
            (1, 1, "FF032F\(n21Text)E0ED", -90),
            (1, 0, "FF032E\(n21Text)0C", nil),
            (0, 1, "2F\(n21Text)06", -71),
            (0, 0, "2E\(n21Text)", nil),
        ]

    @Test(arguments: telegrams)
    func telegram(
        output: UInt8, rssi: UInt8, octets: String, signalStrength: Double?
    ) throws {
        var dialogue = try Dialogue(listening: Self.stick(output: output, rssi: rssi))
        dialogue.hear(hex(octets))
        #expect(
            dialogue.frames == [
                RadioFrame(octets: n21, format: .crcsRemoved, signalStrength: signalStrength)
            ])
    }

    /// The example of two frames in four reads.
    @Test func framesAcrossReads() throws {
        var dialogue = try Dialogue(listening: .amb8465)
        for read in ["FF03", "2F\(Self.n21Text)", "060BFF03", "2F\(Self.t2Text)0643"] {
            dialogue.hear(hex(read))
        }
        #expect(
            dialogue.frames == [
                ScriptedStick.amb8465.firstFrame, ScriptedStick.amb8465.secondFrame,
            ])
    }

    @Test(arguments: [UInt8(0), 1])
    func transparentOutput(rssi: UInt8) throws {
        let stick = Self.stick(output: 0, rssi: rssi)
        let length = rssi == 1 ? "2F" : "2E"
        let strength = rssi == 1 ? "06" : ""
        let first = hex(length + Self.n21Text + strength)
        let second = hex(length + Self.t2Text + strength)

        var dialogue = try Dialogue(stick)
        dialogue.interjection = first
        dialogue.open()
        #expect(dialogue.reports == [stick.report])
        #expect(dialogue.notices == [.outputWithoutChecksum(.amb8465)])
        // Before the parameters are known a telegram without a start cannot be told from noise.
        #expect(dialogue.frames.map(\.octets) == [n21, n21])

        var listening = try Dialogue(listening: stick)
        listening.hear(first + second)
        listening.fallSilent()
        listening.hear(hex("00FF10") + second)
        #expect(listening.frames.map(\.octets) == [n21, t2, t2])
        #expect(listening.failures == [])

        var generator = SeededGenerator(state: 3)
        for round in 0..<100 {
            var cut = try Dialogue(listening: stick)
            for piece in (hex("00FF10") + first + second + hex("2E449B"))
                .pieces(upTo: 1 + round % 60, &generator)
            {
                cut.hear(piece)
            }
            cut.pause()
            #expect(cut.frames.map(\.octets) == [n21, t2])
            #expect(cut.skipped == 6)
        }
    }

    /// A start whose rest was lost, and a whole telegram before the line fell silent.
    @Test func transparentFalseStartHidesNothing() throws {
        var dialogue = try Dialogue(listening: Self.stick(output: 0, rssi: 0))
        dialogue.hear(hex("FF44931578") + hex("2E\(Self.t2Text)"))
        #expect(dialogue.frames == [])
        dialogue.pause()
        #expect(dialogue.frames.map(\.octets) == [t2])
    }

    // MARK: Configuration

    static let configurations: [(modes: Set<LinkMode>?, command: String, hears: Set<LinkMode>)] = [
        (nil, "FF040109F3", [.c1, .t1]),
        ([.c1, .t1], "FF040109F3", [.c1, .t1]),
        ([.t1], "FF040108F2", [.t1]),
        ([.c1], "FF04010EF4", [.c1]),
        ([.s1], "FF040103F9", [.s1]),
    ]

    @Test(arguments: configurations)
    func isSetToTheModes(
        modes: Set<LinkMode>?, command: String, hears: Set<LinkMode>
    ) throws {
        var stick = ScriptedStick.amb8465
        stick.modes = modes
        stick.answers[2].command = hex(command)
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports.map(\.modes) == [hears])
        dialogue.hear(stick.first)
        #expect(dialogue.frames.last?.linkMode == (hears.count == 1 ? hears.first : nil))
    }

    @Test func writesNothingToFlash() throws {
        var dialogue = try Dialogue(Self.stick(output: 0, rssi: 0))
        dialogue.open()
        #expect(
            dialogue.written == [
                hex("FF0C00F3"), hex("FF0A02008077"), hex("FF040109F3"), hex("FF0B00F4"),
            ])
    }

    static let notices: [(address: Int, value: UInt8, notice: StickNotice)] = [
        (0x0B, 1, .decryptsItself(.amb8465)), (0x3F, 1, .sleeps(.amb8465)),
        (0x30, 0, .handlesAddressItself(.amb8465)),
    ]

    @Test(arguments: notices)
    func tellsOfOddParameters(address: Int, value: UInt8, notice: StickNotice) throws {
        var dialogue = try Dialogue(Self.stick(output: 1, rssi: 1, others: [address: value]))
        dialogue.open()
        #expect(dialogue.notices == [notice])
    }

    @Test func refusedModeIsReported() throws {
        var stick = ScriptedStick.amb8465
        stick.answers[2].answer = hex("FF8401017B")
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .refusedMode(.amb8465, port: "/dev/stick", modes: [.t1, .c1], status: 1)
            ])
    }

    @Test func stickFor169MHzIsRefused() throws {
        var stick = ScriptedStick.amb8465
        stick.answers[1].answer =
            Message(command: 0x8A, payload: [0x00, 0x80] + [UInt8](repeating: 0, count: 0x80))
            .request
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .wrongBand(.amb8465, port: "/dev/stick", found: "a stick for 169 MHz")
            ])
    }

    @Test func worksWithoutSerialNumber() throws {
        var stick = ScriptedStick.amb8465
        stick.answers.remove(at: 3)
        stick.report.serial = nil
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports == [stick.report])
    }
}
