import ArgumentParser
import Decoder
import Gateway
import Wire

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Makes a report of a meter that is not read well, to be shared.",
        discussion: """
            oms2mqtt report --key file:/home/me/gas.key 2E4493157856… >report.txt
            oms2mqtt record --all >recorded.txt
            oms2mqtt report --meter 12345678 --key-for 12345678=file:/home/me/gas.key recorded.txt

            The report has the telegrams, what was read of them, what was not understood, and the \
            definition that was used. Keys are never in it: telegrams stand there deciphered. \
            Meters' numbers are shortened, unless --numbers kept says otherwise. Read it before \
            you share it.

            Exit codes: 0 there is a report; 1 there was no telegram, or a file cannot be read.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var given: TelegramArguments

    @Option(help: KeyOption.help)
    var key: String?

    @Option(
        name: .customLong("key-for"),
        help: ArgumentHelp(
            "The key of one of several meters: its number, =, the key.", valueName: "meter=key"))
    var keysFor: [String] = []

    @Option(
        name: .customLong("meter"),
        help: ArgumentHelp(
            "Only telegrams of this meter: its number or id.", valueName: "meter"))
    var only: [String] = []

    @Option(help: "Whether the meters' numbers are shortened or kept.")
    var numbers = MeterReport.Numbers.shortened

    @Option(help: "For people or for programs.")
    var format = Format.text

    @OptionGroup var definitions: DefinitionsOption

    func validate() throws {
        if let key { _ = try KeyOption.key(key) }
        _ = try keys()
        _ = try only.map(Self.selector)
        try given.requireSome()
    }

    func run() throws {
        let keys = ReportKeys(all: try key.map { try KeyOption.key($0) }, one: try self.keys())
        let meters = try only.map(Self.selector)
        let catalogue = definitions.catalogue()
        let decoder = OfflineDecoder(catalogue: catalogue)
        var report = MeterReport(numbers: numbers)
        for frame in try frames() {
            let addresses = Self.addresses(of: frame)
            guard
                meters.isEmpty
                    || meters.contains(where: { meter in
                        addresses.contains { meter.match($0) != nil }
                    })
            else { continue }
            report.add(frame, key: keys.key(for: addresses), decoder: decoder, catalogue: catalogue)
        }
        guard !report.telegrams.isEmpty else {
            printError("There is no telegram" + (meters.isEmpty ? "." : " of these meters."))
            throw Exit.failure
        }
        switch format {
        case .text: report.lines.forEach { printLine($0) }
        case .json:
            var json = JSONWriter()
            report.appendJSON(to: &json)
            printLine(json.text)
        }
    }

    private func frames() throws -> [RadioFrame] {
        try given.read().map { telegram in
            do { return try telegram.get() } catch {
                printError("\(error)")
                throw Exit.failure
            }
        }
    }

    private func keys() throws -> [(MeterSelector, MeterKey)] {
        try keysFor.map { text in
            guard let sign = text.firstIndex(of: "=") else {
                throw ValidationError("--key-for takes a meter's number, =, and its key.")
            }
            return (
                try Self.selector(String(text[..<sign])),
                try KeyOption.key(String(text[text.index(after: sign)...]))
            )
        }
    }

    private static func selector(_ text: String) throws -> MeterSelector {
        do { return try MeterSelector(text) } catch { throw ValidationError("\(error)") }
    }

    /// Whose the telegram may be: the meter and the radio adapter; none where it cannot be read.
    private static func addresses(of frame: RadioFrame) -> [MeterAddress] {
        guard let parsed = try? LinkLayerFrame(parsing: frame) else { return [] }
        guard let headers = try? TelegramHeaders(parsing: parsed) else { return [parsed.sender] }
        return [headers.meter, parsed.sender]
    }
}

extension MeterReport.Numbers: ExpressibleByArgument {}

/// The keys that were given: for some meters, and for all others.
private struct ReportKeys {
    var all: MeterKey?
    var one: [(meter: MeterSelector, key: MeterKey)]

    func key(for addresses: [MeterAddress]) -> MeterKey? {
        one.first { pair in addresses.contains { pair.meter.match($0) != nil } }?.key ?? all
    }
}
