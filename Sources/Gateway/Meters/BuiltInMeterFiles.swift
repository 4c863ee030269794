// Made of the files in meters/ by `make meters`: change those instead.
// swift-format-ignore-file

extension BuiltInMeters {
    /// Manufacturer (upper half) and number of a file (lower half), sorted.
    static let index: [UInt32] = [
        0x0421000D,
        0x0421000E,
        0x04420000,
        0x058B0001,
        0x05B4002D,
        0x05B8000B,
        0x06010003,
        0x06010005,
        0x06010006,
        0x06010007,
        0x06010008,
        0x06010009,
        0x0601000A,
        0x0601000C,
        0x06140002,
        0x06140004,
        0x06140005,
        0x08D7000F,
        0x09B00011,
        0x09B40010,
        0x09B40012,
        0x09B40013,
        0x09B40014,
        0x09B40015,
        0x11A50017,
        0x11A50018,
        0x11A50019,
        0x11A5001A,
        0x11A5001B,
        0x12FA003F,
        0x145A001D,
        0x146D0032,
        0x14C50022,
        0x14C50023,
        0x14C50024,
        0x14C5003F,
        0x1525001E,
        0x1592001F,
        0x15940020,
        0x15960021,
        0x15A80043,
        0x1699001C,
        0x16F40019,
        0x192F0025,
        0x1C360016,
        0x1E730026,
        0x1EE60027,
        0x1EE60028,
        0x1EE60029,
        0x23240018,
        0x23240019,
        0x2324001A,
        0x23240052,
        0x25A5002A,
        0x25A5002B,
        0x25B4002E,
        0x25C5002C,
        0x2674002F,
        0x26970030,
        0x26970031,
        0x2C2D0016,
        0x2C2D0033,
        0x2C2D0034,
        0x2C2D0035,
        0x2C370034,
        0x2C370035,
        0x2C8E0032,
        0x3033003A,
        0x3033003B,
        0x3033003C,
        0x3033003D,
        0x3033003E,
        0x32650038,
        0x32650039,
        0x32650045,
        0x32650046,
        0x32A70036,
        0x32A70037,
        0x34240040,
        0x34240041,
        0x34240042,
        0x3B520043,
        0x41290044,
        0x44930045,
        0x44930046,
        0x44930047,
        0x482D002C,
        0x48AC0048,
        0x4C300019,
        0x4CA30049,
        0x4CAE004A,
        0x4DEE004B,
        0x4DEE004C,
        0x4E0C0019,
        0x5068004D,
        0x5068004E,
        0x5068004F,
        0x50680050,
        0x50680051,
        0x50680053,
        0x50680054,
        0x50680055,
        0x59300032,
        0x59300056,
        0x5CA80052,
        0x5CA80059,
        0x5CB0005A,
        0x5E940057,
        0x5F470058,
        0x6A490045,
        0x6A49005B,
        0x6A49005C,
        0x6A49005D,
        0x6A49005E,
        0x6A49005F,
    ]

    static let files: [(id: StaticString, text: StaticString)] = [
        ("abb/b23", #"""
maker: ABB
model: "B23, B24"
detect:
  - { manufacturer: ABB, version: 0x20, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Active energy drawn }
  - { name: energy_exported, quantity: energy, subunit: 1, kind: register, about: Active energy fed in }
  - { name: reactive_energy, quantity: energy, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn }
  - { name: reactive_energy_exported, quantity: energy, subunit: 3, unit: kvarh, kind: register, about: Reactive energy fed in }
  - { name: apparent_energy, quantity: energy, subunit: 4, unit: kVAh, kind: register, about: Apparent energy drawn }
  - { name: apparent_energy_exported, quantity: energy, subunit: 5, unit: kVAh, kind: register, about: Apparent energy fed in }
  - { name: energy_net, quantity: energy, subunit: 6, kind: register, about: Active energy drawn less fed in }
  - { name: reactive_energy_net, quantity: energy, subunit: 7, unit: kvarh, kind: register, about: Reactive energy drawn less fed in }
  - { name: apparent_energy_net, quantity: energy, subunit: 8, unit: kVAh, kind: register, about: Apparent energy drawn less fed in }
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: Active energy drawn in tariff 1 }
  - { name: energy_tariff2, quantity: energy, tariff: 2, kind: register, about: Active energy drawn in tariff 2 }
  - { name: energy_tariff3, quantity: energy, tariff: 3, kind: register, about: Active energy drawn in tariff 3 }
  - { name: energy_tariff4, quantity: energy, tariff: 4, kind: register, about: Active energy drawn in tariff 4 }
  - { name: energy_exported_tariff1, quantity: energy, tariff: 1, subunit: 1, kind: register, about: Active energy fed in in tariff 1 }
  - { name: energy_exported_tariff2, quantity: energy, tariff: 2, subunit: 1, kind: register, about: Active energy fed in in tariff 2 }
  - { name: energy_exported_tariff3, quantity: energy, tariff: 3, subunit: 1, kind: register, about: Active energy fed in in tariff 3 }
  - { name: energy_exported_tariff4, quantity: energy, tariff: 4, subunit: 1, kind: register, about: Active energy fed in in tariff 4 }
  - { name: reactive_energy_tariff1, quantity: energy, tariff: 1, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn in tariff 1 }
  - { name: reactive_energy_tariff2, quantity: energy, tariff: 2, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn in tariff 2 }
  - { name: reactive_energy_tariff3, quantity: energy, tariff: 3, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn in tariff 3 }
  - { name: reactive_energy_tariff4, quantity: energy, tariff: 4, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn in tariff 4 }
  - { name: reactive_energy_exported_tariff1, quantity: energy, tariff: 1, subunit: 3, unit: kvarh, kind: register, about: Reactive energy fed in in tariff 1 }
  - { name: reactive_energy_exported_tariff2, quantity: energy, tariff: 2, subunit: 3, unit: kvarh, kind: register, about: Reactive energy fed in in tariff 2 }
  - { name: reactive_energy_exported_tariff3, quantity: energy, tariff: 3, subunit: 3, unit: kvarh, kind: register, about: Reactive energy fed in in tariff 3 }
  - { name: reactive_energy_exported_tariff4, quantity: energy, tariff: 4, subunit: 3, unit: kvarh, kind: register, about: Reactive energy fed in in tariff 4 }
  - { name: apparent_energy_tariff1, quantity: energy, tariff: 1, subunit: 4, unit: kVAh, kind: register, about: Apparent energy drawn in tariff 1 }
  - { name: apparent_energy_tariff2, quantity: energy, tariff: 2, subunit: 4, unit: kVAh, kind: register, about: Apparent energy drawn in tariff 2 }
  - { name: apparent_energy_tariff3, quantity: energy, tariff: 3, subunit: 4, unit: kVAh, kind: register, about: Apparent energy drawn in tariff 3 }
  - { name: apparent_energy_tariff4, quantity: energy, tariff: 4, subunit: 4, unit: kVAh, kind: register, about: Apparent energy drawn in tariff 4 }
  - { name: apparent_energy_exported_tariff1, quantity: energy, tariff: 1, subunit: 5, unit: kVAh, kind: register, about: Apparent energy fed in in tariff 1 }
  - { name: apparent_energy_exported_tariff2, quantity: energy, tariff: 2, subunit: 5, unit: kVAh, kind: register, about: Apparent energy fed in in tariff 2 }
  - { name: apparent_energy_exported_tariff3, quantity: energy, tariff: 3, subunit: 5, unit: kVAh, kind: register, about: Apparent energy fed in in tariff 3 }
  - { name: apparent_energy_exported_tariff4, quantity: energy, tariff: 4, subunit: 5, unit: kVAh, kind: register, about: Apparent energy fed in in tariff 4 }
  - { name: energy_resettable, quantity: energy, codes: F200, kind: register, about: Active energy drawn since the register was reset }
  - { name: energy_exported_resettable, quantity: energy, subunit: 1, codes: F200, kind: register, about: Active energy fed in since the register was reset }
  - { name: reactive_energy_resettable, quantity: energy, subunit: 2, codes: F200, unit: kvarh, kind: register, about: Reactive energy drawn since the register was reset }
  - { name: reactive_energy_exported_resettable, quantity: energy, subunit: 3, codes: F200, unit: kvarh, kind: register, about: Reactive energy fed in since the register was reset }
  - { name: power, quantity: power, kind: measurement, about: Active power }
  - { name: power_l1, quantity: power, codes: "8100", kind: measurement, about: Active power of phase 1 }
  - { name: power_l2, quantity: power, codes: "8200", kind: measurement, about: Active power of phase 2 }
  - { name: power_l3, quantity: power, codes: "8300", kind: measurement, about: Active power of phase 3 }
  - { name: reactive_power, quantity: power, subunit: 2, unit: var, kind: measurement, about: Reactive power }
  - { name: reactive_power_l1, quantity: power, subunit: 2, codes: "8100", unit: var, kind: measurement, about: Reactive power of phase 1 }
  - { name: reactive_power_l2, quantity: power, subunit: 2, codes: "8200", unit: var, kind: measurement, about: Reactive power of phase 2 }
  - { name: reactive_power_l3, quantity: power, subunit: 2, codes: "8300", unit: var, kind: measurement, about: Reactive power of phase 3 }
  - { name: apparent_power, quantity: power, subunit: 4, unit: VA, kind: measurement, about: Apparent power }
  - { name: apparent_power_l1, quantity: power, subunit: 4, codes: "8100", unit: VA, kind: measurement, about: Apparent power of phase 1 }
  - { name: apparent_power_l2, quantity: power, subunit: 4, codes: "8200", unit: VA, kind: measurement, about: Apparent power of phase 2 }
  - { name: apparent_power_l3, quantity: power, subunit: 4, codes: "8300", unit: VA, kind: measurement, about: Apparent power of phase 3 }
  - { name: voltage_l1, quantity: voltage, codes: "8100", kind: measurement, about: Voltage to neutral of phase 1 }
  - { name: voltage_l2, quantity: voltage, codes: "8200", kind: measurement, about: Voltage to neutral of phase 2 }
  - { name: voltage_l3, quantity: voltage, codes: "8300", kind: measurement, about: Voltage to neutral of phase 3 }
  - { name: voltage_l1_l2, quantity: voltage, codes: "8500", kind: measurement, about: Voltage between L1 and L2 }
  - { name: voltage_l2_l3, quantity: voltage, codes: "8600", kind: measurement, about: Voltage between L2 and L3 }
  - { name: voltage_l3_l1, quantity: voltage, codes: "8700", kind: measurement, about: Voltage between L3 and L1 }
  - { name: current_l1, quantity: current, codes: "8100", kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, codes: "8200", kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, codes: "8300", kind: measurement, about: Current of phase 3 }
  - { name: frequency, codes: 0AFFD900, unit: Hz, scale: -2, kind: measurement, about: Mains frequency }
  - { name: power_factor, codes: 02FFE000, type: signed, scale: -3, kind: measurement, about: Power factor }
  - { name: power_factor_l1, codes: 02FFE0FF8100, type: signed, scale: -3, kind: measurement, about: Power factor of phase 1 }
  - { name: power_factor_l2, codes: 02FFE0FF8200, type: signed, scale: -3, kind: measurement, about: Power factor of phase 2 }
  - { name: power_factor_l3, codes: 02FFE0FF8300, type: signed, scale: -3, kind: measurement, about: Power factor of phase 3 }
  - { name: phase_angle, codes: 02FFD200, type: signed, unit: °, scale: -1, kind: measurement, about: Angle between voltage and current }
  - { name: phase_angle_l1, codes: 02FFD2FF8100, type: signed, unit: °, scale: -1, kind: measurement, about: Angle between voltage and current of phase 1 }
  - { name: phase_angle_l2, codes: 02FFD2FF8200, type: signed, unit: °, scale: -1, kind: measurement, about: Angle between voltage and current of phase 2 }
  - { name: phase_angle_l3, codes: 02FFD2FF8300, type: signed, unit: °, scale: -1, kind: measurement, about: Angle between voltage and current of phase 3 }
  - { name: quadrant, codes: 01FF9700, kind: measurement, about: Quadrant of the power }
  - { name: quadrant_l1, codes: 01FF97FF8100, kind: measurement, about: Quadrant of the power of phase 1 }
  - { name: quadrant_l2, codes: 01FF97FF8200, kind: measurement, about: Quadrant of the power of phase 2 }
  - { name: quadrant_l3, codes: 01FF97FF8300, kind: measurement, about: Quadrant of the power of phase 3 }
  - { name: current_transformer_numerator, codes: 04FFA015, kind: diagnostic, about: Ratio of the current transformers }
  - { name: voltage_transformer_numerator, codes: 04FFA115, kind: diagnostic, about: Ratio of the voltage transformers }
  - { name: current_transformer_denominator, codes: 04FFA215, kind: diagnostic, about: Ratio of the current transformers }
  - { name: voltage_transformer_denominator, codes: 04FFA315, kind: diagnostic, about: Ratio of the voltage transformers }
  - { name: active_tariff, codes: 01FF9300, kind: diagnostic, about: The tariff that counts now }
  - { name: power_failures, codes: 04FF9800, kind: diagnostic, about: How often the mains failed }
  - { name: product_number, codes: 0DFFAA00, type: text, kind: diagnostic, about: Product number }
  - { name: firmware_version, quantity: firmware_version, kind: diagnostic, about: Firmware }
  - { name: errors, codes: 07FFA600, type: bits, kind: diagnostic, about: Bits that the maker does not explain }
  - { name: warnings, codes: 07FFA700, type: bits, kind: diagnostic, about: Bits that the maker does not explain }
  - { name: information, codes: 07FFA800, type: bits, kind: diagnostic, about: Bits that the maker does not explain }
  - { name: alarms, codes: 07FFA900, type: bits, kind: diagnostic, about: Bits that the maker does not explain }
  - { name: co2, codes: 0EFFF9C400, unit: kg, scale: -2, kind: register, about: Carbon dioxide of the energy drawn }
telegrams:
  - hex: "6875756808FD7242412010420420028E0000000E043710000000008E40047410000000008E8040041111000000008EC040044811000000008E808040048511000000008EC08040042212000000008E80C040045912000000008EC0C040049612000000008E80808040043313000000008E10047013000000001016"
    reading: { energy: 10.37, energy_exported: 10.74, reactive_energy: 11.11, reactive_energy_exported: 11.48, apparent_energy: 11.85, apparent_energy_exported: 12.22, energy_net: 12.59, reactive_energy_net: 12.96, apparent_energy_net: 13.33, energy_tariff1: 13.70 }
  - hex: "6878786808FD7243522010420420022B0000008E20040714000000008E30044414000000008E8010048114000000008E50041815000000008E60045515000000008E70049215000000008EC010042916000000008E9040046616000000008EA040040317000000008EB040044017000000008E8050047717000000005516"
    reading: { energy_tariff2: 14.07, energy_tariff3: 14.44, energy_tariff4: 14.81, energy_exported_tariff1: 15.18, energy_exported_tariff2: 15.55, energy_exported_tariff3: 15.92, energy_exported_tariff4: 16.29, reactive_energy_tariff1: 16.66, reactive_energy_tariff2: 17.03, reactive_energy_tariff3: 17.40, reactive_energy_tariff4: 17.77 }
  - hex: "6879796808FD724463201042042002900000008ED040041418000000008EE040045118000000008EF040048818000000008EC050042519000000008E908040046219000000008EA08040049919000000008EB08040043620000000008E809040047320000000008ED08040041021000000008EE08040044721000000002C16"
    reading: { reactive_energy_exported_tariff1: 18.14, reactive_energy_exported_tariff2: 18.51, reactive_energy_exported_tariff3: 18.88, reactive_energy_exported_tariff4: 19.25, apparent_energy_tariff1: 19.62, apparent_energy_tariff2: 19.99, apparent_energy_tariff3: 20.36, apparent_energy_tariff4: 20.73, apparent_energy_exported_tariff1: 21.10, apparent_energy_exported_tariff2: 21.47 }
  - hex: "6877776808FD7245742010420420022D0000008EF08040048421000000008EC09040042122000000000E84FFF2005822000000008E4084FFF2009522000000008E804084FFF2003223000000008EC04084FFF200692300000000042B6609000004ABFF81008B09000004ABFF8200B009000004ABFF8300D50900003816"
    reading: { apparent_energy_exported_tariff3: 21.84, apparent_energy_exported_tariff4: 22.21, energy_resettable: 22.58, energy_exported_resettable: 22.95, reactive_energy_resettable: 23.32, reactive_energy_exported_resettable: 23.69, power: 2406, power_l1: 2443, power_l2: 2480, power_l3: 2517 }
  - hex: "687D7D6808FD724685201042042002920000008480402BFA090000848040ABFF81001F0A0000848040ABFF8200440A0000848040ABFF8300690A0000848080402B8E0A000084808040ABFF8100B30A000084808040ABFF8200D80A000084808040ABFF8300FD0A000002FDC8FF8100220B02FDC8FF8200470B02FDC8FF83006C0BE316"
    reading: { reactive_power: 2554, reactive_power_l1: 2591, reactive_power_l2: 2628, reactive_power_l3: 2665, apparent_power: 2702, apparent_power_l1: 2739, apparent_power_l2: 2776, apparent_power_l3: 2813, voltage_l1: 285.0, voltage_l2: 288.7, voltage_l3: 292.4 }
  - hex: "6877776808FD7247962010420420022F00000002FDC8FF8500910B02FDC8FF8600B60B02FDC8FF8700DB0B04FDD9FF8100000C000004FDD9FF8200250C000004FDD9FF83004A0C00000AFFD900015002FFE00097FC02FFE0FF8100840302FFE0FF8200850302FFE0FF8300860302FFD200CFFE02FFD2FF81007800B616"
    reading: { voltage_l1_l2: 296.1, voltage_l2_l3: 299.8, voltage_l3_l1: 303.5, current_l1: 3.072, current_l2: 3.109, current_l3: 3.146, frequency: 50.01, power_factor: -0.873, power_factor_l1: 0.900, power_factor_l2: 0.901, power_factor_l3: 0.902, phase_angle: -30.5, phase_angle_l1: 12.0 }
  - hex: "6876766808FD7248072110420420029400000002FFD2FF8200790002FFD2FF83007A0001FF97000301FF97FF81000101FF97FF82000201FF97FF83000304FFA0155900000004FFA1155A00000004FFA2155B00000004FFA3155C00000001FF93000304FF98005E0000000DFFAA000B583534203332312D3030304B16"
    reading: { phase_angle_l2: 12.1, phase_angle_l3: 12.2, quadrant: 3, quadrant_l1: 1, quadrant_l2: 2, quadrant_l3: 3, current_transformer_numerator: 89, voltage_transformer_numerator: 90, current_transformer_denominator: 91, voltage_transformer_denominator: 92, active_tariff: 3, power_failures: 94, product_number: 000-123 45X }
  - hex: "6854546808FD724918211042042002310000000DFD0E06372E382E394207FFA600024000000000000007FFA700210000000000000007FFA800030000000000000007FFA90008000000000000000EFFF9C4008401000000007916"
    reading: { firmware_version: B9.8.7, errors: 4002, warnings: 21, information: 3, alarms: 8, co2: 1.84 }

"""#),
        ("actislink/water", #"""
maker: Actislink
model: Water meter
detect:
  - { manufacturer: ALK, version: 0x04, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "14448B055029211004077A96000000041331100000"
    reading: { volume: 4.145 }

"""#),
        ("apator/at-wmbus-08", #"""
maker: Apator
model: AT-WMBUS-08
detect:
  - { manufacturer: APT, payload: apator_08 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "11441406715040300F0FA087D61200000340"
    reading: { volume: 411.522333 }

"""#),
        ("apator/at-wmbus-16-2", #"""
maker: Apator
model: AT-WMBUS-16-2
detect:
  - { manufacturer: APA, payload: apator_162 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "3C4401067350403005077A2A0000002F2F0F010203040506074411223310A05B00007201204E0000204E0000204E0000A011223344FFFFFFFFFFFF1234"
    reading: { volume: 23.456, volume_history_storage1: 20.0, volume_history_storage3: 20.0 }
  - hex: "284401067350403005067A2A0000002F2F80010203040506074142AB1098FF0000FFFFFFFFFFFF1234"
    reading: { volume: 65.432 }

"""#),
        ("apator/at-wmbus-17-2", #"""
maker: Apator
model: AT-WMBUS-17-2
detect:
  - { manufacturer: APT, payload: apator_172 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "11441406725040300411A03B300000000840"
    reading: { volume: 4115.666667 }

"""#),
        ("apator/e-itn-30", #"""
maker: Apator
model: E.ITN 30
detect:
  - { manufacturer: APA, payload: apator_eitn }
  - { manufacturer: APT, payload: apator_eitn }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
telegrams:
  - hex: "19440106755040300408A08700008202F52C870044322013C015"
    reading: { hca_units: 135, hca_units_at_due_date: 642, date: 2025-02-04, alarms: seal broken, seal_broken_date: 2022-07-21, season_start: 2016-04-07, average_temperature: 21.75, average_temperature_storage1: 19.125 }
  - hex: "1D441406765040300408B602FFFFA0870000010000000200443240128014"
    reading: { hca_units: 2, hca_units_at_due_date: 1, alarms: none, seal_broken_date: null }

"""#),
        ("apator/elf-2", #"""
maker: Apator
model: Elf 2
detect:
  - { manufacturer: APA, version: 0x42, type: 0x04 }
  - { manufacturer: APA, version: 0x42, type: 0x0D }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: energy_cooling, quantity: energy, subunit: 1, kind: register, about: Cooling energy }
  - { name: volume_input_1, quantity: volume, tariff: 1, kind: register, about: Meter at pulse input 1 }
  - { name: volume_input_2, quantity: volume, tariff: 2, kind: register, about: Meter at pulse input 2 }
  - { name: time_with_error, quantity: on_time, function: at_error, kind: diagnostic, about: How long there was an error }
errors:
  - field: error_flags
    bits:
      0x0001: flow below minimum
      0x0002: flow sensor
      0x0004: return temperature sensor
      0x0008: supply temperature sensor
      0x0010: temperature difference
      0x0020: flow above maximum
      0x0040: memory
      0x0080: battery low
      0x0100: flow abnormal for a day
      0x0200: flow abnormal for a year
      0x0400: temperature difference too low
      0x0800: checksum
      0x1000: flash memory
      0x2000: battery critical
      0x4000: processor hot
      0x8000: serial port overrun
telegrams:
  - hex: "2E4401067950403042047A2A00000002FD1780000E0E2381000000000C13658709003C22150000008C101300750000"
    reading: { volume: 98.765, time_with_error: 54000, volume_input_1: 7.5, error_text: battery low }
  - hex: "224401067171504042047AAB00000044060D0400008440063204000084201357040000"
    reading: { energy_at_due_date: 1037, energy_cooling: 1074, volume_input_2: 1.111 }

"""#),
        ("apator/elf", #"""
maker: Apator
model: Elf
detect:
  - { manufacturer: APA, version: 0x40, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: voltage, quantity: voltage, kind: diagnostic, about: Battery voltage }
  - { name: vendor_flags, codes: 047F, kind: diagnostic, about: Bits that the maker does not explain }
telegrams:
  - hex: "394401067750403018377278504030010640042A000000026C10350E019078563402000C1321031500440E080700000AFD475203047F00000004"
    reading: { energy: 2345.6789, volume: 150.321, energy_at_due_date: 1800, voltage: 3.52, vendor_flags: 67108864 }

"""#),
        ("apator/na-1", #"""
maker: Apator
model: NA-1
detect:
  - { manufacturer: APA, payload: apator_na1 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_earlier, quantity: volume, storage: 1, kind: stored, about: Total some time ago }
  - { name: volume_earlier_time, quantity: date_time, storage: 1, kind: stored, about: When that was }
telegrams:
  - hex: "1C440106745040301407A02A01E429B7B8FD31013C3CC428D8AAFDF46F"
    reading: { volume: 123.456, date_time: "2025-05-08T06:13:20", volume_earlier: 100.0, volume_earlier_time: "2025-04-23T15:13:20", history_age: 351, frame_flags: summer time, alarms: leak, past_alarms: reverse flow, default_key: true }

"""#),
        ("apator/op041a", #"""
maker: Apator
model: OP-041A
detect:
  - { manufacturer: APA, version: 0x1A, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "1A440106908070601A077A2A0000000413A05B0000046D0A0A1035"
    reading: { volume: 23.456, date_time: "2024-05-16T10:10" }

"""#),
        ("apator/ultrimis", #"""
maker: Apator
model: Ultrimis W
detect:
  - { manufacturer: APA, version: 0x01, type: 0x07 }
  - { manufacturer: APA, version: 0x20, type: 0x16 }
  - { manufacturer: APA, version: 0x01, type: 0x16 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
errors:
  - field: error_flags
    bits:
      0x000001: tampered
      0x000002: battery low
      0x000004: dry
      0x000008: no flow
      0x000010: hot
      0x000020: burst
      0x000040: reverse flow
      0x000080: leak
      0x000100: tampered this month
      0x000200: battery low this month
      0x000400: dry this month
      0x000800: no flow this month
      0x001000: hot this month
      0x002000: burst this month
      0x004000: reverse flow this month
      0x008000: leak this month
      0x010000: tampered last month
      0x020000: battery low last month
      0x040000: dry last month
      0x080000: no flow last month
      0x100000: hot last month
      0x200000: burst last month
      0x400000: reverse flow last month
      0x800000: leak last month
telegrams:
  - hex: "1A4401068050403001077A2A0000000413A05B000003FD17800040"
    reading: { volume: 23.456, error_text: "leak, reverse flow last month" }

"""#),
        ("apator/unismart", #"""
maker: Apator Metrix
model: UniSmart
detect:
  - { manufacturer: AMX, payload: apator_unismart }
fields:
  - { name: volume_uncorrected, quantity: volume, qualifiers: uncorrected, kind: register, about: Total at metering conditions }
  - { name: volume_at_month_start, quantity: volume, qualifiers: uncorrected, storage: 1, kind: stored, about: Total when the month began }
  - { name: month_start, quantity: date_time, storage: 1, kind: stored, about: When the month began }
  - { name: vendor_flags, codes: 017F, kind: diagnostic, about: Bits that the maker does not explain }
telegrams:
  - hex: "2744B8058150403001037A2A0000000C943A56341200446D002601354C943A0000120002FD740C01"
    reading: { volume_uncorrected: 1234.56, volume_at_month_start: 1200.0, month_start: "2024-05-01T06:00", status_flags: 10c }
  - hex: "1144B8058150403001037A2A000000017F05"
    reading: { vendor_flags: 5 }

"""#),
        ("apator/wired-module", #"""
maker: Apator
model: Module for water meters (wired)
detect:
  - { manufacturer: APA, version: 0x15, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
# The lower half of the bits is remembered, the upper one is now.
errors:
  - field: error_flags
    bits:
      0x000001: magnet before
      0x000002: light before
      0x000004: module unplugged before
      0x000008: detection without a change before
      0x000010: flow below minimum before
      0x000020: flow above maximum before
      0x000040: reverse flow before
      0x000080: leak before
      0x000100: processor reset before
      0x000200: clock before
      0x000400: battery before
      0x000800: detector before
      0x001000: magnet
      0x002000: light
      0x004000: module unplugged
      0x008000: detection without a change
      0x010000: flow below minimum
      0x020000: flow above maximum
      0x040000: reverse flow
      0x080000: processor reset
      0x100000: processor reset
      0x200000: clock
      0x400000: battery
      0x800000: detector
telegrams:
  - hex: "1A4401066050403015077A2A000000041340E2010003FD17011004"
    reading: { volume: 123.456, error_text: "magnet before, magnet, reverse flow" }

"""#),
        ("aventies/hca", #"""
maker: Aventies
model: Heat cost allocator
detect:
  - { manufacturer: AAA, version: 0x55, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: hca_units_month, quantity: hca_units, storage: 2..17, kind: stored, about: "Units at the ends of the last months, newest first" }
errors:
  - field: error_flags
    bits:
      0x0001: measuring
      0x0002: sabotage
      0x0004: battery low
      0x0008: checksum
      0x0010: radio
      0x0020: was reset
telegrams:
  - hex: "2F4421045584211055087A37000000046E43160000446E6816000084016E8D160000C4016EB2160000C4086ED7160000"
    reading: { hca_units: 5699, hca_units_at_due_date: 5736, hca_units_month_1: 5773, hca_units_month_2: 5810, hca_units_month_16: 5847 }
  - hex: "134421045695211055087A9C00000002FD173F00"
    reading: { error_flags: 3f, error_text: "measuring, sabotage, battery low, checksum, radio, was reset" }

"""#),
        ("aventies/water", #"""
maker: Aventies
model: Water meter
detect:
  - { manufacturer: AAA, version: 0x25, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
errors:
  - field: error_flags
    bits:
      0x0001: measuring
      0x0002: sabotage
      0x0004: battery low
      0x0008: checksum
      0x0010: radio
      0x0020: was reset
telegrams:
  - hex: "144421045928221025077A3B0000000413B5170000"
    reading: { volume: 6.069 }
  - hex: "134421046039221025077AA000000002FD173F00"
    reading: { error_flags: 3f, error_text: "measuring, sabotage, battery low, checksum, radio, was reset" }

"""#),
        ("bfw/240-radio", #"""
maker: BFW
model: 240 radio
detect:
  - { manufacturer: BFW, payload: bfw_240 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: hca_units_month, quantity: hca_units, storage: 2..19, kind: stored, about: "Units at the ends of the last months, newest first" }
telegrams:
  - hex: "3644D7088650403002087A2A0000002F2F521F026302FE1C3600000000000000000000000C2D0065DE014D8611D66222B0BE22F3160524"
    reading: { hca_units: 766, hca_units_at_due_date: 611, date: 2024-05-16, hca_units_month_1: 755, hca_units_month_2: 702, hca_units_month_11: 12, hca_units_month_18: 0 }

"""#),
        ("bmeters/hydrocal", #"""
maker: BMeters
model: Hydrocal M3, M4
detect:
  - { manufacturer: BMT, version: 0x0B, type: 0x0D }
  - { manufacturer: BMT, version: 0x0D, type: 0x0D }
  - { manufacturer: BMT, version: 0x1A, type: 0x0D }
fields:
  - { name: energy, quantity: energy, kind: register, about: Heating energy }
  - { name: volume, quantity: volume, kind: register, about: Volume while heating }
  - { name: energy_cooling, quantity: energy, tariff: 1, kind: register, about: Cooling energy }
  - { name: volume_cooling, quantity: volume, tariff: 1, kind: register, about: Volume while cooling }
  - { name: volume_input_1, quantity: volume, subunit: 1, kind: register, about: Meter at pulse input C1 }
  - { name: volume_input_2, quantity: volume, subunit: 2, kind: register, about: Meter at pulse input C2 }
status:
  0x80: housing opened
errors:
  - field: error_flags
    bits:
      0x80: sabotage
telegrams:
  - hex: "2F44B409141312111A0D7A2A80000004068A0C00008410060C00000004152B0200008410150A000000844013E40C0000"
    reading: { energy: 3210, energy_cooling: 12, volume: 55.5, volume_cooling: 1.0, volume_input_1: 3.3, status_text: housing opened }
  - hex: "1644B409728250400B0D7A48000000848040137C040000"
    reading: { volume_input_2: 1.148 }

"""#),
        ("bmeters/hydroclima", #"""
maker: BMeters
model: Hydroclima
detect:
  - { manufacturer: BMP, version: 0x33, type: 0x08 }
  - { manufacturer: BMP, version: 0x53, type: 0x08 }
  - { manufacturer: BMP, version: 0x85, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "4C44B0096050403085087A2A000000036E540200436ED90800426C3F3C0F11010000000000FF2C3713DF08BC161633960E8208D401D90879076006DA0808090080000000000000000000830900"
    reading: { payload_family: hydroclima, hca_units: 596, hca_units_at_due_date: 2265, due_date: 2025-12-31, status_flags: "1", opened_date: 2023-12-31, average_radiator_temperature: 49.19, average_room_temperature: 22.71, room_temperature_max: 58.2, average_room_temperature_storage1: 21.78, consumption_history_storage4: 1632, room_temperature_storage1: 22.66, room_temperature_storage3: null, total_hca_units: 2435 }

"""#),
        ("bmeters/hydrodigit", #"""
maker: BMeters
model: Hydrodigit
detect:
  - { manufacturer: BMT, version: 0x13, type: 0x06 }
  - { manufacturer: BMT, version: 0x13, type: 0x07 }
  - { manufacturer: BMT, version: 0x15, type: 0x06 }
  - { manufacturer: BMT, version: 0x15, type: 0x07 }
  - { manufacturer: BMT, version: 0x17, type: 0x06 }
  - { manufacturer: BMT, version: 0x17, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_backward, quantity: volume, qualifiers: backward, kind: register, about: Volume that flowed backward }
telegrams:
  - hex: "4544B4098250403013077A2A0000000C1378560400046D0A2A10350F1507230100002C01002D01002E01002F0100300100310100320100330100340100350100360100370100"
    reading: { volume: 45.678, battery_voltage: 2.65, volume_backward: 0.291, volume_of_calendar_month_storage1: 3.0, volume_of_calendar_month_storage12: 3.11 }
  - hex: "2444B4098250403013077A2A0000000C1378560400046D0A2A10350F830BA0241512250516"
    reading: { battery_voltage: 3.2, fraud: "magnet, module removed", fraud_date: 2024-05-12, leak_date: 2025-05-16 }

"""#),
        ("bmeters/iwm-tx5", #"""
maker: BMeters
model: IWM-TX5
detect:
  - { manufacturer: BMT, version: 0x18, type: 0x06 }
  - { manufacturer: BMT, version: 0x18, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
status:
  0x40: tampered
telegrams:
  - hex: "1444B4098550403018077A2A4000000C1345230100"
    reading: { volume: 12.345, status_text: tampered }

"""#),
        ("bmeters/rfm-amb", #"""
maker: BMeters
model: RFM-AMB room sensor
detect:
  - { manufacturer: BMT, version: 0x10, type: 0x1B }
fields:
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Room temperature }
  - { name: external_temperature_1h, quantity: external_temperature, storage: 1, kind: stored, about: Average of an hour }
  - { name: external_temperature_24h, quantity: external_temperature, storage: 2, kind: stored, about: Average of a day }
  - { name: external_temperature_1h_min, quantity: external_temperature, function: min, kind: stored, about: Lowest of an hour }
  - { name: external_temperature_1h_max, quantity: external_temperature, function: max, kind: stored, about: Highest of an hour }
  - { name: external_temperature_24h_min, quantity: external_temperature, function: min, storage: 1, kind: stored, about: Lowest of a day }
  - { name: external_temperature_24h_max, quantity: external_temperature, function: max, storage: 1, kind: stored, about: Highest of a day }
  - { name: relative_humidity, quantity: relative_humidity, kind: measurement, about: Relative humidity }
  - { name: relative_humidity_1h, quantity: relative_humidity, storage: 1, kind: stored, about: Average of an hour }
  - { name: relative_humidity_24h, quantity: relative_humidity, storage: 2, kind: stored, about: Average of a day }
  - { name: relative_humidity_1h_min, quantity: relative_humidity, function: min, kind: stored, about: Lowest of an hour }
  - { name: relative_humidity_1h_max, quantity: relative_humidity, function: max, kind: stored, about: Highest of an hour }
  - { name: relative_humidity_24h_min, quantity: relative_humidity, function: min, storage: 1, kind: stored, about: Lowest of a day }
  - { name: relative_humidity_24h_max, quantity: relative_humidity, function: max, storage: 1, kind: stored, about: Highest of a day }
status:
  0x01: busy
  0x02: error
  0x04: battery low
  0x08: module removed
  0x10: sensor
  0x20: temperature out of range
  0x40: humidity out of range
telegrams:
  - hex: "2844B40984504030101B7A2A080000026556084265340882016502082265D0075265C40902FB1AC801"
    reading: { external_temperature: 21.34, external_temperature_1h: 21.0, external_temperature_24h: 20.5, external_temperature_1h_min: 20.0, external_temperature_24h_max: 25.0, relative_humidity: 45.6, status_text: module removed }
  - hex: "3544B40973935040101B7AAD0000001265A1046265C60442FB1AEB048201FB1A100522FB1A350512FB1A5A0562FB1A7F0552FB1AA405"
    reading: { external_temperature_1h_max: 11.85, external_temperature_24h_min: 12.22, relative_humidity_1h: 125.9, relative_humidity_24h: 129.6, relative_humidity_1h_min: 133.3, relative_humidity_1h_max: 137.0, relative_humidity_24h_min: 140.7, relative_humidity_24h_max: 144.4 }

"""#),
        ("bmeters/rfm-tx1", #"""
maker: BMeters
model: RFM-TX1
detect:
  - { manufacturer: BMT, version: 0x05, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "2944B4098350403005077A3C00061011152040CA23000000000000005914101605240000000000000000"
    reading: { volume: 123.456, date_time: "2024-05-16T10:14:59" }

"""#),
        ("carlo-gavazzi/em24", #"""
maker: Carlo Gavazzi
model: EM24
detect:
  - { manufacturer: GAV, version: 0x00, type: 0x02 }
  - { manufacturer: KAM, version: 0x33, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Energy drawn }
  - { name: energy_exported, quantity: energy, qualifiers: backward, kind: register, about: Energy fed in }
  - { name: reactive_energy, quantity: reactive_energy, kind: register, about: Reactive energy drawn }
  - { name: reactive_energy_exported, quantity: reactive_energy, qualifiers: backward, kind: register, about: Reactive energy fed in }
  - { name: power, quantity: power, kind: measurement, about: Power drawn }
  - { name: power_exported, quantity: power, qualifiers: backward, kind: measurement, about: Power fed in }
  - { name: reactive_power, quantity: reactive_power, kind: measurement, about: Reactive power drawn }
  - { name: reactive_power_exported, quantity: reactive_power, qualifiers: backward, kind: measurement, about: Reactive power fed in }
  - { name: voltage_l1, quantity: voltage, qualifiers: l1, kind: measurement, about: Voltage of phase 1 }
  - { name: voltage_l2, quantity: voltage, qualifiers: l2, kind: measurement, about: Voltage of phase 2 }
  - { name: voltage_l3, quantity: voltage, qualifiers: l3, kind: measurement, about: Voltage of phase 3 }
  - { name: current_l1, quantity: current, qualifiers: l1, kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, qualifiers: l2, kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, qualifiers: l3, kind: measurement, about: Current of phase 3 }
  - { name: frequency, quantity: frequency, kind: measurement, about: Mains frequency }
errors:
  - field: error_flags
    bits:
      0x01: voltage L1 too high
      0x02: voltage L2 too high
      0x04: voltage L3 too high
      0x08: current L1 too high
      0x10: current L2 too high
      0x20: current L3 too high
      0x40: frequency
telegrams:
  - hex: "7B44361C6716231000027A430000000406C41C000004863CE91C000004FB020E1D000004FB823C331D0000042B581D000004AB3C7D1D000004FB17A21D000004FB973CC71D000002FDC8FC01EC1D02FDC8FC02111E02FDC8FC03361E04FDD9FC015B1E000004FDD9FC02801E000004FDD9FC03A51E000002FB2ECA1E"
    reading: { energy: 7364, energy_exported: 7401, reactive_energy: 7438, reactive_energy_exported: 7475, power: 7512, power_exported: 7549, reactive_power: 7586, reactive_power_exported: 7623, voltage_l1: 766.0, voltage_l2: 769.7, voltage_l3: 773.4, current_l1: 7.771, current_l2: 7.808, current_l3: 7.845, frequency: 788.2 }
  - hex: "12442D2C6827231033027AA800000001FD177F"
    reading: { error_flags: 7f, error_text: "voltage L1 too high, voltage L2 too high, voltage L3 too high, current L1 too high, current L2 too high, current L3 too high, frequency" }

"""#),
        ("diehl/aerius", #"""
maker: Diehl
model: Aerius
detect:
  - { manufacturer: DME, version: 0x30, type: 0x03 }
fields:
  - { name: volume_base, quantity: volume, qualifiers: base, kind: register, about: Total consumption at base conditions }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of gas }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the gas }
  - { name: volume_base_at_month_end, quantity: volume, storage: 3, qualifiers: base, kind: stored, about: Total at base conditions at the end of the last month }
  - { name: month_end, quantity: date_time, storage: 3, kind: stored, about: The end of the last month }
telegrams:
  - hex: "2E44A5115140211030037A3300000004933E56100000043B7B100000025AA010C401933EC5100000C4016D1E320737"
    reading: { volume_base: 4.182, volume_flow: 4.219, flow_temperature: 425.6, volume_base_at_month_end: 4.293, month_end: "2024-07-07T18:30" }

"""#),
        ("diehl/hydrus", #"""
maker: Diehl
model: Hydrus
detect:
  - { manufacturer: DME, version: 0x70, type: 0x06 }
  - { manufacturer: DME, version: 0x70, type: 0x07 }
  - { manufacturer: DME, version: 0x70, type: 0x16 }
  - { manufacturer: DME, version: 0x76, type: 0x07 }
  - { manufacturer: HYD, version: 0x24, type: 0x07 }
  - { manufacturer: HYD, version: 0x8B, type: 0x06 }
  - { manufacturer: HYD, version: 0x8B, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_tariff1, quantity: volume, tariff: 1, kind: register, about: "Register 1, of a tariff or a direction" }
  - { name: volume_tariff2, quantity: volume, tariff: 2, kind: register, about: "Register 2, of a tariff or a direction" }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of water }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the water }
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Temperature around the meter }
  - { name: operation_time, quantity: operation_time, kind: diagnostic, about: How long the meter has run }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: volume_tariff1_at_due_date, quantity: volume, tariff: 1, storage: 1, kind: stored, about: Register 1 at the last due date }
  - { name: volume_tariff2_at_due_date, quantity: volume, tariff: 2, storage: 1, kind: stored, about: Register 2 at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: next_due_date, quantity: date, storage: 1, qualifiers: future, kind: stored, about: The next due date }
  - { name: volume_at_month_end, quantity: volume, storage: 3, kind: stored, about: Total at the end of the last month }
  - { name: month_end, quantity: date_time, storage: 3, kind: stored, about: The end of the last month }
  - { name: customer, quantity: customer, kind: diagnostic, about: "The customer's text" }
  - { name: remaining_battery_life, quantity: remaining_battery_life, kind: diagnostic, about: Days left for the battery }
telegrams:
  - hex: "6F44A5115362211070067A350000000413371200008410135C12000084201381120000043BA6120000025ACB120265F01204261513000044133A130000C410135F130000C4201384130000426CFA2242EC7EFB23C40113F3130000C4016D043001350DFD1105333132424102FD746214"
    reading: { volume: 4.663, volume_tariff1: 4.700, volume_tariff2: 4.737, volume_flow: 4.774, flow_temperature: 481.1, external_temperature: 48.48, operation_time: 17586000, volume_at_due_date: 4.922, volume_tariff1_at_due_date: 4.959, volume_tariff2_at_due_date: 4.996, due_date: 2023-02-26, next_due_date: 2023-03-27, volume_at_month_end: 5.107, month_end: "2024-05-01T16:04", customer: AB213, remaining_battery_life: 5218 }

"""#),
        ("diehl/izar", #"""
maker: Diehl
model: Izar RC (PRIOS)
detect:
  - { manufacturer: SAP, payload: diehl_prios }
  - { manufacturer: DME, payload: diehl_prios }
  - { manufacturer: HYD, payload: diehl_prios }
  - { manufacturer: SPL, payload: diehl_prios }
  - { manufacturer: EWT, payload: diehl_prios }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_month_end, quantity: volume, storage: 1, kind: stored, about: Total at the end of the last month }
  - { name: month_end, quantity: date, storage: 1, kind: stored, about: The end of the last month }
telegrams:
  - hex: "1944304C895A5441D401A203572013F20876F06222E040DBFBB3"
    reading: { volume: 27.316, volume_at_month_end: 26.958, month_end: 2024-05-31, meter_model: Izar RC (PRIOS) }

"""#),
        ("diehl/sharky", #"""
maker: Diehl
model: Sharky
detect:
  - { manufacturer: DME, version: 0x40, type: 0x04 }
  - { manufacturer: HYD, version: 0x20, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: power, quantity: power, kind: measurement, about: Thermal power }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of heating water }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the supply }
  - { name: return_temperature, quantity: return_temperature, kind: measurement, about: Temperature of the return }
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: "Register 1, of cooling or a tariff" }
  - { name: temperature_difference, quantity: temperature_difference, kind: measurement, about: Supply less return }
  - { name: operation_time, quantity: operation_time, kind: diagnostic, about: How long the meter has run }
  - { name: energy_at_due_date, quantity: energy, storage: 5, kind: stored, about: Total energy at the last due date }
  - { name: volume_at_due_date, quantity: volume, storage: 5, kind: stored, about: Total volume at the last due date }
  - { name: due_date, quantity: date, storage: 5, kind: stored, about: The last due date }
telegrams:
  - hex: "5244A5115473211040047A9A0000000406871400000413AC140000042BD1140000043BF6140000025A1B15025E40158410066515000002618A150426AF150000C40206D4150000C40213F9150000C2026CEF27"
    reading: { energy: 5255, volume: 5.292, power: 5329, volume_flow: 5.366, flow_temperature: 540.3, return_temperature: 544.0, energy_tariff1: 5477, temperature_difference: 55.14, operation_time: 19983600, energy_at_due_date: 5588, volume_at_due_date: 5.625, due_date: 2023-07-15 }

"""#),
        ("diehl/water", #"""
maker: Diehl
model: Water meter
detect:
  - { manufacturer: DME, version: 0x63, type: 0x07 }
  - { manufacturer: DME, version: 0x7B, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_backward, quantity: volume, qualifiers: backward, kind: register, about: Volume that flowed backward }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the water }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_at_month_end, quantity: volume, storage: 8, kind: stored, about: Total at the end of the last month }
  - { name: month_end, quantity: date_time, storage: 8, kind: stored, about: The end of the last month }
  - { name: remaining_battery_life, quantity: remaining_battery_life, kind: diagnostic, about: Days left for the battery }
telegrams:
  - hex: "3C44A5115251211063077A9800000004130F11000004933C34110000025A591144137E110000426CEC2C840413C811000084046D13210E3202FD741212"
    reading: { volume: 4.367, volume_backward: 4.404, flow_temperature: 444.1, volume_at_due_date: 4.478, due_date: 2023-12-12, volume_at_month_end: 4.552, month_end: "2024-02-14T01:19", remaining_battery_life: 4626 }

"""#),
        ("easymeter/esys-wm", #"""
maker: EasyMeter
model: ESYS-WM
detect:
  - { manufacturer: ETY, version: 0x11, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Energy drawn }
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: Energy drawn in tariff 1 }
  - { name: energy_tariff2, quantity: energy, tariff: 2, kind: register, about: Energy drawn in tariff 2 }
  - { name: energy_exported, quantity: energy, qualifiers: backward, kind: register, about: Energy fed in }
  - { name: power, quantity: power, kind: measurement, about: Power of all phases }
  - { name: power_l1, quantity: power, codes: "01", kind: measurement, about: Power of phase 1 }
  - { name: power_l2, quantity: power, codes: "02", kind: measurement, about: Power of phase 2 }
  - { name: power_l3, quantity: power, codes: "03", kind: measurement, about: Power of phase 3 }
  - { name: server_id, quantity: enhanced_identification, kind: diagnostic, about: "The meter's number as the supplier has it" }
  - { name: fabrication_number, quantity: fabrication_number, kind: diagnostic, about: "The maker's number" }
  - { name: firmware_text, quantity: device_type, kind: diagnostic, about: "Firmware, as text" }
  - { name: customer_location, quantity: customer_location, kind: diagnostic, about: "The supplier's text" }
telegrams:
  - hex: "7C4499167726241011027A4D0000000406BA250000841006DF2500008420060426000004863C29260000042B4E26000004ABFF017326000004ABFF029826000004ABFF03BD2600000D790E31303030303534333231595345310D780E32303030303534333231595345310DFD090F32302E313056203030303030303030"
    reading: { energy: 9658, energy_tariff1: 9695, energy_tariff2: 9732, energy_exported: 9769, power: 9806, power_l1: 9843, power_l2: 9880, power_l3: 9917, server_id: 1ESY1234500001, fabrication_number: 1ESY1234500002, firmware_text: 00000000 V01.02 }
  - hex: "164499167837241011027AB20000000DFD100432314241"
    reading: { customer_location: AB12 }

"""#),
        ("ebz/wmbe", #"""
maker: eBZ
model: wMB-E (electricity meter with radio)
detect:
  - { manufacturer: EBZ, version: 0x01, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: power, quantity: power, sum_of: power_l1 power_l2 power_l3, kind: measurement, about: Power of all phases }
  - { name: power_l1, quantity: power, codes: "01", kind: measurement, about: Power of phase 1 }
  - { name: power_l2, quantity: power, codes: "02", kind: measurement, about: Power of phase 2 }
  - { name: power_l3, quantity: power, codes: "03", kind: measurement, about: Power of phase 3 }
telegrams:
  - hex: "42445A1440302010023772304050605A1401022A000000040315CD5B0704A9FF011027000004A9FF02204E000004A9FF03F0D8FFFF0429307500000DFD110431323334"
    reading: { energy: 123456.789, power: 300, power_l1: 100, power_l2: 200, power_l3: -100, customer: "4321" }
  - hex: "34445A1440302010023772304050605A1401022A000000040315CD5B0704A9FF011027000004A9FF02204E000004A9FF03F0D8FFFF"
    reading: { energy: 123456.789, power: 200, power_l1: 100, power_l2: 200, power_l3: -100 }

"""#),
        ("ei/ei6500", #"""
maker: Ei Electronics
model: Ei6500 smoke detector
detect:
  - { manufacturer: EIE, version: 0x0C, type: 0x1A }
fields:
  - { name: installation_date, quantity: date, tariff: 2, kind: diagnostic, about: When it was installed }
  - { name: sounder_test_date, quantity: date, storage: 1, kind: diagnostic, about: Last test of the sounder }
  - { name: alarm_count, quantity: cumulation_counter, subunit: 1, tariff: 1, kind: register, about: Alarms so far }
  - { name: alarm_date, quantity: date, subunit: 1, tariff: 1, kind: diagnostic, about: Last alarm }
  - { name: removed_count, quantity: cumulation_counter, subunit: 1, tariff: 2, kind: register, about: How often it was taken off }
  - { name: removed_date, quantity: date, subunit: 1, tariff: 2, kind: diagnostic, about: When last }
  - { name: removed_duration, quantity: tariff_duration, subunit: 1, tariff: 2, kind: diagnostic, about: For how long }
  - { name: test_button_count, quantity: cumulation_counter, subunit: 1, tariff: 3, kind: register, about: How often it was tested by hand }
  - { name: test_button_date, quantity: date, subunit: 1, tariff: 3, kind: diagnostic, about: When last }
status:
  0x40: clock invalid
errors:
  - field: error_flags
    bits:
      0x0200: unknown C-field
      0x0400: unknown CI-field
      0x0800: unknown record
      0x1000: access
      0x2000: size
      0x4000: value
      0x8000: password
telegrams:
  - hex: "42442515975040300C1A7A2A40000002FD17000082206C1035426C30358440FF2C1E0C31008250FD61020082506C21358260FD6101008360FD310500008270FD610700"
    reading: { installation_date: 2024-05-16, sounder_test_date: 2025-05-16, alarm_count: 2, alarm_date: 2025-05-01, removed_count: 1, removed_duration: 5, test_button_count: 7, dust_level: 30, battery_voltage: 2.85, obstacle_distance: 38-53 cm, head_state: none, error_text: none, status_text: clock invalid }
  - hex: "18442515740451400C1A7A4A00000082606CEE2282706CEF23"
    reading: { removed_date: 2023-02-14, test_button_date: 2023-03-15 }

"""#),
        ("elster/emerlin868", #"""
maker: Elster
model: Emerlin 868
medium: water
detect:
  - { manufacturer: ELR, version: 0x11, type: 0x37 }
  - { manufacturer: ELR, version: 0x12, type: 0x37 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: remaining_battery_life, quantity: remaining_battery_life, kind: diagnostic, about: Months left for the battery }
telegrams:
  - hex: "244492156938231011377A450000000413EF1E00004413141F0000426CF62A02FDFD025E1F"
    reading: { volume: 7.919, volume_at_due_date: 7.956, due_date: 2023-10-22, remaining_battery_life: 8030 }

"""#),
        ("eltako/meter", #"""
maker: Eltako
model: Electricity meter
detect:
  - { manufacturer: ELT, version: 0x01, type: 0x02 }
fields:
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: Energy of tariff 1 }
  - { name: energy_tariff2, quantity: energy, tariff: 2, kind: register, about: Energy of tariff 2 }
  - { name: reactive_energy_tariff1, quantity: energy, tariff: 1, storage: 2, unit: kvarh, kind: register, about: Reactive energy of tariff 1 }
  - { name: reactive_energy_tariff2, quantity: energy, tariff: 2, storage: 2, unit: kvarh, kind: register, about: Reactive energy of tariff 2 }
  - { name: voltage_l1, quantity: voltage, codes: "01", kind: measurement, about: Voltage of phase 1 }
  - { name: voltage_l2, quantity: voltage, codes: "02", kind: measurement, about: Voltage of phase 2 }
  - { name: voltage_l3, quantity: voltage, codes: "03", kind: measurement, about: Voltage of phase 3 }
  - { name: current_l1, quantity: current, codes: "01", kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, codes: "02", kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, codes: "03", kind: measurement, about: Current of phase 3 }
  - { name: power, quantity: power, codes: "00", kind: measurement, about: Power of all phases }
  - { name: power_l1, quantity: power, codes: "01", kind: measurement, about: Power of phase 1 }
  - { name: power_l2, quantity: power, codes: "02", kind: measurement, about: Power of phase 2 }
  - { name: power_l3, quantity: power, codes: "03", kind: measurement, about: Power of phase 3 }
  - { name: reactive_power, quantity: power, subunit: 1, codes: "00", unit: var, kind: measurement, about: Reactive power of all phases }
  - { name: reactive_power_l1, quantity: power, subunit: 1, codes: "01", unit: var, kind: measurement, about: Reactive power of phase 1 }
  - { name: reactive_power_l2, quantity: power, subunit: 1, codes: "02", unit: var, kind: measurement, about: Reactive power of phase 2 }
  - { name: reactive_power_l3, quantity: power, subunit: 1, codes: "03", unit: var, kind: measurement, about: Reactive power of phase 3 }
  - { name: current_transformer_ratio, codes: 02FF68, kind: diagnostic, about: Ratio of the current transformers }
  - { name: active_tariff, codes: 01FF13, kind: diagnostic, about: The tariff that counts now }
errors:
  - field: error_flags
    bits:
      0x01: busy
      0x02: error
      0x04: current low
      0x08: permanent error
      0x10: temporary error
telegrams:
  - hex: "687B7B6808FD7261502210941501023D000000841006DA170000842006FF170000841106241800008421064918000002FDC8FF016E1802FDC8FF02931802FDC8FF03B81804FDD9FF01DD18000004FDD9FF020219000004FDD9FF032719000004ABFF004C19000004ABFF017119000004ABFF029619000004ABFF03BB190000DB16"
    reading: { energy_tariff1: 6106, energy_tariff2: 6143, reactive_energy_tariff1: 6180, reactive_energy_tariff2: 6217, voltage_l1: 625.4, voltage_l2: 629.1, voltage_l3: 632.8, current_l1: 6.365, current_l2: 6.402, current_l3: 6.439, power: 6476, power_l1: 6513, power_l2: 6550, power_l3: 6587 }
  - hex: "683C3C6808FD726261221094150102A20000008440ABFF00E01900008440ABFF01051A00008440ABFF022A1A00008440ABFF034F1A000002FF68AD0001FF13036916"
    reading: { reactive_power: 6624, reactive_power_l1: 6661, reactive_power_l2: 6698, reactive_power_l3: 6735, current_transformer_ratio: 173, active_tariff: 3 }
  - hex: "6813136808FD7263722210941501023F00000001FD171F9D16"
    reading: { error_flags: 1f, error_text: "busy, error, current low, permanent error, temporary error" }

"""#),
        ("elvaco/elvsense", #"""
maker: Elvaco
model: "CMe, room sensor"
detect:
  - { manufacturer: ELV, version: 0x20, type: 0x1B }
  - { manufacturer: ELV, version: 0x50, type: 0x1B }
  - { manufacturer: ELV, version: 0x51, type: 0x1B }
  - { manufacturer: ELV, version: 0x52, type: 0x1B }
  - { manufacturer: ELV, version: 0x53, type: 0x1B }
  - { manufacturer: ELV, version: 0x54, type: 0x1B }
fields:
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Room temperature }
  - { name: relative_humidity, quantity: relative_humidity, kind: measurement, about: Relative humidity }
  - { name: voltage, quantity: voltage, kind: diagnostic, about: Battery voltage }
  - { name: co2, quantity: plain_text_unit, unit: ppm, kind: measurement, about: Carbon dioxide }
telegrams:
  - hex: "1C44961566052310201B7AA60000000265551C02FB1A7A1C02FD489F1C"
    reading: { external_temperature: 72.53, relative_humidity: 729.0, voltage: 732.7 }
  - hex: "2444961510908070501B7A2A0000000265560802FD46420E02FB1AC801027C03324F430002"
    reading: { external_temperature: 21.34, voltage: 3.650, relative_humidity: 45.6, co2: 512, co2_unit: ppm }

"""#),
        ("engelmann/faw", #"""
maker: Engelmann
model: FAW
detect:
  - { manufacturer: EFE, version: 0x00, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_month, quantity: volume, storage: 2..16, kind: stored, about: "Total at the ends of the last months, newest first" }
errors:
  - field: error_flags
    bits:
      0x01: measuring coils
      0x02: was reset
      0x04: checksum
      0x08: removed
      0x10: magnet
      0x20: leak
      0x40: blocked
      0x80: reverse flow
storage_series:
  - { storage: 2..16, base: period_end, step: month, order: newest_first }
telegrams:
  - hex: "3944C5147049231000077AAA000000046D0A2A10350413A81F00004413CD1F0000426CFB2384011317200000C401133C20000084081361200000"
    reading: { date_time: "2024-05-16T10:10", volume: 8.104, volume_at_due_date: 8.141, due_date: 2023-03-27, volume_month_1: 8.215, volume_month_1_date: 2024-04-30, volume_month_2: 8.252, volume_month_2_date: 2024-03-31, volume_month_15: 8.289, volume_month_15_date: 2023-02-28 }
  - hex: "1244C5147160231000077A4700000001FD17FF"
    reading: { error_flags: ff, error_text: "measuring coils, was reset, checksum, removed, magnet, leak, blocked, reverse flow" }

"""#),
        ("engelmann/hca-e2", #"""
maker: Engelmann
model: HCA e2
detect:
  - { manufacturer: EFE, version: 0x31, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: history_start, quantity: date, storage: 2, kind: stored, about: When the half months begin }
  - { name: hca_units_half_month, quantity: hca_units, storage: 2..31, kind: stored, about: "Units of each half month, oldest first" }
  - { name: error_date, quantity: date_time, function: at_error, kind: diagnostic, about: When the last error was found }
  - { name: error_bits, codes: 317F, type: bits, kind: diagnostic, about: What is wrong }
errors:
  - field: error_bits
    bits:
      0x01: memory
      0x02: unexpected restart
      0x08: cover open
      0x10: sensor broken
      0x20: sensor short
      0x40: watchdog
      0x80: remote sensor
telegrams:
  - hex: "3844C5147271231031087AAC000000046E86200000446EAB200000426CE52982016CE62A82016E1A21C2016E3F21C20F6E6421346D372D0A32"
    reading: { hca_units: 8326, hca_units_at_due_date: 8363, due_date: 2023-09-05, history_start: 2023-10-06, hca_units_half_month_1: 8474, hca_units_half_month_2: 8511, hca_units_half_month_30: 8548, error_date: "2024-02-10T13:55" }
  - hex: "1144C5147382231031087A49000000317FFB"
    reading: { error_bits: fb, error_text: "memory, unexpected restart, cover open, sensor broken, sensor short, watchdog, remote sensor" }

"""#),
        ("engelmann/sensostar", #"""
maker: Engelmann
model: SensoStar
detect:
  - { manufacturer: EFE, version: 0x00, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: power, quantity: power, kind: measurement, about: Thermal power }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of heating water }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the supply }
  - { name: return_temperature, quantity: return_temperature, kind: measurement, about: Temperature of the return }
  - { name: temperature_difference, quantity: temperature_difference, kind: measurement, about: Supply less return }
  - { name: energy_tariff2, quantity: energy, tariff: 2, kind: register, about: Energy of tariff 2 }
  - { name: energy_tariff3, quantity: energy, tariff: 3, kind: register, about: Energy of tariff 3 }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total volume at the last due date }
  - { name: energy_tariff2_at_due_date, quantity: energy, tariff: 2, storage: 1, kind: stored, about: Energy of tariff 2 at the last due date }
  - { name: energy_tariff3_at_due_date, quantity: energy, tariff: 3, storage: 1, kind: stored, about: Energy of tariff 3 at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: energy_month, quantity: energy, storage: 2..32, kind: stored, about: "Total energy at the ends of the last months, newest first" }
  - { name: volume_input_1, quantity: volume, subunit: 1, kind: register, about: Meter at pulse input 1 }
  - { name: volume_input_2, quantity: volume, subunit: 2, kind: register, about: Meter at pulse input 2 }
  - { name: volume_input_3, quantity: volume, subunit: 3, kind: register, about: Meter at pulse input 3 }
  - { name: volume_input_1_at_due_date, quantity: volume, subunit: 1, storage: 1, kind: stored, about: Meter at pulse input 1 at the last due date }
  - { name: volume_input_2_at_due_date, quantity: volume, subunit: 2, storage: 1, kind: stored, about: Meter at pulse input 2 at the last due date }
  - { name: volume_input_3_at_due_date, quantity: volume, subunit: 3, storage: 1, kind: stored, about: Meter at pulse input 3 at the last due date }
  - { name: power_max, quantity: power, function: max, kind: measurement, about: Highest power }
  - { name: volume_flow_max, quantity: volume_flow, function: max, kind: measurement, about: Highest flow }
  - { name: on_time, quantity: on_time, kind: diagnostic, about: How long the meter has been on }
errors:
  - field: error_flags
    bits:
      0x01: temperature sensor 1 broken
      0x02: temperature sensor 1 short
      0x04: temperature sensor 2 broken
      0x08: temperature sensor 2 short
      0x10: flow measuring
      0x20: electronics
      0x40: was reset
      0x80: battery low
storage_series:
  - { storage: 2..32, base: period_end, step: month, order: newest_first }
telegrams:
  - hex: "7A44C5147493231000047AAE000000046D0A2A45330406F821000004131D220000042B42220000043B67220000025A8C22025EB1220261D622842006FB2200008430062023000044064523000044136A230000C420068F230000C43006B4230000426CFA26840106FE230000C40106232400008480010648240000"
    reading: { date_time: "2026-03-05T10:10", energy: 8696, volume: 8.733, power: 8770, volume_flow: 8.807, flow_temperature: 884.4, return_temperature: 888.1, temperature_difference: 89.18, energy_tariff2: 8955, energy_tariff3: 8992, energy_at_due_date: 9029, volume_at_due_date: 9.066, energy_tariff2_at_due_date: 9103, energy_tariff3_at_due_date: 9140, due_date: 2023-06-26, energy_month_1: 9214, energy_month_1_date: 2026-02-28, energy_month_2: 9251, energy_month_2_date: 2026-01-31, energy_month_31: 9288, energy_month_31_date: 2023-08-31 }
  - hex: "5444C5147504241000047A4B000000046D0A2A45338440136D240000848040139224000084C04013B7240000C44013DC240000C480401301250000C4C0401326250000142B4B250000143B70250000042295250000"
    reading: { date_time: "2026-03-05T10:10", volume_input_1: 9.325, volume_input_2: 9.362, volume_input_3: 9.399, volume_input_1_at_due_date: 9.436, volume_input_2_at_due_date: 9.473, volume_input_3_at_due_date: 9.510, power_max: 9547, volume_flow_max: 9.584, on_time: 34635600 }
  - hex: "1244C5147615241000047AB000000001FD17FF"
    reading: { error_flags: ff, error_text: "temperature sensor 1 broken, temperature sensor 1 short, temperature sensor 2 broken, temperature sensor 2 short, flow measuring, electronics, was reset, battery low" }

"""#),
        ("fiorentini/water", #"""
maker: Pietro Fiorentini
model: Water meter
detect:
  - { manufacturer: FIO, version: 0x01, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: date_time, quantity: date_time, kind: diagnostic, about: "The meter's clock" }
telegrams:
  - hex: "1A442F198281241001077AB60000000413162C0000046D212F1C34"
    reading: { volume: 11.286, date_time: "2024-04-28T15:33" }

"""#),
        ("gransystems/gss", #"""
maker: GranSystem-S
model: Electricity meter
detect:
  - { manufacturer: GSS, version: 0x01, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: Energy of tariff 1 }
  - { name: energy_tariff2, quantity: energy, tariff: 2, kind: register, about: Energy of tariff 2 }
  - { name: energy_tariff3, quantity: energy, tariff: 3, kind: register, about: Energy of tariff 3 }
  - { name: energy_tariff4, quantity: energy, tariff: 4, kind: register, about: Energy of tariff 4 }
  - { name: energy_at_due_date, quantity: energy, storage: 2, kind: stored, about: Total energy at the last due date }
  - { name: energy_tariff1_at_due_date, quantity: energy, tariff: 1, storage: 2, kind: stored, about: Energy of tariff 1 at the last due date }
  - { name: energy_tariff2_at_due_date, quantity: energy, tariff: 2, storage: 2, kind: stored, about: Energy of tariff 2 at the last due date }
  - { name: energy_tariff3_at_due_date, quantity: energy, tariff: 3, storage: 2, kind: stored, about: Energy of tariff 3 at the last due date }
  - { name: energy_tariff4_at_due_date, quantity: energy, tariff: 4, storage: 2, kind: stored, about: Energy of tariff 4 at the last due date }
  - { name: due_date, quantity: date_time, storage: 2, kind: stored, about: The last due date }
  - { name: voltage_l1, quantity: voltage, subunit: 1, kind: measurement, about: Voltage of phase 1 }
  - { name: voltage_l2, quantity: voltage, subunit: 2, kind: measurement, about: Voltage of phase 2 }
  - { name: voltage_l3, quantity: voltage, subunit: 3, kind: measurement, about: Voltage of phase 3 }
  - { name: current_l1, quantity: current, subunit: 1, kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, subunit: 2, kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, subunit: 3, kind: measurement, about: Current of phase 3 }
  - { name: voltage, quantity: voltage, kind: measurement, about: Voltage of a meter with one phase }
  - { name: current, quantity: current, kind: measurement, about: Current of a meter with one phase }
  - { name: frequency, quantity: frequency, kind: measurement, about: Mains frequency }
errors:
  - field: error_flags
    mask: 0xFFFF
    bits:
      0x00000001: hardware
      0x00000002: clock
      0x00000008: not configured
      0x00000010: internal
      0x00000020: battery
      0x00000040: magnet
      0x00000080: magnet before
      0x00000100: link to the signal processor
      0x00000200: signal processor
      0x00000800: calibration memory
      0x00001000: memory 1
      0x00004000: RAM
      0x00008000: ROM
telegrams:
  - hex: "7844731E8392241001027A530000000406602C0000841006852C0000842006AA2C0000843006CF2C000084801006F42C0000840106192D00008411063E2D0000842106632D0000843106882D000084811006AD2D000084016D32220B338240FD48F72D828040FD481C2E82C040FD48412E8440FD59662E0000"
    reading: { energy: 11360, energy_tariff1: 11397, energy_tariff2: 11434, energy_tariff3: 11471, energy_tariff4: 11508, energy_at_due_date: 11545, energy_tariff1_at_due_date: 11582, energy_tariff2_at_due_date: 11619, energy_tariff3_at_due_date: 11656, energy_tariff4_at_due_date: 11693, due_date: "2024-03-11T02:50", voltage_l1: 1176.7, voltage_l2: 1180.4, voltage_l3: 1184.1, current_l1: 11.878 }
  - hex: "3144731E8403251001027AB8000000848040FD598B2E000084C040FD59B02E000002FD48D52E04FD59FA2E000002FB2E1F2F"
    reading: { current_l2: 11.915, current_l3: 11.952, voltage: 1198.9, current: 12.026, frequency: 1206.3 }
  - hex: "1544731E8514251001027A5500000004FD17FBDB0000"
    reading: { error_flags: dbfb, error_text: "hardware, clock, not configured, internal, battery, magnet, magnet before, link to the signal processor, signal processor, calibration memory, memory 1, RAM, ROM" }

"""#),
        ("gwf/enercal", #"""
maker: GWF
model: Enercal
detect:
  - { manufacturer: GWF, version: 0x08, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume }
  - { name: volume_input_1, quantity: volume, subunit: 1, kind: register, about: Volume counted at input 1 }
  - { name: pulses_input_1, quantity: hca_units, subunit: 1, kind: register, about: Pulses counted at input 1 }
  - { name: pulses_input_2, quantity: hca_units, subunit: 2, kind: register, about: Pulses counted at input 2 }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total volume at the last due date }
  - { name: volume_input_1_at_due_date, quantity: volume, subunit: 1, storage: 1, kind: stored, about: Volume counted at input 1 at the last due date }
  - { name: pulses_input_1_at_due_date, quantity: hca_units, subunit: 1, storage: 1, kind: stored, about: Pulses counted at input 1 at the last due date }
  - { name: pulses_input_2_at_due_date, quantity: hca_units, subunit: 2, storage: 1, kind: stored, about: Pulses counted at input 2 at the last due date }
telegrams:
  - hex: "8844E61E6050403008047A2A000000040639300000041440E20100844014D2040000025B2600025F220002622A00042247880000042646880000043B00000000042C00000000046D0A0A503584406E050000008480406E06000000C4800006E02E0000C4800014C0D40100C4C00014B0040000C4C0006E03000000C480406E04000000C280006C0137"
    reading: { energy: 12345, volume: 1234.56, volume_input_1: 12.34, pulses_input_1: 5, pulses_input_2: 6, due_date: 2024-07-01, energy_at_due_date: 12000, volume_at_due_date: 1200, volume_input_1_at_due_date: 12, pulses_input_1_at_due_date: 3, pulses_input_2_at_due_date: 4 }

"""#),
        ("gwf/gas", #"""
maker: GWF
model: Gas meter with radio (RCM)
detect:
  - { manufacturer: GWF, version: 0x3C, type: 0x03 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_month_start, quantity: volume, storage: 1, kind: stored, about: Total when the month began }
  - { name: month_start, quantity: date, storage: 1, kind: stored, about: When the month began }
  - { name: actuality_duration, quantity: actuality_duration, kind: diagnostic, about: Age of the values }
  - { name: remaining_battery_life, quantity: remaining_battery_life, kind: diagnostic, about: Battery life left }
telegrams:
  - hex: "3444E61E40302010020E7230405060E61E3C032A00000003743C0000041340E201004413A0860100426C413602FD74E8030F0122A1"
    reading: { payload_family: gwf_status, volume: 123.456, volume_at_month_start: 100, month_start: 2026-06-01, remaining_battery_life: 1000, remaining_battery_years: 10, status_flags: "22", alarms: "continuous flow, battery low", power_saving: "on" }

"""#),
        ("gwf/water", #"""
maker: GWF
model: Water meter with radio (RCM)
detect:
  - { manufacturer: GWF, version: 0x3C, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_month_start, quantity: volume, storage: 1, kind: stored, about: Total when the month began }
  - { name: month_start, quantity: date, storage: 1, kind: stored, about: When the month began }
  - { name: actuality_duration, quantity: actuality_duration, kind: diagnostic, about: Age of the values }
  - { name: remaining_battery_life, quantity: remaining_battery_life, kind: diagnostic, about: Battery life left }
telegrams:
  - hex: "3444E61E40302010020E7230405060E61E3C072A00000003743C0000041340E201004413A0860100426C413602FD74E8030F0122A1"
    reading: { payload_family: gwf_status, volume: 123.456, volume_at_month_start: 100, month_start: 2026-06-01, remaining_battery_life: 1000, remaining_battery_years: 10, status_flags: "22", alarms: "continuous flow, battery low", power_saving: "on" }

"""#),
        ("ime/nemo", #"""
maker: IME
model: Nemo
detect:
  - { manufacturer: IME, version: 0x1D, type: 0x02 }
fields:
  - { name: energy_imported, quantity: energy, tariff: 1, subunit: 1, kind: register, about: Active energy drawn }
  - { name: energy_partial, quantity: energy, tariff: 2, subunit: 1, kind: register, about: Active energy drawn since the counter was set back }
  - { name: reactive_energy_imported, quantity: energy, tariff: 1, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn }
  - { name: reactive_energy_partial, quantity: energy, tariff: 2, subunit: 2, unit: kvarh, kind: register, about: Reactive energy drawn since the counter was set back }
  - { name: power_imported, quantity: power, tariff: 1, subunit: 1, kind: measurement, about: Active power drawn }
  - { name: power_exported, quantity: power, tariff: 2, subunit: 1, kind: measurement, about: Active power fed in }
  - { name: reactive_power_imported, quantity: power, tariff: 1, subunit: 2, unit: var, kind: measurement, about: Reactive power drawn }
  - { name: reactive_power_exported, quantity: power, tariff: 2, subunit: 2, unit: var, kind: measurement, about: Reactive power fed in }
  - { name: power_l1, quantity: power, subunit: 1, codes: "01", kind: measurement, about: Active power of phase 1 }
  - { name: power_l2, quantity: power, subunit: 1, codes: "02", kind: measurement, about: Active power of phase 2 }
  - { name: power_l3, quantity: power, subunit: 1, codes: "03", kind: measurement, about: Active power of phase 3 }
  - { name: reactive_power_l1, quantity: power, subunit: 2, codes: "01", unit: var, kind: measurement, about: Reactive power of phase 1 }
  - { name: reactive_power_l2, quantity: power, subunit: 2, codes: "02", unit: var, kind: measurement, about: Reactive power of phase 2 }
  - { name: reactive_power_l3, quantity: power, subunit: 2, codes: "03", unit: var, kind: measurement, about: Reactive power of phase 3 }
  - { name: power_factor_l1, quantity: dimensionless, codes: "01", kind: measurement, about: Power factor of phase 1 }
  - { name: power_factor_l2, quantity: dimensionless, codes: "02", kind: measurement, about: Power factor of phase 2 }
  - { name: power_factor_l3, quantity: dimensionless, codes: "03", kind: measurement, about: Power factor of phase 3 }
  - { name: voltage_l1, quantity: voltage, codes: "01", kind: measurement, about: Voltage of phase 1 }
  - { name: voltage_l2, quantity: voltage, codes: "02", kind: measurement, about: Voltage of phase 2 }
  - { name: voltage_l3, quantity: voltage, codes: "03", kind: measurement, about: Voltage of phase 3 }
  - { name: voltage_l1_l2, quantity: voltage, codes: "04", kind: measurement, about: Voltage between the phases }
  - { name: voltage_l2_l3, quantity: voltage, codes: "05", kind: measurement, about: Voltage between the phases }
  - { name: voltage_l3_l1, quantity: voltage, codes: "06", kind: measurement, about: Voltage between the phases }
  - { name: current_l1, quantity: current, codes: "01", kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, codes: "02", kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, codes: "03", kind: measurement, about: Current of phase 3 }
  - { name: current_neutral, quantity: current, codes: "04", kind: measurement, about: Current of the neutral wire }
telegrams:
  - hex: "3744A525995040301D027A2A0000008E500445230100000085502B00401C4605FDD9FF0100401C4605FDC8FF0400007A4505FF5A0000FA43"
    reading: { energy_imported: 123.45, power_imported: 10000, current_l1: 10.0, voltage_l1_l2: 400.0, frequency: 50 }
  - hex: "6884846808FD7275155140A5251D02AF00000084600613060000849040063806000084A040065D06000084602B820600008490402BA706000084A0402BCC0600008440ABFF01F10600008440ABFF02160700008440ABFF033B070000848040ABFF0160070000848040ABFF0285070000848040ABFF03AA07000002FDBAFF01CF0702FDBAFF02F4071416"
    reading: { energy_partial: 1555, reactive_energy_imported: 1592, reactive_energy_partial: 1629, power_exported: 1666, reactive_power_imported: 1703, reactive_power_exported: 1740, power_l1: 1777, power_l2: 1814, power_l3: 1851, reactive_power_l1: 1888, reactive_power_l2: 1925, reactive_power_l3: 1962, power_factor_l1: 1999, power_factor_l2: 2036 }
  - hex: "6854546808FD7276265140A5251D024C00000002FDBAFF03190802FDC8FF013E0802FDC8FF02630802FDC8FF03880802FDC8FF05AD0802FDC8FF06D20804FDD9FF02F708000004FDD9FF031C09000004FDD9FF04410900007616"
    reading: { power_factor_l3: 2073, voltage_l1: 211.0, voltage_l2: 214.7, voltage_l3: 218.4, voltage_l2_l3: 222.1, voltage_l3_l1: 225.8, current_l2: 2.295, current_l3: 2.332, current_neutral: 2.369 }

"""#),
        ("ime/version-66", #"""
maker: IME
model: Electricity meter of version 66 (Conto)
detect:
  - { manufacturer: IME, version: 0x66, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Energy drawn }
  - { name: energy_backward, quantity: energy, qualifiers: backward, kind: register, about: Energy fed in }
  - { name: reactive_energy, quantity: reactive_energy, kind: register, about: Reactive energy drawn }
  - { name: reactive_energy_backward, quantity: reactive_energy, qualifiers: backward, kind: register, about: Reactive energy fed in }
telegrams:
  - hex: "6F44A5256050403066027A2A000000849010FF80843B40E20100849010FF80843C640000008410FF81843B1027000084A010FF80843BE8030000848020FF8748FD08000084A020FF8848A00F0000849020FF89592600000002FF8A48F40184B010FF842B18FCFFFF82B010FF8C2B0200"
    reading: { payload_family: ime, energy: 1234.56, energy_backward: 1, reactive_energy_tariff1: 100, partial_energy: 10, voltage_l1: 230.1, voltage_l3_l1: 400, current_l2: 0.038, frequency: 50, power: -1000, power_factor_sector: capacitive }
  - hex: "2444A5256050403066027A2A000000849010FF81843B39300000849010FF81843C64000000"
    reading: { payload_family: ime, reactive_energy: 123.45, reactive_energy_backward: 1 }

"""#),
        ("innotas/euris-ii", #"""
maker: Innotas
model: EURIS II
detect:
  - { manufacturer: INE, version: 0x55, type: 0x08 }
  - { manufacturer: RAM, version: 0x55, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: hca_units_month, quantity: hca_units, storage: 2..17, kind: stored, about: "Units at the ends of the last months, newest first" }
errors:
  - field: error_flags
    bits:
      0x0001: measuring
      0x0002: sabotage
      0x0004: battery low
      0x0008: checksum
      0x0010: radio
      0x0020: was reset
telegrams:
  - hex: "2F44C5255706221055087A39000000046EFC160000446E2117000084016E46170000C4016E6B170000C4086E90170000"
    reading: { hca_units: 5884, hca_units_at_due_date: 5921, hca_units_month_1: 5958, hca_units_month_2: 5995, hca_units_month_16: 6032 }
  - hex: "13442D485817221055087A9E00000002FD173F00"
    reading: { error_flags: 3f, error_text: "measuring, sabotage, battery low, checksum, radio, was reset" }

"""#),
        ("integra/topas", #"""
maker: Integra
model: Topas ES KR
detect:
  - { manufacturer: AMT, version: 0xF1, type: 0x06 }
  - { manufacturer: AMT, version: 0xF1, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of water }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the water }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_backward_at_due_date, quantity: volume, tariff: 1, storage: 1, kind: stored, about: Volume that flowed backward at the last due date }
  - { name: volume_at_month_end, quantity: volume, storage: 3, kind: stored, about: Total at the end of the last month }
  - { name: month_end, quantity: date_time, storage: 3, kind: stored, about: The end of the last month }
  - { name: remaining_battery_life, quantity: remaining_battery_life, kind: diagnostic, about: Days left for the battery }
telegrams:
  - hex: "4244B40502022710F1067A020000000413FF3C0000043B243D0000025A493D44136E3D0000426CE824C41013B83D0000C40113DD3D0000C4016D36320B3702FD74273E"
    reading: { volume: 15.615, volume_flow: 15.652, flow_temperature: 1568.9, volume_at_due_date: 15.726, due_date: 2023-04-08, volume_backward_at_due_date: 15.800, volume_at_month_end: 15.837, month_end: "2024-07-11T18:54", remaining_battery_life: 15911 }

"""#),
        ("integra/water", #"""
maker: Integra
model: Water meter
detect:
  - { manufacturer: IMT, version: 0x01, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
errors:
  - field: error_flags
    bits:
      0x0001: tampered with
      0x0004: burst
      0x0008: leak
      0x0080: no flow
      0x0100: battery low
      0x0200: reverse flow
      0x0400: overflow
telegrams:
  - hex: "1444B4250313271001077A6700000004134C3E0000"
    reading: { volume: 15.948 }
  - hex: "1344B4250424271001077A0400000002FD178D07"
    reading: { error_flags: 78d, error_text: "tampered with, burst, leak, no flow, battery low, reverse flow, overflow" }

"""#),
        ("ista/water", #"""
maker: ista
model: Water meter with radio (domaqua, istameter)
detect:
  - { manufacturer: IST, version: 0x31, type: 0x06 }
  - { manufacturer: IST, version: 0x31, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 2, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 2, kind: stored, about: The last due date }
telegrams:
  - hex: "204474266050403031077A2A0000000C136745000082016CFF2C8C011323010000"
    reading: { volume: 4.567, volume_at_due_date: 0.123, due_date: 2023-12-31 }

"""#),
        ("itron/cyble", #"""
maker: Itron
model: "Cyble, EquaScan"
detect:
  - { manufacturer: ITW, version: 0x00, type: 0x07 }
  - { manufacturer: ITW, version: 0x03, type: 0x07 }
  - { manufacturer: ITW, version: 0x00, type: 0x16 }
  - { manufacturer: ITW, version: 0x33, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_backward, quantity: volume, qualifiers: backward, kind: register, about: Volume that flowed backward }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of water }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: vendor_flags, codes: 047F, kind: diagnostic, about: Bits that the maker does not explain }
  - { name: vendor_flags_16, codes: 027F, kind: diagnostic, about: Bits that the maker does not explain }
telegrams:
  - hex: "354497269302261000077A5D00000004138438000004933CA9380000043BCE3800004413F3380000426CE529047F82010000027F8301"
    reading: { volume: 14.468, volume_backward: 14.505, volume_flow: 14.542, volume_at_due_date: 14.579, due_date: 2023-09-05, vendor_flags: 386, vendor_flags_16: 387 }

"""#),
        ("itron/heat", #"""
maker: Itron
model: Heat meter
detect:
  - { manufacturer: ITW, version: 0x00, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: "Total energy at the last year's end" }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: "The last year's end" }
telegrams:
  - hex: "244497269413261000047AC20000000406873900000413AC3900004406D1390000426CEB23"
    reading: { energy: 14727, volume: 14.764, energy_at_due_date: 14801, due_date: 2023-03-11 }

"""#),
        ("kaden/picoflux", #"""
maker: "Kaden, VIPA, Ecomess"
model: PicoFlux
detect:
  - { manufacturer: KDN, version: 0x01, type: 0x07 }
  - { manufacturer: VIP, version: 0x01, type: 0x07 }
  - { manufacturer: ECM, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of water }
  - { name: volume_flow_max, quantity: volume_flow, function: max, kind: measurement, about: Highest flow }
  - { name: actuality_duration, quantity: actuality_duration, kind: diagnostic, about: Age of the values }
status:
  0x20: small leak
  0x40: large leak
telegrams:
  - hex: "24448E2C9524261001077A5F00000004131B3A0000043B403A0000143B653A000002748A3A"
    reading: { volume: 14.875, volume_flow: 14.912, volume_flow_max: 14.949, actuality_duration: 14986 }
  - hex: "0F4430599635261001077AC46000002F"
    reading: { status_text: "small leak, large leak" }

"""#),
        ("kamstrup/multical", #"""
maker: Kamstrup
model: Multical (heat and cooling)
detect:
  - { manufacturer: KAM, version: 0x19, type: 0x04 }
  - { manufacturer: KAM, version: 0x19, type: 0x0A }
  - { manufacturer: KAM, version: 0x19, type: 0x0B }
  - { manufacturer: KAM, version: 0x19, type: 0x0C }
  - { manufacturer: KAM, version: 0x19, type: 0x0D }
  - { manufacturer: KAM, version: 0x1C, type: 0x04 }
  - { manufacturer: KAM, version: 0x1C, type: 0x0A }
  - { manufacturer: KAM, version: 0x1C, type: 0x0B }
  - { manufacturer: KAM, version: 0x1C, type: 0x0C }
  - { manufacturer: KAM, version: 0x1C, type: 0x0D }
  - { manufacturer: KAM, version: 0x30, type: 0x04 }
  - { manufacturer: KAM, version: 0x30, type: 0x0A }
  - { manufacturer: KAM, version: 0x30, type: 0x0B }
  - { manufacturer: KAM, version: 0x30, type: 0x0C }
  - { manufacturer: KAM, version: 0x30, type: 0x0D }
  - { manufacturer: KAM, version: 0x34, type: 0x04 }
  - { manufacturer: KAM, version: 0x34, type: 0x0A }
  - { manufacturer: KAM, version: 0x34, type: 0x0B }
  - { manufacturer: KAM, version: 0x34, type: 0x0C }
  - { manufacturer: KAM, version: 0x34, type: 0x0D }
  - { manufacturer: KAM, version: 0x35, type: 0x04 }
  - { manufacturer: KAM, version: 0x35, type: 0x0A }
  - { manufacturer: KAM, version: 0x35, type: 0x0B }
  - { manufacturer: KAM, version: 0x35, type: 0x0C }
  - { manufacturer: KAM, version: 0x35, type: 0x0D }
  - { manufacturer: KAM, version: 0x39, type: 0x04 }
  - { manufacturer: KAM, version: 0x39, type: 0x0A }
  - { manufacturer: KAM, version: 0x39, type: 0x0B }
  - { manufacturer: KAM, version: 0x39, type: 0x0C }
  - { manufacturer: KAM, version: 0x39, type: 0x0D }
  - { manufacturer: KAM, version: 0x40, type: 0x04 }
  - { manufacturer: KAM, version: 0x40, type: 0x0A }
  - { manufacturer: KAM, version: 0x40, type: 0x0B }
  - { manufacturer: KAM, version: 0x40, type: 0x0C }
  - { manufacturer: KAM, version: 0x40, type: 0x0D }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: flow_energy_e8, codes: 04FF07, unit: m³·°C, kind: register, about: "Volume times flow temperature, summed up" }
  - { name: return_energy_e9, codes: 04FF08, unit: m³·°C, kind: register, about: "Volume times return temperature, summed up" }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: energy_backward_at_due_date, quantity: energy, qualifiers: backward, storage: 1, kind: stored, about: Energy the other way at the last due date }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total volume at the last due date }
  - { name: flow_energy_e8_at_due_date, codes: 44FF07, unit: m³·°C, kind: stored, about: The same at the last due date }
  - { name: return_energy_e9_at_due_date, codes: 44FF08, unit: m³·°C, kind: stored, about: The same at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: power_max_of_period, quantity: power, function: max, storage: 1, kind: stored, about: Highest power of the last period }
  - { name: volume_flow_max_of_period, quantity: volume_flow, function: max, storage: 1, kind: stored, about: Highest flow of the last period }
  - { name: volume_input_a, quantity: volume, subunit: 1, kind: register, about: Meter at pulse input A }
  - { name: volume_input_b, quantity: volume, subunit: 2, kind: register, about: Meter at pulse input B }
  - { name: volume_input_a_at_due_date, quantity: volume, subunit: 1, storage: 1, kind: stored, about: The same at the last due date }
  - { name: volume_input_b_at_due_date, quantity: volume, subunit: 2, storage: 1, kind: stored, about: The same at the last due date }
  - { name: counter_input_a, quantity: hca_units, codes: "07", kind: register, about: Counter at pulse input A }
  - { name: counter_input_b, quantity: hca_units, codes: "08", kind: register, about: Counter at pulse input B }
  - { name: time_with_power, quantity: operation_time, codes: "21", kind: diagnostic, about: How long the meter had power }
  - { name: configuration_number, quantity: enhanced_identification, codes: "15", kind: diagnostic, about: How the meter is set up }
  - { name: info_codes_8, codes: 01FF21, kind: diagnostic, about: Faults }
  - { name: info_codes_16, codes: 02FF22, kind: diagnostic, about: Faults }
  - { name: info_codes_32, codes: 04FF22, kind: diagnostic, about: Faults }
errors:
  - field: info_codes_8
    bits:
      0x0001: voltage interrupted
      0x0002: battery low
      0x0008: temperature sensor t1 above range
      0x0010: temperature sensor t2 above range
      0x0020: temperature sensor t1 below range
      0x0040: temperature sensor t2 below range
      0x0080: temperature difference has the wrong sign
  - field: info_codes_16
    bits:
      0x0001: voltage interrupted
      0x0002: battery low
      0x0008: temperature sensor t1 above range
      0x0010: temperature sensor t2 above range
      0x0020: temperature sensor t1 below range
      0x0040: temperature sensor t2 below range
      0x0080: temperature difference has the wrong sign
      0x0100: flow sensor weak or air in the pipe
      0x0200: wrong flow direction
      0x0800: flow increased
  - field: info_codes_32
    bits:
      0x0001: voltage interrupted
      0x0002: battery low
      0x0008: temperature sensor t1 above range
      0x0010: temperature sensor t2 above range
      0x0020: temperature sensor t1 below range
      0x0040: temperature sensor t2 below range
      0x0080: temperature difference has the wrong sign
      0x0100: flow sensor weak or air in the pipe
      0x0200: wrong flow direction
      0x0800: flow increased
      0x00001000: leak at input A1
      0x00002000: leak at input B1
      0x00004000: external alarm A
      0x00008000: external alarm B
      0x00010000: flow sensor V1 does not answer
      0x00020000: flow sensor V1 has another pulse figure
      0x00040000: leak at input A2
      0x00080000: leak at input B2
      0x00100000: temperature sensor t3 above range
      0x00200000: temperature sensor t3 below range
      0x00400000: flow sensor V2 does not answer
      0x00800000: flow sensor V2 has another pulse figure
      0x01000000: flow sensor V2 weak or air in the pipe
      0x02000000: wrong flow direction at V2
      0x08000000: flow increased at V2
      0x30000000: burst
      0xC0000000: leak between V1 and V2
  - field: error_flags
    bits:
      0x0001: voltage interrupted
      0x0004: temperature sensor t2
      0x0008: temperature sensor t1
      0x0010: flow sensor V1 does not answer
      0x0020: temperature sensor t3
      0x0040: leak in cold water
      0x0080: flow sensor V2 has another pulse figure
      0x0100: leak in hot water
      0x0200: burst
      0x0400: flow sensor V2 does not answer
      0x0800: flow sensor V1 has another pulse figure
      0x1000: air at V1
      0x2000: air at V2
      0x4000: wrong flow direction at V1
      0x8000: wrong flow direction at V2
telegrams:
  - hex: "4B442D2C60504030340C7A2A00000004063930000004FF07A086010004FF0850C30000041440E2010002592A17025D291204FF2222000000026C7A364406102700004414A0860100426C4136"
    reading: { energy: 12345, volume: 1234.56, flow_energy_e8: 100000, return_energy_e9: 50000, energy_at_due_date: 10000, due_date: 2026-06-01, info_codes_32: 34, error_text: "battery low, temperature sensor t1 below range" }
  - hex: "3F442D2C605040301C047A2A00000002F9FF15151104063930000004EEFF0764000000844014E803000002FD170100426CFF2C440610270000C4401464000000"
    reading: { energy: 12345, configuration_number: 1115, counter_input_a: 100, volume_input_a: 10, volume_input_a_at_due_date: 1, due_date: 2023-12-31, error_text: voltage interrupted }
  - hex: "22442D2C60504030300C7A2A0000000306393000031440E20101FF2102342205000000"
    reading: { energy: 12345, volume: 1234.56, info_codes_8: 2, error_text: battery low }
  - hex: "31442D2C7171504019047AAB00000044863C0D040000542B32040000543B57040000848040137C040000C4804013A1040000"
    reading: { energy_backward_at_due_date: 1037, power_max_of_period: 1074, volume_flow_max_of_period: 1.111, volume_input_b: 1.148, volume_input_b_at_due_date: 1.185 }
  - hex: "31442D2C605040301C047A2A00000044FF073930000044FF083A30000004EEFF086400000004A6FF210200000002FF220400"
    reading: { flow_energy_e8_at_due_date: 12345, return_energy_e9_at_due_date: 12346, counter_input_b: 100, time_with_power: 7200, info_codes_16: 4 }

"""#),
        ("kamstrup/multical21", #"""
maker: Kamstrup
model: Multical 21, flowIQ
detect:
  - { manufacturer: KAM, version: 0x1B, type: 0x16 }
  - { manufacturer: KAM, version: 0x1B, type: 0x06 }
  - { manufacturer: KAM, version: 0x1D, type: 0x16 }
  - { manufacturer: KAW, version: 0x3A, type: 0x16 }
  - { manufacturer: KAW, version: 0x3C, type: 0x16 }
  - { manufacturer: KAW, version: 0x42, type: 0x06 }
  - { manufacturer: KAW, version: 0x42, type: 0x16 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_month_start, quantity: volume, storage: 1, kind: stored, about: Total when the month began }
  - { name: month_start, quantity: date, storage: 1, kind: stored, about: When the month began }
  - { name: volume_flow_last_month_max, quantity: volume_flow, function: max, storage: 1, kind: stored, about: Highest flow of the last month }
  - { name: volume_flow_last_day_max, quantity: volume_flow, function: max, storage: 2, kind: stored, about: Highest flow of the last day }
  - { name: volume_flow_last_day_min, quantity: volume_flow, function: min, storage: 2, kind: stored, about: Lowest flow of the last day }
  - { name: flow_temperature_last_month_min, quantity: flow_temperature, function: min, storage: 1, kind: stored, about: Lowest water temperature of the last month; 127 °C is no sensor }
  - { name: flow_temperature_last_day_min, quantity: flow_temperature, function: min, storage: 2, kind: stored, about: Lowest water temperature of the last day }
  - { name: flow_temperature_last_day_max, quantity: flow_temperature, function: max, storage: 2, kind: stored, about: Highest water temperature of the last day }
  - { name: external_temperature_last_month_min, quantity: external_temperature, function: min, storage: 1, kind: stored, about: Lowest ambient temperature of the last month }
  - { name: external_temperature_last_day_min, quantity: external_temperature, function: min, storage: 2, kind: stored, about: Lowest ambient temperature of the last day }
  - { name: external_temperature_last_day_max, quantity: external_temperature, function: max, storage: 2, kind: stored, about: Highest ambient temperature of the last day }
  - { name: info_codes, codes: 02FF20, kind: diagnostic, about: "Dry, reverse, leak and burst with their durations" }
  - { name: info_codes_32, codes: 04FF23, kind: diagnostic, about: Alarms of newer meters }
  - { name: acoustic_noise, codes: 06FF1B, kind: diagnostic, about: Noise in the pipe }
errors:
  - field: info_codes
    bits:
      0x0001: dry
      0x0002: reverse flow
      0x0004: leak
      0x0008: burst
      0x0070: was dry
      0x0380: reverse flow before
      0x1C00: leak before
      0xE000: burst before
  - field: info_codes_32
    bits:
      0x0001: dry
      0x0002: reverse flow
      0x0004: leak
      0x0008: burst
      0x0010: tampered
      0x0020: battery low
      0x0040: ambient temperature low
      0x0080: flow above the highest allowed
      0x0200: no consumption
telegrams:
  - hex: "22442D2C403020101B167A2A00000002FF20040004136EB200004413CAA80000615B08"
    reading: { volume: 45.678, volume_at_month_start: 43.210, flow_temperature_last_month_min: 8, info_codes: 4, error_text: leak }
  - hex: "4E442D2C784851401B167A4E000000426CEC24543BB009000094013BD5090000A4013BFA090000A2015A1F0A92015A440A6265690AA201658E0A920165B30A04FF234100000006FF1B420000000000"
    reading: { month_start: 2023-04-12, volume_flow_last_month_max: 2.480, volume_flow_last_day_max: 2.517, volume_flow_last_day_min: 2.554, flow_temperature_last_day_min: 259.1, flow_temperature_last_day_max: 262.8, external_temperature_last_month_min: 26.65, external_temperature_last_day_min: 27.02, external_temperature_last_day_max: 27.39, info_codes_32: 65, acoustic_noise: 66 }

"""#),
        ("kamstrup/pressure", #"""
maker: Kamstrup
model: Pressure sensor
detect:
  - { manufacturer: KAM, type: 0x18 }
  - { manufacturer: KAW, type: 0x18 }
fields:
  - { name: pressure, quantity: pressure, kind: measurement, about: Pressure }
  - { name: pressure_min, quantity: pressure, function: min, kind: measurement, about: Lowest pressure }
  - { name: pressure_max, quantity: pressure, function: max, kind: measurement, about: Highest pressure }
  - { name: calibration_factor_1, codes: 05FF09, kind: diagnostic, about: First factor of the calibration }
  - { name: calibration_factor_2, codes: 05FF0A, kind: diagnostic, about: Second factor of the calibration }
errors:
  - field: error_flags
    bits:
      0x01: pressure dropped
      0x02: pressure surge
      0x04: pressure high
      0x08: pressure low
      0x10: transient
      0x20: communication
telegrams:
  - hex: "2D442D2C6050403001187A2A0000002269C800126958020269900105FF090000803F05FF0A0000004002FD171200"
    reading: { pressure: 4, pressure_min: 2, pressure_max: 6, calibration_factor_1: 1, calibration_factor_2: 2, error_text: "pressure surge, transient" }

"""#),
        ("landis-gyr/qheat-us", #"""
maker: Landis+Gyr
model: Q heat 5.5 US
detect:
  - { manufacturer: LUG, version: 0x07, type: 0x04 }
  - { manufacturer: LUG, version: 0x0A, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date_time, storage: 1, kind: stored, about: The last due date }
  - { name: month_end, quantity: date_time, storage: 2, kind: stored, about: The end of the last month }
  - { name: energy_month, quantity: energy, storage: 2..14, kind: stored, about: "Total energy at the ends of the last months, newest first" }
  - { name: actuality_duration, quantity: actuality_duration, kind: diagnostic, about: Age of the values }
  - { name: time_without_measuring, quantity: on_time, function: at_error, kind: diagnostic, about: How long the meter could not measure }
storage_series:
  - { storage: 2..14, base: 2, step: month, order: newest_first }
telegrams:
  - hex: "4644A7320646271007047A0600000084016D3B37FF2C0406E33F0000440608400000446D27291A3A84010652400000C40106774000008407069C4000000274C1403422E6400000"
    reading: { month_end: "2023-12-31T23:59", energy: 16355, energy_at_due_date: 16392, due_date: "2024-10-26T09:39", energy_month_1: 16466, energy_month_2: 16503, energy_month_2_date: "2023-11-30T23:59", energy_month_13: 16540, energy_month_13_date: "2022-12-31T23:59", actuality_duration: 16577, time_without_measuring: 59810400 }

"""#),
        ("landis-gyr/ultraheat", #"""
maker: Landis+Gyr
model: Ultraheat
detect:
  - { manufacturer: LUG, version: 0x04, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: power, quantity: power, kind: measurement, about: Thermal power }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of heating water }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the supply }
  - { name: return_temperature, quantity: return_temperature, kind: measurement, about: Temperature of the return }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: energy_at_previous_due_date, quantity: energy, storage: 2, kind: stored, about: Total energy at the due date before }
  - { name: actuality_duration, quantity: actuality_duration, kind: diagnostic, about: Age of the values }
telegrams:
  - hex: "3F44A7320535271004047A690000000406713E00000413963E0000042BBB3E0000043BE03E0000025A053F025E2A3F44064F3F0000840106743F00000274993F"
    reading: { energy: 15985, volume: 16.022, power: 16059, volume_flow: 16.096, flow_temperature: 1613.3, return_temperature: 1617.0, energy_at_due_date: 16207, energy_at_previous_due_date: 16244, actuality_duration: 16281 }

"""#),
        ("landis-staefa/allocator", #"""
maker: Landis & Staefa, Siemens
model: WHE heat cost allocator
detect:
  - { manufacturer: LSE, version: 0x01, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 8, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 8, kind: stored, about: The last due date }
telegrams:
  - hex: "294465326050403001087A2A80000082046C1E348B046E210300046D0A0A503502FDAC7E102E01FD0C01"
    reading: { hca_units_at_due_date: 321, due_date: 2024-04-30, model_version: "01" }
  - hex: "144465327282504001087A48000000046EC6040000"
    reading: { hca_units: 1222 }

"""#),
        ("landis-staefa/water", #"""
maker: Landis & Staefa, Siemens
model: WFx water meter
detect:
  - { manufacturer: LSE, version: 0x16, type: 0x06 }
  - { manufacturer: LSE, version: 0x16, type: 0x07 }
  - { manufacturer: LSE, version: 0x17, type: 0x06 }
  - { manufacturer: LSE, version: 0x17, type: 0x07 }
  - { manufacturer: LSE, version: 0x18, type: 0x06 }
  - { manufacturer: LSE, version: 0x18, type: 0x07 }
  - { manufacturer: LSE, version: 0xD8, type: 0x06 }
  - { manufacturer: LSE, version: 0xD8, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_at_period_end, quantity: volume, storage: 8, kind: stored, about: Total at the end of the last period }
  - { name: period_end, quantity: date, storage: 8, kind: stored, about: The end of the last period }
  - { name: error_date, quantity: date, function: at_error, kind: diagnostic, about: Date of the last error }
telegrams:
  - hex: "2D4465326050403017077A2A0000000C13674500004C1323010000426CFF2C02BB560000326CFFFF046D0A0A5035"
    reading: { volume: 4.567, volume_at_due_date: 0.123, due_date: 2023-12-31, error_date: null }
  - hex: "2A4465326050403018067A2A8000008C04130070000082046C1E3401FD0C11046D0A0A503502FDAC7E102E"
    reading: { volume_at_period_end: 7, period_end: 2024-04-30, model_version: "11" }

"""#),
        ("lansen/door-contact", #"""
maker: Lansen
model: Door and window contact
detect:
  - { manufacturer: LAS, type: 0x1D }
status:
  0x40: enclosure opened
errors:
  - field: digital_input
    values:
      0x11: closed
      0x55: open
telegrams:
  - hex: "1344333095504030071D7A2A00000002FD1B5500"
    reading: { digital_input: 55, error_text: open }

"""#),
        ("lansen/pulse-counter", #"""
maker: Lansen
model: Pulse counter
detect:
  - { manufacturer: LAS, version: 0x0B, type: 0x02 }
  - { manufacturer: LAS, version: 0x14, type: 0x00 }
  - { manufacturer: LAS, version: 0x1B, type: 0x00 }
fields:
  - { name: counter_a, quantity: dimensionless, kind: register, about: Pulses at input A }
  - { name: counter_b, quantity: dimensionless, subunit: 1, kind: register, about: Pulses at input B }
status:
  0x40: enclosure opened
telegrams:
  - hex: "214433309250403014007A2A4400000EFD3A5634000000008E40FD3A890700000000"
    reading: { counter_a: 3456, counter_b: 789, status_text: "enclosure opened, POWER_LOW" }

"""#),
        ("lansen/repeater", #"""
maker: Lansen
model: Repeater
detect:
  - { manufacturer: LAS, version: 0x0B, type: 0x32 }
fields:
  - { name: routed_messages, quantity: dimensionless, kind: diagnostic, about: Messages sent on }
  - { name: used_slots, quantity: dimensionless, subunit: 1, kind: diagnostic, about: Senders it knows }
  - { name: is_listening, quantity: dimensionless, subunit: 2, kind: diagnostic, about: "1: listening, 0: not" }
  - { name: time_to_mode_change, quantity: dimensionless, subunit: 3, unit: s, kind: diagnostic, about: Until it listens or pauses }
  - { name: listen_time, quantity: dimensionless, storage: 1, kind: diagnostic, about: Set listening time }
  - { name: pause_time, quantity: dimensionless, storage: 2, kind: diagnostic, about: Set pause }
  - { name: listening_days, quantity: dimensionless, storage: 3, kind: diagnostic, about: "Sum of the days it listens on: 1 Sunday, 2 Monday, 4, 8, 16, 32, 64 Saturday" }
  - { name: start_time, quantity: dimensionless, storage: 4, kind: diagnostic, about: Set time of day to begin }
  - { name: voltage, quantity: voltage, kind: diagnostic, about: Battery voltage }
telegrams:
  - hex: "45443330935040300B327A2A00000004FD3A31D400008240FD3A0C00818040FD3A0184C040FD3A100E000042FD3A1E008201FD3A8205C101FD3A088202FD3A580202FD467A0D"
    reading: { routed_messages: 54321, used_slots: 12, is_listening: 1, time_to_mode_change: 3600, listen_time: 30, pause_time: 1410, listening_days: 8, start_time: 600, voltage: 3.45 }

"""#),
        ("lansen/room-sensor", #"""
maker: Lansen
model: Room sensor
detect:
  - { manufacturer: LAS, version: 0x07, type: 0x1B }
  - { manufacturer: LAS, version: 0x09, type: 0x1B }
fields:
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Room temperature }
  - { name: external_temperature_1h, quantity: external_temperature, storage: 1, kind: stored, about: Average of an hour }
  - { name: external_temperature_24h, quantity: external_temperature, storage: 2, kind: stored, about: Average of a day }
  - { name: relative_humidity, quantity: relative_humidity, kind: measurement, about: Relative humidity }
  - { name: relative_humidity_1h, quantity: relative_humidity, storage: 1, kind: stored, about: Average of an hour }
  - { name: relative_humidity_24h, quantity: relative_humidity, storage: 2, kind: stored, about: Average of a day }
status:
  0x40: enclosure opened
telegrams:
  - hex: "2B44333094504030071B7A2A4000000265560842653408820165CEFF02FB1AC80142FB1AC2018201FB1AB801"
    reading: { external_temperature: 21.34, external_temperature_1h: 21.0, external_temperature_24h: -0.5, relative_humidity: 45.6, relative_humidity_1h: 45.0, relative_humidity_24h: 44.0, status_text: enclosure opened }

"""#),
        ("lansen/smoke", #"""
maker: Lansen
model: Smoke detector
detect:
  - { manufacturer: LAS, version: 0x03, type: 0x1A }
fields:
  - { name: minutes_since_test, quantity: dimensionless, unit: min, kind: diagnostic, about: Minutes since the last manual test }
status:
  0x40: enclosure opened
errors:
  - field: error_flags
    bits:
      0x0002: battery low
      0x0004: smoke
      0x0008: manual test
      0x0010: malfunction
      0x0020: no connection
      0x0100: end of life
telegrams:
  - hex: "1944333020109080031A7A2A40000002FD971D040002FD3A4B00"
    reading: { minutes_since_test: 75, minutes_since_test_unit: min, error_flags: 4, error_text: smoke, status_text: enclosure opened }

"""#),
        ("lorenz/waterstar-m", #"""
maker: Lorenz
model: Waterstar M
detect:
  - { manufacturer: DWZ, version: 0x00, type: 0x06 }
  - { manufacturer: DWZ, version: 0x00, type: 0x07 }
  - { manufacturer: DWZ, version: 0x02, type: 0x06 }
  - { manufacturer: DWZ, version: 0x02, type: 0x07 }
  - { manufacturer: EFE, version: 0x03, type: 0x07 }
  - { manufacturer: EFE, version: 0x70, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: volume_backward_at_due_date, quantity: volume, qualifiers: backward, storage: 1, kind: stored, about: Volume that flowed backward at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_month, quantity: volume, storage: 2..16, kind: stored, about: "Total at the ends of the last months, newest first" }
errors:
  - field: error_flags
    bits:
      0x001: software
      0x002: checksum
      0x004: sensor
      0x008: measuring
      0x010: battery low
      0x020: manipulation
      0x040: leak or no use
      0x080: reverse flow
      0x100: overload
storage_series:
  - { storage: 2..16, base: period_end, step: month, order: newest_first }
telegrams:
  - hex: "3744FA122625242302077A2A000000046D0A0A103504133930000002FD174000426CFF2C4413F82A0000840113E02E0000C401137C2E0000"
    reading: { volume: 12.345, volume_at_due_date: 11.0, volume_month_1: 12.0, volume_month_1_date: 2024-04-30, volume_month_2: 11.9, volume_month_2_date: 2024-03-31, error_text: leak or no use }
  - hex: "1944FA127959514000067AB300000044933C220B0000426CF824"
    reading: { volume_backward_at_due_date: 2.850, due_date: 2023-04-24 }

"""#),
        ("maddalena/evo868", #"""
maker: Maddalena
model: EVO 868
detect:
  - { manufacturer: MAD, version: 0x50, type: 0x06 }
  - { manufacturer: MAD, version: 0x50, type: 0x07 }
  - { manufacturer: MAD, version: 0x50, type: 0x16 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_at_due_date_2, quantity: volume, storage: 2, kind: stored, about: Total at the other due date }
  - { name: due_date_2, quantity: date, storage: 2, kind: stored, about: The other due date }
  - { name: volume_flow_peak, quantity: volume_flow, function: max, storage: 3, kind: stored, about: Highest flow }
  - { name: volume_flow_peak_time, quantity: date_time, storage: 3, kind: stored, about: When the flow was highest }
  - { name: fabrication_number, quantity: fabrication_number, kind: diagnostic, about: "The maker's number" }
  - { name: month_end, quantity: date, storage: 8, kind: stored, about: The end of the newest month that is stored }
  - { name: volume_month, quantity: volume, storage: 8..19, kind: stored, about: "Total at the ends of the last months, newest first" }
storage_series:
  - { storage: 8..19, base: 8, step: month, order: newest_first }
telegrams:
  - hex: "614424347948241050067A4F00000082046CFF2C04139B2700004413C0270000426CFA2A8401130A28000082016CFC2CD4013B54280000C4016D1F2D02320D780C373635343332313033323032840413C3280000C40413E8280000C409130D290000"
    reading: { month_end: 2023-12-31, volume: 10.139, volume_at_due_date: 10.176, due_date: 2023-10-26, volume_at_due_date_2: 10.250, due_date_2: 2023-12-28, volume_flow_peak: 10.324, volume_flow_peak_time: "2024-02-02T13:31", fabrication_number: 202301234567, volume_month_1: 10.435, volume_month_2: 10.472, volume_month_2_date: 2023-11-30, volume_month_12: 10.509, volume_month_12_date: 2023-01-31 }

"""#),
        ("maddalena/microclima", #"""
maker: Maddalena
model: Microclima
detect:
  - { manufacturer: MAD, version: 0x00, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: power, quantity: power, kind: measurement, about: Thermal power }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow of heating water }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the supply }
  - { name: return_temperature, quantity: return_temperature, kind: measurement, about: Temperature of the return }
  - { name: temperature_difference, quantity: temperature_difference, kind: measurement, about: Supply less return }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: energy_history, quantity: energy, storage: 2..31, kind: stored, about: "Total energy some months before the due date: history_2 two months, history_4 four" }
# Every second storage number is sent; number N is N - 1 months older than the due date.
storage_series:
  - { storage: 2..31, base: 1, step: month, order: newest_first }
telegrams:
  - hex: "514424348170241000047A51000000426CFF2C04067F2A00000413A42A0000042BC92A0000043BEE2A0000025A132B025E382B02615D2B4406822B0000840106A72B0000C40106CC2B0000C40F06F12B0000"
    reading: { due_date: 2023-12-31, energy: 10879, volume: 10.916, power: 10953, volume_flow: 10.990, flow_temperature: 1102.7, return_temperature: 1106.4, temperature_difference: 111.01, energy_at_due_date: 11138, energy_history_1: 11175, energy_history_1_date: 2023-11-30, energy_history_2: 11212, energy_history_2_date: 2023-10-31, energy_history_30: 11249, energy_history_30_date: 2021-06-30 }

"""#),
        ("maddalena/water", #"""
maker: Maddalena
model: Water meter
detect:
  - { manufacturer: MAD, version: 0x01, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_at_due_date_2, quantity: volume, storage: 2, kind: stored, about: Total at the other due date }
  - { name: due_date_2, quantity: date, storage: 2, kind: stored, about: The other due date }
  - { name: volume_flow_peak, quantity: volume_flow, function: max, storage: 3, kind: stored, about: Highest flow }
  - { name: volume_flow_peak_time, quantity: date_time, storage: 3, kind: stored, about: When the flow was highest }
  - { name: fabrication_number, quantity: fabrication_number, kind: diagnostic, about: "The maker's number" }
telegrams:
  - hex: "474424348059241001077AB4000000041332290000441357290000426CE929840113A129000082016CEB2BD4013BEB290000C4016D30200D310D780C373635343332313033323032"
    reading: { volume: 10.546, volume_at_due_date: 10.583, due_date: 2023-09-09, volume_at_due_date_2: 10.657, due_date_2: 2023-11-11, volume_flow_peak: 10.731, volume_flow_peak_time: "2024-01-13T00:48", fabrication_number: 202301234567 }

"""#),
        ("nzr/meter", #"""
maker: NZR
model: Electricity meter
detect:
  - { manufacturer: NZR, version: 0x00, type: 0x02 }
  - { manufacturer: EMH, version: 0x00, type: 0x02 }
fields:
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: Total energy }
  - { name: power, quantity: power, kind: measurement, about: Power of all phases }
  - { name: power_l1, quantity: power, storage: 2, kind: measurement, about: Power of phase 1 }
  - { name: power_l2, quantity: power, storage: 4, kind: measurement, about: Power of phase 2 }
  - { name: power_l3, quantity: power, storage: 6, kind: measurement, about: Power of phase 3 }
  - { name: voltage_l1, quantity: voltage, storage: 2, kind: measurement, about: Voltage of phase 1 }
  - { name: voltage_l2, quantity: voltage, storage: 4, kind: measurement, about: Voltage of phase 2 }
  - { name: voltage_l3, quantity: voltage, storage: 6, kind: measurement, about: Voltage of phase 3 }
  - { name: current_l1, quantity: current, storage: 2, kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, storage: 4, kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, storage: 6, kind: measurement, about: Current of phase 3 }
errors:
  - field: error_flags
    bits:
      0x01: busy
      0x02: error
      0x04: current low
      0x08: permanent error
      0x10: temporary error
telegrams:
  - hex: "685B5B6808FD7264832210523B0002A4000000841006BE1A0000042BE31A000084012B081B000084022B2D1B000084032B521B00008201FD48771B8202FD489C1B8203FD48C11B8401FD59E61B00008402FD590B1C00008403FD59301C0000D416"
    reading: { energy_tariff1: 6846, power: 6883, power_l1: 6920, power_l2: 6957, power_l3: 6994, voltage_l1: 703.1, voltage_l2: 706.8, voltage_l3: 710.5, current_l1: 7.142, current_l2: 7.179, current_l3: 7.216 }
  - hex: "6813136808FD7265942210A81500024100000001FD171FD616"
    reading: { error_flags: 1f, error_text: "busy, error, current low, permanent error, temporary error" }

"""#),
        ("piigab/th", #"""
maker: PiiGAB
model: Temperature and humidity sensor
detect:
  - { manufacturer: PII, version: 0x01, type: 0x1B }
fields:
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Temperature }
  - { name: external_temperature_1h, quantity: external_temperature, storage: 1, kind: measurement, about: "Temperature, mean of an hour" }
  - { name: external_temperature_24h, quantity: external_temperature, storage: 2, kind: measurement, about: "Temperature, mean of a day" }
  - { name: relative_humidity, quantity: relative_humidity, kind: measurement, about: Relative humidity }
  - { name: relative_humidity_1h, quantity: relative_humidity, storage: 1, kind: measurement, about: "Relative humidity, mean of an hour" }
  - { name: relative_humidity_24h, quantity: relative_humidity, storage: 2, kind: measurement, about: "Relative humidity, mean of a day" }
  - { name: software_version, quantity: software_version, kind: diagnostic, about: Software }
  - { name: fabrication_number, quantity: fabrication_number, kind: diagnostic, about: "The maker's number" }
telegrams:
  - hex: "683C3C6808FD72996826102941011B630000000265F93A42651E3B820165433B02FB1A683B42FB1A8D3B8201FB1AB23B02FD0FA4010D78083037363534333231D116"
    reading: { external_temperature: 150.97, external_temperature_1h: 151.34, external_temperature_24h: 151.71, relative_humidity: 1520.8, relative_humidity_1h: 1524.5, relative_humidity_24h: 1528.2, software_version: 01A4, fabrication_number: 12345670 }

"""#),
        ("qundis/qcaloric", #"""
maker: Qundis
model: Q caloric 5
detect:
  - { manufacturer: QDS, version: 0x34, type: 0x08 }
  - { manufacturer: QDS, version: 0x35, type: 0x08 }
  - { manufacturer: QDS, version: 0x36, type: 0x08 }
  - { manufacturer: LSE, version: 0x18, type: 0x08 }
  - { manufacturer: ZRI, version: 0xFD, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: hca_units_at_month_end, quantity: hca_units, storage: 17, kind: stored, about: Units at the end of the last month }
  - { name: month_end, quantity: date, storage: 17, kind: stored, about: The end of the last month }
  - { name: error_date, quantity: date, function: at_error, kind: diagnostic, about: Date of the last error }
telegrams:
  - hex: "314493446050403034087A2A0000000B6E2301004B6E560400426CFF2CCB086E000100C2086C1E34326CFFFF046D0A0A5035"
    reading: { hca_units: 123, hca_units_at_due_date: 456, due_date: 2023-12-31, hca_units_at_month_end: 100, month_end: 2024-04-30 }
  - hex: "49449344605040303508780DFF5F350082120000810007C06EFFFF53010000FF2C620100001E3418010000000000000000000000000000000000000E003F005500D4FF2F046D0A0A5035"
    reading: { payload_family: qundis_walk_by, hca_units: 153, hca_units_at_due_date: 162, due_date: 2023-12-31, hca_units_at_month_end: 118, hca_units_of_month_storage1: -44, hca_units_of_month_storage2: 85 }

"""#),
        ("qundis/qheat", #"""
maker: Qundis
model: Q heat 5
detect:
  - { manufacturer: QDS, version: 0x23, type: 0x04 }
  - { manufacturer: QDS, version: 0x23, type: 0x0A }
  - { manufacturer: QDS, version: 0x23, type: 0x0C }
  - { manufacturer: QDS, version: 0x23, type: 0x0D }
  - { manufacturer: QDS, version: 0x23, type: 0x37 }
  - { manufacturer: QDS, version: 0x3E, type: 0x04 }
  - { manufacturer: QDS, version: 0x3E, type: 0x0A }
  - { manufacturer: QDS, version: 0x3E, type: 0x0C }
  - { manufacturer: QDS, version: 0x3E, type: 0x0D }
  - { manufacturer: QDS, version: 0x3E, type: 0x37 }
  - { manufacturer: QDS, version: 0x46, type: 0x04 }
  - { manufacturer: QDS, version: 0x46, type: 0x0A }
  - { manufacturer: QDS, version: 0x46, type: 0x0C }
  - { manufacturer: QDS, version: 0x46, type: 0x0D }
  - { manufacturer: QDS, version: 0x46, type: 0x37 }
  - { manufacturer: QDS, version: 0x47, type: 0x04 }
  - { manufacturer: QDS, version: 0x47, type: 0x0A }
  - { manufacturer: QDS, version: 0x47, type: 0x0C }
  - { manufacturer: QDS, version: 0x47, type: 0x0D }
  - { manufacturer: QDS, version: 0x47, type: 0x37 }
  - { manufacturer: QDS, version: 0x48, type: 0x04 }
  - { manufacturer: QDS, version: 0x48, type: 0x0A }
  - { manufacturer: QDS, version: 0x48, type: 0x0C }
  - { manufacturer: QDS, version: 0x48, type: 0x0D }
  - { manufacturer: QDS, version: 0x48, type: 0x37 }
  - { manufacturer: LSE, version: 0x23, type: 0x04 }
  - { manufacturer: LSE, version: 0x23, type: 0x0C }
  - { manufacturer: LSE, version: 0x3E, type: 0x04 }
  - { manufacturer: LSE, version: 0x3E, type: 0x0C }
  - { manufacturer: LSE, version: 0x46, type: 0x04 }
  - { manufacturer: LSE, version: 0x46, type: 0x0C }
  - { manufacturer: LSE, version: 0x47, type: 0x04 }
  - { manufacturer: LSE, version: 0x47, type: 0x0C }
  - { manufacturer: LSE, version: 0x48, type: 0x04 }
  - { manufacturer: LSE, version: 0x48, type: 0x0C }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: energy_at_month_end, quantity: energy, storage: 17, kind: stored, about: Total energy at the end of the last month }
  - { name: month_end, quantity: date, storage: 17, kind: stored, about: The end of the last month }
  - { name: error_date, quantity: date, function: at_error, kind: diagnostic, about: Date of the last error }
errors:
  - field: error_flags
    bits:
      0x001: no flow
      0x002: flow temperature sensor broken
      0x004: return temperature sensor broken
      0x008: electronics of the temperatures
      0x010: battery low
      0x020: flow temperature sensor short
      0x040: return temperature sensor short
      0x080: memory
      0x100: sabotage
      0x200: electronics
telegrams:
  - hex: "394493446050403047047A2A0000000C06452301004C0600000100426CFF2CCC080600200100C2086C1E3402FD171000326CFFFF046D0A0A5035"
    reading: { energy: 12345, energy_at_due_date: 10000, due_date: 2023-12-31, energy_at_month_end: 12000, month_end: 2024-04-30, error_date: null, error_text: battery low }
  - hex: "58449344504030203E377807795040302093443E040DFF5F350082120000810007C006FFFF45230100FF2C000001001E34002001006400008078000000000000000000050011002B00510083002F02FD170000046D0A0A5035"
    reading: { payload_family: qundis_walk_by, energy: 12345, energy_at_due_date: 10000, due_date: 2023-12-31, energy_at_month_end: 12000, month_end: 2024-04-30, energy_of_month_storage1: 131, energy_of_month_storage1_date: 2024-04-30, energy_of_month_storage3: 43, energy_of_month_storage3_date: 2024-02-29, energy_of_month_storage11: null, error_date: null, error_text: none }

"""#),
        ("qundis/qwater", #"""
maker: Qundis
model: Q water 5.5
detect:
  - { manufacturer: QDS, version: 0x16, type: 0x06 }
  - { manufacturer: QDS, version: 0x16, type: 0x07 }
  - { manufacturer: QDS, version: 0x17, type: 0x06 }
  - { manufacturer: QDS, version: 0x17, type: 0x07 }
  - { manufacturer: QDS, version: 0x18, type: 0x06 }
  - { manufacturer: QDS, version: 0x18, type: 0x07 }
  - { manufacturer: QDS, version: 0x19, type: 0x06 }
  - { manufacturer: QDS, version: 0x19, type: 0x07 }
  - { manufacturer: QDS, version: 0x1D, type: 0x06 }
  - { manufacturer: QDS, version: 0x1D, type: 0x07 }
  - { manufacturer: QDS, version: 0x35, type: 0x06 }
  - { manufacturer: QDS, version: 0x35, type: 0x07 }
  - { manufacturer: QDS, version: 0x35, type: 0x37 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_at_month_end, quantity: volume, storage: 17, kind: stored, about: Total at the end of the last month }
  - { name: month_end, quantity: date, storage: 17, kind: stored, about: The end of the last month }
  - { name: error_date, quantity: date, function: at_error, kind: diagnostic, about: Date of the last error }
errors:
  - field: error_flags
    bits:
      0x001: no flow
      0x010: battery low
      0x080: memory
      0x100: sabotage
      0x200: electronics
telegrams:
  - hex: "2E4493447060504017077A2A0000000C13658709004C1354760800426CFF2CCC081301500900C2086C1E34326CFFFF"
    reading: { volume: 98.765, volume_at_due_date: 87.654, due_date: 2023-12-31, volume_at_month_end: 95.001, month_end: 2024-04-30, error_date: null }
  - hex: "5344934460504030353778077960504030934435070DFF5F350082120000810007C013FFFF65870900FF2C547608001E340150090000800080008000800A0014001E0028005F00C800EF00C8002F046D0A0A5035"
    reading: { payload_family: qundis_walk_by, volume: 98.765, volume_at_due_date: 87.654, due_date: 2023-12-31, volume_at_month_end: 95.001, month_end: 2024-04-30, volume_of_month_storage1: 2, volume_of_month_storage1_date: 2024-04-30, volume_of_month_storage12: null }

"""#),
        ("relay/padpuls-hca", #"""
maker: Relay
model: "PadPuls, heat cost allocator"
medium: heat cost
detect:
  - { manufacturer: REL, version: 0x41, type: 0x00 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: next_due_date, quantity: date, storage: 1, qualifiers: future, kind: stored, about: The next due date }
telegrams:
  - hex: "6824246808FD7201912610AC48410065000000046E6B3C0000446E903C0000426CE22A42EC7EE32BE416"
    reading: { hca_units: 15467, hca_units_at_due_date: 15504, due_date: 2023-10-02, next_due_date: 2023-11-03 }

"""#),
        ("schneider/iem3000", #"""
maker: Schneider Electric
model: iEM3000
detect:
  - { manufacturer: SEC, version: 0x13, type: 0x02 }
  - { manufacturer: SEC, version: 0x15, type: 0x02 }
  - { manufacturer: SEC, version: 0x18, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Active energy drawn }
  - { name: energy_exported, quantity: energy, codes: "09", kind: register, about: Active energy fed in }
  - { name: reactive_energy, quantity: energy, subunit: 1, unit: kvarh, kind: register, about: Reactive energy drawn }
  - { name: reactive_energy_exported, quantity: energy, subunit: 1, codes: "09", unit: kvarh, kind: register, about: Reactive energy fed in }
  - { name: energy_partial, quantity: energy, codes: 0D, kind: register, about: Active energy since the partial register was reset }
  - { name: reactive_energy_partial, quantity: energy, subunit: 1, codes: 0D, unit: kvarh, kind: register, about: Reactive energy since the partial register was reset }
  - { name: energy_l1, quantity: energy, codes: "01", kind: register, about: Active energy drawn of phase 1 }
  - { name: energy_l2, quantity: energy, codes: "02", kind: register, about: Active energy drawn of phase 2 }
  - { name: energy_l3, quantity: energy, codes: "03", kind: register, about: Active energy drawn of phase 3 }
  - { name: energy_tariff1, quantity: energy, tariff: 1, kind: register, about: Active energy of tariff 1 }
  - { name: energy_tariff2, quantity: energy, tariff: 2, kind: register, about: Active energy of tariff 2 }
  - { name: energy_tariff3, quantity: energy, tariff: 3, kind: register, about: Active energy of tariff 3 }
  - { name: energy_tariff4, quantity: energy, tariff: 4, kind: register, about: Active energy of tariff 4 }
  - { name: power, quantity: power, kind: measurement, about: Active power }
  - { name: power_l1, quantity: power, codes: "01", kind: measurement, about: Active power of phase 1 }
  - { name: power_l2, quantity: power, codes: "02", kind: measurement, about: Active power of phase 2 }
  - { name: power_l3, quantity: power, codes: "03", kind: measurement, about: Active power of phase 3 }
  - { name: reactive_power, quantity: power, subunit: 1, unit: var, kind: measurement, about: Reactive power }
  - { name: apparent_power, quantity: power, subunit: 2, unit: VA, kind: measurement, about: Apparent power }
  - { name: voltage_l1, quantity: voltage, codes: "01", kind: measurement, about: Voltage to neutral of phase 1 }
  - { name: voltage_l2, quantity: voltage, codes: "02", kind: measurement, about: Voltage to neutral of phase 2 }
  - { name: voltage_l3, quantity: voltage, codes: "03", kind: measurement, about: Voltage to neutral of phase 3 }
  - { name: voltage_average, quantity: voltage, codes: "04", kind: measurement, about: "Voltage to neutral, mean of the phases" }
  - { name: voltage_l1_l2, quantity: voltage, codes: "05", kind: measurement, about: Voltage between L1 and L2 }
  - { name: voltage_l2_l3, quantity: voltage, codes: "06", kind: measurement, about: Voltage between L2 and L3 }
  - { name: voltage_l3_l1, quantity: voltage, codes: "07", kind: measurement, about: Voltage between L3 and L1 }
  - { name: voltage_between_phases_average, quantity: voltage, codes: "08", kind: measurement, about: "Voltage between phases, their mean" }
  - { name: current_l1, quantity: current, codes: "01", kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, codes: "02", kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, codes: "03", kind: measurement, about: Current of phase 3 }
  - { name: current_average, quantity: current, codes: "00", kind: measurement, about: "Current, mean of the phases" }
  - { name: power_factor, codes: 05FF0A, kind: measurement, about: Power factor }
  - { name: frequency, codes: 05FF0B, unit: Hz, kind: measurement, about: Mains frequency }
  - { name: partial_reset_time, quantity: date_time, codes: 0C, kind: diagnostic, about: When the partial registers were reset }
  - { name: input_reset_time, quantity: date_time, codes: 0E, kind: diagnostic, about: When the input counter was reset }
  - { name: last_alarm_time, quantity: date_time, codes: "39", kind: diagnostic, about: When the last alarm came }
  - { name: input_count, quantity: cumulation_counter, kind: register, about: Pulses counted at the input }
  - { name: active_tariff, codes: 03FF10, kind: diagnostic, about: The tariff that counts now }
  - { name: phases, codes: 03FF21, kind: diagnostic, about: Number of phases }
  - { name: wires, codes: 03FF22, kind: diagnostic, about: Number of wires }
  - { name: system_type, codes: 03FF23, kind: diagnostic, about: How the mains is connected }
  - { name: nominal_frequency, codes: 03FF24, unit: Hz, kind: diagnostic, about: Nominal frequency }
  - { name: voltage_transformers, codes: 03FF25, kind: diagnostic, about: Number of voltage transformers }
  - { name: voltage_transformer_primary, codes: 05FF26, unit: V, kind: diagnostic, about: Primary voltage of the transformers }
  - { name: voltage_transformer_secondary, codes: 03FF27, unit: V, kind: diagnostic, about: Secondary voltage of the transformers }
  - { name: current_transformers, codes: 03FF28, kind: diagnostic, about: Number of current transformers }
  - { name: current_transformer_primary, codes: 03FF29, unit: A, kind: diagnostic, about: Primary current of the transformers }
  - { name: current_transformer_secondary, codes: 03FF2A, unit: A, kind: diagnostic, about: Secondary current of the transformers }
  - { name: current_transformer_connection, codes: 03FF2B, kind: diagnostic, about: How the current transformers are connected }
  - { name: pulse_duration, codes: 03FF2C, kind: diagnostic, about: Duration of an output pulse }
  - { name: output_use, codes: 03FF2D, kind: diagnostic, about: What the output is used for }
  - { name: pulse_weight, codes: 05FF2E, kind: diagnostic, about: Pulses of the output for a unit of energy }
  - { name: pulse_constant, codes: 05FF2F, kind: diagnostic, about: Pulses of the input for a unit }
  - { name: input_use, codes: 03FF30, kind: diagnostic, about: What the input is used for }
  - { name: input_state, codes: 02FF32, kind: diagnostic, about: State of the input }
  - { name: overload_setup, codes: 02FF34, kind: diagnostic, about: Whether the overload alarm is set up }
  - { name: overload_threshold, codes: 05FF35, kind: diagnostic, about: Where the overload alarm begins }
  - { name: overload_output_use, codes: 02FF36, kind: diagnostic, about: Whether the overload alarm uses the output }
  - { name: alarm_active, codes: 02FF37, kind: diagnostic, about: Whether the overload alarm is on }
  - { name: alarm_unacknowledged, codes: 02FF38, kind: diagnostic, about: Whether an alarm waits to be acknowledged }
  - { name: last_alarm_value, codes: 05FF3A, kind: diagnostic, about: What the last alarm was about }
  - { name: manufacturer, quantity: manufacturer, kind: diagnostic, about: "The maker's name" }
  - { name: model_version, quantity: model_version, kind: diagnostic, about: Model }
  - { name: firmware_version, quantity: firmware_version, kind: diagnostic, about: Firmware }
errors:
  - field: error_flags
    values:
      0x10: no calibration
      0x20: frequency setting
      0x30: phase order
      0x40: phase order
      0x50: energy negative (wiring)
      0x60: clock reset
      0x70: pulse output too fast
      0x80: clock
      0x90: internal bus
telegrams:
  - hex: "6879796808FD7286252510A34C1302BA0000000406442F00000486FF09692F00008440068E2F0000844086FF09B32F00000486FF0DD82F0000844086FF0DFD2F00000486FF01223000000486FF02473000000486FF036C30000084100691300000842006B6300000843006DB3000008480100600310000042B253100001C16"
    reading: { energy: 12100, energy_exported: 12137, reactive_energy: 12174, reactive_energy_exported: 12211, energy_partial: 12248, reactive_energy_partial: 12285, energy_l1: 12322, energy_l2: 12359, energy_l3: 12396, energy_tariff1: 12433, energy_tariff2: 12470, energy_tariff3: 12507, energy_tariff4: 12544, power: 12581 }
  - hex: "6877776808FD7287362510A34C15025700000004ABFF014A31000004ABFF026F31000004ABFF039431000084402BB93100008480402BDE31000002FDC8FF01033202FDC8FF02283202FDC8FF034D3202FDC8FF04723202FDC8FF05973202FDC8FF06BC3202FDC8FF07E13202FDC8FF08063304FDD9FF012B3300004E16"
    reading: { power_l1: 12618, power_l2: 12655, power_l3: 12692, reactive_power: 12729, apparent_power: 12766, voltage_l1: 1280.3, voltage_l2: 1284.0, voltage_l3: 1287.7, voltage_average: 1291.4, voltage_l1_l2: 1295.1, voltage_l2_l3: 1298.8, voltage_l3_l1: 1302.5, voltage_between_phases_average: 1306.2, current_l1: 13.099 }
  - hex: "6879796808FD7288472510A34C1802BC00000004FDD9FF025033000004FDD9FF037533000004FDD9FF009A33000005FF0A0000403F05FF0B0000484204EDFF0C33351A3A04EDFF0E3A361B3B04EDFF3905371C3C02FD61783403FF1062010003FF2163010003FF2264010003FF2365010003FF2466010003FF256701005F16"
    reading: { current_l2: 13.136, current_l3: 13.173, current_average: 13.210, power_factor: 0.75, frequency: 50.0, partial_reset_time: "2024-10-26T21:51", input_reset_time: "2024-11-27T22:58", last_alarm_time: "2024-12-28T23:05", input_count: 13432, active_tariff: 354, phases: 355, wires: 356, system_type: 357, nominal_frequency: 358, voltage_transformers: 359 }
  - hex: "687B7B6808FD7289582510A34C13025900000005FF260000C84203FF2769010003FF286A010003FF296B010003FF2A6C010003FF2B6D010003FF2C6E010003FF2D6F010005FF2E0000C84205FF2F0000FA4303FF3072010002FF32730102FF34740105FF350000803F02FF36760102FF37770102FF38780105FF3A00004841BE16"
    reading: { voltage_transformer_primary: 100.0, voltage_transformer_secondary: 361, current_transformers: 362, current_transformer_primary: 363, current_transformer_secondary: 364, current_transformer_connection: 365, pulse_duration: 366, output_use: 367, pulse_weight: 100.0, pulse_constant: 500.0, input_use: 370, input_state: 371, overload_setup: 372, overload_threshold: 1.0, overload_output_use: 374, alarm_active: 375, alarm_unacknowledged: 376, last_alarm_value: 12.5 }
  - hex: "6830306808FD7290692510A34C1502BE0000000DFD0A07656C706D6178450DFD0C07303030304D45690DFD0E073534332E322E31A216"
    reading: { manufacturer: Example, model_version: iEM0000, firmware_version: 1.2.345 }
  - hex: "6813136808FD7291802510A34C18025B00000001FD17104616"
    reading: { error_flags: 10, error_text: no calibration }
  - hex: "6813136808FD7292912510A34C1302C000000001FD1720C816"
    reading: { error_flags: 20, error_text: frequency setting }

"""#),
        ("sensus/iperl", #"""
maker: Sensus
model: iPERL
detect:
  - { manufacturer: SEN, version: 0x68, type: 0x06 }
  - { manufacturer: SEN, version: 0x68, type: 0x07 }
  - { manufacturer: SEN, version: 0x7C, type: 0x06 }
  - { manufacturer: SEN, version: 0x7C, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_flow, quantity: volume_flow, kind: measurement, about: Flow }
telegrams:
  - hex: "1844AE4C9650403068077A2A000000041307870000023B0C00"
    reading: { volume: 34.567, volume_flow: 0.012 }

"""#),
        ("sontex/868", #"""
maker: Sontex
model: "868"
detect:
  - { manufacturer: SON, version: 0x16, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: "The due date, of every year" }
  - { name: hca_units_month, quantity: hca_units, storage: 48..65, kind: stored, about: "Units at the ends of months, oldest first" }
  - { name: history_start, quantity: date, storage: 48, kind: stored, about: Date of the oldest of them }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Temperature of the radiator }
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Temperature of the room }
  - { name: radiator_temperature_max, quantity: flow_temperature, function: max, about: Highest temperature of the radiator in this period }
  - { name: radiator_temperature_max_last_period, quantity: flow_temperature, function: max, storage: 1, kind: stored, about: Highest temperature of the radiator in the last period }
  - { name: error_1_duration, quantity: tariff_duration, tariff: 1, kind: diagnostic, about: How long error 1 was there }
  - { name: error_1_count, quantity: cumulation_counter, tariff: 1, kind: diagnostic, about: How often error 1 was there }
  - { name: error_1_date, quantity: date, tariff: 1, kind: diagnostic, about: When error 1 was there last }
  - { name: error_2_duration, quantity: tariff_duration, tariff: 2, kind: diagnostic, about: How long error 2 was there }
  - { name: error_2_count, quantity: cumulation_counter, tariff: 2, kind: diagnostic, about: How often error 2 was there }
  - { name: error_2_date, quantity: date, tariff: 2, kind: diagnostic, about: When error 2 was there last }
  - { name: vendor_flags, codes: 02FF2C, kind: diagnostic, about: Bits that the maker does not explain }
telegrams:
  - hex: "6844EE4D6050403016087A2A000000046D0A0A5035036E770000426CE1F7436E6600001259AD0A5259D0078288016C01318388016E0A00008D8801EE1E0833FE1400001E000002FF2C00000259D204026502088310FD3100000082106C01018110FD610202FD66AC08"
    reading: { hca_units: 119, hca_units_at_due_date: 102, due_date: "****-07-01", flow_temperature: 12.34, external_temperature: 20.5, radiator_temperature_max: 27.33, radiator_temperature_max_last_period: 20, history_start: 2024-01-01, hca_units_month_1: 10, hca_units_month_2: 20, hca_units_month_2_date: 2024-02-01, hca_units_month_3: 30, error_1_count: 2 }
  - hex: "2044EE4D7393504016087AAD0000008320FD31EB04008220FD61100582206CEA2A"
    reading: { error_2_duration: 1259, error_2_count: 1296, error_2_date: 2023-10-10 }

"""#),
        ("sontex/supercom-587", #"""
maker: Sontex
model: Supercom 587
detect:
  - { manufacturer: SON, version: 0x3C, type: 0x06 }
  - { manufacturer: SON, version: 0x3C, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: "The due date, of every year" }
  - { name: volume_month, quantity: volume, storage: 8..31, kind: stored, about: "Totals when months began, oldest first" }
  - { name: history_start, quantity: date, storage: 8, kind: stored, about: Date of the oldest of them }
  - { name: radio_number, quantity: enhanced_identification, subunit: 1, kind: diagnostic, about: Number of the radio module }
  - { name: error_1_duration, quantity: tariff_duration, tariff: 1, kind: diagnostic, about: How long error 1 was there }
  - { name: error_1_count, quantity: cumulation_counter, tariff: 1, kind: diagnostic, about: How often error 1 was there }
  - { name: error_1_date, quantity: date, tariff: 1, kind: diagnostic, about: When error 1 was there last }
  - { name: error_2_duration, quantity: tariff_duration, tariff: 2, kind: diagnostic, about: How long error 2 was there }
  - { name: error_2_count, quantity: cumulation_counter, tariff: 2, kind: diagnostic, about: How often error 2 was there }
  - { name: error_2_date, quantity: date, tariff: 2, kind: diagnostic, about: When error 2 was there last }
telegrams:
  - hex: "7D44EE4D605040303C077A2A0000000C1345230100426CE1F74C132010010082046C01318C0413001000008D04931E0A3CFE5010000000110000046D0A0A503503FD6C5E15000BFD0F0200018C4079154050608310FD310A000082106C03328110FD61028320FD3114000082206C04338120FD610301FD660202FD170000"
    reading: { volume: 12.345, volume_at_due_date: 11.02, due_date: "****-07-01", history_start: 2024-01-01, volume_month_1: 1, volume_month_2: 1.05, volume_month_2_date: 2024-02-01, volume_month_3: 1.1, radio_number: "60504015", error_1_duration: 10, error_1_count: 2, error_1_date: 2024-02-03, error_2_duration: 20, error_2_count: 3, error_2_date: 2024-03-04 }

"""#),
        ("techem/compact-v", #"""
maker: Techem
model: compact V
detect:
  - { manufacturer: TCH, payload: techem_compact_5 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "1E446850655040304543A1009F31686000004D050000000000000000000000"
    reading: { energy: 26037, energy_at_due_date: 24680, due_date: 2024-12-31, energy_since_due_date: 1357 }

"""#),
        ("techem/fhkv-data", #"""
maker: Techem
model: FHKV data III, data 4
detect:
  - { manufacturer: TCH, payload: techem_fhkv_3 }
  - { manufacturer: TCH, version: 0x69, type: 0x08 }
  - { manufacturer: TCH, version: 0x94, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: hca_units_month, quantity: hca_units, storage: 8..31, kind: stored, about: "Units at the ends of months, oldest first" }
telegrams:
  - hex: "1F446850685040306980A0119F312C03000B6100DD07210C0000000000000000"
    reading: { hca_units: 97, hca_units_at_due_date: 812, due_date: 2024-12-31, date: 2025-05-16, room_temperature: 20.13, radiator_temperature: 31.05 }
  - hex: "20446850685040309480A00F9F313A00F01907001185FFC3070000000000000000"
    reading: { hca_units: 7, date: 2025-12-31, room_temperature: -1.23, radiator_temperature: 19.87 }
  - hex: "324468506950403094087A2A000000036E1D0000436E0E0000426C1F3C83046E04000082046C1F3A8D04EE1F0672FE03000600"
    reading: { hca_units: 29, hca_units_at_due_date: 14, hca_units_month_1: 4, hca_units_month_2: 7, hca_units_month_3: 13, hca_units_month_3_date: 2024-12-31 }

"""#),
        ("techem/mk-radio-3", #"""
maker: Techem
model: MK Radio 3
detect:
  - { manufacturer: TCH, payload: techem_mk_radio_3 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "1D446850605040307462A2069F317B00000B2D0000000000000000000000"
    reading: { volume: 16.8, volume_at_due_date: 12.3, due_date: 2024-12-31, volume_since_due_date: 4.5, date: 2025-05-16 }

"""#),
        ("techem/mk-radio-3a", #"""
maker: Techem
model: MK Radio 3a
detect:
  - { manufacturer: TCH, payload: techem_mk_radio_3a }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
telegrams:
  - hex: "36446850615040305072A20C00B032D20400001E14001F1500201600211700221800231900241A00251B00261C00271D00281E00291F00"
    reading: { volume: 123.4, date: 2025-05-16, volume_of_month: 5.0, volume_of_month_storage1: 5.2, volume_of_month_storage1_date: 2025-04-30, volume_of_month_storage11: 7.2, volume_of_month_storage11_date: 2024-06-30 }
  - hex: "36446850615040305072A20C00AF32D20400001E14001F1500201600211700221800231900241A00251B00261C00271D00281E00291F00"
    reading: { volume_of_month: 3.0, volume_of_month_storage1: 5.1, volume_of_month_storage11: 7.1 }

"""#),
        ("techem/mk-radio-4", #"""
maker: Techem
model: MK Radio 4
detect:
  - { manufacturer: TCH, payload: techem_mk_radio_4 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "1D446850625040309572A2066329D2009006220000000000000000000000"
    reading: { volume: 24.4, volume_at_due_date: 21.0, due_date: 2020-11-03, volume_since_due_date: 3.4 }

"""#),
        ("techem/mk-radio-4a", #"""
maker: Techem
model: MK Radio 4a
detect:
  - { manufacturer: HYD, version: 0xFE, type: 0x06, sender_manufacturer: TCH, sender_version: 0x95, sender_type: 0x37 }
  - { manufacturer: WEH, version: 0xFE, type: 0x07, sender_manufacturer: TCH, sender_version: 0x95, sender_type: 0x37 }
fields:
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "1F44685063504030953772645040302423FE062A0000004315AD0000426C1F3C"
    reading: { volume_at_due_date: 17.3, due_date: 2024-12-31 }

"""#),
        ("techem/ts-2", #"""
maker: Techem
model: Smoke detector TS 2
detect:
  - { manufacturer: TCH, payload: techem_ts_2 }
fields:
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "194468507050403076F0A0019F31000000000000000000000000"
    reading: { alarms: smoke, due_date: 2024-12-31 }
  - hex: "194468507050403076F0A0009F31000000000000000000000000"
    reading: { alarms: none, status_flags: 0 }

"""#),
        ("techem/vario-4-mid", #"""
maker: Techem
model: vario 4 (4.1.1, 4.5.1 MID)
detect:
  - { manufacturer: TCH, version: 0x17, type: 0x04 }
  - { manufacturer: TCH, version: 0x28, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 8, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 8, kind: stored, about: The last due date }
  - { name: energy_month, quantity: energy, storage: 9..32, kind: stored, about: "Total energy at the ends of the months since the due date, oldest first" }
  - { name: energy_at_older_date, quantity: energy, storage: 1, kind: stored, about: Total energy at a date before }
  - { name: older_date, quantity: date, storage: 1, kind: stored, about: That date }
telegrams:
  - hex: "354468506750403017047A2A0000008404066842000082046C1F3C8D04861F0672FE2C01C800440600000000426CFFFF0406F2440000"
    reading: { energy: 17650, energy_at_due_date: 17000, due_date: 2024-12-31, energy_month_1: 17300, energy_month_1_date: 2025-01-31, energy_month_2: 17500, older_date: null }

"""#),
        ("techem/vario-4", #"""
maker: Techem
model: vario 4 (4.5.1)
detect:
  - { manufacturer: TCH, payload: techem_vario_451 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
telegrams:
  - hex: "1D4468506650403027C3A2129F31481200004D0500000000000000000000"
    reading: { energy: 6037, energy_unit: MJ, energy_at_due_date: 4680, due_date: 2024-12-31, energy_since_due_date: 1357 }

"""#),
        ("vipa/hca", #"""
maker: VIPA
model: Heat cost allocator
detect:
  - { manufacturer: VIP, version: 0x1E, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
errors:
  - field: error_flags
    bits:
      0x0001: voltage
      0x0004: temperature t2 out of range
      0x0008: tampered with
      0x0020: temperature t3 out of range
telegrams:
  - hex: "14443059974626101E087A61000000046ED43A0000"
    reading: { hca_units: 15060 }
  - hex: "13443059985726101E087AC600000002FD172D00"
    reading: { error_flags: 2d, error_text: "voltage, temperature t2 out of range, tampered with, temperature t3 out of range" }

"""#),
        ("watertech/water", #"""
maker: Watertech
model: Water meter
detect:
  - { manufacturer: WTT, version: 0x59, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: date_time, quantity: date_time, kind: diagnostic, about: "The meter's clock" }
  - { name: software_version, quantity: software_version, kind: diagnostic, about: Software }
telegrams:
  - hex: "1F44945E0757271059077A6B00000004130B410000046D1C30053502FD0FCA01"
    reading: { volume: 16.651, date_time: "2024-05-05T16:28", software_version: 01CA }

"""#),
        ("wehrle/modularis", #"""
maker: Wehrle
model: Modularis
detect:
  - { manufacturer: WZG, version: 0x03, type: 0x06 }
  - { manufacturer: WZG, version: 0x03, type: 0x07 }
  - { manufacturer: WZG, version: 0x03, type: 0x16 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: next_due_date, quantity: date, qualifiers: future, storage: 1, about: The next due date }
  - { name: volume_month, quantity: volume, storage: 2..13, kind: stored, about: Totals at ends of months }
  - { name: month_end, quantity: date, storage: 2..13, kind: stored, about: The end of the month with the same number }
telegrams:
  - hex: "4B44475F6050403003167A2A000000041340E20100046D0A0A5035426CFF2C4413A086010042EC7E3F3C0C786050403082016C1E348401130ED80100C2016C1F33C4011398B701000F010000"
    reading: { volume: 123.456, volume_at_due_date: 100, due_date: 2023-12-31, next_due_date: 2025-12-31, fabrication_number: "30405060", volume_month_1: 120.846, month_end_1: 2024-04-30, volume_month_2: 112.536, month_end_2: 2024-03-31 }

"""#),
        ("wehrle/radio", #"""
maker: Wehrle
model: Water meter with radio
detect:
  - { manufacturer: WEH, version: 0x03, type: 0x07 }
  - { manufacturer: WEH, version: 0xFE, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: volume_month, quantity: volume, storage: 2..25, kind: stored, about: "Totals at the ends of the months since, oldest first" }
telegrams:
  - hex: "2C44A85C6050403003077A2A0000000413393000004413E02E00004D931E0A74FE0400000008000000426CFF2C"
    reading: { volume: 12.345, volume_at_due_date: 12.0, due_date: 2023-12-31, volume_month_1: 12.004, volume_month_1_date: 2024-01-31, volume_month_2: 12.012 }

"""#),
        ("weptech/munia", #"""
maker: Weptech
model: Munia
detect:
  - { manufacturer: WEP, version: 0x02, type: 0x1B }
  - { manufacturer: WEP, version: 0x04, type: 0x1B }
fields:
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Temperature }
  - { name: relative_humidity, quantity: relative_humidity, kind: measurement, about: Relative humidity }
telegrams:
  - hex: "1744B05C00802610021B7A000000000A6617020AFB1A1006"
    reading: { external_temperature: 21.7, relative_humidity: 61.0 }

"""#),
        ("zenner/allocator", #"""
maker: Zenner
model: Heat cost allocator
detect:
  - { manufacturer: ZRI, version: 0xFC, type: 0x08 }
fields:
  - { name: hca_units, quantity: hca_units, kind: register, about: Units since the last due date }
  - { name: hca_units_at_due_date, quantity: hca_units, storage: 1, kind: stored, about: Units of the last period }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
status:
  0x04: battery low
  0x08: calibration table
  0x20: removed
  0x40: due date mode 2F
  0x80: product scale
telegrams:
  - hex: "1C44496A91504030FC087A2A240000036E7B0000436EC80100426C1F3C"
    reading: { hca_units: 123, hca_units_at_due_date: 456, due_date: 2024-12-31, status_text: "battery low, removed" }

"""#),
        ("zenner/c5", #"""
maker: Zenner
model: C5 heat meter
detect:
  - { manufacturer: ZRI, version: 0x88, type: 0x04 }
  - { manufacturer: ZRI, version: 0x88, type: 0x0A }
  - { manufacturer: ZRI, version: 0x88, type: 0x0C }
  - { manufacturer: ZRI, version: 0x88, type: 0x0D }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
errors:
  - field: error_flags
    sums:
      2000: calibration expired
      1000: battery expired
      800: radio
      100: hardware
      50: overload
      40: air in the pipe
      30: reverse flow
      20: dry
      10: measuring
      9: hardware of the temperatures
      8: hardware of the temperatures
      7: battery low
      6: flow temperature sensor open
      5: flow temperature sensor short
      4: return temperature sensor open
      3: return temperature sensor short
      2: temperature above range
      1: temperature below range
telegrams:
  - hex: "2944496A6050403088047A2A000000040639300000041340E20100426CFF2C44061027000002FD172907"
    reading: { energy: 12345, volume: 123.456, energy_at_due_date: 10000, due_date: 2023-12-31, error_text: "battery expired, radio, reverse flow, return temperature sensor short" }

"""#),
        ("zenner/minomess", #"""
maker: Zenner
model: Minomess
detect:
  - { manufacturer: ZRI, version: 0x00, type: 0x07 }
  - { manufacturer: ZRI, version: 0x01, type: 0x06 }
  - { manufacturer: ZRI, version: 0x01, type: 0x16 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 8, kind: stored, about: Total at the last due date or month }
  - { name: due_date, quantity: date, storage: 8, kind: stored, about: That date }
  - { name: volume_month, quantity: volume, storage: 9..31, kind: stored, about: "Total a month before that date, and further back" }
status:
  0x20: was leaking
  0x40: was tampered
  0x80: was removed
errors:
  - field: error_flags
    bits:
      0x0002: abnormal
      0x0004: end of battery
      0x0020: was leaking
      0x0040: was tampered
      0x0080: was removed
      0x0100: oversized
      0x0200: undersized
      0x0400: was blocked
      0x0800: reverse flow
      0x1000: was reverse flow
      0x2000: leak
      0x4000: removed
      0x8000: burst
telegrams:
  - hex: "3C44496A8850403018377289504030496A01062A2000000C134523010082046C01358C0413001001008D0493130A34FE102700002823000002FD170020"
    reading: { volume: 12.345, volume_at_due_date: 11.0, due_date: 2024-05-01, volume_month_1: 10.0, volume_month_1_date: 2024-04-01, volume_month_2: 9.0, error_text: leak, status_text: was leaking }

"""#),
        ("zenner/radio-0b", #"""
maker: Zenner
model: Radio module, version 0B
detect:
  - { manufacturer: ZRI, payload: zenner_0b }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
telegrams:
  - hex: "1C44496A875040300B167A2A0000000F000000008039300000A05B0000"
    reading: { volume: 23.456, volume_at_due_date: 12.3455, status_flags: 0 }

"""#),
        ("zenner/uiws", #"""
maker: Zenner
model: UIWS
detect:
  - { manufacturer: ZRI, version: 0x99, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_month_start, quantity: volume, storage: 30, kind: stored, about: Total when the month began }
  - { name: month_start, quantity: date, storage: 30, kind: stored, about: When the month began }
  - { name: volume_month, quantity: volume, storage: 31..53, kind: stored, about: "Total when the months before began, newest first" }
  - { name: flow_temperature, quantity: flow_temperature, kind: measurement, about: Water temperature }
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Ambient temperature }
telegrams:
  - hex: "3344496A9050403099077A2A000000041339300000820F6C0135840F13E02E00008D0F93130A34FEF82A0000042900000259D204"
    reading: { volume: 12.345, volume_at_month_start: 12.0, month_start: 2024-05-01, volume_month_1: 11.0, volume_month_1_date: 2024-04-01, volume_month_2: 10.5, flow_temperature: 12.34 }
  - hex: "1244496A7737514099077AB100000002656609"
    reading: { external_temperature: 24.06 }

"""#),
    ]
}
