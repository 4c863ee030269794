import Testing

@testable import Gateway

/// What each client may take, and by what name it is known.
@Suite struct HTTPClientsTests {
    let start = ContinuousClock.now
    let one = HTTPClientAddress("192.0.2.1")
    let other = HTTPClientAddress("192.0.2.2")

    static let addresses: [(String, String?)] = [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("255.255.255.255", "255.255.255.255"),
        ("2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64"),
        ("::1", "0:0:0:0::/64"),
        ("localhost", nil), ("", nil), ("192.0.2", nil),
    ]

    @Test(arguments: addresses)
    func addressesAreThoseOfNetworks(text: String, shown: String?) {
        #expect(HTTPClientAddress(text)?.description == shown)
    }

    /// Clients under test; a class, so that expectations may change it.
    private final class Desk {
        private var clients: HTTPClients
        private let start: ContinuousClock.Instant
        init(_ start: ContinuousClock.Instant, _ change: (inout HTTPLimits) -> Void) {
            var limits = HTTPLimits()
            change(&limits)
            clients = HTTPClients(limits)
            self.start = start
        }
        var connections: Int { clients.connections }
        var remembered: Int { clients.remembered }
        func connects(_ client: HTTPClientAddress) -> Bool { clients.connects(client, at: start) }
        func disconnected(_ client: HTTPClientAddress) { clients.disconnected(client) }
        func spend(
            _ count: Int = 1, by client: HTTPClientAddress, after delay: Duration = .zero
        ) -> Int? {
            clients.spend(count, by: client, at: start + delay)
        }
    }

    @Test func connectionsAreCountedForEachClientAndForAll() throws {
        let desk = Desk(start) {
            $0.connections = 3
            $0.connectionsOfOneClient = 2
        }
        let one = try #require(one)
        let other = try #require(other)
        #expect(desk.connects(one))
        #expect(desk.connects(one))
        #expect(!desk.connects(one))
        #expect(desk.connects(other))
        #expect(!desk.connects(other))
        desk.disconnected(one)
        #expect(desk.connects(other))
        #expect(desk.connections == 3)
        for client in [one, one, one, other, other, other] { desk.disconnected(client) }
        #expect(desk.connections == 0)
    }

    @Test func requestsComeBackWithTime() throws {
        let desk = Desk(start) {
            $0.requestsAtOnce = 5
            $0.requestsPerSecond = 2
        }
        let one = try #require(one)
        for _ in 0..<5 { #expect(desk.spend(by: one) == nil) }
        #expect(desk.spend(by: one) == 1)
        #expect(desk.spend(by: one, after: .milliseconds(499)) == 1)
        #expect(desk.spend(by: one, after: .milliseconds(500)) == nil)
        #expect(desk.spend(by: one, after: .milliseconds(500)) == 1)
        #expect(desk.spend(by: try #require(other)) == nil)
        // Never more than at first, however long nothing is asked.
        for _ in 0..<5 { #expect(desk.spend(by: one, after: .seconds(1_000_000)) == nil) }
        #expect(desk.spend(by: one, after: .seconds(1_000_000)) == 1)
    }

    @Test func aWrongLoginTakesLonger() throws {
        let desk = Desk(start) {
            $0.requestsAtOnce = 5
            $0.requestsPerSecond = 2
        }
        let one = try #require(one)
        #expect(desk.spend(20, by: one) == nil)
        #expect(desk.spend(by: one) == 8)
        #expect(desk.spend(by: one, after: .seconds(8)) == nil)
    }

    @Test func noMoreClientsAreRememberedThanMayBe() throws {
        let desk = Desk(start) {
            $0.clients = 10
            $0.requestsAtOnce = 1
        }
        let one = try #require(one)
        #expect(desk.connects(one))
        for number in 0..<1000 {
            let client = try #require(HTTPClientAddress("10.0.\(number / 256).\(number % 256)"))
            #expect(desk.spend(by: client, after: .milliseconds(number)) == nil)
            #expect(desk.remembered <= 10)
        }
        desk.disconnected(one)
        #expect(desk.connections == 0)
    }

    static let logins = [
        // RFC 7617, sections 2 and 2.1.
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("test", "123£", "dGVzdDoxMjPCow=="),
        ("a", "bcdef", "YTpiY2RlZg=="), ("a", "bcd", "YTpiY2Q="), ("a", "b", "YTpi"),
    ]

    @Test(arguments: logins)
    func loginsAreThoseOfTheStandard(user: String, password: String, credentials: String) {
        let login = HTTPAuthorisation.basic(user: user, password: Secret(password))
        #expect(login.allows(["Basic \(credentials)"]))
        for count in 0..<credentials.count {
            #expect(!login.allows(["Basic \(credentials.prefix(count))"]))
        }
        #expect(!login.allows(["Basic \(credentials)="]))
        #expect(!login.allows(["Bearer \(credentials)"]))
        #expect(!login.allows([credentials]))
        #expect(!login.allows([]))
        #expect("\(login)" == #"basic(user: "\#(user)", password: (not shown))"#)
    }

    @Test func secretsAreComparedWhole() {
        let secret = Secret("abc")
        for given in ["", "a", "ab", "abcd", "abcabc", "abd", "bbc", "ab\u{0}", "abc\u{0}"] {
            #expect(!secret.isEqual(to: given))
        }
        #expect(secret.isEqual(to: "abc"))
        #expect(!Secret("").isEqual(to: ""))
    }

    @Test func datesAreThoseOfHTTP() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
