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

    private let storage: Storage
    private var pipeline: Pipeline
    private var releaseTimer: EventLoop.Token?
    private var pressure = BackPressure()
    private var pressureTimer: EventLoop.Token?
    private var announcements = Announcements()
    private var brokerAnnouncements: BrokerAnnouncements
    private var client: MosquittoClient?
    private var receivers: [any TelegramReceiver] = []
    private var serviceManager: ServiceManager?
    private var inputErrors: Set<String> = []
    private var toldTypeDiffers: Set<String> = []
    private var homeAssistant: HomeAssistantPublisher
    private var homeAssistantTimer: EventLoop.Token?
    /// Whether each receiver listens.
    private var listening: [String: Bool] = [:]
    private var lastTelegram: WallTime?
    private var healthTimer: EventLoop.Token?
    private var uptimeTimer: EventLoop.Token?
    private var stableTimer: EventLoop.Token?
    private var isStopping = false
    private var json = JSONWriter()

    /// - Parameter directory: where what outlasts a restart is kept; nil: nothing is.
    /// - Throws: `TopicError` if the base topic cannot be one.
    public init(
        _ configuration: Configuration, directory: String? = nil, log: Logger,
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
        pipeline.repeating = Set(
            configuration.receivers.filter { $0.input != nil }.map(\.name))
        brokerAnnouncements = BrokerAnnouncements(address: configuration.mqtt.broker.address)
        storage = Storage(
            directory: directory, limits: configuration.storage.outboxLimits, loop: loop
        ) { log.log(level: $0.level, "\($0)") }
        let learned = storage.load()
        for receiver in configuration.receivers { listening[receiver.name] = false }
        homeAssistant = HomeAssistantPublisher(
            .init(
                isEnabled: configuration.mqtt.homeAssistant, form: configuration.mqtt.discovery,
                units: configuration.mqtt.units, topics: topics, meters: configuration.meters,
                receivers: configuration.receivers.map(\.name)),
            memory: learned[Self.homeAssistantSection] ?? [])
        for section in pipeline.restore(learned) {
            log.warning(
                "What was learned before (\(section)) cannot be read: it is learned anew.")
        }
    }

    public var counters: Counters { pipeline.counters }

    /// Runs until SIGTERM or SIGINT. To be called before any thread is started.
    public func run() {
        let signals = StopSignals(loop: loop) { [weak self] signal in
            switch signal {
            case .stop: self?.stop { self?.loop.stop() }
            case .reload: self?.reload()
            }
        }
        serviceManager = ServiceManager(loop: loop) { [weak self] in
            self?.serviceStatus.description ?? ""
        }
        start()
        serviceManager?.isReady()
        withExtendedLifetime(signals) { loop.run() }
    }

    public func start() {
        log.info("oms2mqtt starts.", metadata: ["meters": "\(configuration.meters.count)"])
        startClient()
        tellHealth()
        let usb = openUSB()
        for settings in configuration.receivers { startReceiver(settings, usb) }
    }

    private var serviceStatus: ServiceStatus {
        ServiceStatus(
            receivers: listening.count, listening: listening.values.count { $0 },
            meters: configuration.meters.count,
            secondsSinceTelegram: lastTelegram.map { WallTime.now.seconds &- $0.seconds })
    }

    private func reload() {
        serviceManager?.isReloading()
        log.info("SIGHUP does nothing yet: restart to read the settings.")
        serviceManager?.isReady()
    }

    /// Closes the receivers, publishes what waits and `offline`, and then calls `whenDone`; within
    /// two seconds, whatever the broker does.
    public func stop(_ whenDone: @escaping () -> Void) {
        guard !isStopping else { return }
        isStopping = true
        serviceManager?.isStopping()
        for receiver in receivers { receiver.stop() }
        loop.cancel(uptimeTimer)
        loop.cancel(stableTimer)
        loop.cancel(homeAssistantTimer)
        loop.cancel(healthTimer)
        loop.cancel(pressureTimer)
        releaseAll()
        storage.stop { learned }
        let log = log
        let finish = { [isKept = storage.outbox.path != nil] (unsent: Int) in
            if unsent > 0 {
                let kept = isKept ? " Readings are kept until the next start." : ""
                log.warning(
                    "Stopped before the broker had everything.\(kept)",
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
        for heard in pipeline.receive(frame, from: receiver, at: .now, instant: loop.now) {
            handle(heard)
        }
        releaseInTime()
    }

    /// Deals with transmissions whose copies need not be waited for any longer.
    private func release() {
        for heard in pipeline.release(at: .now, instant: loop.now) { handle(heard) }
        releaseInTime()
    }

    private func releaseAll() {
        pipeline.listening = []
        for heard in pipeline.release(at: .now, instant: loop.now) { handle(heard) }
        loop.cancel(releaseTimer)
    }

    private func releaseInTime() {
        guard releaseTimer == nil, let due = pipeline.nextRelease else { return }
        releaseTimer = loop.after(max(loop.now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            releaseTimer = nil
            release()
        }
    }

    private func handle(_ heard: Heard) {
        lastTelegram = heard.time
        for line in announcements.lines(for: heard.outcome, at: heard.time) { say(line) }
        log.debug(
            "A frame was heard.",
            metadata: [
                "receiver": "\(heard.receptions.first?.receiver ?? "")",
                "outcome": "\(heard.outcome.code)",
            ])
        guard let meter = heard.outcome.meter else { return }
        for notice in heard.notices { log.warning("Meter '\(meter.name)': \(notice)") }
        learnedSomething()
        if case .reading(_, let reading) = heard.outcome { publish(reading, of: meter, heard) }
    }

    private func publish(_ reading: Reading, of meter: MeterSettings, _ heard: Heard) {
        tellTypeDiffers(meter, reading)
        json.removeAll()
        let reception = Reception(heard)
        readingJSON.append(reading, reception: reception, to: &json)
        let interval = pipeline.memory[reading.telegram.meter]?.interval
        perform(
            homeAssistant.heard(
                reading, of: meter.name, json: json.bytes,
                hasSignalStrength: reception.signalStrength != nil,
                expireAfter: interval?.interval == nil ? nil : interval?.expireAfter))
        keep(.reading(of: meter.name, json: json.bytes, heardAt: heard.time, topics))
        keep(.raw(of: meter.name, json: json.bytes, heardAt: heard.time, topics))
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

// What outlasts a restart
extension Gateway {
    private static let homeAssistantSection = "home_assistant"

    private var learned: StateSections {
        var sections = pipeline.learned
        sections[Self.homeAssistantSection] = homeAssistant.memory
        return sections
    }

    private func learnedSomething() {
        storage.changed { [weak self] in self?.learned ?? [:] }
    }
}

// The broker
extension Gateway {
    private func startClient() {
        var settings = configuration.mqtt.broker
        settings.will = .status(online: false, topics)
        let client = MosquittoClient(
            settings: settings, outbox: storage.outbox, loop: loop
        ) { [weak self] event in self?.handle(event) }
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
        case .published: relieve()
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
            do {
                let frame = try TelegramInput.frame(payload)
                handle(
                    pipeline.take(frame, from: Self.inputName, at: .now, instant: loop.now))
            } catch {
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

    private func keep(_ message: OutgoingMessage) {
        guard let client else { return }
        client.keep(message)
        say(brokerAnnouncements.dropped(client.dropped))
        regulate()
    }

    /// Now and every 10 s while there is a connection: it is of no use later.
    private func publishUptime() {
        loop.cancel(uptimeTimer)
        guard client?.isConnected == true, !isStopping else { return }
        publish(.uptime(seconds: started.duration(to: loop.now).components.seconds, topics))
        uptimeTimer = loop.after(.seconds(10)) { [weak self] in self?.publishUptime() }
    }
}

// Bursts
extension Gateway {
    private func relieve() {
        pressure.progressed(at: loop.now)
        if pressure.isPaused { regulate() }
    }

    /// Lets receivers pause while too much waits in memory.
    private func regulate() {
        let wasPaused = pressure.isPaused
        pressure.update(client?.octetsInMemory ?? 0, at: loop.now)
        if pressure.isPaused {
            // Each time, as one may have come to listen meanwhile.
            for receiver in receivers { receiver.pause() }
        } else if wasPaused {
            for receiver in receivers { receiver.resume() }
        }
        guard !isStopping, pressureTimer == nil, let due = pressure.due else { return }
        pressureTimer = loop.after(max(loop.now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            pressureTimer = nil
            regulate()
        }
    }
}

extension Outcome {
    /// The configured meter, if it is one.
    fileprivate var meter: MeterSettings? {
        switch self {
        case .reading(let meter, _), .held(let meter, _, _), .replayed(let meter, _, _),
            .notRead(let meter, _, _):
            meter
        case .damaged, .notConfigured, .ambiguous: nil
        }
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
            case .remember: learnedSomething()
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
        serviceManager?.statusChanged()
        pipeline.listening = Set(listening.filter(\.value).keys)
        release()
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
