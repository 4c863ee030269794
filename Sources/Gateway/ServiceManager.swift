import CLinux
import Glibc
import Receivers

/// Tells the service manager how the program is, if it was started by one that wants to know.
///
/// A datagram a message to the socket that `NOTIFY_SOCKET` names (sd_notify(3)); without that
/// variable nothing is sent. With `WATCHDOG_USEC` a timer of the event loop feeds the watchdog: a
/// loop that makes no progress starves it, and systemd starts the program anew. Without it there
/// is no timer, so that an idle program is not woken.
public final class ServiceManager {
    /// What the service manager says in the environment.
    public struct Environment: Equatable, Sendable {
        /// A path, or a name of the abstract name space with `@` in front.
        public var socket: String?
        /// The watchdog must be fed at least this often; nil: there is none.
        public var watchdog: Duration?

        public init(socket: String? = nil, watchdog: Duration? = nil) {
            self.socket = socket
            self.watchdog = watchdog
        }

        /// Takes the variables out of `variable`; a watchdog meant for another process is none.
        init(process: pid_t = getpid(), variable: (String) -> String?) {
            socket = variable("NOTIFY_SOCKET")
            let watched = variable("WATCHDOG_PID")
            guard watched == nil || watched == String(process),
                let limit = variable("WATCHDOG_USEC").flatMap(Int64.init), limit > 0
            else { return }
            watchdog = .microseconds(limit)
        }

        public static var process: Environment {
            Environment { name in getenv(name).map { String(cString: $0) } }
        }
    }

    private let loop: EventLoop
    private let environment: Environment
    private let status: () -> String
    private let descriptor: Int32
    private var timer: EventLoop.Token?

    /// - Parameter status: one line for people, shown by `systemctl status`.
    public init(
        loop: EventLoop, environment: Environment = .process, status: @escaping () -> String
    ) {
        self.loop = loop
        self.environment = environment
        self.status = status
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        descriptor = environment.socket == nil ? -1 : socket(AF_UNIX, kind, 0)
    }

    deinit {
        loop.cancel(timer)
        if descriptor >= 0 { close(descriptor) }
    }

    /// The program has started and does its work; also when settings were read again.
    public func isReady() {
        send(["READY=1", "STATUS=\(status())"])
        feedWatchdog()
    }

    /// Settings are being read again; `isReady` must follow.
    public func isReloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = Int64(time.tv_sec) &* 1_000_000 &+ Int64(time.tv_nsec) / 1000
        send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"])
    }

    /// The program is about to end.
    public func isStopping() { send(["STOPPING=1"]) }

    /// Something that the status tells has changed.
    public func statusChanged() { send(["STATUS=\(status())"]) }

    /// Now and then twice in each period.
    private func feedWatchdog() {
        loop.cancel(timer)
        guard descriptor >= 0, let limit = environment.watchdog else { return }
        send(["WATCHDOG=1", "STATUS=\(status())"])
        timer = loop.after(limit / 2) { [weak self] in self?.feedWatchdog() }
    }

    /// A message that cannot be sent is lost: there is nobody to tell.
    private func send(_ assignments: [String]) {
        guard descriptor >= 0, let path = environment.socket else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        let isAbstract = name.first == UInt8(ascii: "@")
        guard isAbstract || name.first == UInt8(ascii: "/"),
            name.count < MemoryLayout.size(ofValue: address.sun_path)
        else { return }
        if isAbstract { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        // The length tells an abstract name's end; a path ends with a zero.
        let size = MemoryLayout<sa_family_t>.size + name.count + (isAbstract ? 0 : 1)
        let message = Array(assignments.joined(separator: "\n").utf8)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0,
                    socklen_t(size))
            }
        }
    }
}

/// What `systemctl status` shows: `1 of 2 receivers, 5 meters, last telegram 12 s ago`.
struct ServiceStatus: CustomStringConvertible {
    var receivers: Int
    /// How many of them listen now.
    var listening: Int
    var meters: Int
    /// Nil: there was none yet. Negative where the clock was set back.
    var secondsSinceTelegram: Int64?
    /// Why the configuration, or a part of it, is not used as it stands.
    var configurationFault: String?

    var description: String {
        let working = listening == receivers ? "\(receivers)" : "\(listening) of \(receivers)"
        let telegram =
            secondsSinceTelegram.map { "last telegram \(Self.text(seconds: max($0, 0))) ago" }
            ?? "no telegram yet"
        return "\(working) receiver\(receivers == 1 ? "" : "s"), "
            + "\(meters) meter\(meters == 1 ? "" : "s"), \(telegram)"
            + (configurationFault.map { "; not used: \($0)" } ?? "")
    }

    /// In the largest unit of which there are two, so that it is never far off.
    static func text(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
