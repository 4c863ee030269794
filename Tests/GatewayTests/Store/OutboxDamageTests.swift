import Glibc
import TestSupport
import Testing

@testable import Gateway

/// Files that were cut or altered on the disk: what is left is true and in order, and the outbox
/// works.
@Suite struct OutboxDamageTests {
    /// A file with some transactions in it and some in its log, as a kill leaves them.
    struct Sample {
        var database: [UInt8]
        var log: [UInt8]
        var messages: [OutgoingMessage]

        init() throws {
            let bench = try OutboxBench()
            messages = (0..<200).map {
                bench.message($0, meter: "\($0 % 4)", octets: 100 + $0)
            }
            do {
                let outbox = bench.open()
                for message in messages.prefix(100) { outbox.append(message, now: bench.now) }
                outbox.spill(now: bench.now)
            }
            let outbox = bench.open()
            for (number, message) in messages.enumerated().dropFirst(100) {
                outbox.append(message, now: bench.now)
                if number % 10 == 0 { outbox.spill(now: bench.now) }
            }
            outbox.spill(now: bench.now)
            database = bench.directory.read("outbox.db")
            log = bench.directory.read("outbox.db-wal")
        }
    }

    /// What an outbox makes of the two files: the messages it still has.
    static func survivors(
        _ bench: OutboxBench, database: [UInt8], log: [UInt8]
    ) throws -> [OutgoingMessage] {
        bench.directory.removeAll()
        bench.notices.all = []
        bench.directory.write(database, "outbox.db")
        if !log.isEmpty { bench.directory.write(log, "outbox.db-wal") }
        let outbox = bench.open()
        let left = outbox.nextBatch(limit: .max, now: bench.now).map(\.message)
        let new = bench.message(-7)
        outbox.append(new, now: bench.now)
        outbox.spill(now: bench.now)
        let all = outbox.nextBatch(limit: .max, now: bench.now).map(\.message)
        try #require(all == left + [new])
        try #require(outbox.count == all.count)
        return left
    }

    /// Whether `left` are some of `all`, in the same order.
    static func isInOrder(_ left: [OutgoingMessage], of all: [OutgoingMessage]) -> Bool {
        var rest = all[...]
        for message in left {
            guard let place = rest.firstIndex(of: message) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }

    @Test func anyPartOfTheLogIsATransactionsEnd() throws {
        let sample = try Sample()
        let bench = try OutboxBench()
        var counts: Set<Int> = []
        for length in stride(from: 0, through: sample.log.count, by: 997) {
            let left = try Self.survivors(
                bench, database: sample.database, log: Array(sample.log.prefix(length)))
            try #require(left == Array(sample.messages.prefix(left.count)))
            try #require(left.count >= 100 && bench.notices.all.isEmpty)
            counts.insert(left.count)
        }
        #expect(counts.count > 5)
    }

    @Test func aCutFileIsMovedAside() throws {
        let sample = try Sample()
        let bench = try OutboxBench()
        var told = 0
        for length in stride(from: 0, to: sample.database.count, by: 509) {
            let left = try Self.survivors(
                bench, database: Array(sample.database.prefix(length)), log: [])
            try #require(Self.isInOrder(left, of: sample.messages))
            try #require(bench.notices.all.count <= 1)
            if length > 0 {
                try #require(left.count == 100 || bench.notices.all.count == 1)
                told += bench.notices.all.count
            }
        }
        #expect(told > 50)
    }

    @Test func flippedBitsAreNeverSent() throws {
        let sample = try Sample()
        let bench = try OutboxBench()
        var random = SeededGenerator(state: 4)
        var complete = 0
        for round in 0..<600 {
            var (database, log) = (sample.database, sample.log)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                if round % 3 == 0 {
                    log[Int.random(in: log.indices, using: &random)] ^= bit
                } else {
                    // Often in the first page, where the layout is.
                    let range = round % 3 == 1 ? 0..<400 : database.indices
                    database[Int.random(in: range, using: &random)] ^= bit
                }
            }
            let left = try Self.survivors(
                bench, database: database, log: round % 2 == 0 ? log : [])
            try #require(Self.isInOrder(left, of: sample.messages), "round \(round)")
            if left.count == 200 { complete += 1 }
        }
        #expect(complete < 600)
    }

    @Test func anythingElseIsMovedAsideAndKept() throws {
        let bench = try OutboxBench()
        let path = bench.directory.file("outbox.db")
        for round in 1...5 {
            bench.directory.write(Array("Not a database \(round)".utf8), "outbox.db")
            let outbox = bench.open()
            outbox.append(bench.message(round), now: bench.now)
            outbox.spill(now: bench.now)
            #expect(bench.numbers(outbox) == [round])
            let aside = "\(path).damaged-\(min(round, 3))"
            #expect(
                bench.notices.all.last
                    == .startedAnew(
                        path: path,
                        cause: "\(path) is damaged (file is not a database). If that happens"
                            + " again, the SD card may be wearing out.", movedTo: aside))
        }
        #expect(bench.notices.all.count == 5)
        #expect(bench.directory.read("outbox.db.damaged-3") == Array("Not a database 5".utf8))
    }

    @Test func aLaterReleasesFileIsMovedAside() throws {
        let bench = try OutboxBench()
        let path = bench.directory.file("outbox.db")
        do {
            let database = try SQLiteDatabase(path: path)
            try database.run("PRAGMA user_version = 9")
        }
        _ = bench.open()
        #expect(
            bench.notices.all == [
                .startedAnew(
                    path: path,
                    cause: SQLiteError.newer(path: path, version: 9).description,
                    movedTo: path + ".damaged-1")
            ])
    }
}
