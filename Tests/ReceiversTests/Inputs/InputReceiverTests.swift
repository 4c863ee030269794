import CLinux
import Glibc
import TestSupport
import Testing
import Wire

@testable import Receivers

/// Inputs with real programs, sockets and files.
@Suite(.serialized) final class InputReceiverTests {
    let loop = EventLoop()
    let directory = TemporaryDirectory()
    var timing = InputTiming()
    var events: [ReceiverEvent] = []

    init() {
        timing.firstPause = .milliseconds(20)
        timing.longestPause = .milliseconds(100)
        timing.proof = .milliseconds(200)
    }

    static let n21Line = "\(Hex.text(n21))\n"
    static let t2Line = "\(Hex.text(t2))\n"

    func receiver(_ source: InputSource, _ format: InputFormat = .auto) -> InputReceiver {
        InputReceiver(source: source, format: format, loop: loop, timing: timing) {
            [unowned self] in events.append($0)
        }
    }

    /// Turns the loop until `isTrue`; false if that takes more than half a minute.
    func turn(until isTrue: () -> Bool) -> Bool {
        let deadline = loop.now + patience
        while !isTrue() {
            guard loop.now < deadline else { return false }
            loop.turn(atMost: .milliseconds(20))
        }
        return true
    }

    var frames: [[UInt8]] {
        events.compactMap { if case .frame(let frame) = $0 { frame.octets } else { nil } }
    }
    var opened: Int { events.count { if case .listening = $0 { true } else { false } } }
    var finished: Bool { events.contains { if case .finished = $0 { true } else { false } } }
    var errors: [InputError] {
        events.compactMap {
            switch $0 {
            case .lost(.input(let error)), .waiting(.input(let error), _): error
            default: nil
            }
        }
    }

    // MARK: Programs

    @Test func programIsRead() {
        let line = "C1;1;1;2024-05-01 12:00:00.000;97;148;12345678;0x\(Hex.text(n21))"
        let receiver = receiver(
            .rtlWMBus(command: "echo Found 1 device >&2; echo '\(line)' | cat; sleep 100"))
        receiver.start()
        #expect(turn { frames.count == 1 })
        #expect(frames == [n21])
        #expect(opened == 1)
        receiver.stop()
    }

    /// It is started again, and what it said last is told.
    @Test func programThatEndsIsStartedAgain() {
        let receiver = receiver(
            .rtl433(command: "echo usb_open error -3 >&2; echo '\(Self.json)'; exit 3"))
        receiver.start()
        #expect(turn { frames.count >= 3 })
        guard case .programEnded(_, "exit code 3", lastWords: "usb_open error -3")? = errors.first
        else {
            Issue.record("told \(errors)")
            return
        }
        receiver.stop()
    }

    static let json = #"{"model":"Wireless-MBus","mode":"T","data":"\#(Hex.text(n21))"}"#

    @Test func missingProgramIsTold() {
        let receiver = receiver(.rtlWMBus(command: "/nowhere/rtl_wmbus"))
        receiver.start()
        #expect(turn { errors.count >= 2 })
        guard case .programEnded(_, "exit code 127", let words)? = errors.first else {
            Issue.record("told \(errors)")
            return
        }
        #expect(words?.contains("/nowhere/rtl_wmbus") == true)
        // It never worked, so nothing is told to be lost.
        #expect(opened == 0)
        receiver.stop()
    }

    /// All of a pipeline, also what does not listen to SIGTERM and what runs in the background.
    @Test func stopEndsTheProgramWithItsChildren() {
        let files = (1...3).map { "\(directory.path)/pid\($0)" }
        let receiver = receiver(
            .rtlWMBus(
                command: """
                    sh -c 'echo $$ >\(files[0]); trap "" TERM; while :; do sleep 0.05; done' |
                    sh -c 'echo $$ >\(files[1]); exec sleep 1000' &
                    echo $$ >\(files[2]); wait
                    """))
        receiver.start()
        var processes: [pid_t] = []
        #expect(
            turn {
                processes = files.compactMap { pid_t(text(of: $0)) }
                return processes.count == 3
            })
        receiver.stop()
        for process in processes { #expect(turn { Self.hasEnded(process) }) }
    }

    /// Gone, or dead and only waiting to be collected by whoever adopted it.
    private static func hasEnded(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        fgets(&line, 256, file)
        let text = String(
            decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.contains(") Z")
    }

    // MARK: Network

    @Test func connectionIsMadeAgainAndAgain() throws {
        let server = try Socket(listening: 0)
        let receiver = receiver(.tcp(NetworkAddress(host: "127.0.0.1", port: server.port)))
        receiver.start()
        for count in 1...3 {
            #expect(turn { opened == count })
            let peer = try #require(server.accept())
            peer.write(Array(Self.n21Line.utf8))
            #expect(turn { frames.count == count })
            peer.close()
            #expect(turn { errors.count == count })
        }
        #expect(frames == [n21, n21, n21])
        #expect(errors.allSatisfy { if case .disconnected = $0 { true } else { false } })
        receiver.stop()
    }

    @Test func nameIsLookedUp() throws {
        let server = try Socket(listening: 0)
        let receiver = receiver(.tcp(NetworkAddress(host: "localhost", port: server.port)))
        receiver.start()
        #expect(turn { opened == 1 })
        receiver.stop()
    }

    @Test func nobodyThereIsWaitedFor() throws {
        let port = try Socket(listening: 0).port
        let receiver = receiver(.tcp(NetworkAddress(host: "127.0.0.1", port: port)))
        receiver.start()
        #expect(turn { errors.count == 2 })
        #expect(
            errors.first
                == .unreachable(
                    NetworkAddress(host: "127.0.0.1", port: port), errno: ECONNREFUSED))
        let server = try Socket(listening: port)
        #expect(turn { opened == 1 })
        receiver.stop()
        server.close()
    }

    /// A connection for each telegram: its end is the telegram's end.
    @Test func connectionsAreTaken() throws {
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        let receiver = receiver(.tcpListen(address))
        receiver.start()
        #expect(opened == 1)
        for (count, octets) in [n21, t2, n21FormatA, Array(Self.t2Line.utf8.dropLast())]
            .enumerated()
        {
            let peer = try Socket(connectingTo: address.port)
            peer.write(octets)
            peer.close()
            #expect(turn { frames.count == count + 1 })
        }
        #expect(frames == [n21, t2, n21FormatA, t2])
        receiver.stop()
    }

    /// Each connection is a stream of its own.
    @Test func connectionsDoNotMix() throws {
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        let receiver = receiver(.tcpListen(address))
        receiver.start()
        let first = try Socket(connectingTo: address.port)
        let second = try Socket(connectingTo: address.port)
        first.write(Array(Self.n21Line.utf8.prefix(40)))
        second.write(Array(Self.t2Line.utf8))
        #expect(turn { frames.count == 1 })
        first.write(Array(Self.n21Line.utf8.dropFirst(40)))
        #expect(turn { frames.count == 2 })
        #expect(frames == [t2, n21])
        receiver.stop()
    }

    @Test func connectionsAreLimited() throws {
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        let receiver = receiver(.tcpListen(address))
        receiver.start()
        let before = descriptors()
        var peers: [Socket] = []
        for _ in 0..<100 {
            peers.append(try Socket(connectingTo: address.port))
            loop.turn(atMost: .milliseconds(20))
        }
        // Ours, theirs, and no more of theirs than so many.
        #expect(turn { descriptors() <= before + 100 + TCPListener.connectionLimit })
        // The newest is served.
        peers.last?.write(Array(Self.n21Line.utf8))
        #expect(turn { frames == [n21] })
        receiver.stop()
        #expect(descriptors() == before + 100 - 1)
    }

    @Test func silentConnectionIsClosed() throws {
        timing.idleLimit = .milliseconds(50)
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        let receiver = receiver(.tcpListen(address))
        receiver.start()
        let peer = try Socket(connectingTo: address.port)
        #expect(turn { peer.isAtEnd })
        receiver.stop()
    }

    @Test func datagramsAreTaken() throws {
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        let receiver = receiver(.udp(address))
        receiver.start()
        let peer = try Socket(sendingTo: address.port)
        for octets in [n21, Array(Self.t2Line.utf8), n21FormatA] { peer.write(octets) }
        #expect(turn { frames.count == 3 })
        #expect(frames == [n21, t2, n21FormatA])
        peer.write([UInt8](repeating: 0xFF, count: 60_000))
        peer.write(n21)
        #expect(turn { frames.count == 4 })
        receiver.stop()
    }

    @Test(arguments: [true, false])
    func takenPortIsTold(isTCP: Bool) throws {
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        let sources: InputSource = isTCP ? .tcpListen(address) : .udp(address)
        let first = receiver(sources)
        first.start()
        let second = receiver(sources)
        second.start()
        #expect(errors == [.cannotListen(address, errno: EADDRINUSE)])
        first.stop()
        #expect(turn { opened == 2 })
        second.stop()
    }

    /// A CUL behind a network: the same session as over a serial line.
    @Test func networkCUL() throws {
        let server = try Socket(listening: 0)
        let path = "tcp://127.0.0.1:\(server.port)"
        let receiver = Receiver(
            settings: ReceiverSettings(name: "attic", kind: .cul, port: path), loop: loop
        ) { [unowned self] in events.append($0) }
        receiver.start()
        var peer: Socket?
        #expect(
            turn {
                peer = peer ?? server.accept()
                return peer != nil
            })
        let cul = try #require(peer)
        let script = ScriptedStick.cul
        var heard: [UInt8] = []
        #expect(
            turn {
                heard += cul.read()
                let answer = script.answer(to: &heard)
                if !answer.isEmpty { cul.write(answer) }
                return opened == 1
            })
        cul.write(script.first)
        #expect(turn { frames.count == 1 })
        #expect(frames == [script.firstFrame.octets])
        cul.close()
        #expect(
            turn {
                events.contains {
                    if case .lost(.input(.disconnected)) = $0 { true } else { false }
                }
            })
        receiver.stop()
    }

    // MARK: Files

    @Test func fileIsReadOnce() {
        directory.write(Self.n21Line + "# a comment\n" + Self.t2Line.dropLast(), to: "heard.txt")
        let receiver = receiver(.file(path: "\(directory.path)/heard.txt"))
        receiver.start()
        #expect(turn { finished })
        #expect(frames == [n21, t2])
        #expect(errors == [])
        receiver.stop()
    }

    /// Its writers come and go.
    @Test func fifoIsReadForEver() {
        let path = "\(directory.path)/fifo"
        mkfifo(path, 0o600)
        let receiver = receiver(.file(path: path))
        receiver.start()
        for count in 1...3 {
            let writer = open(path, O_WRONLY | O_CLOEXEC)
            _ = write(writer, Self.n21Line, Self.n21Line.utf8.count)
            close(writer)
            #expect(turn { frames.count == count })
        }
        #expect(!finished)
        #expect(errors == [])
        receiver.stop()
    }

    @Test func missingFileIsWaitedFor() {
        let path = "\(directory.path)/later.txt"
        let receiver = receiver(.file(path: path))
        receiver.start()
        #expect(errors == [.cannotOpen(path: path, errno: ENOENT)])
        directory.write(Self.n21Line, to: "later.txt")
        #expect(turn { finished })
        #expect(frames == [n21])
        receiver.stop()
    }

    // MARK: Recordings

    /// As `oms2mqtt record` writes it, at these seconds.
    private func recording(_ seconds: [Int]) -> String {
        let frame = RadioFrame(
            octets: n21, format: .crcsRemoved, linkMode: .t1, signalStrength: -71.5)
        let lines = seconds.map { second in
            RecordedTelegram.line(
                time: "2026-11-25T07:00:\(second < 10 ? "0" : "")\(second).000Z", frame: frame,
                receiver: "cellar")
        }
        return ([RecordedTelegram.heading] + lines).joined(separator: "\n") + "\n"
    }

    @Test func recordingIsReplayed() {
        directory.write(recording([1, 2, 59]), to: "recorded.txt")
        let receiver = receiver(
            .replay(path: "\(directory.path)/recorded.txt", speed: 0, repeats: false))
        receiver.start()
        #expect(turn { finished })
        let frame = RadioFrame(
            octets: n21, format: .crcsRemoved, linkMode: .t1, signalStrength: -71.5)
        let heard = events.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
        #expect(heard == [frame, frame, frame])
        receiver.stop()
    }

    /// 5 s at tenfold speed are half a second: not less.
    @Test func recordingKeepsItsTime() {
        directory.write(recording([1, 3, 6]), to: "recorded.txt")
        let receiver = receiver(
            .replay(path: "\(directory.path)/recorded.txt", speed: 10, repeats: false))
        let start = loop.now
        receiver.start()
        #expect(turn { finished })
        #expect(start.duration(to: loop.now) >= .milliseconds(500))
        #expect(frames.count == 3)
        receiver.stop()
    }

    @Test func recordingRepeats() {
        directory.write(recording([1, 1]), to: "recorded.txt")
        let receiver = receiver(
            .replay(path: "\(directory.path)/recorded.txt", speed: 1, repeats: true))
        receiver.start()
        #expect(turn { frames.count >= 6 })
        #expect(!finished)
        receiver.stop()
    }

    @Test func otherFileIsNoRecording() {
        directory.write("nothing here\n", to: "recorded.txt")
        let path = "\(directory.path)/recorded.txt"
        let receiver = receiver(.replay(path: path, speed: 1, repeats: true))
        receiver.start()
        #expect(turn { !errors.isEmpty })
        #expect(errors.first == .notRecording(path: path))
        receiver.stop()
    }

    /// More than is played in one turn.
    @Test func longRecordingIsPlayedWhole() {
        directory.write(recording([Int](repeating: 1, count: 5000)), to: "recorded.txt")
        let receiver = receiver(
            .replay(path: "\(directory.path)/recorded.txt", speed: 1, repeats: false))
        receiver.start()
        #expect(turn { finished })
        #expect(frames.count == 5000)
        receiver.stop()
    }

    // MARK: Several at once

    @Test func oneThatFailsDisturbsNoOther() throws {
        let stick = PlayedStick(.im871a, at: "\(directory.path)/stick", on: loop)
        stick.plugIn()
        directory.write(Self.t2Line, to: "heard.txt")
        let address = NetworkAddress(host: "127.0.0.1", port: try Socket.freePort())
        var heard: [String: Int] = [:]
        var failed: Set<String> = []
        let settings = [
            ReceiverSettings(name: "stick", kind: .im871a, port: stick.path),
            ReceiverSettings(name: "absent", kind: .cul, port: "/nowhere"),
            ReceiverSettings(name: "impossible", kind: .cul, port: "/nowhere", modes: [.s1, .t1]),
            ReceiverSettings(name: "program", input: .rtlWMBus(command: "exit 1")),
            ReceiverSettings(
                name: "nobody",
                input: .tcp(NetworkAddress(host: "127.0.0.1", port: try Socket.freePort()))),
            ReceiverSettings(name: "datagrams", input: .udp(address)),
            ReceiverSettings(name: "file", input: .file(path: "\(directory.path)/heard.txt")),
        ]
        let receivers = settings.map { settings in
            settings.makeReceiver(on: loop) { event in
                switch event {
                case .frame: heard[settings.name, default: 0] += 1
                case .failed, .waiting, .lost: failed.insert(settings.name)
                default: break
                }
            }
        }
        receivers.forEach { $0.start() }
        let peer = try Socket(sendingTo: address.port)
        #expect(turn { failed == ["absent", "impossible", "program", "nobody"] })
        #expect(
            turn {
                stick.say(ScriptedStick.im871a.first)
                peer.write(n21)
                return heard["stick", default: 0] > 2 && heard["datagrams", default: 0] > 2
            })
        #expect(heard["file"] == 1)
        receivers.forEach { $0.stop() }
        stick.unplug()
    }

    // MARK: Means

    private func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        fgets(&line, 64, file)
        let octets = line.prefix { $0 != 0 && $0 != 0x0A }.map(UInt8.init(bitPattern:))
        return String(decoding: octets, as: UTF8.self)
    }

    private func descriptors() -> Int { (0..<1024).count { fcntl($0, F_GETFD) >= 0 } }
}

/// One end of a connection on the loopback interface.
final class Socket {
    struct Failure: Error {}
    private var descriptor: Int32
    let port: UInt16

    private init(_ descriptor: Int32, port: UInt16) {
        self.descriptor = descriptor
        self.port = port
    }

    /// - Parameter port: 0 for a free one
    init(listening port: UInt16, type: __socket_type = SOCK_STREAM) throws {
        descriptor = try Self.make(type)
        var yes: Int32 = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = Self.address(port)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound, type != SOCK_STREAM || listen(descriptor, 4) == 0 else { throw Failure() }
        self.port = UInt16(bigEndian: address.sin_port)
    }

    convenience init(connectingTo port: UInt16) throws {
        try self.init(to: port, type: SOCK_STREAM)
    }

    convenience init(sendingTo port: UInt16) throws { try self.init(to: port, type: SOCK_DGRAM) }

    private init(to port: UInt16, type: __socket_type) throws {
        descriptor = try Self.make(type)
        self.port = port
        var address = Self.address(port)
        let descriptor = descriptor
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Failure() }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close() }

    static func freePort() throws -> UInt16 { try Socket(listening: 0).port }

    /// The peer, if one has come.
    func accept() -> Socket? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 1000) > 0 else { return nil }
        let peer = Glibc.accept(descriptor, nil, nil)
        guard peer >= 0 else { return nil }
        _ = fcntl(peer, F_SETFL, O_NONBLOCK)
        return Socket(peer, port: port)
    }

    func write(_ octets: [UInt8]) {
        _ = send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL))
    }

    func read() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return Array(buffer.prefix(max(count, 0)))
    }

    var isAtEnd: Bool {
        var octet: UInt8 = 0
        return recv(descriptor, &octet, 1, 0) == 0
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    private static func make(_ type: __socket_type) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure() }
        return descriptor
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
