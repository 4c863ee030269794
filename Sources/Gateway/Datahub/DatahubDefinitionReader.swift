/// Reads a definition file of energy2mqtt for LoRaWAN devices, and names every fault with its line.
struct DatahubDefinitionReader {
    private let faults = FaultList()

    /// - Parameter id: `vendor/model`.
    /// - Returns: nil where there is an error.
    static func read(
        _ octets: [UInt8], id: String
    ) -> (DatahubDefinition?, [ConfigurationFault]) {
        let document: YAMLDocument
        do { document = try YAMLDocument(parsing: octets) } catch {
            return (nil, [ConfigurationFault(.error, at: error.place, "\(error)")])
        }
        let reader = DatahubDefinitionReader()
        let definition = reader.definition(document.root, id: id)
        return (reader.faults.errorCount == 0 ? definition : nil, reader.faults.sorted)
    }

    private enum Key: String, CaseIterable {
        case manufacturer, model, aliases, timings, options
        case fields = "data_fields"
        /// For people; of no use here.
        case supportURL = "support_url"
    }

    private func definition(_ root: YAMLNode?, id: String) -> DatahubDefinition? {
        guard let root else {
            faults.add(
                at: .wholeFile, path: "",
                "the file is empty: write manufacturer, model and aliases")
            return nil
        }
        guard let group = KeyGroup<Key>(root, path: "device", faults: faults) else { return nil }
        let manufacturer = group.required(.manufacturer, as: "ZENNER")
        let model = group.required(.model, as: "Gas module")
        let aliases = group.items(.aliases).compactMap(alias)
        if aliases.isEmpty, group.isSound {
            group.add(
                at: .aliases,
                "nothing says which devices are meant: write '- !DevEUI \"^04B648FD\"' below it")
        }
        let fields = group.items(.fields).compactMap(DatahubFieldReader(faults: faults).field)
        findRepeatedNames(fields)
        guard let manufacturer, let model else { return nil }
        var definition = DatahubDefinition(
            id: id, manufacturer: manufacturer, model: model, aliases: aliases,
            fields: fields.map(\.field))
        readTimings(group.value(.timings), into: &definition)
        readOptions(group.value(.options), into: &definition)
        return definition
    }

    private func findRepeatedNames(_ fields: [(field: DatahubField, place: YAMLNode.Place)]) {
        var lines: [String: Int] = [:]
        for (field, place) in fields {
            if let line = lines[field.name] {
                faults.add(
                    at: place, path: "data_fields",
                    "the field in line \(line) has the same name: rename one of them")
            }
            lines[field.name] = place.line
        }
    }
}

// What a device is recognised by
extension DatahubDefinitionReader {
    private func alias(_ item: (node: YAMLNode, path: String)) -> DatahubDefinition.Alias? {
        let texts = texts(item.node)
        let place = item.node.place
        switch (item.node.tag, texts.count) {
        case ("!DevEUI", 1): return pattern(texts[0], place, item.path).map { .device($0) }
        case ("!ProductId", 1): return .product(texts[0])
        case ("!DataField", 2): return .value(key: texts[0], text: texts[1])
        case ("!DevAndData", 3):
            return pattern(texts[0], place, item.path).map {
                .deviceAndValue($0, key: texts[1], text: texts[2])
            }
        default:
            faults.add(
                at: place, path: item.path,
                "this names no device: write !DevEUI pattern, !ProductId text,"
                    + " !DataField [key, text] or !DevAndData [pattern, key, text]")
            return nil
        }
    }

    private func pattern(
        _ text: String, _ place: YAMLNode.Place, _ path: String
    ) -> RegularExpression? {
        do { return try RegularExpression(text) } catch {
            faults.add(at: place, path: path, "\(error)")
            return nil
        }
    }

    /// One text, or those of a list; none where anything else is written.
    private func texts(_ node: YAMLNode) -> [String] {
        switch node.content {
        case .scalar(let text, _): return [text]
        case .sequence(let items):
            let texts = items.compactMap { item -> String? in
                guard case .scalar(let text, _) = item.content else { return nil }
                return text
            }
            return texts.count == items.count ? texts : []
        case .mapping: return []
        }
    }
}

// Timings and options
extension DatahubDefinitionReader {
    private enum TimingKey: String, CaseIterable {
        case mostEventAge = "max_eventtime"
        case mostDeviceAge = "max_devtime"
    }

    private enum OptionKey: String, CaseIterable {
        /// Accepted: a position is published whenever a message has one.
        case hasGPS = "has_gps"
        case ignoresGenerated = "ignore_generated_values"
        case takesCommands = "has_command_topic"
    }

    private func readTimings(_ node: YAMLNode?, into definition: inout DatahubDefinition) {
        guard let node, let group = KeyGroup<TimingKey>(node, path: "timings", faults: faults)
        else { return }
        if let age = seconds(group, .mostEventAge) { definition.mostEventAge = age }
        if let age = seconds(group, .mostDeviceAge) { definition.mostDeviceAge = age }
    }

    private func seconds(_ group: KeyGroup<TimingKey>, _ key: TimingKey) -> Int64? {
        guard let text = group.text(key) else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        let units: [Substring: Int64] = ["": 1, "s": 1, "min": 60, "h": 3600, "d": 86_400]
        guard let number = Int64(digits), let factor = units[unit], number > 0,
            number <= 366 * 86_400 / factor
        else {
            group.add(
                at: key, "this is no time: write seconds, or a number with min, h or d behind it")
            return nil
        }
        return number * factor
    }

    private func readOptions(_ node: YAMLNode?, into definition: inout DatahubDefinition) {
        guard let node, let group = KeyGroup<OptionKey>(node, path: "options", faults: faults)
        else { return }
        _ = group.bool(.hasGPS)
        definition.ignoresGenerated = group.bool(.ignoresGenerated) ?? false
        definition.takesCommands = group.bool(.takesCommands) ?? false
    }
}
