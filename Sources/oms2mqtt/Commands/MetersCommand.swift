import ArgumentParser
import Decoder
import Gateway

struct MetersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meters",
        abstract: "Shows the meters that have names for their values, and words for their bits.",
        discussion: """
            oms2mqtt meters
            oms2mqtt meters show kamstrup/multical21

            A meter that is not listed is read all the same if it follows the standard; \
            docs/adding-a-meter.md says how to give its values good names.
            """,
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One line a meter: id, maker and model, and how it is detected.")

        @OptionGroup var definitions: DefinitionsOption

        func run() {
            for definition in definitions.catalogue().all {
                printLine("\(definition.id)  \(definition.maker) \(definition.model)")
                for detection in definition.detections { printLine("    \(detection)") }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The values and words of one meter.")

        @Argument(help: "The meter's id, as `oms2mqtt meters` lists it.")
        var id: String

        @OptionGroup var definitions: DefinitionsOption

        func run() throws {
            let all = definitions.catalogue().all
            guard let definition = all.first(where: { $0.id == id }) else {
                printError("No definition has the id '\(id)': `oms2mqtt meters` lists them.")
                throw Exit.failure
            }
            MeterDefinitionText.lines(of: definition).forEach { printLine($0) }
        }
    }
}
