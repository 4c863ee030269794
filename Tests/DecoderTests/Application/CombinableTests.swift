import Decoder
import Testing
import Wire

@Suite struct CombinableTests {
    static let qualifiers = [
        RecordCase("average", "01 93 12 05", "volume_average = 0.005 m³"),
        RecordCase("average maximum", "11 93 12 05", "volume_average_max = 0.005 m³"),
        RecordCase("backward", "04 93 3C 2A000000", "volume_backward = 0.042 m³"),
        RecordCase("forward", "04 83 3B 2A000000", "energy_forward = 42 Wh"),
        RecordCase(
            "uncorrected and base", "04 93 3A 01000000  04 93 3E 02000000",
            "volume_uncorrected = 0.001 m³", "volume_base = 0.002 m³"),
        RecordCase("future", "42 EC 7E BF2C", "date_future_storage1 = 2021-12-31"),
        RecordCase("relative deviation has no unit", "01 AB 14 05", "power_relative_deviation = 5"),
        RecordCase("standard conform", "02 FD97 1D 0400", "error_flags = bits 4"),
        RecordCase("not metric", "02 93 3D 0500", "volume_non_metric = 5 non_metric"),
        RecordCase(
            "OBIS", "06 83 3F 0100010800FF 0D 83 3F 06 0100010800FF",
            "energy_obis = octets 0100010800FF", "energy_obis_2 = octets 0100010800FF"),
        RecordCase(
            "phase currents", "02 FDD9 FC01 0500  02 FDD9 FC02 0600",
            "current_l1 = 0.005 A", "current_l2 = 0.006 A"),
        RecordCase("phase to phase voltage", "02 FDC8 FC05 A00F", "voltage_l1_l2 = 400.0 V"),
        RecordCase(
            "neutral, quadrant", "01 AB FC04 05  01 AB FC0A 06", "power_neutral = 5 W",
            "power_q3 = 6 W"),
        RecordCase(
            "directions", "01 83 FC0C 01  01 83 FC10 02  01 83 FC14 03  01 83 FC15 04",
            "energy_delta_import_export = 1 Wh", "energy_absolute = 2 Wh",
            "energy_to_meter = 3 Wh", "energy_from_meter = 4 Wh"),
        RecordCase("data type C", "01 DB FC11 FE", "flow_temperature = 254 °C"),
        RecordCase("data type D", "01 FDBA FC12 FF", "dimensionless = bits ff"),
    ]

    static let units = [
        RecordCase("per day", "02 86 23 0500", "energy_per_d = 5000 Wh/d"),
        RecordCase("per hour and kelvin", "02 86 A2 2F 0500", "energy_per_h_per_k = 5000 Wh/h/K"),
        RecordCase("per input pulse", "01 93 28 0A", "volume_per_input_pulse_0 = 0.010 m³/pulse"),
        RecordCase("per output pulse", "01 93 2B 0A", "volume_per_output_pulse_1 = 0.010 m³/pulse"),
        RecordCase("times seconds", "01 FDC9 36 05", "voltage_times_s = 5 V*s"),
    ]

    static let limits = [
        RecordCase("limit", "01 BE 48 05", "volume_flow_upper_limit = 5 m³/h"),
        RecordCase("count", "02 BB 49 0500", "volume_flow_upper_limit_exceed_count = 5"),
        RecordCase(
            "date", "02 BB 42 FE04",
            "volume_flow_lower_limit_exceed_first_begin = 2007-04-30"),
        RecordCase(
            "date and time", "04 BB 4F 32371F15",
            "volume_flow_upper_limit_exceed_last_end = 2008-05-31T23:50"),
        RecordCase(
            "duration", "02 BB 56 0000",
            "volume_flow_lower_limit_exceed_last_duration = 0 h"),
        RecordCase("duration of the first", "02 93 61 0500", "volume_first_duration = 5 min"),
        RecordCase("value during", "01 BE 6C 05", "volume_flow_during_upper_limit_exceed = 5 m³/h"),
        RecordCase(
            "leakage, overflow", "01 93 69 05  01 93 6D 06", "volume_leakage = 0.005 m³",
            "volume_overflow = 0.006 m³"),
        RecordCase("begin of the last", "02 93 6E FE04", "volume_last_begin = 2007-04-30"),
        RecordCase("start", "02 83 39 FE04", "energy_start = 2007-04-30"),
    ]

    static let corrections = [
        RecordCase("times 10^-6", "01 FDC8 70 05", "voltage = 0.0000005 V"),
        RecordCase("times 1000", "01 93 7D 05", "volume = 5 m³"),
        RecordCase(
            "plus 1 behind the scale", "02 5B 0500  02 DB 7B 0500", "flow_temperature = 5 °C",
            "flow_temperature_2 = 6 °C"),
        RecordCase("plus 0.001 of a scaled value", "02 95 78 0500", "volume = 0.501 m³"),
        RecordCase("factor, then offset", "02 96 F4 79 0500", "volume = 0.06 m³"),
        RecordCase("offset, then factor", "02 96 F9 74 0500", "volume = 0.0501 m³"),
        RecordCase("two offsets", "02 96 FB 7A 0500", "volume = 6.1 m³"),
        RecordCase(
            "sum too large for an exact number", "07 87 78 FFFFFFFFFFFFFF7F",
            "energy = octets FFFFFFFFFFFFFF7F Wh"),
        RecordCase(
            "exponent beyond all sense", "01 FDD0 F0F0F0F0F0F0F0F0 70 05",
            "current = octets 05 A"),
    ]

    static let errors = [
        RecordCase("no data available", "04 93 15 00000000", "volume = unknown recordError(21) m³"),
        RecordCase("no error", "04 93 00 01000000", "volume = 0.001 m³"),
        RecordCase("premature end", "01 93 1C 00", "volume = unknown recordError(28) m³"),
        RecordCase("without data", "00 93 16", "volume = unknown recordError(22) m³"),
        RecordCase("error flags of Itron", "03 FD97 1C 010000", "error_flags = bits 1"),
        RecordCase(
            "error flags that are not there", "02 FD97 15 0000",
            "error_flags = unknown recordError(21)"),
        RecordCase("reserved", "01 93 08 05", "volume_reserved_vife = octets 05 m³"),
        RecordCase(
            "reserved in the second table", "01 93 FC16 05",
            "volume_reserved_vife = octets 05 m³"),
        RecordCase(
            "second table announced only", "01 93 7C 05", "volume_reserved_vife = octets 05 m³"),
    ]

    static let vendor = [
        RecordCase("phase of the manufacturer's", "04 A9 FF01 E8030000", "power_mfct01 = 10.00 W"),
        RecordCase(
            "VIFEs before it hold", "04 93 BC FF02 01000000", "volume_backward_mfct02 = 0.001 m³"),
        RecordCase("corrections behind it are not ours", "01 AB FF 77 05", "power_mfct77 = 5 W"),
        RecordCase("several codes", "02 83 FF 843B 0500", "energy_mfct843b = 5 Wh"),
        RecordCase("nothing behind it", "01 AB 7F 05", "power_mfct = 5 W"),
        RecordCase("VIF FF", "02 FF20 0201", "manufacturer_specific_02ff20 = 258"),
        RecordCase(
            "VIF FF, no sign and no invalid pattern", "01 FF20 FF",
            "manufacturer_specific_01ff20 = 255"),
        RecordCase("VIF 7F", "04 7F 01020304", "manufacturer_specific_047f = 67305985"),
        RecordCase(
            "VIF FF, 64 bits", "07 FF20 FFFFFFFFFFFFFFFF",
            "manufacturer_specific_07ff20 = unknown invalidPattern"),
        RecordCase("VIF FF, BCD", "0A FFD900 0050", "manufacturer_specific_0affd900 = 5000"),
        RecordCase("VIF FF, no BCD", "0A FF59 0A50", "manufacturer_specific_0aff59 = octets 0A50"),
        RecordCase("VIF FF, real", "05 FF0A 0000003F", "manufacturer_specific_05ff0a = 0.5"),
        RecordCase(
            "VIF FF, octets of variable length", "0D FF5F 03 414243",
            "manufacturer_specific_0dff5f = octets 414243"),
        RecordCase(
            "VIF FF, binary of variable length", "0D FF5F E1 FF",
            "manufacturer_specific_0dff5f = 255"),
        RecordCase(
            "VIF FF, twice", "01 FF20 01  01 FF20 02", "manufacturer_specific_01ff20 = 1",
            "manufacturer_specific_01ff20_2 = 2"),
    ]

    static let all = qualifiers + units + limits + corrections + errors + vendor

    @Test(arguments: all)
    func parse(_ c: RecordCase) throws {
        #expect(try lines(c.hex) == c.expected)
    }
}
