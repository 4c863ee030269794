import Glibc

/// The programs that use a port, from procfs.
public struct PortHolders: Sendable {
    public struct Program: Hashable, Sendable {
        public var process: Int32
        public var name: String
    }

    private let procfs: String

    public init(procfs: String = "/proc") { self.procfs = procfs }

    /// The other programs that have `port` open, as far as this user may see: those of other users
    /// only if they locked it, as every gateway does.
    public func holders(of port: String) -> [Program] {
        guard let node = SystemFile.resolved(port) else { return [] }
        let processes = Set(processes().filter { has(node, open: $0) } + lockers(of: node))
        return processes.filter { $0 != getpid() }.sorted().map {
            Program(process: $0, name: name(of: $0))
        }
    }

    /// Programs that run and are known to take serial ports for modems or braille displays.
    public func suspects() -> [Program] {
        processes().map { Program(process: $0, name: name(of: $0)) }
            .filter { ["ModemManager", "brltty"].contains($0.name) }
    }

    private func processes() -> [Int32] { SystemFile.entries(of: procfs).compactMap { Int32($0) } }

    private func name(of process: Int32) -> String {
        SystemFile.line("\(procfs)/\(process)/comm") ?? "a program"
    }

    private func has(_ node: String, open process: Int32) -> Bool {
        let directory = "\(procfs)/\(process)/fd"
        return SystemFile.entries(of: directory).contains {
            SystemFile.target(of: "\(directory)/\($0)") == node
        }
    }

    /// Those who hold a lock on `node`, by its device and inode in the kernel's list:
    /// `1: FLOCK  ADVISORY  WRITE 4242 00:05:431 0 EOF`.
    private func lockers(of node: String) -> [Int32] {
        var status = stat()
        guard stat(node, &status) == 0 else { return [] }
        let (major, minor) = (status.st_dev >> 8 & 0xFFF, status.st_dev & 0xFF)
        let place = "\(hexadecimal(major)):\(hexadecimal(minor)):\(status.st_ino)"
        return SystemFile.lines("\(procfs)/locks").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 5, words[5] == place else { return nil }
            return Int32(words[4])
        }
    }

    private func hexadecimal(_ number: UInt) -> String {
        (number < 16 ? "0" : "") + String(number, radix: 16)
    }
}
