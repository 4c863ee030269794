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
    /// Where the web server is, if it is on.
    let webPort: UInt16?

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// - Parameters:
    ///   - program: its path.
    ///   - stick: the stick's kind.
    ///   - rate: telegrams a second; each meter sends by turns.
    ///   - atOnce: so many telegrams are sent before that, without a pause.
    ///   - isAllOn: with web server, Datahub and both ways for raw telegrams too.
    ///   - sent: called with the number of each telegram right before the stick writes it, from
    ///     another thread; false ends the row.
    init(
        _ program: String, stick: StickModel, meters: Int, rate: Double, atOnce: Int = 0,
        isAllOn: Bool = false, sent: @escaping @Sendable (Int) -> Bool
    ) throws {
        let telegrams = NumberedTelegrams(meters: meters)
        self.telegrams = telegrams
        // Otherwise it holds a message back for 40 ms now and then (Nagle's algorithm, RFC 896), on
        // its way to the subscriber, and that would be what is measured.
        broker = try RealBroker(lines: ["set_tcp_nodelay true"])
        let link = directory.file("stick")
        simulation = try StickSimulation(
            stick: stick.stick, link: link, options: SimulationOptions(rate: rate, atOnce: atOnce)
        ) { step in
            let transmission = Transmission(frame: telegrams.frame(step))
            return sent(step) ? transmission : nil
        }
        simulation.start()
        let list = (0..<meters).map { "  - {name: \(telegrams.name($0)), id: \(telegrams.id($0))}" }
        webPort = isAllOn ? try FreePort.find() : nil
        let ways =
            if let webPort {
                """
                httpd: {port: \(webPort)}
                zenner_datahub:
                  - name: house
                    broker_host: 127.0.0.1
                    broker_port: \(broker.port)
                    base_topic: hub
                    http: {path: /datahub/house, token: only-for-measuring}
                inputs: [{topic: wmbus/+/telegram}]
                forward: {topic: raw, meters: all}
                """
            } else {
                "httpd: {enabled: false}"
            }
        directory.write(
            """
            mqtt: {host: 127.0.0.1, port: \(broker.port)}
            \(ways)
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
