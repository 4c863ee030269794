import CLinux
import Glibc
import Receivers
import TestSupport
import Testing

@testable import Gateway

/// Against a real socket in the place of systemd's.
@Suite struct ServiceManagerTests {
    private let loop = EventLoop()

    /// Receives what is sent to a path, or to a name of the abstract name space (`@`).
    private final class Socket {
        let name: String
        private let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)

        init(abstract isAbstract: Bool) throws {
            let place = "/tmp/oms2mqtt-notify-\(getpid())-\(UInt64.random(in: 0 ... .max))"
            name = isAbstract ? "@" + place : place
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let octets = (isAbstract ? [0] : []) + Array(place.utf8)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: octets) }
            let size = socklen_t(MemoryLayout<sa_family_t>.size + octets.count)
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
            }
            try #require(result == 0)
        }

        deinit {
            close(descriptor)
            if name.hasPrefix("/") { unlink(name) }
        }

        /// The next message that waits, its lines.
        func next() -> [String]? {
            var octets = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &octets, octets.count, 0)
            guard count >= 0 else { return nil }
            return String(decoding: octets.prefix(count), as: UTF8.self).split(separator: "\n")
                .map(String.init)
        }
    }

    @Test(arguments: [false, true])
    func tellsWhatHappens(abstract: Bool) throws {
        let socket = try Socket(abstract: abstract)
        var status = "1 receiver"
        let manager = ServiceManager(loop: loop, environment: .init(socket: socket.name)) { status }
        manager.isReady()
        #expect(socket.next() == ["READY=1", "STATUS=1 receiver"])
        status = "2 receivers"
        manager.statusChanged()
        #expect(socket.next() == ["STATUS=2 receivers"])
        manager.isReloading()
        let reloading = try #require(socket.next())
        #expect(reloading.first == "RELOADING=1")
        #expect(reloading.last?.hasPrefix("MONOTONIC_USEC=") == true)
        manager.isStopping()
        #expect(socket.next() == ["STOPPING=1"])
        #expect(socket.next() == nil)
    }

    @Test func theLoopFeedsTheWatchdog() throws {
        let socket = try Socket(abstract: true)
        let manager = ServiceManager(
            loop: loop, environment: .init(socket: socket.name, watchdog: .milliseconds(20))
        ) { "well" }
        manager.isReady()
        #expect(socket.next() == ["READY=1", "STATUS=well"])
        #expect(socket.next() == ["WATCHDOG=1", "STATUS=well"])
        // A loop that does not turn feeds nobody.
        usleep(100_000)
        #expect(socket.next() == nil)
        let deadline = ContinuousClock.now + patience
        var fed = 0
        while fed < 3, .now < deadline {
            loop.turn(atMost: .milliseconds(50))
            while socket.next() == ["WATCHDOG=1", "STATUS=well"] { fed += 1 }
        }
        #expect(fed >= 3)
    }

    /// Nobody there, or a name that cannot be one: no harm, and no timer that wakes the loop.
    @Test(arguments: [nil, "", "relative", "/nowhere/notify", String(repeating: "/x", count: 80)])
    func withoutAServiceManagerNothingIsSent(socket: String?) {
        let manager = ServiceManager(loop: loop, environment: .init(socket: socket)) { "" }
        manager.isReady()
        manager.isStopping()
    }

    static let environments: [([String: String], ServiceManager.Environment)] = [
        ([:], .init()),
        (["NOTIFY_SOCKET": "/run/n"], .init(socket: "/run/n")),
        (
            ["NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "30000000"],
            .init(socket: "/run/n", watchdog: .seconds(30))
        ),
        (
            ["NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "5", "WATCHDOG_PID": "7"],
            .init(socket: "/run/n", watchdog: .microseconds(5))
        ),
        (["WATCHDOG_USEC": "5", "WATCHDOG_PID": "8"], .init()),
        (["WATCHDOG_USEC": "0"], .init()), (["WATCHDOG_USEC": "-1"], .init()),
        (["WATCHDOG_USEC": "99999999999999999999"], .init()), (["WATCHDOG_USEC": "soon"], .init()),
    ]

    @Test(arguments: environments)
    func environmentIsRead(variables: [String: String], expected: ServiceManager.Environment) {
        #expect(ServiceManager.Environment(process: 7) { variables[$0] } == expected)
    }

    static let statuses: [(status: ServiceStatus, text: String)] = [
        (
            .init(receivers: 2, listening: 2, meters: 5, secondsSinceTelegram: 12),
            "2 receivers, 5 meters, last telegram 12 s ago"
        ),
        (
            .init(receivers: 2, listening: 1, meters: 1, secondsSinceTelegram: 119),
            "1 of 2 receivers, 1 meter, last telegram 119 s ago"
        ),
        (
            .init(receivers: 1, listening: 0, meters: 0),
            "0 of 1 receiver, 0 meters, no telegram yet"
        ),
        (
            .init(receivers: 1, listening: 1, meters: 3, secondsSinceTelegram: 120),
            "1 receiver, 3 meters, last telegram 2 min ago"
        ),
        (
            .init(receivers: 1, listening: 1, meters: 3, secondsSinceTelegram: 7200),
            "1 receiver, 3 meters, last telegram 2 h ago"
        ),
        (
            .init(receivers: 1, listening: 1, meters: 3, secondsSinceTelegram: 172_800),
            "1 receiver, 3 meters, last telegram 2 days ago"
        ),
        (
            .init(receivers: 0, listening: 0, meters: 3, secondsSinceTelegram: -5),
            "0 receivers, 3 meters, last telegram 0 s ago"
        ),
    ]

    @Test(arguments: statuses)
    func statusIsShort(status: ServiceStatus, text: String) {
        #expect(status.description == text)
    }
}
