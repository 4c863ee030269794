import TestSupport
import Testing

@testable import Gateway

@Suite struct ThinningTests {
    /// The messages that stay of one at each of `times`, oldest first.
    static func kept(_ times: [Int64], _ step: ThinningStep) -> [Int64] {
        var thinner = Thinner<Int>(step, newest: times.last ?? 0)
        return times.reversed().filter { thinner.keeps(0, time: $0) }.reversed()
    }

    static let cases: [(String, [Int64], ThinningStep, [Int64])] = [
        (
            "the newest of each minute", [0, 30, 59, 60, 119, 120],
            .init(seconds: 60, olderThan: 0),
            [59, 119, 120]
        ),
        (
            "not the last hour", [0, 10, 3600, 3610, 3620], .init(seconds: 900, olderThan: 3600),
            [10, 3600, 3610, 3620]
        ),
        (
            "a younger one stands for its slot", [1000, 1700, 5300],
            .init(seconds: 900, olderThan: 3600),
            [1700, 5300]
        ),
        ("too old", [0, 50, 100, 200], .expiry(after: 100), [100, 200]),
        ("alone, however old", [-5], .expiry(after: 100), [-5]),
        (
            "a clock set back", [9_000_000, 5, 6, 70], .init(seconds: 60, olderThan: 0),
            [9_000_000, 6, 70]
        ),
        ("the ends of time", [.min, .max], .init(seconds: 60, olderThan: 0), [.min, .max]),
    ]

    @Test(arguments: cases)
    func keeps(_ name: String, _ times: [Int64], _ step: ThinningStep, _ left: [Int64]) {
        #expect(Self.kept(times, step) == left)
    }

    @Test func eachRouteByItself() {
        var thinner = Thinner<String>(ThinningStep(seconds: 60, olderThan: 0), newest: 100)
        let kept = ["a", "b", "a", "b", "c"].map { thinner.keeps($0, time: 90) }
        #expect(kept == [true, true, false, false, true])
    }

    /// Whatever was kept by a step still stands after it is taken again, and a step never keeps
    /// what is none.
    @Test func stepsCanBeTakenAgain() {
        var random = SeededGenerator(state: 1)
        for _ in 0..<200 {
            var time: Int64 = 0
            let times = (0..<100).map { _ in
                time += Int64.random(in: 0...2000, using: &random)
                return time
            }
            for step in ThinningStep.ladder {
                let once = Self.kept(times, step)
                #expect(Self.kept(once, step) == once && once.last == times.last)
            }
        }
    }
}
