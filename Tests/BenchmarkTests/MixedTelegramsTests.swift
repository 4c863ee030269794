import Gateway
import Testing
import Wire

@testable import Benchmark

/// The benchmark measures decoding, not refusing: all of its telegrams can be decoded.
@Suite struct MixedTelegramsTests {
    @Test(arguments: [10, 1000, 100_000])
    func everyTelegramDecodesToItsEnd(meters: Int) throws {
        let decoder = OfflineDecoder()
        for sample in try DecodeBenchmark.samples(meters: meters, count: 400) {
            var json = JSONWriter()
            decoder.appendJSON(ofLine: DecodeBenchmark.line(of: sample).span, to: &json)
            let reading = try JSONValue(parsing: json.span)
            #expect(reading["error"] == nil, "\(json.text)")
            #expect(reading["records_end"] == nil, "\(json.text)")
            #expect(reading["proto"] != nil)
        }
    }

    @Test func theStreamIsMixed() throws {
        let samples = try DecodeBenchmark.samples(meters: 1000, count: 1000)
        #expect(Set(samples.map(\.kind)).count == MixedTelegrams.Kind.allCases.count)
        #expect(Set(samples.compactMap(\.key)).count > 700)
        let sizes = samples.map(\.octets.count)
        #expect(try #require(sizes.min()) < 35)
        #expect(try #require(sizes.max()) > 180)
    }
}
