import Decoder
import Testing
import Wire

/// A whole telegram as a value: hex in, the readings' records out as short text, as `RecordCase`.
struct PayloadCase: CustomTestStringConvertible, Sendable {
    let name: String
    let hex: String
    let key: String?
    let expected: [String]

    init(_ name: String, _ hex: String, key: String? = nil, _ expected: String...) {
        self.name = name
        self.hex = hex
        self.key = key
        self.expected = expected
    }

    var testDescription: String { name }
}

/// What `TelegramDecoder.reading` gives for a telegram without CRCs.
func reading(
    _ octets: [UInt8], key: MeterKey? = nil, leniency: TelegramDecoder.Leniency = []
) throws -> Reading {
    let frame = try LinkLayerFrame(parsing: RadioFrame(octets: octets, format: .crcsRemoved))
    let headers = try TelegramHeaders(parsing: frame)
    return try TelegramDecoder().reading(
        of: frame, headers: headers, key: key, leniency: leniency)
}

func reading(_ hex: String, key: String? = nil) throws -> Reading {
    try reading(Hex.octets(hex), key: key.flatMap { MeterKey(hex: $0) })
}

/// One line of text a record.
func lines(_ reading: Reading) -> [String] {
    reading.records.indices.map {
        line(of: $0, in: reading.records, octets: reading.telegram.octets)
    }
}
