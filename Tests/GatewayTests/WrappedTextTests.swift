import Testing

@testable import Gateway

@Suite struct WrappedTextTests {
    @Test(arguments: [
        ("", []), ("one", ["one"]), ("one two", ["one two"]),
        ("one  two three", ["one two", "three"]),
        ("a longerword b", ["a", "longerword", "b"]), ("7 chars", ["7 chars"]),
    ])
    func isCutBetweenWords(text: String, lines: [String]) {
        #expect(text.wrapped(to: 7) == lines)
    }

    @Test(arguments: [(0, "0 meters"), (1, "1 meter"), (2, "2 meters")])
    func whatIsCounted(number: Int, text: String) { #expect(counted(number, "meter") == text) }
}
