import Wire

/// The names that records are published under.
///
/// `quantity[_average][_min|_max|_at_error][_forward|_backward|…][_l1…][_lower_limit_exceed_…]`
/// `[_mfct<codes>][_per_<unit>][_tariff<t>][_subunit<u>][_storage<s>]`, and `_2`, `_3`… where a
/// telegram has the same name before. What only the manufacturer understands (VIF 7F, and VIFs that
/// the standard reserves) is named after its DIF to last VIFE: `manufacturer_specific_02ff20`,
/// `unknown_02fb0a`; what a payload family understands has the family's name in the quantity's
/// place: `battery_voltage`.
public enum RecordName {
    /// Appends the name of record `index` of `records`, which are those of one telegram.
    ///
    /// - Parameter octets: the telegram's, that the records' ranges point into.
    public static func append(
        of index: Int, in records: [DataRecord], octets: Span<UInt8>, to utf8: inout TextBuffer
    ) {
        guard records.indices.contains(index) else { return }
        let record = records[index]
        utf8.append(text: record.name?.rawValue ?? record.quantity.rawValue)
        if record.isNamedByHeader {
            // DIF 0F alone has no VIF, and nothing to tell it from.
            if record.header.count > 1 {
                utf8.append(UInt8(ascii: "_"))
                appendHex(record.header, of: octets, to: &utf8)
            }
        } else {
            appendQualifiers(of: record, octets: octets, to: &utf8)
            append("_tariff", UInt64(record.tariff), to: &utf8)
            append("_subunit", UInt64(record.subunit), to: &utf8)
            append("_storage", record.storageNumber, to: &utf8)
        }
        appendRepetition(of: index, in: records, octets: octets, to: &utf8)
    }

    /// Appends `_2`, `_3`… where records before `index` have the same name.
    static func appendRepetition(
        of index: Int, in records: [DataRecord], octets: Span<UInt8>, to utf8: inout TextBuffer
    ) {
        let before = repetitions(of: records[index], before: index, in: records, octets: octets)
        if before > 0 { append("_", UInt64(before + 1), to: &utf8) }
    }

    private static func appendQualifiers(
        of record: DataRecord, octets: Span<UInt8>, to utf8: inout TextBuffer
    ) {
        if record.qualifiers.contains(.average) { utf8.append(text: "_average") }
        switch record.function {
        case .instantaneous: break
        case .minimum: utf8.append(text: "_min")
        case .maximum: utf8.append(text: "_max")
        case .errorState: utf8.append(text: "_at_error")
        }
        var rest = record.qualifiers.subtracting([.average, .standardConform]).rawValue
        while rest != 0 {
            let bit = rest.trailingZeroBitCount
            rest &= rest &- 1
            guard bit < Qualifiers.words.count else { break }
            utf8.append(UInt8(ascii: "_"))
            utf8.append(text: Qualifiers.words[bit])
        }
        if !record.vendorCodes.isEmpty { appendHex(record.vendorCodes, of: octets, to: &utf8) }
        record.unitModifier.appendWords(to: &utf8)
    }

    /// How many records before `index` have the same name.
    private static func repetitions(
        of record: DataRecord, before index: Int, in records: [DataRecord], octets: Span<UInt8>
    ) -> Int {
        let records = records.span
        // Storage numbers tell apart most records of a quantity, at once.
        let isNamedByHeader = record.isNamedByHeader
        var count = 0
        for other in 0..<index
        where records[other].quantity == record.quantity
            && (isNamedByHeader || records[other].storageNumber == record.storageNumber)
        {
            if records[other].hasName(of: record, octets: octets),
                !records[other].isSelection(in: octets)
            {
                count += 1
            }
        }
        return count
    }

    /// A word and a number, if it is not 0.
    private static func append(_ word: StaticString, _ number: UInt64, to utf8: inout TextBuffer) {
        guard number > 0 else { return }
        utf8.append(text: word)
        Decimal.append(Int64(clamping: number), exponent: 0, to: &utf8)
    }

    private static func appendHex(
        _ range: OctetRange, of octets: Span<UInt8>, to utf8: inout TextBuffer
    ) {
        for place in range.range where place < octets.count {
            appendDigit(octets[place] >> 4, to: &utf8)
            appendDigit(octets[place] & 0x0F, to: &utf8)
        }
    }

    /// Small digits, as in the rest of a name.
    private static func appendDigit(_ nibble: UInt8, to utf8: inout TextBuffer) {
        utf8.append(nibble < 10 ? UInt8(ascii: "0") &+ nibble : UInt8(ascii: "a") &+ (nibble &- 10))
    }
}

extension DataRecord {
    fileprivate var isNamedByHeader: Bool { quantity.isNamedByHeader && name == nil }

    /// Whether there is nothing to be published, now or ever: data fields 0 and 8. Such a record must
    /// not take the plain name from the one with the value.
    fileprivate func isSelection(in octets: Span<UInt8>) -> Bool {
        let start = Int(header.start)
        guard value == .none, !header.isEmpty, start < octets.count else { return false }
        return octets[start] & 0x07 == 0
    }

    /// Whether both records have one name, repetitions aside; their quantities are the same.
    fileprivate func hasName(of other: DataRecord, octets: Span<UInt8>) -> Bool {
        guard name == other.name else { return false }
        if isNamedByHeader {
            return octets.areEqual(header.range, other.header.range)
        }
        return storageNumber == other.storageNumber && tariff == other.tariff
            && subunit == other.subunit && function == other.function
            && qualifiers.subtracting(.standardConform)
                == other.qualifiers.subtracting(.standardConform)
            && unitModifier == other.unitModifier
            && octets.areEqual(vendorCodes.range, other.vendorCodes.range)
    }
}

extension Quantity {
    /// No standard says what it is: only its codes tell.
    var isNamedByHeader: Bool { self == .manufacturerSpecific || self == .unknown }
}
