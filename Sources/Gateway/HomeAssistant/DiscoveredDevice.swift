import Wire

/// A device as Home Assistant shall know it, and the messages that tell it.
///
/// `homeassistant/device/<id>/config` in one message (Home Assistant from 2024.11), or
/// `homeassistant/<platform>/<id>_<key>/config` in one message an entity. There `<id>` is no level of
/// its own: Home Assistant would take both forms for one thing and confuse them in a change.
struct DiscoveredDevice: Equatable, Sendable {
    /// In the device's topic, its identifiers and all unique ids; letters, digits and `_`.
    var id: String
    var name: String
    var manufacturer: String
    var model: String
    var serialNumber: String?
    /// The version in a meter's address.
    var hardwareVersion: String?
    var softwareVersion: String?
    /// The device that hears it.
    var via: String?
    var stateTopic: String
    /// Topics that all must say `online`, the gateway's first.
    var availability: [String]
    /// Seconds.
    var expireAfter: Int?
    var entities: [Entity]
    /// Components that another decoder of the fleet knew, by their keys, as JSON: they are told as
    /// they were until they are known here.
    var adopted: [String: [UInt8]] = [:]

    /// All messages, retained.
    func messages(_ form: DiscoveryForm) -> [MQTTMessage] {
        switch form {
        case .devices: [message(removing: [:])]
        case .entities: entities.map(message(of:))
        }
    }

    /// The device's message with further components that Home Assistant shall remove. It is not
    /// retained, so that nothing waiting in front of the broker replaces it: the whole device's
    /// message follows.
    func removal(of components: [String: String]) -> MQTTMessage {
        var message = message(removing: components)
        message.retain = false
        return message
    }

    private func message(removing components: [String: String]) -> MQTTMessage {
        var json = JSONWriter(reserving: 512 + 512 * entities.count)
        json.beginObject()
        appendDevice(to: &json)
        appendTopics(availability[...], to: &json)
        json.key("components")
        json.beginObject()
        // In this order whoever tells of the device writes the same.
        let known = Dictionary(
            entities.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for key in Set(known.keys).union(adopted.keys).sorted() {
            json.key(key)
            guard let entity = known[key] else {
                json.raw(adopted[key] ?? [])
                continue
            }
            json.beginObject()
            json.key("platform")
            json.string(entity.platform.rawValue)
            entity.append(device: self, to: &json)
            json.endObject()
        }
        for (key, platform) in components.sorted(by: { $0.key < $1.key }) {
            json.key(key)
            json.beginObject()
            json.key("platform")
            json.string(platform)
            json.endObject()
        }
        json.endObject()
        json.endObject()
        return MQTTMessage(
            topic: DiscoveryTopic.device(id).text, payload: json.bytes, retain: true)
    }

    private func message(of entity: Entity) -> MQTTMessage {
        var json = JSONWriter()
        json.beginObject()
        appendDevice(to: &json)
        appendTopics(entity.expires ? availability[...] : [], to: &json)
        entity.append(device: self, to: &json)
        json.endObject()
        return MQTTMessage(
            topic: topic(of: entity).text, payload: json.bytes, retain: true)
    }

    func topic(of entity: Entity) -> DiscoveryTopic {
        .entity(platform: entity.platform.rawValue, id: uniqueID(of: entity))
    }

    /// Made of nothing that a user could change.
    func uniqueID(of entity: Entity) -> String { "\(id)_\(entity.key)" }

    private func appendDevice(to json: inout JSONWriter) {
        json.key("device")
        json.beginObject()
        json.key("identifiers")
        json.beginArray()
        json.string(id)
        json.endArray()
        json.key("name")
        json.string(name)
        json.key("manufacturer")
        json.string(manufacturer)
        json.key("model")
        json.string(model)
        append("serial_number", serialNumber, to: &json)
        append("hw_version", hardwareVersion, to: &json)
        append("sw_version", softwareVersion, to: &json)
        append("via_device", via, to: &json)
        json.endObject()
        json.key("origin")
        json.beginObject()
        json.key("name")
        json.string(Product.name)
        json.key("sw_version")
        json.string(Product.version)
        json.endObject()
    }

    private func appendTopics(_ availability: ArraySlice<String>, to json: inout JSONWriter) {
        json.key("state_topic")
        json.string(stateTopic)
        if !availability.isEmpty {
            json.key("availability")
            Self.append(availability, to: &json)
        }
        json.key("availability_mode")
        json.string("all")
        json.key("qos")
        json.integer(1)
    }

    static func append(_ availability: ArraySlice<String>, to json: inout JSONWriter) {
        json.beginArray()
        for topic in availability {
            json.beginObject()
            json.key("topic")
            json.string(topic)
            json.endObject()
        }
        json.endArray()
    }

    private func append(_ key: StaticString, _ value: String?, to json: inout JSONWriter) {
        guard let value else { return }
        json.key(key)
        json.string(value)
    }
}

/// Where Home Assistant looks for discovery messages.
enum DiscoveryTopic: Hashable, Sendable {
    case device(String)
    case entity(platform: String, id: String)

    static let prefix = "homeassistant"
    /// Home Assistant says `online` here when it has started.
    static let birth = prefix + "/status"
    /// All topics that messages of ours can have been left in.
    static let filters = [
        prefix + "/device/+/config", prefix + "/sensor/+/config",
        prefix + "/binary_sensor/+/config",
    ]

    var text: String {
        switch self {
        case .device(let id): "\(Self.prefix)/device/\(id)/config"
        case .entity(let platform, let id): "\(Self.prefix)/\(platform)/\(id)/config"
        }
    }

    /// Nil for a topic that no message of ours can have.
    init?(_ topic: String) {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard levels.count == 4, levels[0] == Self.prefix, levels[3] == "config",
            levels[2].hasPrefix(DiscoveryID.prefix)
        else { return nil }
        self =
            levels[1] == "device" ? .device(levels[2]) : .entity(platform: levels[1], id: levels[2])
    }

    /// The form of the messages that go there.
    var form: DiscoveryForm {
        switch self {
        case .device: .devices
        case .entity: .entities
        }
    }
}

/// Names for Home Assistant's ids, which take letters, digits, `_` and `-` only.
enum DiscoveryID {
    /// All ids of ours begin so. Never `e2m_`: energy2mqtt deletes those.
    static let prefix = Product.name + "_"

    /// `text` where it can be an id, else with a short hash of it at the end, so that no two texts
    /// have the same id.
    static func of(_ text: String) -> String {
        let fit = text.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        let id = String(decoding: fit, as: UTF8.self)
        guard id != text || id.isEmpty else { return id }
        var digits = String(FNV1a.hash(text.utf8) & 0xFFFF_FFFF, radix: 16)
        while digits.utf8.count < 8 { digits = "0" + digits }
        return "\(id)_\(digits)"
    }

    private static func isAllowed(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
