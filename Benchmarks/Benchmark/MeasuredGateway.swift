import Gateway
import Glibc
import Receivers
import Simulator
import TestSupport

/// The program as its user runs it, with a broker and a simulated stick of its own, to be measured
/// from outside.
final class MeasuredGateway {
    let broker: RealBroker
    let simulation: StickSimulation
    let telegrams: NumberedTelegrams
    private let directory = TemporaryDirectory()
    private let process: pid_t

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// - Parameters:
    ///   - program: its path.
    ///   - stick: the stick's kind.
    ///   - rate: telegrams a second; each meter sends by turns.
    ///   - sent: called with the number of each telegram right before the stick writes it, from
    ///     another thread; false ends the row.
    init(
        _ program: String, stick: StickModel, meters: Int, rate: Double,
        sent: @escaping @Sendable (Int) -> Bool
    ) throws {
        let telegrams = NumberedTelegrams(meters: meters)
        self.telegrams = telegrams
        broker = try RealBroker()
        let link = directory.file("stick")
        simulation = try StickSimulation(
            stick: stick.stick, link: link, options: SimulationOptions(rate: rate)
        ) { step in
            let transmission = Transmission(frame: telegrams.frame(step))
            return sent(step) ? transmission : nil
        }
        simulation.start()
        let list = (0..<meters).map { "  - {name: \(telegrams.name($0)), id: \(telegrams.id($0))}" }
        directory.write(
            """
            mqtt: {host: 127.0.0.1, port: \(broker.port)}
            httpd: {enabled: false}
            storage: {path: \(directory.path)}
            oms:
            \(list.joined(separator: "\n"))
            receivers: [{stick: \(stick.rawValue), port: \(link)}]

            """, to: "e2m.yaml")
        process = try Subprocess.spawn(program, ["run", "--config", directory.file("e2m.yaml")])
    }

    deinit {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
        simulation.stopAndWait()
    }

    /// What the kernel knows of the program.
    var figures: ProcessFigures { ProcessFigures(process: process) }

    /// Calls `taken` on this thread with the number of each telegram whose reading the broker
    /// passes on, until that gives false or nothing came for `patience`.
    func subscribe(patience: Duration, _ taken: @escaping (Int) -> Bool) {
        let loop = EventLoop()
        let settings = BrokerSettings(
            host: "127.0.0.1", port: broker.port, clientID: "oms2mqtt-benchmark")
        var timer: EventLoop.Token?
        let client = MosquittoClient(settings: settings, loop: loop) { event in
            guard case .message(_, let payload) = event,
                let number = NumberedTelegrams.number(in: String(decoding: payload, as: UTF8.self))
            else { return }
            loop.cancel(timer)
            timer = loop.after(patience) { loop.stop() }
            if !taken(number) { loop.stop() }
        }
        client.subscribe("energy2mqtt/devs/OMS/+")
        client.start()
        timer = loop.after(patience) { loop.stop() }
        loop.run()
        client.stop { _ in loop.stop() }
        loop.run()
    }
}
