/// Octets of text that grow at their end, in memory of their own.
///
/// An array asks at each write whether it shares its memory. This never does, and a telegram's JSON
/// is a hundred writes.
public struct TextBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutableBufferPointer<UInt8>
    @usableFromInline var used = 0

    /// - Parameter capacity: octets that there is room for without growing.
    public init(reserving capacity: Int = 1024) {
        memory = .allocate(capacity: max(capacity, 16))
    }

    deinit { memory.deallocate() }

    @inlinable public var count: Int { used }

    @inlinable
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let span = UnsafeBufferPointer(memory.extracting(0..<used)).span
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// Starts anew and keeps the memory.
    @inlinable
    public mutating func removeAll() { used = 0 }

    /// What `write` appends, which is at most `count` octets; one check for room for all of it.
    @inlinable @inline(__always)
    public mutating func append(atMost count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        if memory.count &- used < count { grow(by: count) }
        var output = OutputSpan(
            buffer: memory.extracting(used..<(used &+ count)), initializedCount: 0)
        write(&output)
        used &+= output.finalize(for: memory.extracting(used..<(used &+ count)))
    }

    @inlinable @inline(__always)
    public mutating func append(_ octet: UInt8) { append(atMost: 1) { $0.append(octet) } }

    @inlinable @inline(__always)
    public mutating func append(_ octets: Span<UInt8>) {
        append(atMost: octets.count) { $0.append(copying: octets) }
    }

    /// Appends the UTF-8 of `word`: a few stores where it is a constant.
    @inlinable @inline(__always)
    public mutating func append(text word: StaticString) { append(word.utf8Span) }

    /// Appends the UTF-8 of `text`.
    @_disfavoredOverload
    public mutating func append(text: String) { append(text.utf8.span) }

    /// A copy of what was appended.
    public var octets: [UInt8] { span.withUnsafeBufferPointer { [UInt8]($0) } }

    public var text: String { String(decoding: octets, as: UTF8.self) }

    @usableFromInline @inline(never)
    mutating func grow(by count: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
            capacity: max(2 * memory.count, used + count))
        _ = larger.update(fromContentsOf: memory.extracting(0..<used))
        memory.deallocate()
        memory = larger
    }
}

extension StaticString {
    /// Its UTF-8, which is there as long as the program runs.
    @inlinable
    var utf8Span: Span<UInt8> {
        @_lifetime(immortal)
        get {
            let octets = UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
            return _overrideLifetime(octets.span, borrowing: ())
        }
    }
}

extension Span<UInt8> {
    /// Whether the octets are the UTF-8 of `text`.
    public func isEqual(to text: String) -> Bool {
        let utf8 = text.utf8.span
        guard utf8.count == count else { return false }
        for index in indices where self[index] != utf8[index] { return false }
        return true
    }
}

// Appending text to octets: whole words at once, with one check for room.

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
    @inlinable @inline(__always)
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
