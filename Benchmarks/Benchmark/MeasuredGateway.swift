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

// What the kernel knows of the process
extension MeasuredGateway {
    /// User and system time until now.
    var processorTime: Duration {
        // The name, in brackets, may have blanks; fields 14 and 15 of the whole line.
        let fields = (Self.text("/proc/\(process)/stat").split(separator: ")").last ?? "")
            .split(separator: " ")
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
            return .zero
        }
        return .milliseconds(1000 * (user + system) / sysconf(Int32(_SC_CLK_TCK)))
    }

    /// How often one of its threads has begun to run after it had waited.
    var wakeUps: Int {
        Self.names(in: "/proc/\(process)/task").reduce(0) { sum, thread in
            sum + (Self.number("/proc/\(process)/task/\(thread)/status", "voluntary_ctxt") ?? 0)
        }
    }

    var residentKiB: Int { Self.number("/proc/\(process)/status", "VmRSS") ?? 0 }
    var privateAnonymousKiB: Int { Self.number("/proc/\(process)/smaps_rollup", "Anonymous") ?? 0 }

    /// The number in the line that begins with `name`.
    private static func number(_ path: String, _ name: String) -> Int? {
        let line = text(path).split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { line in
            Int(line.split(whereSeparator: { !$0.isNumber }).last ?? "")
        }
    }

    private static func text(_ path: String) -> String {
        guard let stream = fopen(path, "r") else { return "" }
        defer { fclose(stream) }
        var octets = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&octets, 1, octets.count, stream)
        return String(decoding: octets.prefix(count), as: UTF8.self)
    }

    private static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
