import Wire

/// Joins the fragments of messages that are too long for one frame (EN 13757-7, 6.4).
///
/// Fragments may come twice or in another order. A message that is not whole after
/// `FragmentAssembly.patience` seconds is given up. At most `meterLimit` messages wait, one of each
/// sender, of at most `octetLimit` octets: whoever floods it pushes out the oldest.
struct FragmentAssembly {
    static let patience: UInt64 = 30
    static let meterLimit = 16
    static let octetLimit = 4096

    /// One fragment, its extended link layer in clear.
    struct Part {
        var octets: [UInt8]
        var layer: AuthenticationAndFragmentation
        var headers: TelegramHeaders
        var key: MeterKey?
        var crcVerified: Bool
        var protection: Telegram.Protection

        /// What it adds to the message.
        fileprivate var message: ArraySlice<UInt8> {
            octets[min(layer.end, octets.count)...]
        }
    }

    private struct Waiting {
        var sender: UInt64
        var since: UInt64
        /// In the order of their numbers, each number once.
        var parts: [Part]
    }

    private var waiting: [Waiting] = []

    /// How many messages wait for their rest.
    var count: Int { waiting.count }

    /// How many octets of messages are kept.
    var octets: Int {
        waiting.reduce(0) { sum, message in message.parts.reduce(sum) { $0 + $1.message.count } }
    }

    /// Takes a fragment.
    ///
    /// - Returns: the whole message behind the headers of its first fragment, if it is whole now;
    ///   its layer has the authentication code of the last one.
    /// - Throws: `fragmentPending` while fragments are missing; `fragmentsDoNotFit` where the last
    ///   one is here but one before it is not (which may still come), where another message's
    ///   fragment came, or the length is not the announced one.
    mutating func add(_ part: consuming Part, now: UInt64) throws(TelegramError) -> Part {
        waiting.removeAll { now &- $0.since > Self.patience }
        let layer = part.layer
        let sender = part.headers.sender.packed
        guard layer.fragmentNumber > 0 else { throw .fragmentsDoNotFit }
        guard let place = waiting.firstIndex(where: { $0.sender == sender }) else {
            return try begin(part, now: now)
        }
        if let same = waiting[place].parts.firstIndex(where: {
            $0.layer.fragmentNumber == layer.fragmentNumber
        }) {
            if waiting[place].parts[same].message == part.message { throw .fragmentPending }
            // Another message begins, or goes on whose beginning was not heard.
            waiting.remove(at: place)
            if layer.fragmentNumber == 1 { return try begin(part, now: now) }
            _ = try? begin(part, now: now)
            throw .fragmentsDoNotFit
        }
        let parts = waiting[place].parts
        if let counter = layer.messageCounter,
            parts.contains(where: { ($0.layer.messageCounter ?? counter) != counter })
        {
            waiting.remove(at: place)
            return try begin(part, now: now)
        }
        let size = parts.reduce(part.message.count) { $0 + $1.message.count }
        guard size <= Self.octetLimit else {
            waiting.remove(at: place)
            throw .fragmentsDoNotFit
        }
        let before = parts.firstIndex { $0.layer.fragmentNumber > layer.fragmentNumber }
        waiting[place].parts.insert(part, at: before ?? parts.endIndex)
        return try finish(place)
    }

    private mutating func begin(
        _ part: consuming Part, now: UInt64
    ) throws(TelegramError) -> Part {
        if waiting.count >= Self.meterLimit { waiting.removeFirst() }
        waiting.append(Waiting(sender: part.headers.sender.packed, since: now, parts: [part]))
        return try finish(waiting.count - 1)
    }

    /// The whole message at `place`, which then waits no more.
    private mutating func finish(_ place: Int) throws(TelegramError) -> Part {
        let parts = waiting[place].parts
        guard let last = parts.last, !last.layer.moreFragments else { throw .fragmentPending }
        guard parts.count == Int(last.layer.fragmentNumber), var whole = parts.first else {
            throw .fragmentsDoNotFit
        }
        waiting.remove(at: place)
        for part in parts.dropFirst() {
            whole.octets += part.message
            whole.key = whole.key ?? part.key
            whole.crcVerified = whole.crcVerified && part.crcVerified
            // One part in clear and the message is only as good as that.
            if part.protection != whole.protection { whole.protection = .none }
        }
        if !whole.octets.isEmpty { whole.octets[0] = UInt8(clamping: whole.octets.count - 1) }
        whole.layer.fragmentationControl |= last.layer.fragmentationControl & 0x0400
        whole.layer.code = last.layer.code
        whole.layer.codeLength = last.layer.codeLength
        if let length = whole.layer.messageLength, Int(length) != whole.message.count {
            throw .fragmentsDoNotFit
        }
        whole.headers.authentication = whole.layer
        return whole
    }
}
