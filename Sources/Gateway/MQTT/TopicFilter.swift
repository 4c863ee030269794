/// A topic filter of MQTT (version 5, clauses 4.7 and 4.8): `+` stands for one level, a last `#` for
/// any number of them; `$share/GROUP/` in front shares its messages among a group of subscribers.
struct TopicFilter: Hashable, Sendable, CustomStringConvertible {
    let description: String
    /// Without what makes it shared.
    private let levels: [Substring]
    let isShared: Bool

    init(_ filter: String) {
        description = filter
        let levels = filter.split(separator: "/", omittingEmptySubsequences: false)
        isShared = levels.count > 2 && levels[0] == "$share"
        self.levels = isShared ? Array(levels.dropFirst(2)) : levels
    }

    /// Whether a broker takes it: wildcards stand for whole levels, `#` is the last, a group has a
    /// name.
    var isSound: Bool {
        let whole = description.split(separator: "/", omittingEmptySubsequences: false)
        if whole.first == "$share" {
            guard isShared, !whole[1].isEmpty, !whole[1].contains(where: { $0 == "+" || $0 == "#" })
            else { return false }
        }
        guard levels != [""], description.utf8.count <= 1024 else { return false }
        return levels.enumerated().allSatisfy { place, level in
            if level == "#" { return place == levels.count - 1 }
            return level == "+" || !level.contains { $0 == "+" || $0 == "#" }
        } && description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    func matches(_ topic: String) -> Bool { wildcards(of: topic) != nil }

    /// What of `topic` stands where the filter has wildcards, with `/` between; nil where it does
    /// not match.
    func wildcards(of topic: String) -> String? {
        // The broker's own topics are for those alone that name them.
        if topic.hasPrefix("$"), levels.first == "+" || levels.first == "#" { return nil }
        let names = topic.split(separator: "/", omittingEmptySubsequences: false)
        var found: [Substring] = []
        for (place, level) in levels.enumerated() {
            if level == "#" {
                return (found + names.dropFirst(place)).joined(separator: "/")
            }
            guard place < names.count else { return nil }
            if level == "+" {
                found.append(names[place])
            } else if level != names[place] {
                return nil
            }
        }
        return names.count == levels.count ? found.joined(separator: "/") : nil
    }
}
