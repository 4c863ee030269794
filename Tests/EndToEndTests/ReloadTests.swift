import Glibc
import Simulator
import TestSupport
import Testing
import Wire

/// The configuration of the running program changed and broken while telegrams come.
@Suite(.serialized) struct ReloadTests {
    /// A stick that sends numbered telegrams, `rate` a second, until it is stopped or `total` are out.
    private static func stick(
        _ link: String, _ numbered: NumberedTelegrams, total: Int = .max, rate: Double = 100
    ) throws -> StickSimulation {
        let simulation = try StickSimulation(
            stick: .im871a, link: link, options: SimulationOptions(rate: rate)
        ) { $0 < total ? Transmission(frame: numbered.frame($0)) : nil }
        simulation.start()
        return simulation
    }

    private static func numbers(_ subscriber: Program) -> [Int] {
        subscriber.lines.compactMap { NumberedTelegrams.number(in: $0) }
    }

    /// Cut, overwritten, renamed away and put back at random moments: reception goes on, and each
    /// telegram is published once.
    @Test func brokenAtAnyMoment() throws {
        let total = 1500
        var random = SeededGenerator(state: 4)
        let numbered = NumberedTelegrams(meters: 3)
        let broker = try RealBroker()
        let links = TemporaryDirectory()
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/#")
        let gateway = RunningGateway(
            broker: broker.port,
            receivers: ["{stick: im871a, port: \(links.file("stick"))}"],
            meters: (0..<3).map { (numbered.name($0), numbered.id($0)) })
        let simulation = try Self.stick(links.file("stick"), numbered, total: total)
        defer { simulation.stopAndWait() }
        let program = try gateway.start()
        try subscriber.wait { Self.numbers(subscriber).count > 10 }

        let whole = gateway.directory.read("e2m.yaml")
        let path = gateway.directory.file("e2m.yaml")
        var rounds = 0
        while simulation.counts.good < total, program.exitCode == nil {
            rounds += 1
            let cut = Int.random(in: 0..<whole.count - 1, using: &random)
            // Where a person asks, lines that are missing at the end are believed to be meant.
            var mayAsk = cut == 0 || whole[cut - 1] != 0x0A
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: gateway.directory.write(whole.prefix(cut), "e2m.yaml")
            case 2:
                gateway.directory.write(whole.prefix(cut) + [0x5B, 0x0A], ".new")
                rename(gateway.directory.file(".new"), path)
                mayAsk = true
            case 3:
                unlink(path)
                mayAsk = true
            default:
                let noise = (0..<200).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
                gateway.directory.write(noise, "e2m.yaml")
                mayAsk = true
            }
            if mayAsk, Bool.random(using: &random) { kill(program.process, SIGHUP) }
            usleep(UInt32.random(in: 0...500_000, using: &random))
            gateway.directory.write(whole, ".new")
            rename(gateway.directory.file(".new"), path)
            usleep(UInt32.random(in: 0...100_000, using: &random))
        }
        try subscriber.wait { Self.numbers(subscriber).count >= total }
        #expect(Self.numbers(subscriber).sorted() == Array(0..<total))
        #expect(rounds > 10)
        #expect(program.lines.count { $0.contains(" listens for ") } == 1)
        #expect(program.lines.count { $0.contains("Connected to the broker") } == 1)
        #expect(program.lines.contains { $0.contains("is not used, and what ran before goes on") })
        #expect(program.end(SIGTERM) == 0)
    }

    /// All but receivers, meters, the directory and the broker's address is changed at random moments
    /// and places, to what is sound and to what is not: what comes in goes out, once.
    @Test(arguments: [1, 2]) func changedAtAnyMoment(seed: UInt64) throws {
        let total = 2000
        var random = SeededGenerator(state: seed)
        let numbered = NumberedTelegrams(meters: 3)
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        let subscriber = try broker.subscriber("+/devs/OMS/#")
        let head = "mqtt:\n  host: 127.0.0.1\n  port: \(broker.port)\n"
        let tail = """

            storage: {path: \(directory.path)}
            receivers: [{stick: im871a, port: \(directory.file("stick"))}]
            oms:
            \((0..<3).map { "  - {name: \(numbered.name($0)), id: \(numbered.id($0))}" }
            .joined(separator: "\n"))

            """
        func write(_ middle: [UInt8]) {
            directory.write(Array(head.utf8) + middle + Array(tail.utf8), ".new")
            rename(directory.file(".new"), directory.file("e2m.yaml"))
        }
        let middle = """
              client_name: house
              base_topic: house
              units: original
              ha_enabled: true
              discovery_version: 1
              keep_alive: 30
              allow_restart: true
            httpd: {enabled: true, port: \(try FreePort.find()), bind: 127.0.0.1, whole_ids: true}
            inputs: [{topic: bridge/+/telegram}]
            forward: {topic: house/forwarded, form: hex, meters: all}
            zenner_datahub:
              - {name: a, http: {path: /datahub/a, token: abc}, capture: true}
            """
        let lines = middle.split(separator: "\n", omittingEmptySubsequences: false)
        write(Array(middle.utf8))
        let simulation = try Self.stick(
            directory.file("stick"), numbered, total: total, rate: 150)
        defer { simulation.stopAndWait() }
        let program = try Program(
            Household.executable, ["run", "--config", directory.file("e2m.yaml")])
        try subscriber.wait { Self.numbers(subscriber).count > 10 }
        var rounds = 0
        while simulation.counts.good < total, program.exitCode == nil {
            rounds += 1
            // Without some lines it may well be sound; with other octets it seldom is.
            let kept = lines.filter { _ in Int.random(in: 0..<5, using: &random) > 0 }
            var octets = Array(kept.joined(separator: "\n").utf8)
            if Bool.random(using: &random), !octets.isEmpty {
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: 0..<octets.count, using: &random)
                    octets[place] =
                        Bool.random(using: &random)
                        ? UInt8.random(in: 0...255, using: &random)
                        : Array("0aZ-#:{}[] \n\t\"'".utf8).randomElement(using: &random) ?? 0
                }
            }
            write(octets)
            if Bool.random(using: &random) { kill(program.process, SIGHUP) }
            usleep(UInt32.random(in: 0...300_000, using: &random))
        }
        write(Array(middle.utf8))
        try subscriber.wait { Self.numbers(subscriber).count >= total }
        #expect(Self.numbers(subscriber).sorted() == Array(0..<total))
        #expect(rounds > 50)
        #expect(program.lines.count { $0.contains(" listens for ") } == 1)
        // Some of the changes were sound, and others were not.
        #expect(program.lines.count { $0.contains("Connected to the broker") } > 3)
        #expect(program.lines.contains { $0.contains("is not used, and what ran before goes on") })
        #expect(program.end(SIGTERM) == 0)
    }

    private struct House {
        var port: UInt16
        var meters: [(String, String)]
        var sticks: [String]

        func write(to directory: TemporaryDirectory) {
            let text = """
                mqtt: {host: 127.0.0.1, port: \(port)}
                httpd: {enabled: false}
                storage: {path: \(directory.path)}
                receivers: [\(sticks.map { "{stick: im871a, port: \($0)}" }.joined(separator: ", "))]
                oms:
                \(meters.map { "  - {name: \($0.0), id: \($0.1)}" }.joined(separator: "\n"))

                """
            directory.write(text, to: ".new")
            rename(directory.file(".new"), directory.file("e2m.yaml"))
        }
    }

    /// Meters, receivers and the broker change, and what does not change goes on without a gap.
    @Test func changesAreTakenOver() throws {
        let numbered = NumberedTelegrams(meters: 1)
        let others = NumberedTelegrams(meters: 1, first: 0x2000_0000)
        let broker = try RealBroker()
        let next = try RealBroker()
        let links = TemporaryDirectory()
        let sticks = [links.file("first"), links.file("second")]
        let all = try [broker, next].map { try $0.everything() }
        func readings(_ subscriber: Program, of meter: String) -> [Int] {
            subscriber.lines.filter { $0.hasPrefix("energy2mqtt/devs/OMS/\(meter) ") }
                .compactMap { NumberedTelegrams.number(in: $0) }
        }
        let running = RunningGateway(broker: broker.port, receivers: [], meters: [])
        var house = House(
            port: broker.port, meters: [("water", numbered.id(0))], sticks: [sticks[0]])
        house.write(to: running.directory)
        let first = try Self.stick(sticks[0], numbered)
        let second = try Self.stick(sticks[1], others)
        defer { [first, second].forEach { $0.stopAndWait() } }
        let program = try running.start()
        try all[0].wait { readings(all[0], of: "water").count > 10 }
        #expect(readings(all[0], of: "heat").isEmpty)

        // Another stick, and the meter that it hears.
        house.sticks.append(sticks[1])
        house.meters.append(("heat", others.id(0)))
        house.write(to: running.directory)
        try all[0].wait { readings(all[0], of: "heat").count > 10 }
        let discovery = "homeassistant/device/oms2mqtt_\(others.id(0))/config"
        _ = try all[0].line { $0.hasPrefix(discovery + " {") }
        _ = try all[0].line { $0.hasPrefix("energy2mqtt/mgt/OMS/count 2") }

        // Another name: its topics change, and nothing stays behind.
        house.meters[1].0 = "warmth"
        house.write(to: running.directory)
        try all[0].wait { readings(all[0], of: "warmth").count > 10 }
        _ = try all[0].line { $0 == "energy2mqtt/mgt/OMS/heat/availability (null)" }

        // Gone again.
        house.meters.removeLast()
        house.sticks.removeLast()
        house.write(to: running.directory)
        _ = try all[0].line { $0 == discovery + " (null)" }
        _ = try all[0].line { $0 == "energy2mqtt/mgt/OMS/warmth/availability (null)" }
        let last = readings(all[0], of: "warmth").count

        // Another broker: the former one is told, and no reading is lost between the two.
        house.port = next.port
        house.write(to: running.directory)
        try all[1].wait { readings(all[1], of: "water").count > 10 }
        _ = try all[0].line { $0 == "energy2mqtt/status offline" }
        #expect(readings(all[0], of: "warmth").count == last)
        #expect(program.end(SIGTERM) == 0)
        let numbers = readings(all[0], of: "water") + readings(all[1], of: "water")
        #expect(numbers.sorted() == Array(0..<numbers.count))
        #expect(program.lines.count { $0.contains("'im871a'") && $0.contains(" listens ") } == 1)
    }
}
