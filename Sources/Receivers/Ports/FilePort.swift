import Glibc

/// Standard input, a file that is read once, or a FIFO that is read for ever.
final class FilePort: InputPort {
    private let path: String?
    private let loop: EventLoop
    private var descriptor: Int32 = -1
    private var watch: EventLoop.Token?

    /// - Parameter path: nil for standard input
    init(path: String?, loop: EventLoop) {
        self.path = path
        self.loop = loop
    }

    deinit { close() }

    private var name: String { path ?? "standard input" }

    func start(_ handler: @escaping (InputEvent) -> Void) throws(InputError) {
        descriptor = try opened()
        handler(.opened)
        watch = loop.watch(descriptor) { [weak self] _ in self?.read(handler) }
    }

    private func opened() throws(InputError) -> Int32 {
        guard let path else { return STDIN_FILENO }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotOpen(path: path, errno: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .cannotOpen(path: path, errno: EISDIR)
        }
        // A FIFO opened for writing as well has no end when its writer goes: the next one may come.
        let isFIFO = status.st_mode & S_IFMT == S_IFIFO
        let descriptor = open(
            path, (isFIFO ? O_RDWR : O_RDONLY) | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        return descriptor
    }

    func close() {
        loop.cancel(watch)
        watch = nil
        if descriptor > STDIN_FILENO || path != nil, descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    func pause() { if let watch { loop.change(watch, to: []) } }
    func resume() { if let watch { loop.change(watch, to: .input) } }

    /// Once each time, so that a blocking standard input does not hold up the loop.
    private func read(_ handler: (InputEvent) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { return handler(.octets(Array(buffer.prefix(count)), stream: 0)) }
        let number = errno
        if count < 0, number == EAGAIN || number == EINTR { return }
        close()
        if count < 0 { return handler(.failed(.readFailed(path: name, errno: number))) }
        handler(.streamEnded(0))
        handler(.finished)
    }
}
