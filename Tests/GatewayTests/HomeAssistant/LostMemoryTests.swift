import Testing
import Wire

@testable import Gateway

/// What the program learned is lost, and the broker still has what Home Assistant was told: nothing
/// is taken from a user because of it.
@Suite struct LostMemoryTests {
    typealias Bench = HomeAssistantPublisherTests.Bench
    typealias Publisher = HomeAssistantPublisherTests

    /// Without memory a meter stays, with the components that the broker knows, and is silent.
    @Test func aMeterNotHeardSinceStays() throws {
        let bench = try Bench.settled()
        var again = try Bench(retained: bench.retained)
        again.connect()
        again.pass(10)
        #expect(again.retained[Publisher.waterDevice] == bench.retained[Publisher.waterDevice])
        #expect(again.text(Publisher.waterAvailability) == "offline")
        try again.hear(Publisher.water)
        #expect(again.text(Publisher.waterAvailability) == "online")
    }

    /// Its first telegram has only a part of what it had before, and comes before the broker has
    /// told all: Home Assistant is not asked to remove the rest, now or at the next connection.
    @Test(arguments: DiscoveryForm.allCases)
    func aMeterHeardInPartKeepsTheRest(_ form: DiscoveryForm) throws {
        let bench = try Bench.settled(form)
        var again = try Bench(form: form, retained: bench.retained)
        var part = Publisher.water
        part.records = "023B 7800"
        again.perform(again.publisher.connected(at: again.now))
        try again.hear(part)
        for _ in 0..<2 {
            again.disconnect()
            again.connect()
            again.pass(100)
        }
        let config = again.published.filter { $0.topic.hasSuffix("/config") }
        #expect(config.allSatisfy { $0.retain && !$0.payload.isEmpty })
        #expect(config.contains { $0.topic.contains("12345678") })
        for topic in bench.retained.keys { #expect(again.retained[topic] != nil) }
    }

    private static let heatByRadio = {
        var meter = SampleMeter("Heat", type: 0x04, "0C06 07120400", number: 0x2222_3333)
        meter.radio = 0x7777_8888
        return meter
    }()

    /// Its id in Home Assistant is the meter's own, and the configured one that of its radio.
    @Test(arguments: DiscoveryForm.allCases)
    func aMeterBehindARadioStays(_ form: DiscoveryForm) throws {
        var bench = try Bench([Self.heatByRadio], form: form)
        bench.connect()
        bench.pass(10)
        try bench.hear(Self.heatByRadio)
        bench.pass(100)
        let config = bench.retained.filter {
            $0.key.contains("22223333/") || $0.key.contains("22223333_")
        }
        #expect(!config.isEmpty)
        var again = try Bench([Self.heatByRadio], form: form, retained: bench.retained)
        again.connect()
        again.pass(10)
        for (topic, payload) in config { #expect(again.retained[topic] == payload) }
        #expect(again.text("energy2mqtt/mgt/OMS/Heat/availability") == "offline")
        try again.hear(Self.heatByRadio)
        #expect(again.text("energy2mqtt/mgt/OMS/Heat/availability") == "online")

        // With its memory it is known that another meter has its name now.
        var other = Publisher.water
        other.name = "Heat"
        var exchanged = try Bench(
            [other], form: form, memory: bench.publisher.memory, retained: bench.retained)
        exchanged.connect()
        exchanged.pass(10)
        #expect(!exchanged.retained.keys.contains { $0.contains("22223333") })
        // Without, when the other one was heard.
        exchanged = try Bench([other], form: form, retained: bench.retained)
        exchanged.connect()
        try exchanged.hear(other)
        exchanged.pass(10)
        #expect(!exchanged.retained.keys.contains { $0.contains("22223333") })
    }

    /// What the entities depended on under its old name is not left behind.
    @Test func anotherNameIsTaken() throws {
        let bench = try Bench.settled()
        var renamed = Publisher.water
        renamed.name = "Kitchen"
        var again = try Bench([renamed, Publisher.gas], retained: bench.retained)
        again.connect()
        again.pass(10)
        #expect(again.retained[Publisher.waterAvailability] == nil)
        #expect(again.text("energy2mqtt/mgt/OMS/Kitchen/availability") == "offline")
        #expect(again.text("energy2mqtt/mgt/OMS/Gas/availability") == "offline")
    }

    @Test(arguments: DiscoveryForm.allCases)
    func aMeterThatWasTakenOutMeanwhileDisappears(_ form: DiscoveryForm) throws {
        let bench = try Bench.settled(form)
        var again = try Bench([Publisher.gas], form: form, retained: bench.retained)
        again.connect()
        again.pass(10)
        #expect(!again.retained.keys.contains { $0.contains("12345678") || $0.contains("Water") })
        let gas = bench.retained.keys.filter { $0.contains("87654321") }
        #expect(!gas.isEmpty && gas.allSatisfy { again.retained[$0] != nil })
    }

    private static let sensor = DiscoveredDevice(
        id: DatahubDiscovery.deviceID(of: "0011223344556677"), name: "Sensor 1",
        manufacturer: "Acme", model: "Sensor", via: "oms2mqtt_gateway_energy2mqtt",
        stateTopic: "energy2mqtt/ha/oms2mqtt_lora_0011223344556677",
        availability: ["energy2mqtt/status"], expireAfter: 86_400,
        entities: [
            Entity(key: "level", name: "Level", template: Entity.number("level"), isEnabled: true)
        ])

    /// As long as there is a Datahub, it may bring them again.
    @Test(arguments: [true, false])
    func devicesOfADatahubStayWhileThereIsOne(_ hasDatahubs: Bool) throws {
        var before = try Bench(hasDatahubs: true)
        before.connect()
        before.pass(10)
        let actions = before.publisher.heard(Self.sensor, json: Array("{}".utf8), at: before.now)
        // What Home Assistant is told is kept at once.
        #expect(actions.contains(.remember))
        before.perform(actions)
        let topic = DiscoveryTopic.device(Self.sensor.id).text
        #expect(before.retained[topic] != nil)

        var again = try Bench(hasDatahubs: hasDatahubs, retained: before.retained)
        again.connect()
        again.pass(10)
        #expect((again.retained[topic] != nil) == hasDatahubs)

        // The same where the running program reads another configuration.
        var settings = before.publisher.settings
        settings.hasDatahubs = hasDatahubs
        settings.receivers = ["attic"]
        before.perform(before.publisher.configure(settings, at: before.now))
        for (topic, payload) in before.retained where topic.hasSuffix("/config") {
            before.perform(before.publisher.received(payload, on: topic, at: before.now))
        }
        before.pass(10)
        #expect((before.retained[topic] != nil) == hasDatahubs)
    }
}
