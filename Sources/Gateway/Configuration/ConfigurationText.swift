/// The lines of a configuration file, and where a meter can be put in between them.
struct ConfigurationText {
    private static let newline: UInt8 = 0x0A
    /// Each with what ends it.
    private var lines: [ArraySlice<UInt8>] = []
    private let lineEnd: [UInt8]

    init(_ octets: [UInt8]) {
        var start = octets.startIndex
        while let end = octets[start...].firstIndex(of: Self.newline) {
            lines.append(octets[start...end])
            start = end + 1
        }
        if start < octets.endIndex { lines.append(octets[start...]) }
        let endsAsInWindows = lines.first.map { $0.suffix(2) == [0x0D, 0x0A] } ?? false
        lineEnd = endsAsInWindows ? [0x0D, 0x0A] : [Self.newline]
    }

    /// The text with an item of these keys in the list `oms`, in every way that may be right.
    func candidates(
        adding keys: [(key: String, value: String)], to root: YAMLNode?
    ) -> [[UInt8]] {
        guard let root, !root.isEmpty else {
            return [inserting(["oms:"] + Self.block(keys, indent: 2), at: lines.count)]
        }
        guard let section = root.entries?.first(where: { $0.key == Section.oms.rawValue }) else {
            return [inserting(["oms:"] + Self.block(keys, indent: 2), at: lines.count)]
        }
        guard case .sequence(let items) = section.value.content, let last = items.last else {
            return inPlaceOfNothing(section, keys)
        }
        return behind(last, first: items[0], keys) + inBrackets(behind: last, keys)
    }

    // MARK: Places

    /// `oms:` with nothing, `~` or `[]` behind it.
    private func inPlaceOfNothing(
        _ section: YAMLNode.Entry, _ keys: [(key: String, value: String)]
    ) -> [[UInt8]] {
        let number = section.keyPlace.line - 1
        guard lines.indices.contains(number) else { return [] }
        let block = Self.block(keys, indent: 2)
        var emptied = self
        let line = String(decoding: lines[number], as: UTF8.self)
        for nothing in ["[]", "[ ]", "~", "null"] {
            guard let range = line.firstRange(of: ": " + nothing) else { continue }
            let rest = line[range.upperBound...]
            emptied.lines[number] = ArraySlice((line[..<range.lowerBound] + ":" + rest).utf8)
            break
        }
        return [emptied.inserting(block, at: number + 1)]
    }

    /// Below the last item of a list whose items begin with dashes.
    private func behind(
        _ last: YAMLNode, first: YAMLNode, _ keys: [(key: String, value: String)]
    ) -> [[UInt8]] {
        guard let dash = lines[safe: last.place.line - 1]?.firstIndex(of: UInt8(ascii: "-")),
            let line = lines[safe: last.place.line - 1]
        else { return [] }
        let indent = dash - line.startIndex
        let gap = max(last.place.column - 1 - indent - 1, 1)
        let block = Self.block(keys, indent: indent, gap: first.entries == nil ? 1 : gap)
        // Behind the last line that belongs to it, so that comments below stay with what follows.
        var end = last.lastLine
        while let next = lines[safe: end], let depth = Self.indent(of: next), depth > indent {
            end += 1
        }
        // A text over several lines may be longer than it looks.
        return (end...min(end + 8, lines.count)).map { inserting(block, at: $0) }
    }

    /// In front of the bracket that ends a list `[…]`.
    private func inBrackets(
        behind last: YAMLNode, _ keys: [(key: String, value: String)]
    ) -> [[UInt8]] {
        let pairs = keys.map { "\($0.key): \(Self.quoted($0.value))" }
        let item = Array(", {\(pairs.joined(separator: ", "))}".utf8)
        let start = lines.prefix(max(last.place.line - 1, 0)).reduce(0) { $0 + $1.count }
        let all = Array(lines.joined())
        let brackets = all.indices.dropFirst(start).filter { all[$0] == UInt8(ascii: "]") }
        return brackets.prefix(20).map { place in
            var end = place
            while end > 0, all[end - 1] == 0x20 || all[end - 1] == 0x0A || all[end - 1] == 0x0D {
                end -= 1
            }
            return all[..<end] + item + all[end...]
        }
    }

    private func inserting(_ new: [String], at number: Int) -> [UInt8] {
        var result = Array(lines.prefix(number).joined())
        if let last = result.last, last != Self.newline { result += lineEnd }
        for line in new { result += Array(line.utf8) + lineEnd }
        return result + lines.dropFirst(number).joined()
    }

    /// How far a line is indented; nil where there is nothing in it but blanks or a comment.
    private static func indent(of line: ArraySlice<UInt8>) -> Int? {
        guard let first = line.firstIndex(where: { $0 != 0x20 }), line[first] != 0x0A,
            line[first] != 0x0D, line[first] != UInt8(ascii: "#")
        else { return nil }
        return first - line.startIndex
    }

    // MARK: What is written

    private static func block(
        _ keys: [(key: String, value: String)], indent: Int, gap: Int = 1
    ) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let blanks = String(repeating: " ", count: gap)
        return keys.enumerated().map { place, entry in
            margin + (place == 0 ? "-" : " ") + blanks + "\(entry.key): \(quoted(entry.value))"
        }
    }

    /// `text` so that every reader of YAML takes it for this text, in quotes where it must.
    static func quoted(_ text: String) -> String {
        let safe = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || " _-/.:".unicodeScalars.contains(scalar)
        }
        let first = text.unicodeScalars.first
        // Numbers, `7E12…` too, and words that mean something else to some.
        let isWord = first.map { $0.properties.isAlphabetic || $0 == "/" } ?? false
        let isPlainNumber = text.utf8.allSatisfy { isDigit($0) || "eE+-._xXoO".utf8.contains($0) }
        let hasLetters = text.utf8.contains { isLetterOfNoNumber($0) }
        let meansOther = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
            .contains(text.lowercased())
        let isBased = ["0x", "0o", "0b"].contains { text.lowercased().hasPrefix($0) }
        let startsPlain = isWord || first.map { ("0"..."9").contains($0) && hasLetters } ?? false
        if safe, startsPlain, !isBased, !isPlainNumber, !meansOther, text.last != " ",
            text.last != ":",
            !text.contains(": ")
        {
            return text
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    private static func isLetterOfNoNumber(_ octet: UInt8) -> Bool {
        (0x41...0x5A).contains(octet & 0xDF) && octet & 0xDF != UInt8(ascii: "E")
    }
}

extension YAMLNode {
    /// The last line in which something of it begins.
    fileprivate var lastLine: Int {
        switch content {
        case .scalar: place.line
        case .sequence(let items): items.map(\.lastLine).max() ?? place.line
        case .mapping(let entries):
            entries.map { max($0.keyPlace.line, $0.value.lastLine) }.max() ?? place.line
        }
    }
}

extension Array {
    fileprivate subscript(safe place: Int) -> Element? {
        indices.contains(place) ? self[place] : nil
    }
}
