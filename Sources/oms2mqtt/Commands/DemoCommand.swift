import ArgumentParser
import Decoder
import Gateway
import Glibc
import Logging
import Receivers
import Simulator
import Wire

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows the whole at work: readings as a subscriber to the broker receives them.",
        discussion: """
            oms2mqtt demo
            oms2mqtt demo --config e2m.yaml

            Your configuration and your stick are used where they are there. Without a stick, \
            telegrams of invented meters are played through simulated ones; without a broker \
            on 127.0.0.1:1883 a private mosquitto is started. Ctrl-C ends all of it.

            Exit codes: 0 ended by Ctrl-C; 1 no broker can be had; 2 the configuration cannot be \
            used.
            """)

    @OptionGroup var file: ConfigurationOption
    @OptionGroup var logging: LogOption

    func run() throws {
        StopSignals.block()
        var configuration = Configuration()
        if file.found != nil {
            configuration = try file.load(logging.logger())
        } else {
            printError("There is no e2m.yaml: invented meters are shown.")
        }
        let broker = try broker(for: &configuration)
        let sticks =
            hasStick(configuration)
            ? [] : try simulatedSticks(for: &configuration, isOnYourBroker: broker == nil)
        // The demonstration may stand beside a service that runs already.
        configuration.mqtt.broker.clientID += "-demo-\(getpid())"
        configuration.httpd.enabled = false
        try show(configuration)
        sticks.forEach { $0.stopAndWait() }
        withExtendedLifetime(broker) {}
    }

    // MARK: What is missing

    private func broker(for configuration: inout Configuration) throws -> PrivateBroker? {
        let wanted = configuration.mqtt.broker
        guard wanted.host == "127.0.0.1" || wanted.host == "localhost",
            !Loopback.isOpen(wanted.port)
        else {
            printError("The broker at \(wanted.host):\(wanted.port) is used.")
            return nil
        }
        do {
            let broker = try PrivateBroker()
            printError(
                "No broker answers on \(wanted.host):\(wanted.port): a private mosquitto runs on"
                    + " 127.0.0.1:\(broker.port) until the end.")
            configuration.mqtt.broker = BrokerSettings(host: "127.0.0.1", port: broker.port)
            return broker
        } catch {
            printError(error.description)
            throw Exit.failure
        }
    }

    /// Whether there is something to receive with: a port that the configuration names, or a stick
    /// that is plugged in.
    private func hasStick(_ configuration: Configuration) -> Bool {
        configuration.receivers.contains { $0.port != nil }
            || SerialPorts().listed().contains { !$0.likelyKinds.isEmpty }
    }

    /// A stick of each kind on pseudo terminals, which share the demonstration's telegrams, and the meters
    /// that send them.
    private func simulatedSticks(
        for configuration: inout Configuration, isOnYourBroker: Bool
    ) throws -> [StickSimulation] {
        printError("No stick is plugged in: simulated ones of each kind play invented meters.")
        for meter in DemonstrationTelegrams.meters {
            configuration.meters.append(
                try MeterSettings(
                    name: meter.name, id: meter.id, key: meter.key.flatMap { MeterKey(octets: $0) })
            )
        }
        configuration.receivers = []
        if isOnYourBroker {
            // Invented meters belong neither among yours nor into Home Assistant.
            configuration.mqtt.baseTopic = "oms2mqtt-demo"
            configuration.mqtt.homeAssistant = false
        }
        let models = StickModel.allCases
        return try models.enumerated().map { place, model in
            let port = "/tmp/oms2mqtt-\(model.rawValue)-\(getpid())"
            configuration.receivers.append(
                ReceiverSettings(
                    name: model.rawValue, kind: StickKind(rawValue: model.rawValue), port: port))
            let simulation = try StickSimulation(
                stick: model.advisedStick, link: port, options: SimulationOptions(rate: 1)
            ) { step in
                DemonstrationTelegrams.transmission(at: step * models.count + place)
            }
            simulation.start()
            return simulation
        }
    }

    // MARK: The gateway and one who listens to it

    private func show(_ configuration: Configuration) throws {
        let loop = EventLoop()
        let gateway: Gateway
        do { gateway = try Gateway(configuration, log: logging.logger(), loop: loop) } catch {
            printError("\(error)")
            throw Exit.badConfiguration
        }
        var settings = configuration.mqtt.broker
        settings.clientID += "-listener"
        let listener = MosquittoClient(settings: settings, loop: loop) { event in
            if case .message(let topic, let payload) = event {
                _ = writeLine("\(topic) \(String(decoding: payload, as: UTF8.self))")
            }
        }
        listener.subscribe(configuration.mqtt.baseTopic + "/devs/#")
        listener.subscribe(configuration.mqtt.baseTopic + "/status")
        let signals = StopSignals(loop: loop) { _ in
            gateway.stop {
                // Once more around, so that the last `offline` is seen.
                loop.after(.milliseconds(100)) { listener.stop { _ in loop.stop() } }
            }
        }
        listener.start()
        gateway.start()
        withExtendedLifetime(signals) { loop.run() }
    }
}
