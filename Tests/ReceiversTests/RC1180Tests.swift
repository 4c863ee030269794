import Testing
import Wire

@testable import Receivers

@Suite struct RC1180Tests {
    static func stick(
        _ partNumber: String = "RC1180-MBUS3,2.00,0.18", others: [Int: UInt8] = [:],
        modes: Set<LinkMode>? = nil
    ) -> ScriptedStick {
        var stick = ScriptedStick.rc1180
        stick.modes = modes
        stick.answers[1].answer =
            ScriptedStick.memory(partNumber: partNumber, others: others) + hex("3E")
        return stick
    }

    private func outcome(_ stick: ScriptedStick) throws -> Dialogue {
        var dialogue = try Dialogue(stick)
        dialogue.open()
        return dialogue
    }

    @Test(arguments: [UInt8(0), 1])
    func signalStrengthIsThereOrNot(rssiMode: UInt8) throws {
        var dialogue = try Dialogue(Self.stick(others: [0x05: rssiMode]))
        dialogue.open()
        let length = rssiMode == 1 ? "2F" : "2E"
        dialogue.hear(hex(length) + n21.dropFirst() + (rssiMode == 1 ? hex("8E") : []))
        #expect(
            dialogue.frames == [
                RadioFrame(
                    octets: n21, format: .crcsRemoved, signalStrength: rssiMode == 1 ? -71 : nil)
            ])
    }

    /// The codes of an MBUS3; an old module keeps its own.
    static let modes: [(modes: Set<LinkMode>?, command: String)] = [
        (nil, "470A"), ([.c1, .t1], "470A"), ([.t1], "4701"), ([.c1], "4709"), ([.s1], "4703"),
    ]

    @Test(arguments: modes)
    func modeIsSet(modes: Set<LinkMode>?, command: String) throws {
        var stick = Self.stick(modes: modes)
        stick.answers[2].command = hex(command)
        let dialogue = try outcome(stick)
        #expect(dialogue.reports.map(\.modes) == [modes ?? [.c1, .t1]])
        #expect(dialogue.written == [hex("00"), hex("30"), hex(command), hex("58")])
    }

    @Test(arguments: [(UInt8(0), LinkMode.s1), (1, .t1)])
    func oldModuleKeepsItsMode(code: UInt8, mode: LinkMode) throws {
        let old = try outcome(Self.stick("RC1180-MBUS,1.00", others: [0x03: code]))
        #expect(old.reports.map(\.modes) == [[mode]])
        #expect(old.written == [hex("00"), hex("30"), hex("58")])

        let other = try outcome(
            Self.stick("RC1180-MBUS,1.00", others: [0x03: code], modes: [.c1]))
        #expect(
            other.failures == [
                .refusedMode(.rc1180, port: "/dev/stick", modes: [.c1], status: code)
            ])
        #expect(other.written.last == hex("58"))
    }

    static let refusals: [(stick: ScriptedStick, error: StickError)] = [
        (
            stick("RC1180-MPC1,2.00,0.18"),
            .noReceiver(.rc1180, port: "/dev/stick", found: "RC1180-MPC1")
        ),
        (
            stick(others: [0x36: 0x0C]),
            .unusableSetting(
                .rc1180, port: "/dev/stick", parameter: 0x36, value: 0x0C, needed: 0)
        ),
    ]

    /// Whichever way it ends, `X` is the last that is said.
    @Test(arguments: refusals)
    func isRefusedByName(stick: ScriptedStick, error: StickError) throws {
        let dialogue = try outcome(stick)
        #expect(dialogue.failures == [error])
        #expect(dialogue.reports == [])
        #expect(dialogue.written.last == hex("58"))
    }

    @Test(arguments: 0..<3)
    func neverStaysInConfigurationMode(answers: Int) throws {
        var stick = ScriptedStick.rc1180
        stick.answers.removeSubrange(answers...)
        let dialogue = try outcome(stick)
        #expect(dialogue.failures.count == 1)
        #expect(dialogue.written.last == hex("58"))
        #expect(dialogue.conversation.farewell == [])
    }

    /// Closed at any moment in between, it says `X` first.
    @Test func farewellEndsConfigurationMode() throws {
        var conversation = try Self.stick().conversation()
        #expect(conversation.farewell == [])
        _ = conversation.opened()
        #expect(conversation.farewell == hex("58"))
        _ = conversation.received(hex("3E"))
        _ = conversation.stalled()
        #expect(conversation.farewell == hex("58"))
        _ = conversation.received(ScriptedStick.memory() + hex("3E"))
        #expect(conversation.farewell == hex("58"))
        _ = conversation.received(hex("3E"))
        _ = conversation.stalled()
        #expect(conversation.farewell == [])
    }

    /// A program that died left it in configuration mode, where `00` means nothing.
    @Test func isFetchedOutOfConfigurationMode() throws {
        var conversation = try Self.stick().conversation()
        #expect(conversation.opened().first == .write(hex("00")))
        #expect(conversation.timedOut().first == .write(hex("58")))
        #expect(conversation.timedOut().first == .write(hex("00")))
        _ = conversation.received(hex("3E"))
        #expect(conversation.stalled().first == .write(hex("30")))
    }

    @Test func noticesTellWhatHinders() throws {
        let dialogue = try outcome(Self.stick(others: [0x04: 1, 0x3D: 0]))
        #expect(dialogue.notices == [.sleeps(.rc1180), .hearsTaughtMetersOnly(.rc1180)])
        #expect(
            StickNotice.sleeps(.rc1180).description.contains("parameter 04"))
    }

    /// A cut telegram is given up when the line falls silent; the next one is found.
    @Test func cutTelegramHidesNothing() throws {
        let listening = try Dialogue(listening: .rc1180)
        for length in 1..<ScriptedStick.rc1180.first.count {
            var dialogue = listening
            dialogue.hear(Array(ScriptedStick.rc1180.first.prefix(length)))
            dialogue.pause()
            dialogue.hear(ScriptedStick.rc1180.second)
            #expect(dialogue.frames == [ScriptedStick.rc1180.secondFrame], "cut to \(length)")
        }
    }

    /// A telegram of 62 octets begins like a prompt.
    @Test func telegramThatBeginsLikeAPrompt() {
        var framer = RC1180Framer()
        framer.expected = .prompt
        let telegram = hex("3E") + n21.dropFirst() + [UInt8](repeating: 0, count: 16)
        framer.append(telegram + hex("3E"))
        #expect(framer.next() == .message(.telegram(Array(telegram.dropFirst()))))
        #expect(framer.next() == nil)
        #expect(framer.flush() == .message(.prompt))
    }
}
