import Decoder
import Wire

/// Reads a meter's file, `maker/model.yaml`, and names every fault with its line.
struct MeterDefinitionReader {
    let faults = FaultList()

    /// - Parameter id: `maker/model`, for the reading.
    /// - Returns: nil where there is an error.
    static func read(
        _ octets: [UInt8], id: String
    ) -> (MeterDefinition?, [ConfigurationFault]) {
        let document: YAMLDocument
        do { document = try YAMLDocument(parsing: octets) } catch {
            return (nil, [ConfigurationFault(.error, at: error.place, "\(error)")])
        }
        let reader = MeterDefinitionReader()
        let definition = reader.definition(document.root, id: id)
        return (reader.faults.errorCount == 0 ? definition : nil, reader.faults.sorted)
    }

    private func definition(_ root: YAMLNode?, id: String) -> MeterDefinition? {
        guard let root else {
            faults.add(at: .wholeFile, path: "", "the file is empty: write maker, model and detect")
            return nil
        }
        guard let group = KeyGroup<DefinitionKey>(root, path: "meter", faults: faults) else {
            return nil
        }
        let maker = group.required(.maker, as: "Acme")
        let model = group.required(.model, as: "Flow 3")
        let media = Medium.allCases.map { ($0.rawValue, $0) }
        let medium = group.choice(.medium, media)
        let detections = group.items(.detect).compactMap(detection)
        if detections.isEmpty, group.isSound {
            group.add(
                at: .detect,
                "nothing says which meter this is: write "
                    + "'- { manufacturer: ACM, version: 0x01, type: 0x07 }' below it")
        }
        let fields = group.items(.fields).compactMap(field)
        for (place, fault) in FieldNames.faults(of: fields) + FieldNames.faultsOfSums(in: fields) {
            faults.add(at: place, path: "fields", fault)
        }
        guard let maker, let model else { return nil }
        return MeterDefinition(
            id: id, maker: maker, model: model, medium: medium, detections: detections,
            fields: fields.map(\.0),
            status: words(group.value(.status), at: group.path(.status)),
            errors: group.items(.errors).compactMap(errorField),
            series: group.items(.series).compactMap(series),
            telegrams: group.items(.telegrams).compactMap(sample))
    }
}

// The parts
extension MeterDefinitionReader {
    private func detection(_ item: (node: YAMLNode, path: String)) -> MeterDetection? {
        guard let group = KeyGroup<DetectionKey>(item.node, path: item.path, faults: faults),
            let meter = pattern(group, .manufacturer, .version, .type)
        else { return nil }
        let ci = octet(group, .ci)
        var sender: MeterPattern?
        if group.isWritten(.senderManufacturer) {
            sender = pattern(group, .senderManufacturer, .senderVersion, .senderType)
        } else if group.isWritten(.senderVersion) || group.isWritten(.senderType) {
            group.add(
                at: .senderManufacturer,
                "the sender's manufacturer is missing: write 'sender_manufacturer: ACM'")
        }
        let payload = group.text(.payload)
        if let payload, !PayloadFamilies.all.contains(where: { $0.name == payload }) {
            let names = Set(PayloadFamilies.all.map(\.name)).sorted()
            group.add(
                at: .payload,
                "no payload has this name: known are \(names.joined(separator: ", "))")
        }
        guard group.isSound else { return nil }
        return MeterDetection(
            meter: meter, ciField: ci.map(CIField.init(rawValue:)), payloadFamily: payload,
            sender: sender)
    }

    private func pattern(
        _ group: KeyGroup<DetectionKey>, _ manufacturer: DetectionKey, _ version: DetectionKey,
        _ type: DetectionKey
    ) -> MeterPattern? {
        guard let letters = group.required(manufacturer, as: "ACM") else { return nil }
        guard let code = ManufacturerCode(letters: letters) else {
            group.add(at: manufacturer, "this is no manufacturer: write its three letters")
            return nil
        }
        return MeterPattern(
            manufacturer: code, version: octet(group, version),
            deviceType: octet(group, type).map(DeviceType.init(rawValue:)))
    }

    private func field(
        _ item: (node: YAMLNode, path: String)
    ) -> (MeterField, YAMLNode.Place)? {
        guard let group = KeyGroup<FieldKey>(item.node, path: item.path, faults: faults),
            let name = group.required(.name, as: "volume_at_due_date")
        else { return nil }
        guard Self.isName(name) else {
            group.add(at: .name, "a name has small letters, digits and '_', no other characters")
            return nil
        }
        guard let record = record(group), group.isSound else { return nil }
        if record.keepsItsName, name != record.quantity.rawValue {
            group.add(
                at: .name,
                "the present value is always published as '\(record.quantity.rawValue)': write that"
                    + " name, or say which other record is meant (storage, tariff, …)")
        }
        let types = MeterField.ValueType.allCases.map { ($0.rawValue, $0) }
        let type = group.choice(.type, types)
        let kind = group.choice(.kind, MeterField.Kind.allCases.map { ($0.rawValue, $0) })
        let scale = group.text(.scale).flatMap { text -> Int? in
            guard let scale = Int(text), (-18...18).contains(scale) else {
                group.add(at: .scale, "the power of ten is a number from -18 to 18")
                return nil
            }
            return scale
        }
        guard group.isSound else { return nil }
        return (
            MeterField(
                name: name, record: record, type: type, unit: group.text(.unit),
                exponent: scale ?? 0,
                sumOf: group.text(.sumOf)?.split(separator: " ").map(String.init) ?? [], kind: kind,
                about: group.text(.about)),
            group.place(.name)
        )
    }

    private func record(_ group: KeyGroup<FieldKey>) -> RecordSelector? {
        let codes = group.text(.codes).flatMap { text -> [UInt8]? in
            guard let octets = try? Hex.octets(text), !octets.isEmpty else {
                group.add(at: .codes, "this is no hex text: write the octets, as 02FF20")
                return nil
            }
            return octets
        }
        guard let text = group.text(.quantity) else {
            guard let codes else {
                group.add(
                    at: .quantity,
                    "which record is meant? Write 'quantity: volume', or 'codes: 02FF20' for one of"
                        + " the manufacturer's")
                return nil
            }
            return RecordSelector(quantity: .manufacturerSpecific, codes: codes)
        }
        guard let quantity = Quantity(rawValue: text) else {
            let near = NearestName.of(text, among: Quantity.allCases.map(\.rawValue))
            group.add(
                at: .quantity,
                "no quantity has this name" + (near.map { ": did you mean '\($0)'?" } ?? ""))
            return nil
        }
        let functions: [(String, FunctionField)] = [
            ("min", .minimum), ("max", .maximum), ("at_error", .errorState),
        ]
        return RecordSelector(
            quantity: quantity, function: group.choice(.function, functions) ?? .instantaneous,
            storage: storage(group, .storage) ?? 0...0,
            tariff: number(group, .tariff, UInt32.self) ?? 0,
            subunit: number(group, .subunit, UInt16.self) ?? 0,
            qualifiers: qualifiers(group), codes: codes ?? [])
    }

    private func qualifiers(_ group: KeyGroup<FieldKey>) -> Qualifiers {
        var result: Qualifiers = []
        for word in group.text(.qualifiers)?.split(separator: " ") ?? [] {
            guard let qualifier = Qualifiers(word: String(word)) else {
                group.add(
                    at: .qualifiers,
                    "'\(ShownText.name(String(word)))' is no qualifier: write words as they stand"
                        + " in a record's name, such as backward or l1, with blanks between")
                continue
            }
            result.formUnion(qualifier)
        }
        return result
    }

    private func errorField(
        _ item: (node: YAMLNode, path: String)
    ) -> MeterDefinition.ErrorField? {
        guard let group = KeyGroup<ErrorFieldKey>(item.node, path: item.path, faults: faults),
            let field = group.required(.field, as: "error_flags")
        else { return nil }
        return MeterDefinition.ErrorField(
            field: field, bits: words(group.value(.bits), at: group.path(.bits)),
            values: words(group.value(.values), at: group.path(.values)),
            sums: words(group.value(.sums), at: group.path(.sums)),
            mask: number(group, .mask, UInt64.self) ?? .max)
    }

    /// `{ 0x01: words, 0x20: words }`.
    private func words(_ node: YAMLNode?, at path: String) -> [MeterDefinition.BitWords] {
        guard let node, !node.isEmpty else { return [] }
        guard case .mapping(let entries) = node.content else {
            faults.add(at: node.place, path: path, "write '0x01: what it means' below it")
            return []
        }
        return entries.compactMap { entry in
            guard let mask = Self.number(entry.key) else {
                faults.add(
                    at: entry.keyPlace, path: path, "this is no number: write it as 0x20 or as 32")
                return nil
            }
            guard case .scalar(let words, _) = entry.value.content, !words.isEmpty else {
                faults.add(at: entry.value.place, path: path, "the words for it are missing")
                return nil
            }
            return MeterDefinition.BitWords(mask: mask, words: words)
        }
    }

    private func series(_ item: (node: YAMLNode, path: String)) -> DatedSeries? {
        guard let group = KeyGroup<SeriesKey>(item.node, path: item.path, faults: faults),
            group.required(.storage, as: "2..16") != nil, let storage = storage(group, .storage),
            let text = group.required(.base, as: "period_end")
        else { return nil }
        let base: DatedSeries.Base
        switch text {
        case "clock": base = .clock
        case "period_end": base = .periodEnd
        default:
            guard let number = Self.number(text) else {
                group.add(
                    at: .base, "write clock, period_end, or the storage number of a date record")
                return nil
            }
            base = .storage(number)
        }
        let steps = DatedSeries.Step.allCases.map { ($0.rawValue, $0) }
        let orders = [("newest_first", true), ("oldest_first", false)]
        return DatedSeries(
            storage: storage, base: base, step: group.choice(.step, steps) ?? .month,
            newestFirst: group.choice(.order, orders) ?? true)
    }

    private func sample(
        _ item: (node: YAMLNode, path: String)
    ) -> MeterDefinition.SampleTelegram? {
        guard let group = KeyGroup<SampleKey>(item.node, path: item.path, faults: faults),
            let hex = group.required(.hex, as: "\"2E44…\"")
        else { return nil }
        var reading: [(name: String, value: String)] = []
        if let node = group.value(.reading) {
            guard case .mapping(let entries) = node.content else {
                group.add(at: .reading, "write 'name: value' below it")
                return nil
            }
            for entry in entries {
                guard case .scalar(let value, _) = entry.value.content else { continue }
                reading.append((entry.key, value))
            }
        }
        return MeterDefinition.SampleTelegram(
            hex: hex, key: group.text(.key), reading: reading, line: group.place(.hex).line)
    }
}
