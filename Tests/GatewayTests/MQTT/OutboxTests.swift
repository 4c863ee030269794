import Testing

@testable import Gateway

@Suite struct OutboxTests {
    private func message(_ topic: String, _ text: String = "x", retain: Bool = false) -> MQTTMessage
    {
        MQTTMessage(topic: topic, text: text, retain: retain)
    }

    /// Hands over all that may be handed over; the topics.
    private func drain(_ box: inout Outbox, from number: Int32 = 1) -> [String] {
        var topics: [String] = []
        var number = number
        while let entry = box.next {
            topics.append(entry.message.topic)
            box.handedOver(as: number)
            number += 1
        }
        return topics
    }

    @Test func messagesLeaveInOrderAndStayUntilAcknowledged() {
        var box = Outbox(limits: Outbox.Limits(inFlight: 2))
        let ids = ["a", "b", "c"].map { box.add(message($0)) }
        #expect(drain(&box) == ["a", "b"])
        #expect(box.count == 3)
        #expect(box.acknowledged(2)?.id == ids[1])
        #expect(box.acknowledged(2) == nil)
        #expect(drain(&box, from: 3) == ["c"])
        #expect(box.acknowledged(1)?.id == ids[0])
        #expect(box.acknowledged(3)?.id == ids[2])
        #expect(box.isEmpty)
    }

    @Test func afterALostConnectionTheUnacknowledgedAreFirstAgain() {
        var box = Outbox(limits: Outbox.Limits(inFlight: 3))
        for topic in ["a", "b", "c", "d"] { _ = box.add(message(topic)) }
        #expect(drain(&box) == ["a", "b", "c"])
        _ = box.acknowledged(2)
        box.connectionEnded()
        #expect(box.acknowledged(1) == nil)
        #expect(box.waiting.map(\.message.topic) == ["a", "c", "d"])
        #expect(drain(&box, from: 7) == ["a", "c", "d"])
    }

    @Test func whenFullTheNewestOfEachTopicStays() {
        var box = Outbox(limits: Outbox.Limits(messages: 3))
        for (topic, text) in [("a", "1"), ("b", "1"), ("b", "2"), ("b", "3"), ("c", "1")] {
            _ = box.add(message(topic, text))
        }
        #expect(
            box.waiting.map { "\($0.message.topic)\($0.message.payload[0] - 0x30)" }
                == ["a1", "b3", "c1"])
        #expect(box.dropped == 2)
        _ = box.add(message("d"))
        #expect(box.waiting.map(\.message.topic) == ["b", "c", "d"])
        #expect(box.dropped == 3)
    }

    @Test func octetsAreLimitedTooAndOneMessageAlwaysFits() {
        var box = Outbox(limits: Outbox.Limits(octets: 100))
        for _ in 0..<10 { _ = box.add(message("t", String(repeating: "x", count: 49))) }
        #expect(box.count == 2)
        _ = box.add(message("t", String(repeating: "x", count: 500)))
        #expect(box.count == 1)
        #expect(box.dropped == 10)
    }

    @Test func aRetainedMessageReplacesTheOneThatWaits() {
        var box = Outbox()
        _ = box.add(message("status", "offline", retain: true))
        _ = box.add(message("value", "1"))
        _ = box.add(message("status", "online", retain: true))
        #expect(box.waiting.map(\.message.topic) == ["value", "status"])
        #expect(box.dropped == 0)
    }
}
