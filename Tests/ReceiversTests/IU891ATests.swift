import Testing
import Wire

@testable import Receivers

@Suite struct IU891ATests {
    typealias Message = IU891AFramer.Message

    static func message(_ endpoint: UInt8, _ number: UInt8, _ payload: String) -> Message {
        Message(endpoint: endpoint, number: number, payload: hex(payload))
    }

    /// Telegrams as captured from a stick: T; C with format A, an escaped C0 in it; C with B.
    static let captures: [(octets: String, linkMode: LinkMode, signalStrength: Double)] = [
        (
            "C009209F436D38000002E71844AE4C4455223368077A55000000041389E20100023B0000AF59C0",
            .t1, -25
        ),
        (
            "C00920D1F8D666020505B45E44EE4D812314290C1A7AD4005025F6F6A563B47341C4F7F40E9BB6765841"
                + "F91CFC5AB3020512024D68702A63903A4952F92203BF6FB7B841E0EB70B245B6DBDC18A3B1C240E1"
                + "1D287168D9623F19B3F9335F20132F1E9918FBFFF55BD3CC2DB915C0",
            .c1, -76
        ),
        (
            "C009203B6F7138028015A122442D2C599158681D168D207660E84524CA9A9C7FD4CAE4BD1924C23273F1"
                + "2394738822F3C0",
            .c1, -95
        ),
    ]

    @Test(arguments: captures)
    func telegram(octets: String, linkMode: LinkMode, signalStrength: Double) throws {
        var dialogue = try Dialogue(listening: .iu891a)
        dialogue.hear(hex(octets))
        let frame = try #require(dialogue.frames.first)
        #expect(dialogue.frames.count == 1)
        #expect(frame.octets.first.map(Int.init) == frame.octets.count - 1)
        #expect(frame.linkMode == linkMode)
        #expect(frame.signalStrength == signalStrength)
        #expect(frame.format == .crcsRemoved)
    }

    static let skipped: [(name: String, octets: String, reason: SkipReason)] = [
        ("a wrong escape", "C009DB00C0", .malformed),
        ("an escape cut off", "C00920DBC0", .malformed),
        ("too short", "C0012062C0", .badLength),
        ("CRC wrong", "C0010200A0AEC0", .badChecksum),
        ("far too long", "C0" + String(repeating: "11", count: 600) + "C0", .badLength),
    ]

    @Test(arguments: skipped)
    func isPassedOver(name: String, octets: String, reason: SkipReason) {
        var framer = IU891AFramer()
        framer.append(hex(octets) + hex("C0010200A0AFC0"))
        guard case .skipped(_, reason)? = framer.next() else {
            Issue.record("\(name): not skipped as \(reason)")
            return
        }
        #expect(framer.next() == .message(Self.message(1, 2, "00")))
        #expect(!framer.isWaiting)
    }

    /// What never ends takes no memory.
    @Test func endlessMessageIsGivenUp() {
        var framer = IU891AFramer()
        for _ in 0..<1000 {
            framer.append([UInt8](repeating: 0x11, count: 100))
            while framer.next() != nil {}
        }
        _ = framer.flush()
        #expect(!framer.isWaiting)
    }

    // MARK: Configuration

    /// Only the link mode and two option bits are changed.
    static let changes: [(modes: Set<LinkMode>?, before: String, after: String)] = [
        (nil, "0001000000000000000000", "0302000000000000000000"),
        ([.t1], "05090311223344AABBCCDD", "020A0311223344AABBCCDD"),
        ([.s1], "0302000000000000000000", "0102000000000000000000"),
        ([.c1], "0000000000000000000000", "0502000000000000000000"),
    ]

    @Test(arguments: changes)
    func configurationIsReadChangedAndWritten(
        modes: Set<LinkMode>?, before: String, after: String
    ) throws {
        var session = IU891ASession(StickSetup(port: "/dev/stick", modes: modes))
        _ = session.opened()
        _ = session.received(Self.message(1, 4, "006E00000000"))
        _ = session.received(Self.message(1, 6, "0000010100"))
        #expect(
            session.received(Self.message(9, 0x82, "0025B3001015170100")).first
                == .write(Self.message(9, 1, "").request))
        #expect(
            session.received(Self.message(9, 2, "00" + before)).first
                == .write(Self.message(9, 3, after).request))
        _ = session.received(Self.message(9, 4, "00"))
        #expect(
            session.received(Self.message(9, 2, "00" + after)) == [
                .waitNoMore,
                .ready(
                    StickReport(
                        serial: "00101517", firmware: "1.0", model: "iU891A-XL",
                        modes: modes ?? [.c1, .t1])),
            ])
    }

    @Test(arguments: ["0001", "0003", "0009"])
    func refusedConfigurationIsTold(status: String) throws {
        var stick = ScriptedStick.iu891a
        stick.answers[4].answer = ScriptedStick.gatewayMessage(4, String(status.suffix(2)))
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .refusedMode(
                    .iu891a, port: "/dev/stick", modes: [.c1, .t1], status: hex(status)[1])
            ])
    }

    @Test func configurationThatDidNotTakeIsTold() throws {
        var stick = ScriptedStick.iu891a
        stick.answers[3].answer = ScriptedStick.gatewayMessage(2, "000001000000000000000000")
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [
                .refusedMode(.iu891a, port: "/dev/stick", modes: [.c1, .t1], status: 0)
            ])
    }

    @Test func anotherModuleIsRefused() throws {
        var stick = ScriptedStick.iu891a
        stick.answers[0].answer = Self.message(1, 4, "009000000000").request
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(
            dialogue.failures == [.unknownModule(.iu891a, port: "/dev/stick", type: 0x90)])
    }

    /// Its number and firmware are for people alone.
    @Test func listensWithoutNumberAndFirmware() throws {
        var stick = ScriptedStick.iu891a
        stick.answers.removeSubrange(1...2)
        var dialogue = try Dialogue(stick)
        dialogue.open()
        #expect(dialogue.reports == [StickReport(model: "iU891A-XL", modes: [.c1, .t1])])
    }

    @Test func scanModeIsEndedOnce() throws {
        var dialogue = try Dialogue(listening: .iu891a)
        for _ in 0..<3 { dialogue.hear(ScriptedStick.gatewayMessage(0x24, "0011")) }
        #expect(dialogue.frames == [])
        #expect(dialogue.written == [ScriptedStick.gatewayMessage(0x21, "00")])
        #expect(dialogue.skipped == 6)
    }
}
