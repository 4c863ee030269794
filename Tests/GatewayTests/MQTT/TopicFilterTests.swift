import Testing

@testable import Gateway

@Suite struct TopicFilterTests {
    @Test(arguments: [
        ("a/b", "a/b", true), ("a/b", "a/c", false), ("a/b", "a", false), ("a/b", "a/b/c", false),
        ("a/+", "a/b", true), ("a/+", "a", false), ("a/+", "a/b/c", false), ("+/+", "/a", true),
        ("wmbus/+/telegram", "wmbus/hall/telegram", true),
        ("wmbus/+/telegram", "wmbus/hall/other", false),
        ("a/#", "a", true), ("a/+/#", "a/b", true), ("a/+/b", "a//b", true),
        ("a/+/b", "a/b", false),
        ("a/#", "a/b/c", true), ("#", "a/b", true), ("a/#", "b", false),
        ("#", "$SYS/uptime", false), ("+/uptime", "$SYS/uptime", false),
        ("$SYS/#", "$SYS/uptime", true),
    ])
    func matches(filter: String, topic: String, expected: Bool) {
        #expect(TopicFilter(filter).matches(topic) == expected)
    }

    @Test func whatWildcardsStandFor() {
        #expect(TopicFilter("wmbus/+/telegram").wildcards(of: "wmbus/hall/telegram") == "hall")
        #expect(TopicFilter("a/+/b/#").wildcards(of: "a/x/b/y/z") == "x/y/z")
        #expect(TopicFilter("a/b").wildcards(of: "a/b")?.isEmpty == true)
        #expect(TopicFilter("$share/group/a/+").wildcards(of: "a/x") == "x")
    }

    @Test(arguments: [
        ("a", true), ("a/+/b", true), ("a/#", true), ("#", true), ("+", true), ("/", true),
        ("$share/group/a/+", true), ("", false), ("a/#/b", false), ("a+/b", false), ("a/b#", false),
        ("$share/group", false), ("$share//a", false), ("$share/g+/a", false), ("a\nb", false),
    ])
    func whatABrokerTakes(filter: String, expected: Bool) {
        #expect(TopicFilter(filter).isSound == expected)
    }
}
