/// One decoder's part in a fleet: which shards it takes, which readings it publishes, and what it
/// takes over from one that is gone. Pure; docs/scaling.md tells the whole.
///
/// What others see of it are retained `online` and `offline` on its status topic (the latter the
/// broker says when it dies) and a notice behind each reading that it published. The broker hands
/// all of that on in its order: what a dying decoder had published is known before its end is.
struct FleetDecoder {
    typealias Instant = ContinuousClock.Instant

    enum Action: Equatable {
        case subscribe(String)
        case unsubscribe(String)
        case publish(MQTTMessage)
        /// To be published now, in this order.
        case release([Heard])
    }

    /// Until the others know of a decoder that came, both may see themselves as a shard's publisher:
    /// so long the new one holds its readings back.
    static let grace = Duration.seconds(5)

    private enum Role: Equatable {
        case none, standby
        /// The publisher from then on.
        case taking(until: Instant)
        case publisher
    }

    let topics: FleetTopics
    let name: String
    private var members = FleetMembership()
    /// Whether all decoders are known that were there before this one.
    private(set) var isIn = false
    /// Whether there is no connection, and nobody else who would publish meanwhile.
    private var isAlone = true
    private var roles = [Role](repeating: .none, count: FleetShards.count)
    private var readings = StandbyReadings()

    init(topics: FleetTopics, name: String) {
        self.topics = topics
        self.name = name
    }

    var present: Set<String> { members.present }
    var shards: (published: Int, standby: Int) {
        (roles.count { $0 == .publisher }, roles.count { $0 == .standby })
    }
    var held: Int { readings.count }
    /// When `wake` wants to be called.
    var nextWake: Instant? {
        roles.compactMap { if case .taking(let until) = $0 { until } else { nil } }.min()
    }

    // MARK: Coming and going

    /// The broker hands over who is there before it does the greeting: when that comes back, this
    /// decoder knows all.
    mutating func connected() -> [Action] {
        members = FleetMembership()
        isIn = false
        return [
            .subscribe(topics.everyDecoder), .subscribe(topics.greeting(of: name)),
            .publish(MQTTMessage(topic: topics.greeting(of: name), text: "hello")),
        ]
    }

    /// Others take over, if there are any. What is known of publications ends here.
    mutating func disconnected() -> [Action] {
        guard isIn else { return [] }
        isAlone = members.present == [name]
        let left = isAlone ? readings.take(Set(roles.indices)) : []
        isIn = false
        members = FleetMembership()
        var actions: [Action] = []
        for shard in roles.indices { set(.none, of: shard, &actions) }
        return left.isEmpty ? actions : actions + [.release(left)]
    }

    /// What came on one of the topics of decoders.
    mutating func received(_ payload: [UInt8], on topic: String, at now: Instant) -> [Action] {
        if topic == topics.greeting(of: name), !isIn {
            isIn = true
            members.note(name, isPresent: true)
            // In this order: once the others know of us, we hear what they leave to us.
            return rearrange(at: now)
                + [
                    .publish(
                        MQTTMessage(topic: topics.status(of: name), text: "online", retain: true))
                ]
        }
        if let decoder = topics.decoder(ofStatus: topic), decoder != name {
            let before = members
            members.note(decoder, isPresent: payload == Array("online".utf8))
            guard isIn, members != before else { return [] }
            return rearrange(at: now, gone: before.present.subtracting(members.present), before)
        }
        if let shard = topics.shard(ofNotice: topic),
            let id = TransmissionID(shard: shard, notice: payload)
        {
            readings.published(id, at: now)
        }
        return []
    }

    mutating func wake(at now: Instant) -> [Action] {
        var actions: [Action] = []
        var taken: Set<Int> = []
        for shard in roles.indices {
            if case .taking(let until) = roles[shard], until <= now {
                set(.publisher, of: shard, &actions)
                taken.insert(shard)
            }
        }
        let left = readings.take(taken)
        return left.isEmpty ? actions : actions + [.release(left)]
    }

    private mutating func rearrange(
        at now: Instant, gone: Set<String> = [], _ before: FleetMembership? = nil
    ) -> [Action] {
        var actions: [Action] = []
        var taken: Set<Int> = []
        for shard in roles.indices {
            let takers = members.takers(of: shard)
            switch (takers.publisher == name, takers.standby == name, roles[shard]) {
            case (true, _, .publisher): break
            case (true, _, .standby), (true, _, .taking):
                if let publisher = before?.takers(of: shard).publisher, gone.contains(publisher) {
                    set(.publisher, of: shard, &actions)
                    taken.insert(shard)
                } else if roles[shard] == .standby {
                    set(.taking(until: now + Self.grace), of: shard, &actions)
                }
            case (true, _, .none): set(.taking(until: now + Self.grace), of: shard, &actions)
            case (false, true, _): set(.standby, of: shard, &actions)
            case (false, false, _): set(.none, of: shard, &actions)
            }
        }
        let left = readings.take(taken)
        return left.isEmpty ? actions : actions + [.release(left)]
    }

    /// Subscribes what the new role needs, and ends what it does not.
    private mutating func set(_ role: Role, of shard: Int, _ actions: inout [Action]) {
        let (old, frames, notices) = (
            roles[shard], topics.frames(of: shard), topics.notices(of: shard)
        )
        roles[shard] = role
        let heardNotices = old != .none && old != .publisher
        let hearsNotices = role != .none && role != .publisher
        if !heardNotices, hearsNotices { actions.append(.subscribe(notices)) }
        if old == .none, role != .none { actions.append(.subscribe(frames)) }
        if old != .none, role == .none { actions.append(.unsubscribe(frames)) }
        if heardNotices, !hearsNotices { actions.append(.unsubscribe(notices)) }
        if role == .none { readings.forget(shard) }
    }

    // MARK: Readings

    /// Whether `heard` is to be published now, with its notice behind it; else it is held, until
    /// it is known to be published or is released.
    mutating func takes(_ heard: Heard, at now: Instant) -> Bool {
        guard let id = heard.transmission, roles[id.shard] != .publisher, isIn || !isAlone else {
            return true
        }
        if roles[id.shard] != .none { readings.hold(heard, id, at: now) }
        return false
    }

    /// Tells the one that stands by that `heard` is published.
    func notice(of heard: Heard) -> OutgoingMessage? {
        guard let id = heard.transmission else { return nil }
        return OutgoingMessage(
            topic: topics.notices(of: id.shard), payload: id.notice, time: heard.time.seconds)
    }
}
