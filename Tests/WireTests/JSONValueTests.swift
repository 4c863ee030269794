import Testing
import Wire

@Suite struct JSONValueTests {
    @Test func readsATree() throws {
        let value = try JSONValue(parsing: #"{"a":[1,"x",true,null],"b":{"c":-2.5},"a":0}"#)
        #expect(value["a"]?.elements == [.number("1"), .string("x"), .bool(true), .null])
        #expect(value["b"]?["c"]?.double == -2.5)
        #expect(value["a"]?.elements?.first?.integer == 1)
        #expect(value.members?.count == 3)
        #expect(value["z"] == nil)
        #expect(value["b"]?.string == nil)
    }

    static let bad = ["", "{", "[1", "1 2", "{\"a\" 1}", "]", "\"", "nul"]

    @Test(arguments: bad)
    func refuses(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test func deepNestingIsRefused() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try JSONValue(parsing: deep)
        #expect(throws: JSONError.tooDeep) { try JSONValue(parsing: "[" + deep + "]") }
    }
}
