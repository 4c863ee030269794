import Decoder
import Glibc
import TestSupport
import Testing
import Wire

@testable import Gateway

@Suite struct MeterDefinitionTests {
    private static let head = "maker: Acme\nmodel: Flow 3\n"
    private static let detect = "detect:\n  - { manufacturer: ACM, version: 0x01, type: 0x07 }\n"

    struct FaultCase: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        /// Of the first fault: its line, and a part of what it says.
        let line: Int
        let message: String
        var testDescription: String { name }
    }

    static let faults = [
        FaultCase(name: "nothing", text: "", line: 0, message: "the file is empty"),
        FaultCase(
            name: "no maker", text: "model: x\n" + detect, line: 1, message: "this key is missing"),
        FaultCase(
            name: "no meter", text: head, line: 1, message: "nothing says which meter this is"),
        FaultCase(
            name: "letters", text: head + "detect:\n  - { manufacturer: AC, version: 0x01 }\n",
            line: 4, message: "write its three letters"),
        FaultCase(
            name: "version", text: head + "detect:\n  - { manufacturer: ACM, version: 0x101 }\n",
            line: 4, message: "this is no octet"),
        FaultCase(
            name: "payload", text: head + "detect:\n  - { manufacturer: ACM, payload: x }\n",
            line: 4, message: "known are"),
        FaultCase(
            name: "sender", text: head + "detect:\n  - { manufacturer: ACM, sender_type: 0x37 }\n",
            line: 4, message: "the sender's manufacturer is missing"),
        FaultCase(
            name: "quantity",
            text: head + detect + "fields:\n  - { name: x, quantity: volum, storage: 1 }\n",
            line: 6, message: "did you mean 'volume'?"),
        FaultCase(
            name: "no record", text: head + detect + "fields:\n  - { name: x }\n", line: 6,
            message: "which record is meant?"),
        FaultCase(
            name: "present value",
            text: head + detect + "fields:\n  - { name: total, quantity: volume }\n", line: 6,
            message: "always published as 'volume'"),
        FaultCase(
            name: "name", text: head + detect + "fields:\n  - { name: A b, codes: 02FF20 }\n",
            line: 6, message: "small letters"),
        FaultCase(
            name: "same name",
            text: head + detect
                + "fields:\n  - { name: x, codes: 02FF20 }\n  - { name: x, codes: 02FF21 }\n",
            line: 7, message: "line 6"),
        FaultCase(
            name: "storage",
            text: head + detect + "fields:\n  - { name: x, quantity: volume, storage: 3..2 }\n",
            line: 6, message: "no storage number"),
        FaultCase(
            name: "qualifier",
            text: head + detect + "fields:\n  - { name: x, quantity: volume, qualifiers: up }\n",
            line: 6, message: "no qualifier"),
        FaultCase(
            name: "bits", text: head + detect + "status: { low: x }\n", line: 5,
            message: "this is no number"),
        FaultCase(
            name: "medium", text: head + "medium: wather\n" + detect, line: 3,
            message: "('water' perhaps?)"),
        FaultCase(
            name: "type",
            text: head + detect + "fields:\n  - { name: x, codes: 02FF20, type: date }\n",
            line: 6, message: "this word is not known"),
        FaultCase(
            name: "mask", text: head + detect + "errors:\n  - { field: error_flags, mask: low }\n",
            line: 6, message: "this is no number"),
        FaultCase(
            name: "sum of nothing",
            text: head + detect
                + "fields:\n  - { name: x, quantity: power, storage: 1, sum_of: power_l1 }\n",
            line: 6, message: "'power_l1' of its sum is no field"),
        FaultCase(
            name: "sum with codes",
            text: head + detect
                + "fields:\n  - { name: y, codes: 02FF21 }\n  - { name: x, codes: 02FF20, sum_of: y }\n",
            line: 7, message: "a sum has a quantity"),
        FaultCase(
            name: "base",
            text: head + detect + "storage_series:\n  - { storage: 2..4, base: now }\n", line: 6,
            message: "write clock"),
    ]

    @Test(arguments: faults)
    func fault(_ c: FaultCase) throws {
        let (definition, faults) = MeterDefinitionReader.read(Array(c.text.utf8), id: "acme/flow3")
        #expect(definition == nil)
        let fault = try #require(faults.first)
        #expect(fault.line == c.line)
        #expect(fault.message.contains(c.message), "\(fault)")
    }

    @Test func everyPrefixIsRead() {
        let text = Array(
            (Self.head + Self.detect
                + """
                fields:
                  - { name: volume_month, quantity: volume, storage: 2..4 }
                errors:
                  - { field: error_flags, bits: { 0x01: low } }
                storage_series:
                  - { storage: 2..4, base: clock, step: month }
                telegrams:
                  - { hex: "00", reading: { volume: 1 } }
                """).utf8)
        for count in text.indices {
            _ = MeterDefinitionReader.read(Array(text[..<count]), id: "x")
        }
        #expect(MeterDefinitionReader.read(text, id: "x").0 != nil)
    }

    // MARK: Which one is taken

    private func definition(_ id: String, _ detect: String, _ rest: String = "") throws
        -> MeterDefinition
    {
        let text = "maker: Acme\nmodel: \(id)\ndetect:\n  - { \(detect) }\n" + rest
        let (definition, faults) = MeterDefinitionReader.read(Array(text.utf8), id: id)
        #expect(faults == [])
        return try #require(definition)
    }

    private func json(_ hex: String, _ users: [MeterDefinition]) throws -> JSONValue {
        var json = JSONWriter()
        OfflineDecoder(catalogue: MeterCatalogue(users: users)).appendJSON(
            of: Array(hex.utf8).span, key: nil, to: &json)
        return try JSONValue(parsing: json.span)
    }

    /// ACM 12345678, version 01, type 07: clock 2024-05-16, total 12.345 m³, storages 2 and 3.
    private static let telegram =
        "2F446D047856341201077A2A000000046D0A0A1035041339300000840113"
        + "20300000C401131030000084021300300000"

    @Test func mostSpecificFirst() throws {
        let users = [
            try definition("any", "manufacturer: ACM"),
            try definition("version", "manufacturer: ACM, version: 0x01"),
            try definition("both", "manufacturer: ACM, version: 0x01, type: 0x07"),
            try definition("other", "manufacturer: ACM, version: 0x02, type: 0x07"),
        ]
        let reading = try json(Self.telegram, users)
        #expect(reading["meter_definition"]?.string == "both")
        #expect(reading["meter_detected_by"]?.string == "ACM, version 01, type 07")
        #expect(try json(Self.telegram, [users[3]])["meter_definition"] == nil)
        #expect(try json(Self.telegram, [users[3], users[0]])["meter_definition"]?.string == "any")
    }

    /// A user's definition stands above a built-in one that asks for as much.
    @Test func usersFirst() throws {
        let hydrus =
            "1A44A5117856341270077A2A000000041339300000441310270000"
        let user = try definition("mine", "manufacturer: DME, version: 0x70, type: 0x07")
        #expect(try json(hydrus, [])["meter_definition"]?.string == "diehl/hydrus")
        #expect(try json(hydrus, [user])["meter_definition"]?.string == "mine")
    }

    @Test func ambiguity() throws {
        let version = try definition("a", "manufacturer: ACM, version: 0x01")
        let type = try definition("b", "manufacturer: ACM, type: 0x07")
        let both = try definition("c", "manufacturer: ACM, version: 0x01, type: 0x07")
        #expect(version.isAmbiguous(with: type))
        #expect(!version.isAmbiguous(with: both))
        let other = try definition("d", "manufacturer: ACM, version: 0x02, type: 0x07")
        #expect(!both.isAmbiguous(with: other))
        let behind = try definition("e", "manufacturer: ACM, ci: 0x7A, sender_manufacturer: XYZ")
        let elsewhere = try definition("f", "manufacturer: ACM, ci: 0x72, sender_manufacturer: XYZ")
        #expect(!behind.isAmbiguous(with: elsewhere))
    }

    @Test func namesAndDates() throws {
        let user = try definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: volume_month, quantity: volume, storage: 2..12 }
            storage_series:
              - { storage: 2..12, base: period_end, step: month, order: newest_first }
            """)
        let reading = try json(Self.telegram, [user])
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
        let user = try definition(
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
        let reading = try json("1B446D047856341201077A2A40000002FF2A7B0001FF100201FF1141", [user])
        #expect(reading["peak_pressure"]?.double == 1.23)
        #expect(reading["peak_pressure_unit"]?.string == "bar")
        #expect(reading["error_text"]?.string == "valve stuck, leak, 0x40")
        #expect(reading["status_text"]?.string == "lid open")
        #expect(reading["status"]?.string == "MFCT_40")
    }

    /// Numbers that are added up: the largest fits first, and what is left is not swallowed.
    @Test func sums() throws {
        let user = try definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: alarms, codes: 02FF11 }
            errors:
              - { field: alarms, sums: { 10: dry, 1000: battery, 30: reverse flow } }
            """)
        let head = "13446D047856341201077A2A40000002FF11"
        #expect(try json(head + "0604", [user])["error_text"]?.string == "battery, reverse flow")
        #expect(try json(head + "0F00", [user])["error_text"]?.string == "dry, 5")
        #expect(try json(head + "0000", [user])["error_text"]?.string == "none")
    }

    /// What the record does not say: text, bits, and numbers with a sign, of a maker's record; a unit
    /// that is not the record's.
    @Test func types() throws {
        let user = try definition(
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
        let octets = try Hex.octets("44" + "6D0478563412" + "0107" + "7A2A000000" + records)
        for units in [PublishedUnits.decided, .original] {
            var json = JSONWriter()
            OfflineDecoder(units: units, catalogue: MeterCatalogue(users: [user])).appendJSON(
                of: Array(Hex.text([UInt8(octets.count)] + octets).utf8).span, key: nil, to: &json)
            let reading = try JSONValue(parsing: json.bytes.span)
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
        let user = try definition(
            "flow", "manufacturer: ACM",
            """
            fields:
              - { name: power, quantity: power, sum_of: power_l1 power_l2 }
              - { name: power_l1, quantity: power, codes: "01" }
              - { name: power_l2, quantity: power, codes: "02" }
            """)
        let octets = try Hex.octets(
            ("44" + "6D0478563412" + "0107" + "7A2A000000" + records).filter { $0 != " " })
        let reading = try json(Hex.text([UInt8(octets.count)] + octets), [user])
        #expect(reading["power"]?.double == power)
        #expect(reading["power_unit"]?.string == (power == nil ? nil : "W"))
        #expect(reading["payload"]?.string == Hex.text(octets.dropFirst(14)))
    }

    // MARK: Names for ever

    @Test func publishedFields() throws {
        let before = PublishedFields(parsing: "# list\nflow volume m³\nflow slope K\n")
        let fields = "fields:\n  - { name: volume, quantity: volume }\n"
        let sample = "telegrams:\n  - { hex: 10446D0478563412010778" + "0413D2040000 }\n"
        let user = try definition(
            "flow", "manufacturer: ACM",
            fields + "  - { name: more, codes: 02FF02 }\n"
                + sample)
        let now = PublishedFields(of: [user])
        #expect(now.lines == ["flow volume m³"])
        #expect(now.missing(of: before) == ["flow slope K"])
        #expect(now.untested(in: [user]) == ["flow more"])
        #expect(now.text(with: before).hasSuffix("flow slope K\nflow volume m³\n"))
        #expect(PublishedFields(parsing: now.text(with: before)) == before)
    }

    // MARK: Its telegrams

    @Test(
        arguments: [
            ("\(telegram), reading: { volume: 12.3450, volume_storage2: 12.32 }", nil),
            (
                "\"…\", reading: { volume: 1 }",
                "this telegram gives no reading. The telegram is not hex"
            ),
            (
                "\(telegram), reading: { volume: 12.346 }",
                "'volume' of this telegram is 12.345, and not"
            ),
            ("\(telegram), reading: { total: 1 }", "this telegram has no value 'total'"),
            (
                "10446D0478563412010778" + "0413D2040000, reading: { volume: 1.234 }",
                "read by no definition: compare 'detect'"
            ),
        ] as [(String, String?)])
    func telegrams(sample: String, message: String?) throws {
        let user = try definition(
            "flow", "manufacturer: ACM, ci: 0x7A", "telegrams:\n  - { hex: \(sample) }\n")
        let faults = user.faultsOfTelegrams()
        #expect(faults.count == (message == nil ? 0 : 1))
        #expect(faults.allSatisfy { $0.severity == .warning && $0.line == 6 })
        if let message { #expect(faults.first?.message.contains(message) == true, "\(faults)") }
    }

    // MARK: The user's folder

    @Test func folder() throws {
        let directory = TemporaryDirectory()
        let text = Self.head + Self.detect
        try write(text, to: directory.file("a.yaml"))
        try write(text, to: directory.file("b.yaml"))
        try write("maker: [", to: directory.file("c.yaml"))
        let sample = "telegrams:\n  - { hex: \(Self.telegram), reading: { volume: 1 } }\n"
        let other = "detect:\n  - { manufacturer: ACM, version: 0x01 }\n"
        try write(Self.head + other + sample, to: directory.file("d.yaml"))
        try write("no definition", to: directory.file("readme.txt"))
        let (definitions, faults) = MeterDefinitionFolder(directory.path).load()
        #expect(definitions.map(\.id) == ["a", "d"])
        #expect(
            faults.map { $0.path } == ["b.yaml", "c.yaml", "d.yaml"].map { directory.file($0) })
        #expect(faults.last?.fault.severity == .warning)
        #expect(faults.first?.fault.message.contains("fits the same meters as a") == true)
        #expect(MeterDefinitionFolder(directory.file("none")).load().0.isEmpty)
    }

    private func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }
}
