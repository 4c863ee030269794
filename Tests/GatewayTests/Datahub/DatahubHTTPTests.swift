import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Datahubs that post over real sockets.
@Suite(.serialized) struct DatahubHTTPTests {
    /// What a service hands on.
    final class Notes {
        var kept: [OutgoingMessage] = []
        var telegrams: [String] = []
        var isFull = false
    }

    let notes = Notes()

    static func hub(
        _ name: String, _ path: String, _ login: DatahubEndpoint.Login = .secretPath
    ) -> DatahubSettings {
        var hub = DatahubSettings(name: name)
        hub.http = DatahubEndpoint(path: Secret(path), login: login)
        return hub
    }

    static let hubs = [
        hub("open", "/datahub/0123456789abcdef"),
        hub("basic", "/datahub/basic", .basic(user: "hub", password: Secret("open:sesame"))),
        hub("bearer", "/datahub/bearer", .bearer(token: Secret("abc.123"))),
    ]

    private func service(on loop: EventLoop) throws -> DatahubService {
        DatahubService(
            definitions: DatahubDefinitions(), memory: [], directory: nil, topics: try Topics(),
            loop: loop, log: GatewayTests.Lines().logger,
            reactions: .init(
                publish: { _ in }, keep: { [notes] in notes.kept.append($0) },
                telegram: { [notes] in notes.telegrams.append($1) }, heard: { _, _ in },
                learned: {}))
    }

    private func server(
        limits: HTTPLimits = HTTPLimits()
    ) throws -> (RunningServer, DatahubService) {
        let service = try service(on: EventLoop())
        let routes = service.routes(Self.hubs) { [notes] in notes.isFull }
        return (RunningServer(routes, limits: limits), service)
    }

    private static func message(_ counter: Int) -> [UInt8] {
        DatahubMessages.of(
            "00956906ABCDEF01", #"{"volume":1.5}"#, at: WallTime.now.seconds, counter: counter)
    }

    private static func post(
        _ body: [UInt8], to path: String = "/datahub/0123456789abcdef", _ headers: String = ""
    ) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
            + String(decoding: body, as: UTF8.self)
    }

    /// What is posted, and the answer.
    @Test(
        arguments: [
            ("a message", message(1), "", 204),
            ("as text", message(1), "Content-Type: a/b\r\n", 204),
            ("old", DatahubMessages.of(), "", 204), ("not understood", Array("{}".utf8), "", 204),
            ("a telegram", Array(GasMeter.formatA.utf8), "", 204), ("nothing", [], "", 400),
            ("no JSON", Array("{".utf8), "", 400), ("noise", Array("hello".utf8), "", 400),
            ("too deep", [UInt8](repeating: 0x5B, count: 100), "", 400),
            (
                "too much",
                [0x5B] + Array(repeatElement(Array("1,".utf8), count: 10_000).joined())
                    + [0x31, 0x5D], "", 413
            ),
            ("too large", [UInt8](repeating: 0x20, count: (256 << 10) + 1), "", 413),
        ] as [(String, [UInt8], String, Int)])
    func answers(_ name: String, _ body: [UInt8], _ headers: String, _ status: Int) throws {
        let (server, service) = try server()
        let answer = try server.answer(to: Self.post(body, headers))
        #expect(answer?.status == status, "\(answer?.body ?? "")")
        #expect(notes.telegrams == (name == "a telegram" ? ["open"] : []))
        #expect(service.statistics["open"]?.received ?? 0 <= 1)
    }

    /// A path and headers, and whether they open it.
    @Test(
        arguments: [
            ("/datahub/basic", "Authorization: Basic aHViOm9wZW46c2VzYW1l\r\n", 204),
            ("/datahub/basic", "Authorization: Basic aHViOm9wZW4=\r\n", 401),
            ("/datahub/basic", "", 401),
            ("/datahub/bearer", "Authorization: Bearer abc.123\r\n", 204),
            ("/datahub/bearer", "Authorization: Bearer abc.124\r\n", 401),
            ("/datahub/bearer", "", 401), ("/datahub/0123456789abcdee", "", 404),
        ])
    func logins(_ path: String, _ headers: String, _ status: Int) throws {
        let (server, service) = try server()
        let answer = try server.answer(to: Self.post(Self.message(1), to: path, headers))
        #expect(answer?.status == status)
        #expect(service.statistics.isEmpty == (status != 204))
    }

    @Test func manyRequestsAreToldToWait() throws {
        var limits = HTTPLimits()
        limits.requestsAtOnce = 3
        limits.requestsPerSecond = 1
        let (server, service) = try server(limits: limits)
        var statuses: [Int] = []
        for counter in 1...5 where statuses.last != 429 {
            let answer = try server.answer(to: Self.post(Self.message(counter)))
            statuses.append(answer?.status ?? 0)
            if answer?.status == 429 { #expect(answer?.headers["retry-after"] != nil) }
        }
        #expect(statuses.last == 429)
        #expect(statuses.first == 204)
        #expect(service.statistics["open"]?.published == UInt64(statuses.count - 1))
    }

    @Test func aFullQueueIsSaid() throws {
        let (server, service) = try server()
        notes.isFull = true
        let answer = try server.answer(to: Self.post(Self.message(1)))
        #expect(answer?.status == 503)
        #expect(answer?.headers["retry-after"] == "10")
        #expect(service.statistics.isEmpty)
    }

    @Test func aMessageOverHTTPAndMQTTIsPublishedOnce() throws {
        let theirs = try RealBroker()
        var both = Self.hub("both", "/datahub/0123456789abcdef")
        both.broker = theirs.settings("hub")
        let loop = EventLoop()
        let service = try service(on: loop)
        service.follow([both])
        let server = RunningServer(service.routes([both]) { false })
        let datahub = Recorder(theirs.settings("d"), on: loop)
        loop.turn(until: { datahub.client.isConnected })

        for counter in 1...4 {
            let message = Self.message(counter)
            let count = UInt64(counter)
            func publish() {
                datahub.client.publish(
                    MQTTMessage(topic: "R/lora/1/value", payload: message, retain: true))
            }
            // Either way may be the first.
            if counter % 2 == 0 {
                publish()
                loop.turn(until: { service.statistics["both"]?.published == count })
            }
            #expect(try server.answer(to: Self.post(message))?.status == 204)
            #expect(service.statistics["both"]?.published == count)
            if counter % 2 == 1 { publish() }
            loop.turn(until: { service.statistics["both"]?.duplicates == count })
        }
        let values = notes.kept.filter { $0.topic.contains("/devs/zridh_lora/") }
        #expect(values.count == 4)
        #expect(notes.kept.filter { $0.topic == "energy2mqtt/raw" }.count == 4)
        #expect(service.statistics["both"]?.published == 4)
        #expect(service.statistics["both"]?.received == 4)
        #expect(service.statistics["both"]?.duplicates == 4)
        service.stop()
        datahub.stop()
    }
}
