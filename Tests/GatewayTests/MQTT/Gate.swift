import Glibc
import Receivers
import TestSupport

/// A door before a broker: connections wait at it until it is open. So a test decides who is there
/// first when a broker comes back.
final class Gate {
    let port: UInt16
    var isOpen = false {
        didSet { loop.change(watch, to: isOpen ? .input : []) }
    }
    /// Whether what is sent either way arrives; else it vanishes, as behind a router that died.
    var isForwarding = true
    private let loop: EventLoop
    private let brokerPort: UInt16
    private let listener: Int32
    private var watch: EventLoop.Token
    /// Each connection's two sockets, either way.
    private var others: [Int32: (socket: Int32, watch: EventLoop.Token)] = [:]

    init(before brokerPort: UInt16, on loop: EventLoop) throws {
        (listener, port) = try FreePort.listen(backlog: 8)
        self.loop = loop
        self.brokerPort = brokerPort
        var accepted: () -> Void = {}
        watch = loop.watch(listener, for: []) { _ in accepted() }
        accepted = { [weak self] in self?.accept() }
    }

    deinit {
        loop.cancel(watch)
        for (socket, other) in others {
            loop.cancel(other.watch)
            close(socket)
        }
        close(listener)
    }

    private func accept() {
        let guest = Glibc.accept(listener, nil, nil)
        guard guest >= 0 else { return }
        guard let broker = FreePort.connected(to: brokerPort) else {
            close(guest)
            return
        }
        pass(from: guest, to: broker)
        pass(from: broker, to: guest)
    }

    private func pass(from source: Int32, to target: Int32) {
        let watch = loop.watch(source) { [weak self] _ in
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = read(source, &buffer, buffer.count)
            if count > 0, self?.isForwarding == false { return }
            guard count > 0, send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else {
                self?.end(source, target)
                return
            }
        }
        others[source] = (target, watch)
    }

    private func end(_ sockets: Int32...) {
        for socket in sockets {
            guard let other = others.removeValue(forKey: socket) else { continue }
            loop.cancel(other.watch)
            close(socket)
        }
    }
}
