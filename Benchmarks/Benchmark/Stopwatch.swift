import Allocations
import Glibc
import Wire

/// What a piece of work cost this thread.
struct Cost {
    var nanoseconds = 0
    var allocations = 0

    /// Measures `work` by the thread's own CPU clock, so that other programs do not count.
    static func of(_ work: () throws -> Void) rethrows -> Cost {
        let allocations = allocations_of_thread()
        let start = now
        try work()
        return Cost(
            nanoseconds: now - start, allocations: Int(allocations_of_thread() - allocations))
    }

    /// What this thread has used of the processor, in nanoseconds.
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

extension Double {
    /// With `places` behind the point.
    func text(_ places: Int) -> String {
        var power = 1.0
        for _ in 0..<places { power *= 10 }
        var utf8: [UInt8] = []
        Decimal.append(Int64((self * power).rounded()), exponent: -places, to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }
}

/// Prints a table whose columns are as wide as what stands in them.
func printTable(_ rows: [[String]]) {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
        rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    for row in rows {
        let cells = row.enumerated().map { column, text in
            let blanks = String(repeating: " ", count: widths[column] - text.count)
            return column == 0 ? text + blanks : blanks + text
        }
        print("  " + cells.joined(separator: "  "))
    }
    print()
}
