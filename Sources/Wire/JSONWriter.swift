/// Writes JSON (RFC 8259) straight into a byte buffer that can be used again and again.
///
/// The caller opens and closes objects and arrays; the commas are the writer's.
public struct JSONWriter: ~Copyable {
    @usableFromInline var buffer: TextBuffer
    @usableFromInline var needsComma = false

    /// - Parameter capacity: octets that there is room for without growing.
    public init(reserving capacity: Int = 1024) { buffer = TextBuffer(reserving: capacity) }

    /// Starts anew and keeps the buffer's memory.
    public mutating func removeAll() {
        buffer.removeAll()
        needsComma = false
    }

    /// What was written, UTF-8.
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        get { buffer.span }
    }

    /// A copy of what was written.
    public var bytes: [UInt8] { buffer.octets }

    /// Ends a line of JSON lines; the next value starts anew.
    public mutating func newLine() {
        buffer.append(0x0A)
        needsComma = false
    }

    public var text: String { buffer.text }
}

// Structure
extension JSONWriter {
    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    // What is written for every record is inlined where it is called: a constant word is then a few
    // stores.

    /// The key of the next value; constant keys need no escaping.
    @inlinable @inline(__always)
    public mutating func key(_ name: StaticString) {
        quote(name.utf8Span, Span(), asKey: true)
    }

    /// Not for constants, which the other `key` writes in a few stores.
    @_disfavoredOverload
    public mutating func key(_ name: String) {
        string(name)
        endKey()
    }

    /// A key of plain ASCII in two pieces.
    @inlinable
    public mutating func key(_ name: Span<UInt8>, _ suffix: StaticString) {
        quote(name, suffix.utf8Span, asKey: true)
    }

}

// Values
extension JSONWriter {
    @inlinable @inline(__always)
    public mutating func string(_ value: StaticString) {
        quote(value.utf8Span, Span(), asKey: false)
    }

    /// Not for constants, see `key`.
    @_disfavoredOverload
    public mutating func string(_ value: String) { string(utf8: value.utf8.span) }

    /// Text that is UTF-8 already.
    public mutating func string(utf8: [UInt8]) { string(utf8: utf8.span) }

    public mutating func string(utf8: Span<UInt8>) {
        guard utf8.endOfPlainText(from: 0) < utf8.count else {
            return quote(utf8, Span(), asKey: false)
        }
        separate()
        buffer.append(UInt8(ascii: "\""))
        for index in utf8.indices { appendEscaped(utf8[index]) }
        buffer.append(UInt8(ascii: "\""))
    }

    /// A string that is put together by `write`, which must append plain ASCII without quotes,
    /// backslashes and control characters, and no more than `count` of it.
    @inlinable
    public mutating func string(atMost count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        value(atMost: count + 2) { output in
            output.append(UInt8(ascii: "\""))
            write(&output)
            output.append(UInt8(ascii: "\""))
        }
    }

    public mutating func hex(_ octets: Span<UInt8>) {
        string(atMost: 2 * octets.count) { output in
            for index in octets.indices { Hex.append(octets[index], to: &output) }
        }
    }

    public mutating func integer(_ value: some BinaryInteger) { integer(Int64(clamping: value)) }

    public mutating func integer(_ value: Int64) {
        decimal(value, exponent: 0)
    }

    /// `mantissa` × 10^`exponent`, written out exactly: 2850427 and -2 give `28504.27`.
    public mutating func decimal(_ mantissa: Int64, exponent: Int) {
        value(atMost: Decimal.mostOctets) { output in
            Decimal.append(mantissa, exponent: exponent, to: &output)
        }
    }

    /// A number of limited exactness; what is not finite becomes null.
    public mutating func double(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 1e15 { return integer(Int64(value)) }
        separate()
        buffer.append(text: value.description)
    }

    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    public mutating func null() { raw("null") }

    /// A whole value; a number with the digits that it was read with.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .object(let members):
            beginObject()
            for member in members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .string(let text): string(text)
        case .number(let text): raw(Array(text.utf8))
        case .bool(let value): bool(value)
        case .null: null()
        }
    }

    /// JSON that was written before, taken over as it is.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        buffer.append(json.span)
    }
}

extension JSONWriter {
    private mutating func open(_ bracket: UInt8) {
        separate()
        buffer.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        buffer.append(bracket)
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func endKey() {
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Appends both pieces between one pair of quotes, and the colon behind a key; they need no
    /// escaping.
    @inlinable @inline(__always)
    mutating func quote(_ first: Span<UInt8>, _ second: Span<UInt8>, asKey: Bool) {
        value(atMost: first.count + second.count + 3) { output in
            output.append(UInt8(ascii: "\""))
            output.append(copying: first)
            output.append(copying: second)
            output.append(UInt8(ascii: "\""))
            if asKey { output.append(UInt8(ascii: ":")) }
        }
        needsComma = !asKey
    }

    /// A comma where one is due, and what `write` appends; one check for room for all of it.
    @inlinable @inline(__always)
    mutating func value(atMost count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        let comma = needsComma
        buffer.append(atMost: count + 1) { output in
            if comma { output.append(UInt8(ascii: ",")) }
            write(&output)
        }
        needsComma = true
    }

    private mutating func raw(_ word: StaticString) {
        separate()
        buffer.append(text: word)
    }

    private mutating func appendEscaped(_ octet: UInt8) {
        guard octet.isSpecialInJSON else { return buffer.append(octet) }
        buffer.append(UInt8(ascii: "\\"))
        switch octet {
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0..<0x20, 0x7F:
            buffer.append(text: "u00")
            buffer.append(atMost: 2) { Hex.append(octet, to: &$0) }
        default: buffer.append(octet)
        }
    }
}
