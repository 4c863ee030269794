/// Cuts text into lines, ended by CR LF or LF alone.
public struct LineFramer: Framer {
    /// A line without its end.
    public struct Message: Equatable, Sendable {
        public var characters: [UInt8]
        public init(characters: [UInt8]) { self.characters = characters }
        public init(_ text: String) { characters = Array(text.utf8) }
    }

    private let limit: Int
    private var pending = PendingOctets()
    /// Inside a line that is too long: all up to its end is passed over.
    private var isInOverlongLine = false

    /// - Parameter limit: longer lines, as something hung prints without end, are passed over.
    public init(limit: Int) { self.limit = limit }

    public var patience: Duration { .seconds(2) }
    public var isWaiting: Bool { !pending.isEmpty }
    public mutating func append(_ chunk: [UInt8]) { pending.append(chunk) }

    /// Gives up a line that was never ended; whatever telegram begins behind it is in a new line.
    public mutating func flush() -> Framed<Message>? {
        isInOverlongLine = false
        return pending.isEmpty ? nil : .skipped(pending.take(pending.count), .silence)
    }

    public mutating func next() -> Framed<Message>? {
        while true {
            guard let end = pending.distance(where: { $0 == UInt8(ascii: "\n") }) else {
                guard isInOverlongLine || pending.count > limit else { return nil }
                isInOverlongLine = true
                return pending.isEmpty ? nil : .skipped(pending.take(pending.count), .badLength)
            }
            let line = pending.take(end + 1)
            guard !isInOverlongLine, end <= limit else {
                isInOverlongLine = false
                return .skipped(line, .badLength)
            }
            var characters = line.dropLast()
            if characters.last == UInt8(ascii: "\r") { characters.removeLast() }
            if !characters.isEmpty { return .message(Message(characters: Array(characters))) }
        }
    }
}
