/// The keys of a meter's file; docs/adding-a-meter.md has all of them.
enum DefinitionKey: String, CaseIterable {
    case maker, model, medium, detect, fields, status, errors, telegrams
    case series = "storage_series"
}

enum DetectionKey: String, CaseIterable {
    case manufacturer, version, type, ci, payload
    case senderManufacturer = "sender_manufacturer"
    case senderVersion = "sender_version"
    case senderType = "sender_type"
}

enum FieldKey: String, CaseIterable {
    case name, quantity, storage, tariff, subunit, function, qualifiers, codes, type, unit, scale,
        kind
    case about
    case sumOf = "sum_of"
}

enum ErrorFieldKey: String, CaseIterable { case field, bits, values, sums, mask }

enum SeriesKey: String, CaseIterable { case storage, base, step, order }

enum SampleKey: String, CaseIterable { case hex, key, reading }
