import CLinux
import Glibc
import Receivers
import Wire

/// Answers questions of other programs on this computer, over a Unix socket: a JSON object a line
/// in, and one out.
///
/// Who may ask is who may write to the socket's file: its owner and group. Clients are few, their
/// questions short; one that is silent is closed.
final class QuestionSocket {
    static let clientLimit = 8
    static let questionLimit = 1024

    /// Why there is no socket.
    enum Failure: Error, Equatable, CustomStringConvertible {
        case pathTooLong(String)
        case inUse(String)
        case system(String, code: Int32)

        var description: String {
            switch self {
            case .pathTooLong(let path): "the path \(path) is too long for a socket"
            case .inUse(let path): "another oms2mqtt answers at \(path)"
            case .system(let path, let code): "\(path): \(String(cString: strerror(code)))"
            }
        }
    }

    private struct Client {
        var descriptor: Int32
        var watch: EventLoop.Token
        var timer: EventLoop.Token
        var question: [UInt8] = []
        var answer: ArraySlice<UInt8> = []
    }

    let path: String
    private let loop: EventLoop
    private let idleLimit: Duration
    private let answer: (_ question: JSONValue) -> [UInt8]
    private var descriptor: Int32 = -1
    private var watch: EventLoop.Token?
    private var clients: [Int32: Client] = [:]

    /// - Parameter answer: gives a line, without its end.
    init(
        at path: String, loop: EventLoop, idleLimit: Duration = .seconds(10),
        answer: @escaping (_ question: JSONValue) -> [UInt8]
    ) throws(Failure) {
        self.path = path
        self.loop = loop
        self.idleLimit = idleLimit
        self.answer = answer
        guard let address = LocalSocket.address(path) else { throw .pathTooLong(path) }
        // What another left behind is taken away, but never what one answers at.
        if let other = LocalSocket.connected(to: path) {
            Glibc.close(other)
            throw .inUse(path)
        }
        if LocalSocket.isSocket(path) { unlink(path) }
        descriptor = LocalSocket.make(nonBlocking: true)
        guard descriptor >= 0 else { throw .system(path, code: errno) }
        // Before it has a name, so that it is never open to others.
        fchmod(descriptor, 0o660)
        guard LocalSocket.with(address, { bind(descriptor, $0, $1) }) == 0,
            chmod(path, 0o660) == 0, listen(descriptor, Int32(Self.clientLimit)) == 0
        else {
            let code = errno
            Glibc.close(descriptor)
            descriptor = -1
            throw .system(path, code: code)
        }
        watch = loop.watch(descriptor) { [weak self] _ in self?.accept() }
    }

    deinit { close() }

    func close() {
        guard descriptor >= 0 else { return }
        loop.cancel(watch)
        Glibc.close(descriptor)
        descriptor = -1
        unlink(path)
        for client in clients.keys { end(client) }
    }

    private func accept() {
        let client = Glibc.accept(descriptor, nil, nil)
        guard client >= 0 else {
            if errno == EMFILE || errno == ENFILE { rest() }
            return
        }
        guard clients.count < Self.clientLimit else {
            Glibc.close(client)
            return
        }
        _ = fcntl(client, F_SETFL, O_NONBLOCK)
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        clients[client] = Client(
            descriptor: client,
            watch: loop.watch(client) { [weak self] _ in self?.proceed(client) },
            timer: loop.after(idleLimit) { [weak self] in self?.end(client) })
    }

    /// Out of descriptors: whoever waits to be taken would wake us without end.
    private func rest() {
        guard let watch else { return }
        loop.change(watch, to: [])
        loop.after(.seconds(1)) { [weak self] in
            if let self, descriptor >= 0 { loop.change(watch, to: .input) }
        }
    }

    private func end(_ number: Int32) {
        guard let client = clients.removeValue(forKey: number) else { return }
        loop.cancel(client.watch)
        loop.cancel(client.timer)
        Glibc.close(client.descriptor)
    }

    private func proceed(_ number: Int32) {
        guard let client = clients[number] else { return }
        if client.answer.isEmpty { read(number) } else { write(number) }
    }

    private func read(_ number: Int32) {
        var chunk = [UInt8](repeating: 0, count: Self.questionLimit)
        let count = Glibc.read(number, &chunk, chunk.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else { return end(number) }
        clients[number]?.question += chunk.prefix(count)
        next(number)
    }

    /// Answers the next whole line; no more is read before the answer is out.
    private func next(_ number: Int32) {
        guard var client = clients[number] else { return }
        guard let newline = client.question.firstIndex(of: 0x0A) else {
            if client.question.count >= Self.questionLimit { end(number) }
            return
        }
        let line = Array(client.question[..<newline])
        client.question.removeFirst(newline + 1)
        let question = (try? JSONValue(parsing: line.span)) ?? .null
        client.answer = (answer(question) + [0x0A])[...]
        loop.cancel(client.timer)
        client.timer = loop.after(idleLimit) { [weak self] in self?.end(number) }
        clients[number] = client
        loop.change(client.watch, to: .output)
    }

    private func write(_ number: Int32) {
        guard var client = clients[number] else { return }
        let count = client.answer.withUnsafeBytes {
            send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else { return end(number) }
        client.answer.removeFirst(count)
        clients[number] = client
        guard client.answer.isEmpty else { return }
        loop.change(client.watch, to: .input)
        next(number)
    }
}
