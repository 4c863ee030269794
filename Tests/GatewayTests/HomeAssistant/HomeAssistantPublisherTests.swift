import Decoder
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Events in, messages out: no broker, no clock.
@Suite struct HomeAssistantPublisherTests {
    typealias Action = HomeAssistantPublisher.Action
    typealias Moment = HomeAssistantPublisher.Moment

    static let water = SampleMeter("Water", type: 0x07, "0C13 02431800 4C13 70181500")
    static let gas = SampleMeter("Gas", type: 0x03, "0C14 27048502", number: 0x8765_4321)
    static let waterDevice = "homeassistant/device/oms2mqtt_07ELS3312345678/config"
    static let gasDevice = "homeassistant/device/oms2mqtt_03ELS3387654321/config"
    static let gatewayDevice = "homeassistant/device/oms2mqtt_gateway_energy2mqtt/config"
    static let waterAvailability = "energy2mqtt/mgt/OMS/Water/availability"
    static let waterState = "energy2mqtt/ha/oms2mqtt_07ELS3312345678"

    /// A publisher, its clock, and the broker's retained messages as it left them.
    struct Bench {
        var publisher: HomeAssistantPublisher
        var start: ContinuousClock.Instant = .now
        var seconds = 0.0
        var published: [MQTTMessage] = []
        var retained: [String: [UInt8]] = [:]
        var subscribed: Set<String> = []
        var remembered = 0

        init(
            _ meters: [SampleMeter] = [water, gas], form: DiscoveryForm = .devices,
            isEnabled: Bool = true, hasDatahubs: Bool = false, memory: [UInt8] = [],
            retained: [String: [UInt8]] = [:], secondsAway: Double = 0, seed: UInt64 = 1,
            base: String = "energy2mqtt"
        ) throws {
            seconds = secondsAway
            self.retained = retained
            publisher = HomeAssistantPublisher(
                .init(
                    isEnabled: isEnabled, form: form, topics: try Topics(base: base),
                    meters: try meters.map { try $0.settings() }, receivers: ["cellar"],
                    hasDatahubs: hasDatahubs),
                memory: memory, now: Self.moment(start, seconds),
                random: SeededGenerator(state: seed))
        }

        /// Connected, all settled, both meters heard.
        static func settled(_ form: DiscoveryForm = .devices) throws -> Bench {
            var bench = try Bench(form: form)
            bench.connect()
            bench.pass(10)
            try bench.hear(water)
            try bench.hear(gas)
            bench.pass(100)
            return bench
        }

        static func moment(_ start: ContinuousClock.Instant, _ seconds: Double) -> Moment {
            Moment(
                instant: start + .seconds(seconds),
                time: WallTime(seconds: 1_700_000_000 + Int64(seconds)))
        }
        var now: Moment { Self.moment(start, seconds) }

        mutating func perform(_ actions: [Action]) {
            for action in actions {
                switch action {
                case .publish(let message):
                    published.append(message)
                    guard message.retain else { continue }
                    retained[message.topic] = message.payload.isEmpty ? nil : message.payload
                case .subscribe(let topic): subscribed.insert(topic)
                case .unsubscribe(let topic): subscribed.remove(topic)
                case .remember: remembered += 1
                }
            }
        }

        /// Connects; the broker sends what it has of discovery.
        mutating func connect() {
            perform(publisher.connected(at: now))
            for (topic, payload) in retained where topic.hasSuffix("/config") {
                perform(publisher.received(payload, on: topic, at: now))
            }
        }

        mutating func disconnect() { perform(publisher.disconnected()) }

        mutating func receive(_ text: String, on topic: String) {
            perform(publisher.received(Array(text.utf8), on: topic, at: now))
        }

        /// Lets time go by and wakes the publisher whenever it wants.
        mutating func pass(_ duration: Double) {
            let end = seconds + duration
            while let due = publisher.nextWake {
                // A little later, as a timer is.
                let wanted = max(start.duration(to: due) / .seconds(1), seconds) + 0.0001
                guard wanted <= end else { break }
                seconds = wanted
                perform(publisher.wake(at: now))
            }
            seconds = end
        }

        mutating func hear(
            _ meter: SampleMeter, named name: String? = nil, expireAfter: Duration? = nil
        ) throws {
            let reading = try meter.reading()
            perform(
                publisher.heard(
                    reading, of: name ?? meter.name, json: SampleMeter.json(reading),
                    hasSignalStrength: true, expireAfter: expireAfter, at: now))
        }

        mutating func forget() { published = [] }
        func payloads(_ topic: String) -> [String] {
            published.filter { $0.topic == topic }.map {
                String(decoding: $0.payload, as: UTF8.self)
            }
        }
        func components(_ topic: String) throws -> Set<String> {
            let json = try json(topic)
            return Set(json["components"]?.members?.map(\.key) ?? [])
        }
        func json(_ topic: String) throws -> JSONValue {
            let payload = try #require(retained[topic])
            return try JSONValue(parsing: payload.span)
        }
        func text(_ topic: String) -> String? {
            retained[topic].map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func settled(_ form: DiscoveryForm = .devices) throws -> Bench {
        try Bench.settled(form)
    }

    @Test func aMeterIsAnnouncedBeforeItsStateAndTheStateIsSaidAgainOnce() throws {
        var bench = try Bench()
        bench.connect()
        bench.pass(10)
        #expect(bench.retained[Self.gatewayDevice] != nil)
        bench.forget()
        try bench.hear(Self.water)
        let topics = bench.published.map(\.topic)
        #expect(topics == [Self.waterAvailability, Self.waterDevice, Self.waterState])
        #expect(bench.text(Self.waterAvailability) == "online")
        #expect(bench.remembered == 1)
        // Said again when Home Assistant has made its entities, be it fast or slow.
        for (seconds, count) in [(1.0, 1), (2.0, 2), (8.0, 4), (50.0, 6), (600.0, 8)] {
            bench.pass(seconds)
            #expect(bench.payloads(Self.waterState).count == count)
        }
        // What is known is not announced again.
        bench.forget()
        try bench.hear(Self.water)
        #expect(bench.published.map(\.topic) == [Self.waterState])
        #expect(bench.published.allSatisfy { !$0.retain })
        #expect(bench.remembered == 1)
    }

    @Test func anotherTelegramAddsAndNeverTakesAway() throws {
        var bench = try settled()
        let before = try bench.components(Self.waterDevice)
        bench.forget()
        var short = Self.water
        short.records = "023B 7800"
        try bench.hear(short)
        #expect(try bench.components(Self.waterDevice) == before.union(["volume_flow"]))
        bench.forget()
        short.records = "0C13 02431800"
        short.status = nil
        try bench.hear(short)
        #expect(bench.payloads(Self.waterDevice).isEmpty)
    }

    @Test func aRestartForgetsNothing() throws {
        var bench = try settled()
        var other = Self.water
        other.records = "023B 7800"
        try bench.hear(other)
        let components = try bench.components(Self.waterDevice)
        bench.pass(100)

        var again = try Bench(
            memory: bench.publisher.memory, retained: bench.retained,
            secondsAway: bench.seconds + 60)
        again.connect()
        again.pass(10)
        #expect(again.retained == bench.retained)
        #expect(try again.components(Self.waterDevice) == components)
        // No state is made up.
        #expect(again.payloads(Self.waterState).isEmpty)
        again.forget()
        try again.hear(Self.water)
        #expect(again.published.map(\.topic) == [Self.waterState])
    }

    @Test func memoryIsTheSameAfterARoundTrip() throws {
        let bench = try settled()
        let memory = bench.publisher.memory
        #expect(try Bench(memory: memory).publisher.memory == memory)
        #expect(HomeAssistantMemory(decoding: memory)?.items.count == 2)
    }

    /// Cut or altered anywhere, it is a memory or none, and no trap.
    @Test func damagedMemoryIsRefused() throws {
        let memory = try settled().publisher.memory
        for end in 0..<memory.count {
            #expect(HomeAssistantMemory(decoding: Array(memory[..<end])) == nil)
        }
        for place in memory.indices {
            var damaged = memory
            damaged[place] ^= 0x01
            let bench = try Bench(memory: damaged)
            #expect(bench.publisher.memory.count > 0)
        }
    }

    @Test func aMeterNotHeardForLongIsOffline() throws {
        var bench = try settled()
        try bench.hear(Self.water, expireAfter: .seconds(900))
        let discovery = try bench.json(Self.waterDevice)
        #expect(discovery["components"]?["volume"]?["expire_after"]?.integer == 900)
        bench.pass(899)
        #expect(bench.text(Self.waterAvailability) == "online")
        bench.pass(2)
        #expect(bench.text(Self.waterAvailability) == "offline")
        #expect(bench.text("energy2mqtt/mgt/OMS/Gas/availability") == "online")
        bench.forget()
        try bench.hear(Self.water, expireAfter: .seconds(900))
        #expect(bench.published.map(\.topic) == [Self.waterAvailability, Self.waterState])
        #expect(bench.text(Self.waterAvailability) == "online")
    }

    @Test func theIntervalIsAnnouncedOnlyWhenItMovesMuch() throws {
        var bench = try settled()
        for (seconds, count) in [
            (900, 1), (910, 1), (890, 1), (944, 1), (1000, 2), (700, 2), (660, 3),
        ] {
            try bench.hear(Self.water, expireAfter: .seconds(seconds))
            let told = Set(bench.payloads(Self.waterDevice))
            // One before anything was learned.
            #expect(told.count == count + 1, "after \(seconds) s")
        }
    }

    @Test func nothingOldLooksNewAfterARestart() throws {
        var bench = try settled()
        try bench.hear(Self.water, expireAfter: .seconds(900))
        let memory = bench.publisher.memory
        for (away, availability) in [(600.0, "online"), (2000, "offline")] {
            var again = try Bench(
                memory: memory, retained: bench.retained, secondsAway: bench.seconds + away)
            again.connect()
            // At once, before the gateway itself is online.
            #expect(again.text(Self.waterAvailability) == availability)
            again.pass(901)
            #expect(again.text(Self.waterAvailability) == "offline")
        }
    }

    @Test func birthsTogetherMakeOneAnnouncement() throws {
        var waits: Set<Double> = []
        for seed in 1...20 as ClosedRange<UInt64> {
            var bench = try Bench(seed: seed)
            bench.connect()
            bench.pass(10)
            try bench.hear(Self.water)
            bench.pass(100)
            bench.forget()
            let before = bench.seconds
            for _ in 0..<5 { bench.receive("online", on: "homeassistant/status") }
            #expect(bench.published.isEmpty)
            while bench.published.isEmpty, bench.seconds < before + 10 { bench.pass(0.05) }
            let wait = bench.seconds - before
            #expect((0.99...5.1).contains(wait))
            waits.insert(wait)
            #expect(bench.payloads(Self.waterState).isEmpty)
            bench.pass(2.5)
            #expect(bench.payloads(Self.waterState).count == 1)
            bench.pass(100)
            #expect(bench.payloads(Self.waterDevice).count == 1)
            #expect(bench.payloads(Self.gatewayDevice).count == 1)
        }
        #expect(waits.count > 5)
    }

    /// Some meters have their values in several telegrams: all of them come back, in their order.
    @Test func valuesThatComeByTurnsAreAllSaidAgain() throws {
        var bench = try Bench()
        bench.connect()
        bench.pass(10)
        func saidAgain(_ records: [String], expireAfter: Duration? = nil) throws -> [String] {
            for records in records {
                var part = Self.water
                part.records = records
                try bench.hear(part, expireAfter: expireAfter)
                bench.pass(300)
            }
            bench.forget()
            bench.receive("online", on: "homeassistant/status")
            for _ in 0..<80 where bench.payloads(Self.waterState).isEmpty { bench.pass(0.1) }
            return try bench.payloads(Self.waterState).map {
                let members = try JSONValue(parsing: Array($0.utf8).span).members ?? []
                return members.map(\.key).filter { ["volume", "volume_flow"].contains($0) }
                    .sorted().joined(separator: " ")
            }
        }
        #expect(try saidAgain(["0C13 02431800", "023B 7800"]) == ["volume", "volume_flow"])
        #expect(
            try saidAgain(["0C13 02431800", "023B 7800", "0C13 03431800"])
                == ["volume_flow", "volume"])
        #expect(try saidAgain(["0C13 04431800 023B 7800"]) == ["volume volume_flow"])
        // What is older than the meter may be silent is not said again.
        let long = ["0C13 04431800"] + Array(repeating: "023B 7800", count: 4)
        #expect(try saidAgain(long, expireAfter: .seconds(900)) == ["volume_flow"])
        // One whose telegrams always differ has no more than the last few.
        let many = (0..<20).map {
            "8C\(Hex.text([0x80 | UInt8($0 & 0x0F), UInt8($0 >> 4)]))13 04431800"
        }
        #expect(try (1...10).contains(saidAgain(many).count))
    }

    @Test(arguments: ["offline", "", "Online"])
    func otherWordsAreNoBirth(_ text: String) throws {
        var bench = try settled()
        bench.forget()
        bench.receive(text, on: "homeassistant/status")
        bench.pass(20)
        #expect(bench.published.isEmpty)
    }

    @Test func aBrokerThatLostAllHasAllAgainWithinTenSeconds() throws {
        var bench = try settled()
        bench.perform(bench.publisher.health(GatewayHealth()))
        let before = bench.retained
        bench.disconnect()
        bench.pass(30)
        bench.retained = [:]
        bench.connect()
        bench.pass(10)
        #expect(bench.retained == before)
        #expect(bench.subscribed == ["homeassistant/status"])
    }

    @Test func whatIsHeardWithoutConnectionIsToldAfterIt() throws {
        var bench = try Bench()
        try bench.hear(Self.water)
        #expect(bench.published.isEmpty)
        bench.connect()
        try bench.hear(Self.gas)
        #expect(bench.payloads(Self.gasDevice).isEmpty)
        bench.pass(5)
        #expect(bench.payloads(Self.waterDevice).count == 1)
        #expect(bench.payloads(Self.gasDevice).count == 1)
        #expect(bench.payloads(Self.waterState).count == 1)
    }

    @Test(arguments: DiscoveryForm.allCases)
    func aRemovedMeterDisappears(_ form: DiscoveryForm) throws {
        var bench = try settled(form)
        // What others left there stays.
        let foreign = [
            "homeassistant/device/zigbee2mqtt_1/config":
                #"{"device":{"identifiers":["x"]},"origin":{"name":"Zigbee2MQTT"}}"#,
            // Another gateway of ours, with another base topic.
            "homeassistant/device/oms2mqtt_07ELS3300000001/config":
                #"{"device":{"identifiers":["oms2mqtt_07ELS3300000001"],"#
                + #""via_device":"oms2mqtt_gateway_other"},"origin":{"name":"oms2mqtt"}}"#,
            "homeassistant/sensor/oms2mqtt_07ELS3312345678_x/config": "no JSON",
        ].mapValues { Array($0.utf8) }
        bench.retained.merge(foreign) { $1 }
        var again = try Bench(
            [Self.gas], form: form, memory: bench.publisher.memory, retained: bench.retained)
        again.connect()
        again.pass(10)
        let left = again.retained.keys.filter { $0.contains("12345678") || $0.contains("Water") }
        #expect(left == ["homeassistant/sensor/oms2mqtt_07ELS3312345678_x/config"])
        for (topic, payload) in foreign { #expect(again.retained[topic] == payload) }
        let gasTopics = bench.retained.keys.filter { $0.contains("87654321") }
        #expect(!gasTopics.isEmpty && gasTopics.allSatisfy { again.retained[$0] != nil })
    }

    @Test func aMeterKeepsItsPlaceUnderAnotherName() throws {
        let bench = try settled()
        var renamed = Self.water
        renamed.name = "Kitchen"
        var again = try Bench(
            [renamed, Self.gas], memory: bench.publisher.memory, retained: bench.retained)
        again.connect()
        again.pass(10)
        let old = try bench.json(Self.waterDevice)
        let new = try again.json(Self.waterDevice)
        #expect(old["components"] == new["components"])
        #expect(new["device"]?["name"]?.string == "Kitchen")
        #expect(again.retained[Self.waterAvailability] == nil)
        #expect(again.text("energy2mqtt/mgt/OMS/Kitchen/availability") == "online")
    }

    @Test func twoMetersMayExchangeTheirNames() throws {
        let bench = try settled()
        var (water, gas) = (Self.water, Self.gas)
        (water.name, gas.name) = ("Gas", "Water")
        var again = try Bench(
            [water, gas], memory: bench.publisher.memory, retained: bench.retained)
        again.connect()
        again.pass(10)
        #expect(again.text(Self.waterAvailability) == "online")
        #expect(again.text("energy2mqtt/mgt/OMS/Gas/availability") == "online")
    }

    /// First with nothing but its platform, not retained; then left out.
    @Test func anObsoleteComponentIsTakenOutInTwoSteps() throws {
        let before = try settled()
        var bench = try Bench(memory: before.publisher.memory, retained: before.retained)
        let current = try #require(bench.retained[Self.waterDevice])
        let text = String(decoding: current, as: UTF8.self)
        let old = text.replacing(
            #""components":{"#,
            with: #""components":{"old_name":{"platform":"binary_sensor","unique_id":"x"},"#)
        bench.retained[Self.waterDevice] = Array(old.utf8)
        bench.connect()
        bench.pass(10)
        let messages = bench.published.filter { $0.topic == Self.waterDevice }
        #expect(messages.map(\.retain) == [false, true])
        let payload = try #require(messages.first).payload
        let first = try JSONValue(parsing: payload.span)
        #expect(
            first["components"]?["old_name"] == .object([("platform", .string("binary_sensor"))]))
        #expect(first["components"]?["volume"]?["unique_id"] != nil)
        #expect(messages.last?.payload == current)
    }

    @Test(arguments: [(DiscoveryForm.entities, DiscoveryForm.devices), (.devices, .entities)])
    func aChangeOfFormGoesThroughMigration(_ old: DiscoveryForm, _ new: DiscoveryForm) throws {
        let bench = try settled(old)
        let oldTopics = bench.retained.keys.filter { $0.hasSuffix("/config") }
        var again = try Bench(
            form: new, memory: bench.publisher.memory, retained: bench.retained)
        again.connect()
        again.pass(10)
        for topic in oldTopics {
            let told = again.payloads(topic)
            #expect(told == [#"{"migrate_discovery":true}"#, ""])
        }
        // Migrated first, then told anew, then cleared.
        let places = ["migrate", "device", "clear"].map { step in
            again.published.indices.filter { index in
                let message = again.published[index]
                guard message.topic.hasSuffix("/config") else { return false }
                let isOld = oldTopics.contains(message.topic)
                return switch step {
                case "migrate": isOld && !message.payload.isEmpty
                case "device": !isOld
                default: isOld && message.payload.isEmpty
                }
            }
        }
        #expect(try #require(places[0].max()) < #require(places[1].min()))
        #expect(try #require(places[1].min()) < #require(places[2].min()))
        let fresh = try settled(new).retained.keys.filter { $0.hasSuffix("/config") }
        #expect(Set(again.retained.keys.filter { $0.hasSuffix("/config") }) == Set(fresh))
    }

    /// Home Assistant would have each entity twice, and refuse one.
    @Test func aBirthJustBeforeAChangeOfFormWaitsForIt() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            var bench = try Bench(form: .entities, seed: seed)
            bench.connect()
            try bench.hear(Self.water)
            bench.pass(100)
            bench.receive("online", on: "homeassistant/status")
            bench.forget()
            var settings = bench.publisher.settings
            settings.form = .devices
            bench.perform(bench.publisher.configure(settings, at: bench.now))
            let retained = bench.retained.filter { $0.key.hasSuffix("/config") }
            for (topic, payload) in retained {
                bench.perform(bench.publisher.received(payload, on: topic, at: bench.now))
            }
            bench.pass(20)
            let device = try #require(bench.published.firstIndex { $0.topic == Self.waterDevice })
            let migration = try #require(
                bench.published.lastIndex {
                    $0.payload == Array(#"{"migrate_discovery":true}"#.utf8)
                })
            #expect(migration < device)
            #expect(bench.payloads(Self.waterDevice).count == 1)
        }
    }

    @Test func aBirthJustBeforeHomeAssistantIsSwitchedOffBringsNothingBack() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            var bench = try Bench(seed: seed)
            bench.connect()
            try bench.hear(Self.water)
            bench.pass(10)
            bench.receive("online", on: "homeassistant/status")
            bench.forget()
            var settings = bench.publisher.settings
            settings.isEnabled = false
            bench.perform(bench.publisher.configure(settings, at: bench.now))
            let retained = bench.retained.filter { $0.key.hasSuffix("/config") }
            for (topic, payload) in retained {
                bench.perform(bench.publisher.received(payload, on: topic, at: bench.now))
            }
            bench.pass(100)
            #expect(bench.retained.isEmpty)
            #expect(bench.payloads(Self.waterState).isEmpty)
        }
    }

    @Test func withoutHomeAssistantOursIsClearedOnceAndNothingPublished() throws {
        let bench = try settled()
        var off = try Bench(
            isEnabled: false, memory: bench.publisher.memory, retained: bench.retained)
        off.connect()
        try off.hear(Self.water)
        off.perform(off.publisher.health(GatewayHealth()))
        off.pass(10)
        #expect(off.retained.isEmpty)
        // What goes before the clearing of a device does not stay.
        #expect(
            off.published.allSatisfy { message in
                message.retain
                    ? message.payload.isEmpty : message.topic.hasPrefix("homeassistant/")
            })
        #expect(off.subscribed.isEmpty)
        off.forget()
        off.disconnect()
        off.connect()
        try off.hear(Self.water)
        off.pass(10)
        #expect(off.published.isEmpty)
    }

    @Test func whatABrokerMayHoldCannotTrap() throws {
        var bench = try Bench()
        bench.perform(bench.publisher.connected(at: bench.now))
        let payloads = [
            "", "{", "[]", "null", #"{"origin":{"name":"oms2mqtt"},"device":[]}"#,
            #"{"origin":{"name":"oms2mqtt"},"device":{"identifiers":[1],"via_device":"oms2mqtt_gateway_energy2mqtt"}}"#,
            #"{"origin":{"name":"oms2mqtt"},"device":{"identifiers":["oms2mqtt_x"],"via_device":"oms2mqtt_gateway_energy2mqtt"},"components":[],"availability":[{"topic":"energy2mqtt/mgt/OMS/+/availability"},{"topic":"other/availability"},7]}"#,
        ]
        for topic in [
            "homeassistant/device/oms2mqtt_/config", "homeassistant/sensor/oms2mqtt_x/config",
        ] {
            for payload in payloads { bench.receive(payload, on: topic) }
        }
        bench.pass(10)
        let cleared = bench.published.filter(\.payload.isEmpty).map(\.topic).sorted()
        #expect(
            cleared == [
                "homeassistant/device/oms2mqtt_/config", "homeassistant/sensor/oms2mqtt_x/config",
            ])
    }

    @Test func allMessagesOfAGatewayAreValidTogether() throws {
        for form in DiscoveryForm.allCases {
            let bench = try settled(form)
            let messages = bench.retained.filter { $0.key.hasSuffix("/config") }
                .map { MQTTMessage(topic: $0.key, payload: $0.value, retain: true) }
            for version in DiscoveryValidator.Version.allCases {
                #expect(DiscoveryValidator.faults(in: messages, version) == [])
            }
        }
    }
}
