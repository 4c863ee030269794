// How much may wait in an outbox and how long, and what was given up for it.
extension DurableOutbox {
    public struct Limits: Equatable, Sendable {
        /// How large the file may become.
        public var octets = 64 << 20
        /// How much of that an outage may use for each day it lasts, the first in full at once.
        public var octetsPerDay = 3 << 20
        /// How many seconds an outage may last before `octetsPerDay` counts: a burst within them may
        /// fill the file.
        public var burst: Int64 = 600
        /// How many seconds a message may wait, but for the newest of its route.
        public var age: Int64 = 30 * 86_400
        /// How much may wait in memory while the file cannot be written.
        public var memoryOctets = 1 << 20
        /// How long a message may wait in memory only.
        public var writeAfter = Duration.seconds(30)
        /// How much may wait in memory only.
        public var writeAtOctets = 512 << 10
        /// How long to leave a file alone that could not be used.
        public var retryAfter = Duration.seconds(60)

        public init() {}
    }

    /// How many messages were given up, by reason.
    public struct Dropped: Equatable, Sendable {
        /// A newer retained message of the same route replaced it.
        public var replaced = 0
        /// Thinned out; a newer one of the same route is kept.
        public var thinned = 0
        /// Older than `Limits.age`.
        public var expired = 0
        /// No room, though all was thinned out.
        public var full = 0
        /// Unreadable on disk.
        public var damaged = 0
    }
}
