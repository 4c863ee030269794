import Testing

@testable import Gateway

@Suite struct MomentaryMessagesTests {
    private func message(_ topic: String, _ text: String, retain: Bool = false) -> MQTTMessage {
        MQTTMessage(topic: topic, text: text, retain: retain)
    }

    @Test func aRetainedMessageReplacesTheOneThatWaits() {
        var box = MomentaryMessages()
        _ = box.add(message("status", "offline", retain: true))
        _ = box.add(message("value", "1"))
        _ = box.add(message("value", "2"))
        let last = box.add(message("status", "online", retain: true))
        #expect(box.waiting.map(\.message.topic) == ["value", "value", "status"])
        #expect(box.waiting.last?.number == last)
        #expect(box.dropped == 0)
    }

    @Test func aRetainedMessageThatIsGoneIsNotReplaced() {
        var box = MomentaryMessages()
        for text in ["offline", "online", "offline"] {
            _ = box.add(message("status", text, retain: true))
            _ = box.add(message("value", text))
            box.removeNext()
            box.removeNext()
            #expect(box.next == nil && box.octets == 0)
        }
        _ = box.add(message("status", "online", retain: true))
        box.connectionEnded()
        let first = box.add(message("value", "1"))
        let status = box.add(message("status", "online", retain: true))
        #expect(box.waiting.map(\.number) == [first, status])
    }

    @Test func nothingOutlivesTheConnection() {
        var box = MomentaryMessages()
        _ = box.add(message("value", "1"))
        #expect(box.octets == 6)
        box.connectionEnded()
        #expect(box.next == nil && box.octets == 0)
    }

    @Test func whenFullTheOldestGoes() {
        var box = MomentaryMessages()
        for number in 0...MomentaryMessages.limit { _ = box.add(message("t", "\(number)")) }
        #expect(box.waiting.count == MomentaryMessages.limit)
        #expect(box.next?.message.payload == Array("1".utf8))
        #expect(box.dropped == 1)
    }
}

@Suite struct PaceTests {
    @Test func burstsAreLimitedAndCreditComesBack() {
        var pace = Pace()
        var now = ContinuousClock.now
        func allowed() -> Int {
            var count = 0
            while count < 100_000, pace.allows(at: now) { count += 1 }
            return count
        }
        #expect(allowed() == 200)
        #expect(allowed() == 0)
        now += .milliseconds(10)
        #expect((19...20).contains(allowed()))
        // No more than a burst is saved up, and a clock that stands still or goes back gives none.
        now += .seconds(3600)
        #expect(allowed() == 200)
        now -= .seconds(1)
        #expect(allowed() == 0)
    }
}
