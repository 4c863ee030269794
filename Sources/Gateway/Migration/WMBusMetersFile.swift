/// A configuration file of wmbusmeters: `key=value` a line, `#` before remarks.
struct WMBusMetersFile {
    struct Line: Equatable {
        /// From 1.
        var number: Int
        var key: String
        var value: String
    }

    let name: String
    let lines: [Line]
    /// Lines that say nothing in that form.
    let unreadable: [Int]

    init(_ name: String, _ octets: [UInt8]) {
        self.name = ShownText.withoutControls(name)
        var lines: [Line] = []
        var unreadable: [Int] = []
        let text = octets.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, octets) in text.enumerated() {
            let line = Self.trimmed(String(decoding: octets, as: UTF8.self)[...])
            guard let first = line.first, first != "#" else { continue }
            guard let equals = line.firstIndex(of: "="), equals > line.startIndex else {
                unreadable.append(index + 1)
                continue
            }
            lines.append(
                Line(
                    number: index + 1, key: Self.trimmed(line[..<equals]).lowercased(),
                    value: String(Self.trimmed(line[line.index(after: equals)...]))))
        }
        self.lines = lines
        self.unreadable = unreadable
    }

    /// The last line with one of these keys.
    func last(_ keys: String...) -> Line? { lines.last { keys.contains($0.key) } }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
