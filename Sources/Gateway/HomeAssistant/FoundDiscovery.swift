import Wire

/// A discovery message of this program's, or of its fleet's, that the broker still has.
struct FoundDiscovery: Equatable, Sendable {
    var topic: DiscoveryTopic
    /// Its device's id.
    var device: String
    var deviceName: String?
    /// The id of the device that this one hangs on.
    var via: String?
    /// The platforms of a device's components by their keys; empty for an entity's message.
    var components: [String: String] = [:]
    /// Those of them that Home Assistant does not enable by itself.
    var notEnabled: Set<String> = []
    /// Those of them that are not known here, as JSON.
    var unknown: [String: [UInt8]] = [:]
    /// What it says about silence, in seconds.
    var expireAfter: Int?
    /// Topics that its availability depends on.
    var availability: [String] = []
    /// Of the octets, to see whether a message would say anything new.
    var fingerprint: UInt64

    /// Nil for what another program or another gateway left there: it is none of our business.
    ///
    /// - Parameters:
    ///   - programs: the ids of the program's devices.
    ///   - known: which components of a device are known here; nil: no others need to be kept.
    init?(
        topic: DiscoveryTopic, payload: [UInt8], programs: [String],
        known: (_ device: String) -> Set<String>? = { _ in nil }
    ) {
        guard let message = try? JSONValue(parsing: payload.span),
            message["origin"]?["name"]?.string == Product.name,
            let device = message["device"], let id = device["identifiers"]?.elements?.first?.string
        else { return nil }
        deviceName = device["name"]?.string
        via = device["via_device"]?.string
        guard programs.contains(id) || via.map(programs.contains) ?? false else { return nil }
        self.topic = topic
        self.device = id
        fingerprint = FNV1a.hash(payload)
        let known = known(id)
        expireAfter = Self.expireAfter(message)
        for (key, value) in message["components"]?.members ?? [] {
            expireAfter = expireAfter ?? Self.expireAfter(value)
            components[key] = value["platform"]?.string
            if value["enabled_by_default"]?.bool == false { notEnabled.insert(key) }
            guard let known, !known.contains(key), DiscoveryID.of(key) == key else { continue }
            var json = JSONWriter()
            json.value(value)
            unknown[key] = json.bytes
        }
        availability = (message["availability"]?.elements ?? []).compactMap { $0["topic"]?.string }
    }

    private static func expireAfter(_ json: JSONValue) -> Int? {
        json["expire_after"]?.integer.flatMap { Int(exactly: $0) }
    }

    /// How much is kept of it, about.
    var octets: Int { unknown.values.reduce(200 + 50 * components.count) { $0 + $1.count + 50 } }

    /// Takes all of it back. Home Assistant clears the message of a device again for each entity that
    /// is not enabled, and warns each time that there is nothing left to clear. So these are first
    /// told under topics of their own, which it clears in silence.
    func removal() -> [MQTTMessage] {
        notEnabled.sorted().compactMap(parting(of:)) + [.clearing(topic.text)]
    }

    /// What makes an entity of a device one of a topic of its own: that has the same ids. Not
    /// retained: nothing of it shall stay. Nil for ids that no message of ours has.
    private func parting(of key: String) -> MQTTMessage? {
        guard case .device(let device) = topic, DiscoveryID.of(device) == device,
            DiscoveryID.of(key) == key,
            let platform = components[key].flatMap(Entity.Platform.init(rawValue:))?.rawValue
        else { return nil }
        var json = JSONWriter()
        json.beginObject()
        json.key("unique_id")
        json.string("\(device)_\(key)")
        json.key("enabled_by_default")
        json.bool(false)
        json.key("state_topic")
        json.string(topic.text)
        json.key("device")
        json.beginObject()
        json.key("identifiers")
        json.string(device)
        json.key("name")
        json.string(deviceName ?? device)
        json.endObject()
        json.key("origin")
        json.beginObject()
        json.key("name")
        json.string(Product.name)
        json.endObject()
        json.endObject()
        return MQTTMessage(
            topic: "\(DiscoveryTopic.prefix)/\(platform)/\(device)/\(key)/config",
            payload: json.bytes)
    }
}
