import Decoder
import Wire

/// Whether keys belong to a telegram: one finding a key, shown as text or as JSON.
///
/// Keys are named by their place, 1 for the first; nothing of them is shown.
public struct KeyCheck: Equatable, Sendable {
    /// Whose telegram it is, as `03ELS3312345678`; nil where the headers cannot be read.
    public var meter: String?
    /// By key, in the order they were given.
    public var findings: [KeyDiagnosis]

    /// - Parameter frame: a telegram with or without its CRCs.
    public init(of frame: RadioFrame, keys: [MeterKey]) {
        if let parsed = try? LinkLayerFrame(parsing: frame),
            let headers = try? TelegramHeaders(parsing: parsed)
        {
            meter = headers.meter.description
        }
        findings = keys.map { KeyDiagnosis(of: frame, key: $0) }
    }

    /// Whether one of the keys opens the telegram.
    public var isOpened: Bool { findings.contains(where: \.isRight) }

    /// A line a key.
    ///
    /// - Parameter telegram: its place among those that were given, 1 for the first.
    public func lines(telegram: Int) -> [String] {
        findings.enumerated().map { place, finding in
            "telegram \(telegram)" + (meter.map { " (\($0))" } ?? "")
                + ", key \(place + 1): \(finding)"
        }
    }

    /// Appends a JSON array with an object a key.
    public func appendJSON(telegram: Int, to json: inout JSONWriter) {
        json.beginArray()
        for (place, finding) in findings.enumerated() {
            json.beginObject()
            json.key("telegram")
            json.integer(Int64(telegram))
            json.key("key")
            json.integer(Int64(place + 1))
            json.key("meter")
            if let meter { json.string(meter) } else { json.null() }
            json.key("finding")
            json.string(finding.code)
            if case .rightKeyOtherAddress(let choice, _) = finding {
                json.key("address")
                json.string(choice.rawValue)
            }
            if let evidence = finding.evidence { Self.append(evidence, to: &json) }
            json.key("message")
            json.string(finding.description)
            json.endObject()
        }
        json.endArray()
    }

    private static func append(_ evidence: KeyEvidence, to json: inout JSONWriter) {
        let facts: [(StaticString, Bool?)] = [
            ("begins_with_2f2f", evidence.fillers), ("first_record", evidence.firstRecord),
            ("authentication_code", evidence.authenticationCode),
            ("payload_crc", evidence.payloadCRC),
        ]
        json.key("evidence")
        json.beginObject()
        for (name, fact) in facts {
            guard let fact else { continue }
            json.key(name)
            json.bool(fact)
        }
        json.endObject()
    }
}
