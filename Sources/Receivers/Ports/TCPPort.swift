import CLinux
import Glibc

/// A connection that we make: to a stick behind a network, or to a program that sends telegrams.
final class TCPPort: BytePort, InputPort {
    private let address: NetworkAddress
    private let loop: EventLoop
    private var descriptor: Int32 = -1
    private var watch: EventLoop.Token?
    private var lookup: EventLoop.Token?
    private var limit: EventLoop.Token?
    private var addresses: [SocketAddress] = []
    private var isConnected = false
    private var isClosed = false
    private var isPaused = false
    private var unwritten: [UInt8] = []
    private var handler: (InputEvent) -> Void = { _ in }

    /// Far more than any stick is told at once.
    private static let writeLimit = 4096
    /// What begins a port that is reached so.
    static let scheme = "tcp://"

    init(to address: NetworkAddress, loop: EventLoop) {
        self.address = address
        self.loop = loop
    }

    /// A stick's port written as `tcp://host:port`; nil for any other path.
    convenience init?(path: String, loop: EventLoop) {
        guard path.hasPrefix(Self.scheme),
            let address = NetworkAddress(String(path.dropFirst(Self.scheme.count)))
        else { return nil }
        self.init(to: address, loop: loop)
    }

    deinit { close() }

    var path: String { Self.scheme + address.description }

    // MARK: As a stick's port

    func start(received: @escaping ([UInt8]) -> Void, ended: @escaping (StickError) -> Void) {
        start { event in
            switch event {
            case .octets(let octets, _): received(octets)
            case .failed(let error): ended(.input(error))
            default: break
            }
        }
    }

    /// Sends `octets` as soon as there is a connection.
    func write(_ octets: [UInt8]) {
        guard !isClosed, unwritten.count + octets.count <= Self.writeLimit else { return }
        unwritten += octets
        writeWaiting()
    }

    func close(saying farewell: [UInt8]) {
        if isConnected { write(farewell) }
        close()
    }

    // MARK: Connecting

    func start(_ handler: @escaping (InputEvent) -> Void) {
        self.handler = handler
        if let numeric = try? SocketAddress.numeric(address) {
            addresses = numeric
            // Not from within the caller's own turn.
            limit = loop.after(.zero) { [weak self] in self?.connectNext(ECONNREFUSED) }
            return
        }
        lookup = SocketAddress.look(up: address, on: loop) { [weak self] result in
            guard let self else { return }
            loop.cancel(lookup)
            switch result {
            case .success(let found):
                addresses = found
                connectNext(EHOSTUNREACH)
            case .failure(let failure): fail(.unknownHost(address, reason: failure.reason))
            }
        }
    }

    /// - Parameter number: why the one before could not be reached
    private func connectNext(_ number: Int32) {
        loop.cancel(limit)
        closeDescriptor()
        guard !isClosed else { return }
        guard !addresses.isEmpty else { return fail(.unreachable(address, errno: number)) }
        let next = addresses.removeFirst()
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        descriptor = socket(next.family, type, 0)
        guard descriptor >= 0 else { return connectNext(errno) }
        Self.keepAlive(descriptor)
        let result = next.with { connect(descriptor, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else { return connectNext(errno) }
        watch = loop.watch(descriptor, for: .output) { [weak self] in self?.isReady($0) }
        limit = loop.after(.seconds(10)) { [weak self] in self?.connectNext(ETIMEDOUT) }
    }

    /// A peer that went without a word is noticed within three minutes.
    static func keepAlive(_ descriptor: Int32) {
        for (level, option, value) in [
            (SOL_SOCKET, SO_KEEPALIVE, Int32(1)), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60),
            (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 30), (Int32(IPPROTO_TCP), TCP_KEEPCNT, 4),
        ] {
            var value = value
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private func isReady(_ readiness: EventLoop.Readiness) {
        guard isConnected else {
            var number: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
            guard number == 0 else { return connectNext(number) }
            loop.cancel(limit)
            isConnected = true
            handler(.opened)
            return writeWaiting()
        }
        if readiness.contains(.output) { writeWaiting() }
        guard !isClosed, !readiness.isDisjoint(with: [.input, .hangUp]) else { return }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = read(descriptor, &buffer, buffer.count)
        if count > 0 { return handler(.octets(Array(buffer.prefix(count)), stream: 0)) }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        handler(.streamEnded(0))
        fail(.disconnected(address))
    }

    private func writeWaiting() {
        guard isConnected else { return }
        while !unwritten.isEmpty {
            // A peer that is gone is told by reading, not by SIGPIPE.
            let count = send(descriptor, unwritten, unwritten.count, Int32(MSG_NOSIGNAL))
            if count > 0 {
                unwritten.removeFirst(count)
            } else if errno != EINTR {
                if errno != EAGAIN { unwritten = [] }
                break
            }
        }
        watchForWhatMatters()
    }

    func pause() {
        isPaused = true
        watchForWhatMatters()
    }

    func resume() {
        isPaused = false
        watchForWhatMatters()
    }

    private func watchForWhatMatters() {
        guard isConnected, let watch else { return }
        var interest: EventLoop.Readiness = []
        if !isPaused { interest.insert(.input) }
        if !unwritten.isEmpty { interest.insert(.output) }
        loop.change(watch, to: interest)
    }

    // MARK: The end

    private func fail(_ error: InputError) {
        guard !isClosed else { return }
        let handler = handler
        close()
        handler(.failed(error))
    }

    func close() {
        isClosed = true
        handler = { _ in }
        loop.cancel(lookup)
        loop.cancel(limit)
        closeDescriptor()
    }

    private func closeDescriptor() {
        loop.cancel(watch)
        watch = nil
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}
