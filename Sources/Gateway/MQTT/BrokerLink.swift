import Logging
import Receivers

/// The gateway's tie to its broker: what comes goes to whoever subscribed it, what goes out is sent
/// now or kept, and what a home owner should know of the connection is said.
final class BrokerLink {
    typealias Handler = (_ topic: String, _ payload: [UInt8]) -> Void

    /// What the owner does when there is a connection, when it ends, and when the broker has taken
    /// a message.
    struct Reactions {
        var connected: () -> Void
        var disconnected: () -> Void
        var progressed: () -> Void
    }

    private let loop: EventLoop
    private let log: Logger
    private let settings: BrokerSettings
    private let outbox: DurableOutbox
    private let rules: DeliveryRules?
    private let reactions: Reactions
    private lazy var client = MosquittoClient(
        settings: settings, outbox: outbox, rules: rules, loop: loop
    ) { [weak self] event in self?.handle(event) }
    private var announcements: BrokerAnnouncements
    private var routes: [(filter: TopicFilter, handler: Handler)] = []
    private var stableTimer: EventLoop.Token?
    private var isStopping = false

    /// - Parameter outbox: where messages wait that are kept.
    init(
        settings: BrokerSettings, outbox: DurableOutbox, rules: DeliveryRules? = nil,
        loop: EventLoop, log: Logger, reactions: Reactions
    ) {
        self.settings = settings
        self.outbox = outbox
        self.rules = rules
        self.loop = loop
        self.log = log
        self.reactions = reactions
        announcements = BrokerAnnouncements(address: settings.address)
    }

    func start() { client.start() }

    var isConnected: Bool { client.isConnected }
    /// Whether kept messages wait although there is a connection.
    var holdsKept: Bool {
        get { client.holdsKept }
        set { client.holdsKept = newValue }
    }
    /// How many messages were given up, because too many waited or the broker does not take them.
    var dropped: UInt64 { client.dropped &+ refused }
    private var refused: UInt64 = 0
    /// How many messages the broker has taken.
    private(set) var published: UInt64 = 0
    /// How many it has still to take.
    var waiting: Int { client.unacknowledged }
    /// How many octets of messages wait in memory.
    var octetsInMemory: Int { client.octetsInMemory }

    /// Sends each message on topics that `filter` matches to `handler`, on this and every later
    /// connection.
    func subscribe(_ filter: String, _ handler: @escaping Handler) {
        let known = TopicFilter(filter)
        routes.removeAll { $0.filter == known }
        routes.append((known, handler))
        client.subscribe(filter)
    }

    func unsubscribe(_ filter: String) {
        routes.removeAll { $0.filter.description == filter }
        client.unsubscribe(filter)
    }

    /// Sends a message of the moment; it ends with the connection.
    func publish(_ message: MQTTMessage) {
        guard !isStopping else { return }
        client.publish(message)
        log.say(announcements.dropped(client.dropped))
    }

    /// Sends a message that waits for the broker if it must, over restarts too.
    func keep(_ message: OutgoingMessage) {
        client.keep(message)
        log.say(announcements.dropped(client.dropped))
    }

    /// Sends what waits and `last`, and ends; `whenDone` gets the number of messages not sent.
    func stop(lastly last: MQTTMessage? = nil, _ whenDone: @escaping (_ unsent: Int) -> Void) {
        isStopping = true
        loop.cancel(stableTimer)
        client.stop(lastly: last, whenDone)
    }

    private func handle(_ event: MQTTEvent) {
        switch event {
        case .connected:
            log.say(announcements.connected())
            stableTimer = loop.after(.seconds(60)) { [weak self] in self?.announcements.isStable() }
            reactions.connected()
        case .disconnected(let error):
            loop.cancel(stableTimer)
            reactions.disconnected()
            if !isStopping { log.say(announcements.disconnected(error)) }
        case .message(let topic, let payload):
            guard !isStopping else { return }
            for (filter, handler) in routes where filter.matches(topic) { handler(topic, payload) }
        case .oversized(let topic):
            log.warning(
                "A message was too large and was passed over.", metadata: ["topic": "\(topic)"])
        case .published:
            published += 1
            reactions.progressed()
        case .notPublished(_, let topic, let cause):
            refused += 1
            log.say(
                announcements.refused(topic, "A message could not be published", because: cause))
        case .subscriptionRefused(let topic):
            log.say(
                announcements.refused(
                    topic, "Messages do not come",
                    because: "the broker does not let us subscribe. Allow it in the broker's access"
                        + " list"))
        }
    }
}
