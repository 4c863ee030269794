import ArgumentParser
import Decoder
import Gateway
import Glibc

/// A meter's key on the command line: its digits, or where they are.
enum KeyOption {
    static let help = ArgumentHelp(
        "The meter's key: 32 hex digits, file:/path or env:NAME.",
        discussion: "From a file or a variable it does not stand in the shell's history.",
        valueName: "key")

    static func key(_ text: String) throws -> MeterKey {
        do { return try KeySource.process.key(given: wholePath(text)) } catch {
            throw ValidationError("--key cannot be used: \(error).")
        }
    }

    /// A path from where the command is typed; the configuration's have to be whole.
    private static func wholePath(_ text: String) -> String {
        guard text.hasPrefix("file:"), !text.hasPrefix("file:/"), let here = getcwd(nil, 0) else {
            return text
        }
        defer { free(here) }
        return "file:\(String(cString: here))/\(text.dropFirst(5))"
    }
}
