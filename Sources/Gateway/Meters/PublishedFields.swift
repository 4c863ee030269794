import Decoder
import Wire

/// Names and units that the fields of definitions are published under, one a line:
/// `diehl/hydrus volume m³`.
///
/// `meters/fields.txt` has all that were ever published. Users build on them, so a line stays for
/// ever: `make meters` adds new ones, and fails where one is not published any more.
public struct PublishedFields: Equatable, Sendable {
    public private(set) var lines: Set<String>

    public init(parsing text: String) {
        lines = Set(
            text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") })
    }

    /// What `definitions` publish of their own telegrams.
    public init(of definitions: [MeterDefinition]) {
        lines = []
        let decoder = OfflineDecoder(catalogue: MeterCatalogue(users: definitions))
        for definition in definitions {
            for sample in definition.telegrams {
                guard let frame = try? OfflineDecoder.frame(ofHex: Array(sample.hex.utf8).span),
                    let reading = try? decoder.reading(
                        of: frame.octets, format: frame.format,
                        key: sample.key.flatMap { MeterKey(hex: $0) }),
                    reading.definition == definition
                else { continue }
                add(reading, of: definition)
            }
        }
    }

    private mutating func add(_ reading: Reading, of definition: MeterDefinition) {
        let octets = reading.telegram.octets.span
        for index in reading.records.indices {
            var name = TextBuffer(reserving: 64)
            guard let field = reading.appendName(of: index, to: &name) else { continue }
            let record = reading.records[index]
            var symbol: [UInt8] = []
            if case .number(let value) = record.value {
                symbol =
                    PublishedUnits.decided.published(
                        value, of: record, field: field, octets: octets
                    ).1
            }
            let unit = symbol.isEmpty ? "" : " " + String(decoding: symbol, as: UTF8.self)
            lines.insert("\(definition.id) \(field.name)\(unit)")
        }
    }

    /// The units of a field, as its definition's telegrams have it.
    func units(of field: MeterField, in definition: MeterDefinition) -> [String] {
        let start = "\(definition.id) \(field.name) "
        return lines.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
            .sorted()
    }

    /// Lines of `released` that are not there any more.
    public func missing(of released: PublishedFields) -> [String] {
        released.lines.subtracting(lines).sorted()
    }

    /// Fields that no telegram of their definition has, each as `diehl/hydrus volume`.
    public func untested(in definitions: [MeterDefinition]) -> [String] {
        let tested = Set(lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") })
        return definitions.flatMap { definition in
            definition.fields.map { "\(definition.id) \($0.name)" }
        }.filter { !tested.contains($0) }
    }

    /// The file's text: these lines and those of `released`.
    public func text(with released: PublishedFields) -> String {
        "# Names and units of the definitions' fields. They stay for ever: `make meters` adds new\n"
            + "# lines, none is taken away or changed.\n"
            + lines.union(released.lines).sorted().map { $0 + "\n" }.joined()
    }
}
