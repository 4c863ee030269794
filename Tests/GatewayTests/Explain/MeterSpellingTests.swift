import Decoder
import Testing

@testable import Gateway

@Suite struct MeterSpellingTests {
    static let meter = MeterAddress(packed: 0x0333_1234_5678_1593)

    /// All of these are the gas meter of OMS Vol. 2, annex N; the id as it is written unheard.
    static let spellings: [(text: String, id: String)] = [
        ("12345678", "12345678"), ("12 34 56 78", "12345678"), ("1234.5678", "12345678"),
        ("ELS12345678", "ELS12345678"), ("els-12345678", "ELS12345678"),
        ("ELS 33 12345678", "ELS3312345678"), ("03ELS3312345678", "03ELS3312345678"),
        ("03 ELS 33 1234 5678", "03ELS3312345678"), ("7ELS3312345678", "7ELS3312345678"),
        ("7 ELS 33 1234 5678", "7ELS3312345678"), ("ELS-12345678-33-03", "03ELS3312345678"),
        ("els 12345678 33 03", "03ELS3312345678"), ("12345678.M=ELS.V=33.T=03", "03ELS3312345678"),
        ("12345678.M=els", "ELS12345678"), ("9315785634123303", "03ELS3312345678"),
        ("93 15 78 56 34 12 33 03", "03ELS3312345678"), ("78563412", "78563412"),
    ]

    @Test(arguments: spellings)
    func isFound(_ text: String, _ id: String) throws {
        let spelling = try MeterSpelling(text)
        let other = MeterAddress(packed: Self.meter.packed ^ 1 << 16)
        #expect(spelling.choose(among: [other, Self.meter]) != .none)
        guard case .one(Self.meter, _) = spelling.choose(among: [other, Self.meter]) else {
            Issue.record("not the one")
            return
        }
        #expect(spelling.choose(among: [other]) == .none)
        #expect(spelling.id == id)
        // What is written is what the configuration reads.
        #expect(try MeterSelector(spelling.id) == spelling.selectors.first)
    }

    @Test(arguments: ["", "1234567", "Water", "ELS", "03ELS33123456789", "ÄÖÜ"])
    func namesNoMeter(_ text: String) {
        #expect(throws: MeterSelectorError.self) { try MeterSpelling(text) }
    }

    @Test func isTheSameMeter() throws {
        let configured = try MeterSettings(name: "Gas", id: "03ELS3312345678")
        #expect(try MeterSpelling("12345678").fits(configured))
        #expect(try MeterSpelling("ELS 12345678").fits(configured))
        #expect(try !MeterSpelling("ELS 34 12345678").fits(configured))
        #expect(try !MeterSpelling("KAM 12345678").fits(configured))
    }
}
