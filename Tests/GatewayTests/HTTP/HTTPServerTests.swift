import Glibc
import Receivers
import TestSupport
import Testing

@testable import Gateway

/// The web server over real sockets: what it answers to whom.
@Suite struct HTTPServerTests {
    /// Answers with what it was sent.
    private static func echo(
        _ path: String, _ authorisation: HTTPAuthorisation = .none
    ) -> HTTPRoute {
        HTTPRoute(.post, Secret(path), authorisation: authorisation, maximalBody: 100_000) {
            HTTPAnswer(200, body: $0.body)
        }
    }

    private let routes = [
        HTTPRoute(.get, Secret("/here")) { _ in .text(200, "It is here.") },
        HTTPRoute(.post, Secret("/taken"), maximalBody: 10) { _ in .accepted },
        echo("/echo"),
        echo("/basic", .basic(user: "hub", password: Secret("open:sesame"))),
        echo("/bearer", .bearer(token: Secret("abc.123"))),
    ]

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var request: String
        var status: Int
        var headers: [String: String]
        var body: String?

        init(
            _ name: String, _ request: String, _ status: Int, _ headers: [String: String] = [:],
            body: String? = nil
        ) {
            testDescription = name
            self.request = request.replacing("\n", with: "\r\n")
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    static let cases = [
        Case(
            "a plain question", "GET /here HTTP/1.1\nHost: a\n\n", 200,
            ["content-length": "12", "content-type": "text/plain; charset=utf-8"],
            body: "It is here.\n"),
        Case("with a query", "GET /here?a=b HTTP/1.1\nHost: a\n\n", 200),
        Case("by a whole address", "GET http://a:80/here HTTP/1.1\nHost: a\n\n", 200),
        Case(
            "the head alone", "HEAD /here HTTP/1.1\nHost: a\n\n", 200, ["content-length": "12"],
            body: ""),
        Case("of the first version", "GET /here HTTP/1.0\n\n", 200, ["connection": "close"]),
        Case(
            "of the first version, kept", "GET /here HTTP/1.0\nConnection: keep-alive\n\n", 200,
            body: "It is here.\n"),
        Case("no host", "GET /here HTTP/1.1\n\n", 400, ["connection": "close"]),
        Case("two hosts", "GET /here HTTP/1.1\nHost: a\nHost: b\n\n", 400),
        Case("nothing there", "GET / HTTP/1.1\nHost: a\n\n", 404),
        Case("longer than the path", "GET /here/ HTTP/1.1\nHost: a\n\n", 404),
        Case("shorter than the path", "GET /her HTTP/1.1\nHost: a\n\n", 404),
        Case("the path again and again", "GET /here/here HTTP/1.1\nHost: a\n\n", 404),
        Case(
            "not to be posted to", "POST /here HTTP/1.1\nHost: a\n\n", 405,
            ["allow": "GET, HEAD"]),
        Case("not to be read", "GET /taken HTTP/1.1\nHost: a\n\n", 405, ["allow": "POST"]),
        Case("not to be changed", "DELETE /echo HTTP/1.1\nHost: a\n\n", 405, ["allow": "POST"]),
        Case("a tunnel", "CONNECT /here:443 HTTP/1.1\nHost: a\n\n", 404),
        Case(
            "another protocol", "GET /here HTTP/1.1\nHost: a\nConnection: upgrade\nUpgrade: x\n\n",
            200, ["connection": "close"]),
        Case("no HTTP", "hello\n\n", 400, ["connection": "close"]),
        Case("another version", "GET / HTTP/2.0\nHost: a\n\n", 400),
        Case("nothing to say", "POST /taken HTTP/1.1\nHost: a\nContent-Length: 2\n\n{}", 204),
        Case(
            "a body", "POST /echo HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello", 200,
            body: "hello"),
        Case("an empty body", "POST /echo HTTP/1.1\nHost: a\nContent-Length: 0\n\n", 200, body: ""),
        Case(
            "a body in pieces",
            "POST /echo HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n"
                + "3\nhel\n2;x=y\nlo\n0\nTrailer: 1\n\n", 200, body: "hello"),
        Case(
            "as large as may be",
            "POST /taken HTTP/1.1\nHost: a\nContent-Length: 10\n\n1234567890", 204),
        Case(
            "too large by its length", "POST /taken HTTP/1.1\nHost: a\nContent-Length: 11\n\n", 413,
            ["connection": "close"]),
        Case(
            "larger than any number",
            "POST /taken HTTP/1.1\nHost: a\nContent-Length: 18446744073709551615\n\n", 413),
        Case(
            "a length that is none", "POST /taken HTTP/1.1\nHost: a\nContent-Length: -1\n\n", 400),
        Case(
            "two lengths",
            "POST /taken HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2\n\nab", 400),
        Case(
            "a length and pieces",
            "POST /echo HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n",
            400),
        Case(
            "too large in pieces",
            "POST /taken HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nb\n12345678901\n", 413),
        Case("a body for a question", "GET /here HTTP/1.1\nHost: a\nContent-Length: 1\n\n", 413),
        Case(
            "told to go on",
            "POST /echo HTTP/1.1\nHost: a\nContent-Length: 2\nExpect: 100-continue\n\n{}", 200,
            body: "{}"),
        Case(
            "no login", "POST /basic HTTP/1.1\nHost: a\nContent-Length: 1\n\n1", 401,
            ["www-authenticate": #"Basic realm="oms2mqtt", charset="UTF-8""#]),
        Case(
            "no token", "POST /bearer HTTP/1.1\nHost: a\n\n", 401,
            ["www-authenticate": #"Bearer realm="oms2mqtt""#]),
        Case(
            "the right login",
            "POST /basic HTTP/1.1\nHost: a\nAuthorization: bASIC  aHViOm9wZW46c2VzYW1l\n\n", 200),
        Case(
            "a wrong login",
            "POST /basic HTTP/1.1\nHost: a\nAuthorization: Basic aHViOm9wZW46c2VzYW1m\n\n", 401),
        Case(
            "a login cut short",
            "POST /basic HTTP/1.1\nHost: a\nAuthorization: Basic aHViOm9wZW46c2VzYW1\n\n", 401),
        Case(
            "the right login twice",
            "POST /basic HTTP/1.1\nHost: a\nAuthorization: Basic aHViOm9wZW46c2VzYW1l\n"
                + "Authorization: Basic aHViOm9wZW46c2VzYW1l\n\n", 401),
        Case(
            "the right token",
            "POST /bearer HTTP/1.1\nHost: a\nAuthorization: Bearer abc.123\n\n", 200),
        Case(
            "the token as a login",
            "POST /bearer HTTP/1.1\nHost: a\nAuthorization: Basic abc.123\n\n", 401),
        Case(
            "a wrong login and a large body",
            "POST /basic HTTP/1.1\nHost: a\nContent-Length: 999999\n\n", 401),
        Case(
            "long headers",
            "GET /here HTTP/1.1\nHost: a\nX: \(String(repeating: "x", count: 17_000))\n\n", 431),
        Case(
            "many headers",
            "GET /here HTTP/1.1\nHost: a\n\(String(repeating: "X: x\n", count: 70))\n", 431),
        Case("a long path", "GET /\(String(repeating: "x", count: 17_000)) HTTP/1.1\n\n", 431),
    ]

    @Test func everyRequestIsAnsweredAsItShould() throws {
        let server = RunningServer(routes)
        for c in Self.cases {
            let answer = try server.answer(to: c.request)
            #expect(answer?.status == c.status, "\(c.testDescription)")
            for (name, value) in c.headers {
                #expect(answer?.headers[name] == value, "\(c.testDescription)")
            }
            if let body = c.body { #expect(answer?.body == body, "\(c.testDescription)") }
            let date = answer?.headers["date"] ?? ""
            #expect(date.hasSuffix(" GMT") && date.count == 29, "\(c.testDescription)")
        }
    }

    @Test func aRequestMayComeInAnyPieces() throws {
        let server = RunningServer(routes)
        let request =
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n0\r\n\r\n"
        let octets = Array(request.utf8)
        let client = try server.client()
        for piece in 1...octets.count {
            var rest = octets[...]
            while !rest.isEmpty {
                client.send(rest.prefix(piece))
                rest = rest.dropFirst(piece)
                server.loop.turn(atMost: .zero)
            }
            #expect(client.answer()?.body == "hello")
        }
    }

    @Test func requestsInARowAreAnsweredInTheirOrder() throws {
        let server = RunningServer(routes)
        let client = try server.client()
        var requests = ""
        for number in 0..<50 {
            let body = "\(number)"
            requests += "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n"
            requests += body
        }
        client.send(requests)
        for number in 0..<50 { #expect(client.answer()?.body == "\(number)") }
    }

    @Test func aClientThatHasNothingMoreToSayIsAnswered() throws {
        let server = RunningServer(routes)
        let client = try server.client()
        client.send("GET /here HTTP/1.1\r\nHost: a\r\n\r\n")
        client.finish()
        #expect(client.answer()?.status == 200)
        #expect(client.isClosed())
    }

    /// The answer must not be lost by what the client still sends.
    @Test func aLargeBodyIsRefusedWhileItComes() throws {
        let server = RunningServer(routes)
        let client = try server.client()
        client.send("POST /taken HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
        for _ in 0..<10 { client.send([UInt8](repeating: 0x20, count: 10_000)) }
        #expect(client.answer()?.status == 413)
    }

    @Test func aPortInUseIsSaidAndTriedAgain() throws {
        let (descriptor, port) = try FreePort.listen(backlog: 1)
        var settings = HTTPServerSettings()
        settings.port = port
        let loop = EventLoop()
        let lines = GatewayTests.Lines()
        let server = HTTPServer(
            settings, routes: routes, retryAfter: .milliseconds(20), loop: loop,
            log: lines.logger)
        server.start()
        loop.turn(until: { !lines.all.isEmpty })
        for _ in 0..<10 { loop.turn(atMost: .milliseconds(20)) }
        #expect(lines.all == ["<4>\(HTTPServerError.portInUse(port))"])
        #expect(lines.all.first?.contains("port \(port): another program has it") == true)
        close(descriptor)
        loop.turn(until: { server.port == port })
        #expect(lines.all.count == 2)
        server.stop()
    }
}
