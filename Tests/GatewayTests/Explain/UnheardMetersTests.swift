import Testing

@testable import Gateway

@Suite struct UnheardMetersTests {
    let start = ContinuousClock.now

    /// Asks each minute.
    private func told(
        _ unheard: inout UnheardMeters, minutes: Range<Int>, _ names: Set<String>,
        isReceiving: (Int) -> Bool = { _ in true }
    ) -> [Int: [String]] {
        var told: [Int: [String]] = [:]
        for minute in minutes {
            let names = unheard.pass(
                to: start + .seconds(60 * minute), unheard: names,
                isReceiving: isReceiving(minute))
            if !names.isEmpty { told[minute] = names }
        }
        return told
    }

    @Test func eachIsToldOnceAfterADay() {
        var unheard = UnheardMeters()
        #expect(told(&unheard, minutes: 0..<5000, ["a", "b"]) == [1440: ["a", "b"]])
        // One that was heard at last, and is not heard after its settings were changed.
        #expect(told(&unheard, minutes: 5000..<5001, ["b"]) == [:])
        unheard.forget(["b"])
        #expect(told(&unheard, minutes: 5001..<9000, ["a", "b"]) == [6440: ["a", "b"]])
    }

    /// While nothing is heard at all the meter cannot help it.
    @Test func theTimeCountsWhileOthersAreHeard() {
        var unheard = UnheardMeters()
        #expect(told(&unheard, minutes: 0..<9000, ["a"]) { _ in false } == [:])
        #expect(
            told(&unheard, minutes: 9000..<12_000, ["a"]) { $0.isMultiple(of: 2) }
                == [11_878: ["a"]])
    }
}
