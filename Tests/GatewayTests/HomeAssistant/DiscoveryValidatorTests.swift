import Testing
import Wire

@testable import Gateway

/// The validator finds what Home Assistant would find.
@Suite struct DiscoveryValidatorTests {
    static let sound =
        #"{"device":{"identifiers":["a"],"name":"Meter","manufacturer":"M","model":"W"},"#
        + #""origin":{"name":"oms2mqtt"},"state_topic":"s","availability":[{"topic":"t"}],"#
        + #""availability_mode":"all","components":{"volume":{"platform":"sensor","#
        + #""unique_id":"a_volume","name":"Volume","device_class":"water","state_class":"total","#
        + #""unit_of_measurement":"m³","suggested_display_precision":3,"#
        + #""value_template":"{{ value_json.volume | default('') }}"}}}"#

    static let state = #"{"volume":1.250,"volume_unit":"m³"}"#

    private static func faults(
        _ payload: String, topic: String = "homeassistant/device/a/config",
        version: DiscoveryValidator.Version = .november2024
    ) throws -> [String] {
        DiscoveryValidator.faults(
            in: [MQTTMessage(topic: topic, text: payload, retain: true)], version,
            states: ["s": try JSONValue(parsing: state)])
    }

    @Test func nothingIsFoundInASoundMessage() throws { #expect(try Self.faults(Self.sound) == []) }

    /// What is replaced by what, and a word of the fault.
    @Test(arguments: [
        (#""m³""#, #""m3""#, "unit"),
        (#""total""#, #""measurement""#, "state class"),
        (#""total""#, #""total_increasing""#, "state class"),
        (#""water""#, #""heat""#, "device class"),
        (#""identifiers":["a"]"#, #""identifiers":[]"#, "identifiers"),
        (#""model":"W""#, #""model":"W","colour":"red""#, "keys of the device"),
        (#""origin":{"name":"oms2mqtt"},"#, "", "origin"),
        (#""name":"Volume""#, #""name":"Meter volume""#, "name"),
        (#""name":"Volume""#, #""name":"Volume","object_id":"x""#, "unknown keys"),
        (#""name":"Volume""#, #""name":"V","entity_category":"config""#, "entity_category"),
        (#""name":"Volume""#, #""name":"V","options":["a"]"#, "options"),
        (#""platform":"sensor""#, #""platform":"switch""#, "platform"),
        (#""platform":"sensor""#, #""platform":"binary_sensor""#, "binary sensor"),
        (#""unique_id":"a_volume""#, #""unique_id":"a volume""#, "unique_id"),
        ("value_json.volume | default('')", "value_json.volume", "template"),
        ("value_json.volume |", "value_json.24h_volume |", "template"),
        ("value_json.volume |", "value_json.update |", "template"),
        ("value_json.volume |", "value_json['24h_volume'] | int +", "template"),
        (#""suggested_display_precision":3"#, #""suggested_display_precision":2"#, "precision"),
        (#""availability_mode":"all""#, #""availability_mode":"any""#, "availability mode"),
        (#"[{"topic":"t"}]"#, "[]", "availability"),
        (#""state_topic":"s""#, #""state_topic":"s/#""#, "state topic"),
        (#""volume":{"#, #""volume_storage1":{"#, "present value"),
        (#""name":"Volume""#, #""name":"V","icon":"water""#, "icon"),
        (#""name":"Volume""#, #""name":"V","enabled_by_default":false"#, "nothing enabled"),
        (
            #""name":"Volume""#,
            #""name":"V","json_attributes_topic":"s","json_attributes_template":"{{ value_json }}""#,
            "attributes"
        ),
        (#""name":"Volume""#, #""name":"V","json_attributes_topic":"s""#, "attributes"),
        ("}}}", "}", "JSON"),
    ])
    func faultsAreFound(_ old: String, _ new: String, _ word: String) throws {
        let place = try #require(Self.sound.firstRange(of: old))
        var payload = Self.sound
        payload.replaceSubrange(place, with: new)
        let faults = try Self.faults(payload)
        #expect(faults.contains { $0.contains(word) }, "\(faults)")
    }

    @Test(arguments: [("", false), ("[:255]", true)])
    func aLongTextMustBeCut(_ cut: String, _ isSound: Bool) throws {
        let text = String(repeating: "leak, ", count: 50)
        let payload =
            #"{"device":{"identifiers":["a"],"name":"Meter","manufacturer":"M","#
            + #""model":"W"},"origin":{"name":"oms2mqtt"},"state_topic":"s","#
            + #""availability":[{"topic":"t"}],"availability_mode":"all","components":{"e":{"#
            + #""platform":"sensor","unique_id":"a_e","name":"E","value_template":"#
            + #""{{ (value_json.e | default(''))\#(cut) }}"}}}"#
        let faults = DiscoveryValidator.faults(
            in: [
                MQTTMessage(topic: "homeassistant/device/a/config", text: payload, retain: true)
            ],
            .february2026, states: ["s": .object([("e", .string(text))])])
        #expect(faults.contains { $0.contains("255") } == !isSound)
        #expect(faults.count == (isSound ? 0 : 1), "\(faults)")
    }

    @Test(arguments: [
        "homeassistant/device/e2m_a/config", "homeassistant/device/a.b/config",
        "homeassistant/device/x/a/config", "homeassistant/device/config", "other/device/a/config",
    ])
    func badTopicsAreFound(_ topic: String) throws {
        #expect(try !Self.faults(Self.sound, topic: topic).isEmpty)
    }

    @Test func aUnitMayBeTooNew() throws {
        let payload = Self.sound.replacing("water", with: "volume_flow_rate")
            .replacing("m³", with: "L/h").replacing(#""total""#, with: #""measurement""#)
            .replacing(#","suggested_display_precision":3"#, with: "")
        #expect(try Self.faults(payload).contains { $0.contains("unit") })
        #expect(try Self.faults(payload, version: .february2026) == [])
    }

    @Test func aUniqueIDIsUsedOnce() throws {
        let messages = ["a", "b"].map {
            MQTTMessage(topic: "homeassistant/device/\($0)/config", text: Self.sound, retain: true)
        }
        #expect(
            DiscoveryValidator.faults(in: messages, .february2026).contains { $0.contains("twice") }
        )
    }
}
