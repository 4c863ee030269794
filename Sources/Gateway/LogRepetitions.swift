import Logging

/// Which lines a log shows, and which it only counts: what is said again and again fills no disk.
///
/// Some of a kind a minute are shown; how many more there were is said when the minute is over and
/// something else is logged.
struct LogRepetitions {
    typealias Instant = ContinuousClock.Instant

    struct Line: Hashable {
        var level: Logger.Level
        var text: String
    }

    private struct Count {
        var ends: Instant
        var shown = 0
        var leftOut = 0
    }

    static let shownAMinute = 5
    /// Different lines that are remembered at once.
    private static let limit = 200
    private var counts: [Line: Count] = [:]

    /// - Returns: whether `line` is shown, and what is said before of lines that were left out.
    mutating func take(_ line: Line, at now: Instant) -> (isShown: Bool, leftOut: [Line]) {
        var leftOut: [Line] = []
        for (known, count) in counts where count.ends <= now {
            counts[known] = nil
            guard count.leftOut > 0 else { continue }
            let more = "Said \(count.leftOut) more times within a minute: \(known.text)"
            leftOut.append(Line(level: known.level, text: more))
        }
        guard counts[line] != nil || counts.count < Self.limit else { return (true, leftOut) }
        var count = counts[line] ?? Count(ends: now + .seconds(60))
        let isShown = count.shown < Self.shownAMinute
        if isShown { count.shown += 1 } else { count.leftOut += 1 }
        counts[line] = count
        return (isShown, leftOut.sorted { $0.text < $1.text })
    }
}
