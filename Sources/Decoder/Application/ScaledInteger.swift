import Wire

/// An exact decimal number: `mantissa` × 10^`exponent`.
public struct ScaledInteger: Hashable, Sendable {
    public var mantissa: Int64
    public var exponent: Int

    public init(_ mantissa: Int64, exponent: Int = 0) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// `28504.27`, exact, with the places that the exponent tells.
    public func appendText(to utf8: inout [UInt8]) {
        Decimal.append(mantissa, exponent: exponent, to: &utf8)
    }

    /// Nearest binary number, for comparisons and plots, not for publishing.
    public var approximate: Double {
        var power = 1.0
        for _ in 0..<min(exponent.magnitude, 300) { power *= 10 }
        return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    }
}

extension ScaledInteger: CustomStringConvertible {
    public var description: String {
        var utf8: [UInt8] = []
        appendText(to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }
}

// Exact arithmetic; nil or false where 64 bits do not hold the result.
extension ScaledInteger {
    /// The sum, with the finer of both resolutions.
    func adding(_ other: ScaledInteger) -> ScaledInteger? {
        let exponent = min(exponent, other.exponent)
        guard let mine = mantissa(atExponent: exponent),
            let others = other.mantissa(atExponent: exponent)
        else { return nil }
        let (sum, overflow) = mine.addingReportingOverflow(others)
        return overflow ? nil : ScaledInteger(sum, exponent: exponent)
    }

    /// The number with its sign changed.
    var negated: ScaledInteger? {
        let (result, overflow) = Int64(0).subtractingReportingOverflow(mantissa)
        return overflow ? nil : ScaledInteger(result, exponent: exponent)
    }

    /// `1.500` becomes `1.5`.
    mutating func dropTrailingZeros() {
        guard mantissa != 0 else { return exponent = 0 }
        while mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
    }

    /// The mantissa at a finer resolution.
    private func mantissa(atExponent finer: Int) -> Int64? {
        var result = mantissa
        guard result != 0 else { return 0 }
        guard exponent - finer <= 18 else { return nil }
        for _ in 0..<(exponent - finer) {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            result = product
        }
        return result
    }
}

// Type H
extension ScaledInteger {
    /// The decimal of the fewest digits that reads back as `real`; nil for what is no number.
    ///
    /// A meter's real is a rounded decimal more often than not: 21.1 is sent as 21.10000038….
    init?(shortest real: Float) {
        guard real.isFinite else { return nil }
        guard real != 0 else {
            self.init(0)
            return
        }
        let exact = Double(real.magnitude)
        // Nine digits tell all reals of 32 bits apart. Log10 is estimated, at most one too large.
        let magnitude = Int((Double(real.exponent) * 0.301_029_995_663_981_2).rounded(.up))
        for digits in 0...9 {
            let places = digits - magnitude
            let mantissa = Self.times(exact, powerOfTen: places).rounded()
            if Float(Self.times(mantissa, powerOfTen: -places)) == real.magnitude {
                self.init(
                    real.sign == .minus ? -Int64(mantissa) : Int64(mantissa), exponent: -places)
                dropTrailingZeros()
                return
            }
        }
        return nil
    }

    private static func times(_ value: Double, powerOfTen power: Int) -> Double {
        var factor = 1.0
        for _ in 0..<min(power.magnitude, 60) { factor *= 10 }
        return power < 0 ? value / factor : value * factor
    }
}
