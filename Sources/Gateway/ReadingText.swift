import Wire

/// A reading for the eyes: the members of its JSON object, one a line, units behind their values.
public enum ReadingText {
    /// - Parameter json: what `ReadingJSON` or `OfflineDecoder` wrote.
    public static func lines(of json: Span<UInt8>) -> [String] {
        guard let members = (try? JSONValue(parsing: json))?.members else { return [] }
        if case .string(let message)? = members.first(where: { $0.key == "message" })?.value {
            return [message]
        }
        let protocolFields = members.first { $0.key == "proto" }?.value
        var rows = members.compactMap { key, value -> (String, String)? in
            guard key != "proto", key != "payload", !key.hasSuffix("_unit") else { return nil }
            let unit = members.first { $0.key == key + "_unit" }?.value.string
            return (key, text(of: value) + (unit.map { " " + $0 } ?? ""))
        }
        if let protocolFields { rows.insert(contentsOf: meter(protocolFields), at: 0) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { key, value in
            key + String(repeating: " ", count: width - key.count + 2) + value
        }
    }

    /// Who it is, as definitions ask for it.
    private static func meter(_ fields: JSONValue) -> [(String, String)] {
        func row(_ key: String) -> (String, String)? {
            fields[key].map { (key, text(of: $0)) }
        }
        // `7ACM0112345678`: the device type stands in front, without a leading zero.
        let maker = fields["manufacturer"]?.string ?? ""
        let type = fields["din_addr_meter"]?.string.map { address in
            let digits = address.dropLast(maker.count + 10).uppercased()
            return ("device_type", String(repeating: "0", count: max(2 - digits.count, 0)) + digits)
        }
        return [
            row("manufacturer"), row("device_number"), row("version_number"), type,
            row("device_medium"),
        ].compactMap(\.self)
    }

    private static func text(of value: JSONValue) -> String {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "yes" : "no"
        case .null: "unknown"
        case .array(let elements): elements.map(text).joined(separator: ", ")
        case .object(let members):
            members.map { "\($0.key) \(text(of: $0.value))" }.joined(separator: ", ")
        }
    }
}
