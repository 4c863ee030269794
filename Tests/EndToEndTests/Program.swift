import CLinux
import Glibc
import Synchronization
import TestSupport

/// A program started for a test: its output is collected line by line, and it is surely ended.
final class Program: Sendable {
    private struct Output {
        var lines: [String] = []
        var ended = false
    }

    let process: pid_t
    private let output = Mutex(Output())
    private let status = Mutex<Int32?>(nil)

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Starts `path` (looked for in PATH) with `arguments`; standard output and error come together.
    init(_ path: String, _ arguments: [String]) throws {
        var ends: [Int32] = [0, 0]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Failure(description: "no pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
        // The test runner may hold signals back; a child must not inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let words = ([path] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        let result = posix_spawnp(&process, path, &actions, &attributes, words + [nil], environ)
        close(ends[1])
        guard result == 0 else {
            close(ends[0])
            throw Failure(description: "\(path): \(String(cString: strerror(result)))")
        }
        self.process = process
        collect(from: ends[0])
    }

    deinit { kill(process, SIGKILL) }

    /// All lines so far.
    var lines: [String] { output.withLock { $0.lines } }

    /// Whether its output has come to an end, and all of it is in `lines`.
    var isReadToEnd: Bool { output.withLock { $0.ended } }

    /// Waits for a line that `isWanted`, looking at all since the start.
    func line(within limit: Duration = patience, where isWanted: (String) -> Bool) throws
        -> String
    {
        var found: String?
        var seen = 0
        try wait(limit) {
            let lines = output.withLock { Array($0.lines.dropFirst(seen)) }
            seen += lines.count
            found = lines.first(where: isWanted)
            return found != nil
        }
        guard let found else { throw Failure(description: "not reached") }
        return found
    }

    /// Waits until `condition` holds for the lines so far.
    func wait(_ limit: Duration = patience, until condition: () -> Bool) throws {
        let deadline = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < deadline else {
                throw Failure(
                    description: "not within \(limit); last lines:\n"
                        + lines.suffix(15).joined(separator: "\n"))
            }
            usleep(2000)
        }
    }

    /// Sends `signal` and waits for the end.
    ///
    /// - Returns: the exit code, or minus the signal that ended it; nil if it did not end in time.
    func end(_ signal: Int32 = SIGTERM, within limit: Duration = patience) -> Int32? {
        kill(process, signal)
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let code = exitCode { return code }
            usleep(2000)
        }
        kill(process, SIGKILL)
        return nil
    }

    /// Waits for the end of a program that ends by itself; nil if it does not.
    func ended(within limit: Duration = patience) -> Int32? {
        try? wait(limit) { exitCode != nil }
        return exitCode
    }

    /// The exit code once it has ended.
    var exitCode: Int32? {
        status.withLock { known in
            if let known { return known }
            var raw: Int32 = 0
            guard waitpid(process, &raw, WNOHANG) == process else { return nil }
            known = raw & 0x7F == 0 ? raw >> 8 & 0xFF : -(raw & 0x7F)
            return known
        }
    }

    /// Resident memory in KiB, and open descriptors.
    var residentKiB: Int { TestSupport.residentKiB(of: process) }

    var openDescriptors: Int {
        guard let folder = opendir("/proc/\(process)/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count - 2
    }

    // MARK: Reading

    private func collect(from descriptor: Int32) {
        let reading = Unmanaged.passRetained(Reading(program: self, descriptor: descriptor))
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Reading>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, reading.toOpaque())
        pthread_detach(thread)
    }

    private final class Reading {
        weak var program: Program?
        let descriptor: Int32

        init(program: Program, descriptor: Int32) {
            self.program = program
            self.descriptor = descriptor
        }

        func run() {
            var pending: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0, let program else { break }
                pending += chunk[..<count]
                var lines: [String] = []
                var start = 0
                while let end = pending[start...].firstIndex(of: 0x0A) {
                    lines.append(String(decoding: pending[start..<end], as: UTF8.self))
                    start = end + 1
                }
                pending.removeFirst(start)
                program.output.withLock { $0.lines += lines }
            }
            program?.output.withLock { $0.ended = true }
            close(descriptor)
        }
    }
}
