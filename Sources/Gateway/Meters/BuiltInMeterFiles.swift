// Made of the files in meters/ by `make meters`: change those instead.
// swift-format-ignore-file

extension BuiltInMeters {
    /// Manufacturer (upper half) and number of a file (lower half), sorted.
    static let index: [UInt32] = [
        0x05B80009,
        0x06010001,
        0x06010003,
        0x06010004,
        0x06010005,
        0x06010006,
        0x06010007,
        0x06010008,
        0x0601000A,
        0x06140000,
        0x06140002,
        0x06140003,
        0x08D7000B,
        0x09B0000D,
        0x09B4000C,
        0x09B4000E,
        0x09B4000F,
        0x09B40010,
        0x09B40011,
        0x11A50013,
        0x11A50014,
        0x12FA002A,
        0x145A0015,
        0x14C50018,
        0x14C5002A,
        0x15250016,
        0x15960017,
        0x16F40014,
        0x1C360012,
        0x1E730019,
        0x1EE6001A,
        0x1EE6001B,
        0x23240013,
        0x23240014,
        0x23240036,
        0x25A5001C,
        0x25A5001D,
        0x2674001E,
        0x2697001F,
        0x2C2D0012,
        0x2C2D0020,
        0x2C2D0021,
        0x2C2D0022,
        0x2C370021,
        0x2C370022,
        0x30330025,
        0x30330026,
        0x30330027,
        0x30330028,
        0x30330029,
        0x32650023,
        0x32650024,
        0x3265002C,
        0x3265002D,
        0x3424002B,
        0x4493002C,
        0x4493002D,
        0x4493002E,
        0x4C300014,
        0x4CAE002F,
        0x4DEE0030,
        0x4E0C0014,
        0x50680031,
        0x50680032,
        0x50680033,
        0x50680034,
        0x50680035,
        0x50680037,
        0x50680038,
        0x50680039,
        0x5CA80036,
        0x5F47003A,
        0x6A49002C,
        0x6A49003B,
        0x6A49003C,
        0x6A49003D,
        0x6A49003E,
        0x6A49003F,
    ]

    static let files: [(id: StaticString, text: StaticString)] = [
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
    reading: { volume: 23.456 }
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
    reading: { volume: 123.456, date_time: "2025-05-08T06:13:20", volume_earlier: 100.0, volume_earlier_time: "2025-04-23T15:13:20", history_age: 351, frame_flags: summer time, status_flags: leak, previous_status_flags: reverse flow, default_key: true }

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
  - { name: reactive_energy_exported, quantity: reactive_energy, qualifiers: backward, kind: register, about: Reactive energy fed in }
  - { name: power_exported, quantity: power, qualifiers: backward, kind: measurement, about: Power fed in }
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
  - hex: "2544361C3020109000027A2A00000004053930000004853C64000000042B9600000001FD1741"
    reading: { energy: 1234.5, energy_exported: 10.0, power: 150, error_text: "voltage L1 too high, frequency" }

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
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: volume_tariff1_at_due_date, quantity: volume, storage: 1, tariff: 1, kind: stored, about: Register 1 at the last due date }
  - { name: volume_tariff2_at_due_date, quantity: volume, storage: 1, tariff: 2, kind: stored, about: Register 2 at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: next_due_date, quantity: date, storage: 1, qualifiers: future, kind: stored, about: The next due date }
  - { name: volume_at_month_end, quantity: volume, storage: 3, kind: stored, about: Total at the end of the last month }
  - { name: month_end, quantity: date_time, storage: 3, kind: stored, about: The end of the last month }
telegrams:
  - hex: "3144A5112423222170077A2A0000000C13452301004C1300000100426CFF2CC4016D3B171E34CC01130020010042EC7E1F3C"
    reading: { volume: 12.345, volume_at_due_date: 10.0, due_date: 2023-12-31, volume_at_month_end: 12.0, next_due_date: 2024-12-31 }

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
telegrams:
  - hex: "1944304C895A5441D401A203572013F20876F06222E040DBFBB3"
    reading: { volume: 27.316, volume_storage1: 26.958, meter_model: Izar RC (PRIOS) }

"""#),
        ("ebz/wmbe", #"""
maker: eBZ
model: wMB-E (electricity meter with radio)
detect:
  - { manufacturer: EBZ, version: 0x01, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: power, quantity: power, kind: measurement, about: Power }
  - { name: power_l1, quantity: power, codes: "01", kind: measurement, about: Power of phase 1 }
  - { name: power_l2, quantity: power, codes: "02", kind: measurement, about: Power of phase 2 }
  - { name: power_l3, quantity: power, codes: "03", kind: measurement, about: Power of phase 3 }
telegrams:
  - hex: "42445A1440302010023772304050605A1401022A000000040315CD5B0704A9FF011027000004A9FF02204E000004A9FF03F0D8FFFF0429307500000DFD110431323334"
    reading: { energy: 123456.789, power: 300, power_l1: 100, power_l2: 200, power_l3: -100, customer: "4321" }

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

"""#),
        ("elvaco/elvsense", #"""
maker: Elvaco
model: CMe, room sensor
detect:
  - { manufacturer: ELV, version: 0x50, type: 0x1B }
  - { manufacturer: ELV, version: 0x51, type: 0x1B }
  - { manufacturer: ELV, version: 0x52, type: 0x1B }
  - { manufacturer: ELV, version: 0x53, type: 0x1B }
  - { manufacturer: ELV, version: 0x54, type: 0x1B }
fields:
  - { name: external_temperature, quantity: external_temperature, kind: measurement, about: Room temperature }
  - { name: relative_humidity, quantity: relative_humidity, kind: measurement, about: Relative humidity }
  - { name: voltage, quantity: voltage, kind: diagnostic, about: Battery voltage }
  - { name: co2, quantity: plain_text_unit, kind: measurement, about: Carbon dioxide in ppm }
telegrams:
  - hex: "2444961510908070501B7A2A0000000265560802FD46420E02FB1AC801027C03324F430002"
    reading: { external_temperature: 21.34, voltage: 3.650, relative_humidity: 45.6, co2: 512, co2_unit: CO2 }

"""#),
        ("engelmann/sensostar", #"""
maker: Engelmann
model: SensoStar
detect:
  - { manufacturer: EFE, version: 0x00, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total volume at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: energy_month, quantity: energy, storage: 2..32, kind: stored, about: "Total energy at the ends of the last months, newest first" }
  - { name: volume_input_1, quantity: volume, subunit: 1, kind: register, about: Meter at pulse input 1 }
  - { name: volume_input_2, quantity: volume, subunit: 2, kind: register, about: Meter at pulse input 2 }
  - { name: volume_input_3, quantity: volume, subunit: 3, kind: register, about: Meter at pulse input 3 }
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
  - hex: "3D44C5145040302000047A2A000000046D0A0A4533040639300000440610270000426CFF2C840106E02E0000C40106F82A00008440134C1D000001FD1780"
    reading: { energy: 12345, energy_at_due_date: 10000, due_date: 2023-12-31, energy_month_1: 12000, energy_month_1_date: 2026-02-28, energy_month_2_date: 2026-01-31, volume_input_1: 7.5, error_text: battery low }

"""#),
        ("gransystems/gss", #"""
maker: GranSystem-S
model: Electricity meter
detect:
  - { manufacturer: GSS, version: 0x01, type: 0x02 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 2, kind: stored, about: Total energy at the last due date }
  - { name: energy_tariff1_at_due_date, quantity: energy, storage: 2, tariff: 1, kind: stored, about: Energy of tariff 1 at the last due date }
  - { name: energy_tariff2_at_due_date, quantity: energy, storage: 2, tariff: 2, kind: stored, about: Energy of tariff 2 at the last due date }
  - { name: due_date, quantity: date_time, storage: 2, kind: stored, about: The last due date }
  - { name: voltage_l1, quantity: voltage, subunit: 1, kind: measurement, about: Voltage of phase 1 }
  - { name: voltage_l2, quantity: voltage, subunit: 2, kind: measurement, about: Voltage of phase 2 }
  - { name: voltage_l3, quantity: voltage, subunit: 3, kind: measurement, about: Voltage of phase 3 }
  - { name: current_l1, quantity: current, subunit: 1, kind: measurement, about: Current of phase 1 }
  - { name: current_l2, quantity: current, subunit: 2, kind: measurement, about: Current of phase 2 }
  - { name: current_l3, quantity: current, subunit: 3, kind: measurement, about: Current of phase 3 }
errors:
  - field: error_flags
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
  - hex: "2844731E0403020101027A2A0000000403CECA230084010380841E008240FD48FD0804FD1780000000"
    reading: { energy: 2345.678, energy_at_due_date: 2000.000, voltage_l1: 230.1, error_text: magnet before }

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
  - { name: reactive_energy_imported, quantity: energy, tariff: 1, subunit: 2, kind: register, about: "Reactive energy drawn, in kvarh" }
  - { name: reactive_energy_partial, quantity: energy, tariff: 2, subunit: 2, kind: register, about: "Reactive energy drawn since the counter was set back, in kvarh" }
  - { name: power_imported, quantity: power, tariff: 1, subunit: 1, kind: measurement, about: Active power drawn }
  - { name: power_exported, quantity: power, tariff: 2, subunit: 1, kind: measurement, about: Active power fed in }
  - { name: reactive_power_imported, quantity: power, tariff: 1, subunit: 2, kind: measurement, about: "Reactive power drawn, in var" }
  - { name: reactive_power_exported, quantity: power, tariff: 2, subunit: 2, kind: measurement, about: "Reactive power fed in, in var" }
  - { name: power_l1, quantity: power, subunit: 1, codes: "01", kind: measurement, about: Active power of phase 1 }
  - { name: power_l2, quantity: power, subunit: 1, codes: "02", kind: measurement, about: Active power of phase 2 }
  - { name: power_l3, quantity: power, subunit: 1, codes: "03", kind: measurement, about: Active power of phase 3 }
  - { name: reactive_power_l1, quantity: power, subunit: 2, codes: "01", kind: measurement, about: "Reactive power of phase 1, in var" }
  - { name: reactive_power_l2, quantity: power, subunit: 2, codes: "02", kind: measurement, about: "Reactive power of phase 2, in var" }
  - { name: reactive_power_l3, quantity: power, subunit: 2, codes: "03", kind: measurement, about: "Reactive power of phase 3, in var" }
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
model: Cyble, EquaScan
detect:
  - { manufacturer: ITW, version: 0x00, type: 0x07 }
  - { manufacturer: ITW, version: 0x03, type: 0x07 }
  - { manufacturer: ITW, version: 0x00, type: 0x16 }
  - { manufacturer: ITW, version: 0x33, type: 0x07 }
fields:
  - { name: volume, quantity: volume, kind: register, about: Total consumption }
  - { name: volume_at_due_date, quantity: volume, storage: 1, kind: stored, about: Total at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: vendor_flags, codes: 047F, kind: diagnostic, about: Bits that the maker does not explain }
  - { name: vendor_flags_16, codes: 027F, kind: diagnostic, about: Bits that the maker does not explain }
telegrams:
  - hex: "284497268070605003077A2A0000000413671200004413A10F0000426CBF2C047F0000060C027F862A"
    reading: { volume: 4.711, volume_at_due_date: 4.001, due_date: 2021-12-31 }

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

"""#),
        ("maddalena/microclima", #"""
maker: Maddalena
model: Microclima
detect:
  - { manufacturer: MAD, version: 0x00, type: 0x04 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: volume, quantity: volume, kind: register, about: Total volume of heating water }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
  - { name: due_date, quantity: date, storage: 1, kind: stored, about: The last due date }
  - { name: energy_history, quantity: energy, storage: 2..31, kind: stored, about: "Total energy some months before the due date: history_2 two months, history_4 four" }
# Every second storage number is sent; number N is N - 1 months older than the due date.
storage_series:
  - { storage: 2..31, base: 1, step: month, order: newest_first }
telegrams:
  - hex: "2C4424342524232200047A2A0000000406D0070000426CFF2C4406DC050000C40106AA050000C4020678050000"
    reading: { energy: 2000, energy_at_due_date: 1500, due_date: 2023-12-31, energy_history_2: 1450, energy_history_2_date: 2023-10-31, energy_history_4: 1400, energy_history_4_date: 2023-08-31 }

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

"""#),
        ("techem/compact-v", #"""
maker: Techem
model: compact V
detect:
  - { manufacturer: TCH, payload: techem_compact_5 }
fields:
  - { name: energy, quantity: energy, kind: register, about: Total energy }
  - { name: energy_at_due_date, quantity: energy, storage: 1, kind: stored, about: Total energy at the last due date }
telegrams:
  - hex: "1E446850655040304543A1009F31686000004D050000000000000000000000"
    reading: { energy: 26037, energy_at_due_date: 24680, energy_since_due_date: 1357 }

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
telegrams:
  - hex: "1D446850625040309572A2066329D2009006220000000000000000000000"
    reading: { volume: 24.4, volume_at_due_date: 21.0, volume_since_due_date: 3.4 }

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
telegrams:
  - hex: "1D4468506650403027C3A2129F31481200004D0500000000000000000000"
    reading: { energy: 6037, energy_unit: MJ, energy_at_due_date: 4680, energy_since_due_date: 1357 }

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

"""#),
    ]
}
