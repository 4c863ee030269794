import Decoder

/// A definition for the eyes: what it is for, and the values and words that it has.
public enum MeterDefinitionText {
    public static func lines(of definition: MeterDefinition) -> [String] {
        var lines = ["\(definition.maker) \(definition.model)"]
        lines += definition.medium.map { ["  measures \($0.rawValue)"] } ?? []
        lines += definition.detections.map { "  detected by \($0)" }
        let published = PublishedFields(of: [definition])
        let rows = definition.fields.map { field in
            (
                field.record.storage.count > 1 ? "\(field.name)_1 …" : field.name,
                published.units(of: field, in: definition).joined(separator: ", "),
                [field.kind.map { "(\($0.rawValue))" }, field.about]
                    .compactMap { $0 }.joined(separator: " ")
            )
        }
        let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
        lines += rows.map { name, unit, about in
            "  \(padded(name, widths.0))  \(padded(unit, widths.1))  \(about)"
        }
        lines += definition.status.map { "  \(text($0, of: "status"))" }
        for error in definition.errors {
            lines += error.bits.map { "  \(text($0, of: error.field))" }
            lines += error.values.map { "  \(error.field) is \($0.mask): \($0.words)" }
            lines += error.sums.map { "  \(error.field) contains \($0.mask): \($0.words)" }
        }
        return lines
    }

    private static func text(_ bit: MeterDefinition.BitWords, of field: String) -> String {
        "\(field) 0x\(String(bit.mask, radix: 16, uppercase: true)): \(bit.words)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
    }
}
