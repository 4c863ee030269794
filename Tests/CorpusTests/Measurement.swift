import Wire

/// One expected value of a corpus telegram, compared with a reading by what it means: names are
/// ours to choose, the physical value is not.
struct Measurement: CustomStringConvertible {
    var telegram: String
    var key: String
    var expected: JSONValue

    var description: String { "\(telegram) \(key)" }

    /// Keys that name the meter or describe it in the reference's own words.
    private static let notMeasured: Set<String> = ["id", "media", "status", "meter", "name"]

    /// The measurements of a corpus line: numbers, dates and times.
    static func all(of line: JSONValue) -> [Measurement] {
        guard let id = line["id"]?.string, let expected = line["expected"]?.members else {
            return []
        }
        return expected.compactMap { key, value in
            guard !notMeasured.contains(key) else { return nil }
            switch value {
            case .number: return Measurement(telegram: id, key: key, expected: value)
            case .string(let text) where Self.date(text) != nil:
                return Measurement(telegram: id, key: key, expected: value)
            default: return nil
            }
        }
    }

    /// Whether `reading` has the value under whatever name.
    func isFound(in reading: JSONValue) -> Bool {
        guard let members = reading.members else { return false }
        switch expected {
        case .number(let text):
            guard let wanted = Double(text) else { return false }
            return members.contains { key, value in
                guard let number = value.double ?? value.string.flatMap(Self.number) else {
                    return false
                }
                let unit = reading[key + "_unit"]?.string ?? ""
                return Self.factors(from: unit, to: self.unit).contains { factor in
                    Self.equal(number * factor, wanted)
                }
            }
        case .string(let text):
            guard let wanted = Self.date(text) else { return false }
            return members.contains { _, value in
                guard let found = value.string.flatMap(Self.date) else { return false }
                return found.hasPrefix(wanted) || wanted.hasPrefix(found)
            }
        default: return false
        }
    }

    /// The unit that the reference's key ends in.
    private var unit: String { String(key.split(separator: "_").last ?? "") }

    private static func equal(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= max(0.000_002, abs(right) * 0.000_002)
    }

    /// Identifications and bit fields are texts of digits in a reading.
    private static func number(_ text: String) -> Double? {
        text.count <= 16 ? Double(text) ?? UInt64(text, radix: 16).map(Double.init) : nil
    }

    /// What a value in `unit` may be multiplied by to be in the reference's unit.
    private static func factors(from unit: String, to wanted: String) -> [Double] {
        let table: [String: [String: Double]] = [
            "kwh": [
                "kWh": 1, "Wh": 0.001, "MJ": 1 / 3.6, "J": 1 / 3.6e6, "Mcal": 1.163, "kvarh": 1,
            ],
            "mj": ["MJ": 1, "kWh": 3.6], "gj": ["MJ": 0.001, "GJ": 1],
            "m3": ["m³": 1, "L": 0.001], "l": ["m³": 1000, "L": 1], "m3h": ["m³/h": 1],
            "lh": ["m³/h": 1000],
            "kw": [
                "W": 0.001, "kW": 1, "MJ/h": 1 / 3.6, "kvar": 1, "kVA": 1, "var": 0.001,
                "VA": 0.001,
            ],
            "w": ["W": 1], "c": ["°C": 1, "K": 1], "v": ["V": 1], "mv": ["V": 1000], "a": ["A": 1],
            "hz": ["Hz": 1], "rh": ["%": 1], "kvarh": ["kvarh": 1, "kWh": 1],
            "kvah": ["kVAh": 1, "kWh": 1],
            "bar": ["bar": 1], "dbm": ["dBm": 1], "kg": ["kg": 1],
            "s": ["s": 1, "min": 60, "h": 3600, "d": 86400],
            "min": ["s": 1 / 60, "min": 1, "h": 60, "d": 1440],
            "h": ["s": 1 / 3600, "min": 1 / 60, "h": 1, "d": 24],
            "d": ["s": 1 / 86400, "h": 1 / 24, "d": 1],
            "y": [
                "d": 1 / 365.2425, "h": 1 / 8765.82, "s": 1 / 31_556_952, "year": 1,
                "month": 1 / 12,
            ],
            "month": ["month": 1],
        ]
        if let factor = table[wanted]?[unit] { return [factor] }
        return table[wanted] == nil ? [1] : []
    }

    /// `2023-01-20T10:00` of `2023-01-20 10:00[:00]`, `20.01.2023 10:00` and the like.
    private static func date(_ text: String) -> String? {
        let parts = text.split { $0 == " " || $0 == "T" }
        guard let day = parts.first, parts.count <= 2 else { return nil }
        var iso: String
        let dotted = day.split(separator: ".")
        if dotted.count == 3, dotted[2].count == 4 {
            iso = "\(dotted[2])-\(dotted[1])-\(dotted[0])"
        } else {
            iso = String(day)
        }
        let numbers = iso.split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers[0].count == 4, numbers.allSatisfy({ Int($0) != nil })
        else {
            return nil
        }
        if parts.count == 2 { iso += "T" + parts[1] }
        return iso
    }
}
