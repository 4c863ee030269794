import Logging
import Receivers

// Datahubs: what they send is published like readings, and telegrams go the way of all others.
extension Gateway {
    static let datahubSection = "datahub"

    /// - Parameter memory: what was kept of them.
    func makeDatahubs(memory: [UInt8], directory: String?) -> DatahubService? {
        guard !configuration.datahubs.isEmpty else { return nil }
        let (definitions, faults) = DatahubDefinitions.load()
        for (path, fault) in faults { log.say(Announcement(fault, in: path)) }
        let service = DatahubService(
            definitions: definitions, memory: memory, directory: directory, topics: topics,
            loop: loop, log: log,
            reactions: .init(
                publish: { [weak self] in self?.broker?.publish($0) },
                keep: { [weak self] in self?.keep($0) },
                telegram: { [weak self] in
                    self?.take(TelegramInputs.Telegram(frame: $0, receiver: $1, time: .now))
                },
                heard: { [weak self] in self?.announce($0, $1) },
                learned: { [weak self] in self?.learnedSomething() }))
        forgetDevicesOfGoneDatahubs(service)
        know(service)
        followDatahubDefinitions()
        return service
    }

    /// Reads the definitions of devices again whenever their files change.
    private func followDatahubDefinitions() {
        let folders = DatahubDefinitions.usualFolders.map { MeterDefinitionFolder($0) }
        datahubDefinitionChanges = FileChanges(
            in: { folders.flatMap(\.folders) }, fingerprints: { folders.map(\.fingerprint) },
            loop: loop
        ) { [weak self] in self?.readDatahubDefinitions() }
    }

    /// A file that is broken leaves in use what stood in it before.
    func readDatahubDefinitions() {
        guard let datahubs else { return }
        let (definitions, faults) = DatahubDefinitions.load(former: datahubs.definitions)
        for (path, fault) in faults.prefix(5) { log.say(Announcement(fault, in: path)) }
        datahubs.definitions = definitions
        know(datahubs)
        followDatahubCommands()
        log.notice("The definitions of a Datahub's devices are used, as they are now.")
    }

    /// Takes over other Datahubs, the first ones too.
    func applyDatahubs(from before: Configuration) {
        guard configuration.datahubs != before.datahubs else { return }
        if datahubs == nil {
            datahubs = makeDatahubs(memory: [], directory: directory)
            followDatahubCommands()
        }
        if let datahubs {
            datahubs.follow(configuration.datahubs)
            forgetDevicesOfGoneDatahubs(datahubs)
        }
        webServer?.routes = webRoutes
    }

    private func forgetDevicesOfGoneDatahubs(_ service: DatahubService) {
        let gone = service.forgetDevices(besides: configuration.datahubs)
        guard !gone.isEmpty else { return }
        perform(homeAssistant.forget(gone.map(DatahubDiscovery.deviceID)))
        learnedSomething()
    }

    private func know(_ service: DatahubService) {
        for discovery in service.discoveries { homeAssistant.know(discovered(discovery)) }
    }

    /// Publishes what Datahubs send on other topics from now on.
    func changeTopicsOfDatahubs() {
        guard let datahubs else { return }
        datahubs.topics = topics
        know(datahubs)
    }

    var datahubRoutes: [HTTPRoute] {
        datahubs?.routes(configuration.datahubs) { [weak self] in
            self?.storage.outbox.isFull ?? true
        } ?? []
    }

    /// Passes commands for devices on, if a device takes any.
    func followDatahubCommands() {
        guard let datahubs, let filter = datahubs.commandFilter else { return }
        broker?.subscribe(filter) { [weak datahubs] in datahubs?.command($1, on: $0) }
    }

    private func announce(_ discovery: DatahubDiscovery, _ json: [UInt8]) {
        perform(homeAssistant.heard(discovered(discovery), json: json))
    }

    private func discovered(_ discovery: DatahubDiscovery) -> DiscoveredDevice {
        discovery.discovered(gateway: GatewayHealth.deviceID(topics), topics: topics)
    }
}
