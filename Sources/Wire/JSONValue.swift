/// A whole JSON text as a tree, for messages that are looked at from several sides.
public indirect enum JSONValue: Equatable, Sendable {
    /// In the order of the text; a key that occurs twice stands there twice.
    case object([(key: String, value: JSONValue)])
    case array([JSONValue])
    case string(String)
    /// As it was written, so that no digit is lost.
    case number(String)
    case bool(Bool)
    case null

    /// - Throws: `JSONError` for anything but one whole JSON text.
    public init(parsing text: Span<UInt8>) throws(JSONError) {
        var reader = JSONReader(text)
        self = try Self.value(from: try reader.next(), &reader)
        guard try reader.next() == .end else { throw .unexpected(at: 0) }
    }

    public init(parsing text: String) throws(JSONError) {
        let utf8 = Array(text.utf8)
        try self.init(parsing: utf8.span)
    }

    /// The value of the first `key` of an object.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    public var members: [(key: String, value: JSONValue)]? {
        if case .object(let members) = self { members } else { nil }
    }

    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    public var string: String? { if case .string(let text) = self { text } else { nil } }

    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    #if !hasFeature(Embedded)
        /// A number as the nearest binary one.
        public var double: Double? {
            if case .number(let text) = self { Double(text) } else { nil }
        }
    #endif

    /// A whole number that fits.
    public var integer: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }

    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0 == $1 }
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }

    /// Builds one value; the reader bounds the nesting, so the recursion is bounded too.
    private static func value(
        from token: JSONReader.Token, _ reader: inout JSONReader
    ) throws(JSONError) -> JSONValue {
        switch token {
        case .beginObject:
            var members: [(key: String, value: JSONValue)] = []
            while case .key(let range, let escaped) = try reader.next() {
                let key = reader.string(range, escaped: escaped)
                members.append((key, try value(from: try reader.next(), &reader)))
            }
            return .object(members)
        case .beginArray:
            var elements: [JSONValue] = []
            while true {
                let token = try reader.next()
                if token == .endArray { return .array(elements) }
                elements.append(try value(from: token, &reader))
            }
        case .string(let range, let escaped):
            return .string(reader.string(range, escaped: escaped))
        case .number(let range): return .number(reader.string(range, escaped: false))
        case .bool(let value): return .bool(value)
        case .null: return .null
        case .key, .endObject, .endArray, .end: throw .unexpected(at: 0)
        }
    }
}
