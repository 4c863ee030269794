import Decoder
import Testing
import Wire

@testable import Gateway

/// A meter of a maker that there is not, and definitions for it.
enum AcmeMeter {
    /// 12345678, version 01, type 07: clock 2024-05-16, total 12.345 m³, storages 2 and 3.
    static let telegram =
        "2F446D047856341201077A2A000000046D0A0A1035041339300000840113"
        + "20300000C401131030000084021300300000"

    /// A sound definition, from the text of its file.
    static func definition(_ id: String, _ detect: String, _ rest: String = "") throws
        -> MeterDefinition
    {
        let text = "maker: Acme\nmodel: \(id)\ndetect:\n  - { \(detect) }\n" + rest
        let (definition, faults) = MeterDefinitionReader.read(Array(text.utf8), id: id)
        #expect(faults == [])
        return try #require(definition)
    }

    /// What is published of a telegram.
    static func reading(
        _ hex: String, _ users: [MeterDefinition] = [], units: PublishedUnits = .decided
    ) throws -> JSONValue {
        var json = JSONWriter()
        OfflineDecoder(units: units, catalogue: MeterCatalogue(users: users)).appendJSON(
            of: Array(hex.utf8).span, key: nil, to: &json)
        return try JSONValue(parsing: json.span)
    }

    /// The same of records alone.
    static func reading(
        ofRecords records: [UInt8], _ users: [MeterDefinition] = [],
        units: PublishedUnits = .decided
    ) throws -> JSONValue {
        let head: [UInt8] = [0x44, 0x6D, 0x04, 0x78, 0x56, 0x34, 0x12, 1, 7, 0x7A, 0x2A, 0, 0, 0]
        return try reading(
            Hex.text([UInt8(head.count + records.count)] + head + records), users, units: units)
    }
}
