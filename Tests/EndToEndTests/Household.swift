import CLinux
import Glibc
import Simulator
import TestSupport
import Testing
import Wire

/// What a test needs of a house: a broker, a subscriber, and the gateway as its user starts it.
final class Household {
    private let files = TemporaryDirectory()
    let port: UInt16
    private(set) var broker: Program?
    private(set) var subscriber: Program?
    private(set) var gateway: Program?

    /// The example meter of OMS Vol. 2, annex N, and its key.
    static let annexN = """
          - name: gas
            id: 03ELS3312345678
            key: 0102030405060708090A0B0C0D0E0F11
        """

    init() throws {
        port = try FreePort.find()
        files.write(
            """
            listener \(port) 127.0.0.1
            allow_anonymous true
            user root
            log_dest none
            max_queued_messages 0

            """, to: "broker.conf")
    }

    deinit {
        for program in [gateway, subscriber, broker] { _ = program?.end(SIGKILL) }
    }

    var directory: String { files.path }

    // MARK: Broker and subscriber

    func startBroker() throws {
        broker = try Program("/usr/sbin/mosquitto", ["-c", "\(directory)/broker.conf"])
        let deadline = ContinuousClock.now + patience
        while !FreePort.answers(port) {
            try #require(ContinuousClock.now < deadline, "the broker did not start")
            usleep(5000)
        }
    }

    func stopBroker() throws { try #require(broker?.end() != nil) }

    /// Subscribes to everything; lines are `topic payload`.
    func startSubscriber() throws {
        let words = ["-oL", "mosquitto_sub", "-p", "\(port)", "-q", "1", "-t", "#", "-v", "-d"]
        let subscriber = try Program("stdbuf", words)
        _ = try subscriber.line { $0.hasPrefix("Subscribed") }
        self.subscriber = subscriber
    }

    /// The payloads on `topic` so far.
    func messages(on topic: String) -> [String] {
        let start = topic + " "
        return subscriber?.lines.filter { $0.hasPrefix(start) }
            .map { String($0.dropFirst(start.count)) } ?? []
    }

    // MARK: Gateway

    /// Starts the gateway with these receivers (as YAML items) and meters.
    func startGateway(receivers: String, meters: String = annexN) throws {
        files.write(
            """
            mqtt: {host: 127.0.0.1, port: \(port)}
            httpd: {enabled: false}
            storage: {path: \(directory)}
            oms:
            \(meters)
            receivers:
            \(receivers)

            """, to: "e2m.yaml")
        gateway = try Program(
            Self.executable, ["run", "--config", "\(directory)/e2m.yaml", "--log-level", "debug"])
    }

    /// Waits for the stick of the only receiver to listen, `count` times since the start.
    func waitUntilListening(_ count: Int = 1, within limit: Duration = patience) throws {
        let gateway = try #require(gateway)
        try gateway.wait(limit) {
            gateway.lines.count { $0.contains(" listens for ") } >= count
        }
    }

    static let executable = Subprocess.built("oms2mqtt")
}
