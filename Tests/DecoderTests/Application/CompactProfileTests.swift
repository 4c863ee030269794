import Testing
import Wire

@testable import Decoder

@Suite struct CompactProfileTests {
    /// The examples of EN 13757-3, annex F.
    static let examples = [
        RecordCase(
            "1F: increments, hourly", "84046D 00204111 8B0415 003012 8D04951F 05 69 01 030211",
            "date_time_storage8 = 2010-01-01T00:00", "volume_storage8 = 12300.0 m³",
            "volume_storage9 = 12300.3 m³ @2010-01-01T01:00 derived",
            "volume_storage10 = 12300.5 m³ @2010-01-01T02:00 derived",
            "volume_storage11 = 12301.6 m³ @2010-01-01T03:00 derived"),
        RecordCase(
            "13: increments, hourly", "84046D 00234111 8B0415 163012 8D049513 05 69 01 110203",
            "date_time_storage8 = 2010-01-01T03:00", "volume_storage8 = 12301.6 m³",
            "volume_storage9 = 12300.5 m³ @2010-01-01T02:00 derived",
            "volume_storage10 = 12300.3 m³ @2010-01-01T01:00 derived",
            "volume_storage11 = 12300.0 m³ @2010-01-01T00:00 derived"),
        RecordCase(
            "1E: absolute, monthly",
            "868081006D 0000A0411135 8490810003 F0490200 8D908100831E 0A 34 FE A0860100 D0FB0100",
            "date_time_storage32 = 2010-01-01T00:00:00",
            "energy_tariff1_storage32 = 150000 Wh",
            "energy_tariff1_storage33 = 100000 Wh @2010-02-01T00:00:00 derived",
            "energy_tariff1_storage34 = 130000 Wh @2010-03-01T00:00:00 derived"),
    ]

    static let others = [
        RecordCase(
            "date and base behind it",
            "8D04951F 04 69 01 0302 84046D 00204111 8B0415 003012",
            "volume_storage9 = 12300.3 m³ @2010-01-01T01:00 derived",
            "volume_storage10 = 12300.5 m³ @2010-01-01T02:00 derived",
            "date_time_storage8 = 2010-01-01T00:00", "volume_storage8 = 12300.0 m³"),
        RecordCase(
            "no base: increments stay as they came", "8D04951F 05 69 01 030211",
            "volume_profile_storage8 = octets 6901030211 m³"),
        RecordCase(
            "no base: absolute values need none", "8D04951F 04 29 FE 0302",
            "volume_storage9 = 0.3 m³ derived", "volume_storage10 = 0.2 m³ derived"),
        RecordCase(
            "array: no time", "82046C FE04 8D04DA1F 04 09 00 0302",
            "date_storage8 = 2007-04-30", "flow_temperature_storage9 = 0.3 °C derived",
            "flow_temperature_storage10 = 0.2 °C derived"),
        RecordCase(
            "decrements", "8204 13 E803 8D04931F 04 A1 01 0302",
            "volume_storage8 = 1.000 m³", "volume_storage9 = 0.997 m³ derived",
            "volume_storage10 = 0.995 m³ derived"),
        RecordCase(
            "decrements, inverse", "8204 13 E803 8D049313 04 A1 01 0302",
            "volume_storage8 = 1.000 m³", "volume_storage9 = 1.003 m³ derived",
            "volume_storage10 = 1.005 m³ derived"),
        RecordCase(
            "differences, signed", "8204 13 E803 8D04931F 04 E1 01 FFFD",
            "volume_storage8 = 1.000 m³", "volume_storage9 = 0.999 m³ derived",
            "volume_storage10 = 0.996 m³ derived"),
        RecordCase(
            "an unknown increment ends the chain",
            "8204 13 E803 8D04931F 05 61 01 01FF02", "volume_storage8 = 1.000 m³",
            "volume_storage9 = 1.001 m³ derived",
            "volume_storage10 = unknown invalidPattern m³ derived"),
        RecordCase(
            "an unknown absolute value does not",
            "8D04931F 05 21 01 01FF02", "volume_storage9 = 0.001 m³ derived",
            "volume_storage10 = unknown invalidPattern m³ derived",
            "volume_storage11 = 0.002 m³ derived"),
        RecordCase(
            "half months and quarters",
            "82046C 0121 8D04931F 03 31 FD 05 82056C 0121 8D05931F 03 21 FE 06",
            "date_storage8 = 2016-01-01", "volume_storage9 = 0.005 m³ @2016-01-16 derived",
            "date_storage10 = 2016-01-01", "volume_storage11 = 0.006 m³ @2016-04-01 derived"),
        RecordCase(
            "month ends, inverse", "82046C 7F2A 8D04EE13 06 32 FE 05000600",
            "date_storage8 = 2019-10-31", "hca_units_storage9 = 5 @2019-09-30 derived",
            "hca_units_storage10 = 6 @2019-08-31 derived"),
        RecordCase(
            "date of the base not trusted", "84046D 80204111 8D04931F 03 21 01 05",
            "date_time_storage8 = 2010-01-01T00:00 (not trusted)",
            "volume_storage9 = 0.005 m³ derived"),
        RecordCase(
            "other direction is another base",
            "8204 93 3C E803 8D04931F 03 61 01 01", "volume_backward_storage8 = 1.000 m³",
            "volume_profile_storage8 = octets 610101 m³"),
        RecordCase(
            "with the manufacturer's VIFE",
            "8204 93 FF01 E803 8D04 93 9F FF01 03 61 01 01",
            "volume_mfct01_storage8 = 1.000 m³", "volume_mfct01_storage9 = 1.001 m³ derived"),
        RecordCase(
            "reserved spacing", "8D04931F 03 21 FB 05", "volume_profile_storage8 = octets 21FB05 m³"
        ),
        RecordCase(
            "elements without data", "8D04931F 03 20 01 05",
            "volume_profile_storage8 = octets 200105 m³"),
        RecordCase(
            "elements of variable length", "8D04931F 03 2D 01 05",
            "volume_profile_storage8 = octets 2D0105 m³"),
        RecordCase("no element", "8D04931F 02 21 01", "volume_profile_storage8 = octets 2101 m³"),
        RecordCase("no control", "8D04931F 00", "volume_profile_storage8 = octets  m³"),
        RecordCase(
            "not of variable length", "8204931F 0500", "volume_profile_storage8 = octets 0500 m³"),
    ]

    static let series = [
        RecordCase(
            "newest first, month ends",
            "82046C 7F2A 8104FD28 01 8204 13 0500 C204 13 0400 8205 13 0300 8206 13 0200",
            "date_storage8 = 2019-10-31", "storage_interval_storage8 = 1 month",
            "volume_storage8 = 0.005 m³", "volume_storage9 = 0.004 m³ @2019-09-30",
            "volume_storage10 = 0.003 m³ @2019-08-31", "volume_storage12 = 0.002 m³"),
        RecordCase(
            "a value with a date of its own ends it",
            "82046C 7F2A 8104FD28 01 C2046C 7E29 C204 13 0400 8205 13 0300",
            "date_storage8 = 2019-10-31", "storage_interval_storage8 = 1 month",
            "date_storage9 = 2019-09-30", "volume_storage9 = 0.004 m³",
            "volume_storage10 = 0.003 m³"),
        RecordCase(
            "no date", "8104FD27 01 C204 13 0400", "storage_interval_storage8 = 1 d",
            "volume_storage9 = 0.004 m³"),
        RecordCase(
            "an interval of nothing", "82046C 7F2A 8104FD27 00 C204 13 0400",
            "date_storage8 = 2019-10-31", "storage_interval_storage8 = 0 d",
            "volume_storage9 = 0.004 m³"),
    ]

    static let all = examples + others + series

    @Test(arguments: all)
    func parse(_ c: RecordCase) throws {
        #expect(try lines(c.hex) == c.expected)
    }

    /// Fourteen monthly increments from a base of 4 lead to the value of the due date.
    @Test func forwardFromTheBase() throws {
        let octets = try Hex.octets(
            "82046C 5F2A 8204 6E 0400 8D04EE1F 10 71 FE 0306080907040100000002040607")
        let last = try #require(readRecords(octets).records.last)
        #expect(last.value == .number(ScaledInteger(61)))
        #expect(last.dated?.description == "2019-12-31")
        #expect(last.storageNumber == 22)
    }

    @Test func elementsPointToTheirOctets() throws {
        let octets = try Hex.octets("8204 13 E803 8D04931F 06 62 01 0100 0200")
        let records = readRecords(octets).records
        #expect(records.map { Hex.text(octets[$0.data.range]) } == ["E803", "0100", "0200"])
        #expect(records[1].header == records[2].header)
        #expect(records[1].header.range == 5..<9)
    }
}
