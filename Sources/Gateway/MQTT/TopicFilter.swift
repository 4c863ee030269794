/// A topic filter of MQTT (version 5, clauses 4.7 and 4.8): `+` stands for one level, a last `#` for
/// any number of them; `$share/GROUP/` in front shares its messages among a group of subscribers.
struct TopicFilter: Hashable, Sendable, CustomStringConvertible {
    let description: String
    /// Without what makes it shared.
    private let levels: [Substring]
    /// The same as it is on the wire.
    private let octets: [UInt8]
    let isShared: Bool

    init(_ filter: String) {
        description = filter
        let levels = filter.split(separator: "/", omittingEmptySubsequences: false)
        isShared = levels.count > 2 && levels[0] == "$share"
        self.levels = isShared ? Array(levels.dropFirst(2)) : levels
        octets = Array(self.levels.joined(separator: "/").utf8)
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

    /// Asked for each message and each subscription, so octet by octet and without taking memory.
    func matches(_ topic: String) -> Bool {
        let topic = topic.utf8.span
        // The broker's own topics are for those alone that name them.
        if let first = octets.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "#") {
            if !topic.isEmpty, topic[0] == UInt8(ascii: "$") { return false }
        }
        var place = 0
        for (position, octet) in octets.enumerated() {
            switch octet {
            case UInt8(ascii: "#"): return true
            case UInt8(ascii: "+"):
                while place < topic.count, topic[place] != UInt8(ascii: "/") { place += 1 }
            default:
                guard place < topic.count else {
                    // `a/#` stands for `a` as well.
                    return octets[position...].elementsEqual("/#".utf8)
                }
                guard topic[place] == octet else { return false }
                place += 1
            }
        }
        return place == topic.count
    }

    /// What of `topic` stands where the filter has wildcards, with `/` between; nil where it does
    /// not match.
    func wildcards(of topic: String) -> String? {
        guard matches(topic) else { return nil }
        let names = topic.split(separator: "/", omittingEmptySubsequences: false)
        var found: [Substring] = []
        for (place, level) in levels.enumerated() where place < names.count {
            switch level {
            case "+": found.append(names[place])
            case "#": found += names[place...]
            default: break
            }
        }
        return found.joined(separator: "/")
    }
}
