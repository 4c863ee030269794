import Glibc
import TestSupport
import Testing

@testable import Gateway

/// A day without a broker: what the file takes, and what is left in it.
@Suite struct OutageTests {
    /// Seconds between two telegrams of each meter, 16 s to 5 min, every rate as frequent.
    static func intervals(meters: Int) -> [Double] {
        (0..<meters).map { 16 * pow(300 / 16, Double($0) / Double(max(meters - 1, 1))) }
    }

    struct Outcome {
        var sent = 0
        var left: [OutgoingEntry] = []
        var largest = 0
        var dropped = DurableOutbox.Dropped()
    }

    static func outage(
        _ bench: inout OutboxBench, meters: Int, hours: Int
    ) -> Outcome {
        var outcome = Outcome()
        let outbox = bench.open()
        outbox.spill(now: bench.now)
        let intervals = intervals(meters: meters)
        var next = intervals.indices.map { Double($0) * 0.3 }
        let start = bench.time
        for second in 0..<(hours * 3600) {
            bench.time = start + Int64(second)
            bench.now += .seconds(1)
            for meter in next.indices where next[meter] <= Double(second) {
                next[meter] += intervals[meter]
                outcome.sent += 1
                outbox.append(
                    bench.message(outcome.sent, meter: "meter-\(meter)", octets: 274),
                    now: bench.now)
            }
            if let due = outbox.nextWrite, due <= bench.now {
                outbox.writeIfDue(now: bench.now)
                outcome.largest = max(outcome.largest, bench.directory.octets)
            }
        }
        outbox.spill(now: bench.now)
        outcome.largest = max(outcome.largest, bench.directory.octets)
        outcome.left = outbox.nextBatch(limit: .max, now: bench.now)
        outcome.dropped = outbox.dropped
        return outcome
    }

    @Test func aDayOfFiftyMetersTakesFourMiBAtMost() throws {
        var bench = try OutboxBench()
        let outcome = Self.outage(&bench, meters: 50, hours: 24)
        #expect(outcome.largest <= 4 << 20)
        #expect(outcome.dropped.thinned == outcome.sent - outcome.left.count)
        #expect(bench.notices.all.isEmpty)
        Self.expectWhole(outcome.left, meters: 50, end: bench.time, gap: 2 * 900 + 300)
    }

    @Test func aDayOfThreeMetersLosesNothing() throws {
        var bench = try OutboxBench()
        let outcome = Self.outage(&bench, meters: 3, hours: 24)
        #expect(outcome.left.map { OutboxBench.number($0.message) } == Array(1...outcome.sent))
        #expect(outcome.largest <= 4 << 20)
    }

    /// Each meter's messages are in order, without a gap longer than `gap`, up to the newest.
    static func expectWhole(_ left: [OutgoingEntry], meters: Int, end: Int64, gap: Int64) {
        var last: [String: OutgoingMessage] = [:]
        for message in left.map(\.message) {
            if let before = last[message.topic] {
                #expect(OutboxBench.number(before) < OutboxBench.number(message))
                #expect(message.time - before.time <= gap)
            }
            last[message.topic] = message
        }
        #expect(last.count == meters)
        for message in last.values { #expect(end - message.time <= 300) }
    }
}
