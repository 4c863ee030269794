import Wire

/// One message for the broker.
public struct MQTTMessage: Equatable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    /// Whether the broker keeps it for those who subscribe later.
    public var retain: Bool
    /// QoS: 0, 1 or 2.
    public var quality: Int32

    public init(topic: String, payload: [UInt8], retain: Bool = false, quality: Int32 = 1) {
        self.topic = topic
        self.payload = payload
        self.retain = retain
        self.quality = quality
    }

    public init(topic: String, text: String, retain: Bool = false) {
        self.init(topic: topic, payload: Array(text.utf8), retain: retain)
    }
}

extension MQTTMessage {
    /// `online` while the gateway is connected, else `offline`.
    public static func status(online: Bool, _ topics: Topics) -> MQTTMessage {
        MQTTMessage(topic: topics.status, text: online ? "online" : "offline", retain: true)
    }

    /// `online` while the meter called `name` is heard, else `offline`.
    static func availability(online: Bool, of name: String, _ topics: Topics) -> MQTTMessage {
        MQTTMessage(
            topic: topics.availability(of: name), text: online ? "online" : "offline", retain: true)
    }

    /// Makes the broker forget what it keeps for `topic`.
    static func clearing(_ topic: String) -> MQTTMessage {
        MQTTMessage(topic: topic, payload: [], retain: true)
    }

    /// Clears what the program keeps at the broker about itself, once it has other topics; its status
    /// stays, and says that it is not there.
    static func clearings(of topics: Topics) -> [MQTTMessage] {
        [topics.health, topics.uptime, topics.count].map(clearing)
    }

    public static func uptime(seconds: Int64, _ topics: Topics) -> MQTTMessage {
        MQTTMessage(topic: topics.uptime, text: String(seconds), retain: true)
    }

    public static func count(ofMeters count: Int, _ topics: Topics) -> MQTTMessage {
        MQTTMessage(topic: topics.count, text: String(count), retain: true)
    }

}

// Readings: they wait for the broker, over outages and restarts.
extension OutgoingMessage {
    /// The reading itself, `json` being the object that `ReadingJSON` wrote.
    public static func reading(
        of meter: String, json: [UInt8], heardAt time: WallTime, _ topics: Topics
    ) -> OutgoingMessage {
        OutgoingMessage(topic: topics.reading(of: meter), payload: json, time: time.seconds)
    }

    /// The same object inside the envelope that energy2mqtt hands to other programs. The fields of
    /// id and state topic are empty there too, and so is that of tenant for a meter.
    ///
    /// - Parameter meteredAt: when it was measured, in seconds since 1970; nil: when it was heard.
    public static func raw(
        of meter: String, protocol name: StaticString = "OMS", tenant: String = "", json: [UInt8],
        heardAt time: WallTime, meteredAt: Int64? = nil, _ topics: Topics
    ) -> OutgoingMessage {
        var writer = JSONWriter(reserving: json.count + 256)
        writer.beginObject()
        writer.key("id")
        writer.string("")
        writer.key("meter_name")
        writer.string(meter)
        writer.key("tenant")
        writer.string(tenant)
        writer.key("protocol")
        writer.string(name)
        writer.key("transmission_time")
        writer.integer(time.seconds)
        writer.key("metered_time")
        writer.integer(meteredAt ?? time.seconds)
        writer.key("transmission_type")
        writer.string("Now")
        writer.key("metered_values")
        writer.raw(json)
        writer.key("state_topic_base")
        writer.string("")
        writer.endObject()
        return OutgoingMessage(
            topic: topics.raw, payload: writer.bytes, retentionKey: meter, time: time.seconds)
    }
}
