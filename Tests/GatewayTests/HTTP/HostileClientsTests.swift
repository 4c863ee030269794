import Receivers
import TestSupport
import Testing

@testable import Gateway

/// Clients that are slow, greedy or broken: each is bounded, and the others are served.
@Suite struct HostileClientsTests {
    private let routes = [
        HTTPRoute(.get, Secret("/here")) { _ in .text(200, "It is here.") },
        HTTPRoute(.get, Secret("/large")) { _ in
            HTTPAnswer(200, body: [UInt8](repeating: 0x20, count: 16 << 20))
        },
        HTTPRoute(
            .post, Secret("/secret"), authorisation: .bearer(token: Secret("right")),
            maximalBody: 100
        ) { _ in .accepted },
        HTTPRoute(.post, Secret("/post"), maximalBody: 100_000) { _ in .accepted },
    ]
    private let question = "GET /here HTTP/1.1\r\nHost: a\r\n\r\n"

    private var short: HTTPLimits {
        var limits = HTTPLimits()
        limits.head = .seconds(1)
        limits.body = .seconds(1)
        limits.sending = .seconds(1)
        limits.lingering = .milliseconds(100)
        return limits
    }

    /// Others are served as long as `server` runs. Where its limits are short and the machine is
    /// busy, they may have to ask twice.
    private func others(_ server: RunningServer) {
        server.loop.turn(until: { (try? server.answer(to: question))?.status == 200 })
    }

    @Test(arguments: ["", "G", "GET /here HTTP/1.1\r\n", "GET /here HTTP/1.1\r\nHost: a\r\nX: "])
    func aClientThatSendsNoWholeHeadIsLeft(start: String) throws {
        let server = RunningServer(routes, limits: short)
        let client = try server.client()
        client.send(start)
        others(server)
        #expect(client.isClosed())
        #expect(server.server.statistics.timedOut >= 1)
        others(server)
    }

    /// An octet now and then does not make the time longer.
    @Test func aClientThatSendsItsHeadDropByDropIsLeft() throws {
        let server = RunningServer(routes, limits: short)
        let client = try server.client()
        client.send("GET /here HTTP/1.1\r\n")
        let deadline = ContinuousClock.now + patience
        var isOpen = true
        while isOpen, .now < deadline {
            isOpen = client.send("X")
            server.loop.turn(atMost: .milliseconds(10))
        }
        #expect(!isOpen)
    }

    @Test func aBodyThatDoesNotComeIsRefused() throws {
        let server = RunningServer(routes, limits: short)
        let client = try server.client()
        client.send("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell")
        #expect(client.answer()?.status == 408)
        #expect(client.isClosed())
    }

    @Test func aConnectionOverWhichNothingIsAskedAnyMoreEnds() throws {
        let server = RunningServer(routes, limits: short)
        let client = try server.client()
        client.send(question)
        #expect(client.answer()?.status == 200)
        #expect(client.isClosed())
    }

    @Test func aClientThatDoesNotReadIsLeft() throws {
        let server = RunningServer(routes, limits: short)
        let client = try server.client()
        client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        server.loop.turn(until: { server.server.statistics.answered[200] == 1 })
        others(server)
        server.loop.turn(until: { server.server.statistics.connections == 0 })
    }

    @Test func noMoreConnectionsAreOpenThanMayBe() throws {
        var limits = HTTPLimits()
        limits.connectionsOfOneClient = 4
        let server = RunningServer(routes, limits: limits)
        var clients = try (0..<4).map { _ in try server.client() }
        for client in clients {
            client.send(question)
            #expect(client.answer()?.status == 200)
        }
        for _ in 0..<10 { #expect(try server.client().isClosed()) }
        #expect(server.server.statistics.refusedConnections == 10)
        server.loop.turn(until: { !server.lines.all.filter { $0.hasPrefix("<4>") }.isEmpty })
        #expect(server.lines.all.last == "<4>\(HTTPNotice.tooManyConnections)")
        clients.removeFirst()
        server.loop.turn(until: { server.server.statistics.connections == 3 })
        others(server)
    }

    @Test func whoAsksTooOftenIsToldToWait() throws {
        var limits = HTTPLimits()
        limits.requestsAtOnce = 3
        limits.requestsPerSecond = 0
        let server = RunningServer(routes, limits: limits)
        let answers = try (0..<5).map { _ in try server.answer(to: question) }
        #expect(answers.map { $0?.status } == [200, 200, 200, 429, 429])
        #expect(answers.last??.headers["retry-after"] == "1")
        let warnings = server.lines.all.filter { $0.hasPrefix("<4>") }
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("127.0.0.1 asks too often") == true)
    }

    @Test func whoTriesLoginsIsToldToWait() throws {
        var limits = HTTPLimits()
        limits.requestsAtOnce = 50
        limits.requestsPerSecond = 0
        let server = RunningServer(routes, limits: limits)
        let tries = try (0..<4).map { number in
            try server.answer(
                to: "POST /secret HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(number)\r\n\r\n")
        }
        #expect(tries.map { $0?.status } == [401, 401, 401, 429])
        #expect(server.lines.all.count { $0.contains("logs in with a wrong user") } == 1)
        #expect(!server.lines.all.contains { $0.contains("Bearer") || $0.contains("right") })
    }

    @Test func noMoreThanSomeBodiesAreHeldAtOnce() throws {
        var limits = HTTPLimits()
        limits.bodies = 100_000
        let server = RunningServer(routes, limits: limits)
        let half = "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
        let first = try server.client()
        first.send(half)
        first.send([UInt8](repeating: 0x20, count: 59_999))
        // It is read as soon as others are answered.
        for _ in 0..<20 { others(server) }
        let second = try server.client()
        second.send(half)
        second.send([UInt8](repeating: 0x20, count: 60_000))
        let answer = second.answer()
        #expect(answer?.status == 503)
        #expect(answer?.headers["retry-after"] == "1")
        first.send(" ")
        #expect(first.answer()?.status == 204)
        let third = try server.client()
        third.send(half)
        third.send([UInt8](repeating: 0x20, count: 60_000))
        #expect(third.answer()?.status == 204)
    }

    /// The gateway's loop does not turn: what waits is bounded, and all are told.
    @Test func aGatewayThatHangsIsToldAndWhatWaitsIsBounded() throws {
        var limits = HTTPLimits()
        limits.waiting = 4
        limits.answer = .seconds(3)
        let server = RunningServer(routes, limits: limits)
        let port = try #require(server.server.port)
        let clients = try (0..<8).map { _ in try #require(HTTPClient(port: port)) }
        for client in clients { client.send(question) }
        let answers = clients.map { $0.answer() }
        #expect(answers.allSatisfy { $0?.status == 503 })
        #expect(answers.count { $0?.body == "The gateway does not answer: it hangs.\n" } == 4)
        #expect(answers.count { $0?.body == "There is too much to do just now.\n" } == 4)
        for _ in 0..<20 { server.loop.turn(atMost: .milliseconds(1)) }
        others(server)
        // What was answered already is not answered again.
        for client in clients { #expect(client.answer(within: .milliseconds(20)) == nil) }
    }
}
