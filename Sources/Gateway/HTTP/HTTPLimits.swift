/// How much clients of the web server may take, whatever they do.
struct HTTPLimits: Sendable {
    /// Connections at once; further ones are closed at once.
    var connections = 64
    var connectionsOfOneClient = 16
    /// Octets of a request's target and headers, and how many headers there may be.
    var headOctets = 16 << 10
    var headers = 64
    /// Octets of bodies that are being received or wait to be handled, of all connections.
    var bodies = 2 << 20
    /// Requests that wait for the gateway.
    var waiting = 32

    /// A client that sends no whole head within this time is gone, or means no good; also how long
    /// a connection is kept when nothing is asked.
    var head = Duration.seconds(30)
    /// How long the rest of a request may take.
    var body = Duration.seconds(30)
    /// How long the gateway may take to answer; longer, and its event loop makes no progress.
    var answer = Duration.seconds(10)
    /// How long a client may take to read an answer.
    var sending = Duration.seconds(10)
    /// How long a connection is held after its last answer, so that the client can read it.
    var lingering = Duration.seconds(2)

    /// Requests of one client: so many in each second for ever, and so many at once.
    var requestsPerSecond = 20
    var requestsAtOnce = 200
    /// A wrong login counts as so many requests.
    var wrongLogin = 20
    /// Clients that are remembered for that.
    var clients = 1024
}
