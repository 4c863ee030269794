import Logging
import Synchronization
import Testing
import Wire

@testable import Gateway

@Suite struct ServiceLogTests {
    final class Lines: Sendable {
        let text = Mutex("")
        func logger(
            isJournal: Bool, level: Logger.Level = .info, format: LogFormat = .text
        ) -> Logger {
            Logger(label: "test") { _ in
                ServiceLog(level: level, format: format, isJournal: isJournal) { line in
                    self.text.withLock { $0 += String(decoding: line, as: UTF8.self) }
                }
            }
        }
    }

    @Test func theJournalGetsPrioritiesAndNoTime() {
        let lines = Lines()
        let log = lines.logger(isJournal: true)
        log.error("e")
        log.warning("w", metadata: ["b": "2", "a": "1"])
        log.info("i")
        log.debug("d")
        #expect(lines.text.withLock { $0 } == "<3>e\n<4>w (a: 1, b: 2)\n<6>i\n")
    }

    @Test func elseTimeAndLevelComeFirst() throws {
        let lines = Lines()
        lines.logger(isJournal: false, level: .debug).debug("text")
        let line = lines.text.withLock { $0 }
        let expected = try Regex(#"\d{4}-\d\d-\d\dT[0-9:.]{12}Z debug text\n"#)
        #expect(line.wholeMatch(of: expected) != nil)
    }

    @Test func nothingFromOutsideBeginsALine() {
        let lines = Lines()
        lines.logger(isJournal: true).info("a\nb", metadata: ["k": "\u{1B}[2J\r\n<0>x"])
        #expect(lines.text.withLock { $0 } == "<6>a?b (k: ?[2J??<0>x)\n")
    }

    @Test func linesForPrograms() throws {
        let lines = Lines()
        lines.logger(isJournal: true, format: .json).warning(
            "a \"b\"\n", metadata: ["key": "\u{1}"])
        let line = lines.text.withLock { $0 }
        #expect(line.hasPrefix("<4>{") && line.hasSuffix("}\n"))
        let json = try JSONValue(parsing: String(line.dropFirst(3)))
        #expect(json["level"]?.string == "warning")
        #expect(json["message"]?.string == "a \"b\"\n")
        #expect(json["fields"]?["key"]?.string == "\u{1}")
        #expect(json["time"]?.string?.hasSuffix("Z") == true)
        #expect(line.count { $0.isNewline } == 1)
    }

    @Test func whatRepeatsIsCounted() {
        let lines = Lines()
        let log = lines.logger(isJournal: true, level: .info)
        for _ in 0..<100 {
            log.warning("again")
            log.warning("again", metadata: ["of": "another"])
        }
        let said = lines.text.withLock { $0 }.split(separator: "\n")
        #expect(said.count { $0 == "<4>again" } == LogRepetitions.shownAMinute)
        #expect(said.count { $0 == "<4>again (of: another)" } == LogRepetitions.shownAMinute)
    }

    @Test func developersSeeAll() {
        let lines = Lines()
        let log = lines.logger(isJournal: true, level: .debug)
        for _ in 0..<100 { log.warning("again") }
        #expect(lines.text.withLock { $0 }.split(separator: "\n").count == 100)
    }

    @Test func howOftenItWasIsSaidLater() {
        var repetitions = LogRepetitions()
        let start = ContinuousClock.now
        let line = LogRepetitions.Line(level: .warning, text: "again")
        for second in 0..<50 { _ = repetitions.take(line, at: start + .seconds(second)) }
        let other = LogRepetitions.Line(level: .info, text: "another")
        let (isShown, leftOut) = repetitions.take(other, at: start + .seconds(60))
        #expect(isShown)
        #expect(
            leftOut == [.init(level: .warning, text: "Said 45 more times within a minute: again")])
        #expect(repetitions.take(line, at: start + .seconds(61)).isShown)
        // Never more than so many are remembered, and what is not is shown.
        for number in 0..<10_000 {
            let line = LogRepetitions.Line(level: .info, text: "\(number)")
            #expect(repetitions.take(line, at: start + .seconds(62)).isShown)
        }
    }
}
