import Decoder
import Wire

/// What a gateway of a fleet does about decoders that come and go. Pure; docs/scaling.md tells the
/// whole.
///
/// Telegrams wait while no decoder is there. While one is there alone nobody else has what it was
/// sent, what had waited for it too. So the gateway keeps that until it hears that it was read; if
/// the decoder goes before, it is sent again to the next one.
struct FleetGateway {
    typealias Instant = ContinuousClock.Instant

    enum Action: Equatable {
        case subscribe(String)
        case unsubscribe(String)
        /// To be sent again, in this order, before what comes.
        case keep([OutgoingMessage])
    }

    let topics: FleetTopics
    private var decoders = FleetMembership()
    private var unread = UnreadTelegrams()

    init(topics: FleetTopics) { self.topics = topics }

    var isDecoderThere: Bool { !decoders.present.isEmpty }
    private var isOneAlone: Bool { decoders.present.count == 1 }

    /// What came on the status topic of a decoder, or as a notice.
    mutating func received(_ payload: [UInt8], on topic: String, at now: Instant) -> [Action] {
        if let shard = topics.shard(ofNotice: topic) {
            for id in TransmissionID.all(in: payload, of: shard) { unread.remove(id) }
            return []
        }
        guard let decoder = topics.decoder(ofStatus: topic) else { return [] }
        let before = isOneAlone
        decoders.note(decoder, isPresent: payload == Array("online".utf8))
        switch (before, isOneAlone) {
        case (false, true):
            unread.areSent(at: now)
            return [.subscribe(topics.everyNotice)]
        case (true, false):
            unread.forgetOld(at: now)
            let left = unread.inOrder
            let end = Action.unsubscribe(topics.everyNotice)
            guard !isDecoderThere else {
                unread = UnreadTelegrams()
                return [end]
            }
            return left.isEmpty ? [end] : [end, .keep(left)]
        case (false, false), (true, true): return []
        }
    }

    /// A telegram was handed on; it waits while no decoder is there.
    mutating func sent(_ message: OutgoingMessage, _ frame: LinkLayerFrame, at now: Instant) {
        if decoders.present.count < 2 { unread.keep(message, TransmissionID(frame), at: now) }
    }

    /// Who is there is told anew with the next connection.
    mutating func disconnected() { self = FleetGateway(topics: topics) }
}

/// Telegrams that were sent and may not have been read, oldest first; bounded.
struct UnreadTelegrams {
    typealias Instant = ContinuousClock.Instant

    /// Longer than it takes a broker to find a decoder dead whose computer lost its power.
    static let memory = Duration.seconds(120)
    static let limit = 5000

    private struct Sent {
        var message: OutgoingMessage
        var since: Instant
    }

    private var messages: [TransmissionID: Sent] = [:]
    /// In the order sent; of those that were read some are still in it.
    private var order: [TransmissionID] = []

    var count: Int { messages.count }

    mutating func keep(_ message: OutgoingMessage, _ id: TransmissionID, at now: Instant) {
        if messages.updateValue(Sent(message: message, since: now), forKey: id) == nil {
            order.append(id)
        }
        guard order.count > 2 * Self.limit else { return }
        order.removeAll { messages[$0] == nil }
        for id in order.prefix(max(order.count - Self.limit, 0)) { messages[id] = nil }
        order.removeFirst(max(order.count - Self.limit, 0))
    }

    mutating func remove(_ id: TransmissionID) { messages[id] = nil }

    /// Those that have waited go out now.
    mutating func areSent(at now: Instant) {
        messages = messages.mapValues { Sent(message: $0.message, since: now) }
    }

    mutating func forgetOld(at now: Instant) {
        messages = messages.filter { $0.value.since.duration(to: now) <= Self.memory }
    }

    var inOrder: [OutgoingMessage] {
        var seen: Set<TransmissionID> = []
        return order.filter { seen.insert($0).inserted }.compactMap { messages[$0]?.message }
    }
}
