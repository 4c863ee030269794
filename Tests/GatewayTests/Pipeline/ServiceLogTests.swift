import Logging
import Synchronization
import Testing

@testable import Gateway

@Suite struct ServiceLogTests {
    final class Lines: Sendable {
        let text = Mutex("")
        func logger(isJournal: Bool, level: Logger.Level = .info) -> Logger {
            Logger(label: "test") { _ in
                ServiceLog(level: level, isJournal: isJournal) { line in
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
}
