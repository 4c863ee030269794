import Decoder
import TestSupport
import Testing
import Wire

@testable import Gateway

/// What a gateway does while decoders come, go and die.
@Suite struct FleetGatewayTests {
    let topics = FleetTopics(base: "f")
    let numbered = NumberedTelegrams(meters: 3)
    let now = ContinuousClock.now

    private func frame(_ number: Int) throws -> LinkLayerFrame {
        try LinkLayerFrame(parsing: RadioFrame(octets: numbered.frame(number)))
    }

    private func message(_ number: Int) -> OutgoingMessage {
        OutgoingMessage(topic: "f/00/g", payload: Array("\(number)".utf8), time: 0)
    }

    private func status(
        _ gateway: inout FleetGateway, _ decoder: String, _ text: String, after: Duration = .zero
    ) -> [FleetGateway.Action] {
        gateway.received(Array(text.utf8), on: "f/decoders/\(decoder)/status", at: now + after)
    }

    @Test func whatADecoderThatWasAloneHasNotReadIsSentAgain() throws {
        var gateway = FleetGateway(topics: topics)
        #expect(!gateway.isDecoderThere)
        try gateway.sent(message(0), frame(0), at: now)
        #expect(status(&gateway, "d1", "online") == [.subscribe("f/published/+")])
        #expect(gateway.isDecoderThere)
        for number in 1...4 { try gateway.sent(message(number), frame(number), at: now) }
        for number in [2, 3] {
            let id = try TransmissionID(frame(number))
            #expect(gateway.received(id.notice, on: topics.notices(of: id.shard), at: now) == [])
        }
        // What had waited for it was sent to it alone as well.
        let left = [0, 1, 4].map(message)
        let atItsEnd = [FleetGateway.Action.unsubscribe("f/published/+"), .keep(left)]
        #expect(status(&gateway, "d1", "offline") == atItsEnd)
        #expect(!gateway.isDecoderThere)
        // The next one may die as soon.
        let later = UnreadTelegrams.memory * 2
        #expect(
            status(&gateway, "d1", "online", after: later) == [.subscribe("f/published/+")])
        #expect(status(&gateway, "d1", "offline", after: later) == atItsEnd)
        // Or read all.
        #expect(status(&gateway, "d1", "online") == [.subscribe("f/published/+")])
        for number in [0, 1, 4] {
            let id = try TransmissionID(frame(number))
            #expect(gateway.received(id.notice, on: topics.notices(of: id.shard), at: now) == [])
        }
        #expect(status(&gateway, "d1", "offline") == [.unsubscribe("f/published/+")])
    }

    /// Where two take each shard the other one has all.
    @Test func ofTwoDecodersNothingIsSentAgain() throws {
        var gateway = FleetGateway(topics: topics)
        _ = status(&gateway, "d1", "online")
        try gateway.sent(message(1), frame(1), at: now)
        #expect(status(&gateway, "d2", "online") == [.unsubscribe("f/published/+")])
        try gateway.sent(message(2), frame(2), at: now)
        #expect(status(&gateway, "d1", "offline") == [.subscribe("f/published/+")])
        try gateway.sent(message(3), frame(3), at: now)
        gateway.disconnected()
        #expect(!gateway.isDecoderThere)
        #expect(status(&gateway, "d2", "online") == [.subscribe("f/published/+")])
        #expect(status(&gateway, "d2", "offline") == [.unsubscribe("f/published/+")])
    }

    @Test func whatIsKeptIsBounded() throws {
        var gateway = FleetGateway(topics: topics)
        _ = status(&gateway, "d1", "online")
        let frames = try (0..<300).map(frame)
        for number in 0..<3 { gateway.sent(message(number), frames[number], at: now) }
        // One telegram again and again, as meters without a running number send.
        for number in 0..<30_000 {
            gateway.sent(message(number), frames[number % 300], at: now + .seconds(200))
        }
        let actions = status(&gateway, "d1", "offline", after: .seconds(210))
        guard case .keep(let left) = actions.last else { return #expect(Bool(false)) }
        #expect(left.count == 300)
        #expect(left.last == message(29_999))

        var unread = UnreadTelegrams()
        for number in 0..<UInt64(20_001) {
            let id = TransmissionID(shard: 1, hash: number)
            unread.keep(message(Int(number)), id, at: now)
            #expect(unread.count <= 2 * UnreadTelegrams.limit)
        }
        #expect(unread.inOrder.last == message(20_000))
        unread.forgetOld(at: now + UnreadTelegrams.memory * 2)
        #expect(unread.count == 0)
    }
}
