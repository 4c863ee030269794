import Decoder
import Receivers
import Testing
import Wire

@testable import Gateway

@Suite struct AnnouncementsTests {
    let time = WallTime(seconds: 1_700_000_000)

    static let address = MeterAddress(
        manufacturer: ManufacturerCode(rawValue: 0x1593), identificationNumber: 0x1234_5678,
        version: 0x33, deviceType: .gas)

    struct Case: Sendable, CustomTestStringConvertible {
        let outcome: Outcome
        let text: String
        var testDescription: String { outcome.code }

        init(_ outcome: Outcome, _ text: String) {
            self.outcome = outcome
            self.text = text
        }
    }

    static let meter = GasMeter.settings()
    static let cases = [
        Case(
            .notConfigured(address, encrypted: true),
            "Heard meter ELS 12…678 (gas (03), encrypted), which is not configured."
                + " If it is yours, `oms2mqtt add-meter` adds it."),
        Case(
            .notRead(meter, address, .noKey(.mode5)),
            "Meter 'Gas' (03ELS3312345678): The telegram is encrypted (security mode 5) and there is"
                + " no key. Ask the supplier of the meter for its key, 32 hex digits. Then write it as"
                + " `key` of the meter under `oms`."),
        Case(
            .notRead(meter, address, .wrongKey(.mode5)),
            "Meter 'Gas' (03ELS3312345678): The key does not open the telegram (security mode 5)."
                + " Compare it with the supplier's letter, digit by digit, and the meter's number"
                + " too. `oms2mqtt explain \"Gas\"` tells more."),
        Case(
            .ambiguous(meters: ["Gas"], addresses: [address, address]),
            "The id of meter 'Gas' fits 03ELS3312345678 and 03ELS3312345678, so neither is"
                + " published. Write the whole id under `oms`."),
        Case(
            .ambiguous(meters: ["a", "b"], addresses: [address]),
            "Meter 03ELS3312345678 fits the ids of 'a' and 'b', so it is published under none."
                + " Write the whole ids under `oms`."),
    ]

    @Test(arguments: cases)
    func isSaidOnce(_ c: Case) {
        var announcements = Announcements()
        #expect(announcements.lines(for: c.outcome, at: time).map(\.text) == [c.text])
        for second in 1...100 {
            let later = WallTime(seconds: time.seconds + Int64(second))
            #expect(announcements.lines(for: c.outcome, at: later).isEmpty)
        }
    }

    @Test func aProblemIsToldAgainADayLaterIfTheMeterWasReadInBetween() {
        var announcements = Announcements()
        var pipeline = Pipeline(meters: [Self.meter])
        let reading = pipeline.process(GasMeter.frame, from: "a", at: time)
        let problem = Outcome.notRead(Self.meter, Self.address, .wrongKey(.mode5))
        func said(_ outcome: Outcome, after seconds: Int64) -> Int {
            let time = WallTime(seconds: time.seconds + seconds)
            return announcements.lines(for: outcome, at: time).count
        }
        #expect(said(problem, after: 0) == 1)
        #expect(said(reading, after: 60) == 1)
        #expect(said(problem, after: 120) == 0)
        #expect(said(problem, after: 100_000) == 0)
        #expect(said(reading, after: 100_060) == 0)
        #expect(said(problem, after: 100_120) == 1)
    }

    @Test func damagedFramesAreSummedUpOnceAnHour() {
        var announcements = Announcements()
        var said: [String] = []
        for second in stride(from: Int64(0), through: 7200, by: 60) {
            said += announcements.lines(
                for: .damaged(.badCRC(block: 1)), at: WallTime(seconds: time.seconds + second)
            ).map(\.text)
        }
        #expect(
            said == [
                "Within the last hour: 60 damaged frames.",
                "Within the last hour: 60 damaged frames.",
            ])
    }

    @Test func foreignMetersAreForgottenOldestFirst() {
        var meters = ForeignMeters(limit: 3)
        var address = Self.address
        func insert(_ number: UInt32) -> Bool {
            address.identificationNumber = number
            return meters.insert(address)
        }
        #expect([1, 2, 3, 1, 2, 3].map(insert) == [true, true, true, false, false, false])
        #expect([4, 2, 3, 1].map(insert) == [true, false, false, true])
    }

    @Test func aFloodOfForeignMetersIsCountedAfterAHundred() {
        var announcements = Announcements()
        var address = Self.address
        var lines = 0
        for number in 0..<5000 as Range<UInt32> {
            address.identificationNumber = number
            lines +=
                announcements.lines(
                    for: .notConfigured(address, encrypted: false), at: time
                ).count
        }
        #expect(lines == 100)
        let later = WallTime(seconds: time.seconds + 3600)
        #expect(
            announcements.lines(for: .damaged(.badCRC(block: 1)), at: later).map(\.text)
                == ["Within the last hour: 4900 more meters not configured."])
    }

    @Test func theBrokerIsNamedWhenSomethingChanges() {
        var announcements = BrokerAnnouncements(address: "broker:1883")
        let refused = BrokerError.loginRefused(user: "anna")
        #expect(announcements.disconnected(refused)?.text == refused.description)
        #expect(announcements.disconnected(refused) == nil)
        #expect(announcements.connected()?.text == "Connected to the broker at broker:1883.")
        #expect(announcements.disconnected(refused) != nil)
        let taken = BrokerError.takenOver(clientID: "x", certain: false)
        #expect(announcements.disconnected(taken)?.text == taken.description)
        #expect(announcements.connected() == nil)
        #expect(announcements.disconnected(.lost(address: "broker:1883", cause: "")) == nil)
        #expect(announcements.disconnected(taken) == nil)
        announcements.isStable()
        #expect(announcements.connected() != nil)
        #expect(announcements.dropped(0) == nil)
        #expect(announcements.dropped(3) != nil)
        #expect(announcements.dropped(4) == nil)
    }

    @Test func whatTheBrokerDoesNotLetUsIsNamedOnceATopic() {
        var announcements = BrokerAnnouncements(address: "broker:1883")
        func told(_ topic: String) -> String? {
            announcements.refused(topic, "Not published", because: "no right")?.text
        }
        #expect(told("a") == "Not published on 'a': no right.")
        #expect(told("a") == nil)
        #expect(told("b\n") == "Not published on 'b_': no right.")
        let more = (3...100).compactMap { told("t\($0)") }
        #expect(more.count == BrokerAnnouncements.mostRefusals - 2)
        #expect(more.last?.hasSuffix("More of this kind are counted and not told.") == true)
    }

    @Test func aClockThatCannotBeRightIsTold() {
        let text = Announcement(clockAt: WallTime(seconds: 42))?.text
        #expect(text?.hasPrefix("This computer's clock says 1970-01-01T00:00:42.000Z") == true)
        #expect(Announcement(clockAt: WallTime(seconds: 1_795_590_249)) == nil)
    }

    @Test func thatAnUnpluggedStickIsNotThereIsNotTold() {
        var announcements = ReceiverAnnouncements(name: "roof")
        let port = "/dev/ttyUSB0"
        #expect(announcements.line(for: .lost(.unplugged(port: port))) != nil)
        let absent = ReceiverEvent.waiting(.absent(port: port), retryIn: .seconds(1))
        #expect(announcements.line(for: absent) == nil)
        let busy = ReceiverEvent.waiting(.busy(port: port), retryIn: .seconds(1))
        #expect(announcements.line(for: busy) != nil)
        #expect(announcements.line(for: absent) != nil)
    }

    /// A file without telegrams, or a device that hangs up at once, is opened again and again.
    @Test func anInputThatGivesNothingIsToldOnce() {
        var announcements = ReceiverAnnouncements(name: "lan")
        let address = NetworkAddress(host: "192.0.2.5", port: 2323)
        let open = ReceiverEvent.listening(
            StickIdentity(kind: StickKind(rawValue: "tcp"), port: "192.0.2.5:2323", modes: []))
        let lost = ReceiverEvent.lost(.input(.disconnected(address)))
        let away = ReceiverEvent.waiting(.input(.unreachable(address, errno: 111)), retryIn: nil)
        func isTold(_ event: ReceiverEvent) -> Bool { announcements.line(for: event) != nil }
        #expect(
            [away, open, lost, open, lost, open, lost].map(isTold)
                == [true, true, true, false, false, false, false])
        // It is open when something comes.
        let frame = ReceiverEvent.frame(GasMeter.frame)
        #expect(
            [open, frame, frame, lost, open, lost].map(isTold)
                == [false, true, false, true, true, true])
    }

    @Test func aReceiverIsNamedWhenSomethingChanges() {
        var announcements = ReceiverAnnouncements(name: "roof")
        let waiting = ReceiverEvent.waiting(.notFound(nil), retryIn: .seconds(1))
        let line = announcements.line(for: waiting)
        #expect(line?.text.hasPrefix("Receiver 'roof': No known radio stick") == true)
        #expect(announcements.line(for: waiting) == nil)
        let identity = StickIdentity(
            kind: StickKind(rawValue: "imst-im871a"), firmware: "1.14", port: "/dev/ttyUSB0",
            modes: [.t1, .c1])
        #expect(
            announcements.line(for: .listening(identity))?.text.hasSuffix(
                "on /dev/ttyUSB0 listens for C1 and T1, firmware 1.14.") == true)
        #expect(announcements.line(for: waiting) != nil)
    }
}
