import Decoder
import Logging
import Receivers
import Wire

/// The gateway running: receivers, pipeline and broker on one event loop.
///
/// It decides nothing of its own: events come in, the pure parts say what they mean, and here they
/// are sent and logged.
public final class Gateway {
    /// What telegrams that came over MQTT have as their receiver's name.
    static let inputName = "oms_input"

    public let loop: EventLoop
    private let configuration: Configuration
    private let topics: Topics
    private let log: Logger
    private let started: EventLoop.Instant
    private let readingJSON: ReadingJSON

    private var pipeline: Pipeline
    private var announcements = Announcements()
    private var brokerAnnouncements: BrokerAnnouncements
    private var client: MosquittoClient?
    private var receivers: [any TelegramReceiver] = []
    private var inputErrors: Set<String> = []
    private var toldTypeDiffers: Set<String> = []
    private var homeAssistant: HomeAssistantPublisher
    private var homeAssistantTimer: EventLoop.Token?
    /// By meter's name.
    private var intervals: [String: IntervalLearner] = [:]
    /// Whether each receiver listens.
    private var listening: [String: Bool] = [:]
    private var lastTelegram: WallTime?
    private var healthTimer: EventLoop.Token?
    private var uptimeTimer: EventLoop.Token?
    private var stableTimer: EventLoop.Token?
    private var isStopping = false
    private var json = JSONWriter()

    /// - Parameter homeAssistantMemory: what `homeAssistantMemory` was when the program ended.
    /// - Throws: `TopicError` if the base topic cannot be one.
    public init(
        _ configuration: Configuration, homeAssistantMemory: [UInt8] = [], log: Logger,
        loop: EventLoop = EventLoop()
    ) throws(TopicError) {
        self.configuration = configuration
        self.log = log
        self.loop = loop
        topics = try Topics(base: configuration.mqtt.baseTopic)
        started = loop.now
        readingJSON = ReadingJSON(units: configuration.mqtt.units)
        let (definitions, faults) = MeterDefinitionFolder(MeterDefinitionFolder.usual).load()
        for (path, fault) in faults { log.warning("\(path):\(fault)") }
        pipeline = Pipeline(
            meters: configuration.meters, catalogue: MeterCatalogue(users: definitions))
        brokerAnnouncements = BrokerAnnouncements(address: configuration.mqtt.broker.address)
        for receiver in configuration.receivers { listening[receiver.name] = false }
        homeAssistant = HomeAssistantPublisher(
            .init(
                isEnabled: configuration.mqtt.homeAssistant, form: configuration.mqtt.discovery,
                units: configuration.mqtt.units, topics: topics, meters: configuration.meters,
                receivers: configuration.receivers.map(\.name)), memory: homeAssistantMemory)
    }

    public var counters: Counters { pipeline.counters }

    /// What Home Assistant was told of the meters: to be given back after a restart.
    public var homeAssistantMemory: [UInt8] { homeAssistant.memory }

    /// Runs until SIGTERM or SIGINT. To be called before any thread is started.
    public func run() {
        let signals = StopSignals(loop: loop) { [weak self] signal in
            switch signal {
            case .stop: self?.stop { self?.loop.stop() }
            case .reload: self?.log.info("SIGHUP does nothing yet: restart to read the settings.")
            }
        }
        start()
        withExtendedLifetime(signals) { loop.run() }
    }

    public func start() {
        log.info("oms2mqtt starts.", metadata: ["meters": "\(configuration.meters.count)"])
        startClient()
        tellHealth()
        let usb = openUSB()
        for settings in configuration.receivers { startReceiver(settings, usb) }
    }

    /// Closes the receivers, publishes what waits and `offline`, and then calls `whenDone`; within
    /// two seconds, whatever the broker does.
    public func stop(_ whenDone: @escaping () -> Void) {
        guard !isStopping else { return }
        isStopping = true
        for receiver in receivers { receiver.stop() }
        loop.cancel(uptimeTimer)
        loop.cancel(stableTimer)
        loop.cancel(homeAssistantTimer)
        loop.cancel(healthTimer)
        let log = log
        let finish = { (unsent: Int) in
            if unsent > 0 {
                log.warning(
                    "Stopped before the broker had everything.",
                    metadata: ["unsent": "\(unsent)"])
            }
            log.info("oms2mqtt stopped.")
            whenDone()
        }
        guard let client else { return finish(0) }
        client.stop(lastly: .status(online: false, topics), finish)
    }

    private func say(_ announcement: Announcement?) {
        guard let announcement else { return }
        log.log(level: announcement.level, "\(announcement.text)")
    }
}

// Frames
extension Gateway {
    /// Not before signals are blocked: libusb has a thread of its own.
    private func openUSB() -> USBDevices? {
        guard configuration.receivers.contains(where: { $0.input == nil }) else { return nil }
        do { return try USBDevices(loop: loop) } catch {
            log.info("\(error)")
            return nil
        }
    }

    private func startReceiver(_ settings: ReceiverSettings, _ usb: USBDevices?) {
        var announcements = ReceiverAnnouncements(name: settings.name)
        let receiver = settings.makeReceiver(on: loop, usb: usb) { [weak self] event in
            guard let self else { return }
            say(announcements.line(for: event))
            switch event {
            case .frame(let frame): handle(frame, from: settings.name)
            case .listening: noteReceiver(settings.name, isListening: true)
            case .lost, .failed, .finished: noteReceiver(settings.name, isListening: false)
            case .waiting, .skipped, .notice, .recovering, .recovered, .notReset: break
            }
        }
        receivers.append(receiver)
        receiver.start()
    }

    private func handle(_ frame: RadioFrame, from receiver: String) {
        let now = WallTime.now
        let signalStrength = frame.signalStrength
        let outcome = pipeline.process(frame, from: receiver, at: now)
        lastTelegram = now
        for line in announcements.lines(for: outcome, at: now) { say(line) }
        log.debug(
            "A frame was heard.",
            metadata: ["receiver": "\(receiver)", "outcome": "\(outcome.code)"])
        guard case .reading(let meter, let reading) = outcome else { return }
        tellTypeDiffers(meter, reading)
        let reception = Reception(time: now, receiver: receiver, signalStrength: signalStrength)
        json.removeAll()
        readingJSON.append(reading, reception: reception, to: &json)
        intervals[meter.name, default: IntervalLearner()].heard(at: loop.now)
        let interval = intervals[meter.name]
        perform(
            homeAssistant.heard(
                reading, of: meter.name, json: json.bytes,
                hasSignalStrength: signalStrength != nil,
                expireAfter: interval?.interval == nil ? nil : interval?.expireAfter))
        publish(.reading(of: meter.name, json: json.bytes, topics))
        publish(.raw(of: meter.name, json: json.bytes, heardAt: now, topics))
    }

    private func tellTypeDiffers(_ meter: MeterSettings, _ reading: Reading) {
        guard pipeline.typeDiffersIn.contains(meter.name),
            toldTypeDiffers.insert(meter.name).inserted
        else { return }
        log.warning(
            """
            Meter '\(meter.name)': its id begins with another device type than the meter has \
            (\(reading.telegram.meter)). Correct `id` under `oms` if it is the wrong meter.
            """)
    }
}

// The broker
extension Gateway {
    private func startClient() {
        var settings = configuration.mqtt.broker
        settings.will = .status(online: false, topics)
        let client = MosquittoClient(settings: settings, loop: loop) { [weak self] event in
            self?.handle(event)
        }
        client.subscribe(topics.input)
        if configuration.mqtt.allowsRestart { client.subscribe(topics.command) }
        self.client = client
        client.start()
    }

    private func handle(_ event: MQTTEvent) {
        switch event {
        case .connected:
            say(brokerAnnouncements.connected())
            // First, so that no meter that is gone looks present once the gateway does.
            perform(homeAssistant.connected())
            publish(.status(online: true, topics))
            publish(.count(ofMeters: configuration.meters.count, topics))
            publishUptime()
            stableTimer = loop.after(.seconds(60)) { [weak self] in
                self?.brokerAnnouncements.isStable()
            }
        case .disconnected(let error):
            loop.cancel(stableTimer)
            perform(homeAssistant.disconnected())
            if !isStopping { say(brokerAnnouncements.disconnected(error)) }
        case .message(let topic, let payload): handle(payload, on: topic)
        case .oversized(let topic):
            log.warning(
                "A message was too large and was passed over.", metadata: ["topic": "\(topic)"])
        case .published: break
        case .notPublished(_, let topic, let cause):
            log.warning(
                "A message could not be published: \(cause).", metadata: ["topic": "\(topic)"])
        case .subscriptionRefused(let topic):
            log.warning(
                "The broker does not let us subscribe. Allow it in the broker's access list.",
                metadata: ["topic": "\(topic)"])
        }
    }

    private func handle(_ payload: [UInt8], on topic: String) {
        guard !isStopping else { return }
        if topic == topics.input {
            do { handle(try TelegramInput.frame(payload), from: Self.inputName) } catch {
                pipeline.count(error)
                // Each kind once; all are counted.
                if inputErrors.insert(error.code).inserted {
                    log.warning("\(error)", metadata: ["topic": "\(topic)"])
                }
            }
        } else if topic == topics.command, configuration.mqtt.allowsRestart,
            payload == Array("restart".utf8)
        {
            log.info("Stopping, as the command asks; the service manager starts it again.")
            stop { [loop] in loop.stop() }
        } else {
            perform(homeAssistant.received(payload, on: topic))
        }
    }

    private func publish(_ message: MQTTMessage) {
        guard let client, !isStopping else { return }
        client.publish(message)
        say(brokerAnnouncements.dropped(client.dropped))
    }

    /// Now and every 10 s while there is a connection: it is of no use later.
    private func publishUptime() {
        loop.cancel(uptimeTimer)
        guard client?.isConnected == true, !isStopping else { return }
        publish(.uptime(seconds: started.duration(to: loop.now).components.seconds, topics))
        uptimeTimer = loop.after(.seconds(10)) { [weak self] in self?.publishUptime() }
    }
}

// Home Assistant
extension Gateway {
    private func perform(_ actions: [HomeAssistantPublisher.Action]) {
        for action in actions {
            switch action {
            case .publish(let message): publish(message)
            case .subscribe(let topic): client?.subscribe(topic)
            case .unsubscribe(let topic): client?.unsubscribe(topic)
            case .remember: break
            }
        }
        loop.cancel(homeAssistantTimer)
        guard !isStopping, let due = homeAssistant.nextWake else { return }
        homeAssistantTimer = loop.after(max(loop.now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            perform(homeAssistant.wake())
        }
    }

    private func noteReceiver(_ name: String, isListening: Bool) {
        listening[name] = isListening
        // What was silence of the receiver is none of a meter's.
        if !isListening { for meter in intervals.keys { intervals[meter]?.interrupted() } }
        tellHealth()
    }

    /// Now and every minute.
    private func tellHealth() {
        loop.cancel(healthTimer)
        guard !isStopping else { return }
        perform(
            homeAssistant.health(
                GatewayHealth(
                    pipeline.counters, receivers: listening, dropped: client?.dropped ?? 0,
                    lastTelegram: lastTelegram)))
        healthTimer = loop.after(.seconds(60)) { [weak self] in self?.tellHealth() }
    }
}
