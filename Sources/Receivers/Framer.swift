/// Cuts a stick's octet stream into messages, with no port, no clock and no log.
public protocol Framer: Sendable {
    associatedtype Message: Equatable, Sendable
    /// How long a message that has begun may pause before `flush` is due.
    var patience: Duration { get }
    /// Whether a message has begun that is not complete yet.
    var isWaiting: Bool { get }
    /// Adds octets as they came, in pieces of any size.
    mutating func append(_ chunk: [UInt8])
    /// The next thing found in the stream, or nil until more octets come.
    mutating func next() -> Framed<Message>?
    /// Gives up the start of a stalled message, so that `next` looks again behind it; nil if none
    /// waits.
    mutating func flush() -> Framed<Message>?
}

public enum Framed<Message: Equatable & Sendable>: Equatable, Sendable {
    case message(Message)
    /// Octets passed over to find the next start.
    case skipped([UInt8], SkipReason)

    func mapMessage<Other>(_ transform: (Message) -> Other) -> Framed<Other> {
        switch self {
        case .message(let message): .message(transform(message))
        case .skipped(let octets, let reason): .skipped(octets, reason)
        }
    }
}

/// Why octets of a stick's stream were passed over.
public enum SkipReason: Equatable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// No message can start there.
    case noStart
    /// A message whose check sum does not fit: damaged between stick and computer.
    case badChecksum
    /// A message that began and never ended.
    case silence
    /// A message whose length contradicts what it holds: cut short or run together.
    case badLength
    /// A line with a character in it that cannot be there.
    case malformed

    public var description: String {
        switch self {
        case .noStart: "no message starts there"
        case .badChecksum: "the check sum is wrong"
        case .silence: "the message was never completed"
        case .badLength: "the message is cut short or too long"
        case .malformed: "the line holds a character that cannot be there"
        }
    }

    /// As it stands in metrics.
    public var name: String {
        switch self {
        case .noStart: "no_start"
        case .badChecksum: "bad_checksum"
        case .silence: "silence"
        case .badLength: "bad_length"
        case .malformed: "malformed"
        }
    }
}

/// Octets that wait to be cut into messages.
///
/// Taking from the front costs nothing but a moved index, so a burst of octets is read in one go.
struct PendingOctets: Equatable, Sendable {
    private var octets: [UInt8] = []
    private var start = 0

    var count: Int { octets.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ chunk: [UInt8]) {
        octets.removeFirst(start)
        start = 0
        octets += chunk
    }

    /// The octet `offset` behind the first that waits; nil beyond the end.
    subscript(offset: Int) -> UInt8? {
        offset >= 0 && offset < count ? octets[start + offset] : nil
    }

    /// The first `length` octets, or all there are.
    func prefix(_ length: Int) -> ArraySlice<UInt8> {
        octets[start...].prefix(max(length, 0))
    }

    /// How far the first octet is that fulfils `isWanted`; nil if none does.
    func distance(where isWanted: (UInt8) -> Bool) -> Int? {
        octets[start...].firstIndex(where: isWanted).map { $0 - start }
    }

    /// Takes the first `length` octets, or all there are.
    mutating func take(_ length: Int) -> [UInt8] {
        let taken = Array(prefix(length))
        start += taken.count
        return taken
    }
}
