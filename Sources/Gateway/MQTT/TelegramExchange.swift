import Decoder
import Logging
import Receivers
import Wire

/// Telegrams that come and go over MQTT: those of other programs and of a fleet's gateways come in,
/// those of the own receivers go out (sections `inputs`, `forward` and `fleet`).
final class TelegramExchange {
    struct Reactions {
        /// Takes a telegram as a receiver's.
        var take: (TelegramInputs.Telegram) -> Void
        /// Counts a message without one.
        var refuse: (TelegramMessageError) -> Void
        /// Publishes a reading that was held back.
        var publish: (Heard) -> Void
        /// The readings of these shards are this decoder's to publish, from now on.
        var publishes: (_ shards: Set<Int>) -> Void
    }

    private let broker: BrokerLink
    private let loop: EventLoop
    private let log: Logger
    private let reactions: Reactions
    private let ownInput: String
    private let filters: [String]
    private var inputs: TelegramInputs
    private var refused: Set<String> = []
    private var forwards: [FrameForward] = []
    private let role: FleetSettings.Role?
    private var fleet: FleetDecoder?
    private var published: Set<Int> = []
    private var fleetTimer: EventLoop.Token?
    private var notices = FleetNotices()
    private var noticeTimer: EventLoop.Token?
    private var service: FleetService
    private var gateway: FleetGateway?
    private var isDecoderMissed = false

    init(
        _ configuration: Configuration, topics: Topics, broker: BrokerLink, loop: EventLoop,
        log: Logger, reactions: Reactions
    ) {
        self.broker = broker
        self.loop = loop
        self.log = log
        self.reactions = reactions
        let name = configuration.mqtt.broker.clientID
        ownInput = topics.input
        service = FleetService(topic: topics.service)
        filters = configuration.inputs
        inputs = TelegramInputs(ownName: name)
        role = configuration.fleet?.role
        if let forward = configuration.forward {
            forwards.append(FrameForward(forward, gateway: name, meters: configuration.meters))
        }
        if let settings = configuration.fleet {
            var forward = ForwardSettings(topic: settings.topic)
            forward.foreignMeters = settings.foreignMeters
            forwards.append(
                FrameForward(
                    forward, gateway: name, meters: configuration.meters, isForFleet: true))
            if settings.role == .decoder {
                fleet = FleetDecoder(
                    topics: FleetTopics(base: settings.topic), name: Topics.segment(name))
            }
        }
    }

    /// Whether each transmission must be known by its octets, as others may have heard it.
    var isDecoderOfFleet: Bool { fleet != nil }

    /// Subscribes what telegrams come on.
    func start(fleet settings: FleetSettings?) {
        for filter in [ownInput] + filters { subscribe(filter) }
        // Nothing goes out before somebody takes it.
        broker.holdsKept = role != nil
        guard let settings, role == .gateway else { return }
        let topics = FleetTopics(base: settings.topic)
        gateway = FleetGateway(topics: topics)
        subscribeDecoders(topics.everyDecoder)
    }

    func connected() {
        guard fleet != nil else { return }
        broker.subscribe(service.topic) { [weak self] _, payload in
            guard let self, fleet?.isIn == true, let answer = service.answer(to: payload) else {
                return
            }
            broker.publish(answer)
        }
        change { $0.connected() }
    }

    /// To be called before the connection is given up.
    func leave() {
        guard let fleet, fleet.isIn, fleet.present.count == 1 else { return }
        broker.unsubscribe(service.topic)
        broker.publish(service.message(online: false))
    }

    func disconnected() {
        loop.cancel(fleetTimer)
        change { $0.disconnected() }
        service.disconnected()
        if let topics = gateway?.topics { broker.unsubscribe(topics.everyNotice) }
        gateway?.disconnected()
        broker.holdsKept = role != nil
    }

    // MARK: In

    private func subscribe(_ filter: String) {
        let known = TopicFilter(filter)
        broker.subscribe(filter) { [weak self] topic, payload in
            self?.take(payload, on: topic, by: known)
        }
    }

    private func take(_ payload: [UInt8], on topic: String, by filter: TopicFilter) {
        do {
            reactions.take(try inputs.read(payload, on: topic, by: filter, at: .now))
        } catch {
            reactions.refuse(error)
            // Each kind once; all are counted.
            if refused.insert(error.code).inserted {
                log.warning("\(error)", metadata: ["topic": "\(topic)"])
            }
        }
    }

    // MARK: Out

    /// Hands on what a receiver heard, as far as that is wanted.
    ///
    /// - Returns: whether the fleet has it, so that it is not to be read here.
    func handOn(_ frame: RadioFrame, from receiver: String) -> Bool {
        for forward in forwards {
            do {
                if let message = try forward.message(for: frame, from: receiver, at: .now) {
                    broker.keep(message)
                    if forward.isForFleet, gateway != nil {
                        gateway?.sent(message, try LinkLayerFrame(parsing: frame), at: loop.now)
                    }
                }
            } catch {
                // The pipeline counts damaged ones.
                return false
            }
        }
        return role != nil
    }

    private func subscribeDecoders(_ filter: String) {
        broker.subscribe(filter) { [weak self] topic, payload in
            guard let self, var gateway else { return }
            let actions = gateway.received(payload, on: topic, at: loop.now)
            self.gateway = gateway
            decodersChanged()
            for action in actions {
                switch action {
                case .subscribe(let filter): subscribeDecoders(filter)
                case .unsubscribe(let filter): broker.unsubscribe(filter)
                case .keep(let messages): for message in messages { broker.keep(message) }
                }
            }
        }
    }

    /// Telegrams wait while nobody would read them.
    private func decodersChanged() {
        let isMissed = gateway?.isDecoderThere == false
        broker.holdsKept = isMissed
        if let message = service.decoders(areThere: !isMissed) { broker.publish(message) }
        guard isMissed != isDecoderMissed else { return }
        isDecoderMissed = isMissed
        if isMissed {
            log.warning(
                """
                No decoder of the fleet is there: telegrams wait here. Start one with the same \
                `topic` under `fleet`.
                """)
        } else {
            log.info("A decoder of the fleet is there again.")
        }
    }

    // MARK: The fleet's readings

    /// Whether a reading is to be published now; else it is held back for the decoder that does.
    func publishes(_ heard: Heard) -> Bool {
        fleet?.takes(heard, at: loop.now) ?? true
    }

    /// To be called behind each reading that was published: the one that stands by is told.
    func published(_ heard: Heard) {
        guard fleet != nil else { return }
        notices.add(heard)
        // They wait for others only where the broker is behind anyway.
        let isBehind = broker.waiting > MosquittoConnection.inFlightLimit
        if notices.isFull || !isBehind { return sendNotices() }
        guard noticeTimer == nil else { return }
        noticeTimer = loop.after(FleetNotices.wait) { [weak self] in self?.sendNotices() }
    }

    /// Sends the notices that wait for others.
    func sendNotices() {
        loop.cancel(noticeTimer)
        noticeTimer = nil
        guard let topics = fleet?.topics else { return }
        for message in notices.take(on: topics) { broker.keep(message) }
    }

    /// Lets something happen to this decoder of a fleet, and does what follows.
    private func change(_ event: (inout FleetDecoder) -> [FleetDecoder.Action]) {
        guard var fleet else { return }
        let before = fleet.present
        let wasIn = fleet.isIn
        let actions = event(&fleet)
        self.fleet = fleet
        // First, so that what is published now is this decoder's.
        if fleet.published != published {
            published = fleet.published
            reactions.publishes(published)
        }
        perform(actions)
        if fleet.isIn, !wasIn {
            broker.publish(service.message(online: true))
            broker.holdsKept = false
        }
        if fleet.isIn, fleet.present != before {
            log.info("Decoders in the fleet: \(fleet.present.sorted().joined(separator: ", ")).")
        }
    }

    private func perform(_ actions: [FleetDecoder.Action]) {
        for action in actions {
            switch action {
            case .subscribe(let filter): subscribeFleet(filter)
            case .unsubscribe(let filter): broker.unsubscribe(filter)
            case .publish(let message): broker.publish(message)
            case .release(let readings): for heard in readings { reactions.publish(heard) }
            }
        }
        loop.cancel(fleetTimer)
        guard let due = fleet?.nextWake else { return }
        fleetTimer = loop.after(max(loop.now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            let now = loop.now
            change { $0.wake(at: now) }
        }
    }

    private func subscribeFleet(_ filter: String) {
        guard !filter.hasSuffix("/+") else { return subscribe(filter) }
        broker.subscribe(filter) { [weak self] topic, payload in
            guard let self else { return }
            let now = loop.now
            // Of these come thousands in a second, and nothing follows.
            if fleet?.notes(payload, on: topic, at: now) == true { return }
            change { $0.received(payload, on: topic, at: now) }
        }
    }
}
