/// One data record of the application layer: what it is, how much, and where it stood.
///
/// It holds no octets of its own: ranges point into the telegram's.
public struct DataRecord: Equatable, Sendable {
    public var quantity: Quantity
    public var unit: Unit
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
    /// DIF to last VIFE.
    public var header: OctetRange
    /// The value's octets (behind the LVAR where there is one).
    public var data: OctetRange

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
        /// Octets whose meaning is not known or not fixed by a standard, as they came.
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
