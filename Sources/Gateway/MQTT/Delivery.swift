/// How safely each kind of message is sent, and whether the broker keeps the last one for those who
/// subscribe later (`qos` and `retain` under `mqtt`).
public struct Delivery: Equatable, Sendable {
    /// What a message is about.
    public enum Kind: String, CaseIterable, Equatable, Sendable {
        /// A meter's reading, on its own topic and as Home Assistant takes it.
        case readings
        /// The same in one topic for all meters.
        case raw
        /// The program's and the meters' state.
        case status
        /// What Home Assistant must know to find the meters.
        case discovery
        /// Telegrams handed on as they were received.
        case forward
    }

    /// 0: sent once, whether or not it arrives; 1: until the broker has it; 2: the same, and the
    /// broker sorts out copies.
    public var quality: [Kind: Int32] = [:]
    /// Only where the file says so; else each message knows itself.
    public var retained: [Kind: Bool] = [:]

    public init() {}

    func quality(of kind: Kind) -> Int32 { quality[kind] ?? 1 }
}

/// `Delivery` for the topics of one program. Pure.
public struct DeliveryRules: Sendable {
    let delivery: Delivery
    let topics: Topics
    /// What the topics of forwarded telegrams begin with.
    var forward: String?

    /// - Parameter retain: what the message says itself. An empty retained message takes another
    ///   back, and stays one; what Home Assistant takes as a state is never retained, as it would
    ///   look new after a restart. Of what Home Assistant must know, all that is to stay is retained,
    ///   and what is said in passing is not.
    func rule(for topic: String, retain: Bool, isEmpty: Bool) -> (quality: Int32, retain: Bool) {
        let kind = kind(of: topic)
        let isState = kind == .readings && !topics.isReading(topic)
        let isFixed = isEmpty || isState || kind == .discovery
        let keeps = isFixed ? retain : delivery.retained[kind] ?? retain
        return (delivery.quality(of: kind), keeps)
    }

    func kind(of topic: String) -> Delivery.Kind {
        if let forward, topic == forward || topic.hasPrefix(forward + "/") { return .forward }
        if topic == topics.raw { return .raw }
        if topics.isReading(topic) || topics.isHomeAssistantState(topic) { return .readings }
        // The base topic could be `homeassistant` itself.
        if !topics.isOwn(topic) || topic.hasSuffix("/config") { return .discovery }
        return .status
    }
}
