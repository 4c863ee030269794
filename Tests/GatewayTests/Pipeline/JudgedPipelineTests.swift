import Decoder
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Copies, doubts and replays as the pipeline tells them.
@Suite struct JudgedPipelineTests {
    let time = WallTime(seconds: 1_700_000_000)
    let start = ContinuousClock.now
    static let telegrams = NumberedTelegrams(meters: 1)

    static func settings(_ telegrams: NumberedTelegrams = telegrams) -> [MeterSettings] {
        (0..<telegrams.meters).map {
            GasMeter.settings(telegrams.name($0), id: telegrams.id($0), key: nil)
        }
    }

    private func frame(_ number: Int, _ strength: Double? = nil) -> RadioFrame {
        RadioFrame(
            octets: Self.telegrams.frame(number), format: .crcsRemoved, signalStrength: strength)
    }

    @Test func copiesOfTwoSticksAreOneReadingWithTheBestSignal() throws {
        var pipeline = Pipeline(meters: Self.settings())
        pipeline.listening = ["cellar", "attic"]
        #expect(
            pipeline.receive(
                frame(1, -80), from: "cellar", at: time - .milliseconds(500), instant: start
            ).isEmpty)
        #expect(pipeline.nextRelease == start + DuplicateFilter.window)
        let heard = pipeline.receive(
            frame(1, -60), from: "attic", at: time, instant: start + .milliseconds(500))
        #expect(heard.map(\.outcome.code) == ["reading"])
        let first = try #require(heard.first)
        // The time is that of the first copy.
        #expect(first.time == WallTime(seconds: 1_699_999_999, nanoseconds: 500_000_000))
        guard case .reading(_, let reading) = first.outcome else { return }
        var json = JSONWriter()
        ReadingJSON().append(reading, reception: Reception(first), to: &json)
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(
            text.contains(
                #""receiver":"attic","rssi_dbm":-60,"receivers":{"cellar":-80,"attic":-60}"#))
        #expect(pipeline.counters.byOutcome == ["reading": 1, "copy": 1])
        #expect(pipeline.counters.frames == 2)
    }

    @Test func oneReceiverPassesThroughAtOnce() {
        var pipeline = Pipeline(meters: Self.settings())
        pipeline.listening = ["cellar"]
        for number in 1...10 {
            let heard = pipeline.receive(
                frame(number), from: "cellar", at: time, instant: start + .seconds(number))
            #expect(heard.map(\.outcome.code) == ["reading"])
            #expect(heard.map(\.receptions.count) == [1])
        }
    }

    @Test func aReceiverThatIsLostIsNotWaitedFor() {
        var pipeline = Pipeline(meters: Self.settings())
        pipeline.listening = ["cellar", "attic"]
        #expect(pipeline.receive(frame(1), from: "cellar", at: time, instant: start).isEmpty)
        pipeline.listening.remove("attic")
        #expect(pipeline.release(at: time, instant: start).map(\.outcome.code) == ["reading"])
    }

    @Test func telegramsOfOtherProgramsDoNotWait() {
        var pipeline = Pipeline(meters: Self.settings())
        pipeline.listening = ["cellar", "attic"]
        #expect(pipeline.take(frame(1), from: "oms_input", at: time).outcome.code == "reading")
    }

    @Test func aDoubtfulTotalIsHeldAndToldOnceAndThenConfirmed() throws {
        var pipeline = Pipeline(meters: Self.settings())
        var announcements = Announcements()
        func take(_ number: Int) -> (code: String, lines: [String], notices: Int) {
            let heard = pipeline.take(frame(number), from: "x", at: time, instant: start)
            return (
                heard.outcome.code,
                announcements.lines(for: heard.outcome, at: time).map(\.text),
                heard.notices.count
            )
        }
        #expect(take(5000).code == "reading")
        let first = take(4000)
        #expect(first.code == "held")
        let line = try #require(first.lines.first)
        #expect(line.contains("volume went from 5.000 m³ to 4.000 m³"))
        #expect(line.contains("Held until the next telegrams confirm it."))
        let second = take(4001)
        #expect(second.code == "held" && second.lines.isEmpty)
        let third = take(4002)
        #expect(third.code == "reading" && third.notices == 1)
        #expect(pipeline.counters.byOutcome == ["reading": 2, "held": 2])
        #expect(pipeline.counters.byMeter.values.first?.held == 2)
    }

    @Test func aReplayedTelegramIsRefusedAndCounted() throws {
        var pipeline = Pipeline(meters: Self.settings())
        var announcements = Announcements()
        for number in 1...5 {
            #expect(
                pipeline.take(frame(number), from: "x", at: time).outcome.code == "reading")
        }
        for round in 0..<3 {
            let outcome = pipeline.take(frame(3), from: "x", at: time).outcome
            #expect(outcome.code == "replayed")
            let lines = announcements.lines(for: outcome, at: time)
            #expect(lines.count == (round == 0 ? 1 : 0))
            #expect(lines.allSatisfy { $0.text.contains("was already received. Not published") })
        }
        #expect(pipeline.counters.byMeter.values.first?.replayed == 3)
    }

    @Test func whatWasLearnedOutlivesARestartAndNeighboursAreNotKept() {
        var pipeline = Pipeline(meters: Self.settings())
        _ = pipeline.take(frame(5000), from: "x", at: time)
        let neighbour = NumberedTelegrams(meters: 1, first: 0x9999_0000)
        _ = pipeline.take(
            RadioFrame(octets: neighbour.frame(1), format: .crcsRemoved), from: "x", at: time)
        #expect(pipeline.memory.count == 1)

        var after = Pipeline(meters: Self.settings())
        #expect(after.restore(pipeline.learned).isEmpty)
        #expect(after.take(frame(4000), from: "x", at: time).outcome.code == "held")

        var other = Pipeline(meters: Self.settings(neighbour))
        #expect(other.restore(pipeline.learned).isEmpty)
        #expect(other.memory.count == 0)
    }

    @Test func sectionsThatCannotBeReadAreNamed() {
        var pipeline = Pipeline(meters: Self.settings())
        #expect(
            Set(pipeline.restore(["meters": [1, 2, 3], "formats": [9], "other": []]))
                == ["meters", "formats"])
        #expect(pipeline.take(frame(1), from: "x", at: time).outcome.code == "reading")
    }

    @Test func formatsComeBackFromAnyOctets() {
        let meter = AnnouncementsTests.address
        let headers: [UInt8] = [0x04, 0x13, 0x02, 0x5B]
        let entry = CompactFormats.Entry(
            signature: CRC16.en13757(headers), meter: meter, headers: headers)
        let octets = FormatsCoding.octets(of: CompactFormats([entry]))
        #expect(FormatsCoding.formats(of: octets)?.entries == [entry])
        for end in 0..<octets.count {
            // Cut between entries it is a shorter list; elsewhere it is none.
            let found = FormatsCoding.formats(of: Array(octets[..<end]))
            #expect(found == nil || found?.entries == [])
        }
    }

    /// 100,000 messages in all forms, damaged telegrams and rubbish: each is counted, nothing
    /// traps, and memory does not grow.
    @Test func anyPayloadIsCounted() throws {
        var random = SeededGenerator(state: 7)
        var pipeline = Pipeline(meters: [GasMeter.settings()] + Self.settings())
        let seeds =
            [GasMeter.formatA, GasMeter.formatB, GasMeter.crcsRemoved].map { Array($0.utf8) }
            + (1...5).map { Array(Hex.text(Self.telegrams.frame($0)).utf8) }
            + TelegramInputTests.envelopes.map(\.1)
        let rounds = 100_000
        var inputs = TelegramInputs(ownName: "me")
        var resident = 0
        for round in 0..<rounds {
            var payload = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 0...3, using: &random) where !payload.isEmpty {
                let place = Int.random(in: 0..<payload.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: payload[place] = UInt8.random(in: 0...255, using: &random)
                case 1:
                    payload[place] =
                        Array("0123456789ABCDEF".utf8).randomElement(using: &random) ?? 0
                case 2: payload.removeSubrange(place...)
                default: payload.insert(contentsOf: payload[place...].prefix(40), at: place)
                }
            }
            do {
                let telegram = try inputs.read(
                    payload, on: "w/\(round)", by: TopicFilter("w/+"), at: time)
                _ = pipeline.take(
                    telegram.frame, from: telegram.receiver, at: time, instant: start)
            } catch { pipeline.count(error) }
            if round == rounds / 2 { resident = Self.residentKiB() }
        }
        let counters = pipeline.counters
        let refused = counters.refusedInputs.values.reduce(0, +)
        #expect(counters.frames + refused == UInt64(rounds))
        #expect(counters.byOutcome.values.reduce(0, +) == counters.frames)
        // Other tests run meanwhile in the same process: this finds leaks, not octets.
        #expect(Self.residentKiB() - resident < 100 << 10)
    }

    private static func residentKiB() -> Int {
        guard let file = try? SmallFile(reading: "/proc/self/statm", limit: 1 << 10) else {
            return 0
        }
        let words = String(decoding: file.octets, as: UTF8.self).split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * 4 : 0
    }
}
