// Sections `inputs`, `forward` and `fleet`: telegrams that come and go over MQTT.
extension ConfigurationReader {
    /// More than anybody has.
    private static let mostInputs = 100

    /// The topic filters without fault.
    func inputs(_ node: YAMLNode?) -> [String] {
        let items = items(.inputs, node) ?? []
        if items.count > Self.mostInputs, let node {
            faults.add(
                at: node.place, path: Section.inputs.rawValue,
                "more than \(Self.mostInputs) are listed: write '+' where names differ")
        }
        var lines: [String: Int] = [:]
        var result: [String] = []
        for (index, item) in items.prefix(Self.mostInputs).enumerated() {
            let path = "\(Section.inputs.rawValue)[\(index + 1)]"
            guard let group = KeyGroup<TelegramTopicKey>(item, path: path, faults: faults),
                let text = group.required(.topic, as: "wmbus/+/telegram")
            else { continue }
            guard TopicFilter(text).isSound else {
                group.add(
                    at: .topic,
                    "this is no topic: '+' stands for one whole level between '/', and '#' for all "
                        + "that follow, at the end")
                continue
            }
            if let line = lines[text] {
                group.add(at: .topic, "line \(line) has this topic too: take one of the two out")
                continue
            }
            lines[text] = group.place(.topic).line
            result.append(text)
        }
        return result
    }

    /// - Parameter topics: nil where the base topic is wrong.
    func forward(
        _ entry: YAMLNode.Entry?, _ configuration: Configuration, _ topics: Topics?
    ) -> ForwardSettings? {
        guard let entry, !entry.value.isEmpty,
            let group = group(.forward, entry, ForwardKey.self),
            group.required(.topic, as: "energy2mqtt/telegrams") != nil,
            let topic = topic(group, .topic)
        else { return nil }
        var settings = ForwardSettings(topic: topic)
        let forms = ForwardSettings.Form.allCases.map { (word: $0.rawValue, value: $0) }
        if let form = group.choice(.form, forms) { settings.form = form }
        if let isForeign = foreignMeters(group, .meters) { settings.foreignMeters = isForeign }
        if let filter = configuration.inputs.first(where: { TopicFilter($0).matches(topic) }) {
            group.add(
                at: .topic,
                "'\(ShownText.title(filter))' under 'inputs' hears this topic, so telegrams would "
                    + "come back: write another topic here or there")
        }
        if topic == topics?.input {
            group.add(
                at: .topic,
                "the program itself listens to this topic, so telegrams would come back: write "
                    + "another, or let this program have its own 'base_topic' under 'mqtt'")
        }
        if let topics, topic == topics.raw || topics.isReading(topic) || topic == topics.status {
            group.add(
                at: .topic, "the program publishes something else on this topic: write another")
        }
        warnOfNothing(group, .meters, settings.foreignMeters, configuration)
        return group.isSound ? settings : nil
    }

    func fleet(
        _ entry: YAMLNode.Entry?, _ configuration: Configuration, _ mqtt: MQTTSettings
    ) -> FleetSettings? {
        guard let entry, !entry.value.isEmpty, let group = group(.fleet, entry, FleetKey.self),
            group.required(.role, as: "gateway") != nil
        else { return nil }
        let roles = FleetSettings.Role.allCases.map { (word: $0.rawValue, value: $0) }
        let topic = topic(group, .topic) ?? mqtt.baseTopic + "/fleet"
        let isForeign = foreignMeters(group, .meters) ?? false
        guard let role = group.choice(.role, roles) else { return nil }
        if mqtt.broker.clientID == MQTTSettings().broker.clientID {
            group.add(
                at: .role,
                "each program of a fleet needs a name of its own: write 'client_name:' under 'mqtt'"
            )
        }
        if let filter = configuration.inputs.first(where: {
            TopicFilter($0).matches(topic + "/00/a")
        }) {
            group.add(
                at: .topic,
                "'\(ShownText.title(filter))' under 'inputs' hears the fleet's telegrams, so they "
                    + "would be taken twice: take it out there")
        }
        warnOfNothing(group, .meters, isForeign || role == .decoder, configuration)
        return group.isSound
            ? FleetSettings(role: role, topic: topic, foreignMeters: isForeign) : nil
    }

    private func foreignMeters<Key>(_ group: KeyGroup<Key>, _ key: Key) -> Bool? {
        group.choice(key, [(word: "own", value: false), (word: "all", value: true)])
    }

    private func warnOfNothing<Key>(
        _ group: KeyGroup<Key>, _ key: Key, _ isForeign: Bool, _ configuration: Configuration
    ) {
        guard !isForeign, configuration.meters.isEmpty else { return }
        group.add(
            .warning, at: key,
            "no meter is listed under 'oms', so nothing is handed on: list yours (no keys are "
                + "needed for that), or write 'meters: all'")
    }
}
