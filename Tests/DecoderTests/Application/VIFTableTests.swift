import Testing

@testable import Decoder

/// The VIF tables against a second list, typed by itself: a range of codes a line, what they stand
/// for, and the power of ten of the first code. `^` means that the power rises with the code, `/`
/// separates units that the codes take in turn. Codes that are not listed are reserved.
@Suite struct VIFTableTests {
    static let primary = """
        00-07 energy Wh -3 ^ signed
        08-0F energy J 0 ^ signed
        10-17 volume m³ -6 ^ signed
        18-1F mass kg -3 ^ signed
        20-23 on_time s/min/h/d 0 = signed
        24-27 operation_time s/min/h/d 0 = signed
        28-2F power W -3 ^ signed
        30-37 power J|h 0 ^ signed
        38-3F volume_flow m³|h -6 ^ signed
        40-47 volume_flow m³|min -7 ^ signed
        48-4F volume_flow m³|s -9 ^ signed
        50-57 mass_flow kg|h -3 ^ signed
        58-5B flow_temperature °C -3 ^ signed
        5C-5F return_temperature °C -3 ^ signed
        60-63 temperature_difference K -3 ^ signed
        64-67 external_temperature °C -3 ^ signed
        68-6B pressure bar -3 ^ signed
        6C-6C date - 0 = time
        6D-6D date_time - 0 = time
        6E-6E hca_units - 0 = signed
        70-73 averaging_duration s/min/h/d 0 = signed
        74-77 actuality_duration s/min/h/d 0 = signed
        78-78 fabrication_number - 0 = identification
        79-79 enhanced_identification - 0 = identification
        7A-7A bus_address - 0 = address
        7C-7C plain_text_unit - 0 = signed
        7E-7E any_vif - 0 = octets
        7F-7F manufacturer_specific - 0 = vendor
        """

    static let extensionFB = """
        00-01 energy MWh -1 ^ signed
        02-03 reactive_energy kvarh 0 ^ signed
        04-05 apparent_energy kVAh 0 ^ signed
        08-09 energy GJ -1 ^ signed
        0C-0F energy Mcal -1 ^ signed
        10-11 volume m³ 2 ^ signed
        14-17 reactive_power kvar -3 ^ signed
        18-19 mass t 2 ^ signed
        1A-1B relative_humidity % -1 ^ signed
        20-20 volume ft³ 0 = signed
        21-21 volume ft³ -1 = signed
        22-23 volume gal -1 ^ signed
        24-24 volume_flow gal|min -3 = signed
        25-25 volume_flow gal|min 0 = signed
        26-26 volume_flow gal|h 0 = signed
        28-29 power MW -1 ^ signed
        2A-2A phase_angle_voltage_voltage ° -1 = signed
        2B-2B phase_angle_voltage_current ° -1 = signed
        2C-2F frequency Hz -3 ^ signed
        30-31 power GJ|h -1 ^ signed
        34-37 apparent_power kVA -3 ^ signed
        58-5B flow_temperature °F -3 ^ signed
        5C-5F return_temperature °F -3 ^ signed
        60-63 temperature_difference °F -3 ^ signed
        64-67 external_temperature °F -3 ^ signed
        68-68 hca_rating_factor_k - 0 = unsigned4096th
        69-69 hca_thermal_output_rating_factor_kq W 0 = unsigned
        6A-6A hca_thermal_coupling_factor_kc - 0 = unsigned4096th
        6B-6B hca_thermal_coupling_factor_kcr - 0 = unsigned4096th
        6C-6C hca_thermal_coupling_factor_kch - 0 = unsigned4096th
        6D-6D hca_low_temperature_factor_kt - 0 = unsigned4096th
        6E-6E hca_display_scaling_factor_kd - 0 = unsigned4096th
        70-73 temperature_limit °F -3 ^ signed
        74-77 temperature_limit °C -3 ^ signed
        78-7F cumulative_max_power W -3 ^ signed
        """

    static let extensionFD = """
        00-03 credit currency -3 ^ signed
        04-07 debit currency -3 ^ signed
        08-08 access_number - 0 = unsigned
        09-09 device_type - 0 = unsigned
        0A-0A manufacturer - 0 = unsigned
        0B-0B parameter_set_identification - 0 = identification
        0C-0C model_version - 0 = identification
        0D-0D hardware_version - 0 = identification
        0E-0E firmware_version - 0 = identification
        0F-0F software_version - 0 = identification
        10-10 customer_location - 0 = identification
        11-11 customer - 0 = identification
        12-12 access_code_user - 0 = identification
        13-13 access_code_operator - 0 = identification
        14-14 access_code_system_operator - 0 = identification
        15-15 access_code_developer - 0 = identification
        16-16 password - 0 = identification
        17-17 error_flags - 0 = bits
        18-18 error_mask - 0 = bits
        19-19 security_key - 0 = octets
        1A-1A digital_output - 0 = bits
        1B-1B digital_input - 0 = bits
        1C-1C baud_rate Bd 0 = unsigned
        1D-1D response_delay_time bit_times 0 = unsigned
        1E-1E retry - 0 = unsigned
        1F-1F remote_control - 0 = bits
        20-20 first_storage_number_cyclic - 0 = unsigned
        21-21 last_storage_number_cyclic - 0 = unsigned
        22-22 size_of_storage_block - 0 = unsigned
        23-23 tariff_subunit_descriptor - 0 = octets
        24-29 storage_interval s/min/h/d/month/year 0 = signed
        2A-2A operator_specific_data - 0 = octets
        2B-2B time_point_second s 0 = signed
        2C-2F duration_since_last_readout s/min/h/d 0 = signed
        30-30 tariff_start - 0 = time
        31-33 tariff_duration min/h/d 0 = signed
        34-39 tariff_period s/min/h/d/month/year 0 = signed
        3A-3A dimensionless - 0 = signed
        3B-3B container_wmbus - 0 = octets
        3C-3F transmission_period s/min/h/d 0 = signed
        40-4F voltage V -9 ^ signed
        50-5F current A -12 ^ signed
        60-60 reset_counter - 0 = unsigned
        61-61 cumulation_counter - 0 = unsigned
        62-62 control_signal - 0 = unsigned
        63-63 day_of_week - 0 = unsigned
        64-64 week_number - 0 = unsigned
        65-65 time_point_of_day_change - 0 = time
        66-66 parameter_activation_state - 0 = unsigned
        67-67 special_supplier_information - 0 = octets
        68-6B duration_since_last_cumulation h/d/month/year 0 = signed
        6C-6F battery_operating_time h/d/month/year 0 = signed
        70-70 battery_change_date - 0 = time
        71-71 rf_level dBm 0 = signed
        72-72 daylight_saving - 0 = octets
        73-73 listening_window - 0 = octets
        74-74 remaining_battery_life d 0 = unsigned
        75-75 meter_stopped_count - 0 = unsigned
        76-76 container_manufacturer - 0 = octets
        """

    static let extensionFDFD = """
        00-00 selected_application - 0 = unsigned
        02-03 remaining_battery_life month/year 0 = signed
        """

    /// A table, and the second list of it.
    struct Table<Row: Sendable, Entry: Sendable>: CustomTestStringConvertible, Sendable {
        let name: String
        let list: String
        let rows: [Row]
        let table: [Entry]

        init(_ name: String, _ list: String, _ rows: [Row], _ table: [Entry]) {
            self.name = name
            self.list = list
            self.rows = rows
            self.table = table
        }

        var testDescription: String { name }
    }

    @Test(arguments: [
        Table("primary", primary, VIFRow.primary, VIFEntry.primary),
        Table("FB", extensionFB, VIFRow.extensionFB, VIFEntry.extensionFB),
        Table("FD", extensionFD, VIFRow.extensionFD, VIFEntry.extensionFD),
        Table("FDFD", extensionFDFD, VIFRow.extensionFDFD, VIFEntry.extensionFDFD),
    ])
    func matchesSecondList(_ c: Table<VIFRow, VIFEntry>) throws {
        let (name, rows, table) = (c.name, c.rows, c.table)
        let expected = try Self.entries(c.list)
        #expect(table.count == 128)
        for code in 0..<128 {
            let matching = rows.filter { $0.code.number(of: UInt8(code)) != nil }
            #expect(matching.count == 1, "\(name) \(String(code, radix: 16))")
            #expect(table[code] == expected[code], "\(name) \(String(code, radix: 16))")
        }
    }

    private static func entries(_ list: String) throws -> [VIFEntry] {
        var result = [VIFEntry](repeating: .reserved, count: 128)
        for line in list.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let range = words[0].split(separator: "-")
            let first = try #require(Int(range[0], radix: 16))
            let last = try #require(Int(range[1], radix: 16))
            let quantity = try #require(Quantity(rawValue: words[1]))
            let units = try words[2].split(separator: "/").map { word in
                let symbol = word == "-" ? "" : String(word.map { $0 == "|" ? "/" : $0 })
                return try #require(Unit(rawValue: symbol == "bit_times" ? "bit times" : symbol))
            }
            let exponent = try #require(Int8(words[3]))
            for code in first...last {
                result[code] = VIFEntry(
                    quantity: quantity, unit: units[(code - first) % units.count],
                    exponent: exponent + (words[4] == "^" ? Int8(code - first) : 0),
                    coding: try #require(codings[words[5]]))
            }
        }
        return result
    }

    private static let codings: [String: VIFRow.Coding] = [
        "signed": .signed, "unsigned": .unsigned, "unsigned4096th": .unsigned4096th,
        "bits": .bits, "identification": .identification, "time": .time, "address": .address,
        "vendor": .vendor, "octets": .octets,
    ]

    /// What follows the words of the qualifiers is the unit or the power of ten.
    static let combinable = """
        00-00 qualifies
        01-07 recordError
        0B-0F recordError
        12-12 qualifies average
        13-13 profile inverse_profile
        14-14 withoutUnit relative_deviation
        15-18 recordError
        1C-1C recordError
        1D-1D qualifies standard
        1E-1E profile profile_registers
        1F-1F profile profile
        20-38 unitModifier
        39-39 time start
        3A-3A qualifies uncorrected
        3B-3B qualifies forward
        3C-3C qualifies backward
        3D-3D nonMetricUnit non_metric
        3E-3E qualifies base
        3F-3F withoutUnit obis
        40-40 qualifies lower limit
        41-41 count lower limit exceed count
        42-42 time lower limit exceed first begin
        43-43 time lower limit exceed first end
        46-46 time lower limit exceed last begin
        47-47 time lower limit exceed last end
        48-48 qualifies upper limit
        49-49 count upper limit exceed count
        4A-4A time upper limit exceed first begin
        4B-4B time upper limit exceed first end
        4E-4E time upper limit exceed last begin
        4F-4F time upper limit exceed last end
        50-53 duration lower limit exceed first duration
        54-57 duration lower limit exceed last duration
        58-5B duration upper limit exceed first duration
        5C-5F duration upper limit exceed last duration
        60-63 duration first duration
        64-67 duration last duration
        68-68 qualifies during lower limit exceed
        69-69 qualifies leakage
        6A-6A time first begin
        6B-6B time first end
        6C-6C qualifies during upper limit exceed
        6D-6D qualifies overflow
        6E-6E time last begin
        6F-6F time last end
        70-77 factor
        78-7B offset
        7C-7C secondTable
        7D-7D factor
        7E-7E qualifies future
        7F-7F vendor mfct
        """

    static let combinableFC = """
        01-01 qualifies l1
        02-02 qualifies l2
        03-03 qualifies l3
        04-04 qualifies neutral
        05-05 qualifies l1_l2
        06-06 qualifies l2_l3
        07-07 qualifies l3_l1
        08-08 qualifies q1
        09-09 qualifies q2
        0A-0A qualifies q3
        0B-0B qualifies q4
        0C-0C qualifies delta_import_export
        10-10 qualifies absolute
        11-11 dataTypeC
        12-12 dataTypeD
        14-14 qualifies to_meter
        15-15 qualifies from_meter
        """

    @Test(arguments: [
        Table("combinable", combinable, CombinableRow.first, CombinableEntry.first),
        Table("combinable FC", combinableFC, CombinableRow.second, CombinableEntry.second),
    ])
    func combinableMatchesSecondList(_ c: Table<CombinableRow, CombinableEntry>) throws {
        let (name, rows, table) = (c.name, c.rows, c.table)
        var expected = [String](repeating: "reserved", count: 128)
        for line in c.list.split(separator: "\n") {
            let range = try #require(line.split(separator: " ").first).split(separator: "-")
            let codes =
                try #require(Int(range[0], radix: 16))...(try #require(Int(range[1], radix: 16)))
            for code in codes { expected[code] = String(line.dropFirst(6)) }
        }
        #expect(table.count == 128)
        for code in 0..<128 {
            let matching = rows.filter { $0.code.number(of: UInt8(code)) != nil }
            #expect(matching.count == 1, "\(name) \(String(code, radix: 16))")
            let entry = table[code]
            let words = (0..<Qualifiers.words.count)
                .filter { entry.qualifiers.rawValue >> UInt64($0) & 1 == 1 }
                .map { $0 == 21 ? "standard" : "\(Qualifiers.words[$0])" }
            #expect(
                (["\(entry.effect)"] + words).joined(separator: " ") == expected[code],
                "\(name) \(String(code, radix: 16))")
        }
    }

    @Test func powersAndUnitsOfCombinables() {
        let table = CombinableEntry.first
        #expect((0x70...0x77).map { table[$0].exponent } == [-6, -5, -4, -3, -2, -1, 0, 1])
        #expect((0x78...0x7B).map { table[$0].exponent } == [-3, -2, -1, 0])
        #expect(table[0x7D].exponent == 3)
        for code in 0x50...0x67 {
            #expect(table[code].unit == [.second, .minute, .hour, .day][code % 4])
        }
    }
}
