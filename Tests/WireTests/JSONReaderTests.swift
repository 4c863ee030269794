import Testing

@testable import Wire

@Suite struct JSONReaderTests {
    static let good: [(String, String)] = [
        (#"{}"#, "{ } ."),
        (#" [ ] "#, "[ ] ."),
        (
            #"{"a":1,"b":[true,false,null,"x"],"c":{"d":-1.5e+10}}"#,
            "{ k:a n:1 k:b [ T F N s:x ] k:c { k:d n:-1.5e+10 } } ."
        ),
        (#""a\"b\\\u00e9\ud83d\ude00\n""#, "s:a\"b\\é😀\n ."),
        (#""\ud83d""#, "s:\u{FFFD} ."),
        ("0", "n:0 ."),
        ("[1\n,\t2]", "[ n:1 n:2 ] ."),
    ]

    @Test(arguments: good)
    func readsTokens(_ text: String, _ expected: String) throws {
        #expect(try tokens(text) == expected)
    }

    static let bad: [(String, JSONError)] = [
        ("", .cutOff), ("{", .cutOff), (#"{"a""#, .cutOff), (#"{"a":"#, .cutOff),
        (#"{"a":1"#, .cutOff), (#"{"a":1,}"#, .unexpected(at: 7)), ("[1,]", .unexpected(at: 3)),
        ("[1 2]", .unexpected(at: 3)), ("{1:2}", .unexpected(at: 1)), ("1 2", .unexpected(at: 2)),
        ("01", .unexpected(at: 1)), ("-", .cutOff), ("1.", .cutOff), ("tru", .cutOff),
        ("nul1", .unexpected(at: 0)), ("\"\n\"", .unexpected(at: 1)),
        (#""\x""#, .unexpected(at: 2)),
        (#""\u12g4""#, .unexpected(at: 5)), ("]", .unexpected(at: 0)), ("[}", .unexpected(at: 1)),
        (String(repeating: "[", count: 65), .tooDeep), ("\u{B}1", .unexpected(at: 0)),
    ]

    @Test(arguments: bad)
    func refuses(_ text: String, _ expected: JSONError) {
        #expect(throws: expected) { try tokens(text) }
    }

    @Test func skipsWholeValues() throws {
        let text = Array(#"{"a":{"x":[1,{"y":2}]},"b":3}"#.utf8)
        var reader = JSONReader(text.span)
        let first = try reader.next()
        #expect(first == .beginObject)
        _ = try reader.next()
        try reader.skipValue()
        guard case .key(let range, escaped: false) = try reader.next() else {
            Issue.record("no key behind the skipped value")
            return
        }
        let (isB, isA) = (reader.matches(range, "b"), reader.matches(range, "a"))
        #expect(isB && !isA)
        try reader.skipValue()
        #expect(throws: JSONError.self) { try skip(Array("[]".utf8), after: 1) }
    }

    @Test func everyPrefixIsRefused() {
        let text = #"{"a":[1.5e3,"\u00e9",{"b":null}],"c":true}"#
        for count in 0..<text.utf8.count {
            let prefix = String(decoding: text.utf8.prefix(count), as: UTF8.self)
            #expect(throws: JSONError.self, "\(prefix)") { try tokens(prefix) }
        }
    }

    private func skip(_ text: [UInt8], after count: Int) throws {
        var reader = JSONReader(text.span)
        for _ in 0..<count { _ = try reader.next() }
        try reader.skipValue()
    }

    private func tokens(_ text: String) throws -> String {
        let utf8 = Array(text.utf8)
        var reader = JSONReader(utf8.span)
        var shown: [String] = []
        while true {
            switch try reader.next() {
            case .beginObject: shown.append("{")
            case .endObject: shown.append("}")
            case .beginArray: shown.append("[")
            case .endArray: shown.append("]")
            case .key(let range, let escaped):
                shown.append("k:" + reader.string(range, escaped: escaped))
            case .string(let range, let escaped):
                shown.append("s:" + reader.string(range, escaped: escaped))
            case .number(let range):
                shown.append("n:" + reader.string(range, escaped: false))
            case .bool(let value): shown.append(value ? "T" : "F")
            case .null: shown.append("N")
            case .end: return (shown + ["."]).joined(separator: " ")
            }
        }
    }
}
