import Testing
import Wire

@testable import Gateway

/// With another base topic the program is another device in Home Assistant: of the former one
/// nothing is left, and meters stay what they are.
@Suite struct FormerTopicsTests {
    typealias Bench = HomeAssistantPublisherTests.Bench

    private func expectMoved(_ bench: Bench, from before: Bench) throws {
        let kept = bench.retained.keys
        for topic in ["mgt/health", "mgt/uptime", "mgt/OMS/count"] {
            #expect(bench.payloads("energy2mqtt/" + topic).last == "")
        }
        #expect(!kept.contains { $0.hasPrefix("energy2mqtt/") }, "\(kept)")
        #expect(!kept.contains { $0.contains("gateway_energy2mqtt") })
        #expect(kept.contains { $0.contains("gateway_cellar") })
        #expect(bench.text("cellar/mgt/OMS/Water/availability") != nil)
        let meters = before.retained.keys.filter {
            $0.hasPrefix("homeassistant/") && !$0.contains("gateway")
        }
        #expect(!meters.isEmpty)
        for topic in meters {
            let device = try bench.json(topic)["device"]
            #expect(device?["via_device"]?.string == "oms2mqtt_gateway_cellar")
        }
    }

    @Test(arguments: DiscoveryForm.allCases)
    func afterARestart(_ form: DiscoveryForm) throws {
        var before = try Bench.settled(form)
        before.perform(before.publisher.health(GatewayHealth()))
        var bench = try Bench(
            form: form, memory: before.publisher.memory, retained: before.retained, base: "cellar")
        // What is remembered before all is taken back still names the former ones.
        let early = bench.publisher.memory
        bench.connect()
        bench.pass(10)
        try expectMoved(bench, from: before)
        #expect(bench.remembered > 0)
        #expect(bench.publisher.memory != early)

        var late = try Bench(form: form, memory: early, retained: before.retained, base: "cellar")
        late.connect()
        late.pass(10)
        try expectMoved(late, from: before)
    }

    /// A configuration that is read while the broker is away.
    @Test(arguments: DiscoveryForm.allCases)
    func withoutAConnection(_ form: DiscoveryForm) throws {
        var bench = try Bench.settled(form)
        bench.perform(bench.publisher.health(GatewayHealth()))
        let before = bench
        bench.disconnect()
        var settings = bench.publisher.settings
        settings.topics = try Topics(base: "cellar")
        bench.perform(bench.publisher.configure(settings, at: bench.now))
        bench.connect()
        bench.pass(10)
        try expectMoved(bench, from: before)
    }

    /// Back before anything was taken back.
    @Test func backAgain() throws {
        let before = try Bench.settled()
        var bench = try Bench(
            memory: before.publisher.memory, retained: before.retained, base: "cellar")
        var settings = bench.publisher.settings
        settings.topics = try Topics()
        bench.perform(bench.publisher.configure(settings, at: bench.now))
        bench.connect()
        bench.pass(10)
        #expect(bench.retained.keys.contains { $0.contains("gateway_energy2mqtt") })
        #expect(!bench.retained.keys.contains { $0.contains("cellar") })
    }
}
