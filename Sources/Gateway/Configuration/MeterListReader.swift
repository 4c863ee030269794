import Decoder

// Section `oms`: the meters.
extension ConfigurationReader {
    /// The meters without fault, in the order of the file.
    mutating func meters(_ node: YAMLNode?) -> [MeterSettings] {
        var result: [MeterSettings] = []
        // What was there before, and its line: by the topic's level and by the id.
        var names: [String: (name: String, line: Int)] = [:]
        var ids: [String: Int] = [:]
        for (index, item) in (items(.oms, node) ?? []).enumerated() {
            let path = "\(Section.oms.rawValue)[\(index + 1)]"
            guard let group = KeyGroup<MeterSettingsKey>(item, path: path, faults: faults) else {
                continue
            }
            let name = meterName(group, &names)
            let id = meterID(group, name, &ids)
            let key = meterKey(group, name)
            if group.isSound, let name, let id {
                result.append(MeterSettings(name: name, id: id, key: key))
            }
        }
        return result
    }

    private func meterName(
        _ group: KeyGroup<MeterSettingsKey>,
        _ names: inout [String: (name: String, line: Int)]
    ) -> String? {
        guard let name = group.required(.name, as: "Water kitchen") else { return nil }
        guard name.utf8.count <= 256 else {
            group.add(at: .name, "the name is too long: 256 characters at most")
            return nil
        }
        let topicName = Topics.segment(name)
        let line = group.place(.name).line
        if let first = names[topicName] {
            group.add(
                at: .name,
                name == first.name
                    ? "the meter in line \(first.line) has this name too: rename one of the two"
                    : "in topics this name and that in line \(first.line) are both written "
                        + "'\(ShownText.title(topicName))': rename one of the two")
            return nil
        }
        names[topicName] = (name, line)
        return name
    }

    private func meterID(
        _ group: KeyGroup<MeterSettingsKey>, _ name: String?, _ ids: inout [String: Int]
    ) -> String? {
        guard let id = group.required(.id, as: "07ELS3312345678") else { return nil }
        guard MeterIdentifier.isPlausible(id) else {
            group.add(
                at: .id,
                "\(Self.meter(name))this is no meter id: write the 8 digits on the meter, "
                    + "or all as 07ELS3312345678 (type, three letters, version, 8 digits)")
            return nil
        }
        let plain = MeterIdentifier.plain(id)
        if let line = ids[plain] {
            group.add(
                at: .id,
                "\(Self.meter(name))the meter in line \(line) has this id too: "
                    + "take one of the two out")
            return nil
        }
        ids[plain] = group.place(.id).line
        return id
    }

    private mutating func meterKey(
        _ group: KeyGroup<MeterSettingsKey>, _ name: String?
    ) -> MeterKey? {
        guard group.isWritten(.key) else { return nil }
        guard let value = group.value(.key), value.content != .scalar("", isPlain: false) else {
            group.add(
                .warning, at: .key,
                "\(Self.meter(name))no key is given, so only unencrypted telegrams can be read: "
                    + "write the key, or take this line out")
            return nil
        }
        guard let text = group.text(.key) else { return nil }
        if KeySource.isLiteral(text) { noteSecret(text) }
        do {
            let found = try keys.key(text)
            if let path = found.fileOpenToAll {
                group.add(
                    .warning, at: .key,
                    "\(Self.meter(name))everyone on this computer can read the key in \(path): "
                        + "run 'chmod o= \(path)'")
            }
            return found.key
        } catch {
            group.add(at: .key, "\(Self.meter(name))\(error)")
            return nil
        }
    }

    private static func meter(_ name: String?) -> String {
        name.map { "meter '\(ShownText.title($0))': " } ?? ""
    }
}

/// How a meter may be written down: its eight digits, with the manufacturer's letters in front of
/// them, or with type and version too; in any case, with blanks and dashes.
private enum MeterIdentifier {
    static func isPlausible(_ id: String) -> Bool {
        let text = Array(plain(id).utf8)
        guard text.count >= 8, text.suffix(8).allSatisfy(isHexDigit) else { return false }
        switch text.count {
        case 8: return true
        case 11: return text.prefix(3).allSatisfy(isLetter)
        case 14, 15:
            let type = text.count - 13
            return text.prefix(type).allSatisfy(isHexDigit)
                && text[type..<(type + 3)].allSatisfy(isLetter)
                && text[(type + 3)..<(type + 5)].allSatisfy(isHexDigit)
        default: return false
        }
    }

    /// Capitals without blanks, dashes and the leading zero of the type.
    static func plain(_ id: String) -> String {
        let text = id.uppercased().filter { $0 != " " && $0 != "-" }
        return text.utf8.count == 15 && text.hasPrefix("0") ? String(text.dropFirst()) : text
    }

    private static func isHexDigit(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x46).contains(octet)
    }

    private static func isLetter(_ octet: UInt8) -> Bool { (0x41...0x5A).contains(octet) }
}
