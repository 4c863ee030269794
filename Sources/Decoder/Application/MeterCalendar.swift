/// Steps from one date of a meter to another, in its own time without zones.
enum MeterCalendar {
    /// 28 to 31; 31 for a month that is none.
    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1 March of year 0 of the Gregorian calendar, which makes leap days come last.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let month = month <= 2 ? month + 9 : month - 3
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
    }

    /// The inverse of `dayNumber`, for years from 0 on.
    static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let era = number / 146_097
        let dayOfEra = number % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = 400 * era + yearOfEra + (month >= 10 ? 1 : 0)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}

/// How far the values of a profile or of a series of storage numbers are apart.
enum TimeStep: Equatable {
    case seconds(Int)
    case days(Int)
    /// From the 1st to the 16th and on; from the 15th to the last of the month and on.
    case halfMonths(Int)
    case months(Int)
}

extension MeterTime {
    /// This time and `count` (which may be negative) steps on; nil where it has open or untrusted
    /// parts, or where the result has no four-digit year.
    func adding(_ count: Int, _ step: TimeStep) -> MeterTime? {
        guard let year, let month, let day, let hour, let minute, let second, !invalid,
            precision != .timeOfDay
        else { return nil }
        let today = (year: Int(year), month: Int(month), day: Int(day))
        switch step {
        case .seconds(let seconds):
            let sinceMidnight =
                Int(hour) * 3600 + Int(minute) * 60 + Int(second) + count * seconds
            let days = (Double(sinceMidnight) / 86_400).rounded(.down)
            var result = at(Self.date(today, plus: Int(days)))
            let rest = sinceMidnight - Int(days) * 86_400
            result?.hour = UInt8(rest / 3600)
            result?.minute = UInt8(rest / 60 % 60)
            result?.second = UInt8(rest % 60)
            if precision == .date { result?.precision = .minute }
            if rest % 60 != 0 { result?.precision = .second }
            return result
        case .days(let days): return at(Self.date(today, plus: count * days))
        case .halfMonths(let halves): return at(Self.date(today, plusHalfMonths: count * halves))
        case .months(let months): return at(Self.date(today, plusMonths: count * months))
        }
    }

    private typealias Day = (year: Int, month: Int, day: Int)

    private func at(_ day: Day) -> MeterTime? {
        guard (1900...9999).contains(day.year) else { return nil }
        var result = self
        result.year = UInt16(day.year)
        result.month = UInt8(day.month)
        result.day = UInt8(day.day)
        result.summerTime = false
        return result
    }

    private static func date(_ day: Day, plus days: Int) -> Day {
        MeterCalendar.date(
            ofDay: max(
                MeterCalendar.dayNumber(year: day.year, month: day.month, day: day.day) + days, 0))
    }

    /// The last day of a month stays the last day.
    private static func date(_ day: Day, plusMonths months: Int) -> Day {
        let index = max(day.year * 12 + day.month - 1 + months, 0)
        let (year, month) = (index / 12, index % 12 + 1)
        let isLast = day.day == MeterCalendar.days(inMonth: day.month, of: day.year)
        let longest = MeterCalendar.days(inMonth: month, of: year)
        return (year, month, isLast ? longest : min(day.day, longest))
    }

    private static func date(_ day: Day, plusHalfMonths halves: Int) -> Day {
        let isLast = day.day == MeterCalendar.days(inMonth: day.month, of: day.year)
        let inSecondHalf = day.day > 15
        // Counted in halves from the first half of the month.
        let half = (inSecondHalf ? 1 : 0) + halves
        let months = half >> 1
        let firstHalfDay = isLast ? 15 : inSecondHalf ? day.day - 15 : day.day
        let start = date((day.year, day.month, 1), plusMonths: months)
        let longest = MeterCalendar.days(inMonth: start.month, of: start.year)
        if half & 1 == 0 { return (start.year, start.month, firstHalfDay) }
        return (
            start.year, start.month,
            firstHalfDay == 15 ? longest : min(firstHalfDay + 15, longest)
        )
    }
}
