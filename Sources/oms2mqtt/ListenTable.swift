import CLinux
import Gateway
import Glibc

/// The meters that are heard as a table: once, or again and again on a terminal.
struct ListenTable {
    private static let heading = [
        "signal", "meter", "what", "maker", "key", "heard", "last", "reads",
    ]

    /// What is said below the live table, the last lines of it.
    var notes: [String] = []
    var filter: String = ""

    /// The table's lines, those that do not fit left out.
    static func lines(_ meters: [HeardMeters.Meter], at now: WallTime) -> [String] {
        let rows = [heading] + meters.map { row($0, now) }
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, text) in row.enumerated() {
                // Numbers to the right, words to the left.
                let fill = String(repeating: " ", count: widths[column] - text.count)
                line += [0, 5, 6].contains(column) ? fill + text : text + fill
                line += "  "
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func row(_ meter: HeardMeters.Meter, _ now: WallTime) -> [String] {
        let telegram = meter.telegram
        return [
            meter.signal.map { "\(Int($0.rounded())) dBm" } ?? "-",
            "\(telegram.meter)", telegram.kind, telegram.maker,
            telegram.encryption == nil ? "none" : meter.isOpen ? "yours" : "needed",
            "\(meter.telegrams)×", "\(max(now.seconds - meter.lastHeard.seconds, 0)) s",
            (meter.total ?? "") + (meter.name.map { " '\($0)'" } ?? ""),
        ]
    }

    /// Draws over what was drawn before.
    func draw(_ meters: HeardMeters, at now: WallTime) {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 5
        let height = isKnown ? Int(size.ws_row) : 24
        let width = isKnown ? Int(size.ws_col) : 80
        let all = Self.lines(meters.byStrength, at: now)
        let below =
            notes.suffix(3).flatMap { $0.wrapped(to: width) } + [
                counted(all.count - 1, "meter") + ", "
                    + counted(meters.damaged, "damaged telegram") + ". Ctrl-C ends it."
            ]
        var shown = all.prefix(max(height - below.count - 2, 2)).map { $0 }
        if shown.count < all.count {
            shown.append("… and \(all.count - shown.count) more that are weaker")
        }
        // Home, each line with what was behind it erased, and all below.
        let text = (shown + [""] + below).map { $0.prefix(width) + "\u{1B}[K" }
        printLine("\u{1B}[H" + text.joined(separator: "\n") + "\u{1B}[J")
    }

    static func clear() { printLine("\u{1B}[2J\u{1B}[H") }
}
