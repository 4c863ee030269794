/// One value of a YAML document with the place where it stands.
///
/// Scalars stay the text that was written: a key of 32 digits, an id such as `7E12…` and a
/// password with a leading zero must not become numbers.
public struct YAMLNode: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        /// The text; `isPlain` when it stands there without quotes.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// Keys in the order of the file; a key that is there twice is kept twice.
        case mapping([Entry])
    }

    /// A key of a mapping and its value.
    public struct Entry: Equatable, Sendable {
        public var key: String
        public var keyPlace: Place
        public var value: YAMLNode

        public init(key: String, keyPlace: Place, value: YAMLNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// Line and column of the first character, both from 1; line 0 is the file as a whole.
    public struct Place: Hashable, Sendable, Comparable {
        public var line: Int
        public var column: Int

        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        public static let wholeFile = Place(line: 0, column: 0)

        public static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    public var content: Content
    /// The type that is written in front of a scalar or sequence, as `!Word`.
    public var tag: String?
    public var place: Place

    public init(_ content: Content, tag: String? = nil, at place: Place) {
        self.content = content
        self.tag = tag
        self.place = place
    }

    /// Whether nothing is written: no text, `~` or `null`, without quotes.
    public var isEmpty: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return text.isEmpty || text == "~" || text.lowercased() == "null"
    }

    /// What kind of value this is, for messages.
    var kind: String {
        switch content {
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a group of keys"
        }
    }
}
