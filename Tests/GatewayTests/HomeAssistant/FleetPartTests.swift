import Decoder
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Decoders of a fleet that tell Home Assistant of the same meters: events in, messages out.
@Suite struct FleetPartTests {
    typealias Moment = HomeAssistantPublisher.Moment

    static let water = SampleMeter("Water", type: 0x07, "0C13 02431800 4C13 70181500")
    /// The same meter with less and with more in its telegram.
    static let less = SampleMeter("Water", type: 0x07, "0C13 02431900")
    static let more = SampleMeter("Water", type: 0x07, "0C13 02431900 0B3B 123400")
    static let device = "homeassistant/device/oms2mqtt_07ELS3312345678/config"
    static let hub = "homeassistant/device/oms2mqtt_gateway_energy2mqtt/config"
    static let availability = "energy2mqtt/mgt/OMS/Water/availability"
    static let state = "energy2mqtt/ha/oms2mqtt_07ELS3312345678"
    static let all = Set(0..<FleetShards.count)

    /// Several programs and what the broker retains, on one clock.
    struct Fleet {
        var programs: [String: HomeAssistantPublisher] = [:]
        var retained: [String: [UInt8]] = [:]
        var published: [(by: String, message: MQTTMessage)] = []
        private let start = ContinuousClock.now
        private var seconds = 0.0
        var now: Moment {
            Moment(
                instant: start + .seconds(seconds),
                time: WallTime(seconds: 1_700_000_000 + Int64(seconds)))
        }

        static func settings(
            _ name: String, _ role: FleetSettings.Role?, meters: [SampleMeter] = [water],
            isEnabled: Bool = true, form: DiscoveryForm = .devices
        ) throws -> HomeAssistantPublisher.Settings {
            let kind = role == .decoder ? "decoders" : "gateways"
            return .init(
                isEnabled: isEnabled, form: form,
                topics: try Topics(member: role.map { _ in "energy2mqtt/fleet/\(kind)/\(name)" }),
                meters: try meters.map { try $0.settings() },
                receivers: role == .gateway ? ["stick"] : [],
                member: role.map { .init($0, named: name) })
        }

        mutating func start(
            _ name: String, _ settings: HomeAssistantPublisher.Settings, memory: [UInt8] = []
        ) {
            programs[name] = HomeAssistantPublisher(
                settings, memory: memory, now: now, random: SeededGenerator(state: 1))
            act(name) { $0.connected(at: $1) }
            act(name) { program, _ in program.health(GatewayHealth()) }
        }

        /// Starts a decoder and lets it come in.
        mutating func decoder(
            _ name: String, shards: Set<Int>, form: DiscoveryForm = .devices, memory: [UInt8] = []
        ) throws {
            start(name, try Self.settings(name, .decoder, form: form), memory: memory)
            pass(5)
            act(name) { $0.publishes(shards, at: $1) }
            pass(5)
        }

        mutating func act(
            _ name: String,
            _ event: (inout HomeAssistantPublisher, Moment) -> [HomeAssistantPublisher.Action]
        ) {
            guard var program = programs[name] else { return }
            let actions = event(&program, now)
            programs[name] = program
            for action in actions {
                switch action {
                case .publish(let message):
                    published.append((name, message))
                    if message.retain {
                        retained[message.topic] = message.payload.isEmpty ? nil : message.payload
                    }
                case .subscribe(let filter):
                    for (topic, payload) in retained where TopicFilter(filter).matches(topic) {
                        act(name) { $0.received(payload, on: topic, at: $1) }
                    }
                case .unsubscribe, .remember: break
                }
            }
        }

        mutating func pass(_ duration: Double) {
            let end = seconds + duration
            while let next = programs.compactMapValues(\.nextWake).min(by: { $0.value < $1.value })
            {
                let due = max(start.duration(to: next.value) / .seconds(1), seconds) + 0.0001
                guard due <= end else { break }
                seconds = due
                act(next.key) { $0.wake(at: $1) }
            }
            seconds = end
        }

        /// All hear it; one publishes it.
        mutating func hear(_ meter: SampleMeter, publishedBy publisher: String) throws {
            let reading = try meter.reading()
            for name in programs.keys.sorted() {
                act(name) {
                    $0.heard(
                        reading, of: meter.name, json: SampleMeter.json(reading),
                        hasSignalStrength: true, expireAfter: nil,
                        isPublished: name == publisher, at: $1)
                }
            }
        }

        /// `former` is gone, and `next` publishes all shards.
        mutating func takeOver(_ next: String, from former: String?) {
            if let former { programs[former] = nil }
            act(next) { $0.publishes(FleetPartTests.all, at: $1) }
        }

        mutating func forget() { published = [] }
        func payloads(_ topic: String) -> [String] {
            published.filter { $0.message.topic == topic }.map {
                String(decoding: $0.message.payload, as: UTF8.self)
            }
        }
        func components(_ topic: String) throws -> Set<String> {
            let payload = try #require(retained[topic])
            let json = try JSONValue(parsing: payload.span)
            return Set(json["components"]?.members?.map(\.key) ?? [])
        }
    }

    /// Two decoders, the first of which publishes all.
    private func settled(_ form: DiscoveryForm = .devices) throws -> Fleet {
        var fleet = Fleet()
        try fleet.decoder("d1", shards: Self.all, form: form)
        try fleet.decoder("d2", shards: [], form: form)
        try fleet.hear(Self.water, publishedBy: "d1")
        fleet.pass(100)
        fleet.forget()
        return fleet
    }

    /// So a program alone may become a fleet.
    @Test func aMeterIsWhatAProgramAloneSaysOfIt() throws {
        var alone = Fleet()
        alone.start("alone", try Fleet.settings("alone", nil))
        alone.pass(10)
        try alone.hear(Self.water, publishedBy: "alone")
        let fleet = try settled()
        #expect(fleet.retained[Self.device] == alone.retained[Self.device])
        #expect(fleet.retained[Self.availability] == alone.retained[Self.availability])
        // The program's own entities go, and its device is the fleet's.
        var grown = Fleet()
        grown.retained = alone.retained
        try grown.decoder("d1", shards: Self.all)
        #expect(grown.payloads(Self.device) == [])
        #expect(try grown.components(Self.hub) == ["decoders"])
        let removal = try #require(grown.payloads(Self.hub).first)
        #expect(removal.contains(#""telegrams":{"platform":"sensor"}"#))
        #expect(grown.retained[Self.availability] == alone.retained[Self.availability])
        // Back again: what was the fleet's goes.
        alone.retained = grown.retained
        alone.act("alone") { program, _ in program.disconnected() }
        alone.act("alone") { $0.connected(at: $1) }
        alone.pass(10)
        let devices = alone.retained.keys.filter { $0.hasPrefix("homeassistant/") }
        #expect(Set(devices) == [Self.device, Self.hub])
    }

    @Test(arguments: DiscoveryForm.allCases)
    func allMessagesOfAFleetAreValidTogether(_ form: DiscoveryForm) throws {
        var fleet = try settled(form)
        fleet.start("g1", try Fleet.settings("g1", .gateway, meters: [], form: form))
        fleet.pass(10)
        let messages = fleet.retained.filter { $0.key.hasSuffix("/config") }
            .map { MQTTMessage(topic: $0.key, payload: $0.value, retain: true) }
        for version in DiscoveryValidator.Version.allCases {
            #expect(DiscoveryValidator.faults(in: messages, version) == [])
        }
        let text = messages.map { String(decoding: $0.payload, as: UTF8.self) }.joined()
        for name in ["oms2mqtt d1", "oms2mqtt d2", "oms2mqtt g1"] {
            #expect(text.contains(#""name":"\#(name)""#))
        }
    }

    @Test(arguments: DiscoveryForm.allCases)
    func theSecondTakesOverWithoutAWord(_ form: DiscoveryForm) throws {
        var fleet = try settled(form)
        fleet.takeOver("d2", from: "d1")
        // Home Assistant gets readings while the new one looks what there is.
        try fleet.hear(Self.water, publishedBy: "d2")
        #expect(fleet.payloads(Self.state).count == 1)
        fleet.pass(20)
        #expect(fleet.published.allSatisfy { !$0.message.topic.hasPrefix("homeassistant/") })
        #expect(Set(fleet.payloads(Self.availability)) == ["online"])
        fleet.pass(2 * 86_400)
        #expect(fleet.payloads(Self.availability).last == "offline")
    }

    /// It knows nothing, and takes nothing away: not even what it never heard.
    @Test func aNewDecoderAdoptsWhatOthersKnew() throws {
        var fleet = try settled()
        let before = try fleet.components(Self.device)
        try fleet.decoder("d3", shards: Self.all)
        for former in ["d1", "d2"] { fleet.programs[former] = nil }
        #expect(fleet.payloads(Self.device) == [])
        #expect(fleet.payloads(Self.availability) == [])
        try fleet.hear(Self.less, publishedBy: "d3")
        #expect(try fleet.components(Self.device) == before)
        try fleet.hear(Self.more, publishedBy: "d3")
        #expect(try fleet.components(Self.device).isStrictSuperset(of: before))
        for version in DiscoveryValidator.Version.allCases {
            let message = MQTTMessage(
                topic: Self.device, payload: try #require(fleet.retained[Self.device]),
                retain: true)
            #expect(DiscoveryValidator.faults(in: [message], version) == [])
        }
    }

    /// Its last memory is from long ago: that is no silence of the meter's.
    @Test func whoWasAwayForLongDoesNotCallAMeterSilent() throws {
        var fleet = try settled()
        let memory = try #require(fleet.programs["d1"]).memory
        fleet.programs["d2"] = nil
        fleet.pass(3600)
        for _ in 0..<40 {
            fleet.pass(3600)
            try fleet.hear(Self.water, publishedBy: "d1")
        }
        fleet.forget()
        try fleet.decoder("d2", shards: Self.all, memory: memory)
        fleet.programs["d1"] = nil
        fleet.pass(3600)
        #expect(!fleet.payloads(Self.availability).contains("offline"))
    }

    @Test func afterABirthOnlyTheFirstSpeaksOnce() throws {
        var fleet = try settled()
        for name in ["d1", "d2"] {
            fleet.act(name) { $0.received(Array("online".utf8), on: DiscoveryTopic.birth, at: $1) }
        }
        fleet.pass(8)
        #expect(fleet.published.filter { $0.message.topic == Self.device }.map(\.by) == ["d1"])
        #expect(Set(fleet.published.filter { $0.message.topic == Self.state }.map(\.by)) == ["d1"])
    }

    @Test func aBirthDuringATakeoverIsNotMissed() throws {
        var fleet = try settled()
        fleet.takeOver("d2", from: "d1")
        fleet.act("d2") { $0.received(Array("online".utf8), on: DiscoveryTopic.birth, at: $1) }
        fleet.pass(12)
        #expect(fleet.payloads(Self.device).count == 1)
        #expect(!fleet.payloads(Self.state).isEmpty)
    }

    @Test func onlyWhoIsResponsibleTakesAMeterBack() throws {
        var fleet = try settled()
        let none = try Fleet.settings("d2", .decoder, meters: [])
        fleet.act("d2") { $0.configure(none, at: $1) }
        fleet.pass(10)
        #expect(fleet.retained[Self.device] != nil)
        // A decoder that never had the meter may have an older list.
        fleet.start("d4", try Fleet.settings("d4", .decoder, meters: []))
        fleet.act("d4") { $0.publishes(Self.all, at: $1) }
        fleet.pass(10)
        #expect(fleet.retained[Self.device] != nil)
        fleet.programs["d4"] = nil
        // The first dies with its old list; the second had the meter.
        fleet.takeOver("d2", from: "d1")
        fleet.pass(10)
        #expect(fleet.retained[Self.device] == nil)
        #expect(fleet.retained[Self.availability] == nil)
    }

    @Test func theFirstTakesAMeterBackAtOnceAndOverARestart() throws {
        var fleet = try settled()
        let none = try Fleet.settings("d1", .decoder, meters: [])
        let memory = try #require(fleet.programs["d1"]).memory
        fleet.act("d1") { $0.configure(none, at: $1) }
        #expect(fleet.retained[Self.device] == nil)
        #expect(fleet.retained[Self.availability] == nil)

        fleet = try settled()
        fleet.start("d1", none, memory: memory)
        fleet.pass(10)
        #expect(fleet.retained[Self.device] != nil)
        fleet.takeOver("d1", from: nil)
        fleet.pass(10)
        #expect(fleet.retained[Self.device] == nil)
    }

    @Test func switchedOffOneByOneNothingIsLeft() throws {
        var fleet = try settled()
        func off(_ name: String) throws {
            let settings = try Fleet.settings(name, .decoder, isEnabled: false)
            fleet.act(name) { $0.configure(settings, at: $1) }
            fleet.pass(10)
        }
        try off("d2")
        #expect(fleet.retained[Self.device] != nil && fleet.retained[Self.hub] != nil)
        try off("d1")
        #expect(fleet.retained.keys.filter { !$0.hasSuffix("/status") } == [])
    }
}
