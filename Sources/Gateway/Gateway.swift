import Decoder
import Logging
import Receivers
import Wire

/// The gateway running: receivers, pipeline and broker on one event loop.
///
/// It decides nothing of its own: events come in, the pure parts say what they mean, and here they
/// are sent and logged.
public final class Gateway {
    public let loop: EventLoop
    var configuration: Configuration
    var topics: Topics
    let log: Logger
    let started: EventLoop.Instant
    var readingJSON: ReadingJSON

    var storage: Storage
    var pipeline: Pipeline
    var releaseTimer: EventLoop.Token?
    var pressure = BackPressure()
    var pressureTimer: EventLoop.Token?
    var announcements = Announcements()
    var broker: BrokerLink?
    var exchange: TelegramExchange?
    private(set) lazy var receivers = ReceiverSet(
        loop: loop, log: log,
        heard: { [weak self] frame, receiver in self?.handle(frame, from: receiver) },
        changed: { [weak self] in self?.receiversChanged() })
    var datahubs: DatahubService?
    var serviceManager: ServiceManager?
    var toldTypeDiffers: Set<String> = []
    var homeAssistant: HomeAssistantPublisher
    var homeAssistantTimer: EventLoop.Token?
    /// When it was last looked when Home Assistant is due.
    var homeAssistantLooked: EventLoop.Instant
    var lastTelegram: WallTime? {
        // Else the first one after a start would be told a minute later.
        didSet { if oldValue == nil { tellHealth() } }
    }
    /// Telegrams that decoders of the fleet have to read.
    var handedOn: UInt64 = 0
    var healthTimer: EventLoop.Token?
    var uptimeTimer: EventLoop.Token?
    private(set) var isStopping = false
    /// The file that the configuration is from, if it is read again when it changes.
    var running: RunningConfiguration?
    var fileChanges: FileChanges?
    var definitions: RunningDefinitions
    var definitionChanges: FileChanges?
    var datahubDefinitionChanges: FileChanges?
    /// The former broker is being left; what is to be done then.
    var leaving: (() -> Void)?
    var directory: String?
    /// Where what outlasts a restart is to be moved, once the broker is left.
    var nextDirectory: String?
    var history = MeterHistory()
    var unheard = UnheardMeters()
    var recent = RecentTelegrams()
    var questions: QuestionSocket?
    var webServer: HTTPServer?
    /// How strongly each receiver heard the last telegram, in dBm.
    var signals: [String: Double] = [:]
    var json = JSONWriter()

    /// - Parameters:
    ///   - directory: where what outlasts a restart is kept; nil: nothing is.
    ///   - definitions: the user's own definitions of meters.
    /// - Throws: `TopicError` if the base topic cannot be one.
    public init(
        _ configuration: Configuration, directory: String? = nil,
        definitions: MeterDefinitionFolder = MeterDefinitionFolder(MeterDefinitionFolder.usual),
        log: Logger, loop: EventLoop = EventLoop()
    ) throws(TopicError) {
        self.configuration = configuration
        self.directory = directory
        self.log = log
        self.loop = loop
        topics = try configuration.topics
        started = loop.now
        homeAssistantLooked = started
        readingJSON = ReadingJSON(units: configuration.mqtt.units)
        self.definitions = RunningDefinitions(in: definitions)
        pipeline = Pipeline(
            meters: configuration.meters, isDecoderOfFleet: configuration.fleet?.role == .decoder)
        pipeline.repeating = Set(
            configuration.receivers.filter { $0.input != nil }.map(\.name))
        storage = Storage(
            directory: directory, limits: configuration.outboxLimits, loop: loop
        ) { log.log(level: $0.level, "\($0)") }
        let learned = storage.load()
        homeAssistant = HomeAssistantPublisher(
            .init(configuration, topics), memory: learned[Self.homeAssistantSection] ?? [])
        for section in pipeline.restore(learned) {
            log.warning(
                "What was learned before (\(section)) cannot be read: it is learned anew.")
        }
        readDefinitions(asked: false)
        datahubs = makeDatahubs(
            memory: learned[Self.datahubSection] ?? [], directory: directory)
    }

    public var counters: Counters { pipeline.counters }

    /// Runs until SIGTERM or SIGINT. To be called before any thread is started.
    public func run() {
        let signals = StopSignals(loop: loop) { [weak self] signal in
            switch signal {
            case .stop: self?.stop { self?.loop.stop() }
            case .reload:
                self?.reload(asked: true)
                self?.readDefinitions(asked: true)
                self?.readDatahubDefinitions()
            }
        }
        serviceManager = ServiceManager(loop: loop) { [weak self] in
            self?.serviceStatus.description ?? ""
        }
        start()
        serviceManager?.isReady()
        followFiles()
        followDefinitions()
        giveBackMemory(after: .seconds(5))
        withExtendedLifetime(signals) { loop.run() }
    }

    /// Now what the start took, later what seldom happens took.
    private func giveBackMemory(after wait: Duration) {
        loop.after(wait) { [weak self] in
            ProgramMemory.giveBack()
            self?.giveBackMemory(after: .seconds(3600))
        }
    }

    public func start() {
        var facts: Logger.Metadata = ["meters": "\(configuration.meters.count)"]
        if let path = running?.path { facts["configuration"] = "\(path)" }
        log.info("oms2mqtt starts.", metadata: facts)
        log.say(Announcement(clockAt: .now))
        startBroker()
        for settings in configuration.receivers { receivers.start(settings) }
        datahubs?.follow(configuration.datahubs)
        startAnswering()
        tellHealth()
        startWebServer()
    }

    private var serviceStatus: ServiceStatus {
        ServiceStatus(
            receivers: receivers.listening.count,
            listening: receivers.listening.values.count { $0 },
            meters: configuration.meters.count,
            secondsSinceTelegram: lastTelegram.map { WallTime.now.seconds &- $0.seconds },
            configurationFault: configurationFault)
    }

    /// Closes the receivers, publishes what waits and `offline`, and then calls `whenDone`; within
    /// two seconds, whatever the broker does.
    public func stop(_ whenDone: @escaping () -> Void) {
        guard !isStopping else { return }
        isStopping = true
        serviceManager?.isStopping()
        // First, so that nothing is accepted any more that would be lost.
        webServer?.stop()
        receivers.stop()
        datahubs?.stop()
        questions?.close()
        loop.cancel(uptimeTimer)
        loop.cancel(homeAssistantTimer)
        loop.cancel(healthTimer)
        loop.cancel(pressureTimer)
        releaseAll()
        storage.stop { learned }
        let log = log
        let finish = { [outbox = storage.outbox] (_: Int) in
            // Messages of the moment are no loss: the broker itself says that we are gone.
            if outbox.count > 0 {
                let isKept = outbox.path != nil && outbox.octetsInMemory == 0
                log.warning(
                    """
                    Stopped before the broker had everything. Readings are \
                    \(isKept ? "kept until the next start" : "lost, as they are on no disk").
                    """, metadata: ["readings": "\(outbox.count)"])
            }
            log.info("oms2mqtt stopped.")
            whenDone()
        }
        guard let broker else {
            if leaving != nil { leaving = { finish(0) } } else { finish(0) }
            return
        }
        exchange?.leave()
        broker.stop(lastly: .status(online: false, topics), finish)
    }
}

// What outlasts a restart
extension Gateway {
    private static let homeAssistantSection = "home_assistant"

    var learned: StateSections {
        var sections = pipeline.learned
        sections[Self.homeAssistantSection] = homeAssistant.memory
        sections[Self.datahubSection] = datahubs?.memory
        return sections
    }

    /// - Parameter isUrgent: whether it would be missed after a sudden end.
    func learnedSomething(isUrgent: Bool = false) {
        storage.changed(isUrgent: isUrgent) { [weak self] in self?.learned ?? [:] }
    }
}
