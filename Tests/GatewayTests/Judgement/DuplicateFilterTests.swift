import TestSupport
import Testing
import Wire

@testable import Decoder
@testable import Gateway

@Suite struct DuplicateFilterTests {
    static let start = ContinuousClock.now

    static func time(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// A telegram of meter `number` without a header: CI 78 and `payload`.
    static func frame(_ number: UInt8, _ payload: [UInt8]) -> LinkLayerFrame {
        frame([0x00, 0x44, 0x93, 0x15, number, 0, 0, 0x10, 0x01, 0x07, 0x78] + payload)
    }

    static func frame(_ octets: [UInt8], crcVerified: Bool = true) -> LinkLayerFrame {
        var octets = octets
        octets[0] = UInt8(octets.count - 1)
        let sender = MeterAddress(
            manufacturer: ManufacturerCode(rawValue: UInt16(octets[2]) | UInt16(octets[3]) << 8),
            identificationNumber: UInt32(octets[4]), version: octets[8],
            deviceType: DeviceType(rawValue: octets[9]))
        return LinkLayerFrame(
            octets: octets, control: ControlField(rawValue: octets[1]), sender: sender,
            crcVerified: crcVerified, trailing: 0)
    }

    /// One frame that comes in: when, from which receiver, of which meter, with which payload.
    struct Arrival: CustomTestStringConvertible {
        var at: Double
        var receiver: String
        var meter: UInt8 = 1
        var payload: [UInt8] = [1]
        var strength: Double? = -60
        var testDescription: String { "\(at) s" }
    }

    /// What comes out: at what time and as what.
    struct Release: Equatable {
        var at: Double
        var meter: UInt8 = 1
        var kind: Transmission.Kind = .new
        var copies: Int
        var strength: Double? = -60
    }

    struct Case: CustomTestStringConvertible {
        var name: String
        var awaited: Set<String>
        var repeating: Set<String> = []
        var arrivals: [Arrival]
        var releases: [Release]
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "one receiver: at once", awaited: ["0"],
            arrivals: [Arrival(at: 0, receiver: "0")], releases: [Release(at: 0, copies: 1)]),
        Case(
            name: "one receiver that decodes twice", awaited: ["0"], repeating: ["0"],
            arrivals: [Arrival(at: 0, receiver: "0"), Arrival(at: 0.1, receiver: "0")],
            releases: [Release(at: 0, copies: 1)]),
        Case(
            name: "one stick hears the same octets twice: sent twice", awaited: ["0"],
            arrivals: [Arrival(at: 0, receiver: "0"), Arrival(at: 0.1, receiver: "0")],
            releases: [Release(at: 0, copies: 1), Release(at: 0.1, kind: .again, copies: 1)]),
        Case(
            name: "two sticks hear the same octets twice: sent twice", awaited: ["0", "1"],
            arrivals: [
                Arrival(at: 0, receiver: "0"), Arrival(at: 0.1, receiver: "1"),
                Arrival(at: 0.2, receiver: "1"), Arrival(at: 0.3, receiver: "0"),
            ],
            releases: [Release(at: 0.1, copies: 2), Release(at: 0.3, kind: .again, copies: 2)]),
        Case(
            name: "a late copy is none of a new transmission", awaited: ["0"],
            arrivals: [
                Arrival(at: 0, receiver: "0"), Arrival(at: 1, receiver: "7"),
                Arrival(at: 2, receiver: "7"),
            ],
            releases: [
                Release(at: 0, copies: 1), Release(at: 5.5, kind: .again, copies: 1),
            ]),
        Case(
            name: "nobody awaited: at once", awaited: [],
            arrivals: [Arrival(at: 0, receiver: "4")], releases: [Release(at: 0, copies: 1)]),
        Case(
            name: "two receivers, both hear it: with the second copy", awaited: ["0", "1"],
            arrivals: [
                Arrival(at: 0, receiver: "1", strength: -80), Arrival(at: 2, receiver: "0"),
            ],
            releases: [Release(at: 2, copies: 2)]),
        Case(
            name: "two receivers, one hears it: when the window is over", awaited: ["0", "1"],
            arrivals: [Arrival(at: 0, receiver: "1", strength: nil)],
            releases: [Release(at: 3.5, copies: 1, strength: nil)]),
        Case(
            name: "a source that is not awaited adds its copy", awaited: ["0", "1"],
            arrivals: [
                Arrival(at: 0, receiver: "0", strength: -90), Arrival(at: 1, receiver: "7"),
                Arrival(at: 3, receiver: "1", strength: -70),
            ],
            releases: [Release(at: 3, copies: 3)]),
        Case(
            name: "an impossible strength is none", awaited: ["0", "1"],
            arrivals: [
                Arrival(at: 0, receiver: "0", strength: .nan),
                Arrival(at: 1, receiver: "1", strength: .infinity),
            ],
            releases: [Release(at: 1, copies: 2, strength: nil)]),
        Case(
            name: "the same octets after the window are a sign of life", awaited: ["0"],
            arrivals: [Arrival(at: 0, receiver: "0"), Arrival(at: 16, receiver: "0")],
            releases: [Release(at: 0, copies: 1), Release(at: 16, kind: .again, copies: 1)]),
        Case(
            name: "the same octets after hours", awaited: ["0"],
            arrivals: [Arrival(at: 0, receiver: "0"), Arrival(at: 7 * 3600, receiver: "0")],
            releases: [Release(at: 0, copies: 1), Release(at: 25200, kind: .again, copies: 1)]),
        Case(
            name: "other content under the same access number is new", awaited: ["0"],
            arrivals: [Arrival(at: 0, receiver: "0"), Arrival(at: 1, receiver: "0", payload: [2])],
            releases: [Release(at: 0, copies: 1), Release(at: 1, copies: 1)]),
        Case(
            name: "a meter's telegrams keep their order, another meter does not wait",
            awaited: ["0", "1"],
            arrivals: [
                Arrival(at: 0, receiver: "0", payload: [1]),
                Arrival(at: 1, receiver: "0", payload: [2]),
                Arrival(at: 1.1, receiver: "1", payload: [2]),
                Arrival(at: 1.2, receiver: "0", meter: 2),
                Arrival(at: 1.3, receiver: "1", meter: 2),
            ],
            releases: [
                Release(at: 1.3, meter: 2, copies: 2), Release(at: 3.5, copies: 1),
                Release(at: 3.5, copies: 2),
            ]),
        Case(
            name: "a clock that goes back stands still", awaited: ["0", "1"],
            arrivals: [Arrival(at: 5, receiver: "0"), Arrival(at: -100, receiver: "1")],
            releases: [Release(at: -100, copies: 2)]),
    ]

    /// Runs a filter as its caller does: with a timer at `nextDue`.
    static func run(
        _ filter: inout DuplicateFilter, _ arrivals: [Arrival]
    ) -> [(at: Double, Transmission)] {
        var released: [(at: Double, Transmission)] = []
        for arrival in arrivals {
            while let due = filter.nextDue, due < time(arrival.at) {
                released += filter.release(at: due).map { (seconds(due), $0) }
            }
            released += filter.receive(
                frame(arrival.meter, arrival.payload), linkMode: .t1,
                signalStrength: arrival.strength, from: arrival.receiver, at: time(arrival.at)
            ).map { (arrival.at, $0) }
        }
        while let due = filter.nextDue {
            released += filter.release(at: due).map { (seconds(due), $0) }
        }
        return released
    }

    static func seconds(_ time: ContinuousClock.Instant) -> Double {
        start.duration(to: time) / .seconds(1)
    }

    @Test(arguments: cases)
    func releases(_ c: Case) {
        var filter = DuplicateFilter()
        filter.awaited = c.awaited
        filter.repeating = c.repeating
        let released = Self.run(&filter, c.arrivals).map { at, transmission in
            Release(
                at: at, meter: transmission.frame.octets[4], kind: transmission.kind,
                copies: transmission.copies, strength: transmission.signalStrength)
        }
        #expect(released == c.releases)
        #expect(filter.tallies.values.reduce(0) { $0 + $1.copies } == c.arrivals.count)
    }

    @Test func aReceiverThatIsLostIsNotWaitedFor() {
        var filter = DuplicateFilter()
        filter.awaited = ["0", "1"]
        let frame = Self.frame(1, [1])
        let first = filter.receive(
            frame, linkMode: nil, signalStrength: nil, from: "0", at: Self.time(0))
        #expect(first.isEmpty)
        filter.awaited = ["0"]
        #expect(filter.release(at: Self.time(0.5)).count == 1)
        #expect(filter.nextDue == nil)
    }

    /// A copy that was ten minutes on its way, from a gateway that had no network: by when it was
    /// heard, and by whom.
    @Test(
        arguments: [
            ("1", 98, true), ("1", 103, true), ("1", 104, false), ("1", 96, false),
            ("1", nil, false), ("0", 100, false),
        ] as [(String, Int64?, Bool)])
    func aCopyStaysOneHoweverLongItWasOnItsWay(receiver: String, seconds: Int64?, isCopy: Bool) {
        var filter = DuplicateFilter()
        filter.awaitsOthers = true
        let frame = Self.frame(1, [1])
        func receive(_ receiver: String, at time: Double, heardAt seconds: Int64?) {
            let released = filter.receive(
                frame, linkMode: nil, signalStrength: nil, from: receiver, at: Self.time(time),
                heardAt: seconds.map { WallTime(seconds: $0) })
            #expect(released.isEmpty)
        }
        receive("0", at: 0, heardAt: 100)
        #expect(filter.release(at: Self.time(5)).count == 1)
        receive(receiver, at: 600, heardAt: seconds)
        let again = filter.release(at: Self.time(700))
        #expect(again.map(\.kind) == (isCopy ? [] : [.again]))
        #expect(filter.tallies[receiver]?.late == (isCopy ? 1 : 0))
    }

    @Test func whatOneCopyKnowsCompletesTheOther() {
        var filter = DuplicateFilter()
        filter.awaited = ["0", "1"]
        let octets = Self.frame(1, [1]).octets
        _ = filter.receive(
            Self.frame(octets, crcVerified: false), linkMode: nil, signalStrength: nil, from: "0",
            at: Self.time(0))
        let released = filter.receive(
            Self.frame(octets), linkMode: .c1, signalStrength: -50, from: "1", at: Self.time(1))
        #expect(released.map(\.frame.crcVerified) == [true])
        #expect(released.map(\.linkMode) == [.c1])
        #expect(
            released.first?.receptions == [
                Transmission.Reception(receiver: "0", copies: 1, signalStrength: nil),
                Transmission.Reception(receiver: "1", copies: 1, signalStrength: -50),
            ])
    }

    // MARK: Repeaters

    /// Frames as a meter sends them and as a repeater does, from the CI-field on.
    static let repeaterCases: [(direct: [UInt8], repeated: [UInt8], same: Bool)] = [
        // Extended link layer: H alone, H and R.
        ([0x8C, 0x20, 0x75, 0x78, 1], [0x8C, 0x30, 0x75, 0x78, 1], true),
        ([0x8C, 0x20, 0x75, 0x78, 1], [0x8C, 0x32, 0x75, 0x78, 1], true),
        ([0x8D, 0, 1, 2, 3, 4, 5, 6, 7], [0x8D, 0x10, 1, 2, 3, 4, 5, 6, 7], true),
        // Another bit or another access number.
        ([0x8C, 0x20, 0x75, 0x78, 1], [0x8C, 0x70, 0x75, 0x78, 1], false),
        ([0x8C, 0x20, 0x75, 0x78, 1], [0x8C, 0x30, 0x76, 0x78, 1], false),
        // Configuration field of mode 5 and of mode 0, short and long header.
        ([0x7A, 0x2A, 0, 0x20, 0x05, 1], [0x7A, 0x2A, 0, 0x21, 0x05, 1], true),
        ([0x7A, 0x2A, 0, 0x00, 0x00, 1], [0x7A, 0x2A, 0, 0x03, 0x00, 1], true),
        (
            [0x72, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0x10, 0x25],
            [0x72, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0x11, 0x25], true
        ),
        // Behind an extended link layer and an authentication layer.
        (
            [0x8C, 0, 1, 0x90, 2, 0, 0, 0x7A, 1, 0, 0x20, 0x05],
            [0x8C, 0x10, 1, 0x90, 2, 0, 0, 0x7A, 1, 0, 0x21, 0x05], true
        ),
        // In mode 7 these bits mean something else.
        ([0x7A, 0x2A, 0, 0x20, 0x07, 0x10], [0x7A, 0x2A, 0, 0x21, 0x07, 0x10], false),
    ]

    @Test(arguments: repeaterCases.indices)
    func repeaters(_ index: Int) {
        let c = Self.repeaterCases[index]
        let head: [UInt8] = [0, 0x44, 0x93, 0x15, 9, 0, 0, 0, 1, 7]
        func run(_ first: [UInt8], _ second: [UInt8], after delay: Double) -> Int {
            var filter = DuplicateFilter()
            filter.awaited = ["0"]
            return [(first, 0), (second, delay)].reduce(0) { count, arrival in
                count
                    + filter.receive(
                        Self.frame(head + arrival.0), linkMode: nil, signalStrength: nil, from: "0",
                        at: Self.time(arrival.1)
                    ).count
            }
        }
        // Within the window, in either order.
        #expect(run(c.direct, c.repeated, after: 1) == (c.same ? 1 : 2))
        #expect(run(c.repeated, c.direct, after: 1) == (c.same ? 1 : 2))
        // As late as a one-way repeater sends: a copy; the meter itself as late: no copy.
        #expect(run(c.direct, c.repeated, after: 20) == (c.same ? 1 : 2))
        #expect(run(c.repeated, c.direct, after: 20) == 2)
        #expect(run(c.direct, c.repeated, after: 31) == 2)
    }

    @Test func repeaterBitsOfCutFrames() {
        for c in Self.repeaterCases {
            let whole: [UInt8] = [0, 0x44, 0x93, 0x15, 9, 0, 0, 0, 1, 7] + c.repeated
            for count in 0...whole.count {
                var octets = Array(whole.prefix(count))
                _ = RepeaterBits.clear(in: &octets)
                #expect(octets.count == count)
            }
        }
    }

    @Test func aTransmissionHeardDirectlyIsNotMarkedAsRepeated() {
        let direct = Self.frame([0, 0x44, 0x93, 0x15, 9, 0, 0, 0, 1, 7, 0x8C, 0x20, 1, 0x78])
        let repeated = Self.frame([0, 0x44, 0x93, 0x15, 9, 0, 0, 0, 1, 7, 0x8C, 0x30, 1, 0x78])
        for (frames, expected) in [([repeated, direct], false), ([repeated, repeated], true)] {
            var filter = DuplicateFilter()
            filter.awaited = ["0", "1"]
            let released = frames.enumerated().flatMap { receiver, frame in
                filter.receive(
                    frame, linkMode: nil, signalStrength: nil, from: "\(receiver)",
                    at: Self.time(0))
            }
            #expect(released.map(\.repeated) == [expected])
        }
    }

    // MARK: Bounds

    @Test func memoryIsBounded() {
        var filter = DuplicateFilter(limits: .init(remembered: 100, waiting: 10))
        filter.awaited = ["0", "1"]
        var released = 0
        var most = 0
        for number in 0..<5000 {
            released +=
                filter.receive(
                    Self.frame(UInt8(number % 200), [UInt8(number >> 8), UInt8(number & 0xFF)]),
                    linkMode: nil, signalStrength: nil, from: "0", at: Self.time(0)
                ).count
            most = max(most, filter.remembered)
        }
        #expect(most == 100)
        #expect(released == 4990)
        #expect(filter.release(at: Self.time(4)).count == 10)
    }

    @Test func memoryIsLimitedInTime() {
        var filter = DuplicateFilter()
        filter.awaited = ["0"]
        func kind(_ payload: UInt8, at time: Double) -> Transmission.Kind? {
            filter.receive(
                Self.frame(1, [payload]), linkMode: nil, signalStrength: nil, from: "0",
                at: Self.time(time)
            ).first?.kind
        }
        #expect(kind(1, at: 0) == .new)
        #expect(kind(2, at: 13 * 3600) == .new)
        #expect(kind(3, at: 26 * 3600) == .new)
        #expect(kind(1, at: 27 * 3600) == .new)
        #expect(kind(3, at: 28 * 3600) == .again)
    }

    // MARK: Property

    /// Three receivers, 30 % loss each, skew up to 3 s: each transmission that anybody heard comes
    /// out once, with the strongest RSSI and the right count of each receiver.
    @Test(arguments: [1, 2] as [UInt64])
    func everyTransmissionOnce(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var arrivals: [Arrival] = []
        /// By octets, in the order sent: the strength at each receiver that heard it.
        var expected: [[UInt8]: [[String: Double]]] = [:]
        for number in 0..<10_000 {
            let meter = UInt8(number % 50)
            // Every third meter sends the same octets always; each meter sends every 10 s.
            let payload =
                meter % 3 == 0 ? [0] : [UInt8(number >> 8), UInt8(number & 0xFF)]
            let sent = Double(number) * 0.2
            var heard: [String: Double] = [:]
            for receiver in ["0", "1", "2"] where !random.chance(30) {
                let strength = Double(Int.random(in: -110 ... -30, using: &random))
                heard[receiver] = strength
                arrivals.append(
                    Arrival(
                        at: sent + Double.random(in: 0...3, using: &random), receiver: receiver,
                        meter: meter, payload: payload, strength: strength))
            }
            if !heard.isEmpty {
                expected[Self.frame(meter, payload).octets, default: []] += [heard]
            }
        }
        arrivals.sort { $0.at < $1.at }

        var filter = DuplicateFilter()
        filter.awaited = ["0", "1", "2"]
        var lastHeard: [UInt8: ContinuousClock.Instant] = [:]
        for (at, transmission) in Self.run(&filter, arrivals) {
            let octets = transmission.frame.octets
            guard let heard = expected[octets]?.first else {
                Issue.record("released once too often: \(Hex.text(octets))")
                continue
            }
            expected[octets]?.removeFirst()
            let strengths = Dictionary(
                uniqueKeysWithValues: transmission.receptions.map {
                    ($0.receiver, $0.signalStrength)
                })
            // Plain conditions: hundreds of thousands of expectations would take long.
            if strengths != heard.mapValues(Optional.some) || transmission.copies != heard.count
                || transmission.signalStrength != heard.values.max()
            {
                Issue.record("\(transmission.receptions) instead of \(heard)")
            }
            if at - Self.seconds(transmission.firstHeard) > 3.501 {
                Issue.record("released \(at), heard \(transmission.firstHeard)")
            }
            if let before = lastHeard[octets[4]], transmission.firstHeard < before {
                Issue.record("not in the order heard: \(Hex.text(octets))")
            }
            lastHeard[octets[4]] = transmission.firstHeard
        }
        #expect(expected.values.allSatisfy { $0.isEmpty })
        #expect(filter.tallies.values.allSatisfy { $0.late == 0 })
    }

    /// Gateways that are not known by name: every transmission waits for its window to end, and so
    /// many may wait that finding one must not take longer for it.
    @Test func othersAreAwaited() {
        var filter = DuplicateFilter(limits: .init(remembered: 1 << 16, waiting: 1 << 15))
        filter.awaitsOthers = true
        var released: [Transmission] = []
        let transmissions = 20_000
        for step in 0..<transmissions + 500 {
            let now = Self.time(Double(step) * 0.001)
            released += filter.release(at: now)
            // Three gateways hear it, the second 100 ms and the third 400 ms later.
            for (gateway, delay) in [("a", 0), ("b", 100), ("c", 400)] {
                let number = step - delay
                guard (0..<transmissions).contains(number) else { continue }
                let payload = [UInt8(number & 0xFF), UInt8(number >> 8)]
                released += filter.receive(
                    Self.frame(UInt8(number % 7), payload), linkMode: nil, signalStrength: -60,
                    from: gateway, at: now)
            }
        }
        #expect(released.count == transmissions + 500 - 3500)
        released += filter.release(at: Self.time(60))
        #expect(released.count == transmissions)
        #expect(released.allSatisfy { $0.receptions.map(\.receiver) == ["a", "b", "c"] })
        #expect(filter.nextDue == nil)
    }
}
