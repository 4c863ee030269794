import ArgumentParser
import Gateway

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells why a meter is published or not, from the service that runs.",
        discussion: """
            oms2mqtt explain "Water kitchen"
            oms2mqtt explain 12345678

            When it was heard, by which receiver and how well; what became of its telegrams (read, \
            wrong key, damaged, held, sent before, …) and how often; and what to do.

            Exit codes: 0 it is published; 1 it is not, or no service runs.
            """)

    @OptionGroup var file: ConfigurationOption

    @Argument(help: "The meter's name or id.")
    var meter: String

    @Flag(help: "For programs: one JSON object.")
    var json = false

    func run() throws {
        let path = file.found
        let configuration = path.flatMap { ConfigurationFile.load($0).0 }
        let answer: (isPublished: Bool, lines: [String], json: String)
        do {
            answer = try RunningService(of: configuration, file: path).explain(meter)
        } catch {
            printError("\(error)")
            throw Exit.failure
        }
        if json { printLine(answer.json) } else { answer.lines.forEach { printLine($0) } }
        guard answer.isPublished else { throw Exit.failure }
    }
}
