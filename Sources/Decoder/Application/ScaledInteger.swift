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
