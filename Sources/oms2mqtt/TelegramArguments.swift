import ArgumentParser
import Decoder
import Gateway
import Glibc
import Receivers
import Wire

/// The telegrams that a command is given: as people have them, in files or on standard input.
struct TelegramArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Telegrams as hex, or as another program shows them; or files with them.",
            discussion: """
                A line of rtl_wmbus, rtl_433, a CUL, a recording or wmbusmeters' log, a JSON object \
                and base64 are taken too; put it between single quotes. Without arguments standard \
                input is read, a telegram a line.
                """,
            valueName: "telegram"))
    var telegrams: [String] = []

    /// - Throws: `ValidationError` where there is none and nothing would come.
    func requireSome() throws {
        if telegrams.isEmpty, isatty(STDIN_FILENO) == 1 {
            throw ValidationError("Give a telegram as hex, or a file with telegrams.")
        }
    }

    /// All of them in their order; an error stands for what is no telegram.
    ///
    /// What was taken out of a longer text, and what of a file is no telegram, is told on standard
    /// error.
    ///
    /// - Throws: `Exit.failure`, the reason told, where a file cannot be read or holds no telegram.
    func read() throws -> [Result<RadioFrame, OfflineError>] {
        let found =
            telegrams.isEmpty
            ? try Self.written(nil) : try telegrams.flatMap(Self.telegrams(in:))
        for case (let place, .success(let frame)) in found.enumerated() {
            guard let link = try? LinkLayerFrame(parsing: frame), link.trailing > 0 else {
                continue
            }
            printError(
                "Telegram \(place + 1): \(counted(link.trailing, "octet")) behind its end, not read."
                    + " If that is another telegram, give it by itself.")
        }
        return found
    }

    private static func telegrams(in text: String) throws -> [Result<RadioFrame, OfflineError>] {
        let lines = TelegramLines.frames(in: Array(text.utf8))
        // Of one telegram that was broken into lines most lines are none.
        if lines.count > 1, lines.allSatisfy({ $0.octets.count > Int($0.octets.first ?? .max) }) {
            return lines.map { .success($0) }
        }
        let found: Result<RadioFrame, OfflineError>
        do { found = .success(try telegram(text)) } catch { found = .failure(error) }
        if case .failure = found, isFile(text) { return try written(text) }
        return [found]
    }

    private static func telegram(_ text: String) throws(OfflineError) -> RadioFrame {
        let frame = try OfflineDecoder.frame(ofText: Array(text.utf8))
        if (try? OfflineDecoder.frame(ofHex: Array(text.utf8).span)) == nil {
            printError("Taken as the telegram: \(Hex.text(frame.octets))")
        }
        return frame
    }

    private static func isFile(_ text: String) -> Bool { access(text, F_OK) == 0 }

    /// - Parameter path: nil: standard input.
    private static func written(_ path: String?) throws -> [Result<RadioFrame, OfflineError>] {
        let name = path ?? "standard input"
        let written: WrittenTelegrams
        do {
            written =
                try path.map(WrittenTelegrams.init(readingFile:))
                ?? WrittenTelegrams(reading: STDIN_FILENO, of: name)
        } catch {
            printError("\(error)")
            throw Exit.failure
        }
        if written.isCut {
            printError(
                "\(name): only the first \(WrittenTelegrams.mostOctets >> 20) MiB were read.")
        }
        if written.skippedOctets > 0 {
            printError("\(name): \(counted(written.skippedOctets, "octet")) in no telegram.")
        }
        guard !written.frames.isEmpty else {
            printError("There is no telegram \(path == nil ? "on" : "in") \(name).")
            throw Exit.failure
        }
        return written.frames.map { .success($0) }
    }
}
