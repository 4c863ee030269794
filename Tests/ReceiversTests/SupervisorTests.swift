import Glibc
import Testing

@testable import Receivers

@Suite struct SupervisorTests {
    typealias Instant = ContinuousClock.Instant

    /// A supervisor and the clock that the test turns.
    struct Watch {
        var supervisor: Supervisor
        private(set) var now: Instant
        private(set) var steps: [(step: RecoveryStep, at: Instant)] = []
        private(set) var recoveries: [Supervisor.Recovery] = []

        init() {
            now = .now
            supervisor = Supervisor(now: now)
        }

        /// Lets time pass up to `end`, taking each step when it is due.
        mutating func pass(until end: Instant) {
            while supervisor.due <= end {
                now = max(now, supervisor.due)
                if let step = supervisor.next(at: now) { steps.append((step, now)) }
                // A due time that stays would wake the loop without end.
                #expect(supervisor.due > now)
                guard supervisor.due > now else { return }
            }
            now = end
        }

        mutating func pass(_ duration: Duration) { pass(until: now + duration) }

        mutating func hear() {
            if let recovery = supervisor.heardTelegram(at: now) { recoveries.append(recovery) }
        }

        mutating func hearRegularly(every gap: Duration, for duration: Duration) {
            let end = now + duration
            while now < end {
                pass(gap)
                hear()
            }
        }

        mutating func fail() {
            if let step = supervisor.failed(at: now) { steps.append((step, now)) }
        }

        mutating func forgetSteps() { steps = [] }
        var names: [RecoveryStep] { steps.map(\.step) }
        /// How long it had been silent at each step.
        func silences(since start: Instant) -> [Duration] {
            steps.map { start.duration(to: $0.at) }
        }
    }

    @Test func aStickThatFailsIsRecoveredStepByStepAtOnce() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3600))
        for _ in 0..<5 {
            watch.pass(.seconds(2))
            watch.fail()
        }
        #expect(watch.names == [.reconfigure, .resetStick, .reopen, .resetUSB])
        watch.hear()
        #expect(
            watch.recoveries == [Supervisor.Recovery(silence: .seconds(10), step: .resetUSB)])
    }

    /// What seemed to help and did not last is not tried again; what lasted is.
    @Test(arguments: [
        (telegrams: 1, then: RecoveryStep.reopen), (19, .reopen), (20, .reconfigure),
    ])
    func aStickThatFailsAgainSoonWasNotHelped(_ times: (telegrams: Int, then: RecoveryStep)) {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3600))
        watch.fail()
        watch.fail()
        watch.hear()
        #expect(watch.recoveries.map(\.step) == [.resetStick])
        watch.hearRegularly(every: .seconds(10), for: .seconds(10 * times.telegrams))
        watch.fail()
        #expect(watch.names == [.reconfigure, .resetStick, times.then])
    }

    @Test func aStickThatAnswersAndHearsNothingIsGivenTime() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3 * 86_400))
        #expect(watch.names == [])
        let start = watch.now
        watch.pass(.seconds(3600))
        #expect(
            watch.names == [.askStatus, .reconfigure, .resetStick, .reopen, .resetUSB])
        #expect(
            watch.silences(since: start) == [300, 600, 900, 1200, 1500].map { .seconds($0) })
        watch.hear()
        #expect(
            watch.recoveries == [Supervisor.Recovery(silence: .seconds(3600), step: .resetUSB)])
    }

    /// The silence that a hanging stick caused is not taken for a usual one.
    @Test func whatWasRecoveredIsNotLearned() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3 * 86_400))
        watch.pass(.seconds(86_400))
        watch.hear()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3600))
        watch.forgetSteps()
        let start = watch.now
        watch.pass(.seconds(1000))
        #expect(watch.silences(since: start) == [300, 600, 900].map { .seconds($0) })
    }

    @Test func aStrangersFirstNightIsNoAlarm() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3600))
        watch.pass(.seconds(12 * 3600))
        #expect(watch.names == [.askStatus, .reconfigure])
        watch.hear()
        #expect(watch.recoveries == [])
    }

    @Test func aStrangersFirstDayOfSilenceIs() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(3600))
        watch.pass(.seconds(25 * 3600))
        #expect(watch.names == [.askStatus, .reconfigure, .resetStick, .reopen, .resetUSB])
    }

    @Test func slowMetersSetThePace() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(900), for: .seconds(86_400))
        watch.forgetSteps()
        let start = watch.now
        watch.pass(.seconds(5400))
        #expect(watch.silences(since: start) == [2700, 5400].map { .seconds($0) })
    }

    /// A stick that was away has nothing to answer for.
    @Test func absenceIsNoSilence() {
        var watch = Watch()
        watch.hearRegularly(every: .seconds(10), for: .seconds(600))
        watch.fail()
        watch.supervisor.beganListening(at: watch.now + .seconds(86_400))
        #expect(watch.supervisor.due == watch.now + .seconds(86_400 + 300))
        #expect(watch.supervisor.step == nil)
    }

    /// Steps go on for ever, at least hours apart, and USB is reset once an hour at the most.
    @Test func endlessSilence() {
        var watch = Watch()
        watch.pass(.seconds(7 * 86_400))
        #expect(watch.names.count { $0 == .resetUSB } >= 5)
        #expect(watch.names.count <= 60)
        watch.forgetSteps()
        for _ in 0..<36 {
            watch.supervisor.beganListening(at: watch.now)
            for _ in 0..<5 { watch.fail() }
            watch.pass(.seconds(100))
        }
        #expect(watch.names.count { $0 == .resetUSB } <= 1)
    }

    /// Mean seconds between telegrams, and the hours without any.
    static let traffic: [(gap: Double, night: Range<Int>)] = [
        (10, 0..<0), (16, 18..<30), (60, 22..<30), (300, 0..<0), (600, 22..<30),
        (1800, 0..<0), (7200, 23..<29),
    ]

    /// A week of telegrams at random, without memory, which is the worst that meters can do:
    /// nothing is disturbed.
    @Test(arguments: traffic, 0..<8)
    func noFalseAlarmInAWeek(_ traffic: (gap: Double, night: Range<Int>), seed: Int) {
        var random = SeededGenerator(state: UInt64(seed) &* 7919 &+ UInt64(traffic.gap))
        var watch = Watch()
        let start = watch.now
        var seconds = 8 * 3600.0
        let end = seconds + 7 * 86_400
        while seconds < end {
            seconds += -traffic.gap * log(Double.random(in: 1e-12..<1, using: &random))
            let hour = Int(seconds / 3600) % 24
            if traffic.night.contains(hour) || traffic.night.contains(hour + 24) { continue }
            watch.pass(until: start + .seconds(seconds - 8 * 3600))
            watch.hear()
        }
        #expect(watch.names.filter(\.isDisruptive) == [])
        #expect(watch.recoveries == [])
        // And it is never set up again for nothing by day: a night, or one gap in 400.
        let set = watch.names.count { $0 == .reconfigure }
        #expect(set <= 7 + Int(7 * 86_400 / traffic.gap / 100))
    }
}
