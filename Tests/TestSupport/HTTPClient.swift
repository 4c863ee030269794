import Glibc

/// A client of a web server on the loopback interface that sends just the octets it is given.
public final class HTTPClient {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private let whileWaiting: () -> Void

    /// What a server answered.
    public struct Answer: Equatable {
        public var status: Int
        /// Names in lower case.
        public var headers: [String: String]
        public var body: String
    }

    /// Nil: nobody takes the connection.
    ///
    /// - Parameters:
    ///   - source: the last three octets of the address 127.x.y.z that it comes from.
    ///   - whileWaiting: called again and again while nothing comes; it shall take about a
    ///     millisecond.
    public init?(
        port: UInt16, from source: UInt32? = nil,
        whileWaiting: @escaping () -> Void = { usleep(1000) }
    ) {
        guard let descriptor = FreePort.connected(to: port, from: source) else { return nil }
        self.whileWaiting = whileWaiting
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Sends octets; false when the other end does not take them any more.
    @discardableResult
    public func send(_ octets: some Sequence<UInt8>) -> Bool {
        var rest = Array(octets)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    public func send(_ text: String) -> Bool { send(text.utf8) }

    /// No more is sent; answers are still read.
    public func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next answer that is no "100 Continue"; nil when the other end closed without one, or gave
    /// none within `limit`.
    ///
    /// - Parameter hasBody: false for the answer to HEAD.
    public func answer(hasBody: Bool = true, within limit: Duration = patience) -> Answer? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let answer = takeAnswer(hasBody) {
                if answer.status != 100 { return answer }
            } else if !receive(until: deadline) {
                return nil
            }
        }
    }

    /// Whether the other end closes, whatever it sends before.
    public func isClosed(within limit: Duration = patience) -> Bool {
        rest(within: limit) != nil
    }

    /// All that comes until the other end closes; nil if it does not.
    public func rest(within limit: Duration = patience) -> [UInt8]? {
        let deadline = ContinuousClock.now + limit
        while receive(until: deadline) {}
        guard ContinuousClock.now < deadline else { return nil }
        defer { received = [] }
        return received
    }

    /// Lets go of the connection without leaving anything of it in the system, as tests do that
    /// open very many.
    public func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func takeAnswer(_ hasBody: Bool) -> Answer? {
        let end = Array("\r\n\r\n".utf8)
        guard
            let headEnd = received.indices.first(where: { received[$0...].starts(with: end) })
        else { return nil }
        let lines = String(decoding: received[..<headEnd], as: UTF8.self)
            .split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        var answer = Answer(
            status: words.count > 1 ? Int(words[1]) ?? 0 : 0, headers: [:], body: "")
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            answer.headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let length = hasBody ? answer.headers["content-length"].flatMap { Int($0) } ?? 0 : 0
        let body = received[(headEnd + end.count)...]
        guard body.count >= length else { return nil }
        answer.body = String(decoding: body.prefix(length), as: UTF8.self)
        received = Array(body.dropFirst(length))
        return answer
    }

    /// False: closed, or nothing came in time.
    private func receive(until deadline: ContinuousClock.Instant) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, 0) == 0 {
            guard ContinuousClock.now < deadline else { return false }
            whileWaiting()
        }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        received += chunk[..<count]
        return true
    }
}
