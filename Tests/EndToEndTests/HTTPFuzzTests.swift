import Glibc
import TestSupport
import Testing

/// Requests that are cut, changed and put together at random, over real sockets to the real
/// program: it answers or closes, goes on, and keeps nothing of them.
///
/// Not in the test's own process, whose allocator has an arena for each of many threads.
@Suite(.serialized) struct HTTPFuzzTests {
    /// Octets that the program may grow by for each request.
    private static let margin = 20

    @Test func manyRandomRequestsLeaveNothingBehind() throws {
        let directory = TemporaryDirectory()
        let port = try FreePort.find()
        directory.write(
            """
            mqtt: {port: \(try FreePort.find())}
            httpd: {port: \(port)}
            storage: {path: \(directory.path)}
            receivers: []
            zenner_datahub:
              - name: a
                http: {path: /datahub/a, user: hub, pass: open}
              - name: b
                http: {path: /datahub/b, token: abc}

            """, to: "e2m.yaml")
        let program = try Program(
            Household.executable, ["run", "--config", directory.file("e2m.yaml")])
        _ = try program.line { $0.contains("Web server at") }
        var fuzzer = HTTPFuzzer(port: port, seed: 1)
        let requests = 50_000
        // First what is allocated once and kept.
        try fuzzer.send(requests: requests)
        let descriptors = program.openDescriptors
        let limit = Self.margin * requests
        let grown = try leastGrowth(of: program.process, limit: limit) {
            try fuzzer.send(requests: requests)
        }
        try program.wait { program.openDescriptors == descriptors }
        #expect(grown < limit, "it grew by \(grown) octets")
        #expect(fuzzer.statuses.isSuperset(of: [200, 400, 404, 405, 413, 431]))
        #expect(program.end() == 0)
    }
}

/// Clients of a web server that send random requests.
struct HTTPFuzzer {
    private static let clients = 25
    private static let requestsOfEach = 4

    private let port: UInt16
    private var random: SeededGenerator
    /// What was answered first on any connection.
    private(set) var statuses: Set<Int> = []

    init(port: UInt16, seed: UInt64) {
        self.port = port
        random = SeededGenerator(state: seed)
    }

    enum Failure: Error { case noConnection, neitherAnsweredNorClosed, noAnswer }

    mutating func send(requests: Int) throws {
        for _ in 0..<(requests / Self.clients / Self.requestsOfEach) { try round() }
    }

    /// Some clients at once, each with some requests in a row; the first client's are sound.
    private mutating func round() throws {
        var clients: [HTTPClient] = []
        for _ in 0..<Self.clients {
            // From many addresses, as none may ask too often.
            let source = UInt32.random(in: 0x10001...0x10800, using: &random)
            guard let client = HTTPClient(port: port, from: source) else {
                throw Failure.noConnection
            }
            clients.append(client)
        }
        for (place, client) in clients.enumerated() {
            for _ in 0..<Self.requestsOfEach {
                client.send(place == 0 ? Array(Self.sound.utf8) : request())
            }
            client.finish()
        }
        for (place, client) in clients.enumerated() {
            guard let answers = client.rest() else { throw Failure.neitherAnsweredNorClosed }
            let lines = String(decoding: answers, as: UTF8.self).split(separator: "HTTP/1.1 ")
            let found = lines.compactMap { Int($0.prefix(3)) }
            if place == 0, found != Array(repeating: 200, count: Self.requestsOfEach) {
                throw Failure.noAnswer
            }
            if let status = found.first { statuses.insert(status) }
            client.reset()
        }
    }

    // MARK: Requests

    private static let sound = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"

    private static let templates = [
        sound,
        "HEAD /metrics?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET http://a/nothing HTTP/1.0\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n",
        "POST /datahub/a HTTP/1.1\r\nHost: a\r\nAuthorization: Basic aHViOm9wZW4=\r\n"
            + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"a\":[1, 2]}",
        "POST /datahub/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
        "POST /datahub/b HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer abc\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nTrailer: x\r\n\r\n",
        "POST /datahub/b HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer abc\r\n"
            + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
        "DELETE /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ].map { Array($0.utf8) }

    /// What means something to a parser.
    private static let pieces = [
        "\r\n", "\r\n\r\n", "\n", "\r", ":", " ", "\t", "\0", "%00", "..", "//", "HTTP/1.1",
        "HTTP/9.9",
        "HTTP/0.9", "Content-Length: 5\r\n", "Content-Length: 99999999999999999999\r\n",
        "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n",
        "Host: b\r\n", "Connection: keep-alive\r\n", "Upgrade: x\r\n", "Expect: 100-continue\r\n",
        "ffffffffffffffff\r\n", "0\r\n\r\n", "\u{FFFD}", "Authorization: Bearer x\r\n", ": x\r\n",
        " folded\r\n", "Trailer:\r\n",
    ].map { Array($0.utf8) }

    private mutating func request() -> [UInt8] {
        var octets: [UInt8] = Self.templates.randomElement(using: &random) ?? []
        if Int.random(in: 0..<20, using: &random) == 0 {
            octets = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) { change(&octets) }
        return octets
    }

    private mutating func change(_ octets: inout [UInt8]) {
        let place = Int.random(in: 0...octets.count, using: &random)
        let end = Int.random(in: place...min(place + 20, octets.count), using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0 where place < octets.count:
            octets[place] = UInt8.random(in: .min ... .max, using: &random)
        case 1: octets.removeSubrange(place..<end)
        case 2: octets.insert(contentsOf: octets[place..<end], at: place)
        case 3: octets.removeSubrange(place...)
        case 4: octets += Self.templates.randomElement(using: &random) ?? []
        case 5:
            let count = Int.random(in: 0...20_000, using: &random)
            octets.insert(contentsOf: repeatElement(UInt8(ascii: "x"), count: count), at: place)
        default:
            octets.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
        }
    }
}
