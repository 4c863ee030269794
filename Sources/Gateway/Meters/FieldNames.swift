import Decoder

/// What the fields of a definition must not be called: no key of a reading's JSON stands twice.
///
/// Names that records of the standard may have are no fault: should a telegram have such a record
/// too, that one gets `_other` behind its name.
enum FieldNames {
    /// Keys of a reading that are not values: docs/mqtt.md.
    static let taken: Set<String> = [
        "payload", "time_of_readout", "status", "already_decrypted", "default_key",
        "payload_family", "payload_error", "more_records_follow", "records_end", "status_text",
        "error_text", "meter_maker", "meter_model", "meter_definition", "meter_detected_by",
        "received_at", "receiver", "rssi_dbm", "receivers", "proto",
    ]

    /// What may stand behind a value's name, and what that key has.
    static let endings = [
        (ending: "_unit", meaning: "the unit of"), (ending: "_date", meaning: "a date of"),
        (ending: "_error", meaning: "what is wrong with"),
        (ending: "_invalid", meaning: "the clock of"),
        (ending: "_summer_time", meaning: "the summer time of"),
        (ending: MeterField.otherSuffix.description, meaning: "another"),
        (ending: MeterField.repeatedSuffix.description, meaning: "a second"),
    ]

    typealias Placed = (field: MeterField, place: YAMLNode.Place)

    static func faults(of fields: [Placed]) -> [(place: YAMLNode.Place, fault: String)] {
        let named = Dictionary(
            fields.map { ($0.field.name, $0) }, uniquingKeysWith: { first, _ in first })
        return fields.compactMap { field, place in
            fault(in: field.name, at: place, among: named).map { (place, $0) }
        }
    }

    /// What is wrong with sums: their parts are fields that are none themselves.
    static func faultsOfSums(
        in fields: [Placed]
    ) -> [(place: YAMLNode.Place, fault: String)] {
        let parts = Set(
            fields.filter { $0.field.sumOf.isEmpty && $0.field.record.storage.count == 1 }
                .map(\.field.name))
        return fields.compactMap { field, place in
            if let name = field.sumOf.first(where: { !parts.contains($0) }) {
                return (
                    place,
                    "'\(ShownText.name(name))' of its sum is no field of one value: write names of"
                        + " other fields, with blanks between"
                )
            }
            guard !field.sumOf.isEmpty,
                !field.record.codes.isEmpty || field.record.storage.count > 1
            else { return nil }
            return (place, "a sum has a quantity and one storage number, and no codes")
        }
    }

    private static func fault(
        in name: String, at place: YAMLNode.Place, among named: [String: Placed]
    ) -> String? {
        if taken.contains(name) {
            return "'\(name)' stands in readings already, and is no value: choose another name"
        }
        if let first = named[name]?.place, first != place {
            return "the field in line \(first.line) has the name '\(name)' too: rename one of them"
        }
        if let numbered = named.field(numberedAs: name) {
            return "the field in line \(numbered.place.line), '\(numbered.field.name)', is numbered"
                + " and has this name too: rename one of them"
        }
        for (ending, meaning) in endings where name.hasSuffix(ending) {
            let value = String(name.dropLast(ending.count))
            guard
                named[value] != nil || named.field(numberedAs: value) != nil
                    || RecordName.isPossible(value)
            else { continue }
            return "'\(name)' is the key for \(meaning) '\(value)': choose another name"
        }
        return nil
    }
}

extension [String: FieldNames.Placed] {
    /// The field of several storage numbers that has `name` for one of them: `volume_month` for
    /// `volume_month_3`.
    fileprivate func field(numberedAs name: String) -> FieldNames.Placed? {
        guard let underscore = name.lastIndex(of: "_"),
            let number = Int(name[name.index(after: underscore)...]),
            let found = self[String(name[..<underscore])],
            found.field.record.storage.count > 1,
            number >= 1 && number <= found.field.record.storage.count
        else { return nil }
        return found
    }
}
