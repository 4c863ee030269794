import Glibc
import TestSupport
import Testing
import Wire

/// A fleet and Home Assistant's side of a real broker, while decoders die, come and lose a meter.
@Suite struct FleetHomeAssistantTests {
    static let numbered = NumberedTelegrams(meters: 12)
    static let topics = Set((0..<12).map(discovery))

    static func discovery(_ meter: Int) -> String {
        "homeassistant/device/oms2mqtt_\(numbered.id(meter))/config"
    }

    static func meters(_ range: Range<Int>) -> [String] {
        ["receivers: []", "oms:"]
            + range.map { "  - {name: \(numbered.name($0)), id: \(numbered.id($0))}" }
    }

    /// Topics and payloads as `mosquitto_sub -v` writes them; `(null)` is an empty one.
    struct Heard {
        var messages: [(topic: String, payload: Substring)]

        init(_ lines: ArraySlice<String>) {
            messages = lines.compactMap { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]), parts[1]) : nil
            }
        }

        func payloads(_ topic: String) -> [Substring] {
            messages.filter { $0.topic == topic }.map(\.payload)
        }
        var states: Int { messages.count { $0.topic.hasPrefix("energy2mqtt/ha/oms2mqtt_") } }
        /// Of meters, in the order they came.
        var removed: [String] {
            messages.filter { topics.contains($0.topic) && $0.payload == "(null)" }.map(\.topic)
        }
        var isAnyOffline: Bool {
            messages.contains {
                $0.payload == "offline"
                    && ($0.topic == "energy2mqtt/status" || $0.topic.hasSuffix("/availability"))
            }
        }
    }

    @Test func metersStayWhileDecodersDieAndCome() throws {
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        let listener = try broker.everything()
        func decoder(_ name: String) throws -> Program {
            try FleetTests.start(
                name, "decoder", broker.port, in: directory, lines: Self.meters(0..<12))
        }
        let first = try decoder("d1")
        let second = try decoder("d2")
        for decoder in [first, second] {
            _ = try decoder.line { $0.contains("Decoders in the fleet: d1, d2.") }
        }
        let gateway = try FleetTests.Gateway("g1", broker: broker.port, in: directory)
        _ = try gateway.program.line { $0.contains("is open") }
        var number = 0
        /// Until all meters' readings came behind `mark`.
        func hearAll(since mark: Int) throws {
            for _ in 0..<12 {
                gateway.datagrams.send(Hex.text(Self.numbered.frame(number)))
                number += 1
            }
            try listener.wait { Heard(listener.lines[mark...]).states >= 12 }
        }
        func wait(since mark: Int = 0, _ condition: (Heard) -> Bool) throws {
            try listener.wait { condition(Heard(listener.lines[mark...])) }
        }

        try hearAll(since: 0)
        try wait { heard in Self.topics.allSatisfy { !heard.payloads($0).isEmpty } }
        try wait { !$0.payloads("energy2mqtt/status").isEmpty }
        // Each program is a device, and they hang on the fleet's.
        for name in ["d1", "d2", "g1"] {
            try wait { heard in
                heard.messages.contains {
                    $0.payload.contains("\"name\":\"oms2mqtt \(name)\"")
                        && $0.payload.contains("\"via_device\":\"oms2mqtt_gateway_energy2mqtt\"")
                }
            }
        }

        let death = listener.lines.count
        #expect(first.end(SIGKILL) == -SIGKILL)
        _ = try second.line { $0.contains("Decoders in the fleet: d2.") }
        try hearAll(since: death)
        let arrival = listener.lines.count
        let third = try decoder("d3")
        _ = try second.line { $0.contains("Decoders in the fleet: d2, d3.") }
        try hearAll(since: arrival)
        // It has taken over its shards when it has looked at what there is, after 5 s and some.
        try wait(since: arrival) {
            $0.payloads("energy2mqtt/fleet/decoders/d3/mgt/uptime").count > 2
        }
        try hearAll(since: listener.lines.count)
        let quiet = Heard(listener.lines[death...])
        #expect(quiet.removed == [])
        #expect(!quiet.isAnyOffline)
        // Nothing was new about any meter, but how often it sends.
        let whole = Heard(listener.lines[...])
        for topic in Self.topics {
            let texts = whole.payloads(topic).map {
                $0.replacing(/"expire_after":[0-9]+/, with: "")
            }
            #expect(Set(texts).count == 1)
        }

        // A meter is taken out of both lists.
        for (name, program) in [("d2", second), ("d3", third)] {
            let kept = String(decoding: directory.read("\(name).yaml"), as: UTF8.self)
                .split(separator: "\n")
                .filter { !$0.contains(Self.numbered.id(11)) }
            directory.write(kept.joined(separator: "\n") + "\n", to: "\(name).yaml")
            kill(program.process, SIGHUP)
            _ = try program.line { $0.contains("The changed configuration is used") }
        }
        try wait { $0.payloads(Self.discovery(11)).last == "(null)" }
        let removed = Heard(listener.lines[...]).removed
        #expect(Set(removed) == [Self.discovery(11)])

        // The last ones die: the gateway tells.
        for program in [second, third] { #expect(program.end(SIGKILL) == -SIGKILL) }
        try wait { $0.payloads("energy2mqtt/status").last == "offline" }
        #expect(gateway.program.end(SIGTERM, within: .seconds(5)) == 0)
    }
}
