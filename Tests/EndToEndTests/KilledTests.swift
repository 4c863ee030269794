import Glibc
import Simulator
import TestSupport
import Testing

/// The program killed at any moment: its files are as before or after, never broken.
@Suite(.serialized) struct KilledTests {
    /// 40 times, or as often as `OMS2MQTT_KILLS` says.
    @Test func startsAgainAfterEachKill() throws {
        let kills = getenv("OMS2MQTT_KILLS").flatMap { Int(String(cString: $0)) } ?? 40
        var random = SeededGenerator(state: 9)
        let numbered = NumberedTelegrams(meters: 3)
        let broker = try RealBroker()
        let links = TemporaryDirectory()
        let link = links.file("stick")
        let simulation = try StickSimulation(
            stick: .im871a, link: link, options: SimulationOptions(rate: 200, streaming: true)
        ) { Transmission(frame: numbered.frame($0)) }
        simulation.start()
        defer { simulation.stopAndWait() }
        let gateway = RunningGateway(
            broker: broker.port, receivers: ["{stick: im871a, port: \(link)}"],
            meters: (0..<3).map { (numbered.name($0), numbered.id($0)) })
        for round in 0..<kills {
            // Half of the time there is no broker, so that the queue is written.
            if round.isMultiple(of: 2) { broker.stop() } else { try broker.start() }
            let program = try gateway.start()
            _ = try program.line { $0.contains("oms2mqtt starts") }
            usleep(UInt32.random(in: 0...400_000, using: &random))
            if round % 4 < 2 {
                // What was learned and what waits is written on the way out.
                kill(program.process, SIGTERM)
                usleep(UInt32.random(in: 0...20_000, using: &random))
            }
            let code = program.end(SIGKILL)
            #expect(code == -SIGKILL || code == 0, "round \(round): \(program.lines)")
            #expect(
                program.lines.allSatisfy {
                    !$0.contains("was kept as") && !$0.contains("cannot be read")
                }, "round \(round): \(program.lines)")
        }
        try broker.start()
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/#")
        let program = try gateway.start()
        try subscriber.wait {
            subscriber.lines.count { NumberedTelegrams.number(in: $0) != nil } >= 100
        }
        #expect(program.end(SIGTERM) == 0)
        #expect(gateway.directory.files.contains("state.bin"))
        #expect(gateway.directory.files.allSatisfy { !$0.contains("damaged") })
    }
}
