import Testing

@testable import Gateway

@Suite struct TopicsTests {
    @Test func theTopicsAreThoseOfEnergy2mqtt() throws {
        let topics = try Topics()
        #expect(topics.reading(of: "Gas") == "energy2mqtt/devs/OMS/Gas")
        #expect(topics.raw == "energy2mqtt/raw")
        #expect(topics.status == "energy2mqtt/status")
        #expect(topics.uptime == "energy2mqtt/mgt/uptime")
        #expect(topics.count == "energy2mqtt/mgt/OMS/count")
        #expect(topics.command == "energy2mqtt/mgt/command")
        #expect(topics.input == "energy2mqtt/oms_input")
        #expect(try Topics(base: "home/meters").raw == "home/meters/raw")
    }

    @Test(arguments: [
        ("Gas", "Gas"), ("Küche 1", "Küche 1"), ("a/b+c#d", "a_b_c_d"), ("", "_"),
        ("tab\tnul\0del\u{7F}", "tab_nul_del_"), ("\u{85}x\u{9F}", "_x_"),
        ("🏠", "🏠"), ("..", ".."),
    ])
    func namesAreMadeSafe(name: String, expected: String) throws {
        #expect(try Topics().reading(of: name) == "energy2mqtt/devs/OMS/" + expected)
    }

    @Test(arguments: [
        "", "/a", "a/", "a//b", "a+", "#", "$SYS", "a\n", String(repeating: "x", count: 201),
    ])
    func aBadBaseIsRefused(base: String) {
        #expect(throws: TopicError.badBase(base)) { try Topics(base: base) }
    }

    @Test func rawHasTheEnvelope() throws {
        let message = OutgoingMessage.raw(
            of: "Gas \"1\"", json: Array(#"{"volume":1.50}"#.utf8),
            heardAt: WallTime(seconds: 1_700_000_000, nanoseconds: 5), try Topics())
        #expect(
            String(decoding: message.payload, as: UTF8.self) == #"""
                {"id":"","meter_name":"Gas \"1\"","tenant":"","protocol":"OMS",\#
                "transmission_time":1700000000,"metered_time":1700000000,\#
                "transmission_type":"Now","metered_values":{"volume":1.50},"state_topic_base":""}
                """#)
        #expect(!message.retain && message.topic == "energy2mqtt/raw")
    }
}
