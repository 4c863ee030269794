import Wire

/// A Datahub's device as Home Assistant shall know it: an entity for each value that it ever sent.
///
/// What its definition describes comes first; a value that no file describes has neither class nor
/// unit, and is shown only where the device has no definition at all.
struct DatahubDiscovery {
    /// A device with more values shows these many.
    private static let mostEntities = 150

    var id: String
    var device: DatahubDevice
    var definition: DatahubDefinition

    private static let prefix = DiscoveryID.prefix + "lora_"

    static func deviceID(of id: String) -> String { prefix + DiscoveryID.of(id) }

    /// Whether a device with this id in Home Assistant is a Datahub's.
    static func isDevice(_ id: String) -> Bool { id.hasPrefix(prefix) }

    /// Seconds of silence after which values count no longer: some devices send once a day, and
    /// the Datahub may forward them late.
    var expireAfter: Int { Int(max(86_400, 3 * definition.mostEventAge)) }

    func discovered(gateway: String, topics: Topics) -> DiscoveredDevice {
        let deviceID = Self.deviceID(of: id)
        return DiscoveredDevice(
            id: deviceID, name: "\(model) \(id)",
            manufacturer: definition.manufacturer.isEmpty
                ? "Unknown manufacturer" : definition.manufacturer,
            model: model, serialNumber: id, via: gateway,
            stateTopic: topics.homeAssistantState(of: deviceID),
            availability: [topics.status], expireAfter: expireAfter, entities: entities)
    }

    private var model: String {
        if !definition.model.isEmpty { return definition.model }
        return device.typeName.isEmpty ? "LoRaWAN device" : device.typeName
    }

    private var entities: [Entity] {
        let values = device.namedValues
        let described = definition.fields.filter { field in
            values.contains { $0.name == field.name }
        }
        let others = values.filter { value in
            !definition.fields.contains { $0.name == value.name }
        }
        let all =
            described.map { $0.entity } + others.compactMap(entity(of:))
            + (device.hasSignalStrength ? [Self.signalStrength] : [])
            + (device.hasSignalToNoise ? [Self.signalToNoise] : [])
        return unique(all).prefix(Self.mostEntities - 1) + [Self.lastSeen]
    }

    /// Each key once, and no two entities of one name.
    private func unique(_ entities: [Entity]) -> [Entity] {
        var keys: Set = [Self.lastSeen.key]
        var names: Set = [Self.lastSeen.name]
        return entities.compactMap { entity in
            guard keys.insert(entity.key).inserted else { return nil }
            var entity = entity
            if !names.insert(entity.name).inserted {
                entity.name = "\(entity.name ?? "") (\(entity.key))"
                names.insert(entity.name)
            }
            return entity
        }
    }

    /// A value that no file describes; nil for what cannot be shown.
    private func entity(of value: DatahubValue.Named) -> Entity? {
        var entity = Entity(
            key: DiscoveryID.of(value.name), name: value.name.spaced,
            template: Entity.text(value.name))
        entity.isEnabled = definition.fields.isEmpty
        switch value.value {
        case .number: break
        case .string("ON"), .string("OFF"): entity.platform = .binarySensor
        case .string(let text):
            // Home Assistant takes states of 255 characters.
            guard text.utf8.count <= 255 else { return nil }
        default: return nil
        }
        return entity
    }

    private static let signalStrength = Entity(
        key: "rssi", name: "Signal strength", deviceClass: .signalStrength,
        stateClass: .measurement, unit: "dBm", template: Entity.number("rssi"), isDiagnostic: true)

    private static let signalToNoise = Entity(
        key: "snr", name: "Signal to noise", deviceClass: .signalStrength,
        stateClass: .measurement, unit: "dB", template: Entity.number("snr"), isDiagnostic: true)

    private static let lastSeen = Entity(
        key: "last_seen", name: "Last seen", deviceClass: .timestamp,
        template: Entity.text("received_at"), isDiagnostic: true, expires: false)
}

extension DatahubField {
    fileprivate var entity: Entity {
        let isNumber = unit != nil || stateClass != nil
        return Entity(
            key: DiscoveryID.of(name), platform: platform,
            name: friendlyName.flatMap { $0.isEmpty ? nil : $0 } ?? name.spaced,
            deviceClass: deviceClass, stateClass: stateClass, unit: unit, decimals: decimals,
            payloadOn: payloadOn, payloadOff: payloadOff, icon: icon,
            template: template.map { ValueTemplate.tolerant($0, isNumber: isNumber) }
                ?? (isNumber ? Entity.number(name) : Entity.text(name)),
            isEnabled: true)
    }
}
