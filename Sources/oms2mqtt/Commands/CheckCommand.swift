import ArgumentParser
import Gateway

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration and names every fault with its line.",
        discussion: """
            oms2mqtt check
            oms2mqtt check --config /etc/oms2mqtt/e2m.yaml

            Exit codes: 0 no errors (there may be warnings); 2 errors, or no file.
            """)

    @OptionGroup var file: ConfigurationOption

    func run() throws {
        let path = try file.path()
        let (configuration, faults) = ConfigurationFile.load(path)
        let report = ConfigurationReport(file: path, configuration: configuration, faults: faults)
        report.lines.forEach { print($0) }
        if !report.isSound { throw Exit.badConfiguration }
    }
}
