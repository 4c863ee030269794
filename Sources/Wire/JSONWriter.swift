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
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A key of plain ASCII in two pieces.
    public mutating func key(_ name: [UInt8], _ suffix: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name)
        append(suffix)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A key that is put together by `write`, which must append plain ASCII without quotes.
    public mutating func key(_ write: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }
}

// Values
extension JSONWriter {
    public mutating func string(_ value: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        append(value)
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func string(_ value: String) { string(utf8: value.utf8) }

    /// Text that is UTF-8 already.
    public mutating func string(utf8: some Sequence<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for octet in utf8 { escape(octet) }
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

    public mutating func hex(_ octets: Span<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var index = 0
        while index < octets.count {
            Hex.append(octets[index], to: &bytes)
            index += 1
        }
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func integer(_ value: some BinaryInteger) { integer(Int64(clamping: value)) }

    public mutating func integer(_ value: Int64) {
        separate()
        Decimal.append(value, exponent: 0, to: &bytes)
    }

    /// `mantissa` × 10^`exponent`, written out exactly: 2850427 and -2 give `28504.27`.
    public mutating func decimal(_ mantissa: Int64, exponent: Int) {
        separate()
        Decimal.append(mantissa, exponent: exponent, to: &bytes)
    }

    /// A number of limited exactness; what is not finite becomes null.
    public mutating func double(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        if value == value.rounded(), abs(value) < 1e15 {
            Decimal.append(Int64(value), exponent: 0, to: &bytes)
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    public mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    public mutating func null() {
        separate()
        append("null")
    }

    /// JSON that was written before, taken over as it is.
    public mutating func raw(_ json: some Sequence<UInt8>) {
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

    @inline(__always)
    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func escape(_ octet: UInt8) {
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(octet)
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case 0..<0x20, 0x7F:
            append("\\u00")
            Hex.append(octet, to: &bytes)
        default: bytes.append(octet)
        }
    }
}
