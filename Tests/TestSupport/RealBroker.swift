import CLinux
import Glibc

/// A mosquitto of its own on a free port of the loopback interface, with its own configuration in
/// a directory of its own; both are gone with it.
public final class RealBroker {
    public let port: UInt16
    private let directory = TemporaryDirectory()
    /// 0 while it does not run.
    public private(set) var process: pid_t = 0

    /// - Parameters:
    ///   - login: the only user and password that it lets in; nil: everybody.
    ///   - lines: further lines of its configuration.
    public init(login: (user: String, password: String)? = nil, lines: [String] = []) throws {
        port = try FreePort.find()
        var configuration = ["listener \(port) 127.0.0.1", "user root", "log_dest none"]
        if let login {
            let passwords = directory.file("passwords")
            let made = try Subprocess.run(
                "/usr/bin/mosquitto_passwd", ["-b", "-c", passwords, login.user, login.password])
            guard made == 0 else { throw TestFailure("mosquitto_passwd: status \(made)") }
            configuration += ["allow_anonymous false", "password_file \(passwords)"]
        } else {
            configuration.append("allow_anonymous true")
        }
        directory.write((configuration + lines).joined(separator: "\n") + "\n", to: "broker.conf")
        try start()
    }

    deinit { kill() }

    /// Starts it and waits until it takes connections.
    public func start() throws {
        guard process == 0 else { return }
        process = try Subprocess.spawn(
            "/usr/sbin/mosquitto", ["-c", directory.file("broker.conf")])
        let deadline = ContinuousClock.now + patience
        while !FreePort.answers(port) {
            guard .now < deadline else { throw TestFailure("the broker does not start") }
            usleep(2000)
        }
    }

    /// Ends it as an administrator would.
    public func stop() { end(SIGTERM) }

    /// Ends it as a power failure would.
    public func kill() { end(SIGKILL) }

    /// Stops its doing anything while its sockets stay.
    public func freeze() { _ = Glibc.kill(process, SIGSTOP) }
    public func thaw() { _ = Glibc.kill(process, SIGCONT) }

    private func end(_ signal: Int32) {
        guard process > 0 else { return }
        if signal != SIGKILL { thaw() }
        _ = Glibc.kill(process, signal)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        process = 0
    }
}

/// Programs started by tests.
public enum Subprocess {
    public static func spawn(_ path: String, _ arguments: [String]) throws -> pid_t {
        var process: pid_t = 0
        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for argument in argv { free(argument) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in 0...2 as ClosedRange<Int32> {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // The threads of a test runner block signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let failure = posix_spawn(&process, path, &actions, &attributes, &argv, environ)
        guard failure == 0 else { throw TestFailure("\(path) cannot be started") }
        return process
    }

    /// The path of a program of this package: it is beside the test bundle, whose path is among the
    /// arguments or is the program itself.
    public static func built(_ name: String) -> String {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") }
        let words = (bundle ?? "/proc/self/exe").split(
            separator: "/", omittingEmptySubsequences: false)
        let end = words.firstIndex { $0.hasSuffix(".xctest") } ?? words.count - 1
        return words[..<end].joined(separator: "/") + "/" + name
    }

    /// Runs a program to its end; its exit status.
    public static func run(_ path: String, _ arguments: [String]) throws -> Int32 {
        let process = try spawn(path, arguments)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return status
    }
}

/// Sockets on the loopback interface.
public enum FreePort {
    /// A port that nobody listens at just now.
    public static func find() throws -> UInt16 {
        let (descriptor, port) = try listen(backlog: nil)
        close(descriptor)
        return port
    }

    /// A socket with a port of its own that, with a `backlog`, takes connections and never answers.
    public static func listen(backlog: Int32?) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw TestFailure("no socket") }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withSocketAddress(&address) { bind(descriptor, $0, length) }
        guard bound == 0 else { throw TestFailure("no free port") }
        if let backlog, Glibc.listen(descriptor, backlog) != 0 {
            throw TestFailure("no listening")
        }
        _ = withSocketAddress(&address) { getsockname(descriptor, $0, &length) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Whether somebody takes connections at `port`.
    public static func answers(_ port: UInt16) -> Bool {
        guard let descriptor = connected(to: port) else { return false }
        close(descriptor)
        return true
    }

    /// A socket that is connected to whoever listens at `port`; nil: nobody does.
    ///
    /// - Parameter source: the last three octets of the address 127.x.y.z that it comes from.
    public static func connected(to port: UInt16, from source: UInt32? = nil) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if let source {
            var own = loopback(0)
            own.sin_addr.s_addr = (0x7F00_0000 | source & 0xFF_FFFF).bigEndian
            _ = withSocketAddress(&own) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var address = loopback(port)
        let isConnected = withSocketAddress(&address) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
        if isConnected { return descriptor }
        close(descriptor)
        return nil
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}

/// What a test needs is not there.
public struct TestFailure: Error, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
