import ArgumentParser
import Gateway
import Glibc
import Logging
import Receivers
import Wire

struct ListenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Shows every telegram that the sticks hear, and publishes nothing.",
        discussion: """
            oms2mqtt listen
            oms2mqtt listen --stick cul --port /dev/ttyUSB0 --modes t1
            oms2mqtt listen --raw >telegrams.txt

            oms2mqtt listen --medium water --reads "123.4 m³"

            On a terminal a table of the meters that are heard, the strongest first: yours are near. \
            Else a line a telegram: when, how strong, whose, and whether it needs a key. `meter`, the \
            first word behind the signal strength, is what stands as `id` under `oms` in the \
            configuration, and what `add-meter` takes.

            --reads shows the meters whose telegram has about what the display shows. It compares \
            those that are not encrypted or have their key in the configuration.

            Without options the receivers of the configuration are used, or the stick is looked for. \
            Ctrl-C ends it.

            Exit codes: 0 ended by Ctrl-C; 1 no receiver can be used as asked; 2 the configuration \
            has faults.
            """)

    @OptionGroup var file: ConfigurationOption

    @OptionGroup var logging: LogOption

    @Option(help: "Which stick: im871a, amb8465, cul, iu891a, rc1180 or auto.")
    var stick: String?

    @Option(help: "The stick's port, a path or auto.")
    var port: String?

    @Option(help: "What to hear, with commas: t1, c1, s1.")
    var modes: String?

    @Flag(help: "Show each telegram as hex instead.")
    var raw = false

    @Option(
        help: ArgumentHelp(
            "Only meters of this kind: \(MeterFilter.mediumWords.joined(separator: ", ")).",
            valueName: "kind"))
    var medium: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only meters that show about this: 123.4, \"123.4 m³\" or \"45 kWh\".",
            valueName: "total"))
    var reads: String?

    @Flag(help: "A line a telegram on a terminal too.")
    var lines = false

    func validate() throws {
        _ = try filter()
        _ = try chosenReceiver()
    }

    private func filter() throws -> MeterFilter {
        var filter = MeterFilter()
        for word in medium {
            guard let media = MeterFilter.media(word) else {
                throw ValidationError(
                    "--medium is one of \(MeterFilter.mediumWords.joined(separator: ", ")).")
            }
            filter.media = (filter.media ?? []).union(media)
        }
        if let reads {
            filter.total = WantedTotal(reads)
            guard filter.total != nil else {
                throw ValidationError("--reads is a number, with m³, kWh or MJ behind it or not.")
            }
        }
        return filter
    }

    func run() throws {
        let log = logging.logger()
        let receivers = try self.receivers(log)
        let listing = Listing(
            HeardMeters(filter: try filter(), configured: configuredMeters()),
            form: raw ? .raw : lines || isatty(STDOUT_FILENO) != 1 ? .lines : .table)
        let loop = EventLoop()
        let signals = StopSignals(loop: loop) { _ in loop.stop() }
        let usb = try? USBDevices(loop: loop)
        var left = receivers.count
        var allFailed = true
        let all = receivers.map { settings in
            var announcements = ReceiverAnnouncements(name: settings.name)
            return settings.makeReceiver(on: loop, usb: usb) { event in
                listing.note(announcements.line(for: event), log)
                switch event {
                case .frame(let frame): listing.show(frame)
                case .failed, .finished:
                    if case .finished = event { allFailed = false }
                    left -= 1
                    if left == 0 { loop.stop() }
                default: break
                }
            }
        }
        listing.start(on: loop)
        all.forEach { $0.start() }
        // All may have failed at once.
        if left > 0 { withExtendedLifetime(signals) { loop.run() } }
        all.forEach { $0.stop() }
        listing.end()
        if left == 0, allFailed { throw Exit.failure }
    }

    /// Whose keys are known and names shown; without a configuration none.
    private func configuredMeters() -> [MeterSettings] {
        file.found.flatMap { ConfigurationFile.load($0).0 }?.meters ?? []
    }

    private func receivers(_ log: Logger) throws -> [ReceiverSettings] {
        if let chosen = try chosenReceiver() { return [chosen] }
        guard file.found != nil else { return [ReceiverSettings(name: "receiver")] }
        return try file.load(log).receivers
    }

    /// The one that the options name; nil without any of them.
    private func chosenReceiver() throws -> ReceiverSettings? {
        guard stick != nil || port != nil || modes != nil else { return nil }
        let kind = stick.flatMap { $0 == "auto" ? nil : StickKind(rawValue: $0) }
        if let kind, StickCatalogue.row(for: kind) == nil {
            throw ValidationError(
                "--stick is one of im871a, amb8465, cul, iu891a, rc1180 and auto; what else telegrams"
                    + " come from is set up in the configuration.")
        }
        let wanted = try modes.map { text in
            try Set(
                text.split(separator: ",").map { word in
                    guard let mode = LinkMode(rawValue: word.lowercased()) else {
                        throw ValidationError("--modes are some of t1, c1, s1.")
                    }
                    return mode
                })
        }
        return ReceiverSettings(
            name: kind?.rawValue ?? "receiver", kind: kind, port: port == "auto" ? nil : port,
            modes: wanted)
    }
}
