import ArgumentParser
import Gateway

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Makes a configuration from that of wmbusmeters.",
        discussion: """
            oms2mqtt migrate /etc
            oms2mqtt migrate --output /etc/oms2mqtt/e2m.yaml /etc

            Reads wmbusmeters.conf and wmbusmeters.d: meters with ids and keys, sticks, and the \
            broker where mosquitto_pub is called. What is not taken over is named, line by line, \
            with the reason. Keys are never shown. An existing file is not overwritten.

            Exit codes: 0 written; 1 nothing to be read, or the file is there already.
            """)

    @Argument(help: "The directory that has wmbusmeters.conf and wmbusmeters.d.")
    var directory: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var output = "e2m.yaml"

    func run() throws {
        do {
            let migration = try Migration(from: directory)
            guard try ConfigurationFile.contents(of: output).isEmpty else {
                printError("\(output) is there already: name another file with --output.")
                throw Exit.failure
            }
            try ConfigurationFile.save(migration.octets, to: output, replacing: [])
            migration.report.forEach { printLine($0) }
            printLine(
                "\(output) has \(counted(migration.meters, "meter")) and"
                    + " \(counted(migration.receivers, "receiver")). Check"
                    + " it with `oms2mqtt check --config \(output)`; stop wmbusmeters before"
                    + " `oms2mqtt run`, as both want the stick.")
        } catch let error as ExitCode { throw error } catch {
            printError("\(error)")
            throw Exit.failure
        }
    }
}
