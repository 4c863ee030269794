import Decoder
import Testing
import Wire

@testable import Gateway

/// "Why was this not published?", asked after telegrams went through the pipeline.
@Suite struct MeterQuestionTests {
    static let start = WallTime(seconds: 1_800_000_000)

    private struct House {
        var meters: [MeterSettings]
        var pipeline: Pipeline
        var history = MeterHistory()
        var recent = RecentTelegrams()
        var time = MeterQuestionTests.start
        var isConnected = true
        var receivers = ["cellar": true]

        init(_ meters: [MeterSettings]) {
            self.meters = meters
            pipeline = Pipeline(meters: meters)
        }

        mutating func hear(_ frame: RadioFrame, by receiver: String = "cellar") {
            time.seconds += 10
            recent.keep(frame, from: receiver, at: time)
            history.note(pipeline.take(frame, from: receiver, at: time), meters: meters)
        }

        func ask(_ text: String) -> MeterAnswer {
            MeterQuestion(
                .init(
                    meters: meters, receivers: receivers, isConnected: isConnected,
                    configurationFault: nil, now: time),
                history: history, recent: recent
            ).answer(text)
        }
    }

    private static var damaged: RadioFrame {
        var octets = GasMeter.frame.octets
        octets[20] ^= 0x10
        return RadioFrame(octets: octets, format: .a)
    }

    @Test func aReadMeterIsPublished() {
        var house = House([GasMeter.settings()])
        house.hear(GasMeter.frame)
        for question in ["Gas", "gas", "12345678", "ELS 12345678"] {
            let answer = house.ask(question)
            #expect(answer.verdict == .published)
            #expect(answer.receptions.first?.receiver == "cellar")
            #expect(answer.occurrences.map(\.code) == ["reading"])
        }
        house.isConnected = false
        #expect(house.ask("Gas").next?.contains("no connection to the broker") == true)
    }

    /// The code of the last outcome, and a word of what to do.
    @Test func eachReasonIsTold() {
        let wrong = String(repeating: "1", count: 32)
        let cases: [(settings: MeterSettings, frame: RadioFrame, code: String, word: String)] = [
            (GasMeter.settings(key: wrong), GasMeter.frame, "wrong_key", "Compare it"),
            (GasMeter.settings(key: nil), GasMeter.frame, "no_key", "Ask the supplier"),
            (GasMeter.settings(), Self.damaged, "crc_mismatch", "next one may be whole"),
            (
                GasMeter.settings(), GasMeter.clear(number: 0x1234_5678),
                "unencrypted_though_key_set", "forged"
            ),
        ]
        for (settings, frame, code, word) in cases {
            var house = House([settings])
            for _ in 0..<3 { house.hear(frame) }
            let answer = house.ask("Gas")
            #expect(answer.verdict == .notPublished)
            #expect(answer.occurrences.first?.code == code)
            #expect(answer.occurrences.first?.count == 3)
            #expect(answer.next?.contains(word) == true, "\(answer.next ?? "")")
            let lines = answer.lines(at: house.time)
            #expect(!lines.joined().contains(wrong))
            // The reason once, though three lines are about it.
            #expect(lines.filter { $0.contains(word) }.count == 1)
            #expect(lines.contains("  3 × \(code), last 0 s ago"))
            // It is read as soon as a right telegram comes, however many were wrong.
            if code == "crc_mismatch" {
                house.hear(GasMeter.frame)
                #expect(house.ask("Gas").verdict == .published)
                // Nor does damage afterwards make it look unread.
                house.hear(frame)
                #expect(house.ask("Gas").verdict == .published)
            }
        }
    }

    /// What docs/troubleshooting.md shows is what comes out.
    @Test func theDocumentShowsWhatIsTold() throws {
        let shown = try #require(
            Readme.text("docs/troubleshooting.md").split(separator: "```")
                .first { $0.contains("oms2mqtt explain Gas\n") })
        let settings = GasMeter.settings(
            id: "03ELS3312345678", key: "0102030405060708090A0B0C0D0E0F12")
        var house = House([settings])
        var frame = GasMeter.frame
        frame.signalStrength = -71
        for _ in 0..<12 { house.hear(frame, by: "im871a") }
        house.time.seconds += 4
        let lines = ["$ sudo oms2mqtt explain Gas"] + house.ask("Gas").lines(at: house.time)
        #expect(shown == "\n" + lines.joined(separator: "\n") + "\n")
    }

    @Test func aTelegramSentAgainIsTold() {
        var house = House([GasMeter.settings()])
        house.hear(GasMeter.frame)
        let meter = MeterSpellingTests.meter
        let reason = ReplayGuard.Reason.olderClock(by: 60)
        house.history.note(
            Heard(
                outcome: .replayed(house.meters[0], meter, reason), time: house.time,
                receptions: [.init(receiver: "attic", copies: 3, signalStrength: -90)]),
            meters: house.meters)
        let answer = house.ask("Gas")
        #expect(answer.verdict == .notPublished)
        #expect(Set(answer.occurrences.map(\.code)) == ["replayed", "reading"])
        #expect(answer.copies == 2)
        #expect(answer.lines(at: house.time).contains("  last heard 0 s ago by attic at -90.0 dBm"))
    }

    @Test func whatWasNotHeardIsTold() {
        var house = House([GasMeter.settings(id: "07ELS3412345678")])
        #expect(house.ask("Gas").verdict == .notHeard)
        #expect(house.ask("Gas").next?.contains("since the start, by cellar") == true)
        house.receivers = ["cellar": false]
        #expect(house.ask("Gas").next?.contains("no receiver listens (cellar)") == true)
        house.hear(GasMeter.frame)
        #expect(house.ask("Gas").next?.contains("03ELS3312345678 has the same number") == true)
    }

    @Test func othersMetersAreTold() {
        var house = House([])
        #expect(house.ask("12345678").verdict == .unknown)
        #expect(house.ask("nothing").next?.contains("No meter is configured") == true)
        house.hear(GasMeter.frame)
        let answer = house.ask("12345678")
        #expect(answer.verdict == .notConfigured)
        #expect(answer.next?.contains("add-meter NAME --id 03ELS3312345678 --key-stdin") == true)
    }

    /// Damage at first, and for long, must not keep a meter out: neither its damaged telegrams, nor
    /// ones whose damage looks like another meter.
    @Test(arguments: ["03ELS3312345678", "12345678"])
    func damageAtFirstIsForgotten(_ id: String) {
        var house = House([GasMeter.settings(id: id)])
        for octet in 10..<GasMeter.frame.octets.count {
            var octets = GasMeter.frame.octets
            octets[octet] ^= 0x55
            house.hear(RadioFrame(octets: octets, format: .a))
        }
        #expect(house.ask("Gas").verdict == .notPublished)
        house.hear(GasMeter.frame)
        #expect(house.ask("Gas").verdict == .published)

        // CRCs that a receiver took out tell of no damage: the version reads 0x32.
        var other = House([GasMeter.settings(id: id)])
        var octets = (try? Hex.octets(GasMeter.crcsRemoved)) ?? []
        octets[8] ^= 1
        other.hear(RadioFrame(octets: octets, format: .crcsRemoved))
        other.time.seconds += MeterDirectory.memory
        other.hear(GasMeter.frame)
        #expect(other.ask("Gas").verdict == .published)
    }

    @Test func memoryIsBounded() {
        var recent = RecentTelegrams(limit: 20)
        for number in 0..<100 as Range<UInt32> {
            let time = WallTime(seconds: Int64(number))
            recent.keep(GasMeter.clear(number: number), from: "a", at: time)
        }
        let kept = recent.meters.map(\.meter.identificationNumber).sorted()
        #expect(kept == Array(80..<100))
    }
}
