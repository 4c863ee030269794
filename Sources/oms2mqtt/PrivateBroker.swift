import Glibc

/// A mosquitto of our own on a free loopback port, for a demonstration where no broker runs.
final class PrivateBroker {
    let port: UInt16
    private let process: pid_t
    private let directory: String

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Starts it and waits until it takes connections.
    init() throws(Failure) {
        guard let port = Loopback.freePort() else { throw Failure(description: "No port is free.") }
        self.port = port
        var template = Array("/tmp/oms2mqtt-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "/tmp is not writable.") }
        directory = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let file = directory + "/mosquitto.conf"
        let lines = """
            listener \(port) 127.0.0.1
            allow_anonymous true
            persistence false
            user root
            log_dest none

            """
        guard let stream = fopen(file, "w") else {
            throw Failure(description: "\(file): cannot be written.")
        }
        fputs(lines, stream)
        fclose(stream)
        process = try Self.spawn(["mosquitto", "-c", file])
        for _ in 0..<500 where !Loopback.isOpen(port) { usleep(10_000) }
        guard Loopback.isOpen(port) else {
            throw Failure(description: "mosquitto did not start: is port \(port) forbidden?")
        }
    }

    deinit {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
        unlink(directory + "/mosquitto.conf")
        rmdir(directory)
    }

    /// In a process group of its own, so that Ctrl-C reaches us alone and we end it in order.
    private static func spawn(_ words: [String]) throws(Failure) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let arguments = words.map { strdup($0) }
        defer { arguments.forEach { free($0) } }
        var result: Int32 = ENOENT
        // Debian keeps it where an ordinary user's PATH does not look.
        for path in ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"] {
            result = posix_spawn(&process, path, nil, &attributes, arguments + [nil], environ)
            if result == 0 { return process }
        }
        throw Failure(
            description: "There is no broker on this machine and mosquitto cannot be started"
                + " (\(String(cString: strerror(result)))): run 'apt-get install mosquitto'.")
    }
}

/// Ports of the loopback interface.
enum Loopback {
    static func isOpen(_ port: UInt16) -> Bool {
        withSocket { socket in
            var address = address(port)
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        } ?? false
    }

    /// A port that nobody listens at just now.
    static func freePort() -> UInt16? {
        withSocket { socket in
            var address = address(0)
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let found = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
                }
            }
            return found ? UInt16(bigEndian: address.sin_port) : nil
        } ?? nil
    }

    private static func withSocket<T>(_ body: (Int32) -> T) -> T? {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return nil }
        defer { close(socket) }
        return body(socket)
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
