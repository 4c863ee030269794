import Wire

extension MeterField {
    /// How octets are read whose record does not tell: those of a manufacturer's VIF.
    public enum ValueType: String, Sendable, CaseIterable {
        /// Two's complement; the most negative number is none (EN 13757-3, type B).
        case signed
        /// A bit field, bit 0 lowest.
        case bits
        /// ISO 8859-1, last character first (EN 13757-3, LVAR).
        case text
    }

    /// Reads the values of this field's records as `type` says; what cannot be read so stays.
    func retype(_ records: inout [DataRecord], _ octets: Span<UInt8>) {
        guard let type else { return }
        for index in records.indices where record.matches(records[index], octets: octets) {
            if let value = type.value(of: records[index], in: octets) {
                records[index].value = value
            }
        }
    }
}

extension MeterField.ValueType {
    /// The value of `record`; nil where its octets cannot be of this type.
    fileprivate func value(of record: DataRecord, in octets: Span<UInt8>) -> DataRecord.Value? {
        switch record.value {
        case .number, .octets, .unknown(.invalidPattern): break
        default: return nil
        }
        let range = record.data.range
        guard !range.isEmpty, range.upperBound <= octets.count else { return nil }
        switch self {
        case .text: return DataRecord.textOrOctets(octets, range)
        case .bits: return range.count <= 8 ? .bits(octets.number(in: range)) : nil
        case .signed:
            guard range.count <= 8, record.hasBinaryInteger(in: octets) else { return nil }
            let unused = UInt64(64 - 8 * range.count)
            let number = Int64(bitPattern: octets.number(in: range) << unused) >> Int64(unused)
            return number == Int64.min >> Int64(unused)
                ? .unknown(.invalidPattern) : .number(ScaledInteger(number, exponent: 0))
        }
    }
}

extension DataRecord {
    /// Whether the DIF announces an integer of 8 to 64 bits.
    fileprivate func hasBinaryInteger(in octets: Span<UInt8>) -> Bool {
        let start = header.range.lowerBound
        guard !header.isEmpty, start < octets.count else { return false }
        switch octets[start] & 0x0F {
        case 1...4, 6, 7: return true
        default: return false
        }
    }
}

extension Span<UInt8> {
    /// A number of up to 8 octets, least significant first.
    fileprivate func number(in range: Range<Int>) -> UInt64 {
        var number: UInt64 = 0
        for place in range.reversed() { number = number << 8 | UInt64(self[place]) }
        return number
    }
}
