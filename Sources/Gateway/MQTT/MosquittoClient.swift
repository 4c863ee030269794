import Receivers

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

/// The connection to the broker: sends each message until the broker has acknowledged it, and
/// connects again for ever.
///
/// All of it lives on the event loop; the C library is on its own thread behind `MosquittoThread`.
public final class MosquittoClient {
    public typealias MessageID = UInt64

    private let loop: EventLoop
    private let handler: (MQTTEvent) -> Void
    private let thread: MosquittoThread
    private var outbox: Outbox
    /// The number of the connection that is up.
    private var connection: Int?
    private var topics: [String] = []
    private var subscribing: [Int32: String] = [:]
    private var watches: [EventLoop.Token] = []
    private var stopping: Stopping?
    private var finished = false

    private struct Stopping {
        var whenDone: (_ unsent: Int) -> Void
        var limit: EventLoop.Token?
        /// Whether the thread was told to end.
        var isEnding = false
    }

    public init(
        settings: BrokerSettings, loop: EventLoop, handler: @escaping (MQTTEvent) -> Void
    ) {
        self.loop = loop
        self.handler = handler
        thread = MosquittoThread(settings: settings)
        outbox = Outbox()
    }

    public func start() {
        watches = [
            loop.watch(thread.events) { [weak self] in self?.handle($0) },
            loop.watch(thread.messages) { [weak self] in self?.handle($0) },
        ]
        thread.start()
    }

    public var isConnected: Bool { connection != nil }
    /// How many messages the broker has not acknowledged.
    public var unacknowledged: Int { outbox.count }
    /// How many messages were given up because too many waited.
    public var dropped: UInt64 { outbox.dropped }

    /// Sends `message`, now or when there is a connection again.
    @discardableResult
    public func publish(_ message: MQTTMessage) -> MessageID {
        let id = outbox.add(message)
        handOver()
        return id
    }

    /// Subscribes `topic`, on this and every later connection.
    public func subscribe(_ topic: String) {
        if !topics.contains(topic) { topics.append(topic) }
        if let connection { subscribe(topic, on: connection) }
    }

    /// Ends a subscription; some messages that were on their way may still come.
    public func unsubscribe(_ topic: String) {
        topics.removeAll { $0 == topic }
        if let connection { thread.unsubscribe(topic, on: connection) }
    }

    /// Sends what waits and `last`, takes leave and ends, or gives up after `limit`; then calls
    /// `whenDone` once with the number of messages that the broker did not acknowledge.
    ///
    /// When the broker does not take `last` in time, the connection is cut without leave, so that
    /// the broker publishes the will.
    public func stop(
        lastly last: MQTTMessage? = nil, within limit: Duration = .milliseconds(1500),
        _ whenDone: @escaping (_ unsent: Int) -> Void
    ) {
        guard stopping == nil else { return }
        stopping = Stopping(whenDone: whenDone)
        stopping?.limit = loop.after(limit) { [weak self] in self?.end(politely: false) }
        guard connection != nil else { return end(politely: false) }
        if let last { _ = outbox.add(last) }
        handOver()
        endIfAllIsSent()
    }

    private func endIfAllIsSent() {
        if stopping?.isEnding == false, outbox.isEmpty { end(politely: true) }
    }

    private func end(politely: Bool) {
        guard stopping?.isEnding == false else { return }
        stopping?.isEnding = true
        loop.cancel(stopping?.limit)
        // A thread that hangs in a name look-up cannot be ended: it is left behind.
        stopping?.limit = loop.after(.milliseconds(300)) { [weak self] in self?.done() }
        if finished { return done() }
        thread.stop(politely: politely)
    }

    private func done() {
        for watch in watches { loop.cancel(watch) }
        watches = []
        loop.cancel(stopping?.limit)
        connection = nil
        outbox.connectionEnded()
        let whenDone = stopping?.whenDone
        stopping?.whenDone = { _ in }
        whenDone?(outbox.count)
    }

    // MARK: From the thread

    private func handle(_ event: MosquittoThread.Event) {
        switch event {
        case .connected(let number):
            connection = number
            subscribing = [:]
            for topic in topics { subscribe(topic, on: number) }
            handler(.connected)
            handOver()
        case .acknowledged(let number, let message, let reason):
            guard number == connection, let entry = outbox.acknowledged(message) else { return }
            if reason < 128 {
                handler(.published(entry.id))
            } else {
                tellNotPublished(entry, "the broker refuses it, reason \(reason)")
            }
            handOver()
            endIfAllIsSent()
        case .subscribed(let number, let subscription, let reason):
            guard number == connection,
                let topic = subscribing.removeValue(forKey: subscription), reason >= 128
            else { return }
            handler(.subscriptionRefused(topic: topic))
        case .ended(_, let error):
            connection = nil
            outbox.connectionEnded()
            handler(.disconnected(error))
            if stopping != nil { end(politely: false) }
        case .finished:
            finished = true
            if stopping?.isEnding == true { done() }
        }
    }

    private func handle(_ incoming: MosquittoThread.Incoming) {
        if let payload = incoming.payload {
            handler(.message(topic: incoming.topic, payload: payload))
        } else {
            handler(.oversized(topic: incoming.topic))
        }
    }

    private func subscribe(_ topic: String, on connection: Int) {
        if let number = thread.subscribe(topic, on: connection) { subscribing[number] = topic }
    }

    /// Hands messages to the connection, never more than it can hold.
    private func handOver() {
        guard let connection else { return }
        while let entry = outbox.next {
            switch thread.publish(entry.message, on: connection) {
            case .handedOver(let number): outbox.handedOver(as: number)
            case .notConnected: return
            case .impossible(let cause):
                outbox.discardNext()
                tellNotPublished(entry, cause)
            }
        }
    }

    private func tellNotPublished(_ entry: Outbox.Entry, _ cause: String) {
        handler(.notPublished(entry.id, topic: entry.message.topic, cause: cause))
    }
}
