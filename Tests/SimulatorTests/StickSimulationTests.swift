import Glibc
import Simulator
import TestSupport
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct StickSimulationTests {
    let directory = TemporaryDirectory()
    var link: String { directory.file("stick") }

    static let frames = (0..<40).map { index in
        index.isMultiple(of: 3) ? Sample.n21 : Sample.frame(of: 11 + index * 4)
    }

    private func simulation(
        _ ready: ReadyStick, _ frames: [[UInt8]] = frames, _ options: SimulationOptions = .init()
    ) throws -> StickSimulation {
        // A stick out of its box: the one at hand is set up already.
        var stick = ready.stick
        stick.unplug()
        return try StickSimulation(
            stick: stick, link: link,
            transmissions: frames.map { Transmission(frame: $0, format: ready.format) },
            options: options)
    }

    /// Sets the stick up and reads all it sends, until `count` telegrams are there.
    private func telegrams(_ count: Int, of ready: ReadyStick, by host: Host) -> [[UInt8]] {
        host.write(ready.commands)
        let octets = host.read { ready.scanner.frames(in: $0).count >= count }
        return ready.scanner.frames(in: octets)
    }

    // MARK: Undisturbed

    @Test(arguments: ReadyStick.all, SimulationOptions.Splitting.allCases)
    func octetsAreTheSameHoweverCut(
        ready: ReadyStick, splitting: SimulationOptions.Splitting
    ) throws {
        let simulation = try simulation(ready, Self.frames, .init(splitting: splitting))
        simulation.start()
        defer { simulation.stopAndWait() }
        var expected = ready.stick
        expected.unplug()
        let answers = expected.received(ready.commands)
        let messages = try Self.frames.flatMap { try ready.message($0) }
        let host = try #require(Host(opening: link))
        host.write(ready.commands)
        #expect(host.read(answers.count + messages.count) == answers + messages)
        #expect(simulation.waitUntilSent())
        #expect(simulation.counts.good == Self.frames.count)
        #expect(simulation.counts.hostCommands == expected.hostCommands)
    }

    @Test func telegramsWaitForTheHost() throws {
        let simulation = try simulation(.im871a)
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        host.write(hex("A5010100"))
        let ping = hex("A58102004CA3")
        #expect(host.read(ping.count) == ping)
        #expect(simulation.counts.good == 0)
        #expect(telegrams(40, of: .im871a, by: host) == Self.frames)
    }

    @Test(arguments: ReadyStick.all)
    func streamingDoesNotWait(ready: ReadyStick) throws {
        let simulation = try simulation(ready, Self.frames, .init(streaming: true))
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        let octets = host.read { ready.scanner.frames(in: $0).count >= 40 }
        #expect(ready.scanner.frames(in: octets) == Self.frames)
    }

    @Test func listRepeats() throws {
        let simulation = try simulation(
            .cul, [Sample.n21, Sample.second], .init(rate: 2000, repeats: true))
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        let read = telegrams(7, of: .cul, by: host)
        #expect(
            read.prefix(7).enumerated().allSatisfy {
                $1 == ($0.isMultiple(of: 2) ? Sample.n21 : Sample.second)
            })
        #expect(!simulation.waitUntilSent(.milliseconds(1)))
    }

    /// Far more than the terminal holds; the host begins to read when nothing more fits.
    @Test func slowHostLosesNothing() throws {
        let frames = (0..<3000).map { Sample.frame(of: 60 + $0 % 100) }
        let simulation = try simulation(.im871a, frames)
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        host.write(ReadyStick.im871a.commands)
        // More than fits into any terminal's buffers has been queued when the count stands still.
        var before = 0
        #expect(
            eventually {
                defer { before = simulation.counts.good }
                usleep(10_000)
                return before > 0 && before == simulation.counts.good
            })
        #expect(before < 3000)
        let expected = try frames.flatMap { try ReadyStick.im871a.message($0) }
        let answer = hex("A58104009CF7")
        #expect(host.read(answer.count + expected.count) == answer + expected)
    }

    @Test func wrongModeIsUnheard() throws {
        let simulation = try StickSimulation(
            stick: .cul, link: link,
            transmissions: [
                Transmission(frame: Sample.n21, linkMode: .s1),
                Transmission(frame: Sample.second, linkMode: .t1),
            ])
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        #expect(telegrams(1, of: .cul, by: host) == [Sample.second])
        #expect(simulation.waitUntilSent())
        #expect(simulation.counts.unheard == 1)
        #expect(simulation.counts.good == 1)
    }

    // MARK: Disturbed

    @Test(arguments: ReadyStick.all)
    func damageAndNoiseLeaveTheGoodTelegrams(ready: ReadyStick) throws {
        let options = SimulationOptions(
            noise: true, splitting: .randomPieces, damageEvery: 4, seed: 3)
        let simulation = try simulation(ready, Self.frames, options)
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        let good = Self.frames.enumerated().filter { ($0.offset + 1) % 4 != 0 }.map(\.element)
        host.write(ready.commands)
        // The last one is damaged: read on until the host has all.
        let octets = host.read { _ in simulation.waitUntilSent(.zero) }
        #expect(ready.scanner.frames(in: octets) == good)
        #expect(simulation.counts.good == 30)
        #expect(simulation.counts.damaged == 10)
        #expect(simulation.counts.noise > 0)
    }

    @Test func hangsUntilReplugged() throws {
        let simulation = try simulation(.amb8465, Self.frames, .init(hangAfter: 5))
        simulation.start()
        defer { simulation.stopAndWait() }
        do {
            let host = try #require(Host(opening: link))
            #expect(telegrams(5, of: .amb8465, by: host) == Array(Self.frames.prefix(5)))
            host.write(hex("FF0C00F3"))
            #expect(simulation.unplug())
            #expect(host.readToHangUp() == [])
        }
        #expect(simulation.counts.good == 5)
        #expect(simulation.plug())
        let host = try #require(Host(opening: link))
        #expect(telegrams(35, of: .amb8465, by: host) == Array(Self.frames.dropFirst(5)))
    }

    @Test func unpluggingLosesTheSettings() throws {
        let simulation = try simulation(.im871a, Self.frames)
        simulation.start()
        defer { simulation.stopAndWait() }
        do {
            let host = try #require(Host(opening: link))
            #expect(telegrams(40, of: .im871a, by: host) == Self.frames)
            #expect(simulation.unplug())
            #expect(host.readToHangUp() == [])
            #expect(host.hasHungUp)
        }
        #expect(access(link, F_OK) != 0)
        #expect(simulation.plug())
        let host = try #require(Host(opening: link))
        host.write(hex("A5010500"))
        #expect(host.read(28).dropFirst(6).first == 0x03)
        #expect(simulation.counts.unplugged == 1)
    }

    @Test func unplugsByItself() throws {
        let options = SimulationOptions(unplugEvery: 15, unpluggedFor: .milliseconds(20))
        let simulation = try simulation(.cul, Self.frames, options)
        simulation.start()
        defer { simulation.stopAndWait() }
        var read: [[UInt8]] = []
        for expected in [15, 15, 10] {
            let host = try #require(Host(opening: link))
            host.write(ReadyStick.cul.commands)
            let octets =
                expected == 10
                ? host.read { ReadyStick.cul.scanner.frames(in: $0).count >= 10 }
                : host.readToHangUp()
            read += ReadyStick.cul.scanner.frames(in: octets)
        }
        #expect(read == Self.frames)
        #expect(simulation.counts.unplugged == 2)
    }

    // MARK: Running

    @Test func hostsComeAndGoAndTheStickStaysSetUp() throws {
        let simulation = try simulation(.cul, [])
        simulation.start()
        defer { simulation.stopAndWait() }
        do {
            let host = try #require(Host(opening: link))
            host.write(Array("X21\r\nbrt\r\n".utf8))
            #expect(host.read(7) == Array("TMODE\r\n".utf8))
        }
        let host = try #require(Host(opening: link))
        host.write(Array("b\r\n".utf8))
        #expect(host.read(7) == Array("TMODE\r\n".utf8))
    }

    /// A driver that tries other sticks' baud rates first.
    @Test func isDeafAtAnotherBaudRate() throws {
        let simulation = try StickSimulation(
            stick: .im871a, link: link, telegrams: [], options: .init(heedsBaudRate: true))
        simulation.start()
        defer { simulation.stopAndWait() }
        let host = try #require(Host(opening: link))
        host.set(baudRate: B9600)
        host.write(hex("A5010100"))
        // What the deaf stick has taken is not answered later either.
        #expect(eventually { simulation.counts.hostOctets == 4 })
        host.set(baudRate: B57600)
        host.write(hex("A5010F00"))
        let answer = hex("A5811008330015177D3FB900E020")
        #expect(host.read(answer.count) == answer)
        #expect(simulation.counts.hostCommands == 1)
    }

    @Test func failureToPlugInAgainIsTold() throws {
        let simulation = try StickSimulation(
            stick: StickModel.cul.stick, link: link, telegrams: [Sample.n21],
            options: .init(noise: true, splitting: .singleBytes, damageEvery: 10, seed: 1))
        simulation.start()
        #expect(simulation.unplug())
        directory.write("precious", to: link)
        #expect(!simulation.plug())
        #expect(simulation.failure == .linkTaken(path: link))
        simulation.stopAndWait()
        #expect(access(link, F_OK) == 0)
    }

    @Test func stopBeforeTheStartUnplugs() throws {
        let simulation = try simulation(.cul)
        simulation.stopAndWait()
        #expect(access(link, F_OK) != 0)
    }

    @Test func stopEndsARunThatAnotherThreadIsIn() throws {
        let simulation = try simulation(.cul)
        simulation.start()
        simulation.stopAndWait()
        #expect(access(link, F_OK) != 0)
        #expect(throws: Never.self) { try simulation.run() }
    }

    @Test func runOnTheCallingThreadEndsWithTheTelegrams() throws {
        let simulation = try simulation(.im871a, [], .init(streaming: true))
        #expect(throws: Never.self) { try simulation.run(until: .allSent) }
        #expect(access(link, F_OK) != 0)
    }

    @Test func everyModelHasItsName() {
        #expect(
            StickModel.allCases.map(\.rawValue)
                == ["im871a", "amb8465", "cul", "iu891a", "rc1180"])
        #expect(StickModel(rawValue: "im871a")?.stick is SimulatedIM871A)
        #expect(StickModel(rawValue: "amb8465")?.stick is SimulatedAMB8465)
        #expect(StickModel(rawValue: "cul")?.stick is SimulatedCUL)
        #expect(StickModel(rawValue: "iu891a")?.stick is SimulatedIU891A)
        #expect(StickModel(rawValue: "rc1180")?.stick is SimulatedRC1180)
    }
}
