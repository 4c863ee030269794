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
    private var receivers: [Receiver] = []
    private var serviceManager: ServiceManager?
    private var serviceStatus: ServiceStatus
    private var inputErrors: Set<String> = []
    private var toldTypeDiffers: Set<String> = []
    private var uptimeTimer: EventLoop.Token?
    private var stableTimer: EventLoop.Token?
    private var isStopping = false
    private var json = JSONWriter()

    /// - Throws: `TopicError` if the base topic cannot be one.
    public init(
        _ configuration: Configuration, log: Logger, loop: EventLoop = EventLoop()
    ) throws(TopicError) {
        self.configuration = configuration
        self.log = log
        self.loop = loop
        topics = try Topics(base: configuration.mqtt.baseTopic)
        started = loop.now
        readingJSON = ReadingJSON(units: configuration.mqtt.units)
        pipeline = Pipeline(meters: configuration.meters)
        brokerAnnouncements = BrokerAnnouncements(address: configuration.mqtt.broker.address)
        serviceStatus = ServiceStatus(
            receivers: configuration.receivers.count, meters: configuration.meters.count)
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
            self.map { $0.serviceStatus.text(at: $0.loop.now) } ?? ""
        }
        start()
        serviceManager?.isReady()
        withExtendedLifetime(signals) { loop.run() }
    }

    public func start() {
        log.info("oms2mqtt starts.", metadata: ["meters": "\(configuration.meters.count)"])
        startClient()
        for settings in configuration.receivers { startReceiver(settings) }
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
    private func startReceiver(_ settings: ReceiverSettings) {
        var announcements = ReceiverAnnouncements(name: settings.name)
        let receiver = Receiver(settings: settings, loop: loop) { [weak self] event in
            guard let self else { return }
            say(announcements.line(for: event))
            if serviceStatus.take(event, from: settings.name, at: loop.now) {
                serviceManager?.statusChanged()
            }
            if case .frame(let frame) = event { handle(frame, from: settings.name) }
        }
        receivers.append(receiver)
        receiver.start()
    }

    private func handle(_ frame: RadioFrame, from receiver: String) {
        let now = WallTime.now
        let signalStrength = frame.signalStrength
        let outcome = pipeline.process(frame, from: receiver, at: now)
        for line in announcements.lines(for: outcome, at: now) { say(line) }
        log.debug(
            "A frame was heard.",
            metadata: ["receiver": "\(receiver)", "outcome": "\(outcome.code)"])
        guard case .reading(let meter, let reading) = outcome else { return }
        tellTypeDiffers(meter, reading)
        let reception = Reception(time: now, receiver: receiver, signalStrength: signalStrength)
        json.removeAll()
        readingJSON.append(reading, reception: reception, to: &json)
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
            publish(.status(online: true, topics))
            publish(.count(ofMeters: configuration.meters.count, topics))
            publishUptime()
            stableTimer = loop.after(.seconds(60)) { [weak self] in
                self?.brokerAnnouncements.isStable()
            }
        case .disconnected(let error):
            loop.cancel(stableTimer)
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
