import Glibc
import TestSupport
import Testing
import Wire

@testable import Receivers

/// The shell on real pseudo terminals: one after another, as descriptors are counted.
@Suite(.serialized) final class ReceiverTests {
    let loop = EventLoop()
    let directory = TemporaryDirectory()
    var timing = ReceiverTiming()
    var events: [ReceiverEvent] = []

    init() {
        timing.quiet = .milliseconds(20)
        timing.drainingLimit = .milliseconds(200)
        timing.betweenProbes = .milliseconds(20)
        timing.settling = .milliseconds(5)
        timing.restart = .milliseconds(50)
        timing.firstPause = .milliseconds(50)
        timing.longestPause = .milliseconds(200)
        timing.patience = 0.25
    }

    var path: String { "\(directory.path)/stick" }

    func plugIn(_ script: ScriptedStick) -> PlayedStick {
        let stick = PlayedStick(script, at: path, on: loop)
        stick.plugIn()
        return stick
    }

    func receiver(
        _ kind: StickKind?, port: String?, modes: Set<LinkMode>? = nil
    ) -> Receiver {
        let settings = ReceiverSettings(name: "attic", kind: kind, port: port, modes: modes)
        return Receiver(
            settings: settings, loop: loop, ports: directory.ports, timing: timing
        ) { [unowned self] in events.append($0) }
    }

    /// Turns the loop until `isTrue`; false if that takes longer than `limit`.
    func turn(_ limit: Duration = patience, until isTrue: () -> Bool) -> Bool {
        let deadline = loop.now + limit
        while !isTrue() {
            guard loop.now < deadline else { return false }
            loop.turn(atMost: .milliseconds(50))
        }
        return true
    }

    var identities: [StickIdentity] {
        events.compactMap { if case .listening(let identity) = $0 { identity } else { nil } }
    }
    var frames: [RadioFrame] {
        events.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
    }
    /// Why a stick was waited for, each reason once.
    var reasons: [StickError] {
        events.reduce(into: []) {
            if case .waiting(let error, _) = $1, !$0.contains(error) { $0.append(error) }
        }
    }
    var losses: [StickError] {
        events.compactMap { if case .lost(let error) = $0 { error } else { nil } }
    }

    func identity(_ stick: ScriptedStick, port: String) -> StickIdentity {
        StickIdentity(
            kind: stick.kind, serial: stick.report.serial, firmware: stick.report.firmware,
            model: stick.report.model, port: port, modes: stick.report.modes)
    }

    // MARK: Listening

    @Test(arguments: ScriptedStick.all, [true, false])
    func listensAndDelivers(script: ScriptedStick, isNamed: Bool) {
        let stick = plugIn(script)
        let receiver = receiver(isNamed ? script.kind : nil, port: path)
        receiver.start()
        #expect(turn { !identities.isEmpty })
        #expect(identities == [identity(script, port: path)])
        stick.say(script.first + script.damaged + script.second)
        #expect(turn { frames.count == 2 })
        #expect(frames == [script.firstFrame, script.secondFrame])
        #expect(reasons == [])
        receiver.stop()
    }

    @Test func identifiesAStickThatStreams() {
        var script = ScriptedStick.im871a
        script.answers = script.answers.map { ($0.command, script.first + $0.answer) }
        let stick = plugIn(script)
        stick.say(script.first + Array(script.second.prefix(20)))
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(turn { !identities.isEmpty })
        #expect(frames == Array(repeating: script.firstFrame, count: frames.count))
        #expect(frames.count >= 3)
        receiver.stop()
    }

    /// A message that began and stalled hides nothing for long.
    @Test func truncatedFrameIsGivenUp() {
        let stick = plugIn(.im871a)
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(turn { !identities.isEmpty })
        stick.say(Array(ScriptedStick.im871a.first.prefix(20)))
        stick.say(ScriptedStick.im871a.second)
        #expect(turn { !frames.isEmpty })
        #expect(frames == [ScriptedStick.im871a.secondFrame])
        receiver.stop()
    }

    @Test func isFoundBySysfs() {
        directory.addUSB("ttyUSB0", vendor: "10c4", product: "87ed")
        directory.addUSB("ttyUSB1", vendor: "0403", product: "6001", name: "AMB8465 AMBER")
        directory.makeDirectory("dev")
        let path = "\(directory.path)/dev/ttyUSB1"
        let stick = PlayedStick(.amb8465, at: path, on: loop)
        stick.plugIn()
        let receiver = receiver(nil, port: nil)
        receiver.start()
        #expect(turn { !identities.isEmpty })
        #expect(identities == [identity(.amb8465, port: path)])
        receiver.stop()
    }

    @Test func twoReceiversTakeTwoSticks() {
        directory.addUSB("ttyUSB0", vendor: "10c4", product: "87ed")
        directory.addUSB("ttyUSB1", vendor: "10c4", product: "87ed")
        directory.makeDirectory("dev")
        let sticks = ["ttyUSB0", "ttyUSB1"].map {
            PlayedStick(.im871a, at: "\(directory.path)/dev/\($0)", on: loop)
        }
        for stick in sticks { stick.plugIn() }
        let receivers = [receiver(nil, port: nil), receiver(.im871a, port: nil)]
        for receiver in receivers { receiver.start() }
        #expect(turn { identities.count == 2 })
        #expect(Set(identities.map(\.port)).count == 2)
        for receiver in receivers { receiver.stop() }
    }

    // MARK: Lost and found

    @Test(arguments: ScriptedStick.all)
    func isTakenAgainWhenPluggedInAgain(script: ScriptedStick) {
        let stick = plugIn(script)
        let receiver = receiver(script.kind, port: path)
        receiver.start()
        #expect(turn { identities.count == 1 })
        let before = terminals()
        for count in 2...21 {
            stick.unplug()
            #expect(turn { losses.count == count - 1 })
            stick.plugIn()
            #expect(turn { identities.count == count })
        }
        #expect(Set(losses.map(\.description)).count == 1)
        #expect(losses.first == .unplugged(port: path))
        // Others open terminals beside this test, but fewer than one each time.
        #expect(terminals() < before + 15)
        // It forgot its settings, so it was given them.
        for (command, _) in script.answers.prefix(2) {
            #expect(stick.heard.contains(command))
        }
        stick.say(script.first)
        #expect(turn { !frames.isEmpty })
        receiver.stop()
        stick.unplug()
    }

    @Test func absentPortIsWaitedFor() {
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(reasons == [.absent(port: path)])
        _ = turn(until: { [start = loop.now] in loop.now > start + .milliseconds(100) })
        #expect(events.count == 1)
        let stick = plugIn(.im871a)
        #expect(turn { !identities.isEmpty })
        receiver.stop()
        stick.unplug()
    }

    @Test func stickIsWaitedForWithoutAnyPort() {
        let receiver = receiver(nil, port: nil)
        receiver.start()
        #expect(reasons == [.notFound(nil)])
        receiver.stop()
    }

    // MARK: What goes wrong

    @Test func anotherStickIsNamed() {
        let stick = plugIn(.im871a)
        stick.chatter = ScriptedStick.im871a.first
        let receiver = receiver(.amb8465, port: path)
        receiver.start()
        #expect(turn { !reasons.isEmpty })
        #expect(
            reasons == [.wrongStick(expected: .amb8465, found: .im871a, port: path)])
        receiver.stop()
    }

    /// One that says nothing unasked, and is not configured.
    @Test func anotherQuietStickIsNamed() {
        let stick = plugIn(.cul)
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(turn { reasons.count == 2 })
        #expect(
            reasons == [
                .noAnswer(.im871a, port: path, attempts: 3),
                .wrongStick(expected: .im871a, found: .cul, port: path),
            ])
        #expect(!stick.heard.contains(line("brc")))
        receiver.stop()
    }

    @Test func silentStickIsTriedAgain() {
        var deaf = ScriptedStick.im871a
        deaf.answers = []
        let stick = plugIn(deaf)
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(turn { !reasons.isEmpty })
        #expect(reasons == [.noAnswer(.im871a, port: path, attempts: 3)])
        stick.script = .im871a
        #expect(turn { !identities.isEmpty })
        receiver.stop()
    }

    @Test func anotherBaudRateIsFound() {
        let stick = plugIn(.amb8465)
        stick.baudRate = speed_t(B115200)
        let receiver = receiver(.amb8465, port: path)
        receiver.start()
        #expect(turn { !identities.isEmpty })
        #expect(reasons.first == .noAnswer(.amb8465, port: path, attempts: 3))
        let notices = events.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
        #expect(notices == [.unusualBaudRate(.amb8465, rate: 115_200, usual: 9600)])
        receiver.stop()
    }

    @Test func portInUseIsBusy() {
        let stick = plugIn(.im871a)
        let first = receiver(.im871a, port: path)
        first.start()
        #expect(turn { !identities.isEmpty })
        let second = receiver(.im871a, port: path)
        second.start()
        #expect(turn { !reasons.isEmpty })
        #expect(reasons == [.busy(port: path)])
        first.stop()
        #expect(turn { identities.count == 2 })
        second.stop()
        stick.unplug()
    }

    @Test(.enabled(if: geteuid() != 0, "root may open everything"))
    func withoutPermission() {
        let stick = plugIn(.im871a)
        stick.setPermissions(0)
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(turn { !reasons.isEmpty })
        guard case .notPermitted(path, _, "00")? = reasons.first else {
            Issue.record("waited for \(reasons)")
            return
        }
        stick.setPermissions(0o600)
        #expect(turn { !identities.isEmpty })
        receiver.stop()
    }

    @Test(arguments: ["file", "directory"])
    func otherFilesAreNoPorts(name: String) {
        directory.write("text", to: "file")
        directory.makeDirectory("directory")
        let path = "\(directory.path)/\(name)"
        let receiver = receiver(nil, port: path)
        receiver.start()
        #expect(turn { !reasons.isEmpty })
        #expect(reasons == [.notSerialPort(port: path)])
        receiver.stop()
    }

    @Test func impossibleModesAreRefusedAtOnce() {
        let receiver = receiver(.im871a, port: "/nowhere", modes: [.s1, .t1])
        receiver.start()
        guard
            case .failed(.impossibleModes([.s1, .t1], stick: .im871a, possible: _))? =
                events.first
        else {
            Issue.record("told \(events)")
            return
        }
        #expect(events.count == 1)
    }

    @Test func nothingComesBehindStop() {
        let stick = plugIn(.im871a)
        let receiver = receiver(.im871a, port: path)
        receiver.start()
        #expect(turn { !identities.isEmpty })
        stick.say(ScriptedStick.im871a.first)
        receiver.stop()
        let count = events.count
        stick.unplug()
        loop.turn(atMost: .milliseconds(50))
        loop.turn(atMost: .milliseconds(50))
        #expect(events.count == count)
    }

    /// How many descriptors of this process are pseudo terminals.
    private func terminals() -> Int {
        (0..<1024).count { descriptor in
            var name = [CChar](repeating: 0, count: 64)
            let count = readlink("/proc/self/fd/\(descriptor)", &name, name.count - 1)
            let target = String(decoding: name.prefix(max(count, 0)).map(UInt8.init), as: UTF8.self)
            return target.hasPrefix("/dev/pts/") || target.hasPrefix("/dev/ptmx")
        }
    }
}
