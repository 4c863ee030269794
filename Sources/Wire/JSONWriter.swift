/// Writes JSON (RFC 8259) straight into a byte buffer that can be used again and again.
///
/// The caller opens and closes objects and arrays; the commas are the writer's.
public struct JSONWriter {
    /// What was written, UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(reserving capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

    /// Starts anew and keeps the buffer's memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Ends a line of JSON lines; the next value starts anew.
    public mutating func newLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

// Structure
extension JSONWriter {
    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The key of the next value; constant keys need no escaping.
    public mutating func key(_ name: StaticString) {
        name.withUTF8Buffer { quote($0.span, Span(), asKey: true) }
    }

    public mutating func key(_ name: String) {
        string(name)
        endKey()
    }

    /// A key of plain ASCII in two pieces.
    public mutating func key(_ name: [UInt8], _ suffix: StaticString) {
        suffix.withUTF8Buffer { quote(name.span, $0.span, asKey: true) }
    }

    /// A key that is put together by `write`, which must append plain ASCII without quotes.
    public mutating func key(_ write: (inout [UInt8]) -> Void) {
        string(write)
        endKey()
    }
}

// Values
extension JSONWriter {
    public mutating func string(_ value: StaticString) {
        value.withUTF8Buffer { quote($0.span, Span(), asKey: false) }
    }

    public mutating func string(_ value: String) { string(utf8: value.utf8.span) }

    /// Text that is UTF-8 already.
    public mutating func string(utf8: [UInt8]) { string(utf8: utf8.span) }

    public mutating func string(utf8: Span<UInt8>) {
        guard utf8.endOfPlainText(from: 0) < utf8.count else {
            return quote(utf8, Span(), asKey: false)
        }
        separate()
        bytes.append(UInt8(ascii: "\""))
        for index in utf8.indices { appendEscaped(utf8[index]) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A string that is put together by `write`, which must append plain ASCII without quotes,
    /// backslashes and control characters.
    public mutating func string(_ write: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The same for at most `count` octets, which there will be room for.
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
        bytes.append(text: value.description)
    }

    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    public mutating func null() { raw("null") }

    /// JSON that was written before, taken over as it is.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }
}

extension JSONWriter {
    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func endKey() {
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Appends both pieces between one pair of quotes, and the colon behind a key; they need no
    /// escaping.
    @inline(__always)
    private mutating func quote(_ first: Span<UInt8>, _ second: Span<UInt8>, asKey: Bool) {
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
    @inline(__always)
    private mutating func value(atMost count: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        let comma = needsComma
        bytes.append(addingCapacity: count + 1) { output in
            if comma { output.append(UInt8(ascii: ",")) }
            write(&output)
        }
        needsComma = true
    }

    private mutating func raw(_ word: StaticString) {
        separate()
        bytes.append(text: word)
    }

    private mutating func appendEscaped(_ octet: UInt8) {
        guard octet.isSpecialInJSON else { return bytes.append(octet) }
        bytes.append(UInt8(ascii: "\\"))
        switch octet {
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0..<0x20, 0x7F:
            bytes.append(text: "u00")
            Hex.append(octet, to: &bytes)
        default: bytes.append(octet)
        }
    }
}
