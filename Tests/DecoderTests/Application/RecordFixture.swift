import Decoder
import Testing
import Wire

/// The application's octets of a test as a value: hex in, records out as short text.
///
/// A record reads `name = value unit`, then `@date` where one was worked out, `derived` for profile
/// elements; the end of a list that ended early is `! offset reason`.
struct RecordCase: CustomTestStringConvertible, Sendable {
    let name: String
    let hex: String
    let expected: [String]

    init(_ name: String, _ hex: String, _ expected: String...) {
        self.name = name
        self.hex = hex
        self.expected = expected
    }

    var testDescription: String { name }
}

/// Parses `hex` and writes every record as one line of text.
func lines(_ hex: String) throws -> [String] { lines(try Hex.octets(hex)) }

func lines(_ octets: [UInt8]) -> [String] {
    let (records, end) = readRecords(octets)
    var result = records.indices.map { line(of: $0, in: records, octets: octets) }
    if let end { result.append("! \(end.offset) \(end.reason)") }
    return result
}

func readRecords(_ octets: [UInt8]) -> (records: [DataRecord], end: RecordsEnd?) {
    var records: [DataRecord] = []
    var nobody = NoAccount()
    let end = RecordParser.parse(
        octets.span, in: 0..<octets.count, into: &records, account: &nobody)
    return (records, end)
}

func name(of index: Int, in records: [DataRecord], octets: [UInt8]) -> String {
    var utf8 = TextBuffer()
    RecordName.append(of: index, in: records, octets: octets.span, to: &utf8)
    return utf8.text
}

func line(of index: Int, in records: [DataRecord], octets: [UInt8]) -> String {
    let record = records[index]
    var result = name(of: index, in: records, octets: octets) + " = "
    var utf8: [UInt8] = []
    switch record.value {
    case .number(let number): result += number.description
    case .time(let time):
        result += time.description + (time.summerTime ? " summer" : "")
    case .bits(let bits): result += "bits " + String(bits, radix: 16)
    case .identification:
        record.appendText(in: octets.span, to: &utf8)
        result += "#" + String(decoding: utf8, as: UTF8.self)
    case .text:
        record.appendText(in: octets.span, to: &utf8)
        result += "'" + String(decoding: utf8, as: UTF8.self) + "'"
    case .octets: result += "octets " + Hex.text(octets[record.data.range])
    case .none: result += "none"
    case .unknown(let reason): result += "unknown \(reason)"
    }
    utf8 = []
    record.unitModifier.appendSymbol(to: &utf8)
    let unit = record.unit.rawValue + String(decoding: utf8, as: UTF8.self)
    if !unit.isEmpty { result += " " + unit }
    if !record.unitText.isEmpty {
        utf8 = []
        record.appendUnitText(in: octets.span, to: &utf8)
        result += " '" + String(decoding: utf8, as: UTF8.self) + "'"
    }
    if let dated = record.dated { result += " @\(dated)" }
    return result + (record.derived ? " derived" : "")
}
