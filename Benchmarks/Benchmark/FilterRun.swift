import Glibc
import TestSupport

/// One run of the program as a filter: `oms2mqtt decode --jsonl` with a file as its input and a
/// pipe, read by the benchmark, as its output.
struct FilterRun {
    var lines = 0
    var octets = 0
    var errors = 0
    /// User and system time of the program.
    var nanoseconds = 0
    /// At its peak, as far as it was seen while the program wrote.
    var residentKiB = 0
    private var memoryLookedAt = 0
    /// From the start of the program to its first line.
    var untilFirstLine = Duration.zero
    var wall = Duration.zero

    struct Failure: Error, CustomStringConvertible { let description: String }

    init(_ program: String, _ arguments: [String], input: String) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(description: "no pipe") }
        // The program must not hold the end that is read here.
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[1])
        let words = ([program] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        let start = ContinuousClock.now
        let result = posix_spawn(&process, program, &actions, nil, words + [nil], environ)
        close(ends[1])
        guard result == 0 else {
            close(ends[0])
            throw Failure(description: "\(program): \(String(cString: strerror(result)))")
        }
        read(from: ends[0], of: process, since: start)
        close(ends[0])
        var usage = rusage()
        var status: Int32 = 0
        guard wait4(process, &status, 0, &usage) == process, status == 0 else {
            throw Failure(description: "\(program) ended with status \(status)")
        }
        wall = ContinuousClock.now - start
        nanoseconds =
            (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000_000
            + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000
    }

    private mutating func read(
        from descriptor: Int32, of process: pid_t, since start: ContinuousClock.Instant
    ) {
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var startsLine = true
        let error = Array(#"{"error""#.utf8)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            octets += count
            if octets > memoryLookedAt + 1 << 20 {
                memoryLookedAt = octets
                // What the kernel counts for a child has that of its parent in it.
                let peak = TestSupport.residentKiB(of: process, peak: true)
                residentKiB = max(residentKiB, peak)
            }
            var place = 0
            while place < count {
                if startsLine, chunk[place..<count].starts(with: error) { errors += 1 }
                guard let end = chunk[place..<count].firstIndex(of: 0x0A) else {
                    startsLine = false
                    break
                }
                if lines == 0 { untilFirstLine = ContinuousClock.now - start }
                lines += 1
                startsLine = true
                place = end + 1
            }
        }
    }
}
