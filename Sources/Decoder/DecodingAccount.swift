/// What the decoder says of the octets it reads, while it reads them: the account that
/// `decode --explain` draws. On the radio path nobody listens (`NoAccount`) and it costs nothing.
///
/// Ranges are offsets into the telegram's octets.
public protocol DecodingAccount {
    /// A layer begins; what follows belongs to it until the next one begins.
    mutating func layer(_ name: @autoclosure () -> String)
    /// Octets, what the standard calls them, and what they say here.
    mutating func field(
        _ name: @autoclosure () -> String, _ range: Range<Int>,
        _ meaning: @autoclosure () -> String)
    /// Octets in `range` were deciphered: until now the account showed them as they came.
    mutating func deciphered(
        _ range: Range<Int>, of octets: borrowing Span<UInt8>, _ how: @autoclosure () -> String)
}

/// Nobody listens.
public struct NoAccount: DecodingAccount {
    public init() {}
    public mutating func layer(_ name: @autoclosure () -> String) {}
    public mutating func field(
        _ name: @autoclosure () -> String, _ range: Range<Int>,
        _ meaning: @autoclosure () -> String
    ) {}
    public mutating func deciphered(
        _ range: Range<Int>, of octets: borrowing Span<UInt8>, _ how: @autoclosure () -> String
    ) {}
}
