import Glibc
import TestSupport
import Testing

@testable import Gateway

/// The outbox in a process of its own that is killed at any moment.
@Suite struct OutboxTortureTests {
    /// The torture program as it runs; `OutboxTorture.swift` says what it does.
    final class Child {
        let process: pid_t
        private let output: Int32
        private var pending: [UInt8] = []

        init(_ arguments: [String]) throws {
            var pipes: [Int32] = [0, 0]
            try #require(pipe(&pipes) == 0)
            for end in pipes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            output = pipes[0]
            let program = Subprocess.built("OutboxTorture")
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
            var words = ([program] + arguments).map { strdup($0) } + [nil]
            var spawned: pid_t = 0
            let result = posix_spawn(&spawned, program, &actions, nil, &words, environ)
            process = spawned
            posix_spawn_file_actions_destroy(&actions)
            for word in words { free(word) }
            close(pipes[1])
            try #require(result == 0, "\(program): \(String(cString: strerror(result)))")
        }

        deinit {
            kill()
            close(output)
        }

        private var isKilled = false
        /// Whether nothing more can come: it ended by itself.
        private(set) var isEnded = false

        func kill() {
            guard !isKilled else { return }
            isKilled = true
            Glibc.kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }

        /// The lines written within `wait`, or until the first one that `isLast` says is; after
        /// `kill`, all that are left.
        func lines(for wait: Duration, until isLast: (String) -> Bool = { _ in false }) -> [String]
        {
            var lines: [String] = []
            let end = ContinuousClock.now + wait
            while true {
                while let newline = pending.firstIndex(of: 10) {
                    lines.append(String(decoding: pending[..<newline], as: UTF8.self))
                    pending.removeFirst(newline + 1)
                    if lines.last.map(isLast) == true { return lines }
                }
                let left = ContinuousClock.now.duration(to: end).components
                let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
                guard milliseconds >= 0 || isKilled else { return lines }
                var polled = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
                guard poll(&polled, 1, Int32(max(milliseconds, 0))) > 0 else { return lines }
                var chunk = [UInt8](repeating: 0, count: 65_536)
                let count = read(output, &chunk, chunk.count)
                guard count > 0 else {
                    isEnded = true
                    return lines
                }
                pending += chunk.prefix(count)
            }
        }
    }

    /// After each of 200 kills at any moment the file is whole, each meter's messages are in
    /// order, and nothing is missing that was on disk.
    @Test func survivesTwoHundredKills() throws {
        let bench = try OutboxBench()
        var random = SeededGenerator(state: 20)
        var committed = [Int](repeating: 0, count: 5)
        for round in 0..<200 {
            let child = try Child([bench.directory.file("outbox.db")])
            var lines: [String] = []
            // From the start of the program, or from its first write, to some dozen writes.
            if round % 2 == 0 { lines = child.lines(for: .seconds(60)) { _ in true } }
            lines += child.lines(for: .milliseconds(Int.random(in: 1...30, using: &random)))
            child.kill()
            lines += child.lines(for: .zero)
            try #require(round % 2 == 1 || !lines.isEmpty)
            try Self.check(bench, lines, &committed)
        }
    }

    /// The same, killed with half of a write done: the first ones of a new file, and others.
    @Test func survivesAKillInAnyWrite() throws {
        let bench = try OutboxBench()
        var random = SeededGenerator(state: 21)
        var committed = [Int](repeating: 0, count: 5)
        for round in 1...200 {
            // The first forty kills meet a file that is being made.
            if round <= 40 {
                bench.directory.removeAll()
                committed = [Int](repeating: 0, count: 5)
            }
            let fatal = round <= 40 ? round : Int.random(in: 1...150, using: &random)
            let child = try Child([bench.directory.file("outbox.db"), "kill", String(fatal)])
            let lines = child.lines(for: .seconds(60))
            try #require(child.isEnded, "no write number \(fatal)")
            try Self.check(bench, lines, &committed)
        }
    }

    /// What `lines` say is on disk must be there; `committed` becomes what is there.
    private static func check(
        _ bench: OutboxBench, _ lines: [String], _ committed: inout [Int]
    ) throws {
        for line in lines {
            try #require(line.hasPrefix("+ "), "the program said: \(line)")
            committed = line.split(separator: " ").dropFirst().compactMap { Int($0) }
            try #require(committed.count == 5)
        }
        let newest = try newestNumbers(bench)
        for meter in 0..<5 { try #require(newest[meter] >= committed[meter]) }
        committed = newest
        try #require(bench.directory.files.allSatisfy { !$0.contains("damaged") })
    }

    /// Opens the file that a kill left, and closes it again without a change.
    private static func newestNumbers(_ bench: OutboxBench) throws -> [Int] {
        let outbox = bench.open()
        var newest = [Int](repeating: 0, count: 5)
        for message in outbox.nextBatch(limit: .max, now: bench.now).map(\.message) {
            let number = OutboxBench.number(
                OutgoingMessage(topic: "", payload: message.payload.prefix(10) + [0x20], time: 0))
            let meter = try #require(Int(message.retentionKey))
            try #require(number > newest[meter], "order of meter \(meter)")
            try #require(message.payload.count == 280)
            newest[meter] = number
        }
        try #require(bench.notices.all.isEmpty && outbox.dropped == DurableOutbox.Dropped())
        return newest
    }

    /// A file system that takes no more: one error, no end, and what was written stays readable.
    @Test func goesOnWhenTheDiskTakesNoMore() throws {
        let bench = try OutboxBench()
        let child = try Child([bench.directory.file("outbox.db"), "full", "100000"])
        var seen = 0
        let lines = child.lines(for: .seconds(60)) { line in
            if !line.hasPrefix("+") { seen = max(seen, 1) }
            if seen > 0 { seen += 1 }
            return seen > 200
        }
        child.kill()
        let notices = lines.filter { !$0.hasPrefix("+") }
        #expect(seen > 200, "\(lines.count) lines, \(notices)")
        let first = try #require(notices.first)
        #expect(first.contains("outbox.db") && first.contains("kept in memory only"))
        // It may recover when messages were acknowledged, but says each thing only once in a row.
        for (one, next) in zip(notices, notices.dropFirst()) { #expect(one != next) }
        #expect(try Self.newestNumbers(bench).contains { $0 > 0 })
    }
}
