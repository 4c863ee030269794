import Glibc
import Simulator
import TestSupport
import Testing
import Wire

@testable import Receivers

extension ReceiverTests {
    /// Sticks that hang, played on real pseudo terminals: each is noticed and brought back by the step
    /// that helps. The supervisor's minutes are milliseconds here.
    @Suite final class RecoveryTests {
        let loop = EventLoop()
        let directory = TemporaryDirectory()
        var timing = ReceiverTiming()
        var steps: [RecoveryStep] = []
        var recovered: [RecoveryStep] = []
        var losses: [StickError] = []
        var frames = 0

        init() {
            timing.quiet = .milliseconds(20)
            timing.drainingLimit = .milliseconds(100)
            timing.settling = .milliseconds(5)
            timing.restart = .milliseconds(50)
            timing.firstPause = .milliseconds(50)
            timing.silence = .milliseconds(150)
            timing.supervision.suspicion = .milliseconds(300)
            timing.supervision.alarm = .milliseconds(900)
            timing.supervision.acquaintance = .zero
        }

        /// A stick as it is set up in its flash.
        struct Played: CustomTestStringConvertible, Sendable {
            var model: StickModel
            /// Whether telegrams have a check sum or a mark on the line.
            var isBare = false

            /// An AMB8465 comes from the factory with bare output.
            var stick: any SimulatedStick { isBare ? model.stick : model.advisedStick }
            var testDescription: String { "\(model)\(isBare ? ", bare" : "")" }
        }

        struct Case: CustomTestStringConvertible, Sendable {
            var played: Played
            var hang: SimulationOptions.Hang
            var remedy: SimulationOptions.Remedy
            /// The step that helps.
            var step: RecoveryStep

            var model: StickModel { played.model }
            var testDescription: String { "\(played.testDescription), \(hang), \(remedy)" }
        }

        static let remedies: [(SimulationOptions.Remedy, RecoveryStep)] = [
            (.reconfigure, .reconfigure), (.reset, .resetStick), (.reopen, .reopen),
        ]
        static let sticks = [
            Played(model: .im871a), Played(model: .amb8465), Played(model: .amb8465, isBare: true),
            Played(model: .cul), Played(model: .iu891a), Played(model: .rc1180, isBare: true),
        ]
        static let cases: [Case] = sticks.flatMap { played in
            [.mute, .garbage, .halfFrames, .stuckTransmitter].flatMap { hang in
                remedies.map { Case(played: played, hang: hang, remedy: $0, step: $1) }
            }
        }.filter {
            switch ($0.model, $0.hang, $0.remedy) {
            // Its answers drown in a line without end: nothing but a restart can help.
            case (.cul, .stuckTransmitter, .reconfigure): false
            // Its answers are taken for the other half of what came before.
            case (.amb8465, .halfFrames, .reconfigure): !$0.played.isBare
            // It knows no reset.
            case (.rc1180, _, .reset): false
            default: true
            }
        }

        func receiver(_ model: StickModel) -> Receiver {
            // A CUL needs a second to restart, and gets its usual time.
            timing.patience = model == .cul ? 1 : 0.25
            let settings = ReceiverSettings(
                name: "attic", kind: StickKind(rawValue: model.rawValue), port: link)
            return Receiver(
                settings: settings, loop: loop, ports: directory.ports, timing: timing
            ) { [unowned self] in
                switch $0 {
                case .frame(let frame):
                    frames += 1
                    // A CUL's have their check sums; the driver has checked those.
                    #expect(model == .cul || [n21, t2].contains(frame.octets))
                case .recovering(let step, _): steps.append(step)
                case .recovered(_, let step): recovered.append(step)
                case .lost(let error): losses.append(error)
                default: break
                }
            }
        }

        var link: String { "\(directory.path)/stick" }

        func simulation(_ played: Played, _ options: SimulationOptions) throws -> StickSimulation {
            let telegrams = [n21, t2].map { Transmission(frame: $0) }
            return try StickSimulation(
                stick: played.stick, link: link, transmissions: telegrams, options: options)
        }

        func turn(_ limit: Duration = patience, until isTrue: () -> Bool) -> Bool {
            let deadline = loop.now + limit
            while !isTrue() {
                guard loop.now < deadline else { return false }
                loop.turn(atMost: .milliseconds(20))
            }
            return true
        }

        @Test(arguments: cases)
        func isBroughtBackByTheStepThatHelps(_ fault: Case) throws {
            let simulation = try simulation(
                fault.played,
                SimulationOptions(
                    rate: 50, repeats: true, hangAfter: 10, hang: fault.hang,
                    recoversOn: fault.remedy))
            simulation.start()
            defer { simulation.stopAndWait() }
            let receiver = receiver(fault.model)
            receiver.start()
            defer { receiver.stop() }
            #expect(turn { simulation.counts.hung == 1 && !simulation.counts.hangs })
            let before = frames
            #expect(turn { frames > before + 20 })
            // A CUL that is asked tells its mode, and is set right at once. A machine that stands
            // still makes steps fail that would have helped: `RecoveryTimesTests` tells which ones
            // are taken where none does.
            if fault.model != .cul || fault.remedy != .reconfigure {
                #expect(steps.contains(fault.step))
                #expect(receiver.statistics.recoveries[fault.step, default: 0] > 0)
            }
            #expect(losses == [])
            #expect(receiver.statistics.recovering == nil)
            if fault.step.isDisruptive {
                #expect(try #require(recovered.last) >= fault.step)
            }
        }

        @Test(arguments: sticks)
        func endOfFile(played: Played) throws {
            let simulation = try simulation(
                played, SimulationOptions(rate: 50, repeats: true, hangAfter: 10, hang: .endOfFile))
            simulation.start()
            defer { simulation.stopAndWait() }
            let receiver = receiver(played.model)
            receiver.start()
            defer { receiver.stop() }
            #expect(turn { !losses.isEmpty })
            #expect(losses == [.unplugged(port: link)])
            let before = frames
            #expect(turn { frames > before + 20 })
            #expect(steps.filter(\.isDisruptive) == [])
            #expect(receiver.statistics.losses == 1)
        }

        /// Opening the port again sets the rate again. (A USB stick without a serial line has none.)
        @Test(arguments: sticks.filter { $0.stick.baudRate != nil })
        func wrongBaudRate(played: Played) throws {
            let simulation = try simulation(
                played,
                SimulationOptions(
                    rate: 50, repeats: true, hangAfter: 10, hang: .wrongBaudRate,
                    recoversOn: .reopen))
            simulation.start()
            defer { simulation.stopAndWait() }
            let receiver = receiver(played.model)
            receiver.start()
            defer { receiver.stop() }
            #expect(turn { simulation.counts.hung == 1 && !simulation.counts.hangs })
            let before = frames
            #expect(turn { frames > before + 20 })
            #expect(steps.contains(.reopen))
            #expect(try #require(recovered.last) >= .reopen)
        }

        /// All steps in vain: told as lost, and taken again when it is plugged in anew.
        @Test func whatNothingHelpsIsLost() throws {
            let simulation = try simulation(
                Played(model: .im871a), SimulationOptions(rate: 50, repeats: true, hangAfter: 10))
            simulation.start()
            defer { simulation.stopAndWait() }
            let receiver = receiver(.im871a)
            receiver.start()
            defer { receiver.stop() }
            #expect(turn { !losses.isEmpty })
            #expect(
                Set(steps).isSuperset(of: [.reconfigure, .resetStick, .reopen, .resetUSB]))
            #expect(simulation.unplug())
            #expect(simulation.plug())
            let before = frames
            #expect(turn { frames > before + 20 })
            #expect(receiver.statistics.isListening)
        }

        /// Meters that rest are no fault: the stick is asked and set up again, nothing more.
        @Test func aRestingStickIsLeftAlone() throws {
            timing.supervision.acquaintance = .seconds(86_400)
            let simulation = try simulation(
                Played(model: .im871a), SimulationOptions(rate: 50))
            simulation.start()
            defer { simulation.stopAndWait() }
            let receiver = receiver(.im871a)
            receiver.start()
            defer { receiver.stop() }
            #expect(turn { steps == [.askStatus, .reconfigure] })
            _ = turn(.seconds(1)) { steps.count > 2 }
            #expect(steps == [.askStatus, .reconfigure])
            #expect(losses == [])
        }
    }
}
