import Glibc
import Receivers

/// Makes the configuration from a YAML tree, with every fault of it.
///
/// Each section is read in a file of its own or below; a fault stops its part alone.
struct ConfigurationReader {
    let faults = FaultList()
    let keys: KeySource
    /// Whether a key or password stands in the file itself.
    private(set) var holdsSecrets = false
    /// Files that the configuration names for keys.
    var keyFiles: Set<String> = []

    init(keys: KeySource) { self.keys = keys }

    /// The configuration; nil where `mqtt` or `receivers` cannot be used at all.
    mutating func configuration(from root: YAMLNode?) -> Configuration? {
        guard let root, !root.isEmpty else {
            faults.add(
                .warning, at: .wholeFile, path: "",
                "the file is empty: no meter will be published; list them under 'oms'")
            return Configuration()
        }
        guard case .mapping(let entries) = root.content else {
            faults.add(
                at: root.place, path: "",
                "\(root.kind) stands here: the file begins with a section, as 'mqtt:'")
            return nil
        }
        let sections = sections(in: entries)
        var result = Configuration()
        let mqtt = mqtt(sections[.mqtt])
        result.meters = meters(sections[.oms]?.value)
        result.keyFiles = keyFiles
        let receivers = receivers(sections[.receivers])
        let topics = (try? Topics(base: (mqtt ?? MQTTSettings()).baseTopic))
        result.inputs = inputs(sections[.inputs]?.value)
        result.forward = forward(sections[.forward], result, topics)
        result.fleet = fleet(sections[.fleet], result, mqtt ?? MQTTSettings())
        result.httpd = httpServer(sections[.httpd])
        result.storage = storage(sections[.storage])
        result.datahubs = datahubs(
            sections[.datahub]?.value, httpd: result.httpd, mqtt: mqtt ?? MQTTSettings())
        guard let mqtt, let receivers else { return nil }
        result.mqtt = mqtt
        result.receivers = receivers
        return result
    }

    /// The known sections; unknown ones are told, as another program may use them.
    private func sections(in entries: [YAMLNode.Entry]) -> [Section: YAMLNode.Entry] {
        var result: [Section: YAMLNode.Entry] = [:]
        for entry in entries where !Section.ignored.contains(entry.key) {
            let path = ShownText.name(entry.key)
            guard let section = Section(rawValue: entry.key) else {
                tellUnknown(entry, path)
                continue
            }
            if let first = result[section] {
                faults.add(
                    at: entry.keyPlace, path: path,
                    "this section is in line \(first.keyPlace.line) already: "
                        + "put the lines of both below one '\(section.rawValue):'")
            } else {
                result[section] = entry
            }
        }
        return result
    }

    private func tellUnknown(_ entry: YAMLNode.Entry, _ path: String) {
        let unknown = "this section is not known and not used"
        let known = Section.allCases.map(\.rawValue) + Section.ignored
        if let section = OtherName.section(ofKey: entry.key) {
            faults.add(
                .warning, at: entry.keyPlace, path: path,
                "this key belongs to '\(section)' and is not used here: put it below"
                    + " '\(section):', indented by two blanks")
        } else if let meant = NearestName.of(entry.key, among: known)
            ?? OtherName.ours(entry.key, among: known)
        {
            faults.add(
                .warning, at: entry.keyPlace, path: path, "\(unknown): did you mean '\(meant)'?")
        } else {
            faults.add(.note, at: entry.keyPlace, path: path, unknown)
        }
    }

    /// The keys of a section; all absent where it is not there, nil where it is no group of keys.
    func group<Key>(
        _ section: Section, _ entry: YAMLNode.Entry?, _: Key.Type = Key.self
    ) -> KeyGroup<Key>? {
        guard let entry, !entry.value.isEmpty else {
            return KeyGroup(absentAt: section.rawValue, faults: faults)
        }
        return KeyGroup(entry.value, path: section.rawValue, faults: faults)
    }

    /// Items of a list section; nil and an error where it is no list.
    func items(_ section: Section, _ node: YAMLNode?) -> [YAMLNode]? {
        guard let node, !node.isEmpty else { return [] }
        guard case .sequence(let items) = node.content else {
            faults.add(
                at: node.place, path: section.rawValue,
                "\(node.kind) stands here: write a list, each item beginning with '- '")
            return nil
        }
        return items
    }

    mutating func noteSecret(_ text: String?) {
        if text?.isEmpty == false { holdsSecrets = true }
    }

    // MARK: Plain sections

    private mutating func mqtt(_ entry: YAMLNode.Entry?) -> MQTTSettings? {
        guard let group = group(.mqtt, entry, MQTTKey.self) else { return nil }
        var settings = MQTTSettings()
        if let host = host(group, .host) { settings.broker.host = host }
        settings.broker.tls = tls(group)
        if settings.broker.tls != nil { settings.broker.port = 8883 }
        if let port = group.port(.port) { settings.broker.port = port }
        if let user = group.text(.user), !user.isEmpty { settings.broker.user = user }
        if let password = group.text(.password), !password.isEmpty {
            noteSecret(password)
            settings.broker.password = password
            if settings.broker.user == nil {
                group.add(
                    .warning, at: .password,
                    "a password without a user is not sent: add 'user:', or take this line out")
            }
        }
        if let name = clientName(group, .clientName) { settings.broker.clientID = name }
        if let enabled = group.bool(.homeAssistant) { settings.homeAssistant = enabled }
        let forms = DiscoveryForm.allCases.map { (word: "\($0.rawValue)", value: $0) }
        if let form = group.choice(.discovery, forms) { settings.discovery = form }
        if let topic = topic(group, .baseTopic) { settings.baseTopic = topic }
        let units = PublishedUnits.allCases.map { (word: $0.rawValue, value: $0) }
        if let unit = group.choice(.units, units) { settings.units = unit }
        if let allowed = group.bool(.allowsRestart) { settings.allowsRestart = allowed }
        let versions = ProtocolVersion.allCases.map { (word: $0.rawValue, value: $0) }
        if let version = group.choice(.version, versions) { settings.broker.version = version }
        if let seconds = group.number(.keepAlive, in: 10...3600) {
            settings.broker.keepAlive = UInt16(seconds)
        }
        settings.delivery = delivery(group, settings)
        return group.isSound ? settings : nil
    }

    /// Nil: not encrypted. What TLS needs switches it on, unless `tls` says no.
    private func tls(_ group: KeyGroup<MQTTKey>) -> TLSSettings? {
        let settings = TLSSettings(
            authorities: path(group, .tlsAuthorities), certificate: path(group, .tlsCertificate),
            key: path(group, .tlsKey))
        if (settings.certificate == nil) != (settings.key == nil) {
            group.add(
                at: settings.key == nil ? .tlsCertificate : .tlsKey,
                "'tls_cert' and 'tls_key' belong together: write both or none of them")
        }
        return group.bool(.tls) ?? (settings != TLSSettings()) ? settings : nil
    }

    private func httpServer(_ entry: YAMLNode.Entry?) -> HTTPServerSettings {
        var settings = HTTPServerSettings()
        guard let group = group(.httpd, entry, HTTPServerKey.self) else {
            settings.enabled = false
            return settings
        }
        if let enabled = group.bool(.enabled) { settings.enabled = enabled }
        if let port = group.port(.port) { settings.port = port }
        if let address = group.text(.bind), !address.isEmpty {
            if Self.isNumericAddress(address) {
                settings.bind = address
            } else {
                group.add(
                    at: .bind,
                    "this is no address: write 127.0.0.1 for this computer alone, "
                        + "0.0.0.0 or '::' for all networks")
            }
        }
        if let whole = group.bool(.wholeIDs) { settings.showsWholeIDs = whole }
        // Listening elsewhere than was meant would open a door.
        if !group.isSound { settings.enabled = false }
        return settings
    }

    private func storage(_ entry: YAMLNode.Entry?) -> StorageSettings {
        var settings = StorageSettings()
        guard let group = group(.storage, entry, StorageKey.self) else { return settings }
        if let path = path(group, .discoveredDevicesPath) { settings.discoveredDevicesPath = path }
        if let path = path(group, .path) { settings.path = path }
        if let size = group.number(.queueMegabytes, in: 1...4096) { settings.queueMegabytes = size }
        if let days = group.number(.queueDays, in: 1...3650) { settings.queueDays = days }
        return settings
    }

    // MARK: Values that several sections have

    func host<Key>(_ group: KeyGroup<Key>, _ key: Key) -> String? {
        guard let text = group.text(key), !text.isEmpty else { return nil }
        if text.contains("://") {
            group.add(at: key, "write the broker's name or address alone, without 'mqtt://'")
            return nil
        }
        if text.contains(":"), !Self.isNumericAddress(text) {
            group.add(at: key, "write the name alone, and the port behind 'port:'")
            return nil
        }
        let isClean = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        guard isClean, text.utf8.count <= 253 else {
            group.add(at: key, "this is no name or address of a computer: check it for blanks")
            return nil
        }
        return text
    }

    /// The path of a file.
    func path<Key>(_ group: KeyGroup<Key>, _ key: Key) -> String? {
        guard let text = group.text(key), !text.isEmpty else { return nil }
        guard ShownText.withoutControls(text) == text else {
            group.add(at: key, "a path cannot hold a character that is here: retype it")
            return nil
        }
        return text
    }

    func clientName<Key>(_ group: KeyGroup<Key>, _ key: Key) -> String? {
        guard let text = group.text(key), !text.isEmpty else { return nil }
        guard ShownText.withoutControls(text) == text, text.utf8.count <= 256 else {
            group.add(at: key, "write a short name of letters and digits")
            return nil
        }
        return text
    }

    /// A topic without wildcards that does not begin or end with '/'.
    func topic<Key>(_ group: KeyGroup<Key>, _ key: Key) -> String? {
        guard let text = group.text(key), !text.isEmpty else { return nil }
        guard (try? Topics(base: text)) != nil else {
            group.add(
                at: key,
                "this is no topic: write words with '/' between them, without '+' and '#', "
                    + "and no '/' or '$' in front or '/' at the end")
            return nil
        }
        return text
    }

    static func isNumericAddress(_ text: String) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        var four = in_addr()
        var six = in6_addr()
        return inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    }
}
