import Receivers
import Wire

// Section `receivers`: the sticks.
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
            let kind = group.choice(.stick, Self.sticks) ?? nil
            let port = receiverPort(group, &ports)
            let modes = linkModes(group)
            checkTogether(group, kind, modes)
            let name = receiverName(group, &names)
            guard group.isSound else { continue }
            if name == nil { withoutName.append((result.count, kind?.rawValue ?? "receiver")) }
            result.append(ReceiverSettings(name: name ?? "", kind: kind, port: port, modes: modes))
        }
        // Names that were not written must not meet one that is, wherever it stands.
        for (place, stem) in withoutName {
            result[place].name = Self.unusedName(stem, &names)
        }
        return result.isEmpty && !items.isEmpty ? nil : result
    }

    /// More than any computer has ports for.
    private static let maximumReceivers = 64

    private static let sticks: [(word: String, value: StickKind?)] =
        StickCatalogue.rows.map { ($0.kind.rawValue, $0.kind) } + [("auto", nil)]

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
        guard port.hasPrefix("/"), ShownText.withoutControls(port) == port else {
            group.add(
                at: .port,
                "write the whole path of the port, as /dev/ttyUSB0, or auto to look for it")
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
