import Decoder
import Testing
import Wire

@testable import Gateway

/// What a definition says of a meter reaches Home Assistant: kinds, words, descriptions.
@Suite struct DefinitionEntitiesTests {
    private static let text = """
        maker: Elster
        model: Flow 3
        detect:
          - { manufacturer: ELS, version: 0x33, type: 0x07 }
        fields:
          - { name: volume, quantity: volume, kind: register, about: Total consumption }
          - { name: volume_garden, quantity: volume, storage: 2, kind: register }
          - { name: volume_of_day, quantity: volume, tariff: 1, kind: measurement }
          - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: At the due date }
          - { name: flow_max, quantity: volume_flow, function: max, kind: measurement }
          - { name: pulses, quantity: dimensionless, kind: register, about: 'Pulses {{ "A" }}' }
          - { name: heat, codes: 04FF20, unit: kWh, kind: register }
          - { name: level, codes: 02FF21, unit: V, kind: measurement }
          - { name: battery_voltage, quantity: voltage, storage: 3, kind: diagnostic }
          - { name: 24h_average, quantity: volume_flow, tariff: 1, kind: measurement }
          - { name: update, quantity: volume_flow, tariff: 2 }
          - { name: info, codes: 01FF22, type: bits, kind: diagnostic }
        status:
          0x40: housing opened
        errors:
          - field: info
            bits:
              0x20: leak
            mask: 0x7F
        """

    private static let records =
        "0C13 02431800 8C0113 02000000 8C1013 01000000 4C13 70181500 123B 7800 02FD3A 0500"
        + " 82103B 0500 82203B 0500 04FF20 07000000 02FF21 E600 C201FD48 2400 01FF22"

    private func reading(_ records: String, status: UInt8? = 0) throws -> Reading {
        let (definition, faults) = MeterDefinitionReader.read(
            Array(Self.text.utf8), id: "elster/flow3")
        #expect(faults == [])
        let decoder = OfflineDecoder(catalogue: MeterCatalogue(users: [try #require(definition)]))
        let meter = SampleMeter("Water", type: 0x07, records, status: status)
        return try decoder.reading(of: meter.telegram, key: nil)
    }

    private func entities(of reading: Reading) throws -> [String: Entity] {
        let device = try Discovery.device(reading, name: "Water")
        return Dictionary(uniqueKeysWithValues: device.entities.map { ($0.key, $0) })
    }

    struct Case: CustomTestStringConvertible {
        var key: String
        var name: String?
        var deviceClass: DeviceClass?
        var stateClass: StateClass?
        var isDiagnostic = false
        var isEnabled = false
        var testDescription: String { key }
    }

    @Test(arguments: [
        Case(
            key: "volume", deviceClass: .water, stateClass: .total, isEnabled: true),
        // A storage number may also stand for a part of the meter.
        Case(
            key: "volume_storage2", name: "Volume garden", deviceClass: .water, stateClass: .total),
        // Begins anew each day: no counter, though a counter's quantity.
        Case(key: "volume_tariff1", name: "Volume of day", deviceClass: .water),
        Case(key: "volume_storage1", name: "Volume at due date", deviceClass: .water),
        Case(key: "volume_flow_max", name: "Flow maximum", deviceClass: .volumeFlowRate),
        Case(key: "dimensionless", name: "Pulses", stateClass: .total, isEnabled: true),
        // What only the maker's documents name has a class by its unit.
        Case(
            key: "manufacturer_specific_04ff20", name: "Heat", deviceClass: .energy,
            stateClass: .total),
        Case(
            key: "manufacturer_specific_02ff21", name: "Level", deviceClass: .voltage,
            stateClass: .measurement),
        Case(
            key: "voltage_storage3", name: "Battery voltage", deviceClass: .voltage,
            isDiagnostic: true),
        Case(key: "manufacturer_specific_01ff22", name: "Info", isDiagnostic: true),
    ])
    func kinds(_ c: Case) throws {
        let entity = try #require(try entities(of: reading(Self.records + "00"))[c.key])
        #expect(entity.name == c.name)
        #expect(entity.deviceClass == c.deviceClass)
        #expect(entity.stateClass == c.stateClass)
        #expect(entity.isDiagnostic == c.isDiagnostic)
        #expect(entity.isEnabled == c.isEnabled)
    }

    @Test func payloadsAreValid() throws {
        for records in [Self.records + "00", Self.records + "FF", "0C13 02431800"] {
            #expect(try Discovery.faults(reading(records), name: "My meter") == [])
        }
    }

    /// Of meters whose total has no plain name, or none at all: `key` of what is enabled and not
    /// about the device.
    @Test(arguments: [
        ("nzr/meter", ["energy_tariff1", "power"]),
        ("eltako/meter", ["energy_tariff1", "energy_tariff2", "power_mfct00"]),
        ("diehl/aerius", ["flow_temperature", "volume_base", "volume_flow"]),
        ("lansen/pulse-counter", ["dimensionless", "dimensionless_subunit1"]),
        ("techem/ts-2", ["alarms_problem"]),
        ("lansen/door-contact", ["error_text"]),
        ("kamstrup/multical", ["energy", "flow_temperature", "return_temperature", "volume"]),
        // A maker's payload has names of its own.
        ("techem/fhkv-data", ["hca_units", "radiator_temperature", "room_temperature"]),
        // A water meter's voltage is its battery's.
        ("lorenz/waterstar-m", ["volume"]),
    ])
    func whatOneLooksForIsEnabled(_ id: String, _ keys: [String]) throws {
        let definition = try #require(MeterCatalogue().all.first { $0.id == id })
        var enabled: Set<String> = []
        for sample in definition.telegrams {
            let frame = try OfflineDecoder.frame(ofHex: Array(sample.hex.utf8).span)
            let reading = try OfflineDecoder().reading(
                of: frame.octets, format: frame.format,
                key: sample.key.flatMap { MeterKey(hex: $0) })
            let entities = try Discovery.device(reading, name: "Meter").entities
            enabled.formUnion(entities.filter { $0.isEnabled && !$0.isDiagnostic }.map(\.key))
        }
        #expect(enabled.sorted() == keys)
    }

    /// The same name with another unit is the carbon dioxide that a counter works out.
    @Test(
        arguments: [
            ("elvaco/elvsense", .carbonDioxide, "ppm", nil), ("abb/b23", nil, "kg", "mdi:counter"),
        ] as [(String, DeviceClass?, String, String?)])
    func carbonDioxideHasItsClass(
        _ id: String, _ deviceClass: DeviceClass?, _ unit: String, _ icon: String?
    ) throws {
        let definition = try #require(MeterCatalogue().all.first { $0.id == id })
        let entities = try definition.telegrams.flatMap { sample in
            let frame = try OfflineDecoder.frame(ofHex: Array(sample.hex.utf8).span)
            let reading = try OfflineDecoder().reading(
                of: frame.octets, format: frame.format,
                key: sample.key.flatMap { MeterKey(hex: $0) })
            return try Discovery.device(reading, name: "Meter").entities
        }
        let entity = try #require(entities.first { $0.name == "CO₂" })
        #expect(entity.deviceClass == deviceClass)
        #expect(entity.unit == unit && entity.icon == icon)
    }

    /// Such names are no names in Home Assistant's templates.
    @Test(arguments: [("volume_flow_tariff1", "24h_average"), ("volume_flow_tariff2", "update")])
    func anyNameCanBeRead(_ key: String, _ name: String) throws {
        let entity = try #require(try entities(of: reading(Self.records + "00"))[key])
        #expect(entity.template == "{{ value_json['\(name)'] | default('') }}")
    }

    @Test func wordsAreSensors() throws {
        let entities = try entities(of: reading(Self.records + "20", status: 0x40))
        for (key, name) in [("status_text", "Status text"), ("error_text", "Error text")] {
            let entity = try #require(entities[key])
            #expect(entity.name == name)
            #expect(entity.isDiagnostic && !entity.isEnabled)
            #expect(
                entity.template == "{{ (value_json.\(key) | default('', true))[:255] or none }}")
        }
        // Bits outside the mask are no error: the words know that.
        #expect(entities["error_flags_problem"]?.template.contains("error_text == 'none'") == true)
        // A telegram without status and error field takes nothing away, and brings nothing.
        let without = try self.entities(of: reading("0C13 02431800", status: nil))
        #expect(without["status_text"] == nil)
        #expect(without["error_text"] == nil && without["error_flags_problem"] == nil)
    }

    /// The words of a door contact are `open` and `closed`.
    @Test func whatAnInputSaysIsNoError() throws {
        let octets = try Hex.octets("1344333095504030071D7A2A00000002FD1B5500")
        let entities = try entities(of: OfflineDecoder().reading(of: octets, key: nil))
        #expect(entities["error_flags_problem"] == nil)
        let state = try #require(entities["error_text"])
        #expect(state.name == "State" && state.isEnabled && !state.isDiagnostic)
    }

    @Test func theLineAboutAValueIsAnAttribute() throws {
        let device = try Discovery.device(reading(Self.records + "00"), name: "Water")
        let message = try #require(device.messages(.devices).first)
        let components = try JSONValue(parsing: message.payload.span)["components"]
        for (key, line) in [
            ("volume", "Total consumption"), ("dimensionless", #"Pulses {{ "A" }}"#),
        ] {
            let template = try #require(components?[key]?["json_attributes_template"]?.string)
            // Nothing in it is an expression of Home Assistant's.
            #expect(!template.contains("{{") && template.hasPrefix("{"))
            let attributes = try JSONValue(parsing: Array(template.utf8).span)
            #expect(attributes["description"]?.string == line)
            #expect(
                components?[key]?["json_attributes_topic"]?.string
                    == "energy2mqtt/ha/oms2mqtt_07ELS3312345678")
        }
        #expect(components?["volume_storage2"]?["json_attributes_template"] == nil)
    }

    @Test func allOfItOutlastsARestart() throws {
        let reading = try reading(Self.records + "20")
        var meter = KnownMeter(address: reading.telegram.meter, sender: reading.telegram.sender)
        meter.learn(reading, hasSignalStrength: true, units: .decided)
        let memory = HomeAssistantMemory(items: [.init(meter: meter, lastHeard: 1)])
        #expect(HomeAssistantMemory(decoding: memory.encode()) == memory)
    }

    /// All definitions of the program, by their own telegrams.
    @Test(arguments: PublishedUnits.allCases)
    func builtInDefinitionsMakeValidPayloads(_ units: PublishedUnits) throws {
        var faults: [String] = []
        for definition in MeterCatalogue().all {
            for sample in definition.telegrams {
                let key = sample.key.flatMap { MeterKey(hex: $0) }
                let frame = try OfflineDecoder.frame(ofHex: Array(sample.hex.utf8).span)
                let reading = try OfflineDecoder(units: units).reading(
                    of: frame.octets, format: frame.format, key: key)
                faults += try Discovery.faults(reading, name: "My meter", units: units)
                    .map { "\(definition.id) \($0)" }
            }
        }
        #expect(faults == [])
    }
}
