import Decoder

/// Which meters shall be shown.
public struct MeterFilter: Equatable, Sendable {
    /// Nil: all.
    public var media: Set<Medium>?
    /// What the meter's display shows, about; nil: whatever.
    public var total: WantedTotal?

    public init(media: Set<Medium>? = nil, total: WantedTotal? = nil) {
        self.media = media
        self.total = total
    }

    func passes(_ meter: MeterAddress) -> Bool {
        guard let media else { return true }
        return meter.deviceType.medium.map(media.contains) ?? false
    }

    /// The words that `media` knows.
    public static let mediumWords = Medium.allCases.map { $0.rawValue.replacing(" ", with: "-") }

    /// What a word means: `water` any water, `heat` all thermal energy; nil: not known.
    public static func media(_ word: String) -> Set<Medium>? {
        let word = word.lowercased().replacing("-", with: " ")
        switch word {
        case "water": return Set(Medium.allCases.filter(\.isWater))
        case "heat": return Set(Medium.allCases.filter(\.isThermal))
        default: return Medium(rawValue: word).map { [$0] }
        }
    }
}

/// A total as a person reads it from a meter: `123.4`, `123,4 m³`, `45 kWh`.
///
/// The display is read before or after the telegram, and shows fewer places: so two per cent, or
/// one unit, may lie between the two.
public struct WantedTotal: Equatable, Sendable {
    var value: Double
    /// Nil: any of those that totals have.
    var unit: Unit?

    /// Nil for a text that is none.
    public init?(_ text: String) {
        let plain = text.filter { $0 != " " }.replacing(",", with: ".")
        let number = plain.prefix { $0.isNumber && $0.isASCII || $0 == "." }
        guard let value = Double(number), value.isFinite else { return nil }
        let units: [String: (unit: Unit?, factor: Double)] = [
            "": (nil, 1), "m³": (.cubicMetre, 1), "m3": (.cubicMetre, 1),
            "kwh": (.kilowattHour, 1), "mwh": (.kilowattHour, 1000), "mj": (.megajoule, 1),
            "gj": (.megajoule, 1000),
        ]
        guard let found = units[plain.dropFirst(number.count).lowercased()] else { return nil }
        self.value = value * found.factor
        unit = found.unit
    }

    /// Whether one of the reading's values is about this one.
    func isIn(_ reading: Reading) -> Bool {
        reading.records.contains { record in
            guard case .number(let number) = record.value else { return false }
            let (published, unit) = PublishedUnits.decided.published(number, of: record)
            let isTotal =
                [.cubicMetre, .kilowattHour, .megajoule].contains(unit)
                || record.quantity == .hcaUnits
            guard isTotal, self.unit == nil || self.unit == unit else { return false }
            return abs(published.approximate - value) <= max(value * 0.02, 1)
        }
    }
}
