import Decoder
import Wire

/// One telegram of a `MeterReport`.
public struct ReportedTelegram: Sendable {
    /// How `octets` came to be.
    enum State: String, Sendable {
        case inClear = "sent in clear"
        case deciphered = "deciphered"
        case asReceived = "as received"
    }

    /// A record as it stands in the telegram.
    struct Record: Sendable {
        /// DIF to last VIFE; empty where a payload family has read it.
        var header: [UInt8]
        var data: [UInt8]
        /// As published.
        var name: String
        /// Whether name and value say what it is.
        var isUnderstood: Bool
    }

    /// What stands behind the last record that could be read.
    struct Rest: Sendable {
        var offset: Int
        var octets: [UInt8]
        var reason: String
    }

    /// From the L-field on, without CRCs.
    let octets: [UInt8]
    let state: State
    /// The reading's JSON, or what is wrong with the telegram.
    private let json: [UInt8]
    private var records: [Record] = []
    private var rest: Rest?
    /// Why no definition was used, and which there are of the manufacturer's meters.
    private var undefined: String?

    /// A telegram that was read.
    init(_ whole: Reading, _ numbers: MeterReport.Numbers, _ catalogue: MeterCatalogue) {
        var reading = whole
        Anonymous.clearSecrets(of: &reading)
        if numbers == .shortened { Anonymous.shortenNumbers(of: &reading) }
        // Texts that a payload family made stand behind the telegram.
        let all = reading.telegram.octets
        octets = Array(all.prefix(all.first.map { Int($0) + 1 } ?? 0))
        state =
            switch reading.telegram.protection {
            case .none, .alreadyClear: .inClear
            default: .deciphered
            }
        var json = JSONWriter()
        ReadingJSON(tellsDetection: true).append(reading, to: &json)
        self.json = json.bytes
        records = reading.records.indices.map { Self.record($0, of: reading) }
        rest = reading.recordsEnd.map { end in
            Rest(
                offset: end.offset, octets: Array(octets.dropFirst(end.offset)),
                reason: end.reason.words.description)
        }
        if reading.definition == nil {
            undefined = Self.undefined(reading.telegram.meter, catalogue)
        }
    }

    /// A telegram that was not read.
    init(_ frame: RadioFrame, error: OfflineError, _ numbers: MeterReport.Numbers) {
        var octets = frame.octets
        if numbers == .shortened { Anonymous.shortenNumbers(ofUnread: &octets, frame.format) }
        self.octets = octets
        state = .asReceived
        var json = JSONWriter()
        OfflineDecoder.append(error, to: &json)
        self.json = json.bytes
    }

    private static func record(_ index: Int, of reading: Reading) -> Record {
        let record = reading.records[index]
        let octets = reading.telegram.octets
        var name = TextBuffer(reserving: 64)
        let field = reading.appendName(of: index, to: &name)
        let isVendors =
            record.quantity == .manufacturerSpecific && record.name == nil
            || !record.vendorCodes.isEmpty
        let isKept = record.quantity == .unknown || record.value == .octets
        return Record(
            header: octets.part(record.header.range), data: octets.part(record.data.range),
            name: name.text,
            isUnderstood: field != nil || !isVendors && !isKept)
    }

    private static func undefined(_ meter: MeterAddress, _ catalogue: MeterCatalogue) -> String {
        let maker = meter.manufacturer.letters ?? meter.manufacturer.description
        let others = catalogue.all.filter { definition in
            definition.detections.contains { $0.meter.manufacturer == meter.manufacturer.global }
        }
        let sort = MeterPattern(
            manufacturer: meter.manufacturer, version: meter.version,
            deviceType: meter.deviceType)
        return "none fits \(sort)"
            + (others.isEmpty
                ? "; there is none for \(maker)"
                : "; for \(maker) there is \(others.map(\.id).joined(separator: ", "))")
    }
}

// Forms
extension ReportedTelegram {
    /// What nobody has a name for, or nobody has read.
    private var notUnderstood: [Record] { records.filter { !$0.isUnderstood } }

    var lines: [String] {
        var lines = ["telegram, \(state.rawValue): \(Hex.text(octets))"]
        if let undefined { lines.append("definition: \(undefined)") }
        lines += ["", "reading:"] + ReadingText.lines(of: json.span).map { "  " + $0 }
        if !records.isEmpty {
            lines += ["", "records:"]
            lines += records.map { "  \(Self.text(of: $0))" + ($0.isUnderstood ? "" : "  (?)") }
        }
        guard !notUnderstood.isEmpty || rest != nil else { return lines }
        lines += ["", "not understood:"] + notUnderstood.map { "  \(Self.text(of: $0))" }
        if let rest {
            lines.append(
                "  from octet \(rest.offset) on: \(Hex.text(rest.octets)) (\(rest.reason))")
        }
        return lines
    }

    private static func text(of record: Record) -> String {
        "\(Hex.text(record.header)) \(Hex.text(record.data)) \(record.name)"
    }

    func appendJSON(to json: inout JSONWriter) {
        json.beginObject()
        json.key("telegram")
        json.hex(octets.span)
        json.key("state")
        json.string(state.rawValue)
        if let undefined {
            json.key("definition")
            json.string(undefined)
        }
        json.key("reading")
        json.raw(self.json)
        json.key("records")
        json.beginArray()
        for record in records { Self.append(record, to: &json) }
        json.endArray()
        if let rest {
            json.key("rest")
            json.beginObject()
            json.key("offset")
            json.integer(Int64(rest.offset))
            json.key("octets")
            json.hex(rest.octets.span)
            json.key("reason")
            json.string(rest.reason)
            json.endObject()
        }
        json.endObject()
    }

    private static func append(_ record: Record, to json: inout JSONWriter) {
        json.beginObject()
        json.key("header")
        json.hex(record.header.span)
        json.key("data")
        json.hex(record.data.span)
        json.key("name")
        json.string(record.name)
        json.key("understood")
        json.bool(record.isUnderstood)
        json.endObject()
    }
}

extension [UInt8] {
    /// The octets in `range`, as far as there are.
    fileprivate func part(_ range: Range<Int>) -> [UInt8] {
        Array(self[range.clamped(to: 0..<count)])
    }
}
