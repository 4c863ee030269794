import Receivers

/// The connection to the broker: sends each message until the broker has acknowledged it, and
/// connects again for ever.
///
/// Messages are of two kinds. Those that are kept (`keep`: readings) wait in the outbox, over
/// outages and restarts, and go out in their order. Those of the moment (`publish`: status and the
/// like) go before them and end with the connection.
///
/// All of it lives on the event loop.
public final class MosquittoClient {
    public enum MessageID: Hashable, Sendable {
        case ofTheMoment(UInt64)
        case kept(Int64)
    }

    private let loop: EventLoop
    private let handler: (MQTTEvent) -> Void
    private lazy var connection = StandingConnection(settings, loop: loop) { [weak self] in
        self?.handle($0)
    }
    private let settings: BrokerSettings
    private let outbox: DurableOutbox
    private let rules: DeliveryRules?
    private var momentary = MomentaryMessages()
    /// Taken out of the outbox and not handed over yet, the next one last.
    private var ready: [OutgoingEntry] = []
    /// Handed over under a number of the connection's, not acknowledged yet.
    private var inFlight: [Int32: (id: MessageID, topic: String)] = [:]
    private var pace = Pace()
    private var paceTimer: EventLoop.Token?
    private var writeTimer: EventLoop.Token?
    public private(set) var isConnected = false
    private var topics: [String] = []
    private var subscribing: [Int32: String] = [:]
    private var stopping: Stopping?

    private struct Stopping {
        var whenDone: (_ unsent: Int) -> Void
        /// What goes out behind all others, until it is among them.
        var last: MQTTMessage?
        /// Whether kept messages still go out.
        var isDraining = true
        var drainingLimit: EventLoop.Token?
        var limit: EventLoop.Token?
        /// Whether the connection was told to end.
        var isEnding = false
    }

    /// So many are taken out of the outbox at once.
    private static let batch = 50

    /// - Parameters:
    ///   - outbox: where messages wait that are kept; nil: in memory.
    ///   - rules: with which QoS each message goes out, and whether it is retained; nil: as it says
    ///     itself, those that are kept with QoS 1.
    public init(
        settings: BrokerSettings, outbox: DurableOutbox? = nil, rules: DeliveryRules? = nil,
        loop: EventLoop, handler: @escaping (MQTTEvent) -> Void
    ) {
        self.loop = loop
        self.handler = handler
        self.rules = rules
        pace.perSecond = settings.messagesPerSecond
        self.outbox = outbox ?? DurableOutbox(path: nil) { _ in }
        self.settings = settings
    }

    public func start() { connection.start() }

    /// Whether kept messages wait although there is a connection: nobody would take them.
    public var holdsKept = false {
        didSet { if !holdsKept { handOver() } }
    }

    /// How many messages the broker has not acknowledged.
    public var unacknowledged: Int {
        outbox.count + momentary.waiting.count
            + inFlight.values.count { if case .ofTheMoment = $0.id { true } else { false } }
    }

    /// How many octets of messages wait in memory.
    public var octetsInMemory: Int { outbox.octetsInMemory + momentary.octets }

    /// How many messages were given up because too many waited.
    public var dropped: UInt64 {
        let kept = outbox.dropped
        return UInt64(clamping: kept.thinned + kept.expired + kept.full + kept.damaged)
            + momentary.dropped
    }

    /// Sends `message` on this connection; without one it waits for the next.
    @discardableResult
    public func publish(_ message: MQTTMessage) -> MessageID {
        let number = momentary.add(message)
        handOver()
        return .ofTheMoment(number)
    }

    /// Sends `message`, now or whenever there is a connection again, behind all that were kept
    /// before it.
    @discardableResult
    public func keep(_ message: OutgoingMessage) -> MessageID {
        let id = outbox.append(message, now: loop.now)
        handOver()
        writeInTime()
        return .kept(id)
    }

    /// Subscribes `topic`, on this and every later connection.
    public func subscribe(_ topic: String) {
        if !topics.contains(topic) { topics.append(topic) }
        if isConnected { subscribeNow(topic) }
    }

    /// Ends a subscription; some messages that were on their way may still come.
    public func unsubscribe(_ topic: String) {
        topics.removeAll { $0 == topic }
        if isConnected { connection.unsubscribe(topic) }
    }

    /// Sends what waits and `last`, takes leave and ends, or gives up after `limit`; then calls
    /// `whenDone` once with the number of messages that the broker did not acknowledge. Kept ones
    /// among them stay in the outbox.
    ///
    /// When the broker does not take `last` in time, the connection is cut without leave, so that
    /// the broker publishes the will.
    public func stop(
        lastly last: MQTTMessage? = nil, within limit: Duration = .milliseconds(1500),
        _ whenDone: @escaping (_ unsent: Int) -> Void
    ) {
        guard stopping == nil else { return }
        stopping = Stopping(whenDone: whenDone, last: last)
        stopping?.limit = loop.after(limit) { [weak self] in self?.end(politely: false) }
        guard isConnected else { return end(politely: false) }
        stopping?.drainingLimit = loop.after(limit / 2) { [weak self] in
            self?.stopping?.isDraining = false
            self?.handOver()
            self?.endIfAllIsSent()
        }
        handOver()
        endIfAllIsSent()
    }

    private func endIfAllIsSent() {
        guard let stopping, !stopping.isEnding, stopping.last == nil else { return }
        if momentary.waiting.isEmpty, inFlight.isEmpty { end(politely: true) }
    }

    private func end(politely: Bool) {
        guard stopping?.isEnding == false else { return }
        stopping?.isEnding = true
        loop.cancel(stopping?.limit)
        stopping?.limit = loop.after(.milliseconds(300)) { [weak self] in
            self?.connection.stop(politely: false)
        }
        connection.stop(politely: politely)
    }

    private func done() {
        for timer in [stopping?.limit, stopping?.drainingLimit, paceTimer, writeTimer] {
            loop.cancel(timer)
        }
        let unsent = unacknowledged + (stopping?.last == nil ? 0 : 1)
        connectionEnded()
        outbox.spill(now: loop.now)
        let whenDone = stopping?.whenDone
        stopping?.whenDone = { _ in }
        whenDone?(unsent)
    }

    // MARK: From the connection

    private func handle(_ event: StandingConnection.Event) {
        switch event {
        case .of(.connected):
            isConnected = true
            subscribing = [:]
            for topic in topics { subscribeNow(topic) }
            handler(.connected)
            handOver()
        case .of(.acknowledged(let number, let reason)):
            acknowledged(number, reason)
        case .of(.subscribed(let number, let reason)):
            guard let topic = subscribing.removeValue(forKey: number), reason >= 128 else { return }
            handler(.subscriptionRefused(topic: topic))
        case .of(.message(let topic, let payload?)):
            handler(.message(topic: topic, payload: payload))
        case .of(.message(let topic, nil)):
            handler(.oversized(topic: topic))
        case .ended(let error):
            if isConnected {
                connectionEnded()
                outbox.spill(now: loop.now)
                writeInTime()
            }
            handler(.disconnected(error))
            if stopping != nil { end(politely: false) }
        case .finished: done()
        }
    }

    private func acknowledged(_ number: Int32, _ reason: Int32) {
        guard let sent = inFlight.removeValue(forKey: number) else { return }
        if case .kept(let id) = sent.id { outbox.acknowledged(id, now: loop.now) }
        if reason < 128 {
            handler(.published(sent.id))
        } else {
            handler(
                .notPublished(
                    sent.id, topic: sent.topic, cause: MosquittoConnection.refusal(reason)))
        }
        handOver()
        endIfAllIsSent()
    }

    /// What was on its way is not known any more: kept messages are sent again.
    private func connectionEnded() {
        isConnected = false
        inFlight = [:]
        ready = []
        momentary.connectionEnded()
    }

    private func subscribeNow(_ topic: String) {
        if let number = connection.subscribe(topic) { subscribing[number] = topic }
    }

    // MARK: Handing over

    /// Hands messages to the connection: no more than may be on their way, and not too fast.
    private func handOver() {
        guard isConnected, stopping?.isEnding != true else { return }
        while inFlight.count < MosquittoConnection.inFlightLimit, let (id, message) = next() {
            guard pace.allows(at: loop.now) else { return handOverSoon() }
            switch connection.publish(delivered(message)) {
            case .handedOver(let number):
                removeNext(id)
                inFlight[number] = (id, message.topic)
            case .notConnected: return
            case .impossible(let cause):
                removeNext(id)
                if case .kept(let id) = id { outbox.acknowledged(id, now: loop.now) }
                handler(.notPublished(id, topic: message.topic, cause: cause))
            }
        }
    }

    private func delivered(_ message: MQTTMessage) -> MQTTMessage {
        guard let rules else { return message }
        var message = message
        (message.quality, message.retain) = rules.rule(
            for: message.topic, retain: message.retain, isEmpty: message.payload.isEmpty)
        return message
    }

    private func handOverSoon() {
        guard paceTimer == nil else { return }
        paceTimer = loop.after(.milliseconds(2)) { [weak self] in
            self?.paceTimer = nil
            self?.handOver()
        }
    }

    private func next() -> (MessageID, MQTTMessage)? {
        if let next = momentary.next { return (.ofTheMoment(next.number), next.message) }
        if stopping?.isDraining != false, !holdsKept {
            if ready.isEmpty {
                ready = outbox.nextBatch(limit: Self.batch, now: loop.now).reversed()
            }
            if let entry = ready.last {
                let message = entry.message
                return (
                    .kept(entry.id),
                    MQTTMessage(
                        topic: message.topic, payload: message.payload, retain: message.retain)
                )
            }
        }
        guard let last = stopping?.last else { return nil }
        stopping?.last = nil
        return (.ofTheMoment(momentary.add(last)), last)
    }

    private func removeNext(_ id: MessageID) {
        switch id {
        case .ofTheMoment: momentary.removeNext()
        case .kept: ready.removeLast()
        }
    }

    /// Sees to it that what waits for long is written.
    private func writeInTime() {
        guard writeTimer == nil, let due = outbox.nextWrite else { return }
        let wait = max(loop.now.duration(to: due), .milliseconds(100))
        writeTimer = loop.after(wait) { [weak self] in
            guard let self else { return }
            writeTimer = nil
            outbox.writeIfDue(now: loop.now)
            writeInTime()
        }
    }
}
