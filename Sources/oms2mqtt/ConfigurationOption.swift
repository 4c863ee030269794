import ArgumentParser
import Gateway
import Glibc
import Logging

/// The `--config` option that several commands have, and reading what it names.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: [.customLong("config"), .customShort("c")],
        help: ArgumentHelp(
            "The configuration file. Without it the first that exists of "
                + ConfigurationFile.usualPlaces.joined(separator: ", ") + ".",
            valueName: "file"))
    var file: String?

    /// The file to read.
    func path() throws -> String {
        guard let path = found else {
            printError(
                "There is no configuration file: write one (docs/configuration.md shows how) to one"
                    + " of \(ConfigurationFile.usualPlaces.joined(separator: ", ")), or name it"
                    + " with --config.")
            throw Exit.badConfiguration
        }
        return path
    }

    /// The file to read, if there is one.
    var found: String? { ConfigurationFile.find(option: file) { access($0, F_OK) == 0 } }

    /// The configuration; its faults are logged, and only those that leave nothing to work with end
    /// the program.
    func load(_ log: Logger) throws -> Configuration {
        let path = try path()
        let (configuration, faults) = ConfigurationFile.load(path)
        for fault in faults { log.say(Announcement(fault, in: path)) }
        guard let configuration else {
            log.error("\(path) cannot be used as it is. Correct it, and start again.")
            throw Exit.badConfiguration
        }
        return configuration
    }
}

/// Exit codes beside those of the argument parser; the help of `oms2mqtt` lists them.
enum Exit {
    static let failure = ExitCode(1)
    static let badConfiguration = ExitCode(2)
}

/// - Returns: false when it cannot be written.
func writeLine(_ line: String) -> Bool {
    let utf8 = Array((line + "\n").utf8)
    return write(STDOUT_FILENO, utf8, utf8.count) == utf8.count
}

/// Ends the program if it cannot be written: nobody shall think that this was all.
func printLine(_ line: String) {
    guard !writeLine(line) else { return }
    printError(outputFailure(errno))
    exit(Exit.failure.rawValue)
}

func outputFailure(_ error: Int32) -> String {
    "The output cannot be written (\(String(cString: strerror(error)))): write it elsewhere."
}

func printError(_ line: String) {
    let utf8 = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, utf8, utf8.count)
}
