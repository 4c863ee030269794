import Glibc
import Simulator
import TestSupport
import Wire

/// How many telegrams a decoder of a fleet takes from a broker, reads and publishes; beside it what
/// the broker hands over to a subscriber that does nothing with them.
struct BrokerBenchmark {
    let program: String
    private static let telegrams = 20_000
    private static let meters = 4000
    private static let topic = "energy2mqtt/fleet/00/bench"

    struct Failure: Error, CustomStringConvertible { let description: String }

    private struct Result {
        var wall: Duration
        var broker: Duration
        var decoder: Duration?
        var residentKiB: Int?
    }

    func run() throws {
        print(
            "From a broker, \(Self.telegrams) mixed telegrams of \(Self.meters) meters as gateways"
                + " hand them on, QoS 1\n")
        let mixed = MixedTelegrams(meters: Self.meters)
        let samples = try (0..<Self.telegrams).map { try mixed.sample($0) }
        let payloads = samples.map {
            Array(
                #"{"telegram":"\#(Hex.text($0.octets))","receiver":"stick","rssi_dbm":-71}"#.utf8)
        }
        let keys = samples.prefix(Self.meters).map(\.key)
        var rows = [["", "a second", "a second and core", "broker µs", "resident KiB"]]
        let cases: [(String, [[UInt8]?], Bool)] = [
            ("decoder: neighbours' telegrams", [], false),
            ("decoder: all read and published", keys, false),
            ("decoder: the same, with Home Assistant", keys, true),
        ]
        rows.append(row("subscriber that does nothing", try bare(payloads)))
        let answers = [
            ("relay/reading", [UInt8](repeating: 0x20, count: 700)),
            ("relay/raw", [UInt8](repeating: 0x20, count: 700)),
            ("relay/notice", [UInt8](repeating: 0x20, count: 16)),
        ]
        rows.append(
            row("relay: one taken, three published", try bare(payloads, answering: answers)))
        for (name, keys, homeAssistant) in cases {
            rows.append(row(name, try decoder(payloads, keys, homeAssistant: homeAssistant)))
        }
        printTable(rows)
    }

    private func row(_ name: String, _ result: Result) -> [String] {
        func rate(_ duration: Duration) -> String {
            (Double(Self.telegrams) / max(duration / .seconds(1), 1e-9)).text(0)
        }
        return [
            name, rate(result.wall), result.decoder.map(rate) ?? "-",
            (result.broker / .microseconds(1) / Double(Self.telegrams)).text(1),
            result.residentKiB.map(String.init) ?? "-",
        ]
    }

    private func broker() throws -> RealBroker {
        try RealBroker(lines: ["max_queued_messages 0", "max_inflight_messages 1000"])
    }

    private func bare(
        _ payloads: [[UInt8]], answering answers: [(topic: String, payload: [UInt8])] = []
    ) throws -> Result {
        let broker = try broker()
        let subscriber = BareClient(
            "subscriber", broker: broker.port, subscribing: Self.topic, answering: answers)
        let publisher = BareClient("publisher", broker: broker.port)
        try wait("a subscription") {
            publisher.publish([], on: Self.topic)
            return subscriber.received > 0
        }
        usleep(200_000)
        let before = (
            subscriber.received, ProcessFigures(process: broker.process).processorTime,
            subscriber.processorTime
        )
        let start = ContinuousClock.now
        for (number, payload) in payloads.enumerated() {
            // The library numbers at most 65,535 messages that are on their way.
            while (number - 300) * answers.count > subscriber.answered { usleep(200) }
            publisher.publish(payload, on: Self.topic)
        }
        try wait("messages", of: payloads.count) { subscriber.received - before.0 }
        try wait("answers", of: payloads.count * answers.count) { subscriber.answered }
        return Result(
            wall: start.duration(to: .now),
            broker: ProcessFigures(process: broker.process).processorTime - before.1,
            decoder: subscriber.processorTime - before.2)
    }

    /// - Parameter keys: of the meters that are the decoder's own, from the first on.
    private func decoder(
        _ payloads: [[UInt8]], _ keys: [[UInt8]?], homeAssistant: Bool
    ) throws -> Result {
        let broker = try broker()
        let directory = TemporaryDirectory()
        // One meter more, whose reading says that all before it is done.
        let last = NumberedTelegrams(meters: 1, first: 0x2000_0000)
        var meters = ["  - {name: last, id: \(last.id(0))}"]
        for (meter, key) in keys.enumerated() {
            let key = key.map { ", key: \(Hex.text($0))" } ?? ""
            meters.append("  - {name: m\(meter), id: \(10_000_000 + meter)\(key)}")
        }
        directory.write(
            """
            mqtt:
              host: 127.0.0.1
              port: \(broker.port)
              client_name: decoder
              ha_enabled: \(homeAssistant)
            httpd: {enabled: false}
            storage: {path: \(directory.path)}
            fleet: {role: decoder}
            receivers: []
            oms:
            \(meters.joined(separator: "\n"))

            """, to: "e2m.yaml")
        let subscriber = BareClient(
            "subscriber", broker: broker.port, subscribing: "energy2mqtt/devs/OMS/+")
        let publisher = BareClient("publisher", broker: broker.port)
        let process = try Subprocess.spawn(
            program, ["run", "--config", directory.file("e2m.yaml")])
        defer {
            kill(process, SIGTERM)
            waitpid(process, nil, 0)
        }
        func publishLast(_ number: Int) {
            let hex = Hex.text(last.frame(number))
            publisher.publish(Array(#"{"telegram":"\#(hex)"}"#.utf8), on: Self.topic)
        }
        var number = 0
        try wait("the decoder") {
            number += 1
            publishLast(number)
            return subscriber.received > 0
        }
        // What was sent until then comes out within its window.
        usleep(4_500_000)
        let figures = ProcessFigures(process: process)
        let before = (
            subscriber.received, figures.processorTime,
            ProcessFigures(process: broker.process).processorTime
        )
        let start = ContinuousClock.now
        for payload in payloads { publisher.publish(payload, on: Self.topic) }
        publishLast(number + 1)
        // Meters without a running number send equal telegrams, which are copies here.
        let readings = keys.isEmpty ? 1 : Set(payloads).count + 1
        try wait("readings", of: readings) { subscriber.received - before.0 }
        // Each telegram waits so long for copies, whatever comes before and after it.
        let window = Duration.milliseconds(3500)
        return Result(
            wall: start.duration(to: .now) - window,
            broker: ProcessFigures(process: broker.process).processorTime - before.2,
            decoder: figures.processorTime - before.1, residentKiB: figures.residentKiB)
    }

    private func wait(_ thing: String, of wanted: Int, _ count: () -> Int) throws {
        var latest = 0
        do {
            try wait(thing) {
                latest = count()
                return latest >= wanted
            }
        } catch { throw Failure(description: "\(latest) of \(wanted) \(thing) in time") }
    }

    private func wait(_ thing: String, until condition: () -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while !condition() {
            guard .now < deadline else { throw Failure(description: "no \(thing) in time") }
            usleep(20_000)
        }
    }
}
