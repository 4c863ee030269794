import Wire

/// What is known of a kind of meter beyond the standard: names for its records and words for its
/// bits. Written as data, a file a meter; docs/adding-a-meter.md.
public final class MeterDefinition: Sendable {
    /// `maker/model`, the file's place.
    public let id: String
    public let maker: String
    public let model: String
    /// What is measured, where the device type that the meter sends does not say it.
    public let medium: Medium?
    public let detections: [MeterDetection]
    public let fields: [MeterField]
    /// Those of `fields` that say how octets are read.
    let typedFields: [MeterField]
    let sums: [FieldSum]
    /// Those whose names other records may have too.
    let contestedFields: [MeterField]
    let hasNumberedNames: Bool
    /// Words for bits of the status octet.
    public let status: [BitWords]
    /// The bits of a permanent and of a temporary error, where `status` has words for them: there
    /// the standard's would be wrong.
    public let makersStatusBits: UInt8
    public let errors: [ErrorField]
    public let series: [DatedSeries]
    public let telegrams: [SampleTelegram]

    public init(
        id: String, maker: String, model: String, medium: Medium? = nil,
        detections: [MeterDetection], fields: [MeterField] = [], status: [BitWords] = [],
        errors: [ErrorField] = [],
        series: [DatedSeries] = [], telegrams: [SampleTelegram] = []
    ) {
        self.id = id
        self.maker = maker
        self.model = model
        self.medium = medium
        self.detections = detections
        self.fields = fields
        typedFields = fields.filter { $0.type != nil }
        sums = fields.compactMap { FieldSum($0, among: fields) }
        contestedFields = fields.filter { $0.isContested }
        hasNumberedNames = Self.hasNumberedNames(fields)
        self.status = status
        makersStatusBits = UInt8(truncatingIfNeeded: status.reduce(0) { $0 | $1.mask } & 0x18)
        self.errors = errors
        self.series = series
        self.telegrams = telegrams
    }

    /// The detection that holds for a telegram and asks for most.
    public func detection(
        for telegram: Telegram, payloadFamily: String?
    ) -> MeterDetection? {
        detections.filter { $0.matches(telegram, payloadFamily: payloadFamily) }
            .max { $0.weight < $1.weight }
    }

    public func field(for record: DataRecord, octets: Span<UInt8>) -> MeterField? {
        for field in fields where field.record.matches(record, octets: octets) { return field }
        return nil
    }

    /// Words for bits in `mask`, as the maker's documents have them.
    public struct BitWords: Equatable, Sendable {
        public var mask: UInt64
        public var words: String

        public init(mask: UInt64, words: String) {
            self.mask = mask
            self.words = words
        }
    }

    /// A record whose bits, or whose values, have words: together they are `error_text`.
    public struct ErrorField: Equatable, Sendable {
        /// The name that the record is published under.
        public var field: String
        public var bits: [BitWords]
        /// Words for the whole number; the mask is the number.
        public var values: [BitWords]
        /// Words for numbers that are added up, largest first; the mask is the number.
        public var sums: [BitWords]
        /// The bits that tell of errors; the others tell something else.
        public var mask: UInt64

        public init(
            field: String, bits: [BitWords], values: [BitWords], sums: [BitWords] = [],
            mask: UInt64 = .max
        ) {
            self.field = field
            self.bits = bits
            self.values = values
            self.sums = sums.sorted { $0.mask > $1.mask }
            self.mask = mask
        }
    }

    /// A telegram that the definition is tested with: built, its number and values invented.
    public struct SampleTelegram: Equatable, Sendable {
        public var hex: String
        public var key: String?
        /// Members of the reading's JSON: name and value as text.
        public var reading: [(name: String, value: String)]
        public var line: Int

        public init(
            hex: String, key: String?, reading: [(name: String, value: String)], line: Int
        ) {
            self.hex = hex
            self.key = key
            self.reading = reading
            self.line = line
        }

        public static func == (left: Self, right: Self) -> Bool {
            left.hex == right.hex && left.key == right.key
                && left.reading.elementsEqual(right.reading) { $0 == $1 }
        }
    }
}

extension MeterDefinition: Equatable {
    public static func == (left: MeterDefinition, right: MeterDefinition) -> Bool {
        left === right
    }
}

/// A name for a record, and what is to be known of it.
public struct MeterField: Equatable, Sendable {
    public var name: String
    public var record: RecordSelector
    /// How the value's octets are read; nil: as the record says.
    public var type: ValueType?
    /// The unit's symbol. A unit that the record has itself is converted as ever, and only its
    /// symbol replaced: a meter may send reactive energy in Wh.
    public var unit: String?
    /// The power of ten that a number without unit is multiplied by.
    public var exponent: Int
    /// Names of the fields whose sum it is, where the meter sends those alone; empty: no sum.
    public var sumOf: [String]
    public var kind: Kind?
    public var about: String?

    public init(
        name: String, record: RecordSelector, type: ValueType? = nil, unit: String? = nil,
        exponent: Int = 0, sumOf: [String] = [], kind: Kind? = nil, about: String? = nil
    ) {
        self.name = name
        self.record = record
        self.type = type
        self.unit = unit
        self.exponent = exponent
        self.sumOf = sumOf
        self.kind = kind
        self.about = about
    }

    /// What sort of value it is, for those who show it.
    public enum Kind: String, Sendable, CaseIterable {
        /// Counts up for the meter's life.
        case register
        /// A register as it was at some time in the past.
        case stored
        /// What is now: power, flow, temperature.
        case measurement
        /// Of the device, not of what it measures.
        case diagnostic
    }

    /// Appends the name; fields of several storage numbers count them from 1: `volume_month_3`.
    public func appendName(of record: DataRecord, to utf8: inout TextBuffer) {
        utf8.append(text: name)
        guard self.record.storage.count > 1 else { return }
        let number = record.storageNumber &- self.record.storage.lowerBound &+ 1
        utf8.append(UInt8(ascii: "_"))
        Decimal.append(Int64(clamping: number), exponent: 0, to: &utf8)
    }
}

/// Which record of a telegram is meant.
public struct RecordSelector: Equatable, Sendable {
    public var quantity: Quantity
    public var function: FunctionField
    public var storage: ClosedRange<UInt64>
    public var tariff: UInt32
    public var subunit: UInt16
    public var qualifiers: Qualifiers
    /// DIF to last VIFE of a record of the manufacturer's (VIF 7F, or one that the standard
    /// reserves), whose quantity no standard says; the octets behind a VIFE 7F for others.
    public var codes: [UInt8]

    public init(
        quantity: Quantity, function: FunctionField = .instantaneous,
        storage: ClosedRange<UInt64> = 0...0, tariff: UInt32 = 0, subunit: UInt16 = 0,
        qualifiers: Qualifiers = [], codes: [UInt8] = []
    ) {
        self.quantity = quantity
        self.function = function
        self.storage = storage
        self.tariff = tariff
        self.subunit = subunit
        self.qualifiers = qualifiers.subtracting(.standardConform)
        if !codes.isEmpty { self.qualifiers.formUnion(.manufacturerSpecific) }
        self.codes = codes
    }

    public func matches(_ record: DataRecord, octets: Span<UInt8>) -> Bool {
        let isReserved = quantity == .manufacturerSpecific && record.quantity == .unknown
        guard record.quantity == quantity || isReserved, record.name == nil else { return false }
        if quantity == .manufacturerSpecific { return octets.equal(record.header.range, codes) }
        return storage.contains(record.storageNumber) && record.function == function
            && record.tariff == tariff && record.subunit == subunit
            && record.qualifiers.subtracting(.standardConform) == qualifiers
            && record.unitModifier.isEmpty
            && octets.equal(record.vendorCodes.range, codes)
    }

    /// Whether it is the present value of a quantity that users of energy2mqtt know by its name,
    /// which nothing changes.
    public var keepsItsName: Bool {
        quantity.isNameKept && function == .instantaneous && storage == 0...0
            && tariff == 0 && subunit == 0 && qualifiers.isEmpty && codes.isEmpty
    }
}

extension Quantity {
    fileprivate var isNameKept: Bool {
        switch self {
        case .energy, .volume, .mass, .onTime, .operatingTime, .power, .volumeFlow, .massFlow,
            .flowTemperature, .returnTemperature, .externalTemperature, .temperatureDifference,
            .pressure, .date, .dateTime, .hcaUnits, .averagingDuration, .actualityDuration,
            .uniqueMessageIdentification, .errorFlags, .voltage, .current, .modelVersion:
            true
        default: false
        }
    }
}

extension Qualifiers {
    /// The qualifier of a word in a record's name (`backward`, `l1`).
    public init?(word: String) {
        guard !word.isEmpty,
            let bit = Self.words.firstIndex(where: { $0.description == word })
        else { return nil }
        self.init(rawValue: 1 << UInt64(bit))
    }
}

extension Span<UInt8> {
    fileprivate func equal(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
        guard range.count == other.count, range.upperBound <= count else { return false }
        for (place, octet) in zip(range, other) where self[place] != octet { return false }
        return true
    }
}
