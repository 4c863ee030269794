import TestSupport
import Testing
import Wire

@testable import Receivers

extension ReceiverTests {
    /// The shell with the times it has at a user's, on a clock that the test turns: how long a fault
    /// goes unnoticed, and how soon it is over when the step is taken that helps.
    @Suite final class RecoveryTimesTests {
        final class Clock { var now = ContinuousClock.now }

        let clock = Clock()
        let loop: EventLoop
        let directory = TemporaryDirectory()
        var steps: [(step: RecoveryStep, silence: Duration)] = []
        var listensSince: ContinuousClock.Instant?
        var lastFrame: ContinuousClock.Instant?

        init() { loop = EventLoop { [clock] in clock.now } }

        /// What is on its way between stick and driver takes no time; when nothing is, the clock goes
        /// on to what is due next.
        func turn(_ limit: Duration, until isTrue: () -> Bool) -> Bool {
            let end = clock.now + limit
            while !isTrue() {
                guard clock.now < end else { return false }
                if loop.turn(atMost: .milliseconds(3)) { continue }
                clock.now = max(clock.now, min(loop.due ?? end, end))
                loop.turn(atMost: .zero)
            }
            return true
        }

        struct Case: CustomTestStringConvertible, Sendable {
            var stick: ScriptedStick
            /// What brings it back.
            var remedy: RecoveryStep
            var testDescription: String { "\(stick.name), \(remedy)" }
        }

        /// No RC1180: its prompts are told by the pause behind them, which this clock cuts short.
        static let sticks =
            ScriptedStick.all.filter { $0.kind != .rc1180 }
            + [AMB8465Tests.stick(output: 0, rssi: 1)]
        static let cases = sticks.flatMap { stick in
            RecoveryStep.allCases.dropFirst().map { Case(stick: stick, remedy: $0) }
        }

        func receiver(_ script: ScriptedStick) -> (PlayedStick, Receiver) {
            let stick = PlayedStick(script, at: "\(directory.path)/stick", on: loop)
            stick.plugIn()
            let settings = ReceiverSettings(name: "attic", kind: script.kind, port: stick.path)
            let receiver = Receiver(
                settings: settings, loop: loop, ports: directory.ports, timing: ReceiverTiming()
            ) { [unowned self] in
                switch $0 {
                case .listening: listensSince = clock.now
                case .frame: lastFrame = clock.now
                case .recovering(let step, let silence):
                    steps.append((step, silence))
                    whenTaken(step)
                default: break
                }
            }
            receiver.start()
            return (stick, receiver)
        }

        var whenTaken: (RecoveryStep) -> Void = { _ in }

        func say(_ stick: PlayedStick, every gap: Duration, times: Int) {
            for _ in 0..<times {
                #expect(turn(gap) { false } == false)
                stick.say(stick.script.first)
                let before = lastFrame
                #expect(turn(.seconds(1)) { lastFrame != before })
            }
        }

        /// Mute and deaf all at once: noticed within five minutes, and once the step is taken that
        /// helps it listens in less than thirty seconds.
        @Test(arguments: cases)
        func isNoticedAndBroughtBackInTime(fault: Case) throws {
            let (stick, receiver) = receiver(fault.stick)
            defer { receiver.stop() }
            #expect(turn(.seconds(30)) { listensSince != nil })
            say(stick, every: .seconds(10), times: 10)
            let answers = stick.script.answers
            stick.script.answers = []
            listensSince = nil
            var helped: ContinuousClock.Instant?
            whenTaken = { [clock] step in
                guard step == fault.remedy else { return }
                stick.script.answers = answers
                helped = clock.now
            }
            #expect(turn(.seconds(3600)) { listensSince != nil })
            let first = try #require(steps.first)
            #expect(first.silence <= .seconds(301))
            #expect(steps.last?.step == fault.remedy)
            let (taken, listens) = (try #require(helped), try #require(listensSince))
            #expect(taken.duration(to: listens) < .seconds(30))
            say(stick, every: .seconds(1), times: 1)
            #expect(receiver.statistics.recovering == nil)
        }

        /// Silence of a stick that answers: looked into beyond three usual gaps and five minutes, and
        /// not before.
        @Test(arguments: [
            (gap: 10, suspicion: 300), (99, 300), (101, 303), (900, 2700), (7200, 21_600),
        ])
        func silenceIsMeasuredByWhatIsUsual(times: (gap: Int, suspicion: Int)) throws {
            let (stick, receiver) = receiver(.im871a)
            defer { receiver.stop() }
            #expect(turn(.seconds(30)) { listensSince != nil })
            say(stick, every: .seconds(times.gap), times: 4)
            steps = []
            #expect(turn(.seconds(86_400)) { steps.count == 1 })
            let step = try #require(steps.first)
            #expect(step.step == .askStatus)
            #expect(step.silence >= .seconds(times.suspicion))
            #expect(step.silence < .seconds(times.suspicion + 2))
        }
    }
}
