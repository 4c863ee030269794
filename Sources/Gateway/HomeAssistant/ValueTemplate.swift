/// How Home Assistant's templates get a value out of JSON: ours, and those that a file has.
enum ValueTemplate {
    private static let mark = "value_json."

    /// The keys that `template` takes from the JSON as `value_json.key`.
    static func keys(_ template: String) -> [String] {
        uses(template).map(\.key)
    }

    /// The value of `key` in the JSON, whatever characters are in it.
    static func value(_ key: String) -> String {
        let isWord = key.utf8.allSatisfy(isLetter) && key.utf8.first.map(isDigit) == false
        if isWord, !functions.contains(key) { return mark + key }
        var name = ""
        for character in key {
            if character == "'" || character == "\\" { name += "\\" }
            name.append(character)
        }
        return "value_json['\(name)']"
    }

    /// Functions of Python's dictionaries: behind a point they stand before a key of their name.
    private static let functions: Set<String> = [
        "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault",
        "update", "values",
    ]

    /// `template` such that a message without one of its keys gives nothing, and no warning.
    static func tolerant(_ template: String, isNumber: Bool) -> String {
        let unguarded = uses(template).filter { !isGuarded($0.rest) }.map(\.key)
        guard !unguarded.isEmpty else { return template }
        var seen: Set<String> = []
        let conditions = unguarded.filter { seen.insert($0).inserted }
            .map { "\(mark)\($0) is defined" }.joined(separator: " and ")
        let otherwise = isNumber ? "" : "{% else %}{{ none }}"
        return "{% if \(conditions) %}\(template)\(otherwise){% endif %}"
    }

    /// Each key, and what stands behind it.
    private static func uses(_ template: String) -> [(key: String, rest: Substring)] {
        var result: [(key: String, rest: Substring)] = []
        var rest = template[...]
        while let place = rest.firstRange(of: mark) {
            rest = rest[place.upperBound...]
            let key = rest.prefix { $0.utf8.allSatisfy(isLetter) }
            rest = rest[key.endIndex...]
            if !key.isEmpty { result.append((String(key), rest)) }
        }
        return result
    }

    private static func isGuarded(_ rest: Substring) -> Bool {
        let words = rest.prefix(24).filter { $0 != " " }
        return words.hasPrefix("|default") || words.hasPrefix("isdefined")
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (0x30...0x39).contains(octet) }

    /// A letter, a digit or `_`.
    private static func isLetter(_ octet: UInt8) -> Bool {
        isDigit(octet) || (0x41...0x5A).contains(octet & 0xDF) || octet == 0x5F
    }
}
