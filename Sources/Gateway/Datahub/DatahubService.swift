import Logging
import Receivers
import Wire

/// The Datahubs at work: listens at their brokers, answers what they post, and hands on what was
/// read. What a message means is decided by `DatahubIntake`.
final class DatahubService {
    /// Where what was read goes.
    struct Reactions {
        var publish: (MQTTMessage) -> Void
        var keep: (OutgoingMessage) -> Void
        /// A wireless M-Bus telegram of the Datahub with this name.
        var telegram: (_ frame: RadioFrame, _ datahub: String) -> Void
        /// A device for Home Assistant, and its values.
        var heard: (_ device: DatahubDiscovery, _ json: [UInt8]) -> Void
        /// There is something new in `memory`.
        var learned: () -> Void
    }

    /// How long changes of the statistics are collected.
    static let statisticsInterval = Duration.seconds(10)

    var topics: Topics
    private let loop: EventLoop
    private let log: Logger
    private let reactions: Reactions
    private var intake: DatahubIntake
    private var announcements = DatahubAnnouncements()
    private var samples: DatahubSamples?
    private var settings: [DatahubSettings] = []
    /// By the Datahub's name.
    private var brokers: [String: BrokerLink] = [:]
    private var changed: Set<String> = []
    private var statisticsTimer: EventLoop.Token?

    /// - Parameters:
    ///   - memory: what `memory` was before; octets that are not understood are none.
    ///   - directory: where samples go; nil: none are kept.
    init(
        definitions: DatahubDefinitions, memory: [UInt8], directory: String?, topics: Topics,
        loop: EventLoop, log: Logger, reactions: Reactions
    ) {
        self.topics = topics
        self.loop = loop
        self.log = log
        self.reactions = reactions
        samples = directory.map(DatahubSamples.init)
        intake = DatahubIntake(
            definitions: definitions,
            devices: DatahubDevices(decoding: memory) ?? DatahubDevices())
    }

    /// What must outlast a restart.
    var memory: [UInt8] { intake.devices.encode() }

    /// All devices that are known, as Home Assistant shall know them.
    var discoveries: [DatahubDiscovery] {
        intake.devices.all.keys.sorted().compactMap(discovery(of:))
    }

    /// Forgets devices of Datahubs that are not configured any more; their ids.
    func forgetDevices(besides configured: [DatahubSettings]) -> [String] {
        intake.devices.forget(besides: Set(configured.map(\.name)))
    }

    func keepSamples(in directory: String) { samples = DatahubSamples(directory: directory) }

    private func discovery(of id: String) -> DatahubDiscovery? {
        intake.description(of: id).flatMap { device, definition in
            device.values.isEmpty
                ? nil : DatahubDiscovery(id: id, device: device, definition: definition)
        }
    }

    var statistics: [String: DatahubStatistics] { intake.statistics }

    /// What devices are, from the next message on.
    var definitions: DatahubDefinitions {
        get { intake.definitions }
        set { intake.definitions = newValue }
    }

    /// Works for these Datahubs from now on; brokers that stay are not left.
    func follow(_ new: [DatahubSettings]) {
        let before = settings
        settings = new.filter(\.enabled)
        for gone in before
        where !settings.contains(where: { $0.name == gone.name && $0.listens(as: gone) }) {
            leave(gone.name)
        }
        for datahub in settings where brokers[datahub.name] == nil { connect(datahub) }
    }

    private func connect(_ datahub: DatahubSettings) {
        guard var broker = datahub.broker else { return }
        broker.reconnectDelay = .seconds(1) ... .seconds(60)
        let link = BrokerLink(
            settings: broker, outbox: DurableOutbox(path: nil) { _ in }, loop: loop, log: log,
            reactions: .init(connected: {}, disconnected: {}, progressed: {}))
        let base = datahub.baseTopic.map { $0 + "/" } ?? ""
        for kind in ["lora", "omsraw", "nbiot"] {
            link.subscribe("\(base)R/\(kind)/+/value") { [weak self] _, payload in
                guard let self, let now = settings.first(where: { $0.name == datahub.name })
                else { return }
                receive(payload, from: now)
            }
        }
        brokers[datahub.name] = link
        link.start()
    }

    /// Leaves the brokers.
    func stop() {
        loop.cancel(statisticsTimer)
        for name in brokers.keys { leave(name) }
        settings = []
    }

    private func leave(_ name: String) {
        guard let broker = brokers.removeValue(forKey: name) else { return }
        broker.stop { [broker] _ in withExtendedLifetime(broker) {} }
    }
}

// Messages
extension DatahubService {
    /// Takes what came from `datahub`, whichever way.
    @discardableResult
    func receive(_ octets: [UInt8], from datahub: DatahubSettings) -> DatahubOutcome {
        let outcome = intake.receive(octets, from: datahub.name, at: .now)
        for line in announcements.lines(for: outcome, from: datahub.name) { log.say(line) }
        switch outcome {
        case .published(let reading): publish(reading)
        case .telegram(let frame): reactions.telegram(frame, datahub.name)
        case .notUnderstood(let json) where datahub.capture:
            if let path = samples?.keep(json) {
                log.info("A message that is not understood was kept, its secrets blanked: \(path)")
            }
        default: break
        }
        changed.insert(datahub.name)
        tellStatisticsSoon()
        return outcome
    }

    private func publish(_ reading: DatahubReading) {
        let topic = topics.datahubDevice(reading.device)
        if let discovery = discovery(of: reading.device) {
            reactions.heard(discovery, reading.json)
        }
        reactions.keep(
            OutgoingMessage(topic: topic, payload: reading.json, time: reading.time.seconds))
        reactions.keep(
            .raw(
                of: reading.device, protocol: "zridh_lora", tenant: reading.tenant,
                json: reading.json, heardAt: reading.time, meteredAt: reading.deviceTime, topics))
        reactions.learned()
    }

    private func tellStatisticsSoon() {
        guard statisticsTimer == nil else { return }
        statisticsTimer = loop.after(Self.statisticsInterval) { [weak self] in
            guard let self else { return }
            statisticsTimer = nil
            tellStatistics()
        }
    }

    private func tellStatistics() {
        for name in changed.sorted() {
            guard let statistics = intake.statistics[name] else { continue }
            reactions.publish(statistics.message(of: name, topics))
        }
        changed = []
    }
}

// Commands
extension DatahubService {
    /// A longer command is none.
    private static let longestCommand = 4096

    /// What commands for devices come on; nil: no file says that a device takes any.
    var commandFilter: String? {
        intake.definitions.takesCommands ? topics.datahubCommand(to: "+") : nil
    }

    /// Whether there is a connection to the broker of the Datahub called `name`.
    func isConnected(to name: String) -> Bool { brokers[name]?.isConnected ?? false }

    /// Passes a command on as it is, to the Datahub that the device was last heard by.
    func command(_ payload: [UInt8], on topic: String) {
        let id = intake.devices.all.keys.first { topics.datahubCommand(to: $0) == topic }
        guard !payload.isEmpty, payload.count <= Self.longestCommand,
            let id, let (device, definition) = intake.description(of: id),
            definition.takesCommands, let broker = brokers[device.datahub]
        else {
            return log.warning(
                """
                A command was not passed on. It must have 1 to \(Self.longestCommand) octets, and \
                its device must have been heard by a Datahub with a broker and have \
                'has_command_topic: true' in its definition file.
                """, metadata: ["topic": "\(topic)"])
        }
        // A device would do later what nobody wants any more.
        guard broker.isConnected else {
            return log.warning(
                """
                A command was not passed on: there is no connection to the broker of Datahub \
                '\(device.datahub)'. Send it again when there is one.
                """, metadata: ["topic": "\(topic)"])
        }
        let base = settings.first { $0.name == device.datahub }?.baseTopic.map { $0 + "/" } ?? ""
        broker.publish(
            MQTTMessage(topic: "\(base)W/lora/\(Topics.segment(id))", payload: payload))
    }
}
