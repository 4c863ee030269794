import Receivers

/// A connection to the broker that is made anew, for ever, whenever it ends.
///
/// Each connection is a fresh one of the library's. So nothing waits inside the library from one to
/// the next; what must not be lost is the owner's to send again.
final class StandingConnection {
    enum Event {
        /// Of the connection that is up.
        case of(MosquittoConnection.Event)
        /// There is no connection (any more); the next try follows by itself.
        case ended(BrokerError)
        /// Behind `stop`: nothing comes any more.
        case finished
    }

    private let settings: BrokerSettings
    private let loop: EventLoop
    private let handler: (Event) -> Void
    private var reconnection: Reconnection
    private var speaksVersionFive: Bool
    private var attempt: ConnectionAttempt?
    private var connection: MosquittoConnection?
    /// Of the attempt's outcome or the connection's socket.
    private var watch: EventLoop.Token?
    private var isWatchingOutput = false
    /// For the next try, or for the broker's answer to this one.
    private var timer: EventLoop.Token?
    private var keepAliveTimer: EventLoop.Token?
    private var deliveryTimer: EventLoop.Token?
    private var readingTimer: EventLoop.Token?
    private var isStopping = false

    /// How long a broker may take to accept us.
    private static let answerTime = Duration.seconds(20)

    init(_ settings: BrokerSettings, loop: EventLoop, handler: @escaping (Event) -> Void) {
        self.settings = settings
        self.loop = loop
        self.handler = handler
        reconnection = Reconnection(delays: settings.reconnectDelay)
        speaksVersionFive = settings.version != .three
    }

    deinit { cancelAll() }

    func start() {
        let attempt = ConnectionAttempt(settings, versionFive: speaksVersionFive)
        self.attempt = attempt
        watch = loop.watch(attempt.outcome) { [weak self] in self?.attempted($0) }
        attempt.start()
    }

    private func attempted(_ outcome: ConnectionAttempt.Outcome) {
        cancelAll()
        switch outcome {
        case .failed(let error): ended(nil, error)
        case .reached(let connection):
            self.connection = connection
            watch = loop.watch(connection.socket, for: [.input, .output]) { [weak self] in
                self?.proceed(connection, $0)
            }
            isWatchingOutput = true
            timer = loop.after(Self.answerTime) { [weak self] in
                guard let self else { return }
                ended(connection, .noAnswer(address: settings.address))
            }
            keepAlive(connection)
        }
    }

    /// The socket is ready.
    private func proceed(_ connection: MosquittoConnection, _ readiness: EventLoop.Readiness) {
        // What is sent meanwhile, be it acknowledgements or what waited for some, leaves together.
        connection.gathers = true
        defer { connection.gathers = false }
        var isGood = true
        if !readiness.isDisjoint(with: [.input, .hangUp]) { isGood = connection.read() }
        if isGood, readiness.contains(.output) { isGood = connection.write() }
        deliver(from: connection)
        guard self.connection === connection else { return }
        guard isGood else { return ended(connection, connection.endError) }
        watchOutput(of: connection)
        guard connection.hasDecrypted else { return }
        loop.cancel(readingTimer)
        readingTimer = loop.after(.zero) { [weak self] in self?.proceed(connection, .input) }
    }

    private func deliver(from connection: MosquittoConnection) {
        for event in connection.takeEvents() where self.connection === connection {
            if event == .connected { loop.cancel(timer) }
            handler(.of(event))
        }
    }

    private func watchOutput(of connection: MosquittoConnection) {
        let wanted = connection.wantsToWrite
        guard let watch, wanted != isWatchingOutput else { return }
        isWatchingOutput = wanted
        loop.change(watch, to: wanted ? [.input, .output] : .input)
    }

    private func keepAlive(_ connection: MosquittoConnection) {
        let wait = max(loop.now.duration(to: connection.keepAliveDue), .seconds(1))
        keepAliveTimer = loop.after(wait) { [weak self] in
            guard let self, self.connection === connection else { return }
            if connection.keepAliveDue <= loop.now, !connection.keepAlive() {
                return ended(connection, connection.endError)
            }
            watchOutput(of: connection)
            keepAlive(connection)
        }
    }

    private func ended(_ connection: MosquittoConnection?, _ error: BrokerError) {
        cancelAll()
        if isStopping { return handler(.finished) }
        if let connection, connection.isProtocolRefused, speaksVersionFive,
            settings.version == .newest
        {
            // Brokers before MQTT 5 refuse it; they get what they know, at once.
            speaksVersionFive = false
            return start()
        }
        let wait = reconnection.wait(
            afterLasting: connection?.began.map { $0.duration(to: .now) },
            explained: connection?.isEndExplained ?? false, jitter: Double.random(in: 0...1))
        timer = loop.after(wait) { [weak self] in self?.start() }
        let isGuessed = reconnection.looksLikeTakeover && connection?.isTakenOver != true
        handler(
            .ended(isGuessed ? .takenOver(clientID: settings.clientID, certain: false) : error))
    }

    private func cancelAll() {
        for token in [watch, timer, keepAliveTimer, deliveryTimer, readingTimer] {
            loop.cancel(token)
        }
        watch = nil
        deliveryTimer = nil
        attempt = nil
        connection = nil
    }

    // MARK: What goes out

    func publish(_ message: MQTTMessage) -> MosquittoConnection.PublishResult {
        guard let connection else { return .notConnected }
        defer { watchOutput(of: connection) }
        let result = connection.publish(message)
        // QoS 0 is done with at once.
        if connection.hasEvents, deliveryTimer == nil {
            deliveryTimer = loop.after(.zero) { [weak self] in
                self?.deliveryTimer = nil
                self?.deliver(from: connection)
            }
        }
        return result
    }

    func subscribe(_ topic: String) -> Int32? {
        guard let connection else { return nil }
        defer { watchOutput(of: connection) }
        return connection.subscribe(topic)
    }

    func unsubscribe(_ topic: String) {
        guard let connection else { return }
        connection.unsubscribe(topic)
        watchOutput(of: connection)
    }

    /// Ends the connection, and makes no other; `finished` follows.
    ///
    /// - Parameter politely: take leave, so that the broker does not publish the will; else the
    ///   connection is cut.
    func stop(politely: Bool) {
        isStopping = true
        if politely, let connection {
            connection.disconnect()
            // Until the socket has taken it.
            if connection.socket >= 0, connection.wantsToWrite {
                return watchOutput(of: connection)
            }
        }
        cancelAll()
        handler(.finished)
    }
}
