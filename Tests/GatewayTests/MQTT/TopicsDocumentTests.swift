import Decoder
import Glibc
import Receivers
import Testing
import Wire

@testable import Gateway

/// What `docs/mqtt.md` shows is what is sent.
@Suite struct TopicsDocumentTests {
    let text: String
    let time = WallTime(seconds: 1_795_590_249, nanoseconds: 120_000_000)

    init() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try SmallFile(reading: "/\(root)/docs/mqtt.md", limit: 1 << 20)
        text = String(decoding: file.octets, as: UTF8.self)
    }

    private func example(_ name: String) throws -> JSONValue {
        let part = try #require(text.split(separator: "<!-- example: \(name) -->").last)
        let shown = try #require(part.split(separator: "```").first { $0.hasPrefix("json\n") })
        return try JSONValue(parsing: String(shown.dropFirst(5)))
    }

    /// The gas meter's telegram, heard by two receivers.
    private func heard(by pipeline: inout Pipeline) throws -> [UInt8] {
        pipeline.listening = ["cellar", "attic"]
        var frame = GasMeter.frame
        frame.signalStrength = -71
        #expect(pipeline.receive(frame, from: "cellar", at: time, instant: .now).isEmpty)
        frame.signalStrength = -84.5
        let all = pipeline.receive(frame, from: "attic", at: time, instant: .now)
        var first = try #require(all.first)
        first.time = time
        guard case .reading(_, let reading) = first.outcome else { return [] }
        var json = JSONWriter()
        ReadingJSON().append(reading, reception: Reception(first), to: &json)
        return json.bytes
    }

    @Test func theExamplesAreReal() throws {
        let topics = try Topics()
        var pipeline = Pipeline(meters: [GasMeter.settings("gas")])
        let json = try heard(by: &pipeline)
        #expect(try JSONValue(parsing: json.span) == example("reading"))

        let raw = OutgoingMessage.raw(of: "gas", json: json, heardAt: time, topics)
        #expect(try JSONValue(parsing: raw.payload.span) == example("raw"))

        var frame = GasMeter.frame
        frame.signalStrength = -71
        frame.linkMode = .c1
        let forward = FrameForward(
            ForwardSettings(topic: "house/telegrams"), gateway: "oms2mqtt",
            meters: [GasMeter.settings()])
        let telegram = try #require(try forward.message(for: frame, from: "cellar", at: time))
        #expect(try JSONValue(parsing: telegram.payload.span) == example("forward"))

        var quiet = ReceiverStatistics()
        quiet.recoveries = [.reconfigure: 1, .resetStick: 1, .reopen: 1]
        quiet.recovering = .reopen
        let health = GatewayHealth(
            pipeline.counters, receivers: ["cellar": true, "attic": false],
            statistics: ["cellar": ReceiverStatistics(), "attic": quiet], dropped: 0,
            lastTelegram: time)
        let shown = try example("health")
        #expect(try JSONValue(parsing: health.message(topics).payload.span) == shown)
    }

    @Test func theExamplesOfADatahubAreReal() throws {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        let message = """
            {"type":"lora","data":{"ownernumber":"00956906ABCDEF01","rssi":-97,
            "lora":{"lsnr":7.5,"dev_addr":"26012346"},
            "unmapped":{"volume":28504.27,"battery_low":false}},"ts":{"eventtime":1795590200},
            "geo":{"coordinates":[13.405,52.52]}}
            """
        let outcome = intake.receive(Array(message.utf8), from: "house", at: time)
        #expect(try JSONValue(parsing: outcome.json ?? "") == example("datahub"))
        let statistics = try #require(intake.statistics["house"])
        let sent = statistics.message(of: "house", try Topics())
        #expect(try JSONValue(parsing: sent.payload.span) == example("statistics"))
    }

    @Test func everyTopicOfAFleetIsNamed() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try SmallFile(reading: "/\(root)/docs/scaling.md", limit: 1 << 20)
        let rows = String(decoding: file.octets, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("| `") && $0.contains("/") }
        let named = rows.map { String($0.split(separator: "`")[1]) }
        let topics = FleetTopics(base: "f")
        #expect(
            Array(named.prefix(4)).map { "f/" + $0 } == [
                topics.frames(of: 7).replacing("+", with: "gateway-attic"), topics.notices(of: 7),
                topics.status(of: "decoder-1"), topics.greeting(of: "decoder-1"),
            ])
        #expect(named.last?.hasPrefix("decoders/decoder-1/") == true)
    }

    @Test func everyTopicIsNamed() throws {
        let topics = try Topics()
        for topic in [
            topics.reading(of: "gas"), topics.availability(of: "gas"), topics.raw, topics.status,
            topics.uptime, topics.count, topics.health, topics.input, topics.command,
            topics.homeAssistantState(of: "oms2mqtt_03ELS3312345678"),
            topics.datahubDevice("00956906ABCDEF01"), topics.datahub("house"),
            topics.datahubCommand(to: "00956906ABCDEF01"),
        ] {
            #expect(text.contains("\n| `\(topic)` |"), "\(topic)")
        }
    }
}
