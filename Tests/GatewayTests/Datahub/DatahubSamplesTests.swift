import Glibc
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Samples of what is not understood.
@Suite struct DatahubSamplesTests {
    @Test func whatTellsOfAHomeIsBlanked() throws {
        let json = try JSONValue(
            parsing: """
                {"type":"nbiot","uid":"Ab9-zZ","meta":{"parser":"secret words","packettype":"SP1"},
                 "data":{"imei":490154203237518,"ok":true,"t":-12.05,"none":null,
                 "list":[{"a":1},{"a":2},{"b":"äß"}],"raw":"2E44FF"}}
                """)
        var writer = JSONWriter()
        writer.value(DatahubSamples.blanked(json, isOpen: false))
        #expect(
            writer.text == """
                {"type":"nbiot","uid":"Aa1-xX","meta":{"parser":"secret words","packettype":"SP1"},\
                "data":{"imei":110111101111111,"ok":true,"t":-11.01,"none":null,\
                "list":[{"a":1},{"b":"xxxx"}],"raw":"1A11AA"}}
                """)
    }

    @Test func eachFormIsKeptOnceAndForTheOwnerAlone() throws {
        let directory = TemporaryDirectory()
        var samples = DatahubSamples(directory: directory.path)
        let kept = samples.keep(.object([("a", .number("12"))]))
        let path = try #require(kept)
        let again = samples.keep(.object([("a", .number("89"))]))
        #expect(again == nil)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(directory.files.count == 1)

        // After a restart, too; and never without end.
        samples = DatahubSamples(directory: directory.path)
        let later = samples.keep(.object([("a", .number("12"))]))
        #expect(later == nil)
        for number in 0..<30 {
            let long = String(repeating: "k", count: 10_000)
            _ = samples.keep(
                .object([("a\(number)", .number("1")), (long, .array([])), (long, .null)]))
        }
        #expect(directory.files.count == DatahubSamples.mostFiles)
        #expect(directory.files.allSatisfy { directory.size($0) ?? 0 <= DatahubSamples.mostOctets })
    }
}
