import CLinux
import Glibc

/// A regular expression of a definition file, matched anywhere in a text and in any case (POSIX
/// extended, regex(7), by the C library).
///
/// The files are the user's own, but a pattern shall not stop the start: its length, and how often
/// it repeats what it repeats, are bounded. `\d` and `(?:…)` are understood as well.
final class RegularExpression {
    static let longest = 200
    /// The repetitions of all `{…}` together, multiplied.
    static let mostRepetitions = 1000

    let pattern: String
    private let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)

    init(_ pattern: String) throws(RegularExpressionError) {
        self.pattern = pattern
        compiled.initialize(to: regex_t())
        let failure: RegularExpressionError?
        do throws(RegularExpressionError) {
            let code = regcomp(
                compiled, try Self.translated(pattern), REG_EXTENDED | REG_ICASE | REG_NOSUB)
            failure = code == 0 ? nil : .notValid(Self.words(of: code, compiled))
        } catch { failure = error }
        guard let failure else { return }
        // After a failure there is nothing to free but empty memory: `deinit` may free it.
        compiled.pointee = regex_t()
        throw failure
    }

    deinit {
        regfree(compiled)
        compiled.deallocate()
    }

    /// - Parameter text: longer than 256 octets, or with a NUL: no match.
    func matches(_ text: String) -> Bool {
        guard text.utf8.count <= 256, !text.utf8.contains(0) else { return false }
        return regexec(compiled, text, 0, nil, 0) == 0
    }

    private static func words(of code: Int32, _ compiled: UnsafePointer<regex_t>) -> String {
        var words = [CChar](repeating: 0, count: 100)
        regerror(code, compiled, &words, words.count)
        return String(
            decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// `pattern` in POSIX's words.
    private static func translated(_ pattern: String) throws(RegularExpressionError) -> String {
        guard !pattern.isEmpty, pattern.utf8.count <= longest, !pattern.utf8.contains(0) else {
            throw .badLength
        }
        guard repetitions(pattern) <= mostRepetitions else { throw .tooManyRepetitions }
        var result = ""
        var rest = pattern[...]
        var isInBrackets = false
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let next = rest.popFirst() else { throw .notValid("'\\' at the end") }
                if next == "d" {
                    result += isInBrackets ? "0-9" : "[0-9]"
                } else if next.isNumber {
                    throw .notSupported("\\\(next)")
                } else {
                    result += "\\\(next)"
                }
            case "(" where !isInBrackets && rest.hasPrefix("?"):
                guard rest.hasPrefix("?:") else { throw .notSupported("(?") }
                rest = rest.dropFirst(2)
                result += "("
            default:
                if character == "[" { isInBrackets = true }
                if character == "]" { isInBrackets = false }
                result.append(character)
            }
        }
        return result
    }

    /// The product of all upper bounds in braces; `*` and `+` cost nothing.
    private static func repetitions(_ pattern: String) -> Int {
        var product = 1
        for piece in pattern.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            let numbers = piece.prefix { $0 != "}" }.split(separator: ",").map { Int($0) ?? 1 }
            let (next, overflow) = product.multipliedReportingOverflow(
                by: max(numbers.max() ?? 1, 1))
            guard !overflow else { return .max }
            product = next
        }
        return product
    }
}

enum RegularExpressionError: Error, Equatable, CustomStringConvertible {
    case badLength
    case tooManyRepetitions
    case notSupported(String)
    /// In the C library's words.
    case notValid(String)

    var description: String {
        switch self {
        case .badLength:
            "the pattern must have 1 to \(RegularExpression.longest) characters"
        case .tooManyRepetitions:
            "the pattern repeats too much: its numbers in {} may make"
                + " \(RegularExpression.mostRepetitions) together, multiplied"
        case .notSupported(let piece):
            "'\(piece)' in a pattern is not understood here: write the pattern without it"
        case .notValid(let words): "this is no pattern (\(words)): write one as ^04B648FD"
        }
    }
}
