import TestSupport
import Testing

@testable import Decoder
@testable import Gateway

@Suite struct ReplayGuardTests {
    enum Expected: Equatable {
        case fresh
        case clock
        case counter
        case session
        case known
        case reset

        init(_ verdict: ReplayGuard.Verdict) {
            switch verdict {
            case .fresh: self = .fresh
            case .replayed(.olderClock): self = .clock
            case .replayed(.olderMessageCounter): self = .counter
            case .replayed(.olderSessionNumber): self = .session
            case .replayed(.knownTelegram): self = .known
            case .freshAfterReset: self = .reset
            }
        }
    }

    /// Telegrams in the order they are heard, each with what it must be judged.
    struct Case: CustomTestStringConvertible {
        var name: String
        var telegrams: [(ReplayEvidence, Expected)]
        var testDescription: String { name }
    }

    static let hour: Int64 = 3600
    static let noon: Int64 = 1_700_000_000

    /// A telegram with a clock; each is another one unless `id` says so.
    static func clock(_ hours: Double, id: UInt64? = nil, isDate: Bool = false) -> ReplayEvidence {
        let seconds = noon + Int64(hours * 3600)
        return ReplayEvidence(
            clock: MeterClock(seconds: seconds, isDate: isDate),
            fingerprint: id ?? UInt64(bitPattern: seconds))
    }

    static func counter(_ counter: UInt32, id: UInt64? = nil) -> ReplayEvidence {
        ReplayEvidence(messageCounter: counter, fingerprint: id ?? UInt64(counter))
    }

    static func session(_ number: UInt32, id: UInt64? = nil) -> ReplayEvidence {
        ReplayEvidence(linkCounter: number, fingerprint: id ?? UInt64(number))
    }

    static func access(_ number: UInt8?, id: UInt64) -> ReplayEvidence {
        ReplayEvidence(accessNumber: number, fingerprint: id)
    }

    static let cases = [
        Case(
            name: "nothing to tell it by",
            telegrams: [
                (access(nil, id: 1), .fresh), (access(nil, id: 2), .fresh),
                (access(nil, id: 1), .fresh),
            ]),
        Case(
            name: "the clock goes on",
            telegrams: [
                (clock(0), .fresh), (clock(1), .fresh), (clock(1, id: 9), .fresh),
            ]),
        Case(
            name: "summer time ends, and a time zone is set right",
            telegrams: [
                (clock(3), .fresh), (clock(2), .fresh), (clock(1, id: 7), .fresh),
            ]),
        Case(
            name: "small steps back do not add up",
            telegrams: [
                (clock(10), .fresh), (clock(8.5), .fresh), (clock(7), .clock),
            ]),
        Case(
            name: "an old telegram between new ones",
            telegrams: [
                (clock(10), .fresh), (clock(0), .clock), (clock(11), .fresh), (clock(1), .clock),
                (clock(12), .fresh), (clock(2), .clock), (clock(13), .fresh), (clock(3), .clock),
            ]),
        Case(
            name: "the clock is set back",
            telegrams: [
                (clock(1000), .fresh), (clock(0), .clock), (clock(1), .clock), (clock(2), .reset),
                (clock(3), .fresh), (clock(1000), .fresh),
            ]),
        Case(
            name: "a false time far ahead",
            telegrams: [
                (clock(0), .fresh), (clock(90_000), .fresh), (clock(1), .clock), (clock(2), .clock),
                (clock(3), .reset), (clock(4), .fresh),
            ]),
        Case(
            name: "one recorded telegram again and again",
            telegrams: [
                (clock(1000), .fresh), (clock(0), .clock), (clock(0), .clock), (clock(0), .clock),
                (clock(0), .clock), (clock(0), .clock), (clock(1001), .fresh),
            ]),
        Case(
            name: "recorded telegrams in a mixed order",
            telegrams: [
                (clock(1000), .fresh), (clock(5), .clock), (clock(3), .clock), (clock(4), .clock),
                (clock(2), .clock), (clock(1), .clock),
            ]),
        Case(
            name: "a date is as good as its day",
            telegrams: [
                (clock(47), .fresh), (clock(24, isDate: true), .fresh),
                (clock(0, isDate: true), .clock),
            ]),
        Case(
            name: "telegrams without a clock change nothing",
            telegrams: [
                (clock(1000), .fresh), (access(1, id: 5), .fresh), (clock(0), .clock),
            ]),
        Case(
            name: "the message counter goes on; once more the same is a sign of life",
            telegrams: [
                (counter(5), .fresh), (counter(5), .fresh), (counter(9), .fresh),
                (counter(8), .counter),
                (counter(.max), .fresh), (counter(0), .counter),
            ]),
        Case(
            name: "a new meter's counter needs more telegrams",
            telegrams: [(counter(5000), .fresh)] + (1...7).map { (counter($0), .counter) }
                + [(counter(8), .reset), (counter(9), .fresh), (counter(7), .counter)]),
        Case(
            name: "a counter that stands still does not",
            telegrams: [(counter(5000), .fresh)] + (1...20).map { (counter(7, id: $0), .counter) }),
        Case(
            name: "the session number's minutes",
            telegrams: [
                (session(160), .fresh), (session(160, id: 1), .fresh), (session(176), .fresh),
                (session(144), .session),
            ]),
        Case(
            name: "an old access number with its old telegram",
            telegrams: [
                (access(1, id: 11), .fresh), (access(2, id: 12), .fresh),
                (access(1, id: 11), .known),
                (access(3, id: 13), .fresh), (access(2, id: 12), .known),
                (access(2, id: 99), .fresh),
            ]),
        Case(
            name: "the access number begins again with other values",
            telegrams: [
                (access(255, id: 1), .fresh), (access(0, id: 2), .fresh),
                (access(255, id: 3), .fresh),
            ]),
        Case(
            name: "equal telegrams after a whole round of access numbers",
            telegrams: (0...255).map { (access($0, id: UInt64($0)), .fresh) }
                + [(access(0, id: 0), .fresh), (access(255, id: 255), .known)]),
        Case(
            name: "a meter that does not count takes turns",
            telegrams: [
                (access(7, id: 1), .fresh), (access(7, id: 2), .fresh), (access(7, id: 1), .fresh),
            ]),
    ]

    @Test(arguments: cases)
    func verdicts(_ c: Case) {
        var guarding = ReplayGuard()
        for (index, (evidence, expected)) in c.telegrams.enumerated() {
            #expect(Expected(guarding.judge(evidence)) == expected, "telegram \(index)")
            #expect(guarding.known.count <= ReplayGuard.memory)
        }
    }

    @Test func extremeClocksDoNotOverflow() {
        for (first, second) in [(Int64.max, Int64.min), (.min, .max)] {
            var guarding = ReplayGuard()
            for seconds in [first, second] {
                _ = guarding.judge(
                    ReplayEvidence(
                        clock: MeterClock(seconds: seconds, isDate: true),
                        fingerprint: UInt64(bitPattern: seconds)))
            }
            #expect(guarding.clock == .max)
        }
    }

    /// A seeded mix of a living meter and an attacker who sends recorded telegrams: none of the
    /// recorded ones gets through while the meter itself is heard.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func nothingRecordedGetsThrough(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var guarding = ReplayGuard()
        var through = 0
        var refused = 0
        for hour in 0..<2000 as Range<Int64> {
            if guarding.judge(Self.clock(Double(hour))) != .fresh { refused += 1 }
            guard hour > 10 else { continue }
            for _ in 0..<2 {
                let old = Double(Int64.random(in: 0..<(hour - 3), using: &random))
                if Expected(guarding.judge(Self.clock(old))) != .clock { through += 1 }
            }
        }
        #expect(through == 0)
        #expect(refused == 0)
    }

    @Test func evidenceOfATelegram() {
        let address = MeterAddress(
            manufacturer: ManufacturerCode(rawValue: 0x1593), identificationNumber: 0x1234_5678,
            version: 0x33, deviceType: .gas)
        var telegram = Telegram(
            octets: [
                13, 0x44, 0x93, 0x15, 0x78, 0x56, 0x34, 0x12, 0x33, 3, 0x8C, 0x20, 0x75, 0x78,
            ],
            control: .sendNoReply, sender: address, meter: address, crcVerified: true,
            extendedLinkLayer: ExtendedLinkLayer(
                ciField: CIField(rawValue: 0x8D), communicationControl: 0x20, accessNumber: 0x75,
                receiver: nil, sessionNumber: 0x2029_7760),
            header: TransportHeader(
                ciField: CIField(rawValue: 0x78), form: .none, accessNumber: nil, status: nil,
                configurationField: nil, configurationFieldExtension: nil, messageCounter: nil),
            protection: .none, application: 14..<14, messageCounter: 2739)
        let records = [
            PlausibilityTests.record(
                .dateTime, unit: .none,
                value: .time(
                    MeterTime(
                        precision: .minute, year: 2008, month: 5, day: 31, hour: 23, minute: 50)))
        ]
        let evidence = ReplayEvidence(telegram, records: records)
        #expect(evidence.clock == MeterClock(seconds: 1_212_277_800, isDate: false))
        #expect(evidence.messageCounter == 2739)
        #expect(evidence.linkCounter == 0x0029_7760)
        #expect(evidence.accessNumber == 0x75)
        // A repeater's bit does not make another telegram of it; any other bit does.
        telegram.octets[11] = 0x30
        #expect(ReplayEvidence(telegram, records: records) == evidence)
        telegram.octets[12] = 0x76
        #expect(ReplayEvidence(telegram, records: records).fingerprint != evidence.fingerprint)
    }

    @Test(arguments: [
        (
            ReplayGuard.Reason.olderClock(by: 7300),
            "the meter's clock lies 121 minutes before the last one received"
        ),
        (
            .olderMessageCounter(3, accepted: 9),
            "message counter 3 lies before 9, which was already received"
        ),
        (
            .knownTelegram(accessNumber: 42),
            "the telegram with access number 42 was already received"
        ),
    ])
    func messages(_ reason: ReplayGuard.Reason, _ text: String) {
        #expect(reason.description == text)
    }
}
