import Wire

extension DataForm {
    /// The value of `octets` in `range`, which has `length` octets.
    ///
    /// Numbers that no exact 64-bit decimal holds stay octets.
    @inline(__always)
    func value(
        of octets: Span<UInt8>, in range: Range<Int>, as information: ValueInformation
    ) -> DataRecord.Value {
        if information.recordError != 0 { return .unknown(.recordError(information.recordError)) }
        if kind == .none || (length == 0 && kind != .text) { return .none }
        // Who reserves a VIFE may mean anything by it; a profile is taken apart later; an OBIS code
        // is the name of a value and not the value.
        if !information.qualifiers.isDisjoint(with: Self.keptAsOctets) { return .octets }
        switch information.coding {
        case .signed, .unsigned, .unsigned4096th, .vendor:
            return number(octets, range, information)
        case .time:
            // A date of three octets is of no type: as type J they would be a time of day.
            guard kind == .integer, length != 3 || information.quantity != .date else {
                return textOrOctets(octets, range)
            }
            return MeterTime.value(of: octets, in: range)
        case .bits:
            guard kind != .text && kind != .real && length <= 8 else {
                return textOrOctets(octets, range)
            }
            return .bits(raw(octets, range))
        case .identification: return identification(octets, range)
        case .address:
            return length == 1
                ? number(octets, range, information) : identification(octets, range)
        case .octets: return .octets
        }
    }

    private static let keptAsOctets: Qualifiers = [
        .reservedVIFE, .compactProfile, .inverseCompactProfile, .compactProfileWithRegisters,
        .obisDeclaration,
    ]

    private func raw(_ octets: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var value: UInt64 = 0
        var place = range.upperBound
        while place > range.lowerBound {
            place -= 1
            value = value << 8 | UInt64(octets[place])
        }
        return value
    }

    private var allOnes: UInt64 { UInt64.max >> UInt64(64 - 8 * length) }

    @inline(__always)
    private func number(
        _ octets: Span<UInt8>, _ range: Range<Int>, _ information: ValueInformation
    ) -> DataRecord.Value {
        switch kind {
        case .integer:
            let raw = raw(octets, range)
            switch information.coding {
            case .signed:
                // Two's complement; the most negative value is reserved for "invalid".
                if raw == allOnes / 2 + 1 || (raw == allOnes && information.isInvalidOfOnes) {
                    return .unknown(.invalidPattern)
                }
                let unused = 64 - 8 * length
                let mantissa = Int64(bitPattern: raw << UInt64(unused)) >> Int64(unused)
                return information.scaled(mantissa)
            case .vendor:
                // A few octets may be bits that are all set; more of them are no value.
                return raw == allOnes && length >= 4
                    ? .unknown(.invalidPattern) : information.scaled(unsigned: raw)
            default:
                return raw == allOnes
                    ? .unknown(.invalidPattern) : information.scaled(unsigned: raw)
            }
        case .binary:
            guard length <= 8 else { return .octets }
            let raw = raw(octets, range)
            return raw == allOnes && (length >= 4 || information.coding != .vendor)
                ? .unknown(.invalidPattern) : information.scaled(unsigned: raw)
        case .bcd, .positiveBCD, .negativeBCD:
            guard let digits = decimal(octets, range) else {
                return information.coding == .vendor ? .octets : .unknown(.invalidPattern)
            }
            return information.scaled(digits)
        case .real:
            let bits = UInt32(truncatingIfNeeded: raw(octets, range))
            guard let real = ScaledInteger(shortest: Float(bitPattern: bits)) else {
                return .unknown(.invalidPattern)
            }
            return information.scaled(real.mantissa, places: real.exponent)
        case .text:
            return information.coding == .vendor ? .octets : textOrOctets(octets, range)
        case .none: return .none
        }
    }

    /// Type A: two digits an octet, least significant first; nil where a digit is none. At most 18
    /// digits, so that it always fits.
    private func decimal(_ octets: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var place = range.upperBound - 1
        var octet = octets[place]
        var negative = kind == .negativeBCD
        if kind == .bcd, octet >= 0xF0 {
            negative = true
            octet &= 0x0F
        }
        var value: Int64 = 0
        while true {
            let high = octet >> 4
            let low = octet & 0x0F
            guard high < 10, low < 10 else { return nil }
            value = value &* 100 &+ Int64(high &* 10 &+ low)
            guard place > range.lowerBound else { return negative ? -value : value }
            place -= 1
            octet = octets[place]
        }
    }

    private func identification(
        _ octets: Span<UInt8>, _ range: Range<Int>
    ) -> DataRecord.Value {
        switch kind {
        case .text: return textOrOctets(octets, range)
        case .real: return .octets
        default:
            for place in range where octets[place] != 0xFF { return .identification }
            return .unknown(.invalidPattern)
        }
    }
}

extension ValueInformation {
    /// Whether −1 is no value: not of what is the difference of two.
    fileprivate var isInvalidOfOnes: Bool {
        isNeverNegative && !qualifiers.contains(.deltaImportExport)
    }

    /// Beyond these powers of ten no unit of a meter makes sense, and `Decimal` writes none.
    private static let exponents = -60...60
    /// 2^-12 = 244140625 × 10^-12
    private static let per4096 = ScaledInteger(244_140_625, exponent: -12)

    @inline(__always)
    func scaled(unsigned raw: UInt64) -> DataRecord.Value {
        guard raw <= UInt64(Int64.max) else { return .octets }
        return scaled(Int64(truncatingIfNeeded: raw))
    }

    /// `mantissa` × 10^`places` as the VIF and its corrections scale it.
    @inline(__always)
    func scaled(_ mantissa: Int64, places: Int = 0) -> DataRecord.Value {
        var number = ScaledInteger(mantissa, exponent: places + exponent)
        if coding == .unsigned4096th {
            let (product, overflow) = mantissa.multipliedReportingOverflow(
                by: Self.per4096.mantissa)
            guard !overflow else { return .octets }
            number = ScaledInteger(product, exponent: number.exponent + Self.per4096.exponent)
            number.dropTrailingZeros()
        }
        if let offset {
            guard let sum = number.adding(offset) else { return .octets }
            number = sum
        }
        return Self.exponents.contains(number.exponent) ? .number(number) : .octets
    }
}
