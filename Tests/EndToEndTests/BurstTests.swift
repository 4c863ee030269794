import Glibc
import Simulator
import TestSupport
import Testing

/// More telegrams at once than any radio brings, through each stick and the real program to a
/// subscriber with the broker's usual limits.
@Suite(.serialized) struct BurstTests {
    static let telegrams = 10_000

    @Test(arguments: ["im871a", "amb8465", "cul"])
    func everyGoodTelegramIsPublishedOnce(_ model: String) throws {
        let model = try #require(StickModel(rawValue: model))
        let numbered = NumberedTelegrams()
        let broker = try RealBroker()
        let links = TemporaryDirectory()
        let link = links.file("stick")
        // Each tenth is damaged: those with the numbers 9, 19, 29…
        let simulation = try StickSimulation(
            stick: model.stick, link: link, options: SimulationOptions(damageEvery: 10)
        ) { step in
            step < Self.telegrams ? Transmission(frame: numbered.frame(step)) : nil
        }
        simulation.start()
        defer { simulation.stopAndWait() }
        let subscriber = try broker.subscriber("energy2mqtt/devs/OMS/#")
        let gateway = RunningGateway(
            broker: broker.port, receivers: ["{stick: \(model.rawValue), port: \(link)}"],
            meters: (0..<numbered.meters).map { (numbered.name($0), numbered.id($0)) })
        let program = try gateway.start()

        var numbers: [Int] = []
        var seen = 0
        func read() -> Int {
            let lines = subscriber.lines
            numbers += lines[seen...].compactMap { NumberedTelegrams.number(in: $0) }
            seen = lines.count
            return numbers.count
        }
        let early = 2000
        try subscriber.wait { read() >= early }
        let began = ContinuousClock.now
        let resident = program.residentKiB
        let onDisk = gateway.directory.read("outbox.db-wal")
        let good = (0..<Self.telegrams).filter { $0 % 10 != 9 }
        try subscriber.wait { read() >= good.count }
        let seconds = began.duration(to: .now) / .seconds(1)
        print("\(model.rawValue): \(Int(Double(good.count - early) / seconds)) telegrams a second")
        let growth = program.residentKiB - resident
        print("\(model.rawValue): \(program.residentKiB) KiB resident, \(growth) more than early")
        #expect(numbers.sorted() == good)
        #expect(growth < 4 << 10)
        #expect(simulation.counts.good == good.count)
        #expect(gateway.directory.read("outbox.db-wal") == onDisk)
        #expect(program.end(SIGTERM) == 0)
    }
}
