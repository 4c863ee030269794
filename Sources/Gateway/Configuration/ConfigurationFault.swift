/// One thing that is wrong in the configuration file, said to the person who wrote it.
public struct ConfigurationFault: Error, Equatable, Sendable {
    public enum Severity: String, Equatable, Sendable, Comparable {
        /// For information; nothing needs to be done.
        case note
        /// It works, but probably not as meant.
        case warning
        /// The part of the file that it names is not used.
        case error

        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    public var severity: Severity
    /// Both from 1; 0 for the file as a whole.
    public var line: Int
    public var column: Int
    /// The key that it is about, as `oms[2].key`, items counted from 1; empty for the whole file.
    public var path: String
    /// What is wrong and what to do. Never has a key or password in it.
    public var message: String

    public init(
        _ severity: Severity, at place: YAMLNode.Place, path: String = "", _ message: String
    ) {
        self.severity = severity
        line = place.line
        column = place.column
        self.path = path
        self.message = message
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `12: oms[2].key: what is wrong`; warnings and notes say that they are.
    public var description: String {
        var text = line > 0 ? "\(line): " : ""
        if severity != .error { text += "\(severity.rawValue): " }
        if !path.isEmpty { text += "\(path): " }
        return text + message
    }
}

/// What of a file's text may stand in a message.
enum ShownText {
    /// The name at the head of `text`: letters, digits, `_` and `-`, if shorter than 24.
    ///
    /// A person who forgets a blank (`pass:secret`) or swaps lines puts a secret where a name
    /// belongs, so what follows the name is left out, and so is what could be a meter's key.
    static func name(_ text: String) -> String {
        let head = text.unicodeScalars.prefix {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || $0 == "_" || $0 == "-"
        }
        guard !head.isEmpty, head.count < 24, !couldBeKey(String(head)) else { return "…" }
        return String(head) + (head.endIndex == text.unicodeScalars.endIndex ? "" : "…")
    }

    /// A meter's or receiver's name, on one line and at most 40 characters long.
    static func title(_ text: String) -> String {
        guard !couldBeKey(text) else { return "…" }
        let shown = withoutControls(text)
        return shown.count <= 40 ? shown : String(shown.prefix(40)) + "…"
    }

    /// `text` with `_` for what would break the line or the terminal.
    static func withoutControls(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            scalars.append(isControl ? "_" : scalar)
        }
        return String(scalars)
    }

    private static func couldBeKey(_ text: String) -> Bool {
        let digits = text.unicodeScalars.filter { $0.properties.isASCIIHexDigit }
        return digits.count >= 16 && digits.count * 4 >= text.unicodeScalars.count * 3
    }
}
