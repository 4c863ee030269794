import Decoder
import Wire

extension MeterDefinition {
    /// Where the definition's telegrams do not give what its file says: warnings, since the
    /// definition itself may be right.
    public func faultsOfTelegrams() -> [ConfigurationFault] {
        let decoder = OfflineDecoder(catalogue: MeterCatalogue(users: [self]))
        return telegrams.flatMap { sample in
            faults(of: sample, decoder).map {
                ConfigurationFault(
                    .warning, at: YAMLNode.Place(line: sample.line, column: 1),
                    path: "telegrams", $0)
            }
        }
    }

    private func faults(of sample: SampleTelegram, _ decoder: OfflineDecoder) -> [String] {
        var json = JSONWriter()
        let key = sample.key.flatMap { MeterKey(hex: $0) }
        decoder.appendJSON(of: Array(sample.hex.utf8).span, key: key, to: &json)
        guard let reading = try? JSONValue(parsing: json.span) else {
            return ["the reading of this telegram cannot be written"]
        }
        if let message = reading["message"]?.string, reading["error"] != nil {
            return ["this telegram gives no reading. \(message)"]
        }
        guard reading["meter_definition"]?.string == id else {
            let found = reading["meter_definition"]?.string.map { "\($0), which fits it better" }
            return [
                "this telegram is read by \(found ?? "no definition"): compare 'detect' with its"
                    + " maker, version and type, as oms2mqtt decode --format text shows them"
            ]
        }
        return sample.reading.compactMap { name, wanted in
            guard let found = reading[name] else {
                return "this telegram has no value '\(name)': oms2mqtt decode shows those it has"
            }
            guard !found.means(wanted) else { return nil }
            return "'\(name)' of this telegram is \(found.shown), and not \(wanted)"
        }
    }
}

extension JSONValue {
    /// Whether a file's text says the same: numbers as numbers, whatever zeros end them.
    fileprivate func means(_ text: String) -> Bool {
        switch self {
        case .number(let digits): Double(digits) != nil && Double(digits) == Double(text)
        default: shown == text
        }
    }

    fileprivate var shown: String {
        switch self {
        case .number(let text), .string(let text): text
        case .null: "null"
        case .bool(let value): "\(value)"
        case .array, .object: "no single value"
        }
    }
}
