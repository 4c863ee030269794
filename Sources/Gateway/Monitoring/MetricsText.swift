/// Writes metrics as Prometheus reads them (text exposition format, version 0.0.4).
///
/// A family is begun, and then all of its samples are given.
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String {
        /// Grows until the program is started anew.
        case counter
        case gauge
    }

    private(set) var octets: [UInt8] = []
    private var family = ""

    init() { octets.reserveCapacity(8192) }

    /// - Parameters:
    ///   - name: as `oms2mqtt_readings_total`, with its unit; that of a counter ends in `_total`.
    ///   - help: one sentence.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        family = name
        append("# HELP \(name) ")
        appendEscaped(help, quotes: false)
        append("\n# TYPE \(name) \(kind.rawValue)\n")
    }

    /// One sample of the family; without a value there is none.
    ///
    /// - Parameter labels: names, as in an identifier, with any text.
    mutating func sample(_ value: (some Numeric & Sendable)?, _ labels: (String, String)...) {
        guard let value else { return }
        append(family)
        for (place, (name, text)) in labels.enumerated() {
            append(place == 0 ? "{" : ",")
            append("\(name)=\"")
            appendEscaped(text, quotes: true)
            append("\"")
        }
        append(labels.isEmpty ? " \(value)\n" : "} \(value)\n")
    }

    private mutating func append(_ text: String) { octets += text.utf8 }

    private mutating func appendEscaped(_ text: String, quotes: Bool) {
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "\\"): append(#"\\"#)
            case UInt8(ascii: "\n"): append(#"\n"#)
            case UInt8(ascii: "\"") where quotes: append(#"\""#)
            default: octets.append(octet)
            }
        }
    }
}
