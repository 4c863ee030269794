/// What the decoder says of the octets it reads, while it reads them: the account that
/// `decode --explain` draws. On the radio path nobody listens (`NoAccount`) and it costs nothing.
///
/// Ranges are offsets into the telegram's octets. The decoder tells every octet once and in order;
/// what it leaves out it did not read.
public protocol DecodingAccount {
    /// Whether it is worth working out what no autoclosure holds.
    var isListening: Bool { get }
    /// A layer begins; what follows belongs to it until the next one begins.
    mutating func layer(_ name: @autoclosure () -> String)
    /// The octets that ranges point into from now on: the telegram without its CRCs.
    mutating func telegram(_ octets: borrowing Span<UInt8>)
    /// Octets, what the standard calls them, and what they say here.
    mutating func field(
        _ name: @autoclosure () -> String, _ range: Range<Int>,
        _ meaning: @autoclosure () -> String)
    /// Octets that were received but are not among the telegram's: CRCs, a frame around it.
    mutating func aside(
        _ name: @autoclosure () -> String, _ ranges: @autoclosure () -> [Range<Int>],
        of octets: borrowing Span<UInt8>, _ meaning: @autoclosure () -> String)
    /// The octets in `before` are replaced by those in `after`, a range of `octets`: deciphered,
    /// joined from fragments, or a full frame made from a compact one. Ranges point into `octets`
    /// from now on, and `after` is told next.
    mutating func replaced(
        _ before: Range<Int>, by after: Range<Int>, of octets: borrowing Span<UInt8>,
        _ how: @autoclosure () -> String)
    /// Something found out that no single octet says; nil: nothing was.
    mutating func finding(_ text: @autoclosure () -> String?)
}

extension DecodingAccount {
    public var isListening: Bool { true }

    /// Octets in `range` were deciphered in place: until now the account had them as they came.
    mutating func deciphered(
        _ range: Range<Int>, of octets: borrowing Span<UInt8>, _ how: @autoclosure () -> String
    ) {
        replaced(range, by: range, of: octets, "deciphered, " + how())
    }
}

/// Nobody listens.
public struct NoAccount: DecodingAccount {
    public init() {}
    public var isListening: Bool { false }
    public mutating func layer(_ name: @autoclosure () -> String) {}
    public mutating func telegram(_ octets: borrowing Span<UInt8>) {}
    public mutating func field(
        _ name: @autoclosure () -> String, _ range: Range<Int>,
        _ meaning: @autoclosure () -> String
    ) {}
    public mutating func aside(
        _ name: @autoclosure () -> String, _ ranges: @autoclosure () -> [Range<Int>],
        of octets: borrowing Span<UInt8>, _ meaning: @autoclosure () -> String
    ) {}
    public mutating func replaced(
        _ before: Range<Int>, by after: Range<Int>, of octets: borrowing Span<UInt8>,
        _ how: @autoclosure () -> String
    ) {}
    public mutating func finding(_ text: @autoclosure () -> String?) {}
}
