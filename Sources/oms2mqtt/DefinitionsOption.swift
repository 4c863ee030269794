import ArgumentParser
import Decoder
import Gateway
import Glibc

/// The `--meters` option: a folder with the user's own meters' files.
struct DefinitionsOption: ParsableArguments {
    @Option(
        name: .customLong("meters"),
        help: ArgumentHelp(
            "A folder with definitions of your own, beside those built in.", valueName: "folder"))
    var folder = MeterDefinitionFolder.usual

    /// A folder that was named and is not there is told, but stops nothing: it may come later.
    func validate() {
        guard folder != MeterDefinitionFolder.usual else { return }
        guard let directory = opendir(folder) else {
            return printError(
                "--meters \(folder): \(String(cString: strerror(errno))). No definitions of meters"
                    + " are taken from there: name the folder that they are in.")
        }
        closedir(directory)
    }

    /// The definitions without fault; the faults are told on standard error.
    func load() -> [MeterDefinition] {
        let (definitions, faults) = MeterDefinitionFolder(folder).load()
        for (path, fault) in faults { printError("\(path):\(fault)") }
        return definitions
    }

    func catalogue() -> MeterCatalogue { MeterCatalogue(users: load()) }
}
