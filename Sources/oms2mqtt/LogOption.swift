import ArgumentParser
import Gateway
import Logging

/// The `--log-level` option that several commands have.
struct LogOption: ParsableArguments {
    @Option(help: "The least important lines to show.")
    var logLevel: Logger.Level = .info

    func logger() -> Logger {
        let level = logLevel
        return Logger(label: "oms2mqtt") { _ in ServiceLog(level: level) }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
