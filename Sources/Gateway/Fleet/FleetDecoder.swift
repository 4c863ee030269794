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
    /// So much sooner than it would have published them, a decoder publishes what it owes: of two
    /// that came at the same moment the second must know of it in time.
    private static let earlier = Duration.milliseconds(700)

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
    /// By shard.
    private var debts: [Int: Debt] = [:]

    /// What a decoder owes that ceased to publish a shard's readings: the one that came after it has
    /// not heard all that this one heard before it knew of the other.
    private struct Debt {
        /// Transmissions that were heard first until then, even if copies are still waited for.
        var heardUntil: Instant
        /// Until then somebody before this one may still publish them.
        var due: Instant
        /// From then on they are published as soon as they are read.
        var isDue: Bool

        func covers(_ heard: Heard) -> Bool { heard.firstHeard.map { $0 <= heardUntil } ?? false }
    }

    init(topics: FleetTopics, name: String) {
        self.topics = topics
        self.name = name
    }

    var present: Set<String> { members.present }
    var shards: (published: Int, standby: Int) {
        (roles.count { $0 == .publisher }, roles.count { $0 == .standby })
    }
    var published: Set<Int> { Set(roles.indices.filter { roles[$0] == .publisher }) }
    var held: Int { readings.count }
    /// When `wake` wants to be called.
    var nextWake: Instant? {
        let taking = roles.compactMap { if case .taking(let until) = $0 { until } else { nil } }
        return (taking + debts.values.filter { !$0.isDue }.map(\.due)).min()
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
        let left = isAlone ? readings.take { _, _ in true } : []
        isIn = false
        members = FleetMembership()
        var actions: [Action] = []
        for shard in roles.indices {
            let needed = needs(of: shard)
            debts[shard] = nil
            roles[shard] = .none
            follow(shard, needed, &actions)
        }
        return left.isEmpty ? actions : actions + [.release(left)]
    }

    /// What came on one of the topics of decoders; for notices there is `notes`.
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
        return []
    }

    /// Takes a notice of a publication; false if `topic` is none that notices come on.
    mutating func notes(_ payload: [UInt8], on topic: String, at now: Instant) -> Bool {
        guard let shard = topics.shard(ofNotice: topic) else { return false }
        for id in TransmissionID.all(in: payload, of: shard) { readings.published(id, at: now) }
        return true
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
        let due = debts.filter { !$0.value.isDue && $0.value.due <= now }
        let left = readings.take { heard, shard in
            taken.contains(shard) || due[shard]?.covers(heard) ?? false
        }
        for shard in due.keys.sorted() {
            let needed = needs(of: shard)
            debts[shard]?.isDue = true
            follow(shard, needed, &actions)
        }
        return left.isEmpty ? actions : actions + [.release(left)]
    }

    private mutating func rearrange(
        at now: Instant, gone: Set<String> = [], _ before: FleetMembership? = nil
    ) -> [Action] {
        var actions: [Action] = []
        var taken: Set<Int> = []
        for shard in roles.indices {
            let takers = members.takers(of: shard)
            if takers.publisher != name { noteDebt(of: shard, at: now) }
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
        let left = readings.take { _, shard in taken.contains(shard) }
        return left.isEmpty ? actions : actions + [.release(left)]
    }

    private mutating func noteDebt(of shard: Int, at now: Instant) {
        switch roles[shard] {
        case .publisher: debts[shard] = Debt(heardUntil: now, due: now, isDue: true)
        case .taking(let until):
            debts[shard] = Debt(heardUntil: now, due: until - Self.earlier, isDue: false)
        case .none, .standby: break
        }
    }

    private mutating func set(_ role: Role, of shard: Int, _ actions: inout [Action]) {
        let needed = needs(of: shard)
        roles[shard] = role
        follow(shard, needed, &actions)
    }

    private func needs(of shard: Int) -> (frames: Bool, notices: Bool) {
        let owes = debts[shard].map { !$0.isDue } ?? false
        return switch roles[shard] {
        case .none: (false, owes)
        case .standby, .taking: (true, true)
        case .publisher: (true, false)
        }
    }

    /// Subscribes what is needed now, and ends what was needed.
    private mutating func follow(
        _ shard: Int, _ before: (frames: Bool, notices: Bool), _ actions: inout [Action]
    ) {
        let (now, frames, notices) = (
            needs(of: shard), topics.frames(of: shard), topics.notices(of: shard)
        )
        if !before.notices, now.notices { actions.append(.subscribe(notices)) }
        if !before.frames, now.frames { actions.append(.subscribe(frames)) }
        if before.frames, !now.frames { actions.append(.unsubscribe(frames)) }
        if before.notices, !now.notices { actions.append(.unsubscribe(notices)) }
        if !now.frames, !now.notices { readings.forget(shard) }
    }

    // MARK: Readings

    /// Whether `heard` is to be published now, with its notice behind it; else it is held, until
    /// it is known to be published or is released.
    mutating func takes(_ heard: Heard, at now: Instant) -> Bool {
        guard let id = heard.transmission, isIn || !isAlone else { return true }
        // Also as the publisher: the one before may have published it as its last.
        if readings.wasPublished(id, at: now) { return false }
        let debt = debts[id.shard].flatMap { $0.covers(heard) ? $0 : nil }
        if roles[id.shard] == .publisher || debt?.isDue ?? false { return true }
        if roles[id.shard] != .none || debt != nil { readings.hold(heard, at: now) }
        return false
    }
}
