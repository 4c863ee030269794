import CLinux
import Glibc

/// A serial line to a stick: opened for this program alone, 8N1 without flow control, read when
/// the event loop finds something, closed on every path.
final class SerialPort: BytePort {
    let path: String
    private let loop: EventLoop
    private let descriptor: Int32
    private var watch: EventLoop.Token?
    private var unwritten: [UInt8] = []
    private var received: ([UInt8]) -> Void = { _ in }
    private var ended: (StickError) -> Void = { _ in }
    private var isClosed = false
    private var isPaused = false

    /// More than any command; a stick that takes so little is gone.
    private static let writeLimit = 4096

    /// Opens `path`, which may be a symbolic link or a pseudo terminal.
    ///
    /// - Throws: what a person can do something about, see `StickError`.
    init(opening path: String, baudRate: UInt32, loop: EventLoop) throws(StickError) {
        descriptor = try Self.open(path, baudRate: baudRate)
        self.path = path
        self.loop = loop
    }

    private static func open(_ path: String, baudRate: UInt32) throws(StickError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw StickError(opening: path, errno: errno) }
        do throws(StickError) {
            try prepare(descriptor, path: path, baudRate: baudRate)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Locks the port and sets the line up.
    private static func prepare(
        _ descriptor: Int32, path: String, baudRate: UInt32
    ) throws(StickError) {
        guard isatty(descriptor) == 1 else {
            throw errno == EIO ? .unplugged(port: path) : .notSerialPort(port: path)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StickError(opening: path, errno: errno)
        }
        // Keeps out programs that know no lock; some ports cannot do it.
        _ = linux_ioctl(descriptor, UInt(TIOCEXCL))

        // From nothing, not from what was set: a left over XON/XOFF or parity corrupts all.
        // No HUPCL, which would restart a nanoCUL at the next opening.
        guard let speed = speed(baudRate) else {
            throw .refusedSettings(port: path, baudRate: baudRate)
        }
        var wanted = termios()
        wanted.c_cflag = tcflag_t(CS8 | CREAD | CLOCAL)
        withUnsafeMutableBytes(of: &wanted.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        cfsetispeed(&wanted, speed)
        cfsetospeed(&wanted, speed)
        var actual = termios()
        errno = 0
        // Some drivers refuse silently: read back what is set now.
        guard tcsetattr(descriptor, TCSANOW, &wanted) == 0, tcgetattr(descriptor, &actual) == 0,
            actual.c_iflag == 0, actual.c_oflag == 0, actual.c_lflag == 0,
            actual.c_cflag & lineBits == wanted.c_cflag & lineBits,
            cfgetospeed(&actual) == speed
        else {
            if errno == EIO { throw .unplugged(port: path) }
            throw .refusedSettings(port: path, baudRate: baudRate)
        }
        tcflush(descriptor, TCIOFLUSH)
    }

    private static let lineBits = tcflag_t(CSIZE | PARENB | CSTOPB) | tcflag_t(CRTSCTS)

    private static func speed(_ baudRate: UInt32) -> speed_t? {
        switch baudRate {
        case 1200: speed_t(B1200)
        case 2400: speed_t(B2400)
        case 4800: speed_t(B4800)
        case 9600: speed_t(B9600)
        case 19_200: speed_t(B19200)
        case 38_400: speed_t(B38400)
        case 57_600: speed_t(B57600)
        case 115_200: speed_t(B115200)
        default: nil
        }
    }

    deinit { close() }

    /// Hands over what comes from now on; `ended` is called once, behind the last octets, when the
    /// port can be used no more.
    func start(
        received: @escaping ([UInt8]) -> Void, ended: @escaping (StickError) -> Void
    ) {
        self.received = received
        self.ended = ended
        watch = loop.watch(descriptor) { [weak self] readiness in self?.isReady(for: readiness) }
    }

    /// - Parameter farewell: sent before that, if the line takes it within 50 ms.
    func close(saying farewell: [UInt8] = []) {
        guard !isClosed else { return }
        isClosed = true
        loop.cancel(watch)
        received = { _ in }
        ended = { _ in }
        if !farewell.isEmpty {
            _ = Glibc.write(descriptor, farewell, farewell.count)
            var waiting: Int32 = 0
            for _ in 0..<50 {
                guard linux_ioctl_int(descriptor, UInt(TIOCOUTQ), &waiting) == 0, waiting > 0
                else { break }
                usleep(1000)
            }
        }
        // Else closing waits for a stick that takes no more octets.
        tcflush(descriptor, TCOFLUSH)
        Glibc.close(descriptor)
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
        guard let watch, !isClosed else { return }
        var interest: EventLoop.Readiness = []
        if !isPaused { interest.insert(.input) }
        if !unwritten.isEmpty { interest.insert(.output) }
        loop.change(watch, to: interest)
    }

    /// Sends `octets`; what the line does not take at once waits for it.
    func write(_ octets: [UInt8]) {
        guard !isClosed else { return }
        unwritten += octets
        writeWaiting()
    }

    private func isReady(for readiness: EventLoop.Readiness) {
        if readiness.contains(.output) { writeWaiting() }
        guard !isClosed, !readiness.isDisjoint(with: [.input, .hangUp]) else { return }
        readAll(isHungUp: !readiness.isDisjoint(with: .hangUp))
    }

    private func readAll(isHungUp: Bool) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        // Bounded, so that a line that never rests leaves time for others.
        for _ in 0..<16 where !isClosed && (!isPaused || isHungUp) {
            let count = read(descriptor, &buffer, buffer.count)
            switch count {
            case 1...: received(Array(buffer.prefix(count)))
            // With VMIN 1 an empty line gives EAGAIN: 0 is the end, as is EIO.
            case 0: return end(.unplugged(port: path))
            default:
                switch errno {
                case EINTR: continue
                case EAGAIN: return isHungUp ? end(.unplugged(port: path)) : ()
                case EIO, ENXIO, ENODEV: return end(.unplugged(port: path))
                default: return end(.readFailed(port: path, errno: errno))
                }
            }
        }
    }

    private func writeWaiting() {
        while !unwritten.isEmpty {
            let count = Glibc.write(descriptor, unwritten, unwritten.count)
            if count > 0 {
                unwritten.removeFirst(count)
            } else if errno == EAGAIN, unwritten.count <= Self.writeLimit {
                break
            } else if errno != EINTR {
                let error: StickError =
                    [EIO, ENXIO, ENODEV].contains(errno)
                    ? .unplugged(port: path) : .writeFailed(port: path, errno: errno)
                unwritten = []
                // Not from within the caller's own turn, who is not ready to lose the port.
                loop.after(.zero) { [weak self] in self?.end(error) }
                return
            }
        }
        watchForWhatMatters()
    }

    private func end(_ error: StickError) {
        guard !isClosed else { return }
        let ended = ended
        close()
        ended(error)
    }
}

extension StickError {
    /// What a failed opening of `port` means.
    init(opening port: String, errno number: Int32) {
        switch number {
        case ENOENT, ENOTDIR: self = .absent(port: port)
        case EACCES, EPERM: self = .notPermitted(port)
        case EBUSY, EWOULDBLOCK: self = .busy(port: port)
        case ENXIO, ENODEV, EIO: self = .unplugged(port: port)
        case ENOTTY, EISDIR: self = .notSerialPort(port: port)
        default: self = .openFailed(port: port, errno: number)
        }
    }

    /// With the group and the permissions that the port has now.
    private static func notPermitted(_ port: String) -> StickError {
        var status = stat()
        guard stat(port, &status) == 0 else {
            return .notPermitted(port: port, group: "unknown", mode: "unknown")
        }
        let group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) }
        return .notPermitted(
            port: port, group: group ?? "\(status.st_gid)",
            mode: "0" + String(status.st_mode & 0o777, radix: 8))
    }
}
