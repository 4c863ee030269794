import Testing

@testable import Gateway

/// The tree as text without places: `{key: "value", list: ["a", ~]}`, plain scalars without quotes.
private func outline(_ node: YAMLNode?) -> String {
    switch node?.content {
    case nil: "nothing"
    case .scalar(let text, let isPlain): isPlain ? text : "\"\(text)\""
    case .sequence(let items): "[\(items.map { outline($0) }.joined(separator: ", "))]"
    case .mapping(let entries):
        "{\(entries.map { "\($0.key): \(outline($0.value))" }.joined(separator: ", "))}"
    }
}

private func parse(_ text: String) throws -> YAMLNode? {
    try YAMLDocument(parsing: Array(text.utf8)).root
}

@Suite struct YAMLDocumentTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var yaml: String
        var outline: String

        init(_ name: String, _ yaml: String, _ outline: String) {
            testDescription = name
            self.yaml = yaml
            self.outline = outline
        }
    }

    static let cases = [
        Case("no octet", "", "nothing"),
        Case("a comment alone", "# nothing\n", "nothing"),
        Case("a document mark alone", "---\n", ""),
        Case("a group", "a: 1\nb: x y\n", "{a: 1, b: x y}"),
        Case("a list of groups", "- a: 1\n  b: 2\n- c: 3\n", "[{a: 1, b: 2}, {c: 3}]"),
        Case("flow style", "{a: [1, \"2\"], b: {}}", "{a: [1, \"2\"], b: {}}"),
        Case("order and doubles are kept", "b: 1\na: 2\nb: 3\n", "{b: 1, a: 2, b: 3}"),
        Case(
            "numbers stay text", "pass: 007\nid: 7E12\nx: 0x1F\n", "{pass: 007, id: 7E12, x: 0x1F}"),
        Case(
            "a key of digits stays text", "key: 01020304050607080102030405060708",
            "{key: 01020304050607080102030405060708}"),
        Case("words stay text", "a: yes\nb: ~\nc: 'yes'\n", "{a: yes, b: ~, c: \"yes\"}"),
        Case("CRLF", "a: 1\r\nb:\r\n  - 2\r\n", "{a: 1, b: [2]}"),
        Case("byte order mark", "\u{FEFF}a: 1\n", "{a: 1}"),
        Case("tab behind a colon", "a:\t1\n", "{a: 1}"),
        Case("escapes", #"a: "\u00E4\0\t""#, "{a: \"ä\0\t\"}"),
        Case("an alias", "a: &x [1, 2]\nb: *x\n", "{a: [1, 2], b: [1, 2]}"),
        Case(
            "an anchor taken twice", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "{a: 1, b: 1, c: 2, d: 2}"),
    ]

    @Test(arguments: cases)
    func tree(_ c: Case) throws {
        #expect(outline(try parse(c.yaml)) == c.outline)
    }

    @Test func placesAreThoseOfKeysAndValues() throws {
        let root = try #require(try parse("# first\nmqtt:\n  host:  name\noms:\n  - {id: 1}\n"))
        guard case .mapping(let sections) = root.content,
            case .mapping(let mqtt) = sections[0].value.content,
            case .sequence(let items) = sections[1].value.content
        else {
            Issue.record("not the tree that was written")
            return
        }
        #expect(root.place == YAMLNode.Place(line: 2, column: 1))
        #expect(mqtt[0].keyPlace == YAMLNode.Place(line: 3, column: 3))
        #expect(mqtt[0].value.place == YAMLNode.Place(line: 3, column: 10))
        #expect(sections[1].keyPlace == YAMLNode.Place(line: 4, column: 1))
        #expect(items[0].place == YAMLNode.Place(line: 5, column: 5))
    }

    @Test func utf16IsRead() throws {
        let text = "a: ä\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(outline(try YAMLDocument(parsing: [0xFF, 0xFE] + text).root) == "{a: ä}")
    }

    // MARK: Refused

    struct Refused: CustomTestStringConvertible {
        var testDescription: String
        var yaml: [UInt8]
        var line: Int
        var column: Int
        /// How the message begins.
        var message: String

        init(_ name: String, _ yaml: String, _ line: Int, _ column: Int, _ message: String) {
            self.init(name, Array(yaml.utf8), line, column, message)
        }

        init(_ name: String, _ yaml: [UInt8], _ line: Int, _ column: Int, _ message: String) {
            testDescription = name
            self.yaml = yaml
            self.line = line
            self.column = column
            self.message = message
        }
    }

    /// Ten values, each line ten times the one before.
    static let laughs: String = {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for line in 1...9 {
            let tenfold = [String](repeating: "*a\(line - 1)", count: 10).joined(separator: ", ")
            text += "a\(line): &a\(line) [\(tenfold)]\n"
        }
        return text
    }()

    static let refused = [
        Refused("a tab as indentation", "a:\n\tb: 1\n", 2, 1, "a tab or one of the characters"),
        Refused("a colon in a value", "a: b: c\n", 1, 5, "a colon stands where none may"),
        Refused("bad indentation", "a:\n    b: 1\n  c: 2\n", 3, 3, "this line does not fit"),
        Refused("an open quote", "a: 1\nb: \"x\nc: 1\n", 2, 4, "the quote that is opened here"),
        Refused("an open bracket", "a: [1\nb: 2\n", 1, 4, "the bracket that is opened here"),
        Refused("no blank behind a colon", "a: 1\nb:2\nc: 3\n", 3, 1, "a key has no value"),
        Refused("not UTF-8", Array("a: 1\nb: ".utf8) + [0xFF], 2, 4, "a character here"),
        Refused("a NUL", Array("a: 1\nbc".utf8) + [0], 2, 3, "a character here"),
        Refused("a second document", "a: 1\n---\nb: 1\n", 2, 1, "a second document begins here"),
        Refused("an unknown alias", "a: *x\n", 1, 4, "'*' repeats a value"),
        Refused("a value in itself", "a: &x\n  b: *x\n", 2, 6, "'*' repeats a value"),
        Refused("a list as key", "? [a]\n: 1\n", 1, 3, "a list or a group stands"),
        Refused("a billion laughs", laughs, 5, 25, "the file holds too much (50000 values"),
        Refused(
            "a long text many times",
            "- &a " + String(repeating: "x", count: 1 << 19) + "\n"
                + String(repeating: "- *a\n", count: 1000), 7, 3, "the file holds too much"),
        Refused(
            "33 levels", String(repeating: "[", count: 33), 1, 33, "lists and groups stand inside"),
        Refused(
            "deep by an alias",
            "a: &x " + String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
                + "\nb: " + String(repeating: "[", count: 20) + "*x", 2, 24,
            "lists and groups stand inside"),
        Refused(
            "larger than 1 MiB", [UInt8](repeating: 0x20, count: 1 << 20 + 1), 0, 0,
            "the file is larger than 1 MiB"),
    ]

    @Test(arguments: refused)
    func refusesWithPlaceAndAdvice(_ c: Refused) {
        let error = #expect(throws: YAMLError.self) { try YAMLDocument(parsing: c.yaml) }
        #expect(error?.place == YAMLNode.Place(line: c.line, column: c.column))
        #expect(error?.description.hasPrefix(c.message) == true, "\(error?.description ?? "")")
    }

    @Test func thirtyTwoLevelsAreRead() throws {
        let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(outline(try parse(text)) == text)
    }

    /// Patterns that are known to make YAML readers slow or to overflow their stack.
    @Test(
        arguments: [
            "[", "{", "- ", "? ", "a: ", "&a ", "!x ", "\"", "[{", "x\n", "- x\n", ": ", "#\n",
        ])
    func endsOnAMillionRepeats(_ unit: String) {
        let octets = Array(String(repeating: unit, count: (1 << 20) / unit.utf8.count).utf8)
        // Refused or read: either is fine, so long as it comes back.
        _ = try? YAMLDocument(parsing: octets)
    }
}
