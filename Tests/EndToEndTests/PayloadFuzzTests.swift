import Glibc
import TestSupport
import Testing
import Wire

/// Messages that are cut, changed and put together at random, published to the real program by the
/// hundred thousand: it counts each, goes on, and keeps nothing of them.
@Suite(.serialized) struct PayloadFuzzTests {
    /// What memory may grow by in the second half, in octets.
    private static let margin = 2 << 20
    private static let count = 100_000

    /// The octets of a line that `mosquitto_pub -l` sends as one message.
    private static func line(_ octets: [UInt8]) -> [UInt8] {
        octets.filter { $0 != 0x0A && $0 != 0 } + [0x0A]
    }

    private struct Gateway {
        let program: Program
        let broker: RealBroker
        let directory = TemporaryDirectory()
        let port: UInt16

        init() throws {
            broker = try RealBroker(lines: ["max_queued_messages 0", "max_inflight_messages 0"])
            port = try FreePort.find()
            let numbered = NumberedTelegrams(meters: 1)
            directory.write(
                """
                mqtt: {host: 127.0.0.1, port: \(broker.port)}
                httpd: {port: \(port)}
                storage: {path: \(directory.path)}
                receivers: []
                inputs: [{topic: bridge/+/telegram}]
                oms: [{name: water, id: \(numbered.id(0))}]
                zenner_datahub: [{name: hub, broker_host: 127.0.0.1, broker_port: \(broker.port)}]

                """, to: "e2m.yaml")
            program = try Program(
                Household.executable, ["run", "--config", directory.file("e2m.yaml")])
            try program.wait {
                program.lines.count { $0.contains("Connected to the broker") } == 2
            }
        }

        /// Publishes messages, one a line, and waits until they have been dealt with.
        func publish(_ lines: [UInt8], on topic: String, taken: (String) -> Int, _ count: Int)
            throws
        {
            directory.write(lines, "lines")
            let publishing = try Program(
                "sh",
                [
                    "-c",
                    "exec mosquitto_pub -p \(broker.port) -q 1 -t \(topic) -l <"
                        + directory.file("lines"),
                ])
            #expect(publishing.ended(within: .seconds(300)) == 0)
            try program.wait(.seconds(300)) {
                usleep(50_000)
                guard let client = HTTPClient(port: port) else { return false }
                client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
                return taken(client.answer()?.body ?? "") >= count
            }
        }
    }

    /// The sum of a metric's samples.
    private static func sum(_ name: String, _ metrics: String) -> Int {
        metrics.split(separator: "\n").filter { $0.hasPrefix(name) }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }

    private static func telegrams(_ metrics: String) -> Int {
        sum("oms2mqtt_telegrams_total", metrics) + sum("oms2mqtt_refused_inputs_total", metrics)
    }

    /// - Parameter make: the message of this number.
    private func fuzz(
        _ topic: String, _ gateway: Gateway, taken: @escaping (String) -> Int,
        _ make: (Int) -> [UInt8]
    ) throws {
        var count = 0
        func publish(_ more: Int) throws {
            var lines: [UInt8] = []
            for number in count..<count + more { lines += Self.line(make(number)) }
            count += more
            try gateway.publish(lines, on: topic, taken: taken, count)
        }
        // First what is allocated once and kept.
        try publish(Self.count / 2)
        let grown = try leastGrowth(of: gateway.program.process, limit: Self.margin) {
            try publish(Self.count / 2)
        }
        #expect(grown < Self.margin, "it grew by \(grown) octets")
    }

    @Test(arguments: ["energy2mqtt/oms_input", "bridge/cellar/telegram"])
    func telegrams(topic: String) throws {
        let gateway = try Gateway()
        let numbered = NumberedTelegrams(meters: 1)
        let others = NumberedTelegrams(meters: 1000, first: 0x3000_0000)
        var mutator = Mutator(
            seed: 1, marks: "! 0123456789ABCDEFabcdef{}[]\":,\\",
            pieces: ["2E44", "!", "{\"telegram\":\"", "\"rssi\":-71", "\"time\":1e99", "FFFFFFFF"])
        try fuzz(topic, gateway, taken: Self.telegrams) { number in
            let hex = Hex.text(
                number.isMultiple(of: 2) ? numbered.frame(number) : others.frame(number))
            let text = number % 4 < 2 ? hex : #"{"telegram":"\#(hex)","rssi":-71,"time":1}"#
            return mutator.changed(Array(text.utf8))
        }
        #expect(gateway.program.end() == 0)
    }

    @Test func datahub() throws {
        let gateway = try Gateway()
        var now = time_t()
        time(&now)
        var mutator = Mutator(
            seed: 2, marks: "\t\r :-+.eE?[]{}\"\\,/0123456789tfnuä",
            pieces: ["1e999", "-0", "[[[[", "{\"value\":", "\"\\ud800\"", "null", "true"])
        let subscriber = try gateway.broker.subscriber("energy2mqtt/devs/zridh_manager/hub")
        func received() -> Int {
            let last = subscriber.lines.last { $0.hasPrefix("{") } ?? ""
            func value(_ name: String) -> Int {
                let rest = last.split(separator: "\"\(name)\":", maxSplits: 1)
                return rest.count > 1 ? Int(rest[1].prefix { $0.isNumber }) ?? 0 : 0
            }
            return value("received_all") + value("duplicates") + value("topics_cleared")
        }
        try fuzz("R/lora/a/value", gateway, taken: { _ in received() }) { number in
            let text =
                #"{"type":"lora","data":{"ownernumber":"00956906ABCD\#(1000 + number % 1000)","#
                + #""rssi":-97,"lora":{"lsnr":7.5,"frame_counter":\#(number)},"unmapped":{"a":1,"#
                + #""b":[1,2],"c":"on","d":{"value":2}}},"ts":{"eventtime":\#(now)}}"#
            return mutator.changed(Array(text.utf8))
        }
        #expect(gateway.program.end() == 0)
    }
}
