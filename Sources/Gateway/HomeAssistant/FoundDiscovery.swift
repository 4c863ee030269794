import Wire

/// A discovery message of this gateway's that the broker still has.
struct FoundDiscovery: Equatable, Sendable {
    var topic: DiscoveryTopic
    /// The platforms of a device's components by their keys; empty for an entity's message.
    var components: [String: String] = [:]
    /// Topics that its availability depends on.
    var availability: [String] = []

    /// Nil for what another program or another gateway left there: it is none of our business.
    ///
    /// - Parameter gateway: this gateway's device id.
    init?(topic: DiscoveryTopic, payload: [UInt8], gateway: String) {
        guard topic.device.hasPrefix(DiscoveryID.prefix),
            let message = try? JSONValue(parsing: payload.span),
            (message["origin"] ?? message["o"])?["name"]?.string == Product.name,
            let device = message["device"] ?? message["dev"]
        else { return nil }
        let identifiers = device["identifiers"]?.elements?.compactMap(\.string) ?? []
        guard device["via_device"]?.string == gateway || identifiers.contains(gateway) else {
            return nil
        }
        self.topic = topic
        for (key, value) in message["components"]?.members ?? [] {
            components[key] = value["platform"]?.string
        }
        availability = (message["availability"]?.elements ?? []).compactMap { $0["topic"]?.string }
    }
}
