import Decoder

// Section `oms`: the meters.
extension ConfigurationReader {
    /// The meters without fault, in the order of the file.
    mutating func meters(_ node: YAMLNode?) -> [MeterSettings] {
        var result: [MeterSettings] = []
        // What was there before, and its line: by the topic's level and by the id.
        var names: [String: (name: String, line: Int)] = [:]
        var ids: [MeterSelector: Int] = [:]
        for (index, item) in (items(.oms, node) ?? []).enumerated() {
            let path = "\(Section.oms.rawValue)[\(index + 1)]"
            guard let group = KeyGroup<MeterSettingsKey>(item, path: path, faults: faults) else {
                continue
            }
            let name = meterName(group, &names)
            let id = meterID(group, name, &ids)
            let key = meterKey(group, name)
            if group.isSound, let name, let id {
                result.append(
                    MeterSettings(name: name, id: id.text, selector: id.selector, key: key))
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
        _ group: KeyGroup<MeterSettingsKey>, _ name: String?, _ ids: inout [MeterSelector: Int]
    ) -> (text: String, selector: MeterSelector)? {
        guard let id = group.required(.id, as: "07ELS3312345678") else { return nil }
        let selector: MeterSelector
        do {
            selector = try MeterSelector(id)
        } catch {
            group.add(at: .id, "\(Self.meter(name))\(Self.advice(error, on: id))")
            return nil
        }
        // 7ELS… and 07ELS… are one meter, however it is spelled.
        var meant = selector
        meant.labelCategory = nil
        if let line = ids[meant] {
            group.add(
                at: .id,
                "\(Self.meter(name))the meter in line \(line) has this id too: "
                    + "take one of the two out")
            return nil
        }
        ids[meant] = group.place(.id).line
        return (id, selector)
    }

    /// What is wrong with an id. It is not shown, as a key may have got into its place.
    private static func advice(_ error: MeterSelectorError, on id: String) -> String {
        switch error {
        case .wrongLength
        where id.utf8.count < 8 && id.utf8.allSatisfy({ (0x30...0x39).contains($0) }):
            "a meter's number has 8 digits, and this one \(id.utf8.count): "
                + "write the zeros in front too, or all as 07ELS3312345678"
        case .wrongLength:
            "this is no meter id: write the 8 digits on the meter, "
                + "or all as 07ELS3312345678 (type, three letters, version, 8 digits)"
        case .badNumber: "the id does not end in 8 digits: copy it again from the meter"
        case .badManufacturer:
            "three letters for the manufacturer are missing in the id: "
                + "write it as 07ELS3312345678, or the last 8 digits alone"
        case .badVersion:
            "two digits for the version are missing behind the letters of the id: "
                + "write it as 07ELS3312345678, or the last 8 digits alone"
        case .badType:
            "the id does not begin with a type: "
                + "write it as 07ELS3312345678, or the last 8 digits alone"
        }
    }

    private mutating func meterKey(
        _ group: KeyGroup<MeterSettingsKey>, _ name: String?
    ) -> MeterKey? {
        guard group.isWritten(.key) else { return nil }
        // wmbusmeters has the word for meters that send in clear.
        guard let value = group.value(.key), value.content != .scalar("", isPlain: false),
            value.content != .scalar("NOKEY", isPlain: true)
        else {
            group.add(
                .warning, at: .key,
                "\(Self.meter(name))no key is given, so only unencrypted telegrams can be read: "
                    + "write the key, or take this line out")
            return nil
        }
        guard let text = group.text(.key) else { return nil }
        if KeySource.isLiteral(text) { noteSecret(text) }
        if let file = keys.file(of: text) { keyFiles.insert(file) }
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
