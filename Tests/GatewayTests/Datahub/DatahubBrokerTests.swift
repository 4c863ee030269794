import Logging
import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// The gateway with a Datahub's broker beside its own, both real.
@Suite(.serialized) struct DatahubBrokerTests {
    let loop = EventLoop()
    static let state = "energy2mqtt/devs/zridh_lora/00956906ABCDEF01"

    private func message(_ seconds: Int64 = 0, counter: Int = 1) -> [UInt8] {
        DatahubMessages.of(
            "00956906ABCDEF01", #"{"volume":1.5,"battery_low":false}"#,
            at: WallTime.now.seconds + seconds, counter: counter)
    }

    @Test func messagesComeFromABrokerOfItsOwn() throws {
        let own = try RealBroker()
        let theirs = try RealBroker(login: ("hub-user", "hub-password"))
        let directory = TemporaryDirectory()
        var configuration = Configuration()
        configuration.mqtt.broker = own.settings("gateway")
        configuration.meters = [GasMeter.settings()]
        configuration.receivers = []
        var hub = DatahubSettings(name: "hub")
        hub.broker = theirs.settings("hub", user: "hub-user", password: "hub-password")
        hub.baseTopic = "house/7"
        hub.capture = true
        configuration.datahubs = [hub]

        let watcher = Recorder(own.settings("w"), on: loop, subscribing: ["#"])
        let datahub = Recorder(
            theirs.settings("d", user: "hub-user", password: "hub-password"), on: loop)
        loop.turn(until: { watcher.client.isConnected && datahub.client.isConnected })
        func publish(_ payload: [UInt8], on topic: String, retain: Bool = false) {
            datahub.client.publish(
                MQTTMessage(topic: "house/7/R/\(topic)/value", payload: payload, retain: retain))
        }
        // Retained, so that it comes whenever the gateway has subscribed, and again.
        let first = message()
        publish(first, on: "lora/1", retain: true)

        let lines = GatewayTests.Lines()
        var gateway = try Gateway(
            configuration, directory: directory.path, log: lines.logger, loop: loop)
        gateway.start()
        loop.turn(until: { watcher.texts(Self.state).count == 1 })
        let text = try #require(watcher.texts(Self.state).first)
        #expect(text.hasPrefix(#"{"volume":1.5,"battery_low":"OFF","received_at":""#))
        loop.turn(until: { !watcher.texts("energy2mqtt/raw").isEmpty })
        let raw = try JSONValue(parsing: watcher.texts("energy2mqtt/raw")[0])
        #expect(raw["meter_name"]?.string == "00956906ABCDEF01")
        #expect(raw["protocol"]?.string == "zridh_lora")
        #expect(raw["metered_values"] == (try JSONValue(parsing: text)))

        // A telegram, what is not understood, what is none, a topic that is cleared.
        publish(Array("{\"payload\":\"\(GasMeter.formatA)\"}".utf8), on: "omsraw/2")
        loop.turn(until: { watcher.texts("energy2mqtt/devs/OMS/Gas").count == 1 })
        #expect(
            watcher.texts("energy2mqtt/devs/OMS/Gas")[0].contains(#""receiver":"hub""#))
        publish(Array(#"{"serial":"secret"}"#.utf8), on: "nbiot/3")
        publish(Array("hello".utf8), on: "nbiot/3")
        publish([], on: "lora/1", retain: true)
        publish(first, on: "lora/1")
        publish(message(counter: 2), on: "lora/1")
        loop.turn(until: { watcher.texts(Self.state).count == 2 })
        #expect(lines.all.contains { $0.contains("neither values nor a telegram") })
        #expect(lines.all.contains { $0.contains("no message of a Datahub") })
        #expect(!lines.all.contains { $0.contains("hub-password") })
        let sample = try #require(directory.files.first { $0.hasPrefix("datahub-") })
        #expect(directory.read(sample) == Array(#"{"serial":"xaaxax"}"#.utf8))

        let config = "homeassistant/device/oms2mqtt_lora_00956906ABCDEF01/config"
        loop.turn(until: { !watcher.texts(config).isEmpty })
        loop.turn(until: {
            !watcher.texts("energy2mqtt/ha/oms2mqtt_lora_00956906ABCDEF01").isEmpty
        })
        let topic = "energy2mqtt/devs/zridh_manager/hub"
        loop.turn(until: { !watcher.texts(topic).isEmpty })
        let statistics = try JSONValue(parsing: watcher.texts(topic).last ?? "")
        #expect(statistics["received_all"]?.integer == 5)
        #expect(statistics["received_lorawan"]?.integer == 2)
        #expect(statistics["data_published"]?.integer == 2)
        #expect(statistics["received_telegrams"]?.integer == 1)
        #expect(statistics["duplicates"]?.integer == 1)
        #expect(statistics["topics_cleared"]?.integer == 1)

        // After a restart a message that was taken is known, and values are filled in.
        stop(gateway)
        let last = watcher.texts(Self.state).count
        gateway = try Gateway(
            configuration, directory: directory.path, log: lines.logger, loop: loop)
        publish(first, on: "lora/1", retain: true)
        gateway.start()
        let third = DatahubMessages.of(
            "00956906ABCDEF01", #"{"temperature":20}"#, at: WallTime.now.seconds, counter: 3)
        publish(third, on: "lora/2", retain: true)
        loop.turn(until: { watcher.texts(Self.state).count == last + 1 })
        #expect(
            watcher.texts(Self.state).last?.hasPrefix(
                #"{"temperature":20,"volume":1.5,"battery_low":"OFF","received_at":""#) == true)
        stop(gateway)
        watcher.stop()
        datahub.stop()
    }

    @Test func commandsGoToTheDatahubThatHeardTheDevice() throws {
        let theirs = try RealBroker()
        let definition = """
            manufacturer: A
            model: B
            aliases: [!DevEUI ^00]
            options: { has_command_topic: true }
            """
        let service = DatahubService(
            definitions: DatahubIntakeTests.definitions([definition]), memory: [], directory: nil,
            topics: try Topics(), loop: loop, log: GatewayTests.Lines().logger,
            reactions: .init(
                publish: { _ in }, keep: { _ in }, telegram: { _, _ in }, heard: { _, _ in },
                learned: {}))
        var hub = DatahubSettings(name: "hub")
        hub.broker = theirs.settings("hub")
        hub.baseTopic = "house/7"
        service.follow([hub])
        let datahub = Recorder(theirs.settings("d"), on: loop, subscribing: ["house/7/W/#"])
        #expect(service.receive(message(), from: hub).word == "published")
        let topic = "energy2mqtt/cmd/zridh_lora/00956906ABCDEF01"
        // It would be old when there is a connection.
        service.command(Array("early".utf8), on: topic)
        // Behind its own message it hears all.
        datahub.client.publish(MQTTMessage(topic: "house/7/W/own", text: "subscribed"))
        loop.turn(until: {
            service.isConnected(to: "hub") && !datahub.texts("house/7/W/own").isEmpty
        })

        let filter = try #require(service.commandFilter)
        #expect(filter == "energy2mqtt/cmd/zridh_lora/+")
        service.command([], on: topic)
        service.command(Array("x".utf8), on: "energy2mqtt/cmd/zridh_lora/00956906ABCDEF02")
        service.command(Array("go".utf8), on: topic)
        loop.turn(until: { datahub.messages.count > 1 })
        #expect(
            datahub.messages.map(\.topic) == ["house/7/W/own", "house/7/W/lora/00956906ABCDEF01"])
        #expect(datahub.texts("house/7/W/lora/00956906ABCDEF01") == ["go"])
        service.stop()
        datahub.stop()
    }

    private func stop(_ gateway: Gateway) {
        var stopped = false
        gateway.stop { stopped = true }
        loop.turn(until: { stopped })
    }
}
