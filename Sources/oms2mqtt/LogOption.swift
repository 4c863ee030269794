import ArgumentParser
import Gateway
import Logging

/// The options `--log-level` and `--log-format` of the commands that log.
struct LogOption: ParsableArguments {
    @Option(help: "The least important lines to show.")
    var logLevel: Logger.Level = .info

    @Option(help: "How log lines are written.")
    var logFormat: LogFormat = .text

    func logger() -> Logger {
        let level = logLevel
        let format = logFormat
        return Logger(label: "oms2mqtt") { _ in ServiceLog(level: level, format: format) }
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
extension LogFormat: ExpressibleByArgument {}
