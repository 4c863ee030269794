import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// The whole gateway and a real broker; the test plays Home Assistant.
@Suite(.serialized) struct HomeAssistantBrokerTests {
    let loop = EventLoop()
    static let device = "homeassistant/device/oms2mqtt_03ELS3312345678/config"
    static let state = "energy2mqtt/ha/oms2mqtt_03ELS3312345678"
    static let availability = "energy2mqtt/mgt/OMS/Gas/availability"

    private func configuration(_ broker: RealBroker) -> Configuration {
        var configuration = Configuration()
        configuration.httpd.enabled = false
        configuration.mqtt.broker = broker.settings("gateway")
        configuration.meters = [GasMeter.settings()]
        configuration.receivers = []
        return configuration
    }

    private func gateway(
        _ configuration: Configuration, directory: String? = nil
    ) throws -> Gateway {
        let lines = GatewayTests.Lines()
        let gateway = try Gateway(
            configuration, directory: directory, log: lines.logger, loop: loop)
        gateway.start()
        return gateway
    }

    private func stop(_ gateway: Gateway) {
        var stopped = false
        gateway.stop { stopped = true }
        loop.turn(until: { stopped })
    }

    /// Sends the telegram until it is read: at first nobody may listen.
    private func hearGas(_ watcher: Recorder) {
        let count = watcher.texts(Self.state).count
        let deadline = ContinuousClock.now + patience
        while watcher.texts(Self.state).count == count, .now < deadline {
            watcher.client.publish(
                MQTTMessage(topic: "energy2mqtt/oms_input", text: GasMeter.formatA))
            for _ in 0..<20 { loop.turn(atMost: .milliseconds(20)) }
        }
    }

    private func watcher(_ broker: RealBroker, _ name: String) -> Recorder {
        let watcher = Recorder(
            broker.settings(name), on: loop, subscribing: ["energy2mqtt/#", "homeassistant/#"])
        loop.turn(until: { watcher.client.isConnected })
        return watcher
    }

    @Test func discoveryIsRetainedAndComesBackAfterTheBrokerLostAll() throws {
        let broker = try RealBroker()
        let first = watcher(broker, "first")
        let gateway = try gateway(configuration(broker))
        hearGas(first)
        loop.turn(until: { first.texts(Self.device).count >= 1 })
        first.stop()

        // Who comes later finds it retained.
        let second = watcher(broker, "second")
        loop.turn(until: {
            second.texts(Self.device).count == 1 && second.texts(Self.availability) == ["online"]
        })
        second.stop()

        // Its store is in memory: a new start is an empty one.
        broker.kill()
        try broker.start()
        let third = watcher(broker, "third")
        loop.turn(until: {
            third.texts(Self.device).count >= 1 && third.texts(Self.availability).last == "online"
                && third.texts("energy2mqtt/mgt/health").count >= 1
                && third.texts("energy2mqtt/status").last == "online"
        })
        third.stop()
        stop(gateway)
    }

    @Test func birthBringsDiscoveryAndThenTheLastState() throws {
        let broker = try RealBroker()
        let watcher = watcher(broker, "watcher")
        let gateway = try gateway(configuration(broker))
        hearGas(watcher)
        // Said again once the entities may be there.
        loop.turn(until: { watcher.texts(Self.state).count >= 2 })
        let before = watcher.events.count
        let devices = watcher.texts(Self.device).count
        for _ in 0..<3 {
            watcher.client.publish(MQTTMessage(topic: "homeassistant/status", text: "online"))
        }
        loop.turn(until: { watcher.texts(Self.device).count > devices })
        let states = watcher.texts(Self.state).count
        loop.turn(until: { watcher.texts(Self.state).count > states })
        let topics = watcher.events[before...].compactMap {
            if case .message(let topic, _) = $0 { topic } else { nil }
        }
        #expect(topics.count { $0 == Self.device } == 1)
        // No reading is said again to others.
        #expect(!topics.contains("energy2mqtt/devs/OMS/Gas"))
        watcher.stop()
        stop(gateway)
    }

    @Test func aMeterTakenOutOfTheConfigurationDisappears() throws {
        let broker = try RealBroker()
        let first = watcher(broker, "first")
        let directory = TemporaryDirectory()
        let gateway = try gateway(configuration(broker), directory: directory.path)
        hearGas(first)
        loop.turn(until: { first.texts(Self.device).count >= 1 })
        stop(gateway)
        let foreign = "homeassistant/sensor/other/config"
        first.client.publish(MQTTMessage(topic: foreign, text: "{}", retain: true))
        loop.turn(until: { first.texts(foreign) == ["{}"] })

        var less = configuration(broker)
        less.meters = []
        let second = try self.gateway(less, directory: directory.path)
        loop.turn(until: {
            first.texts(Self.device).last == "" && first.texts(Self.availability).last == ""
        })
        #expect(first.texts(foreign) == ["{}"])
        first.stop()
        stop(second)
    }

    @Test func haEnabledFalseLeavesNothing() throws {
        let broker = try RealBroker()
        let watcher = watcher(broker, "watcher")
        let on = try gateway(configuration(broker))
        hearGas(watcher)
        loop.turn(until: { watcher.texts(Self.device).count >= 1 })
        stop(on)
        var configuration = configuration(broker)
        configuration.mqtt.homeAssistant = false
        let off = try gateway(configuration)
        loop.turn(until: {
            watcher.texts(Self.device).last == "" && watcher.texts(Self.availability).last == ""
                && watcher.texts("energy2mqtt/mgt/health").last == ""
        })
        stop(off)
        watcher.stop()
    }
}
