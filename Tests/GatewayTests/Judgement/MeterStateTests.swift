import Testing
import Wire

@testable import Decoder
@testable import Gateway

@Suite struct MeterStateTests {
    static let start = ContinuousClock.now

    /// Judges a telegram that the meter sends at `hour` by its own clock and that is received at
    /// `received`, with a total of `litres`.
    static func judge(
        _ state: inout MeterState, hour: Int64, received: Int64, litres: Int64
    ) -> Judgement {
        state.judge(
            ReplayEvidence(
                clock: MeterClock(seconds: hour * 3600, isDate: false),
                fingerprint: UInt64(bitPattern: hour)),
            [
                LifetimeRegister.Reading(
                    register: LifetimeRegister(quantity: .volume, unit: .cubicMetre),
                    value: ScaledInteger(litres, exponent: -3))
            ], deviceType: .water, at: received * 3600,
            instant: start + .seconds(received * 3600))
    }

    /// The Emerlin has the device type of a radio adapter; its definition says that it counts water,
    /// of which no pipe carries 500 m³ in an hour.
    @Test(arguments: [(0x11, false), (0x99, true)] as [(UInt8, Bool)])
    func theDefinitionsMediumCounts(version: UInt8, isPublished: Bool) throws {
        var state = MeterState(lastHeard: 0)
        for (hour, litres) in [(0, "00000000"), (1, "20A10700")] {
            let octets = try Hex.octets(
                "14449215" + "78563412" + Hex.text([version]) + "377A2A000000" + "0413" + litres)
            let reading = try OfflineDecoder().reading(of: octets, key: nil)
            let judgement = state.judge(
                reading, at: Int64(hour) * 3600, instant: Self.start + .seconds(hour * 3600))
            #expect((judgement.decision == .publish) == (hour == 0 || isPublished))
        }
    }

    @Test func aReplayIsNotHeard() {
        var state = MeterState(lastHeard: 0)
        for hour in 100...110 as ClosedRange<Int64> {
            let judgement = Self.judge(&state, hour: hour, received: hour, litres: hour)
            #expect(judgement == Judgement(decision: .publish))
        }
        let before = (state.lastHeard, state.interval, state.plausibility)
        let judgement = Self.judge(&state, hour: 50, received: 111, litres: 50)
        #expect(judgement.decision == .refuse(.olderClock(by: 60 * 3600)))
        #expect((state.lastHeard, state.interval, state.plausibility) == before)
        #expect(state.interval.interval == .seconds(3600))
    }

    /// A new meter behind the same address: clock and total go back. It is published again after a
    /// few telegrams, and both are told.
    @Test func anExchangedMeterComesBack() {
        var state = MeterState(lastHeard: 0)
        _ = Self.judge(&state, hour: 10_000, received: 0, litres: 900_000)
        var decisions: [String] = []
        var notices: [Judgement.Notice] = []
        for hour in 1...6 as ClosedRange<Int64> {
            let judgement = Self.judge(&state, hour: hour, received: hour, litres: hour)
            notices += judgement.notices
            switch judgement.decision {
            case .publish: decisions.append("publish")
            case .hold: decisions.append("hold")
            case .refuse: decisions.append("refuse")
            }
        }
        #expect(decisions == ["refuse", "refuse", "hold", "hold", "publish", "publish"])
        #expect(notices.count == 2)
        #expect(
            notices.first?.description
                == "the meter's clock lies 599820 minutes before the last one received; the"
                + " telegrams after it agree, so it counts from here on. Accepted: if the meter was"
                + " not exchanged nor its clock set, somebody may be sending recorded telegrams.")
        #expect(
            notices.last?.description
                == "volume went from 900.000 m³ to 0.005 m³, confirmed by 3 telegrams in a row."
                + " Accepted: if the meter was not exchanged, compare the value with its display.")
    }

    @Test func aHeldTelegramIsHeard() {
        var state = MeterState(lastHeard: 0)
        _ = Self.judge(&state, hour: 1, received: 1, litres: 900_000)
        let judgement = Self.judge(&state, hour: 2, received: 2, litres: 5)
        guard case .hold = judgement.decision else {
            Issue.record("a fall must be held")
            return
        }
        #expect(state.lastHeard == 7200)
    }
}
