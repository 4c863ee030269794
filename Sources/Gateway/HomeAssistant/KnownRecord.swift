import Decoder
import Wire

/// What must be known of a kind of record to make an entity of it: all of it is the same in each
/// telegram, whatever the value.
struct KnownRecord: Equatable, Sendable {
    enum Kind: String, Sendable { case number, text, bits }

    /// What kind of value it is, beside its quantity.
    enum Standing: String, Sendable {
        /// What one looks for first, as the meter's definition says.
        case main
        /// The present value of the whole meter.
        case present
        /// The present value of a part: a tariff, a phase, a direction.
        case part
        /// Stored, an extreme, an average, a limit.
        case other
    }

    /// The record's identity, made of its own headers (`RecordName`): the same in full and compact
    /// frames, whatever a definition of the meter calls it.
    var id: String
    /// The key in the reading's JSON.
    var key: String
    var quantity: Quantity
    var kind: Kind
    var standing: Standing
    /// As published beside the value; empty: none.
    var unit = ""
    /// Places behind the point of the published number.
    var decimals = 0
    /// What sort of value the meter's definition calls it.
    var definedKind: MeterField.Kind?
    /// The definition's line about it.
    var about: String?
    /// Whether the definition has words for its bits or values: they are `error_text`.
    var hasErrorWords = false

    init(
        id: String, key: String, quantity: Quantity, kind: Kind, standing: Standing,
        unit: String = "", decimals: Int = 0
    ) {
        self.id = id
        self.key = key
        self.quantity = quantity
        self.kind = kind
        self.standing = standing
        self.unit = unit
        self.decimals = decimals
    }

    /// The records of `reading` that can be entities; those without a value wait until they have one.
    static func all(in reading: Reading, units: PublishedUnits) -> [KnownRecord] {
        reading.records.indices.compactMap { KnownRecord(index: $0, reading, units) }
    }

    private init?(index: Int, _ reading: Reading, _ units: PublishedUnits) {
        let record = reading.records[index]
        let octets = reading.telegram.octets.span
        var name = TextBuffer(reserving: 64)
        RecordName.append(of: index, in: reading.records, octets: octets, to: &name)
        let id = name.text
        name.removeAll()
        let field = reading.appendName(of: index, to: &name)
        let key = name.text
        guard !EntityRow.isHidden(record.quantity, key: key) else { return nil }
        self.init(
            id: id, key: key, quantity: record.quantity, kind: .text,
            standing: Standing(record, as: field, in: reading.definition))
        definedKind = field?.kind
        about = field?.about
        hasErrorWords = reading.definition?.errors.contains { $0.field == key } ?? false
        switch record.value {
        case .number(let value):
            kind = .number
            let (published, symbol) = units.published(
                value, of: record, field: field, octets: octets)
            decimals = max(-published.exponent, 0)
            self.unit = String(decoding: symbol, as: UTF8.self)
        case .bits: kind = .bits
        case .time, .identification, .text: kind = .text
        case .octets, .none, .unknown: return nil
        }
    }
}

extension KnownRecord.Standing {
    private static let directions: Qualifiers = [.forward, .backward, .standardConform]
    private static let parts: Qualifiers = [
        .forward, .backward, .standardConform, .uncorrected, .baseConditions,
        .accumulationOfAbsoluteValue, .deltaImportExport, .directionToMeter, .directionFromMeter,
        .phaseL1, .phaseL2, .phaseL3, .neutral, .betweenL1L2, .betweenL2L3, .betweenL3L1,
        .quadrant1, .quadrant2, .quadrant3, .quadrant4,
    ]

    /// - Parameter field: what the meter's definition says of it. That counts more than its headers:
    ///   some meters number their phases with storage numbers.
    fileprivate init(
        _ record: DataRecord, as field: MeterField?, in definition: MeterDefinition?
    ) {
        self = Self(headersOf: record)
        guard let field else { return }
        switch field.kind {
        case .stored: self = .other
        case .register, .measurement:
            guard record.function == .instantaneous else { break }
            if definition?.isMain(field) == true {
                self = .main
            } else if self == .other {
                self = .part
            }
        case .diagnostic, nil: break
        }
    }

    private init(headersOf record: DataRecord) {
        guard record.storageNumber == 0, record.function == .instantaneous, !record.derived,
            record.vendorCodes.isEmpty, record.unitModifier.isEmpty,
            record.qualifiers.isSubset(of: Self.parts),
            // The volume of a month, say: no counter, though a counter's quantity.
            record.name == nil || !LifetimeRegister.quantities.contains(record.quantity)
        else {
            self = .other
            return
        }
        let isWhole =
            record.tariff == 0 && record.subunit == 0
            && record.qualifiers.isSubset(of: Self.directions)
        self = isWhole ? .present : .part
    }
}

extension MeterDefinition {
    /// Whether `field` has the plain name of its quantity, as the whole meter's present value has;
    /// where no register has such a name, all of them count.
    fileprivate func isMain(_ field: MeterField) -> Bool {
        if field.hasPlainName { return true }
        return field.kind == .register && field.unit == nil
            && !fields.contains { $0.kind == .register && $0.hasPlainName }
    }
}

extension MeterField {
    fileprivate var hasPlainName: Bool { name == record.quantity.rawValue }
}
