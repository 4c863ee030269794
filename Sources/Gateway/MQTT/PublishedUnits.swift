import Decoder

/// In which units readings are published.
public enum PublishedUnits: String, Equatable, Sendable, CaseIterable {
    /// One unit for each kind of value: kWh, MJ, W, m³, m³/h, °C; only decimal shifts and whole
    /// factors, so values stay exact.
    case decided
    /// The units of the meter's own records, as energy2mqtt publishes them.
    case original
}

extension PublishedUnits {
    /// The number and the unit to publish for a record whose number is `value`.
    func published(_ value: ScaledInteger, of record: DataRecord) -> (ScaledInteger, Unit) {
        guard self == .decided, let rule = Self.rule(record.unit, record.quantity) else {
            return (value, record.unit)
        }
        // What does not fit any more stays as the meter sent it.
        let (mantissa, overflow) = value.mantissa.multipliedReportingOverflow(by: rule.factor)
        guard !overflow else { return (value, record.unit) }
        return (ScaledInteger(mantissa, exponent: value.exponent + rule.exponent), rule.unit)
    }

    /// The number that is published for a record, and its unit's symbol, empty where it has none.
    ///
    /// - Parameter field: what a definition says of the record. A unit of its own stands in the
    ///   place of the one that is decided, whatever units are wished: a number has but one meaning.
    func published(
        _ value: ScaledInteger, of record: DataRecord, field: MeterField?, octets: Span<UInt8>
    ) -> (ScaledInteger, [UInt8]) {
        let units = field?.unit == nil ? self : .decided
        var (number, unit) = units.published(value, of: record)
        if record.unit == .none { number.exponent += field?.exponent ?? 0 }
        var symbol: [UInt8] = []
        if let unit = field?.unit {
            symbol += unit.utf8
        } else if record.unitText.isEmpty {
            symbol += unit.rawValue.utf8
        } else {
            record.appendUnitText(in: octets, to: &symbol)
        }
        record.unitModifier.appendSymbol(to: &symbol)
        return (number, symbol)
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
        case .tonne: Rule(unit: .kilogram, exponent: 3)
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
