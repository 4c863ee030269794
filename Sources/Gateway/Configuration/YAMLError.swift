/// Why a file is no YAML document that can be read, and where.
public struct YAMLError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        /// libyaml's own words, which are fixed texts and hold nothing of the file.
        case syntax(String)
        /// An octet that is no UTF-8, or a control character.
        case badCharacter
        case tooLarge, tooDeep, tooMany
        case secondDocument
        case unknownAlias
        case keyIsNoText
        /// libyaml gave an event where none may come, or had no memory.
        case unexpected
    }

    public var reason: Reason
    public var place: YAMLNode.Place

    public init(_ reason: Reason, at place: YAMLNode.Place) {
        self.reason = reason
        self.place = place
    }

    /// What is wrong and what to do; the place is not in it.
    public var description: String {
        switch reason {
        case .syntax(let problem): Self.advice(for: problem)
        case .badCharacter:
            "a character here cannot be read: save the file as UTF-8 text"
        case .tooLarge:
            "the file is larger than \(YAMLDocument.maximumSize >> 20) MiB: "
                + "name the right one"
        case .tooDeep:
            "lists and groups stand inside each other more than \(YAMLDocument.maximumDepth) deep: "
                + "check the indentation and the brackets"
        case .tooMany:
            "the file holds too much (\(YAMLDocument.maximumNodes) values, those repeated with '*' "
                + "counted each time): remove what is not needed"
        case .secondDocument:
            "a second document begins here: remove this line of '---' and keep one document"
        case .unknownAlias:
            "'*' repeats a value that has no name before this line: put text that begins with '*' "
                + "in quotes, or name the value above with '&'"
        case .keyIsNoText:
            "a list or a group stands where the name of a key is expected: "
                + "put text that begins with a bracket in quotes"
        case .unexpected: "the file cannot be read from here on: compare it with the documentation"
        }
    }

    /// libyaml's words, with what a person should look for in front of them.
    private static func advice(for problem: String) -> String {
        let known = adviceByProblem.first { problem.hasPrefix($0.problem) }
        let advice = known?.advice ?? "check the indentation, quotes and brackets here and above"
        return "\(advice) (\(problem))"
    }

    /// Whether libyaml missed the end of something that began at its `context_mark`.
    static func isMissingEnd(_ problem: String) -> Bool {
        problem.hasPrefix("found unexpected end of stream")
            || problem.hasPrefix("did not find expected ',' or")
    }

    private static let adviceByProblem: [(problem: String, advice: String)] = [
        (
            "mapping values are not allowed",
            "a colon stands where none may: put quotes around a value that has a colon in it, "
                + "and give keys of one group the same indentation"
        ),
        (
            "found character that cannot start any token",
            "a tab or one of the characters @ ` % begins a word: "
                + "indent with blanks, and put such a value in quotes"
        ),
        (
            "did not find expected key",
            "this line does not fit to those above: give keys of one group the same indentation"
        ),
        (
            "did not find expected '-' indicator",
            "this line does not fit to the list above: each item begins with '- ', all equally "
                + "far indented"
        ),
        (
            "could not find expected ':'",
            "a key has no value: write 'key: value' with a colon and a blank"
        ),
        (
            "found unexpected end of stream",
            "the quote that is opened here is never closed: add it, or take this one out"
        ),
        (
            "found a tab character",
            "a tab stands in the indentation: replace it by blanks"
        ),
        (
            "did not find expected ',' or",
            "the bracket that is opened here is never closed, or a comma is missing behind it"
        ),
        (
            "block sequence entries are not allowed",
            "a list cannot begin here: put '- ' on a line of its own below the key"
        ),
        (
            "found unknown escape character",
            "'\\' has a meaning inside double quotes: use single quotes"
        ),
    ]
}
