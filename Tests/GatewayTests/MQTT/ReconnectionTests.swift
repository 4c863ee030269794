import Testing

@testable import Gateway

@Suite struct ReconnectionTests {
    private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    @Test func waitsDoubleWhileThereIsNoConnection() {
        var reconnection = Reconnection(delays: .seconds(1) ... .seconds(5))
        let waits = (0..<5).map { _ in seconds(reconnection.wait(afterLasting: nil, jitter: 0)) }
        #expect(waits == [1, 2, 4, 5, 5])
        #expect(seconds(reconnection.wait(afterLasting: .seconds(2), jitter: 0)) == 1)
        #expect(seconds(reconnection.wait(afterLasting: nil, jitter: 1)) == 1.5)
    }

    @Test func leavesTheClientIdentifierToAnotherProgram() {
        var reconnection = Reconnection(delays: .seconds(1) ... .seconds(5))
        let waits = (0..<6).map { _ in
            seconds(reconnection.wait(afterLasting: .seconds(1), jitter: 0))
        }
        #expect(waits == [1, 1, 2, 4, 5, 5])
    }

    @Test func threeShortConnectionsInARowLookLikeATakeover() {
        var reconnection = Reconnection(delays: .seconds(1) ... .seconds(5))
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
