import Decoder
import Testing
import Wire

@Suite struct RecordNameTests {
    @Test(arguments: [
        ("0C14 00000000", "volume"), ("4C14 00000000", "volume_storage1"),
        ("8410 03 00000000", "energy_tariff1"), ("142D 00000000", "power_max"),
        ("04933C 00000000", "volume_backward"), ("4406 00000000", "energy_storage1"),
        ("04A9FF01 00000000", "power_mfct01"), ("02FF20 0000", "manufacturer_specific_02ff20"),
        ("8440FF2C 00000000", "manufacturer_specific_8440ff2c"), ("0F 00", "manufacturer_specific"),
        (
            "E1 70 93 92 BC C8 FC81 FF 05 00",
            "volume_average_min_backward_l1_upper_limit_mfct05_tariff3_subunit1_storage1"
        ),
    ])
    func names(_ hex: String, _ expected: String) throws {
        let octets = try Hex.octets(hex)
        #expect(name(of: 0, in: readRecords(octets).records, octets: octets) == expected)
    }

    /// What only selects is no value, and does not make the one behind it the second; a record error
    /// is published.
    @Test func recordsWithoutDataAreNotCounted() throws {
        let octets = try Hex.octets("08 13 00 13 0113 01 0113 02 009315 0113 03")
        let records = readRecords(octets).records
        #expect(
            records.indices.map { name(of: $0, in: records, octets: octets) } == [
                "volume", "volume", "volume", "volume_2", "volume_3", "volume_4",
            ])
    }

    @Test func repeatedNamesAreCounted() throws {
        let octets = try Hex.octets(
            "0113 01 0113 02 4113 03 0113 04 01AB7F 01 01ABFF01 02 01ABFF02 03 01ABFF01 04"
                + "02FD17 0000 02FD971D 0000")
        let records = readRecords(octets).records
        #expect(
            records.indices.map { name(of: $0, in: records, octets: octets) } == [
                "volume", "volume_2", "volume_storage1", "volume_3", "power_mfct", "power_mfct01",
                "power_mfct02", "power_mfct01_2", "error_flags", "error_flags_2",
            ])
    }

    /// Whatever the records are, no two values of one telegram share a name.
    @Test(arguments: RecordParserTests.all)
    func namesAreUnique(_ c: RecordCase) throws {
        let octets = try Hex.octets(c.hex + c.hex)
        let records = readRecords(octets).records
        let names = records.indices.filter { records[$0].value != .none }
            .map { name(of: $0, in: records, octets: octets) }
        #expect(Set(names).count == names.count)
    }

    @Test func noRecordNoName() {
        #expect(name(of: 0, in: [], octets: []) == "")
        #expect(name(of: -1, in: [], octets: []) == "")
    }

    /// Ranges of another telegram must not lead outside.
    @Test func namesWithoutOctets() throws {
        let records = readRecords(try Hex.octets("01FF20 05 01FF20 05 01ABFF01 02")).records
        for index in records.indices { _ = name(of: index, in: records, octets: []) }
    }
}
