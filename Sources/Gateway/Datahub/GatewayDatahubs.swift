import Logging
import Receivers

// Datahubs: what they send is published like readings, and telegrams go the way of all others.
extension Gateway {
    static let datahubSection = "datahub"

    /// - Parameter memory: what was kept of them.
    func makeDatahubs(memory: [UInt8], directory: String?) -> DatahubService? {
        guard !configuration.datahubs.isEmpty else { return nil }
        let (definitions, faults) = DatahubDefinitions.load()
        for (path, fault) in faults { log.warning("\(path):\(fault)") }
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
        know(service)
        return service
    }

    /// Takes over other Datahubs, the first ones too.
    func applyDatahubs(from before: Configuration) {
        guard configuration.datahubs != before.datahubs else { return }
        if datahubs == nil {
            datahubs = makeDatahubs(memory: [], directory: directory)
            followDatahubCommands()
        }
        datahubs?.follow(configuration.datahubs)
        webServer?.routes = webRoutes
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
            self?.pressure.isPaused ?? true
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
