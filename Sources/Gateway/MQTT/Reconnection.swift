/// When to try the broker again, and whether two programs fight over one client id. Pure.
struct Reconnection {
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
    /// - Returns: how long to wait: the shortest delay after a connection, doubling up to the
    ///   longest while none can be made or another program seems to take it over, less up to a
    ///   quarter by chance. The longest is short enough for readings to be back soon after the
    ///   broker is: a broker restarted often looks like a takeover too.
    mutating func wait(
        afterLasting lasted: Duration?, explained: Bool = false, jitter: Double
    ) -> Duration {
        // A try that fails in between speaks of a broker that is restarted.
        let isShort = !explained && (lasted.map { $0 < Self.shortConnection } ?? false)
        shortConnections = isShort ? shortConnections + 1 : 0
        if lasted != nil, !looksLikeTakeover { next = delays.lowerBound }
        let wait = next * (1 - 0.25 * min(max(jitter, 0), 1))
        next = min(next * 2, delays.upperBound)
        return wait
    }

    /// Whether the last three tries gave short connections that ended without a word.
    var looksLikeTakeover: Bool { shortConnections >= 3 }
}
