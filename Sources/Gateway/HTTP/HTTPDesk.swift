import Receivers
import Synchronization

/// What all connections share: the routes as far as the server's thread needs them, the limits, and
/// the way to the gateway. Used from both threads.
final class HTTPDesk: Sendable {
    /// A route without its handler.
    struct Entry: Equatable, Sendable {
        /// No other route ever has it.
        var number: Int
        var method: HTTPRoute.Method
        var path: Secret
        var authorisation: HTTPAuthorisation
        var maximalBody: Int
    }

    /// A request on its way to the route's handler.
    struct Call: Sendable {
        /// The route's number.
        var route: Int
        var request: HTTPRequest
        /// Sends the answer back; to be called once, on any thread.
        var answer: @Sendable (HTTPAnswer) -> Void
    }

    enum Message: Sendable {
        case call(Call)
        case notice(HTTPNotice)
    }

    /// What the server's thread says of itself.
    enum State: Sendable {
        case listening(port: UInt16)
        case failed(HTTPServerError)
        /// All connections are closed, and the thread has ended.
        case closed
    }

    private struct Shared {
        var entries: [Entry] = []
        /// That the next route gets.
        var nextNumber = 0
        var clients: HTTPClients
        var statistics = HTTPStatistics()
        /// Octets of bodies that are being received or wait.
        var bodies = 0
        var told: Set<HTTPNotice> = []
        var toldSince = ContinuousClock.now
    }

    let limits: HTTPLimits
    let mailbox: Mailbox<Message>
    /// Its own, as no request may keep it out.
    let states = Mailbox<State>(limit: 64)
    private let shared: Mutex<Shared>

    init(_ routes: [HTTPRoute], limits: HTTPLimits) {
        self.limits = limits
        mailbox = Mailbox(limit: limits.waiting)
        shared = Mutex(Shared(clients: HTTPClients(limits)))
        use(routes)
    }

    /// What can be asked for now.
    var entries: [Entry] { shared.withLock { $0.entries } }

    /// Takes these in place of the former ones, for every request that begins from now on.
    func use(_ routes: [HTTPRoute]) {
        shared.withLock { shared in
            shared.entries = routes.enumerated().map { place, route in
                Entry(
                    number: shared.nextNumber + place, method: route.method, path: route.path,
                    authorisation: route.authorisation, maximalBody: route.maximalBody)
            }
            shared.nextNumber += routes.count
        }
    }

    var statistics: HTTPStatistics { shared.withLock { $0.statistics } }

    // MARK: Connections and requests of clients

    func connects(_ client: HTTPClientAddress) -> Bool {
        let isTaken = shared.withLock { shared in
            let isTaken = shared.clients.connects(client, at: .now)
            if !isTaken { shared.statistics.refusedConnections += 1 }
            shared.statistics.connections = shared.clients.connections
            return isTaken
        }
        if !isTaken { tell(.tooManyConnections) }
        return isTaken
    }

    func disconnected(_ client: HTTPClientAddress) {
        shared.withLock { shared in
            shared.clients.disconnected(client)
            shared.statistics.connections = shared.clients.connections
        }
    }

    /// Nil, or how many seconds the client shall wait.
    func spend(_ count: Int = 1, by client: HTTPClientAddress) -> Int? {
        let wait = shared.withLock { $0.clients.spend(count, by: client, at: .now) }
        if wait != nil { tell(.tooManyRequests(client)) }
        return wait
    }

    func wrongLogin(of client: HTTPClientAddress) {
        _ = shared.withLock { $0.clients.spend(limits.wrongLogin, by: client, at: .now) }
        tell(.wrongLogin(client))
    }

    /// Whether there is room for `octets` more; they are taken then, until `freeBody`.
    func takeBody(_ octets: Int) -> Bool {
        shared.withLock { shared in
            guard shared.bodies + octets <= limits.bodies else { return false }
            shared.bodies += octets
            return true
        }
    }

    func freeBody(_ octets: Int) { shared.withLock { $0.bodies -= octets } }

    func answered(_ status: Int) {
        shared.withLock { $0.statistics.answered[status, default: 0] += 1 }
    }

    /// A connection ended without an answer because its time was over.
    func timedOut() { shared.withLock { $0.statistics.timedOut += 1 } }

    // MARK: What a person should know

    /// Each once an hour, so many different ones at most.
    private func tell(_ notice: HTTPNotice) {
        let isNew = shared.withLock { shared in
            if shared.toldSince.duration(to: .now) > .seconds(3600) {
                shared.told.removeAll()
                shared.toldSince = .now
            }
            return shared.told.count < 20 && shared.told.insert(notice).inserted
        }
        if isNew { mailbox.send(.notice(notice)) }
    }
}

/// What the web server has done since the program was started.
struct HTTPStatistics: Equatable, Sendable {
    /// Requests by the status that they were answered with.
    var answered: [Int: UInt64] = [:]
    /// Open now.
    var connections = 0
    /// Closed at once, as there were too many.
    var refusedConnections: UInt64 = 0
    /// Closed because the client took too long.
    var timedOut: UInt64 = 0
}

/// What clients do that a person should know.
enum HTTPNotice: Hashable, Sendable, CustomStringConvertible {
    case wrongLogin(HTTPClientAddress)
    case tooManyRequests(HTTPClientAddress)
    case tooManyConnections

    var description: String {
        switch self {
        case .wrongLogin(let client):
            "Web server: \(client) logs in with a wrong user, password or token. If it is yours, "
                + "write there what stands under `http` in the settings."
        case .tooManyRequests(let client):
            "Web server: \(client) asks too often, and is told to wait. Let it ask less often."
        case .tooManyConnections:
            "Web server: too many connections are open, and further ones are closed. "
                + "Look for a program that opens them and does not close them."
        }
    }
}
