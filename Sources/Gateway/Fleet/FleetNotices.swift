/// Which telegrams a decoder of a fleet is done with and has not told the one that stands by. Pure.
///
/// Notices of one shard go out together, as each message costs as much as a reading. They wait
/// behind the readings that they are about: if the decoder dies meanwhile, those come twice.
struct FleetNotices {
    /// How long one waits for others, while the broker is behind.
    static let wait = Duration.milliseconds(20)
    /// How many wait, of all shards together.
    static let most = 256

    private var waiting: [Int: (ids: [TransmissionID], time: Int64)] = [:]
    private(set) var count = 0

    var isFull: Bool { count >= Self.most }

    /// - Parameter heard: what was published; nothing if it is of no fleet.
    mutating func add(_ heard: Heard) {
        guard let id = heard.transmission else { return }
        waiting[id.shard, default: ([], 0)].ids.append(id)
        waiting[id.shard]?.time = heard.time.seconds
        count += 1
    }

    /// What is to be sent now, a message for each shard.
    mutating func take(on topics: FleetTopics) -> [OutgoingMessage] {
        defer { self = FleetNotices() }
        return waiting.map { shard, notices in
            OutgoingMessage(
                topic: topics.notices(of: shard), payload: notices.ids.flatMap(\.notice),
                time: notices.time)
        }
    }
}
