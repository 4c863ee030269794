import Decoder
import TestSupport
import Testing
import Wire

@testable import Gateway

/// No key of a reading's JSON stands twice, whatever a definition calls its fields.
@Suite struct FieldNamesTests {
    private static func text(_ fields: [String], series: String = "") -> String {
        "maker: Acme\nmodel: Flow 3\ndetect:\n  - { manufacturer: ACM }\nfields:\n"
            + fields.map { "  - { \($0) }\n" }.joined() + series
    }

    private static func read(
        _ fields: [String], series: String = ""
    ) -> (MeterDefinition?, [ConfigurationFault]) {
        MeterDefinitionReader.read(Array(text(fields, series: series).utf8), id: "acme/flow3")
    }

    @Test(arguments: [
        (["name: status, codes: 02FF20"], "stands in readings already"),
        (["name: x, codes: 02FF20", "name: x, codes: 02FF21"], "line 6 has the name 'x' too"),
        (
            ["name: volume_unit, quantity: volume, storage: 1"],
            "the key for the unit of 'volume'"
        ),
        (
            ["name: old, codes: 02FF20", "name: old_date, quantity: date, storage: 1"],
            "the key for a date of 'old'"
        ),
        (
            ["name: old, codes: 02FF20, ", "name: old_other, codes: 02FF21"],
            "the key for another 'old'"
        ),
        (
            [
                "name: month, quantity: volume, storage: 2..4",
                "name: month_3, quantity: volume, storage: 9",
            ], "line 6, 'month', is numbered"
        ),
        (
            [
                "name: month, quantity: volume, storage: 2..4",
                "name: month_3_date, quantity: date, storage: 9",
            ], "the key for a date of 'month_3'"
        ),
    ])
    func faults(fields: [String], message: String) throws {
        let (definition, faults) = Self.read(fields)
        #expect(definition == nil)
        #expect(try #require(faults.first).message.contains(message), "\(faults)")
        #expect(faults.count == 1)
    }

    @Test(arguments: [
        ["name: due_date, quantity: date, storage: 1"],
        ["name: on_time_at_error, quantity: on_time, function: at_error"],
        ["name: flags, codes: 02FF20", "name: flags_2, codes: 02FF21"],
        ["name: month, quantity: volume, storage: 2..4", "name: month_4, codes: 02FF20"],
    ])
    func noFaults(fields: [String]) {
        #expect(Self.read(fields).1 == [])
    }

    /// The field keeps its name, whether or not the telegram has the other record.
    @Test func anotherRecordsName() throws {
        let user = try #require(
            Self.read(["name: power, quantity: power, codes: \"00\""]).0)
        let both = try AcmeMeter.reading(
            ofRecords: Hex.octets("042B01000000 04ABFF0002000000"), [user])
        #expect(both["power"]?.double == 2)
        #expect(both["power_other"]?.double == 1)
        let alone = try AcmeMeter.reading(
            ofRecords: Hex.octets("042B01000000 042B03000000"), [user])
        #expect(alone["power"] == nil)
        #expect(alone["power_other"]?.double == 1)
        #expect(alone["power_2_other"]?.double == 3)
    }

    @Test func aSecondValuesName() throws {
        let user = try #require(
            Self.read(["name: flags, codes: 01FF20", "name: flags_2, codes: 01FF21"]).0)
        let reading = try AcmeMeter.reading(
            ofRecords: Hex.octets("01FF2001 01FF2002 01FF2103 01FF2004"), [user])
        #expect(reading["flags"]?.double == 1)
        #expect(reading["flags_2_repeated"]?.double == 2)
        #expect(reading["flags_2"]?.double == 3)
        #expect(reading["flags_3"]?.double == 4)
    }

    /// A VIFE 7F without codes is not the plain quantity.
    @Test func manufacturersVIFE() throws {
        let user = try #require(Self.read(["name: power, quantity: power"]).0)
        let reading = try AcmeMeter.reading(ofRecords: Hex.octets("01AB7F01 012B02"), [user])
        #expect(reading["power_mfct"]?.double == 1)
        #expect(reading["power"]?.double == 2)
    }

    /// What a record of the standard may be called, and what it may not.
    @Test(arguments: [
        ("power", true), ("power_l1", true), ("power_2", true), ("energy_tariff1_storage2", true),
        ("volume_at_error", true), ("power_mfct01_2", true), ("unknown_02fb06", true),
        ("battery_voltage", true), ("volume_flow_upper_limit_exceed_last_begin", true),
        ("volume_per_input_pulse_0", true), ("volume_at_due_date", false), ("powers", false),
        ("power_", false), ("energy_of_heat", false), ("tariff1", false), ("", false),
    ])
    func possibleNames(name: String, isPossible: Bool) {
        #expect(RecordName.isPossible(name) == isPossible)
    }

    /// Definitions at random that have no fault, telegrams at random: no key comes twice.
    @Test func noKeyStandsTwice() throws {
        var generator = SeededGenerator(state: 5)
        let names = [
            "power", "power_2", "power_l1", "power_other", "power_2_other", "power_date", "x",
            "x_2",
            "x_2_other", "x_date", "x_repeated", "x_2_repeated", "volume_storage2", "volume",
            "volume_unit", "power_mfct00", "power_mfct", "unknown_011c01", "x_1", "x_1_2",
        ]
        let records = [
            "quantity: power", "quantity: power, codes: \"00\"", "quantity: power, codes: \"01\"",
            "quantity: volume, storage: 2..4", "quantity: volume, storage: 2", "codes: 01FF20",
            "quantity: volume", "quantity: power, qualifiers: l1",
            "quantity: power, qualifiers: mfct", "quantity: volume, storage: 3",
            "quantity: date", "codes: 017B",
        ]
        let octets = try [
            "012B01", "01ABFF0002", "01ABFF0103", "01AB7F04", "01ABFC0105", "81011306",
            "C1011307", "81021308", "011309", "01FF2001", "01FF2102", "017B01", "026CFF2C",
            "026C0000",
        ].map { try Hex.octets($0) }
        var sound = 0
        for _ in 0..<3000 {
            let fields = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                "name: \(names.randomElement(using: &generator) ?? ""), "
                    + (records.randomElement(using: &generator) ?? "")
            }
            let series =
                Bool.random(using: &generator)
                ? "storage_series:\n  - { storage: 1..4, base: clock, step: day }\n" : ""
            guard let user = Self.read(fields, series: series).0 else { continue }
            sound += 1
            let telegram = (0..<16).flatMap { _ in
                octets.randomElement(using: &generator) ?? []
            }
            let keys = try #require(try AcmeMeter.reading(ofRecords: telegram, [user]).members).map(
                \.key)
            let twice = Dictionary(grouping: keys) { $0 }.filter { $1.count > 1 }.keys.sorted()
            #expect(twice == [], "\(fields)")
        }
        #expect(sound > 500)
    }

    /// `taken` has all keys that are no values.
    @Test func keysOfReadings() throws {
        for definition in MeterCatalogue().all {
            for sample in definition.telegrams {
                let frame = try OfflineDecoder.frame(ofHex: Array(sample.hex.utf8).span)
                let reading = try OfflineDecoder().reading(
                    of: frame.octets, format: frame.format,
                    key: sample.key.flatMap { MeterKey(hex: $0) })
                var json = JSONWriter()
                ReadingJSON(tellsDetection: true).append(
                    reading,
                    reception: Reception(
                        time: WallTime(seconds: 1), receiver: "attic", signalStrength: -70),
                    to: &json)
                let keys = try #require(try JSONValue(parsing: json.bytes.span).members).map(\.key)
                let values = reading.records.indices.map { index in
                    var name = TextBuffer(reserving: 64)
                    reading.appendName(of: index, to: &name)
                    return name.text
                }
                for key in keys where !FieldNames.taken.contains(key) {
                    #expect(
                        values.contains(key)
                            || FieldNames.endings.contains { ending in
                                key.hasSuffix(ending.ending)
                                    && values.contains(
                                        String(key.dropLast(ending.ending.count)))
                            }, "\(key) of \(definition.id)")
                }
            }
        }
    }
}
