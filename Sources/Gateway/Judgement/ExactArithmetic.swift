import Decoder

/// Exact comparison of decimal numbers whose mantissas and exponents differ: 1.0 equals 1.00, and
/// no pair of values overflows.
extension ScaledInteger {
    /// -1, 0 or 1: whether this is less than, equal to or greater than `other`.
    func order(against other: ScaledInteger) -> Int {
        let sign = Int(mantissa.signum())
        let otherSign = Int(other.mantissa.signum())
        guard sign == otherSign, sign != 0 else { return (sign - otherSign).signum() }
        let larger = magnitudeOrder(mantissa, exponent, other.mantissa, other.exponent)
        return sign > 0 ? larger : -larger
    }

    /// This minus `other`, taken exactly and then rounded once.
    func distance(from other: ScaledInteger) -> Double {
        let exponent = min(exponent, other.exponent)
        guard let left = scaled(to: exponent), let right = other.scaled(to: exponent) else {
            // Twenty places apart: one of them does not count.
            return approximate - other.approximate
        }
        let (difference, overflow) = left.subtractingReportingOverflow(right)
        guard !overflow else { return approximate - other.approximate }
        return Double(difference) * Self.power(exponent)
    }

    /// One unit of the last place.
    var resolution: Double { Self.power(exponent) }

    /// The mantissa that this number has with a smaller `exponent`; nil if it becomes too large.
    private func scaled(to exponent: Int) -> Int128? {
        let (places, overflow) = self.exponent.subtractingReportingOverflow(exponent)
        guard !overflow, (0...19).contains(places) else { return mantissa == 0 ? 0 : nil }
        return (0..<places).reduce(Int128(mantissa)) { value, _ in value * 10 }
    }

    private func magnitudeOrder(_ m1: Int64, _ e1: Int, _ m2: Int64, _ e2: Int) -> Int {
        if e1 < e2 { return -magnitudeOrder(m2, e2, m1, e1) }
        let (places, overflow) = e1.subtractingReportingOverflow(e2)
        // 10^20 is more than any mantissa.
        guard !overflow, places <= 19 else { return 1 }
        let first = (0..<places).reduce(UInt128(m1.magnitude)) { value, _ in value * 10 }
        let second = UInt128(m2.magnitude)
        return first == second ? 0 : first < second ? -1 : 1
    }

    /// 10^`exponent`, as ScaledInteger's own `approximate` has it.
    private static func power(_ exponent: Int) -> Double {
        ScaledInteger(1, exponent: exponent).approximate
    }
}
