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

/// Does `work` again until `process` grows by less than `limit` octets, five times at most.
///
/// What a program keeps of each input makes it grow each time. What its allocator keeps at hand for
/// the moment at which most was under way makes it grow now and then, and is no fault.
///
/// - Returns: the least that it grew by, in octets.
public func leastGrowth(of process: Int32, limit: Int, _ work: () throws -> Void) rethrows -> Int {
    var least = Int.max
    for _ in 0..<5 where least >= limit {
        let before = residentKiB(of: process)
        try work()
        least = min(least, (residentKiB(of: process) - before) << 10)
    }
    return least
}
