/// Whether the gateway does what it is there for, and if not, why.
struct Readiness: Equatable, Sendable {
    var brokerAddress: String
    var isBrokerConnected: Bool
    /// Whether each receiver listens, by its name; none where telegrams come by MQTT alone.
    var receivers: [String: Bool]
    /// What is wrong with the settings, so that a part of them or a newer version is not used; nil:
    /// nothing.
    var settingsFault: String?

    /// A sentence each; empty: it is ready.
    var obstacles: [String] {
        var obstacles: [String] = []
        if !isBrokerConnected {
            obstacles.append("The broker at \(brokerAddress) is not connected.")
        }
        if !receivers.isEmpty, !receivers.values.contains(true) {
            let names = receivers.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
            obstacles.append("No receiver listens (\(names)).")
        }
        if let settingsFault { obstacles.append(settingsFault) }
        return obstacles
    }

    /// 200, or 503 with the obstacles.
    var answer: HTTPAnswer {
        let obstacles = obstacles
        return obstacles.isEmpty
            ? .text(200, "Ready.") : .text(503, obstacles.joined(separator: "\n"))
    }
}
