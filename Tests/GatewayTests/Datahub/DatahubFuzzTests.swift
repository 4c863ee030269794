import TestSupport
import Testing
import Wire

@testable import Gateway

/// Whatever a Datahub sends, or somebody who poses as one: each body is counted as one thing, and
/// what is kept of all of them stays bounded.
@Suite struct DatahubFuzzTests {
    private static let telegram =
        #"{"data":{"rssi":-71,"raw":{"encrypted":"\#(GasMeter.formatA)"}}}"#

    /// A sample, and how many changed copies of it are sent.
    @Test(
        arguments: [
            (Array(DatahubMessages.whole.utf8), 20_000), (DatahubMessages.of(), 60_000),
            (Array(telegram.utf8), 20_000),
        ])
    func mutations(_ sample: [UInt8], _ count: Int) {
        var mutator = Mutator(
            seed: UInt64(count), marks: "\0\t\n\r :-+.eE?[]{}\"\\,/0123456789tfnuä",
            pieces: [
                "1e999", "-0", "9223372036854775808", "[[[[[[[[", "{\"value\":", "\"\\ud800\"",
                "null", ",\"data\":{}", "\"unmapped\":", "true",
            ])
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        var samples = DatahubSamples(directory: "/nonexistent")
        var words: [String: Int] = [:]
        for number in 0..<count {
            let changed = mutator.changed(sample)
            let time = WallTime(seconds: DatahubMessages.now.seconds + Int64(number / 100))
            let outcome = intake.receive(changed, from: "hub", at: time)
            words[outcome.word, default: 0] += 1
            if let json = outcome.json {
                #expect(throws: Never.self) { try JSONValue(parsing: json) }
            }
            if case .notUnderstood(let json) = outcome { _ = samples.keep(json) }
        }
        let statistics = intake.statistics["hub"] ?? DatahubStatistics()
        #expect(
            statistics.received + statistics.duplicates + statistics.cleared == UInt64(count))
        // The changes reach beyond the JSON reader.
        #expect(words["not JSON", default: 0] > count / 20)
        #expect(words.count >= 3, "\(words)")
        #expect(intake.devices.all.count <= DatahubDevices.most)
        let kept = intake.devices.encode()
        #expect(kept.count < DatahubDevices.mostOctets + DatahubDevices.most * 512)
        #expect(DatahubDevices(decoding: kept) == intake.devices)
    }

    @Test func everyPrefixIsCounted() {
        let whole = Array(DatahubMessages.whole.utf8)
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        for count in 1..<whole.count {
            let outcome = intake.receive(
                Array(whole.prefix(count)), from: "hub", at: DatahubMessages.now)
            #expect(outcome.word == "not JSON")
        }
        #expect(intake.statistics["hub"]?.refused == UInt64(whole.count - 1))
    }

    /// What was kept, damaged in any octet or cut anywhere, is refused or read, and never more.
    @Test func damagedMemory() {
        var intake = DatahubIntake(definitions: DatahubDefinitions())
        _ = intake.receive(
            Array(DatahubMessages.whole.utf8), from: "hub", at: DatahubMessages.now)
        let kept = intake.devices.encode()
        for place in kept.indices {
            for octet in [0, 1, 0x7F, 0xFF] as [UInt8] {
                var damaged = kept
                damaged[place] = octet
                if let devices = DatahubDevices(decoding: damaged) {
                    #expect(devices.all.count <= 2)
                    _ = DatahubIntake(definitions: DatahubDefinitions(), devices: devices)
                        .description(of: "00956906ABCDEF01")
                }
            }
            #expect(DatahubDevices(decoding: Array(kept.prefix(place)))?.all.isEmpty != false)
        }
    }
}
