import Glibc
import Receivers
import Simulator
import TestSupport
import Testing
import Wire

@testable import Gateway

/// What happens between sticks and a subscriber when the broker goes away or the readings are many:
/// nothing lost, nothing twice.
@Suite(.serialized) struct OutageOnTheWayTests {
    let loop = EventLoop()

    private func configuration(
        _ broker: RealBroker, _ telegrams: [NumberedTelegrams]
    ) -> Configuration {
        var configuration = Configuration()
        configuration.httpd.enabled = false
        configuration.mqtt.broker = broker.settings("gateway")
        configuration.mqtt.homeAssistant = false
        configuration.meters = telegrams.flatMap { JudgedPipelineTests.settings($0) }
        configuration.receivers = []
        return configuration
    }

    /// Topics that meters' readings come to: the time each number was received at, and how often
    /// it came.
    private struct Received {
        var times: [Int: Set<String>] = [:]
        var deliveries = 0

        mutating func add(_ payload: [UInt8]) {
            let text = String(decoding: payload, as: UTF8.self)
            guard let number = NumberedTelegrams.number(in: text) else { return }
            let parts = text.split(separator: "\"received_at\":\"", maxSplits: 1)
            let time = parts.count == 2 ? String(parts[1].prefix { $0 != "\"" }) : ""
            times[number, default: []].insert(time)
            deliveries += 1
        }
    }

    /// A broker that dies again and again while three sticks receive. 40 times, or as often as
    /// `OMS2MQTT_BROKER_KILLS` says (200 take two minutes and a half).
    @Test func aBrokerThatIsKilledAgainAndAgainLosesNothing() throws {
        let kills = getenv("OMS2MQTT_BROKER_KILLS").flatMap { Int(String(cString: $0)) } ?? 40
        let directory = TemporaryDirectory()
        // What the broker has acknowledged and not passed on dies with it. So the subscriber has a
        // listener with QoS 0: to that the broker writes before it acknowledges.
        let second = try FreePort.find()
        let broker = try RealBroker(lines: ["listener \(second) 127.0.0.1", "max_qos 0"])
        // Three sticks, each with meters of its own; numbers of the second begin at a million.
        let telegrams = (0..<3).map {
            NumberedTelegrams(meters: 2, first: 0x1000_0000 + UInt32($0) << 16)
        }
        var settings = configuration(broker, telegrams)
        let stop = directory.file("stop")
        let sticks: [any SimulatedStick] = [
            SimulatedIM871A(), SimulatedAMB8465(), SimulatedCUL(),
        ]
        var simulations: [StickSimulation] = []
        for (place, kind) in [StickKind.im871a, .amb8465, .cul].enumerated() {
            let link = directory.file("stick-\(place)")
            settings.receivers.append(
                ReceiverSettings(name: kind.rawValue, kind: kind, port: link))
            let numbered = telegrams[place]
            let source: StickSimulation.Source = { step in
                guard access(stop, F_OK) != 0 else { return nil }
                return Transmission(frame: numbered.frame(place * 1_000_000 + step))
            }
            simulations.append(try start(sticks[place], link, source))
        }
        defer { for simulation in simulations { simulation.stopAndWait() } }

        var received = Received()
        var probe = ""
        var watching = watching(broker)
        watching.port = second
        let prober = MosquittoClient(settings: broker.settings("prober"), loop: loop) { _ in }
        prober.start()
        let watcher = MosquittoClient(settings: watching, loop: loop) { event in
            guard case .message(let topic, let payload) = event else { return }
            received.add(payload)
            if topic.hasSuffix("/probe") { probe = String(decoding: payload, as: UTF8.self) }
        }
        // The gateway is let in when the subscriber is there: what nobody hears is lost to all.
        let gate = try Gate(before: broker.port, on: loop)
        settings.mqtt.broker.port = gate.port
        func openGate(_ round: Int) {
            let message = MQTTMessage(topic: "energy2mqtt/devs/OMS/probe", text: "round \(round)")
            loop.turn(until: {
                if prober.isConnected { prober.publish(message) }
                return probe == "round \(round)"
            })
            gate.isOpen = true
        }
        watcher.subscribe("energy2mqtt/devs/OMS/#")
        watcher.start()
        let gateway = try Gateway(
            settings, directory: directory.path, log: GatewayTests.Lines().logger, loop: loop)
        gateway.start()
        openGate(0)
        for round in 1...kills {
            let before = received.deliveries
            loop.turn(until: { received.deliveries >= before + 20 })
            gate.isOpen = false
            broker.kill()
            run(for: .milliseconds(30))
            try broker.start()
            openGate(round)
        }
        directory.write("", to: "stop")
        loop.turn(until: { simulations.allSatisfy { $0.waitUntilSent(.zero) } })
        let sent = simulations.map(\.counts.good)
        loop.turn(until: { received.times.count >= sent.reduce(0, +) })

        let expected = sent.enumerated().flatMap { place, count in
            (0..<count).map { place * 1_000_000 + $0 }
        }
        #expect(Set(received.times.keys) == Set(expected))
        // Twice is only what QoS 1 delivers twice: the very same message, and no more than can be
        // on its way when a connection breaks.
        #expect(received.times.values.allSatisfy { $0.count == 1 })
        #expect(
            received.deliveries - expected.count <= kills * MosquittoConnection.inFlightLimit)
        #expect(gateway.counters.byOutcome == ["reading": UInt64(expected.count)])
        print(
            "\(kills) kills: \(expected.count) readings, \(received.deliveries - expected.count)"
                + " delivered again")
        finish(gateway, watcher, prober)
    }

    private func start(
        _ stick: some SimulatedStick, _ link: String, _ source: @escaping StickSimulation.Source
    ) throws -> StickSimulation {
        let simulation = try StickSimulation(
            stick: stick, link: link, options: SimulationOptions(rate: 40), source: source)
        simulation.start()
        return simulation
    }

    private func watching(_ broker: RealBroker) -> BrokerSettings {
        var settings = broker.settings("watcher")
        settings.reconnectDelay = .milliseconds(5) ... .milliseconds(10)
        return settings
    }

    private func run(for time: Duration) {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end { loop.turn(atMost: .milliseconds(5)) }
    }

    private func finish(_ gateway: Gateway, _ clients: MosquittoClient...) {
        var ended = 0
        gateway.stop { ended += 1 }
        for client in clients { client.stop { _ in ended += 1 } }
        loop.turn(until: { ended == clients.count + 1 })
    }

    /// A day without a broker, with fifty meters: when it is back the newest total of each is there
    /// within ten seconds, and no meter's readings change their order.
    @Test func afterADayTheNewestTotalsComeWithinTenSeconds() throws {
        var bench = try OutboxBench()
        let outcome = OutageTests.outage(&bench, meters: 50, hours: 24)
        #expect(outcome.largest <= 4 << 20)
        let broker = try RealBroker()
        var numbers: [String: [Int]] = [:]
        var isSubscribed = false
        let watcher = MosquittoClient(settings: watching(broker), loop: loop) { event in
            guard case .message(let topic, let payload) = event else { return }
            if topic == "meters/probe" { isSubscribed = true }
            let message = OutgoingMessage(topic: topic, payload: payload, time: 0)
            numbers[topic, default: []].append(OutboxBench.number(message))
        }
        watcher.subscribe("meters/#")
        watcher.start()
        loop.turn(until: {
            watcher.publish(MQTTMessage(topic: "meters/probe", text: "0"))
            return isSubscribed
        })
        // Another day, another process: the outbox is opened anew.
        let client = MosquittoClient(
            settings: broker.settings("gateway"), outbox: bench.open(), loop: loop
        ) { _ in }
        let began = ContinuousClock.now
        client.start()
        let newest = Dictionary(
            outcome.left.map { ($0.message.topic, OutboxBench.number($0.message)) },
            uniquingKeysWith: { $1 })
        loop.turn(
            within: .seconds(10),
            until: { newest.allSatisfy { numbers[$0.key]?.last == $0.value } })
        print(
            "\(outcome.left.count) of \(outcome.sent) messages after \(began.duration(to: .now))")
        #expect(newest.count == 50)
        for (topic, wanted) in Dictionary(grouping: outcome.left, by: \.message.topic) {
            #expect(numbers[topic] == wanted.map { OutboxBench.number($0.message) })
        }
        var ended = 0
        client.stop { _ in ended += 1 }
        watcher.stop { _ in ended += 1 }
        loop.turn(until: { ended == 2 })
    }

    /// 10,000 transmissions heard by three receivers, each of which misses three in ten, up to two
    /// seconds apart: each that one of them heard is published exactly once.
    @Test func threeReceiversPublishEachTransmissionOnce() throws {
        let broker = try RealBroker()
        var received = Received()
        let watcher = MosquittoClient(settings: watching(broker), loop: loop) { event in
            if case .message(_, let payload) = event { received.add(payload) }
        }
        watcher.subscribe("energy2mqtt/devs/OMS/#")
        watcher.start()
        loop.turn(until: { watcher.isConnected })
        let client = MosquittoClient(settings: broker.settings("gateway"), loop: loop) { _ in }
        client.start()
        loop.turn(until: { client.isConnected })
        run(for: .milliseconds(200))

        var random = SeededGenerator(state: 35)
        let telegrams = NumberedTelegrams(meters: 20)
        let topics = try Topics()
        var copies: [(due: Int, number: Int, receiver: String)] = []
        for number in 0..<10_000 {
            for receiver in ["cellar", "attic", "garage"]
            where Int.random(in: 0..<10, using: &random) >= 3 {
                let skew = Int.random(in: 0...2000, using: &random)
                copies.append((number * 800 + skew, number, receiver))
            }
        }
        copies.sort { $0.due < $1.due }
        var pipeline = Pipeline(meters: JudgedPipelineTests.settings(telegrams))
        pipeline.listening = ["cellar", "attic", "garage"]
        let start = ContinuousClock.now
        func publish(_ all: [Heard]) {
            for heard in all {
                guard case .reading(let meter, let reading) = heard.outcome else { continue }
                var json = JSONWriter()
                ReadingJSON().append(reading, reception: Reception(heard), to: &json)
                client.keep(
                    .reading(of: meter.name, json: json.bytes, heardAt: heard.time, topics))
            }
        }
        for copy in copies {
            let instant = start + .milliseconds(copy.due)
            let time = WallTime(seconds: 1_700_000_000 + Int64(copy.due / 1000))
            while let due = pipeline.nextRelease, due <= instant {
                publish(pipeline.release(at: time, instant: due))
            }
            let frame = RadioFrame(
                octets: telegrams.frame(copy.number), format: .crcsRemoved, signalStrength: -70)
            publish(pipeline.receive(frame, from: copy.receiver, at: time, instant: instant))
            while client.octetsInMemory > BackPressure.high { loop.turn(atMost: .milliseconds(5)) }
        }
        publish(
            pipeline.release(
                at: WallTime(seconds: 1_700_010_000), instant: start + .seconds(10_000)))
        let expected = Set(copies.map(\.number))
        loop.turn(until: { received.times.count >= expected.count })
        #expect(Set(received.times.keys) == expected)
        #expect(received.deliveries == expected.count)
        #expect(pipeline.counters.frames == UInt64(copies.count))
        #expect(
            pipeline.counters.byOutcome == [
                "reading": UInt64(expected.count), "copy": UInt64(copies.count - expected.count),
            ])
        var ended = 0
        client.stop { _ in ended += 1 }
        watcher.stop { _ in ended += 1 }
        loop.turn(until: { ended == 2 })
    }

    /// Files of an earlier run that cannot be read: it is told, they are put aside, and readings go
    /// on.
    @Test func filesThatCannotBeReadDoNotStopTheGateway() throws {
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        directory.write([UInt8](repeating: 0xA5, count: 9000), "outbox.db")
        directory.write(Array("omss no state".utf8), "state.bin")
        let telegrams = NumberedTelegrams(meters: 1)
        let lines = GatewayTests.Lines()
        let gateway = try Gateway(
            configuration(broker, [telegrams]), directory: directory.path, log: lines.logger,
            loop: loop)
        #expect(lines.all.count { $0.contains("outbox.db") && $0.contains("was kept as") } == 1)
        #expect(lines.all.count { $0.contains("state.bin") && $0.contains("was kept as") } == 1)
        var received = Received()
        let watcher = MosquittoClient(settings: watching(broker), loop: loop) { event in
            if case .message(_, let payload) = event { received.add(payload) }
        }
        watcher.subscribe("energy2mqtt/devs/OMS/#")
        watcher.start()
        gateway.start()
        var number = 0
        loop.turn(until: {
            number += 1
            watcher.publish(
                MQTTMessage(
                    topic: "energy2mqtt/oms_input", text: Hex.text(telegrams.frame(number))))
            return received.deliveries > 0
        })
        finish(gateway, watcher)
        #expect(directory.files.contains("state.bin"))
    }

    /// A meter with a key: a telegram in clear with its number is never published.
    @Test func aTelegramInClearIsNotTakenForAMeterWithAKey() throws {
        let broker = try RealBroker()
        var settings = configuration(broker, [])
        settings.meters = [GasMeter.settings()]
        let watcher = Recorder(watching(broker), on: loop, subscribing: ["energy2mqtt/devs/#"])
        let gateway = try Gateway(settings, log: GatewayTests.Lines().logger, loop: loop)
        gateway.start()
        func publish(_ text: String) {
            watcher.client.publish(MQTTMessage(topic: "energy2mqtt/oms_input", text: text))
        }
        let forged = GasMeter.clear(number: 0x1234_5678)
        loop.turn(until: {
            publish(Hex.text(forged.octets))
            return gateway.counters.byOutcome["unencrypted_though_key_set"] != nil
        })
        publish(GasMeter.formatA)
        loop.turn(until: { !watcher.messages.isEmpty })
        #expect(gateway.counters.byOutcome["reading"] == 1)
        #expect(watcher.messages.count == 1)
        var stopped = false
        gateway.stop { stopped = true }
        loop.turn(until: { stopped })
        watcher.stop()
    }
}
