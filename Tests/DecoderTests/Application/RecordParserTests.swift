import Decoder
import Testing
import Wire

@Suite struct RecordParserTests {
    static let headers = [
        RecordCase("no DIFE", "0C 14 27048502", "volume = 28504.27 m³"),
        RecordCase(
            "storage number 8 of one DIFE", "84 04 15 01000000", "volume_storage8 = 0.1 m³"),
        RecordCase(
            "storage number of DIF and DIFE", "C2 08 6C FE04", "date_storage17 = 2007-04-30"),
        RecordCase(
            "storage number of three DIFEs", "86 80 81 00 6D 00 00 A0 41 11 35",
            "date_time_storage32 = 2010-01-01T00:00:00"),
        RecordCase(
            "ten DIFEs: 41, 20 and 10 bits", "C1 FF FF FF FF FF FF FF FF FF 7F 13 05",
            "volume_tariff1048575_subunit1023_storage2199023255551 = 0.005 m³"),
        RecordCase(
            "functions", "11 5A 01  21 5A 02  31 5A 03",
            "flow_temperature_max = 0.1 °C", "flow_temperature_min = 0.2 °C",
            "flow_temperature_at_error = 0.3 °C"),
        RecordCase(
            "tariffs and subunits", "81 10 03 01  81 40 03 02  81 60 03 03",
            "energy_tariff1 = 1 Wh", "energy_subunit1 = 2 Wh", "energy_tariff2_subunit1 = 3 Wh"),
    ]

    static let dataFields = [
        RecordCase("0: no data", "00 13  01 13 07", "volume = none m³", "volume = 0.007 m³"),
        RecordCase("1: 8 bits", "01 5B F6", "flow_temperature = -10 °C"),
        RecordCase("2: 16 bits", "02 59 D202", "flow_temperature = 7.22 °C"),
        RecordCase("3: 24 bits", "03 61 D0FFFF", "temperature_difference = -0.48 K"),
        RecordCase("4: 32 bits", "04 13 40E20100", "volume = 123.456 m³"),
        RecordCase("5: real", "05 5B CDCCA841", "flow_temperature = 21.1 °C"),
        RecordCase("6: 48 bits", "06 03 FFFFFFFFFF7F", "energy = 140737488355327 Wh"),
        RecordCase(
            "7: 64 bits", "07 03 FFFFFFFFFFFFFF7F", "energy = 9223372036854775807 Wh"),
        RecordCase(
            "8: selection for readout, no data", "08 13  01 13 07", "volume = none m³",
            "volume = 0.007 m³"),
        RecordCase("9: 2 digits", "09 5B 21", "flow_temperature = 21 °C"),
        RecordCase("A: 4 digits", "0A 2D 5906", "power = 65900 W"),
        RecordCase("B: 6 digits", "0B 3B 563412", "volume_flow = 123.456 m³/h"),
        RecordCase("C: 8 digits", "0C 13 78563412", "volume = 12345.678 m³"),
        RecordCase("E: 12 digits", "0E 01 977749129831", "energy = 3198124977.97 Wh"),
        RecordCase("BCD, negative", "0A 5A 23F1", "flow_temperature = -12.3 °C"),
        RecordCase("BCD, minus and nothing else", "09 5B F5", "flow_temperature = -5 °C"),
        RecordCase("BCD, negative zero", "09 5B F0", "flow_temperature = 0 °C"),
    ]

    static let variableLength = [
        RecordCase("text, last character first", "0D FD0C 04 34333241", "model_version = 'A234'"),
        RecordCase(
            "text in natural order, padded", "0D FD0C 06 41 42 31 32 20 20",
            "model_version = 'AB12'"),
        RecordCase(
            "text with blanks at both ends", "0D FD0C 04 20 42 41 20", "model_version = 'AB'"),
        RecordCase("text with NULs", "0D FD0C 04 00 00 42 41", "model_version = 'AB'"),
        RecordCase("text, ISO 8859-1", "0D FD0C 04 72 65 A0 E4", "model_version = 'ä\u{A0}er'"),
        RecordCase("text of no characters", "0D FD0C 00", "model_version = ''"),
        RecordCase("hardly text", "0D FD10 03 AAAAAA", "customer_location = octets AAAAAA"),
        RecordCase(
            "control characters are no text", "0D FD0C 02 4107", "model_version = octets 4107"),
        RecordCase("number as text", "0D 13 03 333231", "volume = '123' m³"),
        RecordCase("positive BCD", "0D 13 C2 3412", "volume = 1.234 m³"),
        RecordCase(
            "BCD of 18 digits", "0D 13 C9 999999999999999999",
            "volume = 999999999999999.999 m³"),
        RecordCase("negative BCD", "0D 5A D1 21", "flow_temperature = -2.1 °C"),
        RecordCase("BCD of no digits", "0D 13 C0", "volume = none m³"),
        RecordCase("bad BCD", "0D 13 C1 2A", "volume = unknown invalidPattern m³"),
        RecordCase("binary, 3 octets", "0D 13 E3 010203", "volume = 197.121 m³"),
        RecordCase("binary has no sign", "0D 13 E2 0080", "volume = 32.768 m³"),
        RecordCase("binary, all ones", "0D 13 E2 FFFF", "volume = unknown invalidPattern m³"),
        RecordCase(
            "binary, too large for an exact number", "0D 13 E8 FFFFFFFFFFFFFFFE",
            "volume = octets FFFFFFFFFFFFFFFE m³"),
        RecordCase(
            "binary, 9 octets", "0D 13 E9 010203040506070809",
            "volume = octets 010203040506070809 m³"),
        RecordCase(
            "binary, 16 octets", "0D 13 F0 000102030405060708090A0B0C0D0E0F",
            "volume = octets 000102030405060708090A0B0C0D0E0F m³"),
        RecordCase(
            "binary, 48 octets", "0D 13 F5" + String(repeating: "01", count: 48),
            "volume = octets " + String(repeating: "01", count: 48) + " m³"),
        RecordCase(
            "binary, 64 octets", "0D 13 F6" + String(repeating: "02", count: 64),
            "volume = octets " + String(repeating: "02", count: 64) + " m³"),
        RecordCase(
            "LVAR CA is reserved", "01 13 01  0D 13 CA 00", "volume = 0.001 m³",
            "! 3 reserved"),
        RecordCase("LVAR DF is reserved", "0D 13 DF 00", "! 0 reserved"),
        RecordCase("LVAR F7 is reserved", "0D 13 F7 00", "! 0 reserved"),
        RecordCase("container of octets", "0D FD3B 03 414243", "container_wmbus = octets 414243"),
        RecordCase(
            "date of variable length", "0D 6D E4 01020304", "date_time = octets 01020304"),
        RecordCase("bits of variable length", "0D FD17 E2 0180", "error_flags = bits 8001"),
    ]

    static let dataTypes = [
        RecordCase(
            "B: most negative, 8 bits", "01 5B 80", "flow_temperature = unknown invalidPattern °C"),
        RecordCase(
            "B: most negative, 16 bits", "02 3B 0080", "volume_flow = unknown invalidPattern m³/h"),
        RecordCase(
            "B: most negative, 24 bits", "03 13 000080", "volume = unknown invalidPattern m³"),
        RecordCase(
            "B: most negative, 64 bits", "07 03 0000000000000080",
            "energy = unknown invalidPattern Wh"),
        RecordCase("B: -1 is a temperature", "02 5B FFFF", "flow_temperature = -1 °C"),
        RecordCase(
            "B: all ones is no volume", "04 13 FFFFFFFF", "volume = unknown invalidPattern m³"),
        RecordCase(
            "B: all ones is no count", "02 6E FFFF 04 FD3A FFFFFFFF",
            "hca_units = unknown invalidPattern", "dimensionless = unknown invalidPattern"),
        RecordCase(
            "B: all ones is no time and no share", "04 26 FFFFFFFF 01 74 FF 02 FB1A FFFF",
            "operation_time = unknown invalidPattern h",
            "actuality_duration = unknown invalidPattern s",
            "relative_humidity = unknown invalidPattern %"),
        RecordCase(
            "B: all ones is no duration of a limit's exceed", "01 BB 5A FF",
            "volume_flow_upper_limit_exceed_first_duration = unknown invalidPattern h"),
        RecordCase(
            "B: -1 is a difference", "04 83 FC0C FFFFFFFF 01 93 14 FF",
            "energy_delta_import_export = -1 Wh", "volume_relative_deviation = -0.001"),
        RecordCase(
            "the manufacturer's: all ones", "04 FF1B FFFFFFFF 06 FF1C FFFFFFFFFFFF",
            "manufacturer_specific_04ff1b = unknown invalidPattern",
            "manufacturer_specific_06ff1c = unknown invalidPattern"),
        RecordCase(
            "the manufacturer's: short ones may be bits", "01 FF1B FF 02 FF1C FFFF",
            "manufacturer_specific_01ff1b = 255", "manufacturer_specific_02ff1c = 65535"),
        RecordCase("B: RSSI", "01 FD71 B5", "rf_level = -75 dBm"),
        RecordCase("C: unsigned", "02 FD74 F0F0", "remaining_battery_life = 61680 d"),
        RecordCase(
            "C: all ones", "01 FD74 FF", "remaining_battery_life = unknown invalidPattern d"),
        RecordCase("C: version digits", "02 FD0B 0011", "parameter_set_identification = #1100"),
        RecordCase("C: one octet", "01 FD0C 11", "model_version = #11"),
        RecordCase(
            "C: whole address", "07 79 7856341224482307",
            "enhanced_identification = #0723482412345678"),
        RecordCase(
            "C: fabrication number keeps its zeros", "0C 78 78560000",
            "fabrication_number = #00005678"),
        RecordCase(
            "C: no identification", "04 78 FFFFFFFF", "fabrication_number = unknown invalidPattern"),
        RecordCase("bus address, primary", "01 7A 05", "bus_address = 5"),
        RecordCase(
            "bus address, secondary", "07 7A 7856341224482307",
            "bus_address = #0723482412345678"),
        RecordCase("D: bit field", "02 FD17 FFFF", "error_flags = bits ffff"),
        RecordCase("D: bit 15 is no sign", "02 FD1B 0080", "digital_input = bits 8000"),
        RecordCase("C: 2^-12", "02 FB68 0018", "hca_rating_factor_k = 1.5"),
        RecordCase(
            "C: one 2^-12 is exact", "02 FB6A 0100",
            "hca_thermal_coupling_factor_kc = 0.000244140625"),
        RecordCase(
            "C: 2^-12, too large for an exact number", "07 FB68 0000000000000001",
            "hca_rating_factor_k = octets 0000000000000001"),
        RecordCase("C: watts", "02 FB69 E803", "hca_thermal_output_rating_factor_kq = 1000 W"),
        RecordCase("A: all F", "0C 13 FFFFFFFF", "volume = unknown invalidPattern m³"),
        RecordCase("A: digit A", "0C 13 0A000000", "volume = unknown invalidPattern m³"),
        RecordCase("A: F within", "0C 13 00F00000", "volume = unknown invalidPattern m³"),
        RecordCase(
            "H: not a number", "05 5B 0000C07F", "flow_temperature = unknown invalidPattern °C"),
        RecordCase("H: infinite", "05 5B 0000807F", "flow_temperature = unknown invalidPattern °C"),
        RecordCase("H: small", "05 14 17B7D138", "volume = 0.000001 m³"),
        RecordCase(
            "H: beyond all exponents", "05 FD 50 01000000",
            "current = 0.000000000000000000000000000000000000000000000000000000001 A"),
        RecordCase(
            "K, L: kept", "04 FD72 01020304  0D FD73 EB 0102030405060708090A0B",
            "daylight_saving = octets 01020304", "listening_window = octets 0102030405060708090A0B"),
        RecordCase(
            "reserved VIF", "02 6F 0102  02 FB06 0102  02 FD77 0102  02 FDFD01 0102  02 EF05 0102",
            "unknown_026f = octets 0102", "unknown_02fb06 = octets 0102",
            "unknown_02fd77 = octets 0102", "unknown_02fdfd01 = octets 0102",
            "unknown_02ef05 = octets 0102"),
        RecordCase(
            "markers without extension", "01 7B 05  01 7D 05  01 7B 05", "unknown_017b = octets 05",
            "unknown_017d = octets 05", "unknown_017b_2 = octets 05"),
        RecordCase("any VIF", "01 7E 05", "any_vif = octets 05"),
        RecordCase(
            "second level of FD", "01 FDFD02 12  01 FDFD03 09",
            "remaining_battery_life = 18 month", "remaining_battery_life_2 = 9 year"),
        RecordCase(
            "old American units", "01 FB23 05  01 FB5A 05", "volume = 5 gal",
            "flow_temperature = 0.5 °F"),
    ]

    static let special = [
        RecordCase(
            "fillers before, between and behind", "2F2F 01 13 2F 2F 01 13 01 2F2F",
            "volume = 0.047 m³", "volume_2 = 0.001 m³"),
        RecordCase(
            "manufacturer's data to the end", "01 13 01 0F 2F 01 13", "volume = 0.001 m³",
            "manufacturer_specific = octets 2F0113"),
        RecordCase(
            "manufacturer's data, more to follow", "1F 01", "manufacturer_specific = octets 01"),
        RecordCase("manufacturer's data, none", "0F", "manufacturer_specific = none"),
        RecordCase("global readout request", "01 13 01 7F 01", "volume = 0.001 m³", "! 3 reserved"),
        RecordCase("DIF 3F", "3F", "! 0 reserved"),
        RecordCase("DIF 6F", "6F", "! 0 reserved"),
        RecordCase("DIF 8F", "8F 01", "! 0 reserved"),
        RecordCase("DIF FF", "FF", "! 0 reserved"),
        RecordCase(
            "data missing", "01 13 01 04 13 010203", "volume = 0.001 m³", "! 3 prematureEnd"),
        RecordCase("VIF missing", "04", "! 0 prematureEnd"),
        RecordCase("DIFE missing", "84", "! 0 prematureEnd"),
        RecordCase("VIFE missing", "04 93", "! 0 prematureEnd"),
        RecordCase("VIF of table FD missing", "04 FD", "! 0 prematureEnd"),
        RecordCase("LVAR missing", "0D 13", "! 0 prematureEnd"),
        RecordCase("eleven DIFEs", "81 80808080808080808080 00 13 01", "! 0 chainTooLong"),
        RecordCase("ten VIFEs", "01 93 BABABABABABABABABA 3A 01", "volume_uncorrected = 0.001 m³"),
        RecordCase("eleven VIFEs", "01 93 BABABABABABABABABABA 3A 01", "! 0 chainTooLong"),
        RecordCase(
            "ten VIFEs of the manufacturer", "01 FF BABABABABABABABABA 3A 01",
            "manufacturer_specific_01ffbababababababababa3a = 1"),
        RecordCase(
            "eleven VIFEs of the manufacturer", "01 FF BABABABABABABABABABA 3A 01",
            "! 0 chainTooLong"),
        RecordCase("nothing", ""),
    ]

    static let plainText = [
        RecordCase("without extension", "02 7C 03 48 52 25 1500", "plain_text_unit = 21 '%RH'"),
        RecordCase(
            "behind storage number", "81 03 7C 03 49 55 23 00", "plain_text_unit_storage6 = 0 '#UI'"
        ),
        RecordCase(
            "behind the last VIFE", "02 FC 74 03 48 52 25 1500", "plain_text_unit = 0.21 '%RH'"),
        RecordCase(
            "directly behind FC", "02 FC 03 48 52 25 74 1500", "plain_text_unit = 0.21 '%RH'"),
        RecordCase(
            "directly behind FC, not of ASCII alone",
            "02 FC 02 B3 6D 74 1500 02 FC 02 43 B0 74 D200",
            "plain_text_unit = 0.21 'm³'", "plain_text_unit_2 = 2.10 '°C'"),
        RecordCase("no characters", "01 7C 00 15", "plain_text_unit = 21"),
        RecordCase("text missing", "02 7C 03 48", "! 0 prematureEnd"),
        RecordCase("fits neither way", "02 FC 74 03 01 02 03", "! 0 prematureEnd"),
    ]

    @Test(
        arguments: headers + dataFields + variableLength + dataTypes + special + plainText)
    func parse(_ c: RecordCase) throws {
        #expect(try lines(c.hex) == c.expected)
    }

    /// Every whole list of the tables, for tests of properties that hold for all of them.
    static let all =
        headers + dataFields + variableLength + dataTypes + special + plainText
        + CombinableTests.all + TimeTypeTests.cases + CompactProfileTests.all

    @Test func keepsWhatIsThereAlready() throws {
        let octets = try Hex.octets("01 13 05")
        var records = [DataRecord(quantity: .energy, value: .none)]
        var nobody = NoAccount()
        let end = RecordParser.parse(
            octets.span, in: 0..<3, into: &records, account: &nobody)
        #expect(end == nil)
        #expect(records.count == 2)
        #expect(records[1].header.range == 0..<2)
        #expect(records[1].data.range == 2..<3)
    }

    @Test func readsItsRangeAlone() throws {
        let octets = try Hex.octets("FF FF 2F 01 13 05 04 13")
        var records: [DataRecord] = []
        var nobody = NoAccount()
        let end = RecordParser.parse(octets.span, in: 2..<6, into: &records, account: &nobody)
        #expect(end == nil)
        #expect(records.count == 1)
        #expect(records.first?.header.range == 3..<5)
        let behind = RecordParser.parse(octets.span, in: 7..<99, into: &records, account: &nobody)
        #expect(behind == RecordsEnd(offset: 7, reason: .prematureEnd))
    }

    @Test func endsListsThatNoMeterSends() {
        let octets = [UInt8](repeating: 0, count: 2 * (RecordParser.mostRecords + 1))
        let (records, end) = readRecords(octets)
        #expect(records.count == RecordParser.mostRecords)
        #expect(end == RecordsEnd(offset: 2 * RecordParser.mostRecords, reason: .tooManyRecords))
    }

    @Test(arguments: [
        ("0C 13 00000000", true), ("2F2F 0C 13 00000000", true), ("2F2F", true), ("", true),
        ("0F 12", true), ("01 FF20 05", true), ("01 13 05 FF", true),
        ("0C 13 000000", false), ("0C 6F 00000000", false), ("0C 93 08 00000000", false),
        ("7F 00", false), ("0D 13 CA", false), ("04", false),
        ("0C 6F 00000000 01 13 05", true), ("01 93 08 05 01 13 05 2F", true),
        ("0C 6F 00000000 01 13 05 04", false), ("0C 6F 00000000 02 FB06 0102", false),
    ])
    func startsWithRecord(_ hex: String, _ expected: Bool) throws {
        let octets = try Hex.octets(hex)
        let starts = RecordParser.startsWithRecord(octets.span, in: 0..<octets.count)
        #expect(starts == expected)
    }
}
