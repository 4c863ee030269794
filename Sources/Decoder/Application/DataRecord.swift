/// One data record of the application layer: what it is, how much, and where it stood.
///
/// It holds no octets of its own: ranges point into the telegram's.
public struct DataRecord: Equatable, Sendable {
    public var quantity: Quantity
    public var unit: Unit
    /// What VIFEs divide or multiply the unit by: `/d`, `/pulse`; empty for nearly all records.
    public var unitModifier: UnitModifier
    public var value: Value
    public var function: FunctionField
    /// 0: the present value. Up to 41 bits.
    public var storageNumber: UInt64
    public var tariff: UInt32
    public var subunit: UInt16
    /// What VIFEs add to the quantity: direction, phase, limit, average…
    public var qualifiers: Qualifiers
    /// The value information octets that follow a manufacturer-specific VIF or VIFE: no standard
    /// says what they mean, but they tell records apart. Empty if there are none.
    public var vendorCodes: OctetRange
    /// The unit as text of the meter's own (VIF 7C), last character first; empty if there is none.
    public var unitText: OctetRange
    /// DIF to last VIFE.
    public var header: OctetRange
    /// The value's octets (behind the LVAR where there is one).
    public var data: OctetRange
    /// The time that the value belongs to, where it was worked out from other records: elements of
    /// a profile and series of storage numbers. Never a time that the meter sent for this record.
    public var dated: MeterTime?
    /// The meter did not send this record as such: it is an element of a compact profile, whose
    /// storage number, date and, for increments, value were worked out. `data` is the element's.
    public var derived: Bool
    /// What a payload of the manufacturer's own calls the value, where no quantity does.
    public var name: VendorName?

    public init(
        quantity: Quantity, unit: Unit = .none, unitModifier: UnitModifier = .none,
        value: Value, function: FunctionField = .instantaneous, storageNumber: UInt64 = 0,
        tariff: UInt32 = 0, subunit: UInt16 = 0, qualifiers: Qualifiers = [],
        vendorCodes: OctetRange = .empty, unitText: OctetRange = .empty,
        header: OctetRange = .empty, data: OctetRange = .empty, dated: MeterTime? = nil,
        derived: Bool = false, name: VendorName? = nil
    ) {
        self.quantity = quantity
        self.unit = unit
        self.unitModifier = unitModifier
        self.value = value
        self.function = function
        self.storageNumber = storageNumber
        self.tariff = tariff
        self.subunit = subunit
        self.qualifiers = qualifiers
        self.vendorCodes = vendorCodes
        self.unitText = unitText
        self.header = header
        self.data = data
        self.dated = dated
        self.derived = derived
        self.name = name
    }

    public enum Value: Equatable, Sendable {
        /// A number in `unit`, exact.
        case number(ScaledInteger)
        case time(MeterTime)
        /// A bit field, bit 0 lowest.
        case bits(UInt64)
        /// An identification: `data` as hex digits, last octet first.
        case identification
        /// Text of `data` in ISO 8859-1; reversed: the last octet is the first character.
        case text(reversed: Bool)
        /// Octets whose meaning is not known or not fixed by a standard, as they came; also numbers
        /// that do not fit in an exact 64-bit decimal.
        case octets
        /// There is no data (data field 0 or 8).
        case none
        /// The meter says that it has no valid value.
        case unknown(UnknownReason)
    }

    /// Why a record has no value.
    public enum UnknownReason: Equatable, Sendable {
        /// The reserved "invalid" pattern of its data type (all ones, most negative, bad BCD, NaN).
        case invalidPattern
        /// A date or time that is not set.
        case notSet
        /// A record error that the meter reports in a VIFE, its code (EN 13757-3, table 17).
        case recordError(UInt8)
    }
}

/// A range of offsets into the octets of a telegram.
public struct OctetRange: Hashable, Sendable {
    public var start: UInt16
    public var count: UInt16

    public init(_ range: Range<Int>) {
        start = UInt16(clamping: range.lowerBound)
        count = UInt16(clamping: range.count)
    }

    public static let empty = OctetRange(0..<0)
    public var isEmpty: Bool { count == 0 }
    public var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
}

/// Bits 5 and 4 of the DIF (EN 13757-3, table 4).
public enum FunctionField: UInt8, Sendable, CaseIterable {
    case instantaneous, maximum, minimum, errorState
}
