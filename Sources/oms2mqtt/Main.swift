import ArgumentParser

@main
struct OMS2MQTT: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "oms2mqtt")
}
