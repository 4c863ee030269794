import TestSupport
import Testing

@testable import Gateway

@Suite struct IntervalLearnerTests {
    static let start = ContinuousClock.now

    /// Hears a meter at the given times, in seconds.
    static func learner(_ times: [Double]) -> IntervalLearner {
        var learner = IntervalLearner()
        for time in times { learner.heard(at: start + .seconds(time)) }
        return learner
    }

    struct Case: CustomTestStringConvertible {
        var name: String
        var times: [Double]
        /// Seconds; nil: not learned.
        var interval: Double?
        var expireAfter: Double
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "never heard", times: [], expireAfter: 86_400),
        Case(name: "two gaps are not enough", times: [0, 16, 32], expireAfter: 86_400),
        Case(name: "three gaps", times: [0, 16, 32, 48], interval: 16, expireAfter: 900),
        Case(name: "hourly", times: [0, 3600, 7200, 10800], interval: 3600, expireAfter: 10_800),
        Case(
            name: "every second one lost, then none", times: [0, 1800, 3600, 4500, 5400],
            interval: 900, expireAfter: 2700),
        Case(
            name: "a day of silence among minutes is no interval",
            times: [0, 60, 120, 180, 86_400, 86_460], interval: 60, expireAfter: 900),
        Case(
            name: "daily, three times each",
            times: (0..<4).flatMap { day in
                (0..<3).map { Double(day) * 86_400 + Double($0) * 10 }
            }, interval: 86_380, expireAfter: 259_140),
        Case(
            name: "an extra telegram between", times: [0, 900, 1800, 1802, 2700, 3600, 4500],
            interval: 900, expireAfter: 2700),
        Case(
            name: "equal times and a clock that goes back say nothing",
            times: [0, 0, 100, 50, 150, 250, 350], interval: 100, expireAfter: 900),
        Case(
            name: "weeks of silence say nothing", times: [0, 16, 32, 48, 2_000_000],
            interval: 16, expireAfter: 900),
    ]

    @Test(arguments: cases)
    func learns(_ c: Case) {
        let learner = Self.learner(c.times)
        #expect(learner.interval == c.interval.map { .seconds($0) })
        #expect(learner.expireAfter == .seconds(c.expireAfter))
        // What survives a restart says the same.
        let restarted = IntervalLearner(gaps: learner.gaps)
        #expect(restarted.interval == learner.interval)
        #expect(restarted.expireAfter == learner.expireAfter)
    }

    @Test func aPauseOfTheReceiversIsNoGap() {
        var learner = Self.learner([0, 900, 1800])
        learner.interrupted()
        for time in [100_000.0, 100_900, 101_800] {
            learner.heard(at: Self.start + .seconds(time))
        }
        #expect(learner.gaps == [900_000, 900_000, 900_000, 900_000])
    }

    @Test func impossibleMemoryIsLeftOut() {
        let learner = IntervalLearner(gaps: [0, .max] + Array(repeating: 1000, count: 40))
        #expect(learner.gaps == Array(repeating: 1000, count: 16))
    }

    /// Intervals from 16 s to a day, jitter ±3 %, up to half of the telegrams lost.
    @Test(arguments: [16, 60, 112, 240, 900, 3600, 14_400, 86_400] as [Double], [0, 30, 50])
    func findsTheIntervalDespiteLoss(_ interval: Double, _ loss: Int) {
        var random = SeededGenerator(state: UInt64(interval) &* 100 &+ UInt64(loss))
        var time = 0.0
        var learner = IntervalLearner()
        var learned = 0
        var right = 0
        var tooEarly = 0
        var lastExpireAfter = learner.expireAfter
        var changes = 0
        for _ in 0..<2000 {
            time += interval * Double.random(in: 0.97...1.03, using: &random)
            guard !random.chance(loss) else { continue }
            learner.heard(at: Self.start + .seconds(time))
            guard learner.gaps.count == IntervalLearner.capacity else { continue }
            guard let found = learner.interval.map({ $0 / .seconds(1) }) else { continue }
            learned += 1
            if (found / interval - 1).magnitude < 0.04 { right += 1 }
            if learner.expireAfter < .seconds(max(900, 2.7 * interval)) { tooEarly += 1 }
            if learner.expireAfter != lastExpireAfter { changes += 1 }
            lastExpireAfter = learner.expireAfter
        }
        // At half lost, 16 gaps sometimes hold too few single ones: the guess is then a multiple.
        #expect(right * 100 >= learned * (loss < 50 ? 99 : 95))
        #expect(learned > 500)
        #expect(tooEarly == 0)
        #expect(changes <= 100)
    }
}
