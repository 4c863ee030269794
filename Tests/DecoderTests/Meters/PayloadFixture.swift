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
        self.init(name, hex, key: key, expected)
    }

    init(_ name: String, _ hex: String, key: String? = nil, _ expected: [String]) {
        self.name = name
        self.hex = hex
        self.key = key
        self.expected = expected
    }

    var testDescription: String { name }
}

/// A telegram's hex from the C-field on, with its L-field in front.
func sized(_ hex: String) -> String {
    let octets = (try? Hex.octets(hex)) ?? []
    return Hex.text([UInt8(octets.count)] + octets)
}

/// Every prefix of a telegram, and the telegram with each octet damaged: none may trap, and what is
/// read stays within the octets. What is left of a telegram says nothing that the whole does not.
func expectSoundWhenDamaged(_ octets: [UInt8], key: MeterKey? = nil) {
    let whole = (try? reading(octets, key: key, leniency: .offline)).map(lines) ?? []
    for count in 1..<octets.count {
        let prefix = [UInt8(count - 1)] + octets[1..<count]
        guard let reading = try? reading(prefix, key: key, leniency: .offline) else { continue }
        for (record, line) in zip(reading.records, lines(reading))
        where record.value != .octets && record.value != .none {
            #expect(whole.contains(line), "\(count) octets")
        }
    }
    var damaged: [[UInt8]] = []
    for place in octets.indices {
        for mask in [0x01, 0x55, 0x80, 0xFF] as [UInt8] {
            var other = octets
            other[place] ^= mask
            damaged.append(other)
        }
    }
    for octets in damaged {
        guard let reading = try? reading(octets, key: key, leniency: .offline) else { continue }
        for record in reading.records {
            #expect(record.data.range.upperBound <= reading.telegram.octets.count)
        }
        _ = lines(reading)
    }
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
