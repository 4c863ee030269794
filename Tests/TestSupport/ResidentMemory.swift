import Glibc

/// What a process takes of the memory, or took at most (`peak`), in KiB; 0: it is not there.
public func residentKiB(of process: Int32, peak: Bool = false) -> Int {
    guard let file = fopen("/proc/\(process)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
        let text = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        if words.first == (peak ? "VmHWM:" : "VmRSS:"), words.count > 1 {
            return Int(words[1]) ?? 0
        }
    }
    return 0
}
