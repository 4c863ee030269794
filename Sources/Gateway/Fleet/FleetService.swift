/// Whether anyone in a fleet reads meters: `online` or `offline`, retained, on the topic that a
/// program alone has for its own status (`energy2mqtt/status`). Pure.
///
/// Each decoder says `online` when it comes. `offline` says the last one that is stopped; of the
/// last one that dies, the gateways say it, as the broker tells only of that one. If that comes
/// too late, or a program says it that was alone before, a decoder that is there says `online`
/// again.
struct FleetService {
    let topic: String
    private var wasDecoderThere = false

    init(topic: String) { self.topic = topic }

    func message(online: Bool) -> MQTTMessage {
        MQTTMessage(topic: topic, text: online ? "online" : "offline", retain: true)
    }

    /// What a decoder that is there says to what it hears.
    func answer(to payload: [UInt8]) -> MQTTMessage? {
        payload == Array("online".utf8) ? nil : message(online: true)
    }

    /// What a gateway says when decoders come and go.
    mutating func decoders(areThere: Bool) -> MQTTMessage? {
        defer { wasDecoderThere = areThere }
        return wasDecoderThere && !areThere ? message(online: false) : nil
    }

    /// Who is there is told anew with the next connection.
    mutating func disconnected() { wasDecoderThere = false }
}
