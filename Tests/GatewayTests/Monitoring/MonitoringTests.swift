import Receivers
import Simulator
import TestSupport
import Testing
import Wire

@testable import Gateway

/// The gateway seen through its web server: with a real broker that stops, and a stick that is
/// pulled.
@Suite(.serialized) struct MonitoringTests {
    let loop = EventLoop()

    private func client(_ gateway: Gateway) throws -> HTTPClient {
        loop.turn(until: { gateway.webServer?.port != nil })
        let port = try #require(gateway.webServer?.port)
        let client = HTTPClient(port: port) { [loop] in loop.turn(atMost: .milliseconds(1)) }
        return try #require(client)
    }

    private func answer(_ path: String, of gateway: Gateway) throws -> HTTPClient.Answer {
        let client = try client(gateway)
        client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        return try #require(client.answer())
    }

    /// Asks for `/readyz` until it says this.
    private func isReady(
        _ gateway: Gateway, _ status: Int, _ text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let deadline = ContinuousClock.now + patience
        var last = try answer("/readyz", of: gateway)
        while (last.status, last.body) != (status, text + "\n"), .now < deadline {
            for _ in 0..<10 { loop.turn(atMost: .milliseconds(10)) }
            last = try answer("/readyz", of: gateway)
        }
        #expect(last.status == status, sourceLocation: sourceLocation)
        #expect(last.body == text + "\n", sourceLocation: sourceLocation)
    }

    @Test func theGatewayIsReadyWhileReadingsCanPass() throws {
        let broker = try RealBroker()
        let directory = TemporaryDirectory()
        let link = directory.file("stick")
        let telegrams = NumberedTelegrams(meters: 1)
        let stick = try StickSimulation(
            stick: StickModel.im871a.stick, link: link, options: SimulationOptions(rate: 20)
        ) { Transmission(frame: telegrams.frame($0)) }
        stick.start()
        defer { stick.stopAndWait() }
        var configuration = Configuration()
        configuration.mqtt.broker = broker.settings("gateway")
        configuration.httpd.port = 0
        configuration.meters = [
            try MeterSettings(name: telegrams.name(0), id: telegrams.id(0))
        ]
        configuration.receivers = [
            ReceiverSettings(name: "cellar", kind: .im871a, port: link)
        ]
        let lines = GatewayTests.Lines()
        let gateway = try Gateway(configuration, log: lines.logger, loop: loop)
        gateway.start()
        try isReady(gateway, 200, "Ready.")

        loop.turn(until: { gateway.counters.byMeter[telegrams.name(0)]?.readings ?? 0 >= 5 })
        let answer = try answer("/metrics", of: gateway)
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let metrics = try ExpositionFormat(answer.body)
        let meter = [
            "meter": telegrams.name(0), "id": Privacy.shortened(telegrams.id(0)),
        ]
        #expect(metrics.value("oms2mqtt_receiver_listening", ["receiver": "cellar"]) == 1)
        #expect(metrics.value("oms2mqtt_meter_readings_total", meter) ?? 0 >= 5)
        #expect(metrics.value("oms2mqtt_meter_signal_dbm", meter) ?? 0 < 0)
        #expect(metrics.value("oms2mqtt_receiver_signal_dbm", ["receiver": "cellar"]) ?? 0 < 0)
        #expect(metrics.value("oms2mqtt_mqtt_connected") == 1)
        #expect(metrics.value("oms2mqtt_mqtt_published_messages_total") ?? 0 > 0)
        #expect(metrics.value("process_resident_memory_bytes") ?? 0 > 1_000_000)

        let broken = "The broker at \(configuration.mqtt.broker.address) is not connected."
        broker.stop()
        try isReady(gateway, 503, broken)
        #expect(stick.unplug())
        try isReady(gateway, 503, "\(broken)\nNo receiver listens ('cellar').")
        let gone = try ExpositionFormat(try self.answer("/metrics", of: gateway).body)
        #expect(gone.value("oms2mqtt_mqtt_connected") == 0)
        #expect(gone.value("oms2mqtt_receiver_listening", ["receiver": "cellar"]) == 0)
        #expect(gone.value("oms2mqtt_receiver_losses_total", ["receiver": "cellar"]) == 1)
        #expect(try self.answer("/healthz", of: gateway).status == 200)
        try broker.start()
        try isReady(gateway, 503, "No receiver listens ('cellar').")
        #expect(stick.plug())
        try isReady(gateway, 200, "Ready.")

        // Nobody turns the gateway's loop.
        let port = try #require(gateway.webServer?.port)
        let waiting = try #require(HTTPClient(port: port))
        waiting.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(waiting.answer()?.status == 503)

        var stopped = false
        gateway.stop { stopped = true }
        loop.turn(until: { stopped })
        #expect(!lines.all.contains { $0.hasPrefix("<3>") })
    }

    @Test func whatIsMissingIsSaid() {
        var readiness = Readiness(
            brokerAddress: "192.0.2.10:1883", isBrokerConnected: true, receivers: [:])
        #expect(readiness.answer.status == 200)
        readiness.receivers = ["a": false, "b": true]
        #expect(readiness.obstacles == [])
        readiness.receivers = ["b": false, "a": false]
        readiness.isBrokerConnected = false
        readiness.settingsFault = "The file is broken."
        #expect(
            readiness.answer
                == .text(
                    503,
                    """
                    The broker at 192.0.2.10:1883 is not connected.
                    No receiver listens ('a', 'b').
                    The file is broken.
                    """))
    }

    /// Each metric is in the documentation, and nothing else.
    @Test func theDocumentationHasEveryMetric() throws {
        let above = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try SmallFile(reading: "/\(above)/docs/monitoring.md", limit: 1 << 20)
        let rows = String(decoding: file.octets, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("| `oms2mqtt_") || $0.hasPrefix("| `process_") }
        let text = String(decoding: GatewayMetrics().text, as: UTF8.self)
        let names = try ExpositionFormat(text).families.keys.sorted()
        #expect(rows.map { String($0.split(separator: "`")[1]) }.sorted() == names)
    }
}
