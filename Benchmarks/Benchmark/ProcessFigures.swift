import Glibc

/// What the kernel knows of a process.
struct ProcessFigures {
    let process: pid_t

    /// User and system time until now.
    var processorTime: Duration {
        // The name, in brackets, may have blanks; fields 14 and 15 of the whole line.
        let fields = (Self.text("/proc/\(process)/stat").split(separator: ")").last ?? "")
            .split(separator: " ")
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
            return .zero
        }
        return .milliseconds(1000 * (user + system) / sysconf(Int32(_SC_CLK_TCK)))
    }

    /// How often one of its threads has begun to run after it had waited.
    var wakeUps: Int {
        Self.names(in: "/proc/\(process)/task").reduce(0) { sum, thread in
            sum + (Self.number("/proc/\(process)/task/\(thread)/status", "voluntary_ctxt") ?? 0)
        }
    }

    var residentKiB: Int { Self.number("/proc/\(process)/status", "VmRSS") ?? 0 }
    var privateAnonymousKiB: Int { Self.number("/proc/\(process)/smaps_rollup", "Anonymous") ?? 0 }

    /// The number in the line that begins with `name`.
    private static func number(_ path: String, _ name: String) -> Int? {
        let line = text(path).split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { line in
            Int(line.split(whereSeparator: { !$0.isNumber }).last ?? "")
        }
    }

    private static func text(_ path: String) -> String {
        guard let stream = fopen(path, "r") else { return "" }
        defer { fclose(stream) }
        var octets = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&octets, 1, octets.count, stream)
        return String(decoding: octets.prefix(count), as: UTF8.self)
    }

    private static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
