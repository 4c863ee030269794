import Decoder
import Testing
import Wire

@testable import Gateway

/// Which definition is taken for a meter, and what becomes of its records.
@Suite struct MeterDefinitionUseTests {
    // MARK: Which one is taken

    @Test func mostSpecificFirst() throws {
        let users = [
            try AcmeMeter.definition("any", "manufacturer: ACM"),
            try AcmeMeter.definition("version", "manufacturer: ACM, version: 0x01"),
            try AcmeMeter.definition("both", "manufacturer: ACM, version: 0x01, type: 0x07"),
            try AcmeMeter.definition("other", "manufacturer: ACM, version: 0x02, type: 0x07"),
        ]
        let reading = try AcmeMeter.reading(AcmeMeter.telegram, users)
        #expect(reading["meter_definition"]?.string == "both")
        #expect(reading["meter_detected_by"]?.string == "ACM, version 01, type 07")
        #expect(try AcmeMeter.reading(AcmeMeter.telegram, [users[3]])["meter_definition"] == nil)
        #expect(
            try AcmeMeter.reading(AcmeMeter.telegram, [users[3], users[0]])["meter_definition"]?
                .string == "any")
    }

    /// A user's definition stands above a built-in one that asks for as much.
    @Test func usersFirst() throws {
        let hydrus =
            "1A44A5117856341270077A2A000000041339300000441310270000"
        let user = try AcmeMeter.definition("mine", "manufacturer: DME, version: 0x70, type: 0x07")
        #expect(try AcmeMeter.reading(hydrus, [])["meter_definition"]?.string == "diehl/hydrus")
        #expect(try AcmeMeter.reading(hydrus, [user])["meter_definition"]?.string == "mine")
    }

    @Test func ambiguity() throws {
        let version = try AcmeMeter.definition("a", "manufacturer: ACM, version: 0x01")
        let type = try AcmeMeter.definition("b", "manufacturer: ACM, type: 0x07")
        let both = try AcmeMeter.definition("c", "manufacturer: ACM, version: 0x01, type: 0x07")
        #expect(version.isAmbiguous(with: type))
        #expect(!version.isAmbiguous(with: both))
        let other = try AcmeMeter.definition("d", "manufacturer: ACM, version: 0x02, type: 0x07")
        #expect(!both.isAmbiguous(with: other))
        let behind = try AcmeMeter.definition(
            "e", "manufacturer: ACM, ci: 0x7A, sender_manufacturer: XYZ")
        let elsewhere = try AcmeMeter.definition(
            "f", "manufacturer: ACM, ci: 0x72, sender_manufacturer: XYZ")
        #expect(!behind.isAmbiguous(with: elsewhere))
    }

    @Test func namesAndDates() throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: volume_month, quantity: volume, storage: 2..12 }
            storage_series:
              - { storage: 2..12, base: period_end, step: month, order: newest_first }
            """)
        let reading = try AcmeMeter.reading(AcmeMeter.telegram, [user])
        #expect(reading["volume"]?.double == 12.345)
        #expect(reading["volume_month_1"]?.double == 12.32)
        #expect(reading["volume_month_1_date"]?.string == "2024-04-30")
        #expect(reading["volume_month_2"]?.double == 12.304)
        #expect(reading["volume_month_2_date"]?.string == "2024-03-31")
        #expect(reading["volume_month_3_date"]?.string == "2024-02-29")
        #expect(reading["meter_maker"]?.string == "Acme")
    }

    /// Numbers of the manufacturer's get a unit and a power of ten; bits and values get words, and a
    /// bit without words is not swallowed.
    @Test func unitsAndWords() throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: peak_pressure, codes: 02FF2A, unit: bar, scale: -2 }
              - { name: valve, codes: 01FF10 }
              - { name: alarms, codes: 01FF11 }
            status: { 0x40: lid open }
            errors:
              - { field: valve, values: { 1: valve open, 2: valve stuck } }
              - { field: alarms, bits: { 0x01: leak } }
            """)
        let reading = try AcmeMeter.reading(
            "1B446D047856341201077A2A40000002FF2A7B0001FF100201FF1141", [user])
        #expect(reading["peak_pressure"]?.double == 1.23)
        #expect(reading["peak_pressure_unit"]?.string == "bar")
        #expect(reading["error_text"]?.string == "valve stuck, leak, 0x40")
        #expect(reading["status_text"]?.string == "lid open")
        #expect(reading["status"]?.string == "MFCT_40")
    }

    /// The standard's errors are not told where the maker means something else by their bits.
    @Test func statusBitsOfTheMakersOwn() throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM", "status: { 0x04: battery low, 0x08: module removed }")
        let reading = try AcmeMeter.reading("0E446D047856341201077A2A0C0000", [user])
        #expect(reading["status"]?.string == "POWER_LOW MFCT_8")
        #expect(reading["status_text"]?.string == "battery low, module removed")
    }

    /// Numbers that are added up: the largest fits first, and what is left is not swallowed.
    @Test func sums() throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: alarms, codes: 02FF11 }
            errors:
              - { field: alarms, sums: { 10: dry, 1000: battery, 30: reverse flow } }
            """)
        let head = "13446D047856341201077A2A40000002FF11"
        #expect(
            try AcmeMeter.reading(head + "0604", [user])["error_text"]?.string
                == "battery, reverse flow")
        #expect(try AcmeMeter.reading(head + "0F00", [user])["error_text"]?.string == "dry, 5")
        #expect(try AcmeMeter.reading(head + "0000", [user])["error_text"]?.string == "none")
    }

    /// What the record does not say: text, bits, and numbers with a sign, of a maker's record; a unit
    /// that is not the record's.
    @Test func types() throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM",
            """
            medium: heat cost
            fields:
              - { name: article, codes: 0DFF01, type: text }
              - { name: flags, codes: 02FF02, type: bits }
              - { name: slope, codes: 02FF03, type: signed, scale: -1, unit: K }
              - { name: broken, codes: 01FF03, type: signed }
              - { name: bcd, codes: 0AFF04, type: signed }
              - { name: reactive_energy, quantity: energy, tariff: 1, unit: kvarh }
            errors:
              - { field: flags, mask: 0x0F, bits: { 0x01: leak } }
            """)
        let records =
            "0DFF01034B2D41" + "02FF022140" + "02FF03FBFF" + "01FF0380" + "0AFF041203"
            + "841003D2040000"
        for units in [PublishedUnits.decided, .original] {
            let reading = try AcmeMeter.reading(
                ofRecords: Hex.octets(records), [user], units: units)
            #expect(reading["article"]?.string == "A-K")
            #expect(reading["flags"]?.string == "4021")
            #expect(reading["error_text"]?.string == "leak")
            #expect(reading["slope"]?.double == -0.5)
            #expect(reading["slope_unit"]?.string == "K")
            #expect(reading["broken"] == .null)
            #expect(reading["bcd"]?.double == 312)
            #expect(reading["reactive_energy"]?.double == 1.234)
            #expect(reading["reactive_energy_unit"]?.string == "kvarh")
            #expect(reading["proto"]?["device_medium"]?.string == "Heat Cost Allocator")
        }
    }

    /// Each part once, all in one unit, and not what the meter sends itself.
    @Test(
        arguments: [
            ("04ABFF01 64000000 04ABFF02 9CFFFFFF 026CFF2C", 0),
            ("02AAFF01 E803 02AAFF02 6400 026C2F2F", 110),
            ("04ABFF01 64000000 042B 07000000 04ABFF02 64000000", 7),
            ("04ABFF01 64000000", nil), ("04ABFF01 64000000 04ABFF01 64000000", nil),
            ("04ABFF01 64000000 04ABFF02 00000080", nil),
            ("04ABFF01 64000000 04B0FF02 64000000", nil),
        ] as [(String, Double?)])
    func sumOfFields(records: String, power: Double?) throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: power, quantity: power, sum_of: power_l1 power_l2 }
              - { name: power_l1, quantity: power, codes: "01" }
              - { name: power_l2, quantity: power, codes: "02" }
            """)
        let reading = try AcmeMeter.reading(ofRecords: Hex.octets(records), [user])
        #expect(reading["power"]?.double == power)
        #expect(reading["power_unit"]?.string == (power == nil ? nil : "W"))
        #expect(reading["payload"]?.string == records.filter { $0 != " " })
    }

    // MARK: Its telegrams

    @Test(
        arguments: [
            ("\(AcmeMeter.telegram), reading: { volume: 12.3450, volume_storage2: 12.32 }", nil),
            (
                "\"…\", reading: { volume: 1 }",
                "this telegram gives no reading. The telegram is not hex"
            ),
            (
                "\(AcmeMeter.telegram), reading: { volume: 12.346 }",
                "'volume' of this telegram is 12.345, and not"
            ),
            ("\(AcmeMeter.telegram), reading: { total: 1 }", "this telegram has no value 'total'"),
            (
                "10446D0478563412010778" + "0413D2040000, reading: { volume: 1.234 }",
                "read by no definition: compare 'detect'"
            ),
        ] as [(String, String?)])
    func telegrams(sample: String, message: String?) throws {
        let user = try AcmeMeter.definition(
            "flow", "manufacturer: ACM, ci: 0x7A", "telegrams:\n  - { hex: \(sample) }\n")
        let faults = user.faultsOfTelegrams()
        #expect(faults.count == (message == nil ? 0 : 1))
        #expect(faults.allSatisfy { $0.severity == .warning && $0.line == 6 })
        if let message { #expect(faults.first?.message.contains(message) == true, "\(faults)") }
    }
}
