import ArgumentParser
import Decoder
import Gateway

/// A meter's key on the command line: its digits, or where they are.
enum KeyOption {
    static let help = ArgumentHelp(
        "The meter's key: 32 hex digits, file:/path or env:NAME.",
        discussion: "From a file or a variable it does not stand in the shell's history.",
        valueName: "key")

    static func key(_ text: String) throws -> MeterKey {
        do { return try KeySource.process.key(given: text) } catch {
            throw ValidationError("--key cannot be used: \(error).")
        }
    }
}
