import Decoder
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Decoders that come, go and die while telegrams arrive: each transmission is published once.
@Suite struct FleetDecoderTests {
    /// A broker that hands every decoder what it subscribed, in one order, but each in its own time.
    struct ModelBroker {
        enum Item: Equatable {
            case message(topic: String, payload: [UInt8])
            case frame(TransmissionID)
        }

        struct Member {
            var decoder: FleetDecoder
            var notices = FleetNotices()
            var noticesDue = ContinuousClock.now
            var filters: Set<String> = []
            var queue: [Item] = []
            /// Transmissions whose copies are waited for, in the order heard.
            var waiting: [(id: TransmissionID, firstHeard: ContinuousClock.Instant)] = []
        }

        let topics = FleetTopics(base: "house/fleet")
        var now = ContinuousClock.now
        var members: [String: Member] = [:]
        var retained: [String: [UInt8]] = [:]
        /// How often each transmission was published.
        var published: [TransmissionID: Int] = [:]
        /// What those that died had published without a notice.
        var unannounced: Set<TransmissionID> = []
        var sent: [TransmissionID] = []

        mutating func join(_ name: String) {
            var decoder = FleetDecoder(topics: topics, name: name)
            let actions = decoder.connected()
            members[name] = Member(decoder: decoder)
            perform(actions, by: name)
        }

        /// It dies: the broker says so.
        mutating func kill(_ name: String) {
            for message in takeNotices(of: name) {
                guard let shard = topics.shard(ofNotice: message.topic) else { continue }
                unannounced.formUnion(TransmissionID.all(in: message.payload, of: shard))
            }
            members[name] = nil
            send(topics.status(of: name), Array("offline".utf8), retain: true)
        }

        /// It is stopped: it publishes what waits for copies, and takes its leave.
        mutating func stop(_ name: String) {
            completeWaiting(name) { _ in true }
            sendNotices(of: name)
            kill(name)
        }

        mutating func transmit(_ id: TransmissionID) {
            sent.append(id)
            let topic = "house/fleet/\(FleetShards.name(of: id.shard))/g1"
            deliver(.frame(id), on: topic)
        }

        private mutating func deliver(_ item: Item, on topic: String) {
            for name in members.keys where members[name]?.hears(topic) == true {
                members[name]?.queue.append(item)
            }
        }

        private mutating func send(_ topic: String, _ payload: [UInt8], retain: Bool) {
            if retain { retained[topic] = payload }
            deliver(.message(topic: topic, payload: payload), on: topic)
        }

        /// One decoder deals with the next that waits for it; false if nothing waits for any.
        mutating func step(_ random: inout SeededGenerator) -> Bool {
            let busy = members.filter { !$0.value.queue.isEmpty }.keys.sorted()
            guard let name = busy.randomElement(using: &random),
                let item = members[name]?.queue.removeFirst(), var decoder = members[name]?.decoder
            else { return false }
            var actions: [FleetDecoder.Action] = []
            switch item {
            case .message(let topic, let payload):
                if !decoder.notes(payload, on: topic, at: now) {
                    actions = decoder.received(payload, on: topic, at: now)
                }
            case .frame(let id): members[name]?.waiting.append((id, now))
            }
            members[name]?.decoder = decoder
            perform(actions, by: name)
            return true
        }

        private mutating func completeWaiting(
            _ name: String, where isComplete: (ContinuousClock.Instant) -> Bool
        ) {
            while let (id, firstHeard) = members[name]?.waiting.first, isComplete(firstHeard) {
                members[name]?.waiting.removeFirst()
                let heard = FleetDecoderTests.heard(id, firstHeard)
                if members[name]?.decoder.takes(heard, at: now) == true { publish(heard, by: name) }
            }
        }

        /// Time passes: copies have been waited for long enough, and those wake that want to.
        mutating func wait(_ duration: Duration) {
            now += duration
            let now = now
            for name in members.keys.sorted() {
                completeWaiting(name) { $0 + DuplicateFilter.window <= now }
                if let due = members[name]?.noticesDue, due <= now { sendNotices(of: name) }
                guard var decoder = members[name]?.decoder, let due = decoder.nextWake, due <= now
                else { continue }
                let actions = decoder.wake(at: now)
                members[name]?.decoder = decoder
                perform(actions, by: name)
            }
        }

        private mutating func publish(_ heard: Heard, by name: String) {
            guard let id = heard.transmission else { return }
            published[id, default: 0] += 1
            if members[name]?.notices.count == 0 {
                members[name]?.noticesDue = now + FleetNotices.wait
            }
            members[name]?.notices.add(heard)
            if members[name]?.notices.isFull == true { sendNotices(of: name) }
        }

        private mutating func sendNotices(of name: String) {
            for message in takeNotices(of: name) {
                send(message.topic, message.payload, retain: false)
            }
        }

        private mutating func takeNotices(of name: String) -> [OutgoingMessage] {
            let topics = topics
            return members[name]?.notices.take(on: topics) ?? []
        }

        private mutating func perform(_ actions: [FleetDecoder.Action], by name: String) {
            for action in actions {
                switch action {
                case .subscribe(let text):
                    members[name]?.filters.insert(text)
                    for (topic, payload) in retained.sorted(by: { $0.key < $1.key })
                    where TopicFilter(text).matches(topic) {
                        members[name]?.queue.append(.message(topic: topic, payload: payload))
                    }
                case .unsubscribe(let text): members[name]?.filters.remove(text)
                case .publish(let message):
                    send(message.topic, message.payload, retain: message.retain)
                case .release(let readings): for heard in readings { publish(heard, by: name) }
                }
            }
        }
    }

    /// They come and are stopped at any moment, and die when those that are left know of all that
    /// the dead one knew.
    @Test(arguments: 0..<40)
    func eachTransmissionIsPublishedOnce(seed: Int) throws {
        var random = SeededGenerator(state: UInt64(seed) &+ 1)
        var broker = ModelBroker()
        for name in ["a", "b", "c"].prefix(Int.random(in: 1...3, using: &random)) {
            broker.join(name)
            // Before a decoder is there gateways keep what they have.
            while broker.step(&random) {}
            broker.wait(.milliseconds(50))
        }
        var quietSince = broker.now
        for number in 0..<UInt64(3000) {
            if Int.random(in: 0..<100, using: &random) == 0 {
                let names = broker.members.keys.sorted()
                let name = names.randomElement(using: &random) ?? ""
                let isQuiet = quietSince.duration(to: broker.now) > .seconds(12)
                switch Int.random(in: 0..<4, using: &random) {
                case 0 where names.count > 2 && isQuiet: broker.kill(name)
                case 1 where names.count > 2 && isQuiet: broker.stop(name)
                case 2 where names.count < 6:
                    broker.join("d\(number)")
                    // At once, or in its own time.
                    if Bool.random(using: &random) { while broker.step(&random) {} }
                default: continue
                }
                quietSince = broker.now
            }
            let shard = Int.random(in: 0..<FleetShards.count, using: &random)
            let id = TransmissionID(shard: shard, hash: number)
            broker.transmit(id)
            for _ in 0..<Int.random(in: 0...12, using: &random) { _ = broker.step(&random) }
            broker.wait(.milliseconds(Int64.random(in: 1...60, using: &random)))
        }
        settle(&broker, &random)
        let lost = broker.sent.filter { broker.published[$0] == nil }
        let twice = broker.published.filter { $0.value > 1 }
        #expect(lost.isEmpty, "\(lost.count) of \(broker.sent.count) lost")
        #expect(
            twice.allSatisfy { $0.value == 2 && broker.unannounced.contains($0.key) },
            "\(twice.count) of \(broker.sent.count) published twice")
        let held = broker.members.values.map(\.decoder.held).reduce(0, +)
        #expect(held == 0)
    }

    /// All that waits is dealt with, until everyone is sure of who is there.
    private func settle(_ broker: inout ModelBroker, _ random: inout SeededGenerator) {
        for _ in 0..<12 {
            while broker.step(&random) {}
            broker.wait(.seconds(1))
        }
    }

    @Test func theLastOneLeftPublishesWhatItHas() {
        let id = TransmissionID(shard: 3, hash: 0x0123_4567_89AB_CDEF)
        var decoder = FleetDecoder(topics: FleetTopics(base: "f"), name: "a")
        let now = ContinuousClock.now
        _ = decoder.connected()
        _ = decoder.received([], on: "f/decoders/a/hello", at: now)
        let isForUs = decoder.takes(Self.heard(id), at: now)
        #expect(!isForUs)
        // Without a broker nobody else can publish it either: it waits for the connection.
        let left = decoder.disconnected()
        #expect(left.last == .release([Self.heard(id)]))
        let isForUsNow = decoder.takes(Self.heard(id), at: now)
        #expect(isForUsNow)
    }

    /// Two that came at nearly the same moment: the first is out with what it owes before the other
    /// may publish it.
    @Test func whatIsOwedComesInTime() throws {
        let topics = FleetTopics(base: "f")
        var members = FleetMembership()
        for name in ["a", "b"] { members.note(name, isPresent: true) }
        let shard = try #require(
            (0..<FleetShards.count).first { members.takers(of: $0).publisher == "b" })
        let id = TransmissionID(shard: shard, hash: 0x0123_4567_89AB_CDEF)
        var decoder = FleetDecoder(topics: topics, name: "a")
        let now = ContinuousClock.now
        _ = decoder.connected()
        _ = decoder.received([], on: topics.greeting(of: "a"), at: now)
        let heard = Self.heard(id, now)
        let isForUs = decoder.takes(heard, at: now)
        #expect(!isForUs)
        let online = Array("online".utf8)
        _ = decoder.received(online, on: topics.status(of: "b"), at: now + .milliseconds(1))
        let actions = decoder.wake(at: now + FleetDecoder.grace - .milliseconds(500))
        #expect(actions.last == .release([heard]))
    }

    @Test func shardsAreSharedEvenlyAndMoveLittle() {
        var members = FleetMembership()
        for number in 0..<8 { members.note("decoder-\(number)", isPresent: true) }
        let before = (0..<FleetShards.count).map { members.takers(of: $0) }
        for name in members.present {
            #expect((2...16).contains(before.count { $0.publisher == name }))
        }
        #expect(before.allSatisfy { $0.publisher != $0.standby })
        members.note("decoder-3", isPresent: false)
        for (shard, takers) in before.enumerated() {
            let after = members.takers(of: shard)
            // Who stood by takes over; all others keep what they have.
            let expected = takers.publisher == "decoder-3" ? takers.standby : takers.publisher
            #expect(after.publisher == expected)
        }
    }

    @Test func memoryIsBounded() {
        var readings = StandbyReadings()
        var now = ContinuousClock.now
        for number in 0..<UInt64(5000) {
            let id = TransmissionID(shard: 1, hash: number)
            if number.isMultiple(of: 2) {
                readings.published(id, at: now)
            } else {
                readings.hold(Self.heard(id), at: now)
            }
            now += .milliseconds(100)
        }
        #expect(readings.count <= 601)
        #expect(readings.expired >= 1800)
    }

    @Test(arguments: ["", "0123", "0123456789abcdeg", "0123456789abcdef0", "0123456789 abcdef"])
    func anotherNoticeIsNone(text: String) {
        #expect(TransmissionID.all(in: Array(text.utf8), of: 1) == [])
    }

    /// Of each shard together, in the order published, and each once.
    @Test func noticesGoOutTogether() {
        let topics = FleetTopics(base: "f")
        var notices = FleetNotices()
        #expect(notices.take(on: topics) == [])
        let ids = (0..<UInt64(FleetNotices.most)).map {
            TransmissionID(shard: Int($0 % 3), hash: UInt64.max - $0)
        }
        for id in ids {
            #expect(!notices.isFull)
            notices.add(Self.heard(id))
        }
        #expect(notices.isFull)
        let messages = notices.take(on: topics)
        #expect(messages.count == 3)
        for message in messages {
            let shard = topics.shard(ofNotice: message.topic)
            let told = TransmissionID.all(in: message.payload, of: shard ?? -1)
            #expect(told == ids.filter { $0.shard == shard })
        }
        #expect(notices.count == 0)
        #expect(notices.take(on: topics) == [])
    }

    fileprivate static func heard(
        _ id: TransmissionID, _ firstHeard: ContinuousClock.Instant? = nil
    ) -> Heard {
        var heard = Heard(
            outcome: .damaged(.lengthTooSmall(0)), time: WallTime(seconds: 0),
            receptions: [])
        heard.transmission = id
        heard.firstHeard = firstHeard
        return heard
    }
}

extension FleetDecoderTests.ModelBroker.Member {
    /// Without looking at every filter.
    func hears(_ topic: String) -> Bool {
        guard !filters.contains(topic) else { return true }
        let levels = topic.split(separator: "/")
        let gateways = (levels.dropLast() + ["+"]).joined(separator: "/")
        return filters.contains(gateways)
            || levels.last == "status" && filters.contains(decoder.topics.everyDecoder)
    }
}
