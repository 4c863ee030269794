/// The decoder's account of one telegram, kept: layers, their fields, and what was deciphered.
///
/// It is filled by the decoder itself while it decodes, so it cannot say anything else than what
/// the decoder did, and it ends where the decoder gave up.
public struct Explanation: DecodingAccount, Equatable, Sendable {
    public struct Layer: Equatable, Sendable {
        public var name: String
        public var items: [Item] = []
    }

    public enum Item: Equatable, Sendable {
        /// Octets, what they are called, and what they say.
        case field(name: String, octets: [UInt8], meaning: String)
        /// Octets as they came and as they stand after deciphering (or after the full frame was
        /// made from a compact one).
        case deciphered(how: String, before: [UInt8], after: [UInt8])
    }

    public private(set) var layers: [Layer] = []
    /// What the ranges point into now.
    private var octets: [UInt8] = []
    /// Fields told before the octets were: their layer, place in it and range.
    private var unsettled: [(layer: Int, item: Int, range: Range<Int>)] = []

    public init() {}

    /// Tells the octets that the ranges so far and from now on point into.
    ///
    /// The link layer is read while its CRCs are taken out, so they are known only behind it.
    public mutating func settle(on octets: [UInt8]) {
        self.octets = octets
        for place in unsettled {
            guard case .field(let name, _, let meaning) = layers[place.layer].items[place.item]
            else {
                continue
            }
            layers[place.layer].items[place.item] = .field(
                name: name, octets: Self.slice(octets, place.range), meaning: meaning)
        }
        unsettled = []
    }

    public mutating func layer(_ name: @autoclosure () -> String) {
        layers.append(Layer(name: name()))
    }

    public mutating func field(
        _ name: @autoclosure () -> String, _ range: Range<Int>,
        _ meaning: @autoclosure () -> String
    ) {
        if layers.isEmpty { layers.append(Layer(name: "Telegram")) }
        let layer = layers.count - 1
        if octets.isEmpty { unsettled.append((layer, layers[layer].items.count, range)) }
        layers[layer].items.append(
            .field(name: name(), octets: Self.slice(octets, range), meaning: meaning()))
    }

    public mutating func deciphered(
        _ range: Range<Int>, of octets: borrowing Span<UInt8>, _ how: @autoclosure () -> String
    ) {
        let before = Self.slice(self.octets, range)
        self.octets = []
        for index in 0..<octets.count { self.octets.append(octets[index]) }
        if layers.isEmpty { layers.append(Layer(name: "Telegram")) }
        layers[layers.count - 1].items.append(
            .deciphered(how: how(), before: before, after: Self.slice(self.octets, range)))
    }

    private static func slice(_ octets: [UInt8], _ range: Range<Int>) -> [UInt8] {
        Array(octets[range.clamped(to: 0..<octets.count)])
    }

    public static func == (left: Explanation, right: Explanation) -> Bool {
        left.layers == right.layers
    }
}
