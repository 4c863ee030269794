import Testing
import Wire

@testable import Decoder

@Suite struct TimeTypeTests {
    static let cases = [
        RecordCase("G: date", "02 6C FE04", "date = 2007-04-30"),
        RecordCase("G: another", "02 6C 7F21", "date = 2019-01-31"),
        RecordCase("G: year 80", "02 6C 01A1", "date = 2080-01-01"),
        RecordCase("G: year 81", "02 6C 21A1", "date = 1981-01-01"),
        RecordCase("G: year 99", "02 6C 7FC1", "date = 1999-01-31"),
        RecordCase("G: year 100", "02 6C 81C1", "date = unknown invalidPattern"),
        RecordCase("G: every year", "02 6C E1F7", "date = ****-07-01"),
        RecordCase("G: every month", "02 6C 3F2F", "date = 2017-**-31"),
        RecordCase("G: every day", "02 6C 2022", "date = 2017-02-**"),
        RecordCase("G: not set, ones", "02 6C FFFF", "date = unknown notSet"),
        RecordCase("G: not set, zeros", "02 6C 0000", "date = unknown notSet"),
        RecordCase("G: month 13", "02 6C 210D", "date = unknown invalidPattern"),
        RecordCase("G: month 0", "02 6C 2100", "date = unknown invalidPattern"),
        RecordCase("G: 30 February", "02 6C 1E02", "date = unknown invalidPattern"),
        RecordCase("G: 29 February 2020", "02 6C 9D22", "date = 2020-02-29"),
        RecordCase("G: 29 February 2021", "02 6C BD22", "date = unknown invalidPattern"),
        RecordCase("F: date and time", "04 6D 32371F15", "date_time = 2008-05-31T23:50"),
        RecordCase("F: summer time", "04 6D 32D71F15", "date_time = 2008-05-31T23:50 summer"),
        RecordCase("F: hundred-year 0, year 8", "04 6D 32171F15", "date_time = 2008-05-31T23:50"),
        RecordCase("F: hundred-year 0, year 81", "04 6D 321721A1", "date_time = 1981-01-01T23:50"),
        RecordCase("F: hundred-year 1, year 81", "04 6D 323721A1", "date_time = 2081-01-01T23:50"),
        RecordCase("F: hundred-year 2", "04 6D 32571F15", "date_time = 2008-05-31T23:50"),
        RecordCase("F: hundred-year 3", "04 6D 32771F15", "date_time = 2008-05-31T23:50"),
        RecordCase(
            "F: not trusted", "04 6D B2371F15", "date_time = 2008-05-31T23:50 (not trusted)"),
        RecordCase("F: not trusted and no time", "04 6D BC371F15", "date_time = unknown notSet"),
        RecordCase("F: not trusted and open", "04 6D BF371F15", "date_time = unknown notSet"),
        RecordCase("F: minute 60", "04 6D 3C371F15", "date_time = unknown invalidPattern"),
        RecordCase("F: hour 24", "04 6D 32381F15", "date_time = unknown invalidPattern"),
        RecordCase("F: every hour and minute", "04 6D 3F3F1F15", "date_time = 2008-05-31T**:**"),
        RecordCase("F: zeros", "04 6D 00000000", "date_time = unknown notSet"),
        RecordCase("F: ones", "04 6D FFFFFFFF", "date_time = unknown notSet"),
        RecordCase("F under VIF 6C", "04 6C 32371F15", "date = 2008-05-31T23:50"),
        RecordCase("G under VIF 6D", "02 6D FE04", "date_time = 2007-04-30"),
        RecordCase("I", "06 6D 0000A0411135", "date_time = 2010-01-01T00:00:00"),
        RecordCase(
            "I: seconds and summer", "06 6D 4E1015C82A00", "date_time = 2022-10-08T21:16:14 summer"),
        RecordCase(
            "I: not trusted", "06 6D 0E9015C82A00", "date_time = 2022-10-08T21:16:14 (not trusted)"),
        RecordCase("I: second 60", "06 6D 3C1015C82A00", "date_time = unknown invalidPattern"),
        RecordCase(
            "I: month not specified", "06 6D 0E1015C82000", "date_time = 2022-**-08T21:16:14"),
        RecordCase("I: not set", "06 6D 000000000000", "date_time = unknown notSet"),
        RecordCase("I: ones", "06 6D FFFFFFFFFFFF", "date_time = unknown notSet"),
        RecordCase("J", "03 6D 3B300B", "date_time = 11:48:59"),
        RecordCase("J: not set", "03 6D FFFFFF", "date_time = unknown notSet"),
        RecordCase("J: every hour", "03 6D 00301F", "date_time = **:48:00"),
        RecordCase("J: hour 24", "03 6D 003018", "date_time = unknown invalidPattern"),
        RecordCase(
            "other lengths", "01 6C 05  07 6D 0102030405060708", "date = octets 05",
            "date_time = octets 0102030405060708"),
        RecordCase("three octets are no date", "03 6C 3B300B", "date = octets 3B300B"),
        RecordCase("BCD is none of the types", "0A 6C 2401", "date = octets 2401"),
        RecordCase("battery change", "02 FD70 FE04", "battery_change_date = 2007-04-30"),
    ]

    @Test(arguments: cases)
    func parse(_ c: RecordCase) throws {
        #expect(try lines(c.hex) == c.expected)
    }

    static let steps: [(String, Int, TimeStep, String)] = [
        ("2010-01-01", 1, .months(1), "2010-02-01"),
        ("2021-10-31", 4, .months(1), "2022-02-28"),
        ("2024-02-29", 1, .months(1), "2024-03-31"),
        ("2024-03-30", -1, .months(1), "2024-02-29"),
        ("2024-01-15", -1, .months(1), "2023-12-15"),
        ("2024-01-15", -25, .months(1), "2021-12-15"),
        ("2024-02-29", -4, .months(3), "2023-02-28"),
        ("2024-01-01", 1, .halfMonths(1), "2024-01-16"),
        ("2024-01-01", 2, .halfMonths(1), "2024-02-01"),
        ("2024-01-16", -1, .halfMonths(1), "2024-01-01"),
        ("2024-01-16", -2, .halfMonths(1), "2023-12-16"),
        ("2024-02-15", 1, .halfMonths(1), "2024-02-29"),
        ("2024-02-29", 1, .halfMonths(1), "2024-03-15"),
        ("2024-02-29", 2, .halfMonths(1), "2024-03-31"),
        ("2024-03-31", -3, .halfMonths(1), "2024-02-15"),
        ("2024-02-28", 2, .days(1), "2024-03-01"),
        ("2024-03-01", -1, .days(1), "2024-02-29"),
        ("2023-12-31", 366, .days(1), "2024-12-31"),
        ("2024-01-01", -1, .seconds(3600), "2023-12-31T23:00"),
        ("2024-01-01", 1, .seconds(1), "2024-01-01T00:00:01"),
        ("2024-01-01", 25, .seconds(3600), "2024-01-02T01:00"),
    ]

    @Test(arguments: steps)
    func adds(_ from: String, _ count: Int, _ step: TimeStep, _ expected: String) throws {
        let parts = from.split(separator: "-")
        let date = MeterTime(
            precision: .date, year: UInt16(parts[0]), month: UInt8(parts[1]), day: UInt8(parts[2]))
        #expect(date.adding(count, step)?.description == expected)
    }

    @Test func dayNumbersAreOneADay() {
        var number = MeterCalendar.dayNumber(year: 1899, month: 12, day: 31)
        var wrong: [String] = []
        for year in 1900...2105 {
            for month in 1...12 {
                for day in 1...MeterCalendar.days(inMonth: month, of: year) {
                    number += 1
                    let there = MeterCalendar.dayNumber(year: year, month: month, day: day)
                    let back = MeterCalendar.date(ofDay: number)
                    if there != number || back != (year, month, day) {
                        wrong.append("\(year)-\(month)-\(day)")
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test func openAndUntrustedTimesLeadNowhere() {
        let open = MeterTime(precision: .date, year: nil, month: 7, day: 1)
        #expect(open.adding(1, .months(1)) == nil)
        let untrusted = MeterTime(precision: .date, year: 2020, month: 7, day: 1, invalid: true)
        #expect(untrusted.adding(1, .months(1)) == nil)
        let late = MeterTime(precision: .date, year: 9999, month: 12, day: 31)
        #expect(late.adding(1, .days(1)) == nil)
    }
}
