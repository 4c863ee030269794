import Decoder
import Testing
import Wire

@testable import Gateway

@Suite struct PipelineTests {
    let time = WallTime(seconds: 1_700_000_000)

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let meters: [MeterSettings]
        let frame: RadioFrame
        let code: String

        init(_ name: String, _ meters: [MeterSettings], _ frame: RadioFrame, _ code: String) {
            testDescription = name
            self.meters = meters
            self.frame = frame
            self.code = code
        }
    }

    static let wrongKey = "FF02030405060708090A0B0C0D0E0F11"
    static var damaged: RadioFrame {
        var frame = GasMeter.frame
        frame.octets[20] ^= 0x10
        return frame
    }
    static let cases = [
        Case("read", [GasMeter.settings()], GasMeter.frame, "reading"),
        Case("no meters", [], GasMeter.frame, "not_configured"),
        Case(
            "another meter", [GasMeter.settings(id: "12345679")], GasMeter.frame, "not_configured"),
        Case("no key", [GasMeter.settings(key: nil)], GasMeter.frame, "no_key"),
        Case("wrong key", [GasMeter.settings(key: wrongKey)], GasMeter.frame, "wrong_key"),
        Case("damaged", [GasMeter.settings()], damaged, "crc_mismatch"),
        Case("empty", [GasMeter.settings()], RadioFrame(octets: []), "truncated"),
        Case(
            "in clear though a key is set", [GasMeter.settings()],
            GasMeter.clear(number: 0x1234_5678), "unencrypted_though_key_set"),
        Case(
            "in clear without a key", [GasMeter.settings(key: nil)],
            GasMeter.clear(number: 0x1234_5678), "reading"),
        Case(
            "two ids for one meter",
            [
                GasMeter.settings("a", id: "ELS3312345678"),
                GasMeter.settings("b", id: "ELS 33 1234 5678"),
            ], GasMeter.frame, "ambiguous_meter"),
        Case(
            "the id that says more",
            [
                GasMeter.settings(id: "ELS3312345678"),
                GasMeter.settings("b", id: "12345678", key: wrongKey),
            ], GasMeter.frame, "reading"),
    ]

    @Test(arguments: cases)
    func eachFrameHasOneOutcome(_ c: Case) {
        var pipeline = Pipeline(meters: c.meters)
        let outcome = pipeline.process(c.frame, from: "stick", at: time)
        #expect(outcome.code == c.code)
        #expect(pipeline.counters.frames == 1)
        #expect(pipeline.counters.byOutcome == [c.code: 1])
        #expect(pipeline.counters.byReceiver == ["stick": 1])
    }

    @Test(arguments: [
        "3ELS3312345678", "03ELS3312345678", "03els3312345678", "7ELS3312345678", "ELS12345678",
        "12345678", "ELS-33-1234 5678", "9ELS3312345678",
    ])
    func everySpellingOfTheIDFinds(id: String) {
        var pipeline = Pipeline(meters: [GasMeter.settings(id: id)])
        guard
            case .reading(let meter, let reading) = pipeline.process(
                GasMeter.frame, from: "stick", at: time)
        else {
            Issue.record("not read")
            return
        }
        #expect(meter.name == "Gas")
        #expect(reading.records.first?.value == .number(ScaledInteger(2_850_427, exponent: -2)))
        #expect(pipeline.typeDiffersIn == (id.hasPrefix("9") ? ["Gas"] : []))
        #expect(pipeline.counters.byMeter["Gas"]?.readings == 1)
    }

    @Test func twoMetersThatFitOneIDAreBothWithheld() {
        var pipeline = Pipeline(meters: [GasMeter.settings(id: "12345678", key: nil)])
        let first = GasMeter.clear(number: 0x1234_5678)
        let second = GasMeter.clear(number: 0x1234_5678, version: 0x34)
        #expect(pipeline.process(first, from: "a", at: time).code == "reading")
        for frame in [second, first] {
            guard
                case .ambiguous(let meters, let addresses) = pipeline.process(
                    frame, from: "a", at: time)
            else {
                Issue.record("published")
                return
            }
            #expect(meters == ["Gas"])
            #expect(Set(addresses.map(\.description)) == ["03ELS3312345678", "03ELS3412345678"])
        }
        // A day later, when the second one was not heard again, the first is published again.
        let later = WallTime(seconds: time.seconds + MeterDirectory.memory + 1)
        #expect(pipeline.process(first, from: "a", at: later).code == "reading")
    }

    @Test func theDeviceTypeDecidesBetweenTwinMeters() {
        var pipeline = Pipeline(meters: [GasMeter.settings(id: "4ELS3312345678", key: nil)])
        let cooling = GasMeter.clear(number: 0x1234_5678, type: 0x0A)
        let heat = GasMeter.clear(number: 0x1234_5678, type: 0x04)
        #expect(pipeline.process(heat, from: "a", at: time).code == "reading")
        #expect(pipeline.process(cooling, from: "a", at: time).code == "not_configured")
        #expect(pipeline.process(heat, from: "a", at: time).code == "reading")
    }

    @Test func aMeterIsReadAfterAnyNumberOfDamagedTelegrams() {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        for place in 0..<GasMeter.frame.octets.count {
            var frame = GasMeter.frame
            frame.format = .unknown
            frame.octets[place] ^= 0x5A
            #expect(pipeline.process(frame, from: "a", at: time).code != "reading")
        }
        #expect(pipeline.process(GasMeter.frame, from: "a", at: time).code == "reading")
    }

    @Test func noPrefixOfATelegramTraps() throws {
        var pipeline = Pipeline(meters: [GasMeter.settings()])
        let whole = try Hex.octets(GasMeter.crcsRemoved)
        for count in 0..<whole.count {
            let frame = RadioFrame(octets: Array(whole.prefix(count)))
            #expect(pipeline.process(frame, from: "a", at: time).code != "reading")
        }
    }
}
