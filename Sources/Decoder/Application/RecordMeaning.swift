import Wire

// What the account of a telegram says of a record's fields, in words.

extension ValueInformation {
    /// `energy, 10^3 Wh`
    var meaning: String {
        var text = quantity == .unknown ? "reserved" : quantity.words
        if exponent != 0 || unit != .none {
            text += ","
            if exponent != 0 { text += " 10^\(exponent)" }
            if unit != .none { text += " \(unit.rawValue)" }
        }
        return text
    }
}

extension CombinableEntry {
    /// What a VIFE says, `code` without its extension bit.
    func meaning(_ code: UInt8) -> String {
        let words = qualifiers.words
        switch effect {
        case .qualifies: return words.isEmpty ? "no change of meaning" : words
        case .reserved: return "reserved"
        case .recordError: return "record error: " + RecordError.words(code)
        case .unitModifier:
            var utf8: [UInt8] = []
            UnitModifier(vife: code).appendSymbol(to: &utf8)
            return "unit " + String(decoding: utf8, as: UTF8.self)
        case .count, .time: return words
        case .duration: return words + " in \(unit.rawValue)"
        case .factor: return "× 10^\(exponent)"
        case .offset: return "+ 10^\(exponent)"
        case .withoutUnit, .nonMetricUnit: return words
        case .profile: return "compact " + words
        case .dataTypeC: return "unsigned"
        case .dataTypeD: return "bit field"
        case .secondTable: return "the next octet is of the second table"
        case .vendor: return "the next octets are the manufacturer's"
        }
    }
}

/// The record errors that a meter reports in a VIFE (EN 13757-3:2018, table 17).
public enum RecordError {
    /// `no data available`; "unknown error" for codes that are reserved.
    public static func words(_ code: UInt8) -> String {
        switch code {
        case 0x00: "none"
        case 0x01: "too many DIFE"
        case 0x02: "storage number not implemented"
        case 0x03: "unit number not implemented"
        case 0x04: "tariff number not implemented"
        case 0x05: "function not implemented"
        case 0x06: "data class not implemented"
        case 0x07: "data size not implemented"
        case 0x0B: "too many VIFE"
        case 0x0C: "illegal VIF group"
        case 0x0D: "illegal VIF exponent"
        case 0x0E: "VIF and DIF do not match"
        case 0x0F: "unimplemented action"
        case 0x15: "no data available"
        case 0x16: "data overflow"
        case 0x17: "data underflow"
        case 0x18: "data error"
        case 0x1C: "premature end of record"
        default: "unknown error"
        }
    }
}

extension Qualifiers {
    /// Their words in a row, with blanks.
    fileprivate var words: String {
        if self == .standardConform { return "coded as a standard says" }
        var utf8: [UInt8] = []
        for bit in 0..<Self.words.count where rawValue >> UInt64(bit) & 1 == 1 {
            if !utf8.isEmpty { utf8.append(UInt8(ascii: " ")) }
            Self.words[bit].withUTF8Buffer { utf8.append(contentsOf: $0) }
        }
        return String(decoding: utf8, as: UTF8.self).spaced
    }
}

extension Quantity {
    fileprivate var words: String { rawValue.spaced }
}

extension String {
    /// With blanks for underscores.
    fileprivate var spaced: String {
        String(
            decoding: utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}

extension DecodingAccount {
    /// Tells of a record's value; nothing where it has no octets.
    @inline(__always)
    mutating func value(of record: DataRecord, octets: Span<UInt8>) {
        guard !record.data.isEmpty else { return }
        field("Data", record.data.range, record.meaning(in: octets))
    }
}

extension DataRecord {
    func meaning(in octets: Span<UInt8>) -> String {
        var utf8: [UInt8] = []
        switch value {
        case .number(let number):
            number.appendText(to: &utf8)
            if unit != .none || !unitModifier.isEmpty {
                utf8 += " \(unit.rawValue)".utf8
                unitModifier.appendSymbol(to: &utf8)
            } else if !unitText.isEmpty {
                utf8.append(UInt8(ascii: " "))
                appendUnitText(in: octets, to: &utf8)
            }
        case .time(let time): return time.description
        case .bits(let bits):
            let digits = String(bits, radix: 16, uppercase: true)
            let missing = max(2 * Int(data.count) - digits.count, 0)
            return "bits " + String(repeating: "0", count: missing) + digits
        case .identification, .text: appendText(in: octets, to: &utf8)
        case .octets: return "kept as they came"
        case .none: return "no data"
        case .unknown(.invalidPattern): return "no valid value"
        case .unknown(.notSet): return "not set"
        case .unknown(.recordError(let code)): return "no value: " + RecordError.words(code)
        }
        return String(decoding: utf8, as: UTF8.self)
    }
}
