/// What the client tells its owner, on the event loop.
public enum MQTTEvent: Equatable, Sendable {
    case connected
    /// There is no connection (any more), and why. Told for each try: who logs it leaves out
    /// repetitions.
    case disconnected(BrokerError)
    case message(topic: String, payload: [UInt8])
    /// A message larger than 256 KiB came and was not taken.
    case oversized(topic: String)
    /// The broker has the message.
    case published(MosquittoClient.MessageID)
    /// The message is gone: the broker or the library does not take it, for the reason in words.
    case notPublished(MosquittoClient.MessageID, topic: String, cause: String)
    /// The broker does not let us hear this topic.
    case subscriptionRefused(topic: String)
}
