/// Takes JSON text (RFC 8259) apart token by token, checking all of it and allocating nothing.
///
/// It never recurses and never looks back; nesting is limited to 64 levels.
public struct JSONReader: ~Escapable {
    /// A piece of JSON; ranges are offsets into the text, without the quotes.
    public enum Token: Equatable, Sendable {
        case beginObject, endObject, beginArray, endArray
        /// A key of an object; `escaped`: there are backslashes in it.
        case key(Range<Int>, escaped: Bool)
        case string(Range<Int>, escaped: Bool)
        case number(Range<Int>)
        case bool(Bool)
        case null
        /// The one value is read to its end and nothing follows it.
        case end
    }

    private enum Expectation {
        case value, firstKeyOrEnd, key, firstValueOrEnd, commaOrEnd, nothing
    }

    public let text: Span<UInt8>
    private var place = 0
    private var depth = 0
    /// Bit n: level n + 1 is an object, not an array.
    private var objects: UInt64 = 0
    private var expected = Expectation.value

    @_lifetime(copy text)
    public init(_ text: Span<UInt8>) { self.text = text }

    public mutating func next() throws(JSONError) -> Token {
        skipBlanks()
        if expected == .commaOrEnd {
            guard let character = peek else { throw .cutOff }
            if character == UInt8(ascii: ",") {
                place += 1
                expected = isInObject ? .key : .value
                skipBlanks()
            } else {
                return try close(character)
            }
        }
        guard let character = peek else {
            if expected == .nothing { return .end }
            throw .cutOff
        }
        switch expected {
        case .nothing: throw .unexpected(at: place)
        case .firstKeyOrEnd where character == UInt8(ascii: "}"): return try close(character)
        case .firstValueOrEnd where character == UInt8(ascii: "]"): return try close(character)
        case .firstKeyOrEnd, .key: return try key()
        default: return try value(character)
        }
    }

    /// Passes over one whole value, the next one that `next` would begin.
    public mutating func skipValue() throws(JSONError) {
        let outer = depth
        repeat {
            switch try next() {
            case .end,
                .endObject where depth < outer, .endArray where depth < outer:
                throw .unexpected(at: place)
            default: break
            }
        } while depth > outer
    }

    /// The text of a string or key token.
    public func string(_ range: Range<Int>, escaped: Bool) -> String {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(range.count)
        appendString(range, escaped: escaped, to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }

    /// Whether the text of a key or string token without escapes is `word`.
    public func matches(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount, range.upperBound <= text.count else {
            return false
        }
        return word.withUTF8Buffer { letters in
            for index in 0..<letters.count where text[range.lowerBound + index] != letters[index] {
                return false
            }
            return true
        }
    }
}

/// What is wrong with a JSON text.
public enum JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It ends in the middle.
    case cutOff
    /// A character that cannot stand there, its place from 0.
    case unexpected(at: Int)
    /// More than 64 levels of brackets.
    case tooDeep

    public var description: String {
        switch self {
        case .cutOff: "the JSON text ends in the middle"
        case .unexpected(let place):
            "the JSON text has a character at place \(place + 1) that"
                + " cannot stand there"
        case .tooDeep: "the JSON text has more than 64 brackets inside each other"
        }
    }
}

// Structure
extension JSONReader {
    private var peek: UInt8? { place < text.count ? text[place] : nil }
    private var isInObject: Bool { depth > 0 && objects >> UInt64(depth - 1) & 1 == 1 }

    private mutating func skipBlanks() {
        while let character = peek, character == 0x20 || (0x09...0x0D).contains(character),
            character != 0x0B, character != 0x0C
        {
            place += 1
        }
    }

    private mutating func open(object: Bool) throws(JSONError) -> Token {
        guard depth < 64 else { throw .tooDeep }
        let bit = UInt64(1) << UInt64(depth)
        objects = object ? objects | bit : objects & ~bit
        depth += 1
        place += 1
        expected = object ? .firstKeyOrEnd : .firstValueOrEnd
        return object ? .beginObject : .beginArray
    }

    private mutating func close(_ bracket: UInt8) throws(JSONError) -> Token {
        let isObject = isInObject
        guard depth > 0, bracket == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
            throw .unexpected(at: place)
        }
        depth -= 1
        place += 1
        valueEnded()
        return isObject ? .endObject : .endArray
    }

    private mutating func valueEnded() { expected = depth == 0 ? .nothing : .commaOrEnd }

    private mutating func key() throws(JSONError) -> Token {
        guard peek == UInt8(ascii: "\"") else { throw .unexpected(at: place) }
        let (range, escaped) = try quoted()
        skipBlanks()
        guard let colon = peek else { throw .cutOff }
        guard colon == UInt8(ascii: ":") else { throw .unexpected(at: place) }
        place += 1
        expected = .value
        return .key(range, escaped: escaped)
    }
}

// Values
extension JSONReader {
    private mutating func value(_ character: UInt8) throws(JSONError) -> Token {
        let token: Token
        switch character {
        case UInt8(ascii: "{"): return try open(object: true)
        case UInt8(ascii: "["): return try open(object: false)
        case UInt8(ascii: "\""):
            let (range, escaped) = try quoted()
            token = .string(range, escaped: escaped)
        case UInt8(ascii: "t"): token = try word("true", .bool(true))
        case UInt8(ascii: "f"): token = try word("false", .bool(false))
        case UInt8(ascii: "n"): token = try word("null", .null)
        default: token = .number(try number())
        }
        valueEnded()
        return token
    }

    private mutating func word(_ word: StaticString, _ token: Token) throws(JSONError) -> Token {
        let end = place + word.utf8CodeUnitCount
        guard end <= text.count else { throw .cutOff }
        guard matches(place..<end, word) else { throw .unexpected(at: place) }
        place = end
        return token
    }

    private mutating func number() throws(JSONError) -> Range<Int> {
        let start = place
        if peek == UInt8(ascii: "-") { place += 1 }
        if peek == UInt8(ascii: "0") { place += 1 } else { try digits() }
        if peek == UInt8(ascii: ".") {
            place += 1
            try digits()
        }
        if let exponent = peek, exponent | 0x20 == UInt8(ascii: "e") {
            place += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
            try digits()
        }
        return start..<place
    }

    private mutating func digits() throws(JSONError) {
        let start = place
        while let digit = peek, (0x30...0x39).contains(digit) { place += 1 }
        guard place > start else { throw peek == nil ? .cutOff : .unexpected(at: place) }
    }

    /// A string in quotes; escapes are checked here and resolved only when the text is wanted.
    private mutating func quoted() throws(JSONError) -> (Range<Int>, escaped: Bool) {
        place += 1
        let start = place
        var escaped = false
        while true {
            place = text.endOfPlainText(from: place)
            guard let character = peek else { throw .cutOff }
            place += 1
            switch character {
            case UInt8(ascii: "\""): return (start..<(place - 1), escaped)
            case UInt8(ascii: "\\"):
                escaped = true
                try escape()
            case 0x7F: break
            default: throw .unexpected(at: place - 1)
            }
        }
    }

    private mutating func escape() throws(JSONError) {
        guard let character = peek else { throw .cutOff }
        switch character {
        case UInt8(ascii: "u"):
            place += 1
            for _ in 0..<4 {
                guard let digit = peek else { throw .cutOff }
                guard Self.hexValue(digit) != nil else { throw .unexpected(at: place) }
                place += 1
            }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            place += 1
        default: throw .unexpected(at: place)
        }
    }

    private func appendString(_ range: Range<Int>, escaped: Bool, to utf8: inout [UInt8]) {
        var index = range.lowerBound
        let end = min(range.upperBound, text.count)
        while index < end {
            let character = text[index]
            index += 1
            guard escaped, character == UInt8(ascii: "\\"), index < end else {
                utf8.append(character)
                continue
            }
            let letter = text[index]
            index += 1
            switch letter {
            case UInt8(ascii: "b"): utf8.append(0x08)
            case UInt8(ascii: "f"): utf8.append(0x0C)
            case UInt8(ascii: "n"): utf8.append(0x0A)
            case UInt8(ascii: "r"): utf8.append(0x0D)
            case UInt8(ascii: "t"): utf8.append(0x09)
            case UInt8(ascii: "u"):
                utf8.append(contentsOf: String(Character(unicodeScalar(at: &index, end))).utf8)
            default: utf8.append(letter)
            }
        }
    }

    /// The scalar behind `\u`, two escapes of a surrogate pair together; U+FFFD for half a pair.
    private func unicodeScalar(at index: inout Int, _ end: Int) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard let first = codeUnit(at: index, end) else { return replacement }
        index += 4
        guard (0xD800..<0xDC00).contains(first) else {
            return Unicode.Scalar(first) ?? replacement
        }
        guard index + 1 < end, text[index] == UInt8(ascii: "\\"),
            text[index + 1] == UInt8(ascii: "u"), let second = codeUnit(at: index + 2, end),
            (0xDC00..<0xE000).contains(second)
        else { return replacement }
        index += 6
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
    }

    private func codeUnit(at index: Int, _ end: Int) -> UInt32? {
        guard index + 4 <= end else { return nil }
        var value: UInt32 = 0
        for place in index..<(index + 4) {
            guard let digit = Self.hexValue(text[place]) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
