import Decoder

/// In which units readings are published.
public enum PublishedUnits: String, Sendable, CaseIterable {
    /// One unit for each kind of value: kWh, MJ, W, m³, m³/h, °C; only decimal shifts and whole
    /// factors, so values stay exact.
    case decided
    /// The units of the meter's own records, as energy2mqtt publishes them.
    case original
}

extension PublishedUnits {
    /// The value and unit to publish for a record's number.
    func published(
        _ value: ScaledInteger, _ unit: Unit, of quantity: Quantity
    ) -> (ScaledInteger, Unit) {
        guard self == .decided, let rule = Self.rule(unit, quantity) else { return (value, unit) }
        let (mantissa, overflow) = value.mantissa.multipliedReportingOverflow(by: rule.factor)
        guard !overflow else { return (value, unit) }
        return (ScaledInteger(mantissa, exponent: value.exponent + rule.exponent), rule.unit)
    }

    /// The unit to publish for records of `quantity` in `unit`.
    func published(_ unit: Unit, of quantity: Quantity) -> Unit {
        self == .decided ? Self.rule(unit, quantity)?.unit ?? unit : unit
    }

    private struct Rule {
        var unit: Unit
        var factor: Int64 = 1
        var exponent = 0
    }

    private static func rule(_ unit: Unit, _ quantity: Quantity) -> Rule? {
        switch unit {
        case .wattHour: Rule(unit: .kilowattHour, exponent: -3)
        case .megawattHour: Rule(unit: .kilowattHour, exponent: 3)
        case .joule: Rule(unit: .megajoule, exponent: -6)
        case .gigajoule: Rule(unit: .megajoule, exponent: 3)
        case .megawatt: Rule(unit: .watt, exponent: 6)
        case .joulePerHour: Rule(unit: .megajoulePerHour, exponent: -6)
        case .gigajoulePerHour: Rule(unit: .megajoulePerHour, exponent: 3)
        case .cubicMetrePerMinute: Rule(unit: .cubicMetrePerHour, factor: 60)
        case .cubicMetrePerSecond: Rule(unit: .cubicMetrePerHour, factor: 3600)
        case .minute where isRunTime(quantity): Rule(unit: .second, factor: 60)
        case .hour where isRunTime(quantity): Rule(unit: .second, factor: 3600)
        case .day where isRunTime(quantity): Rule(unit: .second, factor: 86400)
        default: nil
        }
    }

    /// energy2mqtt publishes these two in seconds whatever the meter counts in.
    private static func isRunTime(_ quantity: Quantity) -> Bool {
        quantity == .onTime || quantity == .operatingTime
    }
}
