/// A value that a meter does not send, but all parts of it: the power of its phases.
struct FieldSum: Sendable {
    let field: MeterField
    let parts: [MeterField]

    /// Nil where `field` is no sum.
    init?(_ field: MeterField, among fields: [MeterField]) {
        guard !field.sumOf.isEmpty else { return nil }
        self.field = field
        parts = field.sumOf.compactMap { name in fields.first { $0.name == name } }
        guard parts.count == field.sumOf.count else { return nil }
    }

    /// Adds the sum behind the last of its parts, where each has a number and all have one unit; not
    /// where the meter sends the whole itself.
    func add(to records: inout [DataRecord], _ octets: Span<UInt8>) {
        if records.contains(where: { field.record.matches($0, octets: octets) }) { return }
        let places = parts.compactMap { part in
            records.firstIndex { part.record.matches($0, octets: octets) }
        }
        guard places.count == parts.count, let first = places.min(), let last = places.max() else {
            return
        }
        var sum = ScaledInteger(0, exponent: 0)
        for place in places {
            let part = records[place]
            guard part.unit == records[first].unit,
                part.unitModifier == records[first].unitModifier,
                case .number(let number) = part.value, let total = sum.adding(number)
            else { return }
            sum = total
        }
        records.insert(
            DataRecord(
                quantity: field.record.quantity, unit: records[first].unit,
                unitModifier: records[first].unitModifier, value: .number(sum),
                function: field.record.function, storageNumber: field.record.storage.lowerBound,
                tariff: field.record.tariff, subunit: field.record.subunit,
                qualifiers: field.record.qualifiers,
                data: OctetRange(
                    records[first].data.range.lowerBound..<records[last].data.range.upperBound)),
            at: last + 1)
    }
}
