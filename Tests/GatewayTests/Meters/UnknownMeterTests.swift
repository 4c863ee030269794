import TestSupport
import Testing
import Wire

@testable import Decoder
@testable import Gateway

/// Meters of makers that nobody has heard of: all their standard records, sensibly named.
@Suite struct UnknownMeterTests {
    static let telegrams: [(hex: String, names: [String])] = [
        (
            "0C1345230100 4C1300000100 CC0113000000 01 426C9F2C 8C1013 01000000 04933C 01000000"
                + "023B0500 523B0700 025AD300 02650A01 02FD1700 00 02FD740A05",
            [
                "volume", "volume_storage1", "volume_storage3", "date_storage1", "volume_tariff1",
                "volume_backward", "volume_flow", "volume_flow_max_storage1", "flow_temperature",
                "external_temperature", "error_flags", "remaining_battery_life",
            ]
        ),
        (
            "04051027 0000 04853C 01000000 8410 05 01000000 8420 05 01000000 042B 90010000"
                + "04AB3C 00000000 02FDC8FC01 FC08 02FDC8FC02 FD08 04FDD9FC01 10000000 02FB2E F401"
                + "04FB827501000000 04FB14 01000000",
            [
                "energy", "energy_backward", "energy_tariff1", "energy_tariff2", "power",
                "power_backward", "voltage_l1", "voltage_l2", "current_l1", "frequency",
                "reactive_energy", "reactive_power",
            ]
        ),
        (
            "046D0A0A1035 0406 01000000 040E 05000000 0414 01000000 8440 14 02000000 025B2A00"
                + "025F1E00 0261E803 0422 01000000 3422 00000000 0426 02000000 4406 00000000"
                + "426CFF2C 42EC7E1F3C",
            [
                "date_time", "energy", "energy_2", "volume", "volume_subunit1", "flow_temperature",
                "return_temperature", "temperature_difference", "on_time", "on_time_at_error",
                "operation_time", "energy_storage1", "date_storage1", "date_future_storage1",
            ]
        ),
        (
            // A date, a step of a month, and the values of the months before.
            "82046C FF2C 8104FD28 01 840413 03000000 C40413 02000000 840513 01000000",
            [
                "date_storage8", "storage_interval_storage8", "volume_storage8", "volume_storage9",
                "volume_storage9_date", "volume_storage10", "volume_storage10_date",
            ]
        ),
    ]

    @Test(arguments: telegrams)
    func names(hex: String, names: [String]) throws {
        let reading = try AcmeMeter.reading(ofRecords: try Hex.octets(hex.filter { $0 != " " }))
        let keys = try #require(reading.members).map(\.key)
        #expect(Set(keys).count == keys.count)
        for name in names { #expect(keys.contains(name), "\(name) in \(keys)") }
        #expect(reading["records_end"] == nil)
        // Nothing beside them.
        let others = keys.filter {
            !names.contains($0) && !$0.hasSuffix("_unit")
                && !["payload", "status", "proto", "time_of_readout"].contains($0)
        }
        #expect(others == [])
    }

    /// One unit for each kind of value, whatever the meter counts in.
    @Test(arguments: [
        ("04FB18 05000000", "mass", 500_000, "kg"), ("041B 05000000", "mass", 5, "kg"),
        ("04FB00 05000000", "energy", 500, "kWh"), ("0403 05000000", "energy", 0.005, "kWh"),
        ("04FB08 05000000", "energy", 500, "MJ"), ("04FB0D 05000000", "energy", 5, "Mcal"),
        ("04FB28 05000000", "power", 500_000, "W"), ("0430 40420F00", "power", 1, "MJ/h"),
        ("0441 05000000", "volume_flow", 0.0003, "m³/h"),
        ("044A 05000000", "volume_flow", 0.0018, "m³/h"),
    ])
    func units(hex: String, name: String, value: Double, unit: String) throws {
        let reading = try AcmeMeter.reading(ofRecords: try Hex.octets(hex.filter { $0 != " " }))
        #expect(abs((reading[name]?.double ?? .nan) - value) < value * 1e-9)
        #expect(reading[name + "_unit"]?.string == unit)
    }

    private static let tables: [(prefix: [UInt8], entries: [VIFEntry])] = [
        ([], VIFEntry.primary), ([0xFB], VIFEntry.extensionFB), ([0xFD], VIFEntry.extensionFD),
        ([0xFD, 0xFD], VIFEntry.extensionFDFD),
    ]
    /// Octets behind DIF and VIF for each data field that has some.
    private static let data: [UInt8: [UInt8]] = [
        1: [5], 2: [0x12, 5], 3: [0x12, 0, 5], 4: [0x12, 5, 0, 0], 5: [0, 0, 0xA0, 0x40],
        6: [0x12, 5, 0, 0, 0, 0], 7: [0x12, 5, 0, 0, 0, 0, 0, 0], 9: [0x12], 10: [0x12, 5],
        11: [0x12, 5, 0], 12: [0x12, 5, 0, 0], 13: [4, 0x41, 0x42, 0x43, 0x44],
        14: [0x12, 5, 0, 0, 0, 0],
    ]
    /// Function, DIFE, and what they are in a name.
    private static let places: [(dif: UInt8, dife: UInt8?, words: String)] = [
        (0x00, nil, ""), (0x50, nil, "_max_storage1"),
        (0x20, 0x58, "_min_tariff1_subunit1_storage16"),
        (0x70, 0x23, "_at_error_tariff2_storage7"),
    ]
    /// Those that another one stands for, so that values can be compared.
    private static let unitsNeverPublished: Set<String> = [
        "Wh", "MWh", "J", "GJ", "MW", "J/h", "GJ/h", "m³/min", "m³/s", "t",
    ]

    /// Every code of the standard, in every data field, for every place: one value, named after its
    /// quantity, with the unit that values of its kind have.
    @Test(arguments: 0..<4)
    func everyCode(table: Int) throws {
        let (prefix, entries) = Self.tables[table]
        // Behind 7C a unit's text follows.
        for code in UInt8(0)...0x7F where !(prefix.isEmpty && code == 0x7C) {
            let entry = entries[Int(code)]
            for (field, octets) in Self.data {
                for (dif, dife, words) in Self.places {
                    let difes = dife.map { [$0] } ?? []
                    let header =
                        [dif | field | (dife == nil ? 0 : 0x80)] + difes + prefix + [code]
                    let name =
                        entry.quantity.isNamedByHeader
                        ? "\(entry.quantity.rawValue)_\(Hex.text(header).lowercased())"
                        : entry.quantity.rawValue + words
                    try Self.expectOne(name, entry.unit, in: header + octets)
                }
            }
        }
    }

    private static func expectOne(_ name: String, _ unit: Unit, in records: [UInt8]) throws {
        let reading = try AcmeMeter.reading(ofRecords: records)
        let hex = Hex.text(records)
        let value = try #require(reading[name], "\(hex)")
        let published = reading[name + "_unit"]?.string
        if case .number = value {
            #expect((published != nil) == (unit != .none), "\(hex)")
        }
        if let published { #expect(!unitsNeverPublished.contains(published), "\(hex)") }
        let keys = reading.members?.map(\.key) ?? []
        let others = Set(keys).subtracting([
            name, name + "_unit", name + "_error", "payload", "status", "proto", "time_of_readout",
        ])
        #expect(others == [], "\(hex)")
    }

    /// What a meter says of its clock stands beside it, and only where it says so.
    @Test(
        arguments: [
            ("32371F15", nil, nil), ("B2371F15", true, nil), ("32B71F15", nil, true),
            ("B2B71F15", true, true),
        ] as [(String, Bool?, Bool?)])
    func clocks(octets: String, invalid: Bool?, summerTime: Bool?) throws {
        let reading = try AcmeMeter.reading(ofRecords: try Hex.octets("446D" + octets))
        #expect(reading["date_time_storage1"]?.string == "2008-05-31T23:50")
        #expect(reading["date_time_storage1_invalid"] == invalid.map { .bool($0) })
        #expect(reading["date_time_storage1_summer_time"] == summerTime.map { .bool($0) })
    }

    /// What means "every" is no time that the meter sent at.
    @Test(arguments: [
        ("026C E1F7", nil), ("026C 2022", nil), ("046D 3F3F1F15", nil),
        ("026C FE04", "30.04.2007"), ("046D 32371F15", "31.05.2008 23:50"),
        ("036D 3B300B", "11:48"),
    ])
    func timesOfReadout(records: String, expected: String?) throws {
        let reading = try AcmeMeter.reading(ofRecords: try Hex.octets(records))
        #expect(reading["time_of_readout"]?.string == expected)
    }

    /// Any standard records in any order: none is lost, no name comes twice.
    @Test func nothingIsLost() throws {
        var generator = SeededGenerator(state: 11)
        let vifs = [
            "13", "06", "0E", "2B", "3B", "5B", "5F", "66", "6E", "FD3A", "FD48", "FB2E",
            "933C", "86FC01", "ABFF02", "FF2A", "FD61", "22", "74", "FB1A",
        ]
        for _ in 0..<300 {
            var records: [UInt8] = []
            var count = 0
            while records.count < 200 {
                let storage = UInt8.random(in: 0...1, using: &generator) << 6
                let function = UInt8.random(in: 0...3, using: &generator) << 4
                records += [0x82 | storage | function]
                records += [UInt8.random(in: 0...0x7F, using: &generator)]
                records += try Hex.octets(try #require(vifs.randomElement(using: &generator)))
                records += [UInt8.random(in: 0...0x7F, using: &generator), 0x01]
                count += 1
            }
            let keys = try #require(try AcmeMeter.reading(ofRecords: records).members).map(\.key)
            #expect(Set(keys).count == keys.count)
            let values = keys.filter {
                !$0.hasSuffix("_unit") && !["payload", "status", "proto"].contains($0)
            }
            #expect(values.count == count)
        }
    }
}
