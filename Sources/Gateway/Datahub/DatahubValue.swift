import Wire

/// How a value of a device's message is published.
enum DatahubValue {
    typealias Named = (name: String, value: JSONValue)

    /// More brackets around a value than this are not opened.
    private static let mostLevels = 8

    /// `value` as energy2mqtt publishes it: yes and no become `ON` and `OFF`, as such words do; of a
    /// list its first element is taken, of an object its `value`.
    ///
    /// An empty list and a number that no computer can hold become null. An object without `value`
    /// stays as it is.
    static func published(_ value: JSONValue) -> JSONValue {
        var value = value
        for _ in 0..<mostLevels {
            switch value {
            case .array(let elements): value = elements.first ?? .null
            case .object:
                guard let inner = value["value"] else { return value }
                value = inner
            case .bool(let isOn): return .string(isOn ? "ON" : "OFF")
            case .string(let text): return .string(switching(text) ?? text)
            case .number: return DatahubMessage.number(value) == nil ? .null : value
            case .null: return .null
            }
        }
        return .null
    }

    /// `ON` or `OFF`, if the text is one of these words.
    private static func switching(_ text: String) -> String? {
        guard text.utf8.count <= 3 else { return nil }
        switch text.lowercased() {
        case "on": return "ON"
        case "off": return "OFF"
        default: return nil
        }
    }
}
