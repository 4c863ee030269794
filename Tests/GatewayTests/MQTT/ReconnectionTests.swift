import Testing

@testable import Gateway

@Suite struct ReconnectionTests {
    private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    @Test func waitsDoubleToAMinuteAndBeginAnewAfterAGoodConnection() {
        var reconnection = Reconnection(delays: .seconds(1) ... .seconds(60))
        let waits = (0..<8).map { _ in seconds(reconnection.wait(afterLasting: nil, jitter: 0)) }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60])
        #expect(seconds(reconnection.wait(afterLasting: .seconds(29), jitter: 0)) == 60)
        #expect(seconds(reconnection.wait(afterLasting: .seconds(30), jitter: 0)) == 1)
        #expect(seconds(reconnection.wait(afterLasting: nil, jitter: 1)) == 1.5)
    }

    @Test func threeShortConnectionsInARowLookLikeATakeover() {
        var reconnection = Reconnection(delays: .seconds(1) ... .seconds(60))
        func after(_ lasted: Duration?) -> Bool {
            _ = reconnection.wait(afterLasting: lasted, jitter: 0)
            return reconnection.looksLikeTakeover
        }
        let short = Duration.seconds(1)
        #expect([short, short, short].map(after) == [false, false, true])
        #expect(
            [nil, short, short, nil, short, short, .seconds(60), short].map(after)
                .allSatisfy { !$0 })
    }
}
