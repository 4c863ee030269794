/// The messages that the broker has not acknowledged yet, in the order they were made.
///
/// It holds them in memory and within limits. When it is full, messages go that a newer one of the
/// same topic follows; only if there are none, the oldest of all. What goes is counted.
struct Outbox {
    struct Limits: Equatable, Sendable {
        var messages = 2000
        var octets = 2 << 20
        /// How many may be on their way to the broker at once. Mosquitto and libmosquitto both
        /// take 20 unless told otherwise.
        var inFlight = 20
    }

    struct Entry: Equatable {
        let id: UInt64
        let message: MQTTMessage
        fileprivate var octets: Int { message.payload.count + message.topic.utf8.count }
    }

    let limits: Limits
    /// Not handed to the broker yet, oldest first.
    private(set) var waiting: [Entry] = []
    /// Handed over under a number of the connection's, not acknowledged yet.
    private var inFlight: [Int32: Entry] = [:]
    /// Messages given up because the box was full.
    private(set) var dropped: UInt64 = 0
    private var octets = 0
    private var lastID: UInt64 = 0
    private var waitingByTopic: [String: Int] = [:]

    init(limits: Limits = Limits()) { self.limits = limits }

    var count: Int { waiting.count + inFlight.count }
    var isEmpty: Bool { waiting.isEmpty && inFlight.isEmpty }

    /// Puts `message` behind all others. A retained message replaces one of its topic that still
    /// waits: the broker would only keep the newer one.
    ///
    /// - Returns: the number under which it can be recognised later.
    mutating func add(_ message: MQTTMessage) -> UInt64 {
        lastID += 1
        if message.retain, waitingByTopic[message.topic] != nil,
            let place = waiting.firstIndex(where: {
                $0.message.topic == message.topic && $0.message.retain
            })
        {
            remove(at: place)
        }
        insert([Entry(id: lastID, message: message)], at: waiting.endIndex)
        while waiting.count > 1, count > limits.messages || octets > limits.octets { dropOne() }
        return lastID
    }

    /// The next message to hand over, if one waits and enough are acknowledged.
    var next: Entry? { inFlight.count < limits.inFlight ? waiting.first : nil }

    /// `next` was handed over; the connection calls it `number`.
    mutating func handedOver(as number: Int32) {
        guard let entry = waiting.first else { return }
        remove(at: 0)
        octets += entry.octets
        inFlight[number] = entry
    }

    /// `next` can never be sent.
    mutating func discardNext() {
        if !waiting.isEmpty { remove(at: 0) }
    }

    /// The broker has the message that the connection calls `number`.
    mutating func acknowledged(_ number: Int32) -> Entry? {
        guard let entry = inFlight.removeValue(forKey: number) else { return nil }
        octets -= entry.octets
        return entry
    }

    /// The connection is gone, and with it all knowledge of what was on its way: all that was not
    /// acknowledged waits again, in its old place.
    mutating func connectionEnded() {
        let again = inFlight.values.sorted { $0.id < $1.id }
        octets -= again.reduce(0) { $0 + $1.octets }
        inFlight.removeAll()
        insert(again, at: 0)
    }

    private mutating func dropOne() {
        let hasSuperseded = waitingByTopic.count < waiting.count
        let place =
            hasSuperseded
            ? waiting.firstIndex { waitingByTopic[$0.message.topic, default: 0] > 1 } : nil
        remove(at: place ?? 0)
        dropped += 1
    }

    private mutating func insert(_ entries: [Entry], at place: Int) {
        waiting.insert(contentsOf: entries, at: place)
        for entry in entries {
            octets += entry.octets
            waitingByTopic[entry.message.topic, default: 0] += 1
        }
    }

    private mutating func remove(at place: Int) {
        let entry = waiting.remove(at: place)
        octets -= entry.octets
        let left = waitingByTopic[entry.message.topic, default: 1] - 1
        waitingByTopic[entry.message.topic] = left > 0 ? left : nil
    }
}
