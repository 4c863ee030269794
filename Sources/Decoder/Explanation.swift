/// The decoder's account of one telegram, kept: layers, their fields, and what was deciphered.
///
/// It is filled by the decoder itself while it decodes, so it cannot say anything else than what
/// the decoder did. Every octet is in it once and in order: where the decoder passed over some, or
/// gave up, they are there as not read.
public struct Explanation: DecodingAccount, Equatable, Sendable {
    public struct Layer: Equatable, Sendable {
        public var name: String
        public var items: [Item] = []
        /// Octets that were received but are not among the telegram's: CRCs, a frame around it.
        public var asides: [Field] = []
    }

    /// Octets, what they are called, and what they say.
    public struct Field: Equatable, Sendable {
        public var name: String
        /// Of the first octet; what it counts in changes behind each `replaced`. Nil for asides.
        public var offset: Int?
        public var octets: [UInt8]
        public var meaning: String
    }

    public enum Item: Equatable, Sendable {
        case field(Field)
        /// Octets as they came and what the decoder went on with: deciphered, joined, or the full
        /// frame made from a compact one. What follows says what is in `after`.
        case replaced(how: String, before: [UInt8], after: [UInt8])
        /// Something that no single octet says.
        case finding(String)
        /// Octets that the decoder did not read.
        case notRead(offset: Int, octets: [UInt8])
    }

    /// Why the decoder did not get to the end.
    public struct Stop: Equatable, Sendable {
        /// The first octet that was not read; nil if all were.
        public var offset: Int?
        public var reason: String
    }

    public private(set) var layers: [Layer] = []
    /// Nil if the telegram was read to its end.
    public private(set) var stop: Stop?
    /// What the ranges point into now.
    private var octets: [UInt8] = []
    /// The next octet to be told.
    private var next = 0

    public init() {}

    /// Ends the account: what was not told yet was not read.
    ///
    /// - Parameter reason: why reading stopped; nil if it came to its end.
    public mutating func finish(stopped reason: String?) {
        let offset = next < octets.count ? next : nil
        pass(to: octets.count)
        stop = reason.map { Stop(offset: offset, reason: $0) }
    }
}

// Told by the decoder
extension Explanation {
    public mutating func layer(_ name: @autoclosure () -> String) {
        layers.append(Layer(name: name()))
    }

    public mutating func telegram(_ octets: borrowing Span<UInt8>) {
        self.octets = octets.array
        next = 0
    }

    public mutating func field(
        _ name: @autoclosure () -> String, _ range: Range<Int>,
        _ meaning: @autoclosure () -> String
    ) {
        pass(to: range.lowerBound)
        add(
            .field(
                Field(
                    name: name(), offset: range.lowerBound, octets: slice(range),
                    meaning: meaning())))
        next = max(next, range.upperBound)
    }

    public mutating func aside(
        _ name: @autoclosure () -> String, _ ranges: @autoclosure () -> [Range<Int>],
        of octets: borrowing Span<UInt8>, _ meaning: @autoclosure () -> String
    ) {
        var taken: [UInt8] = []
        for range in ranges() {
            for place in range.clamped(to: 0..<octets.count) { taken.append(octets[place]) }
        }
        guard !taken.isEmpty, !layers.isEmpty else { return }
        layers[layers.count - 1].asides.append(
            Field(name: name(), offset: nil, octets: taken, meaning: meaning()))
    }

    public mutating func replaced(
        _ before: Range<Int>, by after: Range<Int>, of octets: borrowing Span<UInt8>,
        _ how: @autoclosure () -> String
    ) {
        pass(to: before.lowerBound)
        let received = slice(before)
        self.octets = octets.array
        next = after.lowerBound
        add(.replaced(how: how(), before: received, after: slice(after)))
    }

    public mutating func finding(_ text: @autoclosure () -> String?) {
        if let text = text() { add(.finding(text)) }
    }

    /// What stands before `offset` and was not told is not read.
    private mutating func pass(to offset: Int) {
        guard next < offset else { return }
        add(.notRead(offset: next, octets: slice(next..<offset)))
        next = offset
    }

    private mutating func add(_ item: Item) {
        if layers.isEmpty { layers.append(Layer(name: "Telegram")) }
        layers[layers.count - 1].items.append(item)
    }

    private func slice(_ range: Range<Int>) -> [UInt8] {
        Array(octets[range.clamped(to: 0..<octets.count)])
    }
}

extension Explanation {
    /// Two accounts are the same if they say the same.
    public static func == (left: Explanation, right: Explanation) -> Bool {
        left.layers == right.layers && left.stop == right.stop
    }
}

extension Span<UInt8> {
    fileprivate var array: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        for place in 0..<count { result.append(self[place]) }
        return result
    }
}
