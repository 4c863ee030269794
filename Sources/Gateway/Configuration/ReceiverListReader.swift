import Receivers
import Wire

// Section `receivers`: the sticks, and what else telegrams come from.
extension ConfigurationReader {
    /// The receivers without fault; nil where none of those written can be used.
    func receivers(_ entry: YAMLNode.Entry?) -> [ReceiverSettings]? {
        guard let entry else { return Configuration().receivers }
        guard !entry.value.isEmpty else {
            faults.add(
                .warning, at: entry.keyPlace, path: Section.receivers.rawValue,
                "nothing is listed, so one stick is looked for: "
                    + "write 'receivers: []' where there is none")
            return Configuration().receivers
        }
        guard let items = items(.receivers, entry.value) else { return nil }
        guard items.count <= Self.maximumReceivers else {
            faults.add(
                at: entry.keyPlace, path: Section.receivers.rawValue,
                "more than \(Self.maximumReceivers) are listed: take out what is not plugged in")
            return nil
        }
        var result: [ReceiverSettings] = []
        var names: [String: Int] = [:]
        var ports: [String: Int] = [:]
        var withoutName: [(place: Int, name: String)] = []
        for (index, item) in items.enumerated() {
            let path = "\(Section.receivers.rawValue)[\(index + 1)]"
            guard let group = KeyGroup<ReceiverKey>(item, path: path, faults: faults) else {
                continue
            }
            let name = receiverName(group, &names)
            let settings: ReceiverSettings?
            let word: String
            if let input = group.text(.stick)?.lowercased(), InputSource.words.contains(input) {
                word = input
                settings = inputReceiver(group, input, &ports)
            } else {
                let kind = group.choice(.stick, Self.sticks) ?? nil
                word = kind?.rawValue ?? "receiver"
                settings = stickReceiver(group, kind, &ports)
            }
            guard var settings, group.isSound else { continue }
            if let name { settings.name = name } else { withoutName.append((result.count, word)) }
            result.append(settings)
        }
        // Names that were not written must not meet one that is, wherever it stands.
        for (place, stem) in withoutName {
            // Two sticks of a kind are told apart by their numbers where those are written.
            let isAlone = withoutName.count { $0.name == stem } == 1
            let number = isAlone ? nil : result[place].serial
            result[place].name = Self.unusedName(number.map { "\(stem)-\($0)" } ?? stem, &names)
        }
        return result.isEmpty && !items.isEmpty ? nil : result
    }

    /// More than any computer has ports for.
    private static let maximumReceivers = 64

    /// The words for inputs are among them, so that they are listed where a word is wrong.
    private static let sticks: [(word: String, value: StickKind?)] =
        StickCatalogue.rows.map { ($0.kind.rawValue, $0.kind) }
        + InputSource.words.map { ($0, nil) } + [("auto", nil)]

    private func stickReceiver(
        _ group: KeyGroup<ReceiverKey>, _ kind: StickKind?, _ ports: inout [String: Int]
    ) -> ReceiverSettings? {
        let port = receiverPort(group, &ports)
        let serial = serialNumber(group, isPortNamed: port != nil)
        let modes = linkModes(group)
        checkTogether(group, kind, modes)
        if kind == nil, let port, port.hasPrefix("tcp://") {
            group.add(
                at: .stick, "a stick behind a network is not looked for: write its kind, as cul")
        }
        tellUnused(group, [.command, .address, .file, .format, .speed, .repeats])
        return ReceiverSettings(name: "", kind: kind, port: port, serial: serial, modes: modes)
    }

    private func serialNumber(_ group: KeyGroup<ReceiverKey>, isPortNamed: Bool) -> String? {
        guard let serial = group.text(.serial), !serial.isEmpty else { return nil }
        guard ShownText.withoutControls(serial) == serial, serial.utf8.count <= 64 else {
            group.add(
                at: .serial,
                "write the number that `oms2mqtt receivers` shows, as IM871A01 or 1-1.3")
            return nil
        }
        guard !isPortNamed else {
            group.add(at: .serial, "the port is named already: take one of the two lines out")
            return nil
        }
        return serial
    }

    /// What something else than a stick is set up with.
    private func inputReceiver(
        _ group: KeyGroup<ReceiverKey>, _ word: String, _ taken: inout [String: Int]
    ) -> ReceiverSettings? {
        var used: Set<ReceiverKey> = [.name, .stick, .format]
        var source: InputSource?
        switch word {
        case "rtl_wmbus", "rtl_433":
            used.insert(.command)
            let isWMBus = word == "rtl_wmbus"
            let standard = isWMBus ? InputSource.defaultRTLWMBus : InputSource.defaultRTL433
            let written = group.text(.command) ?? ""
            let command = written.isEmpty ? standard : written
            source = isWMBus ? .rtlWMBus(command: command) : .rtl433(command: command)
        case "tcp", "tcp_listen", "udp":
            used.insert(.address)
            guard let address = networkAddress(group) else { return nil }
            source =
                switch word {
                case "tcp": .tcp(address)
                case "udp": .udp(address)
                default: .tcpListen(address)
                }
        case "stdin": source = .standardInput
        case "file":
            used.insert(.file)
            guard let path = group.required(.file, as: "/path/to/file") else { return nil }
            source = .file(path: path)
        default:
            used.formUnion([.file, .speed, .repeats])
            guard let path = group.required(.file, as: "recorded.txt") else { return nil }
            source = .replay(
                path: path, speed: replaySpeed(group), repeats: group.bool(.repeats) ?? false)
        }
        tellUnused(group, ReceiverKey.allCases.filter { !used.contains($0) })
        let format = group.choice(.format, InputFormat.allCases.map { ($0.rawValue, $0) })
        guard let source else { return nil }
        if word != "tcp", word != "rtl_wmbus", word != "rtl_433", word != "file", word != "replay" {
            checkNotTaken(group, "\(word) \(source.place)", &taken)
        }
        return ReceiverSettings(name: "", input: source, format: format ?? .auto)
    }

    private func networkAddress(_ group: KeyGroup<ReceiverKey>) -> NetworkAddress? {
        guard let text = group.required(.address, as: "192.0.2.5:2323") else { return nil }
        guard let address = NetworkAddress(text) else {
            group.add(at: .address, "write a host and a port, as 192.0.2.5:2323")
            return nil
        }
        return address
    }

    private func replaySpeed(_ group: KeyGroup<ReceiverKey>) -> Double {
        guard let text = group.text(.speed) else { return 1 }
        guard let speed = Double(text), (0...1_000_000).contains(speed) else {
            group.add(
                at: .speed, "this is no speed: write 1, 2 for twice as fast, or 0 for no pauses")
            return 1
        }
        return speed
    }

    private func checkNotTaken(
        _ group: KeyGroup<ReceiverKey>, _ place: String, _ taken: inout [String: Int]
    ) {
        if let line = taken[place] {
            group.add(
                at: .stick, "the receiver in line \(line) reads it too: take one of the two out")
        }
        taken[place] = group.place(.stick).line
    }

    private func tellUnused(_ group: KeyGroup<ReceiverKey>, _ keys: [ReceiverKey]) {
        for key in keys where group.value(key) != nil {
            group.add(
                .warning, at: key, "this key has no meaning for this `stick`: take the line out")
        }
    }

    private func receiverName(
        _ group: KeyGroup<ReceiverKey>, _ names: inout [String: Int]
    ) -> String? {
        guard let name = group.text(.name), !name.isEmpty else { return nil }
        guard ShownText.withoutControls(name) == name, name.utf8.count <= 64 else {
            group.add(at: .name, "write a short name on one line")
            return nil
        }
        if let line = names[name] {
            group.add(
                at: .name, "the receiver in line \(line) has this name too: rename one of the two")
            return nil
        }
        names[name] = group.place(.name).line
        return name
    }

    private static func unusedName(_ stem: String, _ names: inout [String: Int]) -> String {
        var name = stem
        var number = 2
        while names[name] != nil {
            name = "\(stem)-\(number)"
            number += 1
        }
        names[name] = 0
        return name
    }

    private func receiverPort(
        _ group: KeyGroup<ReceiverKey>, _ ports: inout [String: Int]
    ) -> String? {
        guard let port = group.text(.port), !port.isEmpty, port.lowercased() != "auto" else {
            return nil
        }
        guard
            port.hasPrefix("/")
                || port.hasPrefix("tcp://") && NetworkAddress(String(port.dropFirst(6))) != nil,
            ShownText.withoutControls(port) == port
        else {
            group.add(
                at: .port,
                "write the whole path of the port, as /dev/ttyUSB0, tcp://host:port for one behind a "
                    + "network, or auto to look for it")
            return nil
        }
        if let line = ports[port] {
            group.add(
                at: .port,
                "the receiver in line \(line) has this port too: take one of the two out")
            return nil
        }
        ports[port] = group.place(.port).line
        return port
    }

    /// Whether the stick, or any known one, hears these modes at once.
    private func checkTogether(
        _ group: KeyGroup<ReceiverKey>, _ kind: StickKind?, _ modes: Set<LinkMode>?
    ) {
        guard group.isSound,
            case .impossibleModes(_, _, let possible) = StickCatalogue.fault(
                kind: kind, modes: modes)
        else { return }
        let choices = possible.map { modes in
            "[\(modes.sorted().map(\.rawValue).joined(separator: ", "))]"
        }
        let who = kind.map { "the \($0) cannot hear" } ?? "no known stick hears"
        group.add(
            at: .modes,
            "\(who) these modes at once: write \(KeyGroup<ReceiverKey>.list(choices))")
    }

    /// A list of words, or one word.
    private func linkModes(_ group: KeyGroup<ReceiverKey>) -> Set<LinkMode>? {
        guard let value = group.value(.modes) else { return nil }
        let items: [YAMLNode]
        switch value.content {
        case .sequence(let list): items = list
        case .scalar: items = [value]
        case .mapping:
            group.add(at: .modes, "\(value.kind) stands here: write a list, as [t1, c1]")
            return nil
        }
        guard !items.isEmpty else {
            group.add(at: .modes, "no mode is listed: write [t1, c1], or take this line out")
            return nil
        }
        var modes: Set<LinkMode> = []
        for item in items {
            guard
                case .scalar(let text, _) = item.content,
                let mode = LinkMode(rawValue: text.lowercased())
            else {
                faults.add(
                    at: item.place, path: group.path(.modes),
                    "this is no link mode: write t1, c1 or s1, as [t1, c1]")
                continue
            }
            modes.insert(mode)
        }
        return modes
    }
}
