/// Messages that speak of the moment (status, uptime, health, availability) and wait to be handed
/// to the broker.
///
/// They live in memory only and are of no use on a later connection: whoever sent them says anew
/// what is true then.
struct MomentaryMessages {
    typealias Waiting = (number: UInt64, message: MQTTMessage)

    /// How many may wait; then the oldest goes.
    static let limit = 10_000

    /// Oldest first.
    private(set) var waiting: [Waiting] = []
    private(set) var octets = 0
    private(set) var dropped: UInt64 = 0
    private var lastNumber: UInt64 = 0

    /// Puts `message` behind all others. A retained one takes the place of one of its topic: the
    /// broker would only keep the newer.
    ///
    /// - Returns: the number under which it can be recognised later.
    mutating func add(_ message: MQTTMessage) -> UInt64 {
        if message.retain,
            let place = waiting.firstIndex(where: {
                $0.message.retain && $0.message.topic == message.topic
            })
        {
            remove(at: place)
        }
        lastNumber += 1
        waiting.append((lastNumber, message))
        octets += Self.octets(of: message)
        if waiting.count > Self.limit {
            remove(at: 0)
            dropped += 1
        }
        return lastNumber
    }

    var next: Waiting? { waiting.first }

    mutating func removeNext() {
        if !waiting.isEmpty { remove(at: 0) }
    }

    mutating func connectionEnded() {
        waiting = []
        octets = 0
    }

    private mutating func remove(at place: Int) {
        octets -= Self.octets(of: waiting.remove(at: place).message)
    }

    private static func octets(of message: MQTTMessage) -> Int {
        message.payload.count + message.topic.utf8.count
    }
}
