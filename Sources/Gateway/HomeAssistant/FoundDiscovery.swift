import Wire

/// A discovery message of this gateway's that the broker still has.
struct FoundDiscovery: Equatable, Sendable {
    var topic: DiscoveryTopic
    /// Its device's id.
    var device: String
    /// The platforms of a device's components by their keys; empty for an entity's message.
    var components: [String: String] = [:]
    /// Topics that its availability depends on.
    var availability: [String] = []

    /// Nil for what another program or another gateway left there: it is none of our business.
    ///
    /// - Parameter gateway: this gateway's device id.
    init?(topic: DiscoveryTopic, payload: [UInt8], gateway: String) {
        guard let message = try? JSONValue(parsing: payload.span),
            message["origin"]?["name"]?.string == Product.name,
            let device = message["device"], let id = device["identifiers"]?.elements?.first?.string,
            id == gateway || device["via_device"]?.string == gateway
        else { return nil }
        self.topic = topic
        self.device = id
        for (key, value) in message["components"]?.members ?? [] {
            components[key] = value["platform"]?.string
        }
        availability = (message["availability"]?.elements ?? []).compactMap { $0["topic"]?.string }
    }
}
