import ArgumentParser
import Gateway
import Glibc
import Receivers
import Wire

struct AddMeterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-meter",
        abstract: "Adds a meter to the configuration, its key tried on telegrams first.",
        discussion: """
            oms2mqtt add-meter "Water kitchen" --id "ELS 12345678" --key-stdin
            oms2mqtt add-meter Gas --id 03ELS3312345678 --key file:/etc/oms2mqtt/gas.key
            oms2mqtt add-meter Gas --id 12345678 --telegrams recorded.txt

            The id may be written as it stands on the meter, as another program shows it, or the \
            number alone. Telegrams to complete it and to try the key on come from a file, or from \
            the service that runs. All else in the file stays as it is. The key is never shown.

            Exit codes: 0 added; 1 not added, and nothing changed (the message says why).
            """)

    @OptionGroup var file: ConfigurationOption

    @Argument(help: "What you call the meter.")
    var name: String

    @Option(help: "Which meter it is, in any spelling.")
    var id: String

    @Option(
        help: ArgumentHelp(
            "The device type, two hex digits, if the id has none.", valueName: "type"))
    var type: String?

    @Option(help: KeyOption.help)
    var key: String?

    @Flag(help: "Read the key from standard input: it stands in no history then.")
    var keyStdin = false

    @Option(
        help: ArgumentHelp(
            "A file with telegrams: a recording, hex or JSON lines.", valueName: "file"))
    var telegrams: String?

    @Flag(help: "Add it although the key does not open its telegrams.")
    var unchecked = false

    func validate() throws {
        if key != nil, keyStdin {
            throw ValidationError("Give the key with --key or --key-stdin, not both.")
        }
    }

    func run() throws {
        let path = file.found ?? ConfigurationFile.usualPlaces[0]
        do { try add(to: path) } catch let error as ExitCode { throw error } catch {
            printError("\(error)")
            throw Exit.failure
        }
    }

    private func add(to path: String) throws {
        let service = service(path)
        var wish = MeterAddition.Wish(name: name, id: type.map { $0 + id } ?? id)
        wish.key = try givenKey()
        wish.isSure = unchecked
        let before = try ConfigurationFile.contents(of: path)
        let addition = try MeterAddition(wish, heard: heard(service), to: before)
        try ConfigurationFile.save(addition.octets, to: path, replacing: before)
        printLine("Added '\(addition.meter.name)' (\(addition.meter.id)) to \(path).")
        for finding in addition.findings { printLine(finding) }
        printLine(
            service == nil
                ? "oms2mqtt does not run: start it with `systemctl start oms2mqtt` or `oms2mqtt run`."
                : "oms2mqtt runs, and takes the meter up by itself; `oms2mqtt explain` tells how it"
                    + " fares.")
    }

    private func service(_ path: String) -> RunningService? {
        try? RunningService(of: ConfigurationFile.load(path).0, file: path)
    }

    private func heard(_ service: RunningService?) throws -> [RadioFrame] {
        guard let telegrams else { return (try? service?.telegrams(of: id)) ?? [] }
        return TelegramLines.frames(in: try ConfigurationFile.contents(of: telegrams))
    }

    /// As it is to be written: digits without the blanks that letters have between them.
    private func givenKey() throws -> Secret? {
        if keyStdin, isatty(STDIN_FILENO) == 1 {
            printError("The meter's key, 32 hex digits, then Enter:")
        }
        let given = keyStdin ? readLine(strippingNewline: true) ?? "" : key
        // wmbusmeters has the word for meters that send in clear.
        guard let given, given.uppercased() != "NOKEY" else { return nil }
        let digits = given.filter { !$0.isWhitespace && $0 != "-" && $0 != ":" }
        guard !digits.isEmpty else {
            printError("There is no key: give its 32 hex digits, or leave the option out.")
            throw Exit.failure
        }
        return Secret(digits.allSatisfy(\.isHexDigit) ? digits.uppercased() : given)
    }
}
