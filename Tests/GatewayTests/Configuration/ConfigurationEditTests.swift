import Testing

@testable import Gateway

/// A meter added to files as people write them: nothing else of a file changes.
@Suite struct ConfigurationEditTests {
    static let meter = NewMeter(
        name: "Water kitchen", id: "07ELS3312345678",
        key: Secret("0102030405060708090A0B0C0D0E0F11"))

    /// Before; the lines that are there more afterwards.
    static let files: [(before: String, after: String)] = [
        ("", "oms:\n{{ADD  }}"),
        ("# only a remark\n", "# only a remark\noms:\n{{ADD  }}"),
        ("mqtt: {host: a}", "mqtt: {host: a}\noms:\n{{ADD  }}"),
        ("oms:\nmqtt: {host: a}\n", "oms:\n{{ADD  }}mqtt: {host: a}\n"),
        ("oms: []  # none yet\nx: 1\n", "oms:  # none yet\n{{ADD  }}x: 1\n"),
        ("oms: ~\n", "oms:\n{{ADD  }}"),
        (
            "oms:\n  - name: A\n    id: 11111111  # label\n\n# about b\nb: {c: [1, 2]}\n",
            "oms:\n  - name: A\n    id: 11111111  # label\n{{ADD  }}\n# about b\nb: {c: [1, 2]}\n"
        ),
        (
            "oms:\n- name: A\n  id: 11111111\nknx:\n- name: B\n",
            "oms:\n- name: A\n  id: 11111111\n{{ADD}}knx:\n- name: B\n"
        ),
        (
            "oms:\n    - {name: A, id: 11111111}\n    # the end\n",
            "oms:\n    - {name: A, id: 11111111}\n{{ADD    }}    # the end\n"
        ),
        (
            "oms:\n  - name: A\n    id: 11111111\n    note: |\n      - name: no\n      # none\nb: 1\n",
            "oms:\n  - name: A\n    id: 11111111\n    note: |\n      - name: no\n      # none\n{{ADD  }}b: 1\n"
        ),
        (
            "oms:\n  - id: 11111111\n    name: \"A\n  and\n  B\"\n",
            "oms:\n  - id: 11111111\n    name: \"A\n  and\n  B\"\n{{ADD  }}"
        ),
        (
            "oms: [{name: A, id: 11111111}]  # one line\n",
            "oms: [{name: A, id: 11111111}, {{FLOW}}]  # one line\n"
        ),
        (
            "oms: [\n  {name: \"]\", id: 11111111}\n]\nb: [1]\n",
            "oms: [\n  {name: \"]\", id: 11111111}, {{FLOW}}\n]\nb: [1]\n"
        ),
    ]

    private static func filled(_ text: String) -> String {
        var result = text
        if let start = text.firstRange(of: "{{ADD"), let end = text.firstRange(of: "}}") {
            let margin = text[start.upperBound..<end.lowerBound]
            let lines = [
                "- name: Water kitchen", "  id: 07ELS3312345678",
                "  key: 0102030405060708090A0B0C0D0E0F11",
            ]
            guard margin.allSatisfy({ $0 == " " }) else { return text }
            result.replaceSubrange(
                start.lowerBound..<end.upperBound, with: lines.map { "\(margin)\($0)\n" }.joined())
        }
        return result.replacing(
            "{{FLOW}}",
            with: "{name: Water kitchen, id: 07ELS3312345678, "
                + "key: 0102030405060708090A0B0C0D0E0F11}")
    }

    @Test(arguments: files, ["\n", "\r\n"])
    func isAdded(_ file: (before: String, after: String), _ lineEnd: String) throws {
        let usual = { (text: String) in Array(text.replacing("\n", with: lineEnd).utf8) }
        var edit = ConfigurationEdit(usual(file.before))
        try edit.add(Self.meter)
        // A file without an end of line does not tell which it has.
        let wanted = file.before.contains("\n") ? usual : { Array($0.utf8) }
        #expect(
            String(decoding: edit.octets, as: UTF8.self)
                == String(decoding: wanted(Self.filled(file.after)), as: UTF8.self))
    }

    @Test(arguments: ["{mqtt: {host: a}}\n", "oms: {a: 1}\n", "- a\n", "oms: 5\n", "a: 1\n...\n"])
    func isLeftToPeople(_ file: String) {
        var edit = ConfigurationEdit(Array(file.utf8))
        #expect(throws: ConfigurationEdit.Failure.unusual) { try edit.add(Self.meter) }
        #expect(edit.octets == Array(file.utf8))
    }

    @Test func anUnsoundFileIsNotChanged() {
        var edit = ConfigurationEdit(Array("oms: [\n".utf8))
        #expect {
            try edit.add(Self.meter)
        } throws: {
            "\($0)".hasPrefix("line 2: ")
        }
    }

    /// Whatever a name or id is, it is read as that text by readers that know numbers and words.
    @Test(arguments: [
        ("Water kitchen", "Water kitchen"), ("12345678", "\"12345678\""),
        ("7E1212345678", "\"7E1212345678\""), ("true", "\"true\""), ("No", "\"No\""),
        ("a: b", "\"a: b\""), ("a#b", "\"a#b\""), ("Küche", "Küche"), ("- a", "\"- a\""),
        ("\"", "\"\\\"\""), ("file:/etc/key", "file:/etc/key"), ("a\u{1}", "\"a\\x01\""),
        ("", "\"\""), ("1.5", "\"1.5\""), ("0x1F", "\"0x1F\""), ("*a", "\"*a\""),
    ])
    func isQuoted(_ text: String, _ written: String) throws {
        #expect(ConfigurationText.quoted(text) == written)
        let document = try YAMLDocument(parsing: Array(written.utf8))
        #expect(document.root?.content == .scalar(text, isPlain: !written.hasPrefix("\"")))
    }
}
