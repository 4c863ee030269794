import Glibc
import Receivers
import TestSupport
import Testing

@testable import Gateway

/// Requests that are cut, changed and put together at random, over real sockets: the server answers
/// or closes, goes on, and keeps nothing of them.
@Suite(.serialized) struct HTTPFuzzTests {
    /// In a process of its own, as its memory and descriptors are looked at.
    @Test func manyRandomRequestsLeaveNothingBehind() async {
        await #expect(processExitsWith: .success) {
            var fuzzer = HTTPFuzzer(seed: 1)
            try fuzzer.run(requests: 100_000)
        }
    }
}

/// Sends random requests to a server of this process.
struct HTTPFuzzer {
    private static let clients = 25
    private static let requestsOfEach = 4
    private static let eachRound = clients * requestsOfEach
    /// KiB that the process may grow by meanwhile: 40 octets a request.
    private static let margin = 4096

    private var random: SeededGenerator
    private let server: RunningServer

    init(seed: UInt64) {
        random = SeededGenerator(state: seed)
        var limits = HTTPLimits()
        limits.requestsAtOnce = 1_000_000_000
        limits.connectionsOfOneClient = limits.connections
        limits.waiting = limits.connections
        // A request that is cut ends the connection at once, as the client has finished.
        limits.lingering = .milliseconds(200)
        server = RunningServer(
            [
                HTTPRoute(.get, Secret("/metrics")) { _ in .text(200, "metrics") },
                HTTPRoute(
                    .post, Secret("/datahub/a"),
                    authorisation: .basic(user: "hub", password: Secret("open")),
                    maximalBody: 1000
                ) { $0.body.first == 0x7B ? .accepted : .badRequest("This is no JSON.") },
                HTTPRoute(.post, Secret("/datahub/b"), maximalBody: 1000) {
                    HTTPAnswer(200, body: $0.body)
                },
            ], limits: limits)
    }

    mutating func run(requests: Int) throws {
        // First what is allocated once and kept.
        for _ in 0..<(requests / 10 / Self.eachRound) { try round() }
        let memory = settledMemory()
        let descriptors = ProcessFacts.now.openDescriptors
        for _ in 0..<(requests / Self.eachRound) { try round() }
        let grown = settledMemory() - memory
        #expect(grown < Self.margin, "it grew by \(grown) KiB")
        #expect(ProcessFacts.now.openDescriptors == descriptors)
        let answered = server.server.statistics.answered
        for status in [200, 204, 400, 401, 404, 405, 413] {
            #expect(answered[status, default: 0] > 0, "nothing was answered with \(status)")
        }
        server.stop()
    }

    /// Resident KiB when all connections have ended.
    private func settledMemory() -> Int {
        server.loop.turn(until: { server.server.statistics.connections == 0 })
        return Int(ProcessFacts.now.residentMemory >> 10)
    }

    /// Some clients at once, each with some requests in a row; the first client's are sound.
    ///
    /// Without the test library's macros, which keep something for each of very many calls.
    private mutating func round() throws {
        var clients: [HTTPClient] = []
        for _ in 0..<Self.clients {
            let client = HTTPClient(port: server.server.port ?? 0) { [loop = server.loop] in
                loop.turn(atMost: .zero)
                sched_yield()
            }
            guard let client else { throw Failure.noConnection }
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
            if answers.isEmpty ? place == 0 : !answers.starts(with: "HTTP/1.1 ".utf8) {
                throw Failure.noAnswer
            }
            if place == 0 {
                let text = String(decoding: answers, as: UTF8.self)
                guard text.split(separator: "HTTP/1.1 200 ").count == Self.requestsOfEach else {
                    throw Failure.noAnswer
                }
            }
            client.reset()
        }
    }

    private enum Failure: Error { case noConnection, neitherAnsweredNorClosed, noAnswer }

    // MARK: Requests

    private static let sound = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"

    private static let templates = [
        sound,
        "HEAD /metrics?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET http://a/nothing HTTP/1.0\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n",
        "POST /datahub/a HTTP/1.1\r\nHost: a\r\nAuthorization: Basic aHViOm9wZW4=\r\n"
            + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"a\":[1, 2]}",
        "POST /datahub/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
        "POST /datahub/b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nTrailer: x\r\n\r\n",
        "POST /datahub/b HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
        "DELETE /datahub/b HTTP/1.1\r\nHost: a\r\n\r\n",
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
