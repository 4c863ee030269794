import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Who heard a telegram that came over MQTT, and when.
@Suite struct TelegramInputsTests {
    static let now = WallTime(seconds: 1_795_590_300)
    static let rows: [(filter: String, topic: String, members: String, receiver: String)] = [
        ("wmbus/+/telegram", "wmbus/hall/telegram", "", "hall"),
        ("wmbus/+/telegram", "wmbus/hall/telegram", #","receiver":"stick""#, "hall/stick"),
        ("house/07/+", "house/07/g1", #","receiver":"cellar""#, "g1/cellar"),
        ("bridge/out", "bridge/out", "", "out"),
        ("bridge/out", "bridge/out", #","gateway":"b","receiver":"c""#, "b/c"),
        ("energy2mqtt/oms_input", "energy2mqtt/oms_input", "", "oms_input"),
        ("a/b", "a/b", #","receiver":"\u0007""#, "b"),
    ]

    @Test(arguments: rows)
    func theReceiverIsNamed(
        filter: String, topic: String, members: String, receiver: String
    ) throws {
        var inputs = TelegramInputs(ownName: "me")
        let telegram = try inputs.read(
            Self.payload(members), on: topic, by: TopicFilter(filter), at: Self.now)
        #expect(telegram.receiver == receiver)
        #expect(telegram.time == Self.now)
    }

    /// A time is taken if it can be true.
    @Test(
        arguments: [
            ("1795590249", 1_795_590_249), ("1795590309", 1_795_590_309),
            ("1795590311", 1_795_590_300), ("1794900000", 1_795_590_300), ("0", 1_795_590_300),
            ("1e300", 1_795_590_300), ("-5", 1_795_590_300),
        ] as [(String, Int64)])
    func timesThatCannotBeAreNone(time: String, expected: Int64) throws {
        var inputs = TelegramInputs(ownName: "me")
        let telegram = try inputs.read(
            Self.payload(#","time":\#(time)"#), on: "a", by: TopicFilter("a"), at: Self.now)
        #expect(telegram.time.seconds == expected)
    }

    @Test func whatWasHandedOnByItselfIsRefused() throws {
        var inputs = TelegramInputs(ownName: "me")
        let error = #expect(throws: TelegramMessageError.self) {
            try inputs.read(
                Self.payload(#","gateway_name":"me""#), on: "a", by: TopicFilter("a"),
                at: Self.now)
        }
        #expect(error == .ownTelegram)
        #expect("\(TelegramMessageError.ownTelegram)".contains("`inputs`"))
    }

    @Test func namesAreBounded() throws {
        var inputs = TelegramInputs(ownName: "me")
        for number in 0..<3000 {
            let telegram = try inputs.read(
                Self.payload(""), on: "w/\(number)", by: TopicFilter("w/+"), at: Self.now)
            #expect(telegram.receiver == (number < 1000 ? "\(number)" : "others"))
        }
        #expect(inputs.names.count == TelegramInputs.mostNames)
    }

    private static func payload(_ members: String) -> [UInt8] {
        Array(#"{"telegram":"\#(GasMeter.crcsRemoved)"\#(members)}"#.utf8)
    }
}
