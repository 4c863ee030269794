/// Reads an item of `data_fields` of a definition file.
///
/// What Home Assistant would refuse is left out with a warning: the field itself stays.
struct DatahubFieldReader {
    let faults: FaultList

    private enum Key: String, CaseIterable {
        case platform, name
        case friendlyName = "friendly_name"
        case unit = "unit_of_measurement"
        case deviceClass = "device_class"
        case stateClass = "state_class"
        case template = "value_template"
        case payloadOn = "payload_on"
        case payloadOff = "payload_off"
        case mapKey = "map_key"
        case persists = "e2m_persist"
        case extraKeys = "e2m_extra_keys"
    }

    /// Further keys of Home Assistant's that are passed on; others are accepted.
    private enum ExtraKey: String, CaseIterable {
        case icon
        case decimals = "suggested_display_precision"
    }

    private typealias Group = KeyGroup<Key>

    /// Nil where there is an error, or for what is neither sensor nor binary sensor.
    func field(
        _ item: (node: YAMLNode, path: String)
    ) -> (field: DatahubField, place: YAMLNode.Place)? {
        guard let group = Group(item.node, path: item.path, faults: faults),
            let name = group.required(.name, as: "volume")
        else { return nil }
        guard name.utf8.count <= 128 else {
            group.add(at: .name, "the name is too long: 128 characters at most")
            return nil
        }
        guard let platform = platform(group) else { return nil }
        var field = DatahubField(name: name, platform: platform)
        field.friendlyName = group.text(.friendlyName)
        field.template = template(group)
        field.persists = group.bool(.persists) ?? true
        rename(&field, group.text(.mapKey))
        switch platform {
        case .sensor: readSensor(group, into: &field)
        case .binarySensor: readBinarySensor(group, into: &field)
        }
        if let node = group.value(.extraKeys) { readExtraKeys(node, item.path, into: &field) }
        return group.isSound ? (field, group.place(.name)) : nil
    }

    private func platform(_ group: Group) -> Entity.Platform? {
        guard let text = group.text(.platform) else { return .sensor }
        guard let platform = Entity.Platform(rawValue: text) else {
            group.add(
                .warning, at: .platform,
                "only sensor and binary_sensor are shown in Home Assistant; the value is published")
            return nil
        }
        return platform
    }

    private func template(_ group: Group) -> String? {
        guard let text = group.text(.template), !text.isEmpty else { return nil }
        guard text.utf8.count <= 1024 else {
            group.add(at: .template, "the template is too long: 1024 characters at most")
            return nil
        }
        return text
    }

    /// Which of `name` and `map_key` is the device's word and which the new one, the template says:
    /// it names what is published.
    private func rename(_ field: inout DatahubField, _ other: String?) {
        guard let other, !other.isEmpty, other != field.name else { return }
        let keys = field.template.map(ValueTemplate.keys) ?? []
        if keys.contains(other), !keys.contains(field.name) {
            field.source = field.name
            field.name = other
        } else {
            field.source = other
        }
    }

    private func readSensor(_ group: Group, into field: inout DatahubField) {
        field.unit = group.text(.unit).flatMap { $0.isEmpty ? nil : $0 }
        if let text = group.text(.deviceClass), !text.isEmpty {
            if let known = DeviceClass(rawValue: text), known.takes(unit: field.unit) {
                field.deviceClass = known
            } else {
                group.add(
                    .warning, at: .deviceClass,
                    "with the unit '\(ShownText.title(field.unit ?? ""))' it is not used: Home"
                        + " Assistant has no such class, or wants another unit with it")
            }
        }
        if let text = group.text(.stateClass), !text.isEmpty {
            guard let known = StateClass(rawValue: text) else {
                return group.add(
                    .warning, at: .stateClass,
                    "it is not used: Home Assistant knows measurement, total and total_increasing")
            }
            field.stateClass = field.deviceClass.map { $0.stateClass(for: known) } ?? known
        }
    }

    private func readBinarySensor(_ group: Group, into field: inout DatahubField) {
        if let text = group.text(.deviceClass), !text.isEmpty {
            field.deviceClass = DeviceClass(rawValue: text).flatMap { $0.isBinary ? $0 : nil }
            if field.deviceClass == nil {
                group.add(
                    .warning, at: .deviceClass,
                    "it is not used: Home Assistant has no such class of binary sensors")
            }
        }
        field.payloadOn = group.text(.payloadOn).map(Self.switching)
        field.payloadOff = group.text(.payloadOff).map(Self.switching)
    }

    /// Yes and no are published as `ON` and `OFF`, whatever they are in the message.
    private static func switching(_ text: String) -> String {
        switch text.lowercased() {
        case "true", "on": "ON"
        case "false", "off": "OFF"
        default: text
        }
    }

    private func readExtraKeys(
        _ node: YAMLNode, _ path: String, into field: inout DatahubField
    ) {
        // A list of keys says nothing that is needed here.
        guard case .mapping(let entries) = node.content else { return }
        let known = entries.filter { ExtraKey(rawValue: $0.key) != nil }
        let group = KeyGroup<ExtraKey>(
            YAMLNode(.mapping(known), at: node.place), path: "\(path).e2m_extra_keys",
            faults: faults)
        field.icon = group?.text(.icon)
        field.decimals = group?.number(.decimals, in: 0...12)
    }
}
