import Wire

@testable import Gateway

/// What Home Assistant demands of discovery messages, stated apart from the code that makes them.
///
/// Sources: Home Assistant's MQTT documentation; its sensor constants of the named versions; what
/// they refuse when run.
struct DiscoveryValidator {
    enum Version: String, CaseIterable { case november2024, february2026 }

    var version: Version
    /// The reading that goes to the state topic, by topic.
    var states: [String: JSONValue] = [:]
    /// Keys of what a definition calls a register or a measurement, whatever the headers say.
    var present: Set<String> = []
    var faults: [String] = []
    private var uniqueIDs: Set<String> = []

    init(
        _ version: Version, states: [String: JSONValue] = [:], present: Set<String> = []
    ) {
        self.version = version
        self.states = states
        self.present = present
    }

    /// All faults of messages that one Home Assistant gets.
    static func faults(
        in messages: [MQTTMessage], _ version: Version, states: [String: JSONValue] = [:],
        present: Set<String> = []
    ) -> [String] {
        var validator = DiscoveryValidator(version, states: states, present: present)
        for message in messages { validator.check(message) }
        return validator.faults
    }

    mutating func check(_ message: MQTTMessage) {
        let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        func expect(_ condition: Bool, _ fault: String) {
            if !condition { faults.append("\(message.topic): \(fault)") }
        }
        expect(levels.first == "homeassistant" && levels.last == "config", "topic")
        expect(levels.count == 4 || levels.count == 5, "topic levels")
        expect(message.retain, "not retained")
        for level in levels.dropFirst().dropLast() {
            expect(!level.isEmpty && level.allSatisfy(Self.isAllowedInID), "characters of \(level)")
            expect(!level.hasPrefix("e2m_"), "energy2mqtt deletes e2m_")
        }
        guard levels.count >= 4, let json = try? JSONValue(parsing: message.payload.span) else {
            return expect(false, "no JSON")
        }
        checkDevice(json, message.topic)
        expect(json["origin"]?["name"]?.string == "oms2mqtt", "origin")
        expect(Self.keys(json["origin"]).isSubset(of: ["name", "sw_version"]), "origin's keys")
        let deviceName = json["device"]?["name"]?.string ?? ""
        if levels[1] == "device" {
            expect(levels.count == 4, "levels of a device topic")
            let shared = ["device", "origin", "components"] + Self.sharedKeys
            expect(Self.keys(json).isSubset(of: shared), "unknown keys")
            let components = json["components"]?.members ?? []
            expect(!components.isEmpty, "no components")
            // Home Assistant cannot take back a device of which it shows nothing.
            expect(
                components.contains { $0.value["enabled_by_default"] != .bool(false) },
                "nothing enabled")
            expect(Set(components.map(\.key)).count == components.count, "a component twice")
            for (key, component) in components {
                expect(key.allSatisfy(Self.isAllowedInID), "component \(key)")
                checkEntity(
                    component, key, platform: component["platform"]?.string, in: json,
                    deviceName, message.topic)
            }
            let names = components.map { $0.value["name"]?.string ?? "" }
            expect(Set(names).count == names.count, "two entities of one name")
        } else {
            expect(json["components"] == nil && json["platform"] == nil, "keys of a device")
            checkEntity(
                json, json["unique_id"]?.string ?? "", platform: levels[1], in: json, deviceName,
                message.topic)
        }
    }

    private mutating func checkDevice(_ json: JSONValue, _ topic: String) {
        guard let device = json["device"] else { return faults.append("\(topic): no device") }
        let known = [
            "identifiers", "name", "manufacturer", "model", "serial_number", "hw_version",
            "sw_version", "via_device",
        ]
        if !Self.keys(device).isSubset(of: known) { faults.append("\(topic): keys of the device") }
        let identifiers = device["identifiers"]?.elements ?? []
        if identifiers.isEmpty || identifiers.contains(where: { $0.string?.isEmpty != false }) {
            faults.append("\(topic): identifiers")
        }
        for key in ["name", "manufacturer", "model"] where device[key]?.string?.isEmpty != false {
            faults.append("\(topic): device without \(key)")
        }
    }

    private mutating func checkEntity(
        _ json: JSONValue, _ key: String, platform: String?, in message: JSONValue,
        _ deviceName: String, _ topic: String
    ) {
        func text(_ key: String) -> String? { json[key]?.string }
        var found: [String] = []
        func expect(_ condition: Bool, _ fault: String) {
            if !condition { found.append("\(topic) \(key): \(fault)") }
        }
        defer { faults += found }
        expect(platform == "sensor" || platform == "binary_sensor", "platform")
        let known =
            Self.entityKeys
            + (message == json ? ["device", "origin"] + Self.sharedKeys : ["platform"])
        expect(Self.keys(json).isSubset(of: known), "unknown keys")
        expect(Set(json.members?.map(\.key) ?? []).count == json.members?.count, "a key twice")

        let uniqueID = text("unique_id") ?? ""
        expect(!uniqueID.isEmpty && uniqueID.allSatisfy(Self.isAllowedInID), "unique_id")
        expect(uniqueIDs.insert(uniqueID).inserted, "unique_id \(uniqueID) twice")

        expect(json["name"] == .null || text("name")?.isEmpty == false, "name")
        if let name = text("name"), !deviceName.isEmpty {
            expect(!name.lowercased().contains(deviceName.lowercased()), "name has the device's")
        }
        let topics = (json["availability"] ?? message["availability"])?.elements ?? []
        let stateTopic = text("state_topic") ?? message["state_topic"]?.string
        // A fleet's status, a plain word, tells itself whether it is there.
        let isStatus = stateTopic?.hasSuffix("/status") ?? false
        expect(!topics.isEmpty || isStatus, "no availability")
        expect(topics.allSatisfy { Self.isTopic($0["topic"]?.string) }, "availability topics")
        expect(message["availability_mode"]?.string == "all", "availability mode")
        expect(Self.isTopic(stateTopic), "state topic")

        let deviceClass = text("device_class")
        let stateClass = text("state_class")
        let unit = text("unit_of_measurement")
        expect(json["unit_of_measurement"] == nil || unit?.isEmpty == false, "empty unit")
        expect([nil, "diagnostic"].contains(text("entity_category")), "entity_category")
        if platform == "binary_sensor" {
            expect(stateClass == nil && unit == nil, "unit or state class of a binary sensor")
            expect(
                deviceClass.map(Self.binaryClasses.contains) ?? true,
                "device class \(deviceClass ?? "")")
        } else if let deviceClass {
            guard let rule = Self.classes[deviceClass] else {
                return expect(false, "device class \(deviceClass)")
            }
            let units = rule.units + (version == .february2026 ? rule.unitsSince2026 : [])
            if units.isEmpty {
                expect(unit == nil, "unit \(unit ?? "") with \(deviceClass)")
            } else {
                expect(unit.map(units.contains) == true, "unit \(unit ?? "none") of \(deviceClass)")
            }
            expect(
                stateClass.map(rule.stateClasses.contains) ?? true,
                "state class \(stateClass ?? "") of \(deviceClass)")
            // A register that fell would count all of its value again.
            if ["energy", "water", "gas", "volume"].contains(deviceClass) {
                expect([nil, "total"].contains(stateClass), "state class of a register")
            }
        }
        expect(
            [nil, "measurement", "total", "total_increasing"].contains(stateClass), "state class")
        let options = json["options"]?.elements
        expect((options != nil) == (deviceClass == "enum"), "options")
        if options != nil { expect(unit == nil && stateClass == nil, "options with unit") }

        if key.contains("_storage") || key.contains("_max") || key.contains("_min") {
            let isPresent = present.contains { key == $0 || uniqueID.hasSuffix("_" + $0) }
            expect(isPresent || stateClass == nil, "state class of what is no present value")
            expect(json["enabled_by_default"] == .bool(false), "enabled by default")
        }
        if let seconds = json["expire_after"] {
            expect((seconds.integer ?? 0) >= 900, "expire_after")
        }
        if let icon = text("icon") {
            let name = icon.dropFirst(4)
            let isName = name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }
            expect(icon.hasPrefix("mdi:") && !name.isEmpty && isName, "icon \(icon)")
        }
        found += Self.faultsOfAttributes(json).map { "\(topic) \(key): \($0)" }
        if let template = text("value_template") {
            expect(isStatus || Self.toleratesAbsence(template), "template \(template)")
        } else {
            expect(false, "no template")
        }
        if let state = stateTopic.flatMap({ states[$0] }) {
            found += faults(of: json, with: state).map { "\(topic) \(key): \($0)" }
        }
    }

    /// Attributes are the same for each message: what changed would fill the recorder.
    private static func faultsOfAttributes(_ json: JSONValue) -> [String] {
        let topic = json["json_attributes_topic"]?.string
        guard let template = json["json_attributes_template"]?.string else {
            return topic == nil ? [] : ["attributes without template"]
        }
        guard isTopic(topic) else { return ["topic of the attributes"] }
        let isStatic = !["{{", "{%", "{#"].contains { template.contains($0) }
        guard isStatic, let members = try? JSONValue(parsing: Array(template.utf8).span).members,
            !members.isEmpty, members.allSatisfy({ $0.value.string?.isEmpty == false })
        else { return ["attributes \(template)"] }
        return []
    }

    /// What is wrong with the entity for a reading: the number that is shown must be exact,
    /// but for energy by the joule.
    private func faults(of json: JSONValue, with state: JSONValue) -> [String] {
        let template = json["value_template"]?.string ?? ""
        let key = template.components(after: "value_json").first.flatMap(Self.key) ?? ""
        guard json["suggested_display_precision"] != nil else {
            // Text in a sensor of numbers is an error, each time.
            let isNumeric = json["unit_of_measurement"] != nil || json["state_class"] != nil
            guard case .string(let text)? = state[key] else { return [] }
            if isNumeric { return ["text in a sensor of numbers"] }
            let isCut = template.contains("[:255]") || json["payload_on"] != nil
            return text.count > 255 && !isCut ? ["state of more than 255 characters"] : []
        }
        guard let decimals = json["suggested_display_precision"]?.integer, decimals >= 0 else {
            return ["precision"]
        }
        guard case .number(let text)? = state[key] else {
            return state[key] == nil || state[key] == .null ? [] : ["no number in \(key)"]
        }
        let places = text.split(separator: ".").dropFirst().first?.utf8.count ?? 0
        let unit = json["unit_of_measurement"]?.string ?? ""
        var faults: [String] = []
        let wanted = json["device_class"]?.string == "energy" ? min(places, 3) : places
        if wanted != decimals { faults.append("precision \(decimals) of \(text)") }
        if (state[key + "_unit"]?.string ?? "") != unit { faults.append("unit \(unit)") }
        return faults
    }

    /// Whether Home Assistant can read a template, and each key that it takes from the JSON may be
    /// missing there.
    static func toleratesAbsence(_ template: String) -> Bool {
        let uses = template.components(after: "value_json")
        guard !uses.isEmpty, template.hasPrefix("{"), template.hasSuffix("}") else {
            return false
        }
        return uses.allSatisfy { rest in
            guard let key = Self.key(rest) else { return false }
            // They are in each reading.
            if key == "proto" || key == "receivers" { return true }
            return template.contains(".\(key) | default(")
                || template.contains(".\(key) is defined")
                || template.contains("'\(key)'] | default(")
        }
    }

    /// The key that is meant by what follows `value_json`; nil where the template cannot be read or
    /// means something else. Behind a point Python's own names stand before those of the JSON.
    private static func key(_ rest: Substring) -> String? {
        if rest.hasPrefix("['") {
            return rest.dropFirst(2).firstRange(of: "']").map {
                String(rest.dropFirst(2)[..<$0.lowerBound])
            }
        }
        guard rest.hasPrefix(".") else { return nil }
        let name = String(rest.dropFirst().prefix { $0 == "_" || $0.isLetter || $0.isNumber })
        let functions = [
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault",
            "update", "values",
        ]
        return name.first?.isNumber != false || functions.contains(name) ? nil : name
    }

    private static func keys(_ json: JSONValue?) -> Set<String> {
        Set((json?.members ?? []).map(\.key))
    }

    private static func isAllowedInID(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber) || character == "_"
            || character == "-"
    }

    private static func isTopic(_ topic: String?) -> Bool {
        guard let topic, !topic.isEmpty else { return false }
        return !topic.contains("+") && !topic.contains("#")
    }

    private static let sharedKeys = ["state_topic", "availability", "availability_mode", "qos"]
    private static let entityKeys = [
        "unique_id", "name", "value_template", "device_class", "state_class",
        "unit_of_measurement", "icon", "suggested_display_precision", "options",
        "entity_category", "enabled_by_default", "expire_after", "availability", "payload_on",
        "payload_off", "json_attributes_topic", "json_attributes_template",
    ]

    private static let binaryClasses: Set = [
        "battery", "battery_charging", "carbon_monoxide", "cold", "connectivity", "door",
        "garage_door", "gas", "heat", "light", "lock", "moisture", "motion", "moving", "occupancy",
        "opening", "plug", "power", "presence", "problem", "running", "safety", "smoke", "sound",
        "tamper", "update", "vibration", "window",
    ]

    private struct ClassRule {
        var units: [String]
        var unitsSince2026: [String] = []
        var stateClasses: [String]
    }

    // swift-format-ignore
    private static let classes: [String: ClassRule] = [
        "energy": ClassRule(units: ["Wh", "kWh", "MWh", "MJ", "GJ"],
                            unitsSince2026: ["J", "kJ", "mWh", "GWh", "TWh", "cal", "kcal", "Mcal", "Gcal"],
                            stateClasses: ["total", "total_increasing"]),
        "gas": ClassRule(units: ["m³", "ft³", "CCF"], unitsSince2026: ["L", "MCF"],
                         stateClasses: ["total", "total_increasing"]),
        "water": ClassRule(units: ["m³", "L", "ft³", "gal", "CCF"], unitsSince2026: ["MCF"],
                           stateClasses: ["total", "total_increasing"]),
        "volume": ClassRule(units: ["m³", "L", "mL", "ft³", "gal", "CCF", "fl. oz."], unitsSince2026: ["MCF"],
                            stateClasses: ["total", "total_increasing"]),
        "volume_flow_rate": ClassRule(units: ["m³/h", "L/min", "ft³/min", "gal/min"],
                                      unitsSince2026: ["L/h", "L/s", "mL/s", "m³/min", "m³/s", "gal/h", "gal/d"],
                                      stateClasses: ["measurement"]),
        "power": ClassRule(units: ["W", "kW"], unitsSince2026: ["mW", "MW", "GW", "TW"], stateClasses: ["measurement"]),
        "temperature": ClassRule(units: ["°C", "°F", "K"], stateClasses: ["measurement"]),
        "pressure": ClassRule(units: ["Pa", "hPa", "kPa", "bar", "mbar", "cbar", "psi"], stateClasses: ["measurement"]),
        "voltage": ClassRule(units: ["V", "mV"], stateClasses: ["measurement"]),
        "current": ClassRule(units: ["A", "mA"], stateClasses: ["measurement"]),
        "frequency": ClassRule(units: ["Hz", "kHz", "MHz", "GHz"], stateClasses: ["measurement"]),
        "battery": ClassRule(units: ["%"], stateClasses: ["measurement"]),
        "carbon_dioxide": ClassRule(units: ["ppm"], stateClasses: ["measurement"]),
        "illuminance": ClassRule(units: ["lx"], stateClasses: ["measurement"]),
        "distance": ClassRule(units: ["mm", "cm", "m", "km"], stateClasses: ["measurement"]),
        "humidity": ClassRule(units: ["%"], stateClasses: ["measurement"]),
        "signal_strength": ClassRule(units: ["dB", "dBm"], stateClasses: ["measurement"]),
        "duration": ClassRule(units: ["d", "h", "min", "s", "ms"],
                              stateClasses: ["measurement", "total", "total_increasing"]),
        "timestamp": ClassRule(units: [], stateClasses: []),
        "enum": ClassRule(units: [], stateClasses: []),
    ]
}

extension String {
    /// What follows each `mark`.
    fileprivate func components(after mark: String) -> [Substring] {
        var pieces: [Substring] = []
        var rest = self[...]
        while let place = rest.firstRange(of: mark) {
            rest = rest[place.upperBound...]
            pieces.append(rest)
        }
        return pieces
    }
}
