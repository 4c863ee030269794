import DecoderProperties
import OwnTelegrams
import Testing
import Wire

@testable import Decoder

/// Hex in, JSON and explanation out, for every fixture and all that can become of it on the way.
@Suite struct WholePathTests {
    struct Fixture: Sendable, CustomTestStringConvertible {
        var name: String
        var octets: [UInt8]
        var key: MeterKey?
        var testDescription: String { name }
    }

    /// The telegrams of all the tests here; lists of records as the payload of a telegram.
    static let fixtures: [Fixture] =
        PublishedTelegram.all.map {
            Fixture(name: $0.name, octets: $0.frame.octets, key: $0.meterKey)
        }
        + OwnTelegram.all.map {
            Fixture(
                name: $0.name, octets: PublishedTelegram.octets($0.hex),
                key: MeterKey(hex: $0.key))
        }
        + RecordParserTests.all.compactMap { fixture in
            let body =
                PublishedTelegram.octets("44AE0C78563412010778")
                + PublishedTelegram.octets(fixture.hex)
            guard body.count < 256 else { return nil }
            return Fixture(
                name: fixture.name, octets: [UInt8(body.count)] + body, key: nil)
        }

    /// A character each, so that nothing but hex text is tried.
    private static func text(_ octets: [UInt8]) -> [UInt8] { Array(Hex.text(octets).utf8) }

    @Test(arguments: fixtures)
    func wholeWithAndWithoutKey(_ fixture: Fixture) {
        let properties = DecoderProperties()
        #expect(properties.whole(Self.text(fixture.octets), key: fixture.key) == nil)
        #expect(properties.whole(Self.text(fixture.octets), key: nil) == nil)
    }

    /// Every prefix, its L-field as it was and corrected.
    @Test(arguments: fixtures)
    func prefixes(_ fixture: Fixture) {
        let properties = DecoderProperties()
        for count in 0..<fixture.octets.count {
            var cut = Array(fixture.octets.prefix(count))
            #expect(properties.whole(Self.text(cut), key: fixture.key) == nil)
            guard count > 0 else { continue }
            cut[0] = UInt8(clamping: count - 1)
            #expect(properties.whole(Self.text(cut), key: fixture.key) == nil)
        }
    }

    /// Every value of every octet of the telegrams, with their key; every bit where there is none to
    /// open them with, and of every list of records.
    @Test(arguments: fixtures)
    func changedOctets(_ fixture: Fixture) {
        let properties = DecoderProperties()
        let all = fixture.key == nil ? (0..<8).map { UInt8(1) << $0 } : Array(1...UInt8.max)
        for place in fixture.octets.indices {
            for change in all {
                var changed = fixture.octets
                changed[place] ^= change
                let text = Self.text(changed)
                let fault = properties.whole(
                    text, key: fixture.key, explained: change.nonzeroBitCount == 1)
                #expect(fault == nil)
                if change.nonzeroBitCount == 1, fixture.key != nil {
                    #expect(properties.whole(text, key: nil, explained: false) == nil)
                }
            }
        }
    }

    /// Each published telegram is one of those that other processors and the fuzzer are given.
    @Test(arguments: PublishedTelegram.all)
    func isOneOfOurs(_ published: PublishedTelegram) {
        #expect(OwnTelegram.all.contains { $0.hex == published.hex })
    }
}
