import CLinux
import Glibc

/// What the program takes of the computer.
struct ProcessFacts: Equatable, Sendable {
    /// Octets of memory that are in use.
    var residentMemory: UInt64 = 0
    /// Processor time since the start, in seconds.
    var processorTime = 0.0
    var openDescriptors = 0
    /// When it was started, in seconds since 1970.
    var started = 0.0

    /// Of this process, now. What the system does not tell stays 0.
    static var now: ProcessFacts {
        var facts = ProcessFacts()
        facts.residentMemory = statusPages(1) * UInt64(max(sysconf(Int32(_SC_PAGESIZE)), 0))
        var usage = rusage()
        if getrusage(RUSAGE_SELF.rawValue, &usage) == 0 {
            facts.processorTime = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        }
        facts.openDescriptors = openDescriptorCount()
        facts.started = startTime()
        return facts
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }

    /// A number of `/proc/self/statm` (proc(5)).
    private static func statusPages(_ place: Int) -> UInt64 {
        let words = text("/proc/self/statm").split(separator: " ")
        return words.count > place ? UInt64(words[place]) ?? 0 : 0
    }

    /// By the clock that runs since the computer was started: `/proc/stat` is not there for a
    /// service that sees only itself.
    private static func startTime() -> Double {
        // Field 22 of proc(5); the name in field 2 may have blanks and brackets in it.
        let fields = text("/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 19, let ticks = Double(fields[19]) else { return 0 }
        var uptime = timespec()
        clock_gettime(CLOCK_BOOTTIME, &uptime)
        let running =
            Double(uptime.tv_sec) + Double(uptime.tv_nsec) / 1e9
            - ticks / Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        return Double(WallTime.now.seconds) - running.rounded()
    }

    private static func openDescriptorCount() -> Int {
        guard let stream = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(stream) }
        var count = 0
        while readdir(stream) != nil { count += 1 }
        // Two for the directory itself and the one above, one for the stream.
        return max(count - 3, 0)
    }

    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 1024)
        let count = read(descriptor, &octets, octets.count)
        return String(decoding: octets.prefix(max(count, 0)), as: UTF8.self)
    }
}
