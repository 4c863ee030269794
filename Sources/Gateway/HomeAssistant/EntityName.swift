import Decoder

/// What an entity of a record's is called, beside the device's name: the quantity, and what tells
/// the record from others of it, in words.
extension KnownRecord {
    func name(_ row: EntityRow, _ medium: Medium?) -> String {
        guard key.hasPrefix(quantity.rawValue) else {
            return Self.words(key.replacing("volume_flow", with: "flow")[...], medium)
                .joined(separator: " ").spaced
        }
        let rest = key.dropFirst(quantity.rawValue.utf8.count)
        return ([quantityName(row, medium)] + Self.words(rest, medium)).joined(separator: " ")
    }

    /// The standard has one name for temperatures of several things.
    private func quantityName(_ row: EntityRow, _ medium: Medium?) -> String {
        switch quantity {
        case .externalTemperature where medium == .room: "Temperature"
        case .flowTemperature where medium?.isWater == true: "Water temperature"
        default: row.name
        }
    }

    private static func words(_ key: Substring, _ medium: Medium?) -> [String] {
        var words: [String] = []
        for part in key.split(separator: "_") {
            let before = words.last ?? ""
            let word = word(String(part), after: before, medium)
            if phases.contains(before), phases.contains(word) {
                words[words.count - 1] = "\(before)-\(word)"
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static let phases: Set<String> = ["L1", "L2", "L3"]

    private static func word(_ word: String, after before: String, _ medium: Medium?) -> String {
        switch word {
        case "min": return "minimum"
        case "max": return "maximum"
        case "co2": return "CO₂"
        case "hca": return "heat cost"
        case "id": return "ID"
        case "base": return "at base conditions"
        case "forward" where medium == .electricity, "imported" where medium == .electricity:
            return "drawn"
        case "backward" where medium == .electricity, "exported" where medium == .electricity:
            return "fed in"
        default: break
        }
        for beginning in ["tariff", "subunit", "storage"] where word.hasPrefix(beginning) {
            let number = word.dropFirst(beginning.utf8.count)
            guard !number.isEmpty else { continue }
            // A month or a history has a number of its own.
            let isCounted = beginning == "storage" && ["month", "history"].contains(before)
            return isCounted ? String(number) : "\(beginning) \(number)"
        }
        return isLetterWithNumber(word) ? word.uppercased() : word
    }

    /// `a`, `l1`, `q4`.
    private static func isLetterWithNumber(_ word: String) -> Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return word.utf8.first.map { !digits.contains($0) } ?? false
            && word.utf8.dropFirst().allSatisfy(digits.contains)
    }
}
