import ArgumentParser
import Decoder
import Gateway

/// The `--meters` option: a folder with the user's own meters' files.
struct DefinitionsOption: ParsableArguments {
    @Option(
        name: .customLong("meters"),
        help: ArgumentHelp(
            "A folder with definitions of your own, beside those built in.", valueName: "folder"))
    var folder = MeterDefinitionFolder.usual

    /// The definitions without fault; the faults are told on standard error.
    func load() -> [MeterDefinition] {
        let (definitions, faults) = MeterDefinitionFolder(folder).load()
        for (path, fault) in faults { printError("\(path):\(fault)") }
        return definitions
    }

    func catalogue() -> MeterCatalogue { MeterCatalogue(users: load()) }
}
