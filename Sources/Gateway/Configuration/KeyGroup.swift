/// Collects the faults of one file, so that all of them are seen in one pass.
final class FaultList {
    /// A hopeless file shall not fill the screen.
    static let limit = 200

    private var faults: [ConfigurationFault] = []
    private var leftOut = 0
    private var worstLeftOut = ConfigurationFault.Severity.note
    private(set) var errorCount = 0

    /// - Parameter message: made only while there is room.
    func add(
        _ severity: ConfigurationFault.Severity = .error, at place: YAMLNode.Place, path: String,
        _ message: @autoclosure () -> String
    ) {
        if severity == .error { errorCount += 1 }
        guard faults.count < Self.limit else {
            leftOut += 1
            worstLeftOut = max(worstLeftOut, severity)
            return
        }
        faults.append(ConfigurationFault(severity, at: place, path: path, message()))
    }

    /// By line; a last one tells how many did not fit.
    var sorted: [ConfigurationFault] {
        var result = faults.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        if leftOut > 0 {
            result.append(
                ConfigurationFault(
                    worstLeftOut, at: .wholeFile, "\(leftOut) more faults: correct these first"))
        }
        return result
    }
}

/// The keys of one section or list item, read one by one; what is wrong goes to the fault list.
struct KeyGroup<Key: RawRepresentable<String> & CaseIterable> {
    let path: String
    let place: YAMLNode.Place
    let faults: FaultList
    private let errorsBefore: Int
    private var entries: [String: YAMLNode.Entry] = [:]

    /// Takes the keys of `node`; nil and an error when it is no group of keys.
    init?(_ node: YAMLNode, path: String, faults: FaultList) {
        self.path = path
        self.faults = faults
        place = node.place
        errorsBefore = faults.errorCount
        guard case .mapping(let written) = node.content else {
            let example = Key.allCases.first?.rawValue ?? "key"
            faults.add(
                at: node.place, path: path,
                "\(node.kind) stands here: write keys below it, each as '\(example): value'")
            return nil
        }
        for entry in written { take(entry) }
    }

    /// A section that is not there: no key is given.
    init(absentAt path: String, faults: FaultList) {
        self.path = path
        self.faults = faults
        place = .wholeFile
        errorsBefore = faults.errorCount
    }

    /// Whether no error was found in this group so far.
    var isSound: Bool { faults.errorCount == errorsBefore }

    private mutating func take(_ entry: YAMLNode.Entry) {
        let path = "\(path).\(ShownText.name(entry.key))"
        guard Key(rawValue: entry.key) != nil else {
            faults.add(.warning, at: entry.keyPlace, path: path, Self.unknown(entry.key))
            return
        }
        if let first = entries[entry.key] {
            faults.add(
                at: entry.keyPlace, path: path,
                "this key is in line \(first.keyPlace.line) already: keep one of the two lines")
        } else {
            entries[entry.key] = entry
        }
    }

    private static func unknown(_ key: String) -> String {
        let known = Key.allCases.map(\.rawValue)
        if let colon = key.firstIndex(of: ":"), known.contains(String(key[..<colon])) {
            return "this key is not known: a blank is missing after the colon"
        }
        if key == "<<" {
            return "'<<' does not bring in the keys of another place here: write them out"
        }
        let meant = NearestName.of(key, among: known) ?? OtherName.ours(key, among: known)
        let advice =
            meant.map { "did you mean '\($0)'?" }
            ?? "known are \(known.joined(separator: ", "))"
        return "this key is not known and not used: \(advice)"
    }

    // MARK: Values

    /// The value of `key`; nil where nothing is written.
    func value(_ key: Key) -> YAMLNode? {
        guard let value = entries[key.rawValue]?.value, !value.isEmpty else { return nil }
        return value
    }

    /// Where `key` stands; the group itself where it is not there.
    func place(_ key: Key) -> YAMLNode.Place { entries[key.rawValue]?.keyPlace ?? place }

    func isWritten(_ key: Key) -> Bool { entries[key.rawValue] != nil }

    func text(_ key: Key) -> String? {
        guard let value = value(key) else { return nil }
        guard case .scalar(let text, _) = value.content else {
            add(at: key, "\(value.kind) stands here: write one value behind the colon")
            return nil
        }
        return text
    }

    /// The text of a key that must be there and not be empty.
    func required(_ key: Key, as example: String) -> String? {
        guard value(key) != nil else {
            let fault = isWritten(key) ? "the value is missing" : "this key is missing"
            add(at: key, "\(fault): write '\(key.rawValue): \(example)'")
            return nil
        }
        guard let text = text(key) else { return nil }
        guard !text.isEmpty else {
            add(at: key, "the value is empty: write '\(key.rawValue): \(example)'")
            return nil
        }
        return text
    }

    /// `true`, `yes`, `on` and `false`, `no`, `off`, in any case.
    func bool(_ key: Key) -> Bool? {
        guard let text = text(key) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            add(at: key, "this is neither yes nor no: write true or false")
            return nil
        }
    }

    func port(_ key: Key) -> UInt16? {
        guard let text = text(key) else { return nil }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let port = UInt16(text), port > 0 else {
            add(at: key, "this is no port: write a number from 1 to 65535")
            return nil
        }
        return port
    }

    func number(_ key: Key, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(key) else { return nil }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let number = Int(text), range.contains(number) else {
            add(
                at: key,
                "this is no number that can be used: write one from \(range.lowerBound) to"
                    + " \(range.upperBound)")
            return nil
        }
        return number
    }

    /// One of some words, in any case.
    func choice<Value>(_ key: Key, _ choices: [(word: String, value: Value)]) -> Value? {
        guard let text = text(key) else { return nil }
        let found = choices.first { $0.word == text.lowercased() }
        if found == nil {
            let words = choices.map(\.word)
            let nearest = NearestName.of(text, among: words).map { " ('\($0)' perhaps?)" } ?? ""
            add(at: key, "this word is not known\(nearest): write \(Self.list(words))")
        }
        return found?.value
    }

    // MARK: Faults

    func path(_ key: Key) -> String { "\(path).\(key.rawValue)" }

    func add(
        _ severity: ConfigurationFault.Severity = .error, at key: Key, _ message: String
    ) {
        let value = entries[key.rawValue]?.value
        let place = value.map { $0.isEmpty ? self.place(key) : $0.place } ?? self.place(key)
        faults.add(severity, at: place, path: path(key), message)
    }

    /// `a, b or c`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension KeyGroup {
    /// The items of a list with their paths; none where nothing is written, and an error for what
    /// is no list.
    func items(_ key: Key) -> [(node: YAMLNode, path: String)] {
        guard let node = value(key) else { return [] }
        guard case .sequence(let items) = node.content else {
            add(at: key, "\(node.kind) stands here: write a list, each item beginning with '- '")
            return []
        }
        return items.enumerated().map { ($1, "\(key.rawValue)[\($0 + 1)]") }
    }
}
