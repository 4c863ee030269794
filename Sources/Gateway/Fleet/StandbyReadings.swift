/// What a decoder has made of transmissions that another one publishes, until it hears that they
/// are published. Pure, and bounded.
///
/// The same octets may be sent again and again: each notice of a publication stands for one of
/// them. A notice may also come before the reading that it is about.
struct StandbyReadings {
    typealias Instant = ContinuousClock.Instant

    /// How long it may take until a dead decoder is known to be dead, and more.
    static let memory = Duration.seconds(120)
    static let limit = 100_000
    /// How long a notice waits for its reading: longer than copies are waited for.
    static let notices = Duration.seconds(10)

    private struct Held {
        var heard: Heard
        var since: Instant
    }

    /// Oldest first.
    private var held: [Held] = []
    private var notices: [TransmissionID: (count: Int, since: Instant)] = [:]
    /// Given up because nobody published them and nobody had to.
    private(set) var expired = 0

    var count: Int { held.count }

    /// Whether a notice has come before the reading, while copies of the telegram were waited for;
    /// it stands for this one alone.
    mutating func wasPublished(_ id: TransmissionID, at now: Instant) -> Bool {
        guard let notice = notices[id] else { return false }
        let isAboutThis = notice.since.duration(to: now) <= Self.notices
        let rest = isAboutThis ? notice.count - 1 : 0
        notices[id] = rest > 0 ? (rest, notice.since) : nil
        return isAboutThis
    }

    mutating func hold(_ heard: Heard, at now: Instant) {
        expire(at: now)
        held.append(Held(heard: heard, since: now))
        if held.count > Self.limit { giveUp(1) }
    }

    mutating func published(_ id: TransmissionID, at now: Instant) {
        expire(at: now)
        if let place = held.firstIndex(where: { $0.heard.transmission == id }) {
            held.remove(at: place)
        } else if notices.count < Self.limit {
            notices[id] = ((notices[id]?.count ?? 0) + 1, now)
        }
    }

    /// What of these nobody has published, in the order heard; it is this decoder's now.
    mutating func take(where isOurs: (Heard, _ shard: Int) -> Bool) -> [Heard] {
        let isTaken = held.map { isOurs($0.heard, $0.heard.transmission?.shard ?? -1) }
        defer { held = zip(held, isTaken).filter { !$0.1 }.map(\.0) }
        return zip(held, isTaken).filter(\.1).map(\.0.heard)
    }

    /// The readings of this shard are others' now.
    mutating func forget(_ shard: Int) {
        held.removeAll { $0.heard.transmission?.shard == shard }
    }

    private mutating func expire(at now: Instant) {
        let old = held.prefix { $0.since.duration(to: now) > Self.memory }.count
        if old > 0 { giveUp(old) }
        if notices.count > 1000, notices.count >= nextSweep {
            notices = notices.filter { $0.value.since.duration(to: now) <= Self.notices }
            nextSweep = 2 * notices.count
        }
    }

    private var nextSweep = 0

    private mutating func giveUp(_ count: Int) {
        held.removeFirst(count)
        expired += count
    }
}
