import ArgumentParser
import Decoder
import Gateway
import Glibc
import Wire

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decodes telegrams given as hex.",
        discussion: """
            oms2mqtt decode --key 0102030405060708090A0B0C0D0E0F11 2E4493157856…
            oms2mqtt decode --jsonl <telegrams.jsonl

            Link-layer CRCs may be there or not. A payload that is in clear although its headers \
            announce encryption is decoded too, and the reading says so.

            With --jsonl each line of standard input is {"telegram":"hex","key":"hex" or null}, \
            and each line of standard output the reading or {"error":…}, in the same order.

            Exit codes: 0 all decoded; 1 a telegram could not be decoded (never with --jsonl).
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, text }

    @Argument(help: "Telegrams as hex; blanks inside are allowed where quoted.")
    var telegrams: [String] = []

    @Option(help: "The meter's key: 32 hex digits.")
    var key: String?

    @Option(help: "How readings are shown.")
    var format: Format = .json

    @OptionGroup var definitions: DefinitionsOption

    @Flag(help: "Read JSON lines from standard input.")
    var jsonl = false

    func validate() throws {
        if jsonl, !telegrams.isEmpty {
            throw ValidationError("Give telegrams as arguments or with --jsonl, not both.")
        }
        if !jsonl, telegrams.isEmpty {
            throw ValidationError("Give a telegram in hex, or --jsonl and lines on standard input.")
        }
        if let key, MeterKey(hex: key) == nil {
            throw ValidationError("The key must have 32 hex digits.")
        }
    }

    func run() throws {
        let decoder = OfflineDecoder(catalogue: definitions.catalogue())
        if jsonl { return JSONLinesFilter(decoder: decoder).run() }
        let key = key.flatMap { MeterKey(hex: $0) }
        var failed = false
        for telegram in telegrams {
            var json = JSONWriter()
            let decoded = decoder.appendJSON(of: Array(telegram.utf8).span, key: key, to: &json)
            failed = failed || !decoded
            switch format {
            case .json: print(json.text)
            case .text: ReadingText.lines(of: json.bytes.span).forEach { print($0) }
            }
        }
        if failed { throw ExitCode.failure }
    }
}
