import ArgumentParser
import Decoder
import Gateway
import Wire

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decodes telegrams that you have as text.",
        discussion: """
            oms2mqtt decode --key 0102030405060708090A0B0C0D0E0F11 2E4493157856…
            oms2mqtt decode --key file:/home/me/gas.key --explain 2E4493157856…
            oms2mqtt decode --key file:/home/me/gas.key telegrams.txt
            oms2mqtt decode --jsonl <telegrams.jsonl

            Link-layer CRCs may be there or not. A payload that is in clear although its headers \
            announce encryption is decoded too, and the reading says so.

            With --explain the telegram is drawn octet by octet, as far as it could be read, with the \
            reason where that is not to its end. --format explain-json says the same for programs.

            With --jsonl each line of standard input is {"telegram":"hex","key":"hex" or null}, \
            each with a key of its own, and each line of standard output the reading or \
            {"error":…}, in the same order.

            Exit codes: 0 all decoded; 1 a telegram could not be decoded (never with --jsonl).
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, text, explain
        case explainJSON = "explain-json"
    }

    @OptionGroup var given: TelegramArguments

    @Option(help: KeyOption.help)
    var key: String?

    @Option(help: "How readings are shown.")
    var format: Format = .json

    @Flag(help: "Draw each telegram octet by octet, as --format explain does.")
    var explain = false

    @Flag(help: "No colours in the drawing; they are left out too where it is not on a terminal.")
    var noColor = false

    @OptionGroup var definitions: DefinitionsOption

    @Flag(help: "Read JSON lines from standard input.")
    var jsonl = false

    @Option(
        help: ArgumentHelp(
            "With --jsonl: how many threads decode; 0 for one a core.",
            discussion: """
                The order stays. Parts of a message, and compact frames after their full frame, \
                are brought together only where one thread has both: use 1 for these.
                """))
    var jobs = 1

    func validate() throws {
        guard (0...256).contains(jobs) else {
            throw ValidationError("--jobs takes 0 (one a core) to 256.")
        }
        if jsonl, !given.telegrams.isEmpty {
            throw ValidationError("Give telegrams as arguments or with --jsonl, not both.")
        }
        if jsonl, key != nil {
            throw ValidationError("With --jsonl each line has its own key; leave --key out.")
        }
        if !jsonl { try given.requireSome() }
        if jsonl, explain || format != .json {
            throw ValidationError("--jsonl gives JSON lines; leave --explain and --format out.")
        }
        if explain, format == .text {
            throw ValidationError("Give --explain or --format text, not both.")
        }
        if let key { _ = try KeyOption.key(key) }
    }

    func run() throws {
        let users = definitions.load()
        if jsonl {
            let filter = JSONLinesFilter(jobs: jobs) {
                OfflineDecoder(catalogue: MeterCatalogue(users: users))
            }
            return filter.run()
        }
        let decoder = OfflineDecoder(catalogue: MeterCatalogue(users: users))
        let key = try key.map { try KeyOption.key($0) }
        var failed = false
        for (place, telegram) in try given.read().enumerated() {
            // Between blocks of lines a blank one tells where the next telegram begins.
            if place > 0, shownFormat == .text || shownFormat == .explain { print() }
            let decoded =
                switch telegram {
                case .success(let frame): show(frame, decoder, key)
                case .failure(let error): show(error)
                }
            failed = failed || !decoded
        }
        if failed { throw ExitCode.failure }
    }

    private var shownFormat: Format { explain && format == .json ? .explain : format }

    private func show(_ frame: RadioFrame, _ decoder: OfflineDecoder, _ key: MeterKey?) -> Bool {
        switch shownFormat {
        case .json, .text:
            var json = JSONWriter()
            let decoded = decoder.appendJSON(of: frame, key: key, to: &json)
            show(json)
            return decoded
        case .explain, .explainJSON:
            let (explanation, reading) = decoder.explanation(of: frame, key: key)
            show(explanation)
            if shownFormat == .explain, let definition = reading?.definition,
                let detection = reading?.detection
            {
                print("\nNames are those of \(definition.id), detected by \(detection)")
            }
            return reading != nil
        }
    }

    /// - Returns: false, as nothing was decoded.
    private func show(_ error: OfflineError) -> Bool {
        switch shownFormat {
        case .json, .text:
            var json = JSONWriter()
            OfflineDecoder.append(error, to: &json)
            show(json)
        case .explain, .explainJSON:
            var explanation = Explanation()
            explanation.finish(stopped: error.description)
            show(explanation)
        }
        return false
    }

    private func show(_ json: borrowing JSONWriter) {
        if shownFormat == .text {
            ReadingText.lines(of: json.span).forEach { print($0) }
        } else {
            print(json.text)
        }
    }

    private func show(_ explanation: Explanation) {
        if shownFormat == .explainJSON {
            var json = JSONWriter()
            ExplanationJSON.append(explanation, to: &json)
            print(json.text)
        } else {
            print(ExplanationText.draw(explanation, colour: Terminal.mayColour && !noColor))
        }
    }
}
