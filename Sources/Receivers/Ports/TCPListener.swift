import Glibc

/// Takes connections of programs that send telegrams, also of those that connect for each one.
///
/// So many at once: for another the one that was silent longest is closed, as it is when nothing
/// came over it for long.
final class TCPListener: InputPort {
    static let connectionLimit = 16

    private struct Connection {
        var descriptor: Int32
        var watch: EventLoop.Token
        var lastHeard: EventLoop.Instant
    }

    private let address: NetworkAddress
    private let loop: EventLoop
    private let idleLimit: Duration
    private var descriptor: Int32 = -1
    private var watch: EventLoop.Token?
    private var idleTimer: EventLoop.Token?
    private var connections: [Int: Connection] = [:]
    private var lastNumber = 0
    private var handler: (InputEvent) -> Void = { _ in }

    init(at address: NetworkAddress, loop: EventLoop, idleLimit: Duration = .seconds(1800)) {
        self.address = address
        self.loop = loop
        self.idleLimit = idleLimit
    }

    deinit { close() }

    func start(_ handler: @escaping (InputEvent) -> Void) throws(InputError) {
        self.handler = handler
        descriptor = try Self.bound(to: address, type: SOCK_STREAM)
        guard listen(descriptor, 16) == 0 else {
            let number = errno
            close()
            throw .cannotListen(address, errno: number)
        }
        watch = loop.watch(descriptor) { [weak self] _ in self?.accept() }
        handler(.opened)
        lookForIdle()
    }

    /// A socket that is bound to `address`, whose host is a number.
    static func bound(
        to address: NetworkAddress, type: __socket_type
    ) throws(InputError) -> Int32 {
        guard let own = (try? SocketAddress.numeric(address))?.first else {
            throw .unknownHost(address, reason: "write a number, as 0.0.0.0, not a name")
        }
        let flags = type.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(own.family, Int32(flags), 0)
        guard descriptor >= 0 else { throw .cannotListen(address, errno: errno) }
        if type == SOCK_STREAM {
            // Else the port cannot be taken again for a minute.
            var yes: Int32 = 1
            setsockopt(
                descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        guard own.with({ bind(descriptor, $0, $1) }) == 0 else {
            let number = errno
            Glibc.close(descriptor)
            throw .cannotListen(address, errno: number)
        }
        return descriptor
    }

    private func accept() {
        // Bounded, so that a flood of connections leaves time for others.
        for _ in 0..<16 {
            let accepted = Glibc.accept(descriptor, nil, nil)
            guard accepted >= 0 else {
                if errno == EMFILE || errno == ENFILE { rest() }
                return
            }
            _ = fcntl(accepted, F_SETFL, O_NONBLOCK)
            _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
            TCPPort.keepAlive(accepted)
            if connections.count >= Self.connectionLimit { closeLongestSilent() }
            lastNumber += 1
            let number = lastNumber
            connections[number] = Connection(
                descriptor: accepted,
                watch: loop.watch(accepted) { [weak self] _ in self?.read(number) },
                lastHeard: loop.now)
        }
    }

    /// Out of descriptors: whoever waits to be taken would wake us without end.
    private func rest() {
        closeLongestSilent()
        guard let watch else { return }
        loop.change(watch, to: [])
        loop.after(.seconds(1)) { [weak self] in
            if let self, self.watch == watch { loop.change(watch, to: .input) }
        }
    }

    private func read(_ number: Int) {
        guard let connection = connections[number] else { return }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(connection.descriptor, &buffer, buffer.count)
        if count > 0 {
            connections[number]?.lastHeard = loop.now
            handler(.octets(Array(buffer.prefix(count)), stream: number))
        } else if count == 0 || errno != EAGAIN && errno != EINTR {
            end(number)
        }
    }

    private func end(_ number: Int) {
        guard let connection = connections.removeValue(forKey: number) else { return }
        loop.cancel(connection.watch)
        Glibc.close(connection.descriptor)
        handler(.streamEnded(number))
    }

    private func closeLongestSilent() {
        if let number = connections.min(by: { $0.value.lastHeard < $1.value.lastHeard })?.key {
            end(number)
        }
    }

    private func lookForIdle() {
        idleTimer = loop.after(idleLimit / 2) { [weak self] in
            guard let self else { return }
            let now = loop.now
            for (number, connection) in connections
            where connection.lastHeard.duration(to: now) >= idleLimit { end(number) }
            if watch != nil { lookForIdle() }
        }
    }

    func close() {
        handler = { _ in }
        loop.cancel(idleTimer)
        loop.cancel(watch)
        watch = nil
        for connection in connections.values {
            loop.cancel(connection.watch)
            Glibc.close(connection.descriptor)
        }
        connections = [:]
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}

/// Takes datagrams, each with one telegram.
final class UDPPort: InputPort {
    private let address: NetworkAddress
    private let loop: EventLoop
    private var descriptor: Int32 = -1
    private var watch: EventLoop.Token?

    init(at address: NetworkAddress, loop: EventLoop) {
        self.address = address
        self.loop = loop
    }

    deinit { close() }

    func start(_ handler: @escaping (InputEvent) -> Void) throws(InputError) {
        descriptor = try TCPListener.bound(to: address, type: SOCK_DGRAM)
        watch = loop.watch(descriptor) { [weak self] _ in self?.read(handler) }
        handler(.opened)
    }

    private func read(_ handler: (InputEvent) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        for _ in 0..<16 where watch != nil {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { return }
            handler(.datagram(Array(buffer.prefix(count))))
        }
    }

    func close() {
        loop.cancel(watch)
        watch = nil
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}
