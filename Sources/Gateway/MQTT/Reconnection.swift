/// When to try the broker again, and whether two programs fight over one client id. Pure.
struct Reconnection {
    /// A connection that lasted this long was a good one.
    static let goodConnection = Duration.seconds(30)
    /// Connections that end sooner than this, three in a row while the broker is always there, look
    /// like a fight over the client id.
    static let shortConnection = Duration.seconds(10)

    let delays: ClosedRange<Duration>
    private var next: Duration
    private var shortConnections = 0

    init(delays: ClosedRange<Duration>) {
        self.delays = delays
        next = delays.lowerBound
    }

    /// The connection ended, or none was made.
    ///
    /// - Parameters:
    ///   - lasted: how long there was a connection; nil if there was none.
    ///   - explained: whether the broker said why it ended the connection.
    ///   - jitter: 0…1, by chance, so that clients of a broker that returns do not come all at once.
    /// - Returns: how long to wait, from 1 s doubling to 60 s unless set otherwise, less up to a
    ///   quarter by chance.
    mutating func wait(
        afterLasting lasted: Duration?, explained: Bool = false, jitter: Double
    ) -> Duration {
        if let lasted, lasted >= Self.goodConnection { next = delays.lowerBound }
        // A try that fails in between speaks of a broker that is restarted.
        let isShort = !explained && (lasted.map { $0 < Self.shortConnection } ?? false)
        shortConnections = isShort ? shortConnections + 1 : 0
        let wait = next * (1 - 0.25 * min(max(jitter, 0), 1))
        next = min(next * 2, delays.upperBound)
        return wait
    }

    /// Whether the last three tries gave short connections that ended without a word.
    var looksLikeTakeover: Bool { shortConnections >= 3 }
}
