import Testing
import Wire

@testable import Gateway

/// How a meter leaves Home Assistant.
@Suite struct TakingBackTests {
    typealias Bench = HomeAssistantPublisherTests.Bench
    typealias Publisher = HomeAssistantPublisherTests

    /// Reads a configuration without the water meter.
    private func takeOut(_ bench: inout Bench, isLeaving: Bool = false) throws {
        var settings = bench.publisher.settings
        settings.meters = [try Publisher.gas.settings()]
        bench.forget()
        bench.perform(
            bench.publisher.configure(settings, isLeaving: isLeaving, at: bench.now))
    }

    private func hearWhatTheBrokerHas(_ bench: inout Bench) {
        for (topic, payload) in bench.retained where topic.hasSuffix("/config") {
            bench.perform(bench.publisher.received(payload, on: topic, at: bench.now))
        }
    }

    /// Each entity that Home Assistant has not enabled leaves the device first, under a topic that
    /// Home Assistant may clear without a warning; nothing of that stays.
    @Test func entitiesThatAreNotEnabledLeaveFirst() throws {
        var bench = try Bench.settled()
        let components = try #require(
            try bench.json(Publisher.waterDevice)["components"]?.members)
        try takeOut(&bench)
        hearWhatTheBrokerHas(&bench)
        bench.pass(10)
        #expect(bench.retained[Publisher.waterDevice] == nil)
        #expect(!bench.retained.keys.contains { $0.contains("12345678") || $0.contains("Water") })
        let clearing = try #require(
            bench.published.firstIndex { $0.topic == Publisher.waterDevice && $0.payload.isEmpty })
        var parted: Set<String> = []
        for message in bench.published[..<clearing] where message.topic.contains("12345678/") {
            let levels = message.topic.split(separator: "/").map(String.init)
            guard levels.count == 5 else { continue }
            #expect(!message.retain)
            let json = try JSONValue(parsing: message.payload.span)
            let key = levels[3]
            let component = try #require(components.first { $0.key == key }?.value)
            #expect(levels[1] == component["platform"]?.string)
            #expect(json["unique_id"] == component["unique_id"])
            #expect(json["enabled_by_default"]?.bool == false)
            #expect(json["device"]?["identifiers"]?.string == levels[2])
            #expect(json["device"]?["name"]?.string == "Water")
            #expect(json["state_topic"]?.string?.isEmpty == false)
            parted.insert(key)
        }
        let notEnabled = components.filter { $0.value["enabled_by_default"]?.bool == false }
        #expect(parted.count > 2 && parted == Set(notEnabled.map(\.key)))
    }

    /// What the broker has may be anybody's: it leads to no other topics.
    @Test(arguments: [
        (#""a/b":{"platform":"sensor","enabled_by_default":false}"#, 0),
        (#""a+":{"platform":"sensor","enabled_by_default":false}"#, 0),
        (#""":{"platform":"sensor","enabled_by_default":false}"#, 0),
        (#""a":{"platform":"light/#","enabled_by_default":false}"#, 0),
        (#""a":{"enabled_by_default":false}"#, 0),
        (#""a":{"platform":"sensor","enabled_by_default":true}"#, 0),
        (#""a":{"platform":"sensor"}"#, 0),
        (#""a":{"platform":"sensor","enabled_by_default":false}"#, 1),
        (#""a":{"platform":"binary_sensor","enabled_by_default":false}"#, 1),
    ])
    func entitiesOfNobody(_ component: String, _ count: Int) throws {
        let topic = "homeassistant/device/oms2mqtt_07ELS3300000001/config"
        var bench = try Bench()
        bench.retained[topic] = Array(
            (#"{"device":{"identifiers":["oms2mqtt_07ELS3300000001/#"],"#
                + #""via_device":"oms2mqtt_gateway_energy2mqtt"},"origin":{"name":"oms2mqtt"},"#
                + #""components":{"# + component + "}}").utf8)
        bench.connect()
        bench.pass(10)
        #expect(bench.retained[topic] == nil)
        let parting = bench.published.filter {
            $0.topic.contains("00000001") && $0.topic != topic
        }
        #expect(parting.count == count)
        #expect(parting.allSatisfy { $0.topic.hasSuffix("/oms2mqtt_07ELS3300000001/a/config") })
    }

    /// A meter that was given to another gateway is told of by that one: it stays.
    @Test(arguments: DiscoveryForm.allCases)
    func aMeterThatAnotherGatewayTellsOfStays(_ form: DiscoveryForm) throws {
        var bench = try Bench.settled(form)
        for (topic, payload) in bench.retained where topic.contains("12345678") {
            let text = String(decoding: payload, as: UTF8.self)
            bench.retained[topic] = Array(
                text.replacing("gateway_energy2mqtt", with: "gateway_attic").utf8)
        }
        let meters = bench.retained.filter { $0.key.contains("12345678") }
        #expect(!meters.isEmpty)
        try takeOut(&bench)
        hearWhatTheBrokerHas(&bench)
        bench.pass(10)
        for (topic, payload) in meters { #expect(bench.retained[topic] == payload) }
        #expect(bench.retained[Publisher.waterAvailability] == nil)
    }

    /// It would keep for ever what is taken back while it restarts.
    @Test(arguments: DiscoveryForm.allCases)
    func homeAssistantHearsOfItWhenItIsBack(_ form: DiscoveryForm) throws {
        var bench = try Bench.settled(form)
        let birth = "homeassistant/status"
        bench.receive("offline", on: birth)
        try takeOut(&bench)
        hearWhatTheBrokerHas(&bench)
        bench.pass(1000)
        let left = bench.retained.keys.filter { $0.contains("12345678") }
        #expect(!left.isEmpty && bench.retained[Publisher.waterAvailability] == nil)
        bench.receive("online", on: birth)
        bench.forget()
        for _ in 0..<60 where bench.publisher.scan == nil { bench.pass(0.1) }
        hearWhatTheBrokerHas(&bench)
        bench.pass(10)
        #expect(!bench.retained.keys.contains { $0.contains("12345678") })
        let gas = bench.published.filter { $0.topic.contains("87654321") && $0.retain }
        #expect(!gas.isEmpty && Set(gas.map(\.topic)).count == gas.count)

        // From then on at once again.
        bench.forget()
        bench.receive("online", on: birth)
        bench.pass(10)
        #expect(bench.subscribed == [birth])
    }

    /// A broker that is left has nothing more to say.
    @Test(arguments: DiscoveryForm.allCases)
    func aBrokerIsLeftWithoutIt(_ form: DiscoveryForm) throws {
        var bench = try Bench.settled(form)
        try takeOut(&bench, isLeaving: true)
        #expect(!bench.retained.keys.contains { $0.contains("12345678") || $0.contains("Water") })
        #expect(bench.retained.keys.contains { $0.contains("87654321") })
    }
}
