import ArgumentParser
import Gateway
import Glibc

@main
struct OMS2MQTT: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oms2mqtt",
        abstract: "Reads wireless M-Bus / OMS meters with a radio stick and publishes over MQTT.",
        discussion: """
            Exit codes: 0 all is well; 1 something was not found, not decoded or not right (the \
            message says what); 2 the configuration has faults; 64 the command line has faults.
            """,
        version: Product.version,
        subcommands: [
            RunCommand.self, ListenCommand.self, AddMeterCommand.self, ExplainCommand.self,
            MigrateCommand.self, RecordCommand.self, ReceiversCommand.self, CheckCommand.self,
            DecodeCommand.self,
            KeyCheckCommand.self, MetersCommand.self, ReportCommand.self,
            SimulateCommand.self, DemoCommand.self,
        ])

    static func main() {
        if let word = CommandLine.arguments.dropFirst().first, let advice = advice(on: word) {
            exit(withError: ValidationError(advice))
        }
        main(nil)
        // What was printed may still be on its way, to a disk that is full.
        guard fflush(nil) == 0 else {
            printError(outputFailure(errno))
            exit(withError: Exit.failure)
        }
    }

    /// What to say where the first word is no command; nil where it is one, or an option.
    private static func advice(on word: String) -> String? {
        let known = configuration.subcommands.compactMap { $0.configuration.commandName }
        if word == "-c" || word.hasPrefix("--config") {
            return "A command comes first: `oms2mqtt run \(word)`."
        }
        guard !word.hasPrefix("-"), word != "help", !known.contains(word) else { return nil }
        let meant = NearestName.of(word, among: known).map { ": did you mean '\($0)'?" }
        return "There is no command '\(word)'\(meant ?? ".")"
    }
}
