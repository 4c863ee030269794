import Testing
import Wire

@testable import Gateway

/// What Home Assistant is told of a Datahub's devices.
@Suite struct DatahubDiscoveryTests {
    let topics: Topics
    init() throws { topics = try Topics() }

    private func device(
        _ octets: [UInt8], _ definitions: [String] = []
    ) throws -> (DiscoveredDevice, json: JSONValue) {
        var intake = DatahubIntake(
            definitions: DatahubIntakeTests.definitions(definitions))
        let outcome = intake.receive(octets, from: "hub", at: DatahubMessages.now)
        guard case .published(let reading) = outcome else {
            throw Unexpected.outcome(outcome.word)
        }
        let (device, definition) = try #require(intake.description(of: reading.device))
        let discovery = DatahubDiscovery(
            id: reading.device, device: device, definition: definition)
        return (
            discovery.discovered(gateway: "oms2mqtt_gateway_x", topics: topics),
            try JSONValue(parsing: reading.json.span)
        )
    }

    private enum Unexpected: Error { case outcome(String) }

    private func faults(_ octets: [UInt8], _ definitions: [String] = []) throws -> [String] {
        let (device, json) = try device(octets, definitions)
        return DiscoveryForm.allCases.flatMap { form in
            DiscoveryValidator.Version.allCases.flatMap { version in
                DiscoveryValidator.faults(
                    in: device.messages(form), version, states: [device.stateTopic: json])
            }
        }
    }

    @Test func aDeviceWithADefinition() throws {
        let (device, _) = try device(Array(DatahubMessages.whole.utf8))
        #expect(device.id == "oms2mqtt_lora_00956906ABCDEF01")
        #expect(device.name == "Gas meter 00956906ABCDEF01")
        #expect(device.manufacturer == "ZENNER")
        #expect(device.expireAfter == 86_400)
        let shown = device.entities.filter(\.isEnabled).map(\.key)
        // What the message does not have is not made up.
        #expect(shown == ["volume", "temperature", "battery_low"])
        #expect(
            device.entities.filter { !$0.isEnabled }.map(\.key)
                == ["valve", "history", "note", "rssi", "snr", "last_seen"])
        #expect(device.entities.first?.deviceClass == .gas)
        #expect(device.entities.first?.stateClass == .total)
        #expect(try faults(Array(DatahubMessages.whole.utf8)) == [])
    }

    @Test func aDeviceThatNoFileDescribes() throws {
        let message = DatahubMessages.of(
            "no id/+", #"{"a b":1,"it's":true,"ä":"x","o":{"p":1},"long":"\#(long)"}"#,
            more: #","devicetypename":"Thing""#)
        let (device, _) = try device(message)
        #expect(device.name == "Thing no id/+")
        #expect(device.entities.filter(\.isEnabled).compactMap(\.name) == ["A b", "It's", "ä"])
        #expect(device.entities[1].platform == .binarySensor)
        #expect(device.entities[1].template == #"{{ value_json['it\'s'] | default(none) }}"#)
        #expect(try faults(message) == [])
    }

    private let long = String(repeating: "x", count: 256)

    @Test func aFileCanDefineNothingThatHomeAssistantRefuses() throws {
        let classes =
            ["energy", "gas", "water", "volume", "power", "temperature", "timestamp"]
            + ["enum", "duration", "battery", "humidity", "signal_strength", "heat", "none", ""]
            + ["carbon_dioxide", "pressure", "voltage", "volume_flow_rate", "smoke", "illuminance"]
        let states = ["measurement", "total", "total_increasing", "", "x"]
        let units = ["kWh", "m³", "L", "°C", "%", "ppm", "dBm", "dB", "h", "W", "", "bar", "lx"]
        var fields: [String] = []
        var values: [String] = []
        for (number, deviceClass) in classes.enumerated() {
            for (place, unit) in units.enumerated() {
                let name = "v\(number)_\(place)"
                fields.append(
                    "  - { name: \(name), friendly_name: '\(name)', device_class: '\(deviceClass)',"
                        + " state_class: '\(states[(number + place) % states.count])',"
                        + " unit_of_measurement: '\(unit)' }")
                values.append("\"\(name)\":\(place)")
            }
            let name = "b\(number)"
            fields.append(
                "  - { name: \(name), platform: binary_sensor, device_class: '\(deviceClass)' }")
            values.append("\"\(name)\":true")
        }
        for part in 0..<3 {
            let range = fields.indices.filter { $0 % 3 == part }
            let definition =
                "manufacturer: A\nmodel: B\naliases: [!DevEUI d]\ndata_fields:\n"
                + range.map { fields[$0] }.joined(separator: "\n")
            let message = DatahubMessages.of(
                "d1", "{\(range.map { values[$0] }.joined(separator: ","))}")
            #expect(try device(message, [definition]).0.entities.count == range.count + 1)
            #expect(try faults(message, [definition]) == [])
        }
    }

    /// A template of a file, and what is sent of it.
    @Test(
        arguments: [
            ("{{ value_json.a }}", "{% if value_json.a is defined %}{{ value_json.a }}{% endif %}"),
            ("{{ value_json.a | default(0) }}", "{{ value_json.a | default(0) }}"),
            (
                "{{ value_json.a + value_json.b }}",
                "{% if value_json.a is defined and value_json.b is defined %}"
                    + "{{ value_json.a + value_json.b }}{% endif %}"
            ),
            ("{{ 7 }}", "{{ 7 }}"),
        ])
    func templatesTolerateWhatIsMissing(_ template: String, _ expected: String) {
        #expect(ValueTemplate.tolerant(template, isNumber: true) == expected)
    }

    // MARK: In the publisher

    @Test func aDeviceIsAnnouncedThenFollowedAndTakenBack() throws {
        let settings = HomeAssistantPublisher.Settings(topics: topics, meters: [])
        var publisher = HomeAssistantPublisher(settings)
        let gateway = GatewayHealth.deviceID(topics)
        var (device, json) = try device(Array(DatahubMessages.whole.utf8))
        device.via = gateway
        var octets = JSONWriter()
        octets.value(json)
        func sent(_ actions: [HomeAssistantPublisher.Action]) -> [String] {
            actions.compactMap { if case .publish(let message) = $0 { message.topic } else { nil } }
        }
        let start = HomeAssistantPublisher.Moment()
        func moment(_ seconds: Int64) -> HomeAssistantPublisher.Moment {
            .init(instant: start.instant + .seconds(seconds), time: start.time)
        }
        let config = "homeassistant/device/oms2mqtt_lora_00956906ABCDEF01/config"
        let state = "energy2mqtt/ha/oms2mqtt_lora_00956906ABCDEF01"

        _ = publisher.connected(at: start)
        // What a device that is gone has left, and the device itself before a restart.
        let gone = try self.device(DatahubMessages.of("gone")).0
        for var old in [gone, device] {
            old.via = gateway
            for message in old.messages(.devices) {
                _ = publisher.received(message.payload, on: message.topic, at: start)
            }
        }
        #expect(publisher.heard(device, json: octets.bytes, at: start) == [.remember])
        let announced = sent(publisher.wake(at: moment(2)))
        #expect(announced.contains(config))
        #expect(announced.contains("homeassistant/device/oms2mqtt_lora_gone/config"))
        #expect(sent(publisher.wake(at: moment(5))) == [state])

        #expect(sent(publisher.heard(device, json: octets.bytes, at: moment(6))) == [state])
        device.entities.removeLast()
        #expect(
            sent(publisher.heard(device, json: octets.bytes, at: moment(7))) == [config, state])

        // Home Assistant starts anew, once soon, once when the values are old.
        _ = publisher.wake(at: moment(10))
        for (begin, states) in [(20, [state]), (100_000, [])] as [(Int64, [String])] {
            let online = Array("online".utf8)
            _ = publisher.received(online, on: "homeassistant/status", at: moment(begin))
            #expect(sent(publisher.wake(at: moment(begin + 6))).contains(config))
            #expect(sent(publisher.wake(at: moment(begin + 9))) == states)
        }
        // Its Datahub is gone.
        let looking = DiscoveryTopic.filters.map(HomeAssistantPublisher.Action.subscribe)
        #expect(publisher.forget([device.id], at: moment(200_000)) == looking)
        device.via = GatewayHealth.deviceID(topics)
        for message in device.messages(.devices) {
            let actions = publisher.received(
                message.payload, on: message.topic, at: moment(200_000))
            #expect(actions == [])
        }
        let takenBack = publisher.wake(at: moment(200_002))
        #expect(takenBack.contains(.publish(.clearing(config))))
    }

    /// While another Datahub stays.
    @Test func whatTheBrokerHasOfAGoneDatahubIsTakenBack() throws {
        let settings = HomeAssistantPublisher.Settings(
            topics: topics, meters: [], hasDatahubs: true)
        var publisher = HomeAssistantPublisher(settings)
        let start = HomeAssistantPublisher.Moment()
        var kept = try device(Array(DatahubMessages.whole.utf8)).0
        var gone = try device(DatahubMessages.of("gone")).0
        kept.via = GatewayHealth.deviceID(topics)
        gone.via = kept.via
        #expect(publisher.forget([gone.id]) == [])
        _ = publisher.connected(at: start)
        for message in kept.messages(.devices) + gone.messages(.devices) {
            _ = publisher.received(message.payload, on: message.topic, at: start)
        }
        let actions = publisher.wake(
            at: .init(instant: start.instant + .seconds(2), time: start.time))
        let cleared = actions.compactMap { action in
            if case .publish(let message) = action, message.payload.isEmpty {
                message.topic
            } else {
                nil
            }
        }
        #expect(cleared == gone.messages(.devices).map(\.topic))
    }

    @Test func devicesOfOtherDatahubsAreForgotten() throws {
        var devices = DatahubDevices()
        for (id, datahub) in [("a", "house"), ("b", "street"), ("c", "")] {
            var device = DatahubDevice()
            device.datahub = datahub
            devices.keep(device, of: id)
        }
        #expect(devices.forget(besides: ["street"]) == ["a"])
        #expect(devices.all.keys.sorted() == ["b", "c"])
    }
}
