import ArgumentParser
import Glibc
import Simulator

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Plays a stick on a pseudo terminal, for those who have none at hand.",
        discussion: """
            oms2mqtt simulate --stick im871a --link /tmp/stick --telegrams telegrams.txt
            oms2mqtt simulate --stick cul --link /tmp/stick --rate 2 --repeat

            A gateway whose receiver has `port: /tmp/stick` then finds the stick there. The file has \
            a telegram in hex on each line, without link-layer CRCs; @rssi=-80, @mode=T1 and \
            @format=B may stand before it. Without a file demonstration telegrams are played.

            Exit codes: 0 all telegrams were sent, or Ctrl-C; 1 the file or the link cannot be used.
            """)

    @Option(help: "Which stick to play.")
    var stick: StickModel

    @Option(help: "The path at which the stick appears.")
    var link: String

    @Option(help: ArgumentHelp("The telegrams to send.", valueName: "file"))
    var telegrams: String?

    @Option(help: "Telegrams a second; as fast as they are read without it.")
    var rate: Double?

    @Flag(name: .customLong("repeat"), help: "Begin again at the end of the file.")
    var repeats = false

    @Flag(help: "Send before a host has set the stick up, as one left running does.")
    var streaming = false

    @Flag(help: "Put meaningless octets around the telegrams.")
    var noise = false

    @Option(help: "How writes are cut.")
    var splitting: SimulationOptions.Splitting = .none

    @Option(help: ArgumentHelp("Damage every N-th telegram.", valueName: "n"))
    var damageEvery: Int?

    @Option(help: ArgumentHelp("Hang after N telegrams.", valueName: "n"))
    var hangAfter: Int?

    @Option(help: "How the stick hangs.")
    var hang: SimulationOptions.Hang = .mute

    @Option(help: "What ends it.")
    var recoversOn: SimulationOptions.Remedy = .replug

    @Option(help: ArgumentHelp("Unplug the stick after every N telegrams.", valueName: "n"))
    var unplugEvery: Int?

    @Option(help: ArgumentHelp("How long it stays unplugged.", valueName: "seconds"))
    var unpluggedFor: Double = 1

    @Option(help: "Makes noise, damage and pieces the same in each run.")
    var seed: UInt64 = 1

    func validate() throws {
        let counts = [damageEvery, hangAfter, unplugEvery].compactMap { $0 }
        guard counts.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("--damage-every, --hang-after and --unplug-every start at 1.")
        }
        guard rate.map({ $0 > 0 && $0.isFinite }) ?? true, (0...86_400).contains(unpluggedFor)
        else {
            throw ValidationError("--rate must be above 0, --unplugged-for 0 to 86400.")
        }
    }

    func run() throws {
        do { try simulate() } catch {
            printError("\(error)")
            throw Exit.failure
        }
    }

    private func simulate() throws {
        let options = SimulationOptions(
            rate: rate, repeats: repeats, streaming: streaming, noise: noise, splitting: splitting,
            damageEvery: damageEvery, hangAfter: hangAfter, hang: hang, recoversOn: recoversOn,
            unplugEvery: unplugEvery,
            unpluggedFor: .milliseconds(Int(unpluggedFor * 1000)), seed: seed)
        let simulation =
            if let telegrams {
                try StickSimulation(
                    stick: stick.stick, link: link, transmissions: try TelegramFile.read(telegrams),
                    options: options)
            } else {
                try StickSimulation(
                    stick: stick.stick, link: link, options: options,
                    source: { DemonstrationTelegrams.transmission(at: $0) })
            }
        printError("\(stick.rawValue) is at \(link); Ctrl-C ends it.")
        Interruption.onSignal { simulation.stop() }
        try simulation.run(until: repeats || telegrams == nil ? .stopped : .allSent)
        let counts = simulation.counts
        printError(
            "\(counts.good) telegrams sent, \(counts.damaged) damaged ones, \(counts.unheard) not"
                + " heard in the mode that was set.")
    }
}

extension StickModel: ExpressibleByArgument {}
extension SimulationOptions.Splitting: ExpressibleByArgument {}
extension SimulationOptions.Hang: ExpressibleByArgument {}
extension SimulationOptions.Remedy: ExpressibleByArgument {}
