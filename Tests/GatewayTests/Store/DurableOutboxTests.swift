import Glibc
import TestSupport
import Testing

@testable import Gateway

/// An outbox in a directory of its own, with a clock that the test moves.
struct OutboxBench {
    let directory: TemporaryDirectory
    var now = ContinuousClock.now
    var time: Int64 = 1_800_000_000
    var limits = DurableOutbox.Limits()
    let notices = Notices()

    final class Notices { var all: [StoreNotice] = [] }

    init(inMemory: Bool = true) throws { directory = TemporaryDirectory(inMemory: inMemory) }

    func open() -> DurableOutbox {
        let notices = notices
        return DurableOutbox(path: directory.file("outbox.db"), limits: limits, now: now) {
            notices.all.append($0)
        }
    }

    func message(
        _ number: Int, meter: String = "a", retain: Bool = false, octets: Int = 0
    ) -> OutgoingMessage {
        let padding = [UInt8](repeating: UInt8(ascii: "x"), count: octets)
        return OutgoingMessage(
            topic: "meters/" + meter, payload: Array("\(number) ".utf8) + padding, retain: retain,
            time: time)
    }

    /// The numbers of all messages that are not handed out yet.
    func numbers(_ outbox: DurableOutbox) -> [Int] {
        outbox.nextBatch(limit: .max, now: now).map { Self.number($0.message) }
    }

    static func number(_ message: OutgoingMessage) -> Int {
        Int(String(decoding: message.payload.prefix { $0 != 0x20 }, as: UTF8.self)) ?? -1
    }
}

@Suite struct DurableOutboxTests {
    @Test func writesNothingWhileTheBrokerAcknowledges() throws {
        var bench = try OutboxBench()
        let outbox = bench.open()
        let name = bench.directory.files.filter { $0.hasPrefix("outbox") }
        let before = name.map(bench.directory.read)
        for number in 0..<500 {
            outbox.append(bench.message(number), now: bench.now)
            let batch = outbox.nextBatch(limit: 20, now: bench.now)
            #expect(batch.map { OutboxBench.number($0.message) } == [number])
            bench.now += .seconds(5)
            outbox.writeIfDue(now: bench.now)
            for entry in batch { outbox.acknowledged(entry.id, now: bench.now) }
            #expect(outbox.count == 0 && outbox.byteCount == 0 && outbox.nextWrite == nil)
        }
        #expect(name.map(bench.directory.read) == before)
        #expect(bench.notices.all.isEmpty)
    }

    @Test func keepsOrderOverAnOutageAndARestart() throws {
        var bench = try OutboxBench()
        do {
            let outbox = bench.open()
            for number in 0..<30 { outbox.append(bench.message(number), now: bench.now) }
            #expect(outbox.nextBatch(limit: 7, now: bench.now).count == 7)
            outbox.spill(now: bench.now)
            for number in 30..<40 { outbox.append(bench.message(number), now: bench.now) }
            #expect(bench.numbers(outbox) == Array(0..<40))
            bench.now += .seconds(30)
            outbox.writeIfDue(now: bench.now)
        }
        do {
            let outbox = bench.open()
            #expect(outbox.count == 40)
            for number in 40..<50 { outbox.append(bench.message(number), now: bench.now) }
            let first = outbox.nextBatch(limit: 33, now: bench.now)
            let rest = outbox.nextBatch(limit: 100, now: bench.now)
            #expect((first + rest).map { OutboxBench.number($0.message) } == Array(0..<50))
            #expect(outbox.nextBatch(limit: 1, now: bench.now).isEmpty)
            for entry in first + rest { outbox.acknowledged(entry.id, now: bench.now) }
            #expect(outbox.count == 0)
            outbox.spill(now: bench.now)
        }
        #expect(bench.open().count == 0 && bench.notices.all.isEmpty)
    }

    @Test func losesAtMostWhatIsNewerThanTheLastWrite() throws {
        var bench = try OutboxBench()
        let outbox = bench.open()
        outbox.append(bench.message(1), now: bench.now)
        #expect(outbox.nextWrite == bench.now + .seconds(30))
        bench.now += .seconds(30)
        outbox.append(bench.message(2), now: bench.now)
        outbox.append(bench.message(3), now: bench.now)
        // As a kill would leave them.
        let copy = try OutboxBench()
        for name in bench.directory.files {
            copy.directory.write(bench.directory.read(name), name)
        }
        #expect(copy.numbers(copy.open()) == [1, 2])
    }

    @Test func doesNotHandOutTwiceWhatIsWrittenMeanwhile() throws {
        var bench = try OutboxBench()
        let outbox = bench.open()
        for number in 0..<5 { outbox.append(bench.message(number), now: bench.now) }
        let batch = outbox.nextBatch(limit: 3, now: bench.now)
        bench.now += .seconds(30)
        outbox.writeIfDue(now: bench.now)
        #expect(bench.numbers(outbox) == [3, 4])
        for entry in batch.reversed() { outbox.acknowledged(entry.id, now: bench.now) }
        outbox.acknowledged(999, now: bench.now)
        outbox.acknowledged(-1, now: bench.now)
        #expect(outbox.count == 2)
        outbox.spill(now: bench.now)
        #expect(bench.numbers(outbox) == [3, 4])
    }

    @Test func aRetainedMessageReplacesAnOlderOneOfItsTopic() throws {
        let bench = try OutboxBench()
        let outbox = bench.open()
        outbox.append(bench.message(1, retain: true), now: bench.now)
        outbox.append(bench.message(2, meter: "b", retain: true), now: bench.now)
        outbox.spill(now: bench.now)
        outbox.append(bench.message(3, retain: true), now: bench.now)
        outbox.append(bench.message(4, retain: true), now: bench.now)
        outbox.append(bench.message(5), now: bench.now)
        outbox.append(bench.message(6), now: bench.now)
        outbox.spill(now: bench.now)
        #expect(bench.numbers(outbox) == [2, 4, 5, 6])
        #expect(outbox.dropped.replaced == 2 && outbox.count == 4)
    }

    @Test func shrinksWhenAllWasSent() throws {
        var bench = try OutboxBench()
        let outbox = bench.open()
        for number in 0..<5000 {
            outbox.append(bench.message(number, octets: 300), now: bench.now)
        }
        outbox.spill(now: bench.now)
        #expect(bench.directory.octets > 1_500_000)
        while true {
            let batch = outbox.nextBatch(limit: 100, now: bench.now)
            if batch.isEmpty { break }
            for entry in batch { outbox.acknowledged(entry.id, now: bench.now) }
        }
        bench.now += .seconds(30)
        outbox.writeIfDue(now: bench.now)
        #expect(outbox.count == 0)
        #expect(bench.directory.octets < 64 << 10)
        #expect(outbox.dropped == DurableOutbox.Dropped())
    }

    @Test func emptyAndOddContentsSurvive() throws {
        let bench = try OutboxBench()
        let odd = OutgoingMessage(
            topic: "a/\u{0}ü'\"", payload: [], retain: false, retentionKey: "'); DROP TABLE route",
            time: .min)
        let all = [odd, OutgoingMessage(topic: "", payload: Array(0...255), time: .max)]
        do {
            let outbox = bench.open()
            for message in all { outbox.append(message, now: bench.now) }
            outbox.spill(now: bench.now)
        }
        #expect(bench.open().nextBatch(limit: 9, now: bench.now).map(\.message) == all)
    }

    @Test func givesUpWhatIsTooOldButNeverTheNewestOfAMeter() throws {
        var bench = try OutboxBench()
        let outbox = bench.open()
        outbox.append(bench.message(1, meter: "gone"), now: bench.now)
        outbox.append(bench.message(2, meter: "gone"), now: bench.now)
        outbox.append(bench.message(3), now: bench.now)
        outbox.spill(now: bench.now)
        bench.time += 31 * 86_400
        outbox.append(bench.message(4), now: bench.now)
        outbox.spill(now: bench.now)
        #expect(bench.numbers(outbox) == [2, 4])
        #expect(outbox.dropped.expired == 2)
    }

    @Test func theLimitHoldsEvenIfEachMessageHasARouteOfItsOwn() throws {
        var bench = try OutboxBench()
        bench.limits.octets = 400 << 10
        let outbox = bench.open()
        #expect(!outbox.isFull)
        for number in 0..<4000 {
            bench.time += 1
            outbox.append(bench.message(number, meter: "m\(number)", octets: 300), now: bench.now)
        }
        outbox.spill(now: bench.now)
        #expect(outbox.isFull)
        let numbers = bench.numbers(outbox)
        #expect(outbox.byteCount <= 400 << 10)
        #expect(outbox.dropped.full == 4000 - numbers.count && numbers.count > 300)
        #expect(numbers == Array((4000 - numbers.count)..<4000))
    }
}

/// The file cannot be used for a while: all goes on in memory.
@Suite struct OutboxWithoutAFileTests {
    /// An outbox in a directory that is not there yet.
    struct Homeless {
        var bench: OutboxBench
        let path: String
        let outbox: DurableOutbox

        init(limits: DurableOutbox.Limits = .init()) throws {
            bench = try OutboxBench()
            path = bench.directory.file("later")
            outbox = DurableOutbox(
                path: path + "/outbox.db", limits: limits, now: bench.now
            ) { [notices = bench.notices] in notices.all.append($0) }
        }

        func makeDirectory() { mkdir(path, 0o755) }

        func removeDirectory() {
            for ending in ["", "-wal"] { unlink(path + "/outbox.db" + ending) }
            rmdir(path)
        }
    }

    @Test func keepsMessagesAndWritesThemLater() throws {
        var homeless = try Homeless()
        defer { homeless.removeDirectory() }
        let outbox = homeless.outbox
        let now = homeless.bench.now
        for number in 0..<10 { outbox.append(homeless.bench.message(number), now: now) }
        outbox.spill(now: now)
        outbox.writeIfDue(now: now + .seconds(61))
        #expect(homeless.bench.notices.all.count == 1)
        #expect(
            homeless.bench.notices.all.first?.description
                == "\(homeless.path)/outbox.db cannot be opened (No such file or directory). Create"
                + " its directory and let oms2mqtt's user write there. Readings go on; while the"
                + " broker is away they are kept in memory only, and lost at a restart.")
        #expect(outbox.count == 10)
        // While some are on their way the file is left alone.
        let batch = outbox.nextBatch(limit: 2, now: now)
        homeless.makeDirectory()
        outbox.writeIfDue(now: now + .seconds(200))
        #expect(homeless.bench.notices.all.count == 1)
        for entry in batch { outbox.acknowledged(entry.id, now: now) }
        outbox.writeIfDue(now: now + .seconds(300))
        #expect(homeless.bench.notices.all.last == .outboxAvailableAgain)
        homeless.bench.now += .seconds(301)
        #expect(homeless.bench.numbers(outbox) == Array(2..<10))
        #expect(outbox.nextWrite == nil)
    }

    /// A file that is back brings its messages, and they come first.
    @Test func takesUpAFileThatIsBack() throws {
        var bench = try OutboxBench()
        var outbox: DurableOutbox? = bench.open()
        for number in 0..<5 { outbox?.append(bench.message(number), now: bench.now) }
        outbox?.spill(now: bench.now)
        let second = bench.open()
        for number in 5..<8 { second.append(bench.message(number), now: bench.now) }
        outbox = nil
        bench.now += .seconds(60)
        second.writeIfDue(now: bench.now)
        #expect(bench.numbers(second) == Array(0..<8))
        #expect(bench.notices.all.count == 2)
    }

    @Test func memoryHasALimitAndTheNewestOfEachMeterStays() throws {
        var limits = DurableOutbox.Limits()
        limits.memoryOctets = 64 << 10
        var homeless = try Homeless(limits: limits)
        let outbox = homeless.outbox
        for number in 0..<3000 {
            homeless.bench.time += 20
            let (wasFull, thinned) = (outbox.isFull, outbox.dropped.thinned)
            outbox.append(
                homeless.bench.message(number, meter: "\(number % 7)", octets: 200),
                now: homeless.bench.now)
            #expect(number > 0 || !outbox.isFull)
            #expect(wasFull || outbox.dropped.thinned == thinned)
            #expect(outbox.byteCount <= 64 << 10)
        }
        let numbers = homeless.bench.numbers(outbox)
        #expect(numbers.suffix(7) == Array(2993..<3000))
        #expect(numbers == numbers.sorted() && numbers.count == outbox.count)
        #expect(outbox.dropped.thinned == 3000 - numbers.count)
        #expect(homeless.bench.notices.all.count == 1)
    }

    /// Ten thousand telegrams stay off the disk; what is too much for memory goes there, all of it.
    @Test func aFleetsDecoderKeepsABurstInMemory() throws {
        var configuration = Configuration()
        configuration.fleet = FleetSettings(role: .decoder, topic: "f", foreignMeters: true)
        var bench = try OutboxBench()
        bench.limits = configuration.outboxLimits
        let outbox = bench.open()
        for number in 0..<20_000 {
            outbox.append(bench.message(number, octets: 700), now: bench.now)
        }
        #expect(outbox.octetsInMemory > 20_000 * 700)
        // Acknowledged in their order, and one out of it.
        let sent = outbox.nextBatch(limit: 20, now: bench.now).map(\.id)
        for id in [sent[3]] + sent[..<3] + sent[4...] { outbox.acknowledged(id, now: bench.now) }
        #expect(outbox.count == 19_980)
        for number in 20_000..<50_000 {
            outbox.append(bench.message(number, octets: 700), now: bench.now)
        }
        #expect(outbox.octetsInMemory <= bench.limits.writeAtOctets)
        #expect(outbox.dropped == DurableOutbox.Dropped())
        #expect(bench.numbers(outbox) == Array(20..<50_000))
    }

    /// The file is damaged while it is open.
    @Test func goesOnWhenTheFileBreaks() throws {
        var bench = try OutboxBench()
        let outbox = bench.open()
        for number in 0..<2000 { outbox.append(bench.message(number, octets: 200), now: bench.now) }
        outbox.spill(now: bench.now)
        // More than the cache holds, so that SQLite has to read.
        var octets = bench.directory.read("outbox.db")
        for place in octets.indices.dropFirst(8192) { octets[place] = 0xAA }
        bench.directory.write(octets, "outbox.db")
        bench.directory.write([], "outbox.db-wal")
        let left = bench.numbers(outbox)
        outbox.append(bench.message(2000), now: bench.now)
        bench.now += .seconds(100)
        outbox.spill(now: bench.now)
        #expect(left.count < 2000 && outbox.dropped.damaged > 0)
        #expect(bench.numbers(outbox).last == 2000)
    }
}
