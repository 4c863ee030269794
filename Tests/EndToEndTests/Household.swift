import CLinux
import Glibc
import Simulator
import Testing
import Wire

/// What a test needs of a house: a broker, a subscriber, and the gateway as its user starts it.
final class Household {
    let directory: String
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
        var template = Array("/tmp/oms2mqtt-house-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        directory = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        port = try Self.freePort()
        write(
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
        for name in ["broker.conf", "e2m.yaml"] { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    // MARK: Broker and subscriber

    func startBroker() throws {
        broker = try Program("/usr/sbin/mosquitto", ["-c", "\(directory)/broker.conf"])
        let deadline = ContinuousClock.now + .seconds(10)
        while !Self.isOpen(port) {
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
        write(
            """
            mqtt: {host: 127.0.0.1, port: \(port)}
            oms:
            \(meters)
            receivers:
            \(receivers)

            """, to: "e2m.yaml")
        gateway = try Program(
            Self.executable, ["run", "--config", "\(directory)/e2m.yaml", "--log-level", "debug"])
    }

    /// Waits for the stick of the only receiver to listen, `count` times since the start.
    func waitUntilListening(_ count: Int = 1, within limit: Duration = .seconds(20)) throws {
        let gateway = try #require(gateway)
        try gateway.wait(limit) {
            gateway.lines.count { $0.contains(" listens for ") } >= count
        }
    }

    private func write(_ text: String, to name: String) {
        let descriptor = open("\(directory)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = Glibc.write(descriptor, text, text.utf8.count)
        close(descriptor)
    }

    /// The program beside the test bundle.
    static let executable: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ".build/debug/x"
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/oms2mqtt"
    }()

    // MARK: Ports

    static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        try #require(bound)
        return UInt16(bigEndian: address.sin_port)
    }

    private static func isOpen(_ port: UInt16) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var address = loopback(port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
