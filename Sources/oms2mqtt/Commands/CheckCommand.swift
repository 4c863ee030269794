import ArgumentParser
import Gateway

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration and names every fault with its line.",
        discussion: """
            oms2mqtt check
            oms2mqtt check --config /etc/oms2mqtt/e2m.yaml

            Your meters' own definitions in /etc/oms2mqtt/meters.d are checked too.

            Exit codes: 0 no errors (there may be warnings); 2 errors, or no file.
            """)

    @OptionGroup var file: ConfigurationOption
    @OptionGroup var definitions: DefinitionsOption

    func run() throws {
        let path = try file.path()
        let (configuration, faults) = ConfigurationFile.load(path)
        let report = ConfigurationReport(file: path, configuration: configuration, faults: faults)
        report.lines.forEach { print($0) }
        let (_, definitionFaults) = MeterDefinitionFolder(definitions.folder).load()
        for (path, fault) in definitionFaults { print(Announcement(fault, in: path).text) }
        let isSound = report.isSound && !definitionFaults.contains { $0.fault.severity == .error }
        if !isSound { throw Exit.badConfiguration }
    }
}
