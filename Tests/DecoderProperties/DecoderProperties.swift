import Decoder
import Gateway
import Wire

/// What must hold whatever was received; shared by the tests and the fuzzer.
///
/// Each function gives nil, or says what does not hold.
public final class DecoderProperties {
    private let decoder = TelegramDecoder()
    private let offline = OfflineDecoder()
    /// Another one: what `offline` learned of a telegram is not to be known before it is explained.
    private let explaining = OfflineDecoder()
    private var json = JSONWriter()
    private var time: UInt64 = 0

    public init() {}

    /// A frame that is a link-layer frame has the octets its L-field says, in every format.
    public func link(_ octets: [UInt8]) -> String? {
        for format in FrameFormat.allCases {
            guard
                let frame = try? LinkLayerFrame(parsing: RadioFrame(octets: octets, format: format))
            else { continue }
            guard frame.octets.count >= 11 || frame.octets.count == 10 else {
                return "a frame of \(frame.octets.count) octets"
            }
            guard Int(frame.octets[0]) == min(frame.octets.count - 1, 255) else {
                return "L-field \(frame.octets[0]), \(frame.octets.count) octets"
            }
            guard frame.trailing >= 0, frame.octets.count + frame.trailing <= octets.count + 10
            else { return "\(frame.trailing) trailing octets" }
        }
        return nil
    }

    /// An opened telegram's application and records lie within its octets.
    public func transport(_ octets: [UInt8], key: MeterKey?) -> String? {
        time &+= 1
        for leniency in [[], TelegramDecoder.Leniency.offline] {
            let frame = RadioFrame(octets: octets, format: .crcsRemoved)
            guard let parsed = try? LinkLayerFrame(parsing: frame),
                let headers = try? TelegramHeaders(parsing: parsed),
                let telegram = try? decoder.open(
                    parsed, headers: headers, key: key, leniency: leniency, now: time)
            else { continue }
            if telegram.application.upperBound > telegram.octets.count {
                return "application \(telegram.application) of \(telegram.octets.count) octets"
            }
            // A maker's own layout is not opened here.
            if let key, key.count == 16, leniency == [], telegram.protection == .none,
                headers.payloadFamily == nil
            {
                return "a telegram in clear although there is a key"
            }
            var records: [DataRecord] = []
            let end = decoder.readRecords(of: telegram, into: &records)
            let fault = Self.fault(records, end, in: telegram.application)
            if fault != nil { return fault }
        }
        return nil
    }

    /// Records lie within the octets they were read from.
    public func records(_ octets: [UInt8]) -> String? {
        var records: [DataRecord] = []
        let end = RecordParser.parse(octets.span, in: 0..<octets.count, into: &records)
        var text: [UInt8] = []
        var name = TextBuffer()
        for index in records.indices {
            records[index].appendText(in: octets.span, to: &text)
            records[index].appendUnitText(in: octets.span, to: &text)
            RecordName.append(of: index, in: records, octets: octets.span, to: &name)
        }
        return Self.fault(records, end, in: 0..<octets.count)
    }

    /// Hex text in, one JSON object out, whatever the text is; and an explanation that tells every
    /// octet once.
    public func whole(_ text: [UInt8], key: MeterKey?, explained: Bool = true) -> String? {
        json.removeAll()
        let decoded = offline.appendJSON(of: text.span, key: key, to: &json)
        guard let value = try? JSONValue(parsing: json.span), value.members != nil else {
            return "no JSON object: \(json.text)"
        }
        if decoded != (value["error"] == nil) { return "decoded \(decoded), yet \(json.text)" }
        guard explained else { return nil }
        let (explanation, reading) = explaining.explanation(ofHex: text.span, key: key)
        if reading == nil, explanation.stop == nil { return "no reading, and no reason" }
        _ = ExplanationText.draw(explanation, colour: true)
        guard let frame = try? OfflineDecoder.frame(ofHex: text.span) else { return nil }
        let told = (try? LinkLayerFrame(parsing: frame))?.octets ?? frame.octets
        return Self.fault(explanation, of: told) ?? reading.flatMap { Self.fault(explanation, $0) }
    }

    private static func fault(
        _ records: [DataRecord], _ end: RecordsEnd?, in range: Range<Int>
    ) -> String? {
        for record in records {
            for place in [record.header, record.data, record.unitText, record.vendorCodes]
            where !place.isEmpty {
                if place.range.clamped(to: range) != place.range {
                    return "a record at \(place.range) in \(range)"
                }
            }
        }
        if let end, !range.contains(end.offset) { return "an end at \(end.offset) in \(range)" }
        return nil
    }
}

// Explanations
extension DecoderProperties {
    /// Every octet is told once and in order: what is told is taken off the front of the telegram.
    static func fault(_ explanation: Explanation, of telegram: [UInt8]) -> String? {
        var rest = telegram[...]
        for item in explanation.layers.flatMap(\.items) {
            let told: [UInt8]
            switch item {
            case .field(let field): told = field.octets
            case .notRead(_, let octets): told = octets
            case .finding: continue
            case .replaced(_, let before, let after):
                guard rest.starts(with: before) else {
                    return "replaced what is not there: \(item)"
                }
                rest = (after + rest.dropFirst(before.count))[...]
                continue
            }
            guard rest.starts(with: told) else {
                return "\(item) is told where \(Hex.text(rest)) is left"
            }
            rest = rest.dropFirst(told.count)
        }
        return rest.isEmpty ? nil : "\(Hex.text(rest)) is not told"
    }

    /// The values that are told are those of the reading.
    static func fault(_ explanation: Explanation, _ reading: Reading) -> String? {
        // The elements of a profile were worked out: they have no octets of their own to tell.
        let sent = reading.records.filter { !$0.derived && !$0.data.isEmpty }
        guard let layer = explanation.layers.last, layer.name == "Application layer, records",
            sent.count == reading.records.count(where: { !$0.data.isEmpty })
        else { return nil }
        var data: [Explanation.Field] = []
        for case .field(let field) in layer.items where field.name == "Data" { data.append(field) }
        guard data.count == sent.count else {
            return "\(sent.count) values, \(data.count) told"
        }
        for (record, field) in zip(sent, data) {
            guard field.offset == record.data.range.lowerBound,
                field.octets == Array(reading.telegram.octets[record.data.range])
            else { return "\(field) for the value at \(record.data.range)" }
            let value: String? =
                switch record.value {
                case .number(let number): number.description
                case .time(let time): time.description
                default: nil
                }
            if let value, !field.meaning.hasPrefix(value) {
                return "\(field.meaning) for \(value)"
            }
        }
        return nil
    }
}
