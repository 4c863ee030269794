import Decoder
import Testing
import Wire

/// What makers add to the records of the standard: GWF, Hydroclima, IME and Kamstrup.
@Suite struct VendorRecordsTests {
    private static let gwf = "44E61E403020103C07 7A2A000000 0413 39300000 "
    private static let hydroclima = "44B009403020108508 7A2A000000 036E 7B0000 0F"
    private static let ime = "44A525403020106602 7A2A000000 "
    private static let kamstrup = "442D2C403020101B16 7A2A000000 "

    static let cases = [
        PayloadCase(
            "GWF", sized(gwf + "0F 01 6A A1"),
            "volume = 12.345 m³", "status_flags = bits 6a",
            "alarms = 'continuous flow, broken pipe, battery low, backflow'",
            "remaining_battery_years = 10.0 year", "power_saving = 'on'"),
        PayloadCase(
            "Hydroclima, layout 11",
            sized(
                hydroclima + "11 0100 1122 3344 FF2C 3713 DF08 BC16 1E34 960E 0080"
                    + "D401 D908 7907 FFFF DA08 0809 38FF 112233445566778899 830900"),
            "hca_units = 123", "status_flags = bits 1", "opened_date = 2023-12-31",
            "average_radiator_temperature = 49.19 °C", "average_room_temperature = 22.71 °C",
            "room_temperature_max = 58.20 °C", "room_temperature_max_date = 2024-04-30",
            "average_radiator_temperature_storage1 = 37.34 °C",
            "average_room_temperature_storage1 = unknown invalidPattern °C",
            "consumption_history_storage1 = 468", "consumption_history_storage2 = 2265",
            "consumption_history_storage3 = 1913",
            "consumption_history_storage4 = unknown invalidPattern",
            "room_temperature_storage1 = 22.66 °C", "room_temperature_storage2 = 23.12 °C",
            "room_temperature_storage3 = -2.00 °C", "total_hca_units = 2435"),
        PayloadCase(
            "Hydroclima, layout 10",
            sized(
                hydroclima
                    + "10 0000 1122 3344 DF08 BC16 1E34 6400 960E 3713 D401 830900"),
            "hca_units = 123", "status_flags = bits 0", "average_room_temperature = 22.71 °C",
            "room_temperature_max = 58.20 °C", "room_temperature_max_date = 2024-04-30",
            "measurement_count = 100", "average_room_temperature_storage1 = 37.34 °C",
            "average_radiator_temperature_storage1 = 49.19 °C",
            "consumption_history_storage1 = 468", "total_hca_units = 2435"),
        PayloadCase(
            "IME, energy",
            sized(
                ime + "849010 FF80843B 39300000 849010 FF80843C 01000000 8410 FF80843B 64000000"
                    + "8420 FF81843B C8000000 84A010 FF80843B 2C010000 84A010 FF81843C 90010000"),
            "energy = 123.45 kWh", "energy_backward = 0.01 kWh", "energy_tariff1 = 1.00 kWh",
            "reactive_energy_tariff2 = 2.00 kvarh", "partial_energy = 3.00 kWh",
            "partial_reactive_energy_backward = 4.00 kvarh"),
        PayloadCase(
            "IME, the mains",
            sized(
                ime + "848020 FF8748 FD080000 849020 FF8848 A10F0000 84A020 FF8959 26000000"
                    + "02 FF8A48 F401 84B010 FF842B 18FCFFFF 84B010 FF852B E8030000"
                    + "84B010 FF862B 10270000 82B010 FF8B28 EB02 04 FF892B 00000080"),
            "voltage_l1 = 230.1 V", "voltage_l2_l3 = 400.1 V", "current_l3 = 0.038 A",
            "frequency = 50.0 Hz", "power = -1000 W", "reactive_power = 1.000 kvar",
            "apparent_power = 10.000 kVA", "power_factor = 0.747",
            "manufacturer_specific_04ff892b = 2147483648"),
        PayloadCase(
            "IME, other records",
            sized(
                ime
                    + "828020 FF8C2B 0200 82B010 FF8C2B 0100 8410 FF8D2B 07000000 8420 FF8E2B 691D0000"
                    + "84B010 FF8F21 3C000000 04 FF9029 2C010000 02 FF912B 0900"
                    + "02 FF922B 2800 84B020 FF842B 01000000 02 FF8A48 0080 02 FF912B 6300"),
            "manufacturer_specific_828020ff8c2b = 2", "power_demand_tariff1 = 7 W",
            "power_demand_max_tariff2 = 7529 W",
            "run_time = 60 min", "pulse_input = 3.00", "current_transformer_ratio = 40",
            "manufacturer_specific_84b020ff842b = 1", "frequency = unknown invalidPattern Hz",
            "manufacturer_specific_02ff912b = 99", "power_factor_sector = 'inductive'",
            "unit_of_pulse_input = 'm³'"),
        PayloadCase(
            "Kamstrup", sized(kamstrup + "02FF20 12E5 0413 39300000"),
            "manufacturer_specific_02ff20 = 58642", "volume = 12.345 m³",
            "dry_duration = '1 to 8 hours'", "reverse_duration = '9 to 24 hours'",
            "leak_duration = '1 to 8 hours'", "burst_duration = '22 to 31 days'"),
    ]

    @Test(arguments: cases)
    func records(_ c: PayloadCase) throws {
        let reading = try reading(c.hex)
        #expect(lines(reading) == c.expected)
        #expect(reading.payloadError == nil)
        #expect(reading.payloadFamily != nil)
    }

    private static let undescribed: [(hex: String, mark: UInt8)] = [
        (gwf + "0F 02 6A A1", 0x02), (gwf + "0F 01 6A A1 00", 0x01),
        (hydroclima + "12 0100 1122", 0x12), (hydroclima + "11 0100 1122", 0x11),
        (hydroclima + "10 0100 1122", 0x10),
    ]

    /// Layouts that nobody has described keep their octets.
    @Test(arguments: undescribed)
    func unknownLayouts(_ hex: String, _ mark: UInt8) throws {
        let reading = try reading(sized(hex))
        #expect(reading.payloadError == .unknownLayout(mark))
        #expect(reading.records.count == 2)
        #expect(reading.records.last?.value == .octets)
    }

    @Test(arguments: cases)
    func damaged(_ c: PayloadCase) throws { expectSoundWhenDamaged(try Hex.octets(c.hex)) }
}
