import Wire

/// A discovery message of this program's, or of its fleet's, that the broker still has.
struct FoundDiscovery: Equatable, Sendable {
    var topic: DiscoveryTopic
    /// Its device's id.
    var device: String
    /// The id of the device that this one hangs on.
    var via: String?
    /// The platforms of a device's components by their keys; empty for an entity's message.
    var components: [String: String] = [:]
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
    var octets: Int { unknown.values.reduce(200) { $0 + $1.count + 50 } }
}
