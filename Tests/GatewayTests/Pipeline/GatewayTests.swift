import Glibc
import Logging
import Receivers
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Gateway

/// The gateway without receivers against a real broker: telegrams come over MQTT.
@Suite(.serialized) struct GatewayTests {
    let loop = EventLoop()

    /// Lines of the log.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        var logger: Logger {
            Logger(label: "test") { _ in
                ServiceLog(level: .info, isJournal: true) { line in
                    let text = String(decoding: line.dropLast(), as: UTF8.self)
                    self.lines.withLock { $0.append(text) }
                }
            }
        }
    }

    private func configuration(
        _ broker: RealBroker, meters: [MeterSettings] = [GasMeter.settings()]
    ) -> Configuration {
        var configuration = Configuration()
        configuration.httpd.enabled = false
        configuration.mqtt.broker = broker.settings("gateway")
        configuration.meters = meters
        configuration.receivers = []
        return configuration
    }

    private func publish(_ text: String, from recorder: Recorder) {
        recorder.client.publish(MQTTMessage(topic: "energy2mqtt/oms_input", text: text))
    }

    /// Starts a gateway and waits until it hears `oms_input`.
    private func start(_ gateway: Gateway, watchedBy watcher: Recorder) {
        gateway.start()
        loop.turn(until: { watcher.texts("energy2mqtt/status").last == "online" })
        let before = gateway.counters.refusedInputs["empty", default: 0]
        let deadline = ContinuousClock.now + patience
        while gateway.counters.refusedInputs["empty", default: 0] == before, .now < deadline {
            publish(" ", from: watcher)
            for _ in 0..<5 { loop.turn(atMost: .milliseconds(10)) }
        }
    }

    private func stop(_ gateway: Gateway) {
        var stopped = false
        gateway.stop { stopped = true }
        loop.turn(until: { stopped })
    }

    /// Stopped while the broker is away: what becomes of a reading is told as it is.
    @Test(arguments: ["state", "/dev/null/state", nil])
    func whatIsLeftOverIsToldAtTheEnd(_ path: String?) throws {
        let broker = try RealBroker()
        broker.stop()
        let files = TemporaryDirectory()
        let directory = path.map { $0.hasPrefix("/") ? $0 : files.file($0) }
        let lines = Lines()
        do {
            let gateway = try Gateway(
                configuration(broker), directory: directory, log: lines.logger, loop: loop)
            gateway.start()
            gateway.handle(GasMeter.frame, from: "attic")
            stop(gateway)
        }
        let isKept = path == "state"
        let told = isKept ? "kept until the next start" : "lost, as they are on no disk"
        #expect(lines.all.contains { $0.contains("broker had everything. Readings are \(told).") })
        guard isKept else { return }

        try broker.start()
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: { watcher.client.isConnected })
        let next = try Gateway(
            configuration(broker), directory: directory, log: lines.logger, loop: loop)
        next.start()
        loop.turn(until: { watcher.texts("energy2mqtt/devs/OMS/Gas").count == 1 })
        stop(next)
    }

    @Test func aMeterThatIsNeverHeardIsToldOnce() throws {
        let broker = try RealBroker()
        let lines = Lines()
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: { watcher.client.isConnected })
        let meters = [
            GasMeter.settings(), try MeterSettings(name: "Attic", id: "07ACM0187654321"),
        ]
        let gateway = try Gateway(
            configuration(broker, meters: meters), log: lines.logger, loop: loop)
        gateway.unheard = UnheardMeters(after: .zero)
        start(gateway, watchedBy: watcher)
        #expect(lines.all.allSatisfy { !$0.contains("Attic") })
        publish(GasMeter.formatA, from: watcher)
        loop.turn(until: { watcher.texts("energy2mqtt/devs/OMS/Gas").count == 1 })
        for _ in 0..<3 { gateway.tellHealth() }
        let told = lines.all.filter { $0.contains("was not heard") }
        #expect(
            told == [
                "<4>Meter 'Attic' (07ACM0187654321): It was not heard: no receiver is configured, and"
                    + " none came by MQTT."
            ])
        stop(gateway)
    }

    @Test func aTelegramBecomesAReading() throws {
        let broker = try RealBroker()
        let lines = Lines()
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: { watcher.client.isConnected })
        let gateway = try Gateway(configuration(broker), log: lines.logger, loop: loop)
        start(gateway, watchedBy: watcher)

        let topic = "energy2mqtt/devs/OMS/Gas"
        for (count, form) in TelegramInputTests.forms.map(\.1).enumerated() {
            publish(form, from: watcher)
            loop.turn(until: { watcher.texts(topic).count == count + 1 })
        }
        for text in watcher.texts(topic) {
            #expect(text.contains(#""volume":28504.27,"volume_unit":"m³""#))
            #expect(text.contains(#""time_of_readout":"31.05.2008 23:50""#))
        }
        loop.turn(until: {
            watcher.texts("energy2mqtt/raw").count == TelegramInputTests.forms.count
        })
        #expect(
            watcher.texts("energy2mqtt/raw").allSatisfy {
                $0.contains(#""metered_values":{"#) && $0.contains(#""meter_name":"Gas""#)
            })
        #expect(watcher.texts("energy2mqtt/mgt/OMS/count") == ["1"])
        #expect(watcher.texts("energy2mqtt/mgt/uptime").first == "0")

        for refused in ["zz", "", "2E44", "\u{FFFD}", GasMeter.formatB + "0"] {
            publish(refused, from: watcher)
        }
        publish(GasMeter.formatA, from: watcher)
        loop.turn(until: { watcher.texts(topic).count == TelegramInputTests.forms.count + 1 })
        #expect(gateway.counters.byOutcome["truncated"] == 1)
        #expect(gateway.counters.refusedInputs["not_hex"] == 3)
        #expect(lines.all.count { $0.contains("no hex text") } == 1)
        #expect(
            lines.all.count {
                $0 == "<6>Meter 'Gas' (03ELS3312345678) is heard and read."
            } == 1)

        stop(gateway)
        loop.turn(until: { watcher.texts("energy2mqtt/status").last == "offline" })
        #expect(lines.all.last == "<6>oms2mqtt stopped.")
        watcher.stop()
    }

    @Test func readingsAreNotRetainedAndTheStatusIs() throws {
        let broker = try RealBroker()
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: { watcher.client.isConnected })
        let gateway = try Gateway(configuration(broker), log: Lines().logger, loop: loop)
        start(gateway, watchedBy: watcher)
        publish(GasMeter.formatA, from: watcher)
        loop.turn(until: { !watcher.texts("energy2mqtt/devs/OMS/Gas").isEmpty })

        let late = Recorder(broker.settings("late"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: {
            !late.texts("energy2mqtt/mgt/uptime").isEmpty
                && !late.texts("energy2mqtt/status").isEmpty
        })
        #expect(late.texts("energy2mqtt/status") == ["online"])
        #expect(late.texts("energy2mqtt/devs/OMS/Gas").isEmpty)
        #expect(late.texts("energy2mqtt/raw").isEmpty)
        stop(gateway)
        watcher.stop()
        late.stop()
    }

    @Test func theStatusIsRightAfterEveryOutage() throws {
        let broker = try RealBroker()
        let lines = Lines()
        let gateway = try Gateway(configuration(broker), log: lines.logger, loop: loop)
        gateway.start()
        for round in 0..<5 {
            let watcher = Recorder(
                broker.settings("w"), on: loop, subscribing: ["energy2mqtt/status"])
            loop.turn(until: { watcher.texts("energy2mqtt/status").last == "online" })
            watcher.stop()
            if round.isMultiple(of: 2) { broker.kill() } else { broker.stop() }
            loop.turn(until: { lines.all.count { $0.contains("cannot be reached") } > round })
            try broker.start()
        }
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/status"])
        loop.turn(until: { watcher.texts("energy2mqtt/status").last == "online" })
        stop(gateway)
        loop.turn(until: { watcher.texts("energy2mqtt/status").last == "offline" })
        watcher.stop()
    }

    @Test func onlyAnAllowedCommandRestarts() throws {
        let broker = try RealBroker()
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: { watcher.client.isConnected })
        let restart = MQTTMessage(topic: "energy2mqtt/mgt/command", text: "restart")

        let firm = try Gateway(configuration(broker), log: Lines().logger, loop: loop)
        start(firm, watchedBy: watcher)
        watcher.client.publish(restart)
        publish(GasMeter.formatA, from: watcher)
        loop.turn(until: { !watcher.texts("energy2mqtt/devs/OMS/Gas").isEmpty })
        #expect(watcher.texts("energy2mqtt/status").last == "online")
        stop(firm)

        var allowing = configuration(broker)
        allowing.mqtt.allowsRestart = true
        let willing = try Gateway(allowing, log: Lines().logger, loop: loop)
        start(willing, watchedBy: watcher)
        watcher.client.publish(restart)
        loop.turn(until: { watcher.texts("energy2mqtt/status").last == "offline" })
        watcher.stop()
    }

    @Test func sigtermEndsTheLoopAndLeavesOffline() throws {
        let broker = try RealBroker()
        let lines = Lines()
        let gateway = try Gateway(configuration(broker), log: lines.logger, loop: loop)
        // To this thread alone: others of the test runner do not block the signal.
        func sendWhenConnected() {
            if lines.all.contains(where: { $0.contains("Connected") }) {
                pthread_kill(pthread_self(), SIGTERM)
            } else {
                loop.after(.milliseconds(10), sendWhenConnected)
            }
        }
        sendWhenConnected()
        gateway.run()
        #expect(lines.all.last == "<6>oms2mqtt stopped.")
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/status"])
        loop.turn(until: { watcher.texts("energy2mqtt/status") == ["offline"] })
        watcher.stop()
    }
}
