import Gateway
import Glibc
import TestSupport

/// Reads changed copies of files, by turns: `ConfigurationFuzz <result>
/// <count> <file>…`.
///
/// Whatever a file holds, reading it comes to an end with a configuration or a reason for none;
/// where not, the program ends with 1. Into the file `result` go three numbers: how many could be
/// used, and its resident memory in KiB after half of them and in the end. Where it failed it is
/// the file that it failed at. A process of its own, so that nothing else is measured.
@main struct ConfigurationFuzz {
    private static let keys = KeySource { _ in nil }

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 3, let count = Int(arguments[2]) else { exit(2) }
        let samples = arguments.dropFirst(3).map(contents)
        var mutator = Mutator(seed: 1, marks: "\0\t\n\r :-?[]{}&*!|>'\"%@#,~\\\u{FEFF}ä")
        var usable = 0
        var half = 0
        for number in 0..<count {
            if number == count / 2 { half = residentKiB(of: getpid()) }
            let changed = mutator.changed(samples[number % samples.count])
            guard let isUsable = isUsable(changed) else {
                write(changed, to: arguments[1])
                exit(1)
            }
            if isUsable { usable += 1 }
        }
        let end = residentKiB(of: getpid())
        write(Array("\(usable) \(half) \(end)".utf8), to: arguments[1])
    }

    /// Nil: neither a configuration nor a reason came of it.
    static func isUsable(_ octets: [UInt8]) -> Bool? {
        let (configuration, faults) = ConfigurationFile.read(octets, keys: keys)
        let lastLine = octets.reduce(1) { $1 == 0x0A || $1 == 0x0D ? $0 + 1 : $0 }
        var line = 0
        var isRight = configuration != nil || faults.contains { $0.severity == .error }
        // The last one may be about all those that did not fit.
        for fault in faults.dropLast() {
            isRight = isRight && fault.line >= line && !fault.message.isEmpty
            line = fault.line
        }
        // YAML breaks lines at more characters than these.
        if !octets.contains(where: { $0 >= 0x80 }) { isRight = isRight && line <= lastLine }
        return isRight ? configuration != nil : nil
    }

    private static func write(_ octets: [UInt8], to path: String) {
        guard let file = fopen(path, "w") else { exit(2) }
        fwrite(octets, 1, octets.count, file)
        fclose(file)
    }

    private static func contents(of path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { exit(2) }
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&octets, 1, octets.count, file)
        return Array(octets.prefix(count))
    }
}
