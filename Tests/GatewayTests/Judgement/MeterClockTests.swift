import Testing
import Wire

@testable import Decoder
@testable import Gateway

@Suite struct MeterClockTests {
    static let cases: [(MeterTime, Int64?)] = [
        (
            MeterTime(precision: .minute, year: 2008, month: 5, day: 31, hour: 23, minute: 50),
            1_212_277_800
        ),
        (
            MeterTime(
                precision: .second, year: 2024, month: 2, day: 29, hour: 12, minute: 0, second: 1),
            1_709_208_001
        ),
        (MeterTime(precision: .date, year: 2026, month: 3, day: 1), 1_772_323_200),
        (MeterTime(precision: .date, year: 2100, month: 12, day: 31), 4_133_894_400),
        // The leap second and an open second count as near as can be told.
        (
            MeterTime(
                precision: .second, year: 2001, month: 1, day: 1, hour: 0, minute: 0, second: 60),
            978_307_259
        ),
        (
            MeterTime(
                precision: .minute, year: 2001, month: 1, day: 1, hour: 0, minute: 0, second: nil),
            978_307_200
        ),
        // Not to be trusted, never set, incomplete, impossible.
        (MeterTime(precision: .minute, year: 2024, month: 1, day: 1, invalid: true), nil),
        (MeterTime(precision: .minute, year: 2000, month: 1, day: 1), nil),
        (MeterTime(precision: .minute, year: nil, month: 1, day: 1), nil),
        (MeterTime(precision: .minute, year: 2024, month: nil, day: 1), nil),
        (MeterTime(precision: .minute, year: 2024, month: 13, day: 1), nil),
        (MeterTime(precision: .date, year: 2024, month: 1, day: 0), nil),
        (MeterTime(precision: .minute, year: 2024, month: 1, day: 1, hour: nil), nil),
        (MeterTime(precision: .minute, year: 2024, month: 1, day: 1, hour: 24), nil),
        (MeterTime(precision: .minute, year: 2024, month: 1, day: 1, minute: 60), nil),
        (MeterTime(precision: .timeOfDay, year: 2024, month: 1, day: 1), nil),
        (
            MeterTime(
                precision: .second, year: .max, month: 12, day: 31, hour: 23, minute: 59,
                second: .max), 2_005_949_145_599
        ),
    ]

    @Test(arguments: cases.indices)
    func seconds(_ index: Int) {
        let (time, expected) = Self.cases[index]
        #expect(MeterClock(time)?.seconds == expected)
    }

    @Test func thePresentTimeAmongRecords() {
        func record(
            _ quantity: Quantity, day: UInt8, storage: UInt64 = 0,
            function: FunctionField = .instantaneous, named name: VendorName? = nil
        ) -> DataRecord {
            let precision: MeterTime.Precision = quantity == .date ? .date : .minute
            return PlausibilityTests.record(
                quantity, unit: .none,
                value: .time(MeterTime(precision: precision, year: 2024, month: 1, day: day)),
                function: function, storage: storage, named: name)
        }
        func day(_ records: [DataRecord]) -> Int64? {
            MeterClock(in: records).map { ($0.seconds - 1_704_067_200) / 86_400 + 1 }
        }
        #expect(day([]) == nil)
        #expect(day([record(.date, day: 1, storage: 1), record(.date, day: 9)]) == 9)
        #expect(day([record(.date, day: 9), record(.dateTime, day: 8)]) == 8)
        #expect(day([record(.dateTime, day: 7, function: .maximum)]) == nil)
        #expect(day([record(.dateTime, day: 7, storage: 3)]) == nil)
        #expect(day([record(.date, day: 7, named: .fraudDate)]) == nil)
        #expect(day([PlausibilityTests.record()]) == nil)
    }
    /// A meter that tells the day of a fraud, and no time of its own.
    @Test func theDayOfAFraudIsNotTheReadouts() throws {
        let telegram = "1A44B40960504030 1307 7A2A000000 0C1378560400 0F02A024F512"
        var json = JSONWriter()
        OfflineDecoder().appendJSON(
            of: Array(telegram.filter { $0 != " " }.utf8).span, key: nil, to: &json)
        let reading = try JSONValue(parsing: json.span)
        #expect(reading["fraud_date"]?.string == "2024-05-12")
        #expect(reading["time_of_readout"] == nil)
    }
}
