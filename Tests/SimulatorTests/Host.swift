import CLinux
import Glibc
import TestSupport

/// A program that has opened a stick's port.
final class Host {
    let descriptor: Int32

    /// Opens `path`, waiting for it if it is not there yet; nil when it does not come.
    init?(opening path: String) {
        let deadline = ContinuousClock.now + patience
        var opened: Int32 = -1
        repeat {
            opened = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
            if opened < 0 { usleep(1000) }
        } while opened < 0 && ContinuousClock.now < deadline
        guard opened >= 0 else { return nil }
        descriptor = opened
    }

    deinit { close(descriptor) }

    func set(baudRate: Int32) {
        var settings = termios()
        tcgetattr(descriptor, &settings)
        cfsetspeed(&settings, speed_t(baudRate))
        tcsetattr(descriptor, TCSANOW, &settings)
    }

    func write(_ octets: [UInt8]) { _ = Glibc.write(descriptor, octets, octets.count) }

    /// Reads until `isEnough` says so; what came in time, and no more once it hung up.
    func read(until isEnough: ([UInt8]) -> Bool) -> [UInt8] {
        let deadline = ContinuousClock.now + patience
        var result: [UInt8] = []
        while !isEnough(result), !hasHungUp, ContinuousClock.now < deadline {
            result += readWhatIsThere(waiting: 50)
        }
        return result
    }

    /// Reads `count` octets.
    func read(_ count: Int) -> [UInt8] { read { $0.count >= count } }

    /// Reads until the stick is pulled out.
    func readToHangUp() -> [UInt8] { read { _ in false } }

    /// Whether the stick was pulled out.
    private(set) var hasHungUp = false

    private func readWhatIsThere(waiting milliseconds: Int32) -> [UInt8] {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, milliseconds) > 0 else { return [] }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { hasHungUp = true }
        return Array(chunk.prefix(max(count, 0)))
    }
}

/// Whether `condition` comes true.
func eventually(_ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + patience
    while !condition() {
        guard ContinuousClock.now < deadline else { return false }
        usleep(1000)
    }
    return true
}
