// Section `zenner_datahub`: readings from ZENNER Datahubs, by MQTT and by HTTP.
extension ConfigurationReader {
    /// The Datahubs without fault, in the order of the file.
    mutating func datahubs(
        _ node: YAMLNode?, httpd: HTTPServerSettings, mqtt: MQTTSettings
    ) -> [DatahubSettings] {
        var result: [DatahubSettings] = []
        var names: [String: Int] = [:]
        var paths: [String: Int] = [:]
        var clients: Set = [Self.client(mqtt.broker)]
        for (index, item) in (items(.datahub, node) ?? []).enumerated() {
            let path = "\(Section.datahub.rawValue)[\(index + 1)]"
            guard let group = KeyGroup<DatahubKey>(item, path: path, faults: faults) else {
                continue
            }
            let name = datahubName(group, &names)
            var settings = DatahubSettings(name: name ?? "")
            if let enabled = group.bool(.enabled) { settings.enabled = enabled }
            if let capture = group.bool(.capture) { settings.capture = capture }
            settings.broker = broker(group, settings.name)
            settings.baseTopic = topic(group, .baseTopic)
            settings.http = endpoint(group, &paths, httpd)
            if settings.enabled, let broker = settings.broker {
                checkClientName(group, broker, &clients)
            }
            if settings.broker == nil, settings.http == nil, group.isSound {
                group.add(
                    at: .brokerHost,
                    "nothing says where readings come from: write 'broker_host:' or 'http:'")
            }
            if group.isSound { result.append(settings) }
        }
        return result
    }

    private func datahubName(
        _ group: KeyGroup<DatahubKey>, _ names: inout [String: Int]
    ) -> String? {
        guard let name = group.required(.name, as: "my-datahub") else { return nil }
        guard name.utf8.count <= 256 else {
            group.add(at: .name, "the name is too long: 256 characters at most")
            return nil
        }
        let topicName = Topics.segment(name)
        if let line = names[topicName] {
            group.add(
                at: .name,
                "in topics the Datahub in line \(line) has this name too: rename one of the two")
            return nil
        }
        names[topicName] = group.place(.name).line
        return name
    }

    private mutating func broker(
        _ group: KeyGroup<DatahubKey>, _ name: String
    ) -> BrokerSettings? {
        // Every value is read, so that its faults are seen even without a host.
        let port = group.port(.brokerPort)
        let user = group.text(.brokerUser)
        let password = group.text(.brokerPassword)
        let client = clientName(group, .clientName)
        let authorities = path(group, .brokerTLSAuthorities)
        let tls = group.bool(.brokerTLS) ?? (authorities != nil)
        noteSecret(password)
        return host(group, .brokerHost).map { host in
            BrokerSettings(
                host: host, port: port ?? (tls ? 8883 : 1883), user: user ?? "energy2mqtt",
                password: password ?? "energy2mqtt",
                clientID: client ?? "oms2mqtt-\(Topics.segment(name))",
                tls: tls ? TLSSettings(authorities: authorities) : nil)
        }
    }

    /// A broker ends a connection when another begins under the same name.
    private func checkClientName(
        _ group: KeyGroup<DatahubKey>, _ broker: BrokerSettings, _ clients: inout Set<[String]>
    ) {
        guard !clients.insert(Self.client(broker)).inserted else { return }
        group.add(
            at: .clientName,
            "another connection to the same broker has this name, and each would end the other: "
                + "write another name")
    }

    /// What a broker tells connections apart by.
    private static func client(_ broker: BrokerSettings) -> [String] {
        [broker.host, "\(broker.port)", broker.clientID]
    }

    private mutating func endpoint(
        _ parent: KeyGroup<DatahubKey>, _ paths: inout [String: Int], _ httpd: HTTPServerSettings
    ) -> DatahubEndpoint? {
        guard
            let node = parent.value(.http),
            let group = KeyGroup<DatahubEndpointKey>(
                node, path: parent.path(.http), faults: faults)
        else { return nil }
        if !httpd.enabled {
            parent.add(
                .warning, at: .http,
                "the web server is switched off, so nothing is received here: "
                    + "write 'enabled: true' under 'httpd'")
        }
        let login = login(group)
        guard let path = group.required(.path, as: "/datahub/…") else { return nil }
        let isPath = path.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        guard isPath, path.hasPrefix("/"), path.utf8.count > 1, path.utf8.count <= 256 else {
            group.add(
                at: .path, "this is no path: write '/' and then letters, digits, '-' and '_'")
            return nil
        }
        if let line = paths[path] {
            group.add(at: .path, "line \(line) has this path too: each needs one of its own")
            return nil
        }
        paths[path] = group.place(.path).line
        if login == .secretPath {
            noteSecret(path)
            if path.utf8.count < 17 {
                group.add(
                    .warning, at: .path,
                    "without 'user' or 'token' the path is the only lock: "
                        + "make it 16 or more characters that nobody guesses")
            }
        }
        return group.isSound ? login.map { DatahubEndpoint(path: Secret(path), login: $0) } : nil
    }

    private mutating func login(
        _ group: KeyGroup<DatahubEndpointKey>
    ) -> DatahubEndpoint.Login? {
        let user = group.text(.user)
        let password = group.text(.password)
        let token = group.text(.token)
        noteSecret(password)
        noteSecret(token)
        switch (user, password, token) {
        case (nil, nil, nil): return .secretPath
        case (nil, nil, let token?) where !token.isEmpty: return .bearer(token: Secret(token))
        case (let user?, let password?, nil)
        where !user.isEmpty && !user.contains(":") && !password.isEmpty:
            return .basic(user: user, password: Secret(password))
        default:
            faults.add(
                at: group.place, path: group.path,
                "the login is not clear: write 'user' (without a colon) and 'pass', "
                    + "or 'token' alone, or none of them")
            return nil
        }
    }
}
