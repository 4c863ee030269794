import Testing

@testable import Gateway

@Suite struct TopicFilterTests {
    @Test(arguments: [
        ("a/b", "a/b", true), ("a/b", "a/c", false), ("a/b", "a", false), ("a/b", "a/b/c", false),
        ("a/+", "a/b", true), ("a/+", "a", false), ("a/+", "a/b/c", false), ("+/+", "/a", true),
        ("wmbus/+/telegram", "wmbus/hall/telegram", true),
        ("wmbus/+/telegram", "wmbus/hall/other", false),
        ("a/#", "a", true), ("a/#", "a/b/c", true), ("#", "a/b", true), ("a/#", "b", false),
        ("#", "$SYS/uptime", false), ("+/uptime", "$SYS/uptime", false),
        ("$SYS/#", "$SYS/uptime", true),
    ])
    func matches(filter: String, topic: String, expected: Bool) {
        #expect(TopicFilter(filter).matches(topic) == expected)
    }
}
