// Appending text to a buffer of octets: whole words at once, with one check for room.

extension [UInt8] {
    /// Appends the UTF-8 of `word`.
    @inlinable
    public mutating func append(text word: StaticString) {
        word.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends the UTF-8 of `text`.
    public mutating func append(text: String) {
        let utf8 = text.utf8.span
        append(addingCapacity: utf8.count) { $0.append(copying: utf8) }
    }
}

extension OutputSpan<UInt8> {
    /// Appends all of `octets`, for which there must be room.
    @inline(__always)
    @_lifetime(self: copy self)
    mutating func append(copying octets: Span<UInt8>) {
        withUnsafeMutableBufferPointer { room, used in
            octets.withUnsafeBufferPointer { octets in
                let free = UnsafeMutableBufferPointer(rebasing: room[used...])
                _ = free.initialize(fromContentsOf: octets)
                used += octets.count
            }
        }
    }
}
