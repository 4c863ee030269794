import Glibc
import TestSupport

/// The program as its user starts it, with a configuration and a directory of its own.
final class RunningGateway {
    let directory = TemporaryDirectory()
    private(set) var program: Program?

    /// - Parameter receivers: items of the section, in YAML.
    init(broker port: UInt16, receivers: [String], meters: [(name: String, id: String)]) {
        let meters = meters.map { "  - {name: \($0.name), id: \($0.id)}" }
        let receivers = receivers.map { "  - \($0)" }
        let text = """
            mqtt: {host: 127.0.0.1, port: \(port), ha_enabled: false}
            httpd: {enabled: false}
            storage: {path: \(directory.path)}
            oms:
            \(meters.joined(separator: "\n"))
            receivers:
            \(receivers.joined(separator: "\n"))

            """
        directory.write(text, to: "e2m.yaml")
    }

    deinit { _ = program?.end(SIGKILL) }

    @discardableResult
    func start() throws -> Program {
        let program = try Program(
            Household.executable, ["run", "--config", directory.file("e2m.yaml")])
        self.program = program
        return program
    }
}

extension RealBroker {
    /// A `mosquitto_sub` that has subscribed `topic`; its lines are payloads.
    func subscriber(_ topic: String) throws -> Program {
        let words = ["-oL", "mosquitto_sub", "-p", "\(port)", "-q", "1", "-t", topic, "-d"]
        let subscriber = try Program("stdbuf", words)
        _ = try subscriber.line { $0.hasPrefix("Subscribed") }
        return subscriber
    }

    /// One that has subscribed all; its lines are topics and payloads.
    func everything() throws -> Program {
        let words = ["-oL", "mosquitto_sub", "-p", "\(port)", "-q", "1", "-t", "#", "-v", "-d"]
        let subscriber = try Program("stdbuf", words)
        _ = try subscriber.line { $0.hasPrefix("Subscribed") }
        return subscriber
    }
}
