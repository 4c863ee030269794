import ArgumentParser
import Gateway
import Logging

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the gateway: receives, decodes, publishes.",
        discussion: """
            oms2mqtt run
            oms2mqtt run --config /etc/oms2mqtt/e2m.yaml --log-level debug

            SIGTERM and Ctrl-C publish `offline` and end it within two seconds. A changed \
            configuration is read by itself, and on SIGHUP, while reception goes on, and so are \
            definitions of meters; what has errors is not used, and the log says why.

            Exit codes: 0 ended by a signal; 2 the configuration cannot be used.
            """)

    @OptionGroup var file: ConfigurationOption
    @OptionGroup var definitions: DefinitionsOption
    @OptionGroup var logging: LogOption

    func run() throws {
        let log = logging.logger()
        let configuration = try file.load(log)
        let path = try file.path()
        let directory = configuration.storage.directory(besides: path)
        do {
            let gateway = try Gateway(
                configuration, directory: directory,
                definitions: MeterDefinitionFolder(definitions.folder), log: log)
            gateway.follow(path)
            gateway.run()
        } catch {
            log.critical("\(error)")
            throw Exit.badConfiguration
        }
    }
}
