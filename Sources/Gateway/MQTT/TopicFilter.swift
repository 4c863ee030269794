/// A topic filter of MQTT (version 5, clause 4.7): `+` stands for one level, a last `#` for any
/// number of them.
struct TopicFilter: Hashable, Sendable, CustomStringConvertible {
    let description: String
    private let levels: [Substring]

    init(_ filter: String) {
        description = filter
        levels = filter.split(separator: "/", omittingEmptySubsequences: false)
    }

    func matches(_ topic: String) -> Bool {
        // The broker's own topics are for those alone that name them.
        if topic.hasPrefix("$"), levels.first == "+" || levels.first == "#" { return false }
        let names = topic.split(separator: "/", omittingEmptySubsequences: false)
        for (place, level) in levels.enumerated() {
            if level == "#" { return true }
            guard place < names.count else { return false }
            if level != "+", level != names[place] { return false }
        }
        return names.count == levels.count
    }
}
