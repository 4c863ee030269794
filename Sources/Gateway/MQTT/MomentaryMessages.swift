/// Messages that speak of the moment (status, uptime, health, availability) and wait to be handed
/// to the broker.
///
/// They live in memory only and are of no use on a later connection: whoever sent them says anew
/// what is true then.
struct MomentaryMessages {
    typealias Waiting = (number: UInt64, message: MQTTMessage)

    /// How many may wait; then the oldest goes.
    static let limit = 10_000

    /// Oldest first. A slice, so that taking the first away costs the same however many wait.
    private(set) var waiting: ArraySlice<Waiting> = []
    /// The numbers of those that are retained, by topic.
    private var retained: [String: UInt64] = [:]
    private(set) var octets = 0
    private(set) var dropped: UInt64 = 0
    private var lastNumber: UInt64 = 0

    /// Puts `message` behind all others. A retained one takes the place of one of its topic: the
    /// broker would only keep the newer.
    ///
    /// - Returns: the number under which it can be recognised later.
    mutating func add(_ message: MQTTMessage) -> UInt64 {
        lastNumber += 1
        if message.retain,
            let number = retained.updateValue(lastNumber, forKey: message.topic),
            let place = waiting.firstIndex(where: { $0.number == number })
        {
            octets -= Self.octets(of: waiting.remove(at: place).message)
        }
        waiting.append((lastNumber, message))
        octets += Self.octets(of: message)
        if waiting.count > Self.limit {
            removeNext()
            dropped += 1
        }
        return lastNumber
    }

    var next: Waiting? { waiting.first }

    mutating func removeNext() {
        guard let (number, message) = waiting.popFirst() else { return }
        octets -= Self.octets(of: message)
        if message.retain, retained[message.topic] == number { retained[message.topic] = nil }
        // Frees those that were taken away, too.
        if waiting.isEmpty { waiting = [] }
    }

    mutating func connectionEnded() {
        waiting = []
        retained = [:]
        octets = 0
    }

    private static func octets(of message: MQTTMessage) -> Int {
        message.payload.count + message.topic.utf8.count
    }
}
