/// A message that waits for the broker.
public struct OutgoingMessage: Equatable, Sendable {
    public var topic: String
    public var payload: [UInt8]
    /// Whether the broker keeps it: then a newer one of its route replaces it while it waits.
    public var retain: Bool
    /// Whose message it is when several share a topic: the meter. With `topic` it makes the route,
    /// whose newest message is never dropped for an older one of another.
    public var retentionKey: String
    /// Seconds since 1970 at which it was made; thinning and age go by it.
    public var time: Int64

    /// - Parameter retentionKey: nil if the topic alone says whose message it is.
    public init(
        topic: String, payload: [UInt8], retain: Bool = false, retentionKey: String? = nil,
        time: Int64
    ) {
        self.topic = topic
        self.payload = payload
        self.retain = retain
        self.retentionKey = retentionKey ?? ""
        self.time = time
    }

    struct Route: Hashable {
        var retentionKey: String
        var topic: String
    }

    var route: Route { Route(retentionKey: retentionKey, topic: topic) }

    /// About what it takes in memory or in the file.
    var octets: Int { payload.count + topic.utf8.count + retentionKey.utf8.count + 32 }
}

/// A message under the number by which it is acknowledged; numbers rise in the order of sending.
public struct OutgoingEntry: Equatable, Sendable {
    public let id: Int64
    public let message: OutgoingMessage
}
