/// A checked cursor over octets: the only way received octets are taken apart.
///
/// Every call either gives what it names or throws `OutOfOctets`; none traps. Offsets count from
/// the start of the span that the reader was made with.
@frozen
public struct ByteReader: ~Escapable {
    public let octets: Span<UInt8>
    @usableFromInline var position: Int
    /// One past the last octet that may be read.
    public let end: Int

    @inlinable
    @_lifetime(copy octets)
    public init(_ octets: Span<UInt8>) {
        self.octets = octets
        position = 0
        end = octets.count
    }

    /// Reads `range` of `octets` only; a range outside is clamped.
    @inlinable
    @_lifetime(copy octets)
    public init(_ octets: Span<UInt8>, in range: Range<Int>) {
        self.octets = octets
        end = min(max(range.upperBound, 0), octets.count)
        position = min(max(range.lowerBound, 0), end)
    }

    /// Where the next octet is taken from.
    @inlinable public var offset: Int { position }

    /// How many octets are left.
    @inlinable public var left: Int { end - position }

    /// The next octet, not taken; nil at the end.
    @inlinable public var peek: UInt8? { offset < end ? octets[offset] : nil }

    @inlinable
    public mutating func octet() throws(OutOfOctets) -> UInt8 {
        guard offset < end else { throw missing(1) }
        defer { position += 1 }
        return octets[offset]
    }

    /// Two octets, least significant first.
    @inlinable
    public mutating func uint16() throws(OutOfOctets) -> UInt16 {
        guard left >= 2 else { throw missing(2) }
        defer { position += 2 }
        return UInt16(octets[offset]) | UInt16(octets[offset + 1]) << 8
    }

    /// Four octets, least significant first.
    @inlinable
    public mutating func uint32() throws(OutOfOctets) -> UInt32 {
        UInt32(truncatingIfNeeded: try unsigned(octets: 4))
    }

    /// `count` octets (0 to 8), least significant first.
    @inlinable
    public mutating func unsigned(octets count: Int) throws(OutOfOctets) -> UInt64 {
        guard count >= 0, count <= 8, left >= count else { throw missing(count) }
        var value: UInt64 = 0
        var index = count
        while index > 0 {
            index -= 1
            value = value << 8 | UInt64(octets[offset + index])
        }
        position += count
        return value
    }

    /// Takes `count` octets and tells where they were.
    @inlinable
    public mutating func take(_ count: Int) throws(OutOfOctets) -> Range<Int> {
        guard count >= 0, left >= count else { throw missing(count) }
        defer { position += count }
        return offset..<(offset + count)
    }

    @usableFromInline
    func missing(_ wanted: Int) -> OutOfOctets {
        OutOfOctets(at: offset, wanted: wanted, left: left)
    }
}

/// Octets were wanted that are not there: the telegram is shorter than its own fields say.
public struct OutOfOctets: Error, Equatable, Sendable, CustomStringConvertible {
    public var offset: Int
    public var wanted: Int
    public var left: Int

    public init(at offset: Int, wanted: Int, left: Int) {
        self.offset = offset
        self.wanted = wanted
        self.left = left
    }

    public var description: String {
        "\(wanted) more octets were expected at octet \(offset), but only \(left) are left"
    }
}
