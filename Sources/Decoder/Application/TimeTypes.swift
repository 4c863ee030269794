// The date and time types of EN 13757-3:2018, annex A, told apart by their length.
extension MeterTime {
    /// Type G (2 octets), J (3), F (4) or I (6); octets of any other length.
    static func value(of octets: Span<UInt8>, in range: Range<Int>) -> DataRecord.Value {
        let start = range.lowerBound
        guard range.upperBound <= octets.count, start >= 0 else { return .octets }
        switch range.count {
        case 2: return typeG(octets[start], octets[start + 1])
        case 3: return typeJ(octets[start], octets[start + 1], octets[start + 2])
        case 4:
            return typeF(
                octets[start], octets[start + 1], octets[start + 2], octets[start + 3])
        case 6:
            return typeI(
                octets[start], octets[start + 1], octets[start + 2], octets[start + 3],
                octets[start + 4])
        default: return .octets
        }
    }

    /// Type G: a date.
    private static func typeG(_ low: UInt8, _ high: UInt8) -> DataRecord.Value {
        Parts(dateIn: low, high).value(.date, invalid: false)
    }

    /// Type F: date, hour and minute. Bit 7 of the minute: the meter's clock is not to be trusted;
    /// bit 7 of the hour: summer time; bits 6 and 5 of the hour: the century, see `Parts`.
    private static func typeF(
        _ b0: UInt8, _ b1: UInt8, _ b2: UInt8, _ b3: UInt8
    ) -> DataRecord.Value {
        var parts = Parts(dateIn: b2, b3)
        parts.century = b1 >> 5 & 3
        parts.hour = b1 & 0x1F
        parts.minute = b0 & 0x3F
        parts.summerTime = b1 & 0x80 != 0
        return parts.value(.minute, invalid: b0 & 0x80 != 0)
    }

    /// Type I: date, hour, minute and second; the weekday, week and deviation are not read.
    private static func typeI(
        _ b0: UInt8, _ b1: UInt8, _ b2: UInt8, _ b3: UInt8, _ b4: UInt8
    ) -> DataRecord.Value {
        var parts = Parts(dateIn: b3, b4)
        // In this type a month of 0 is one that is not specified.
        if parts.month == 0, parts.day != 0 { parts.month = 15 }
        parts.hour = b2 & 0x1F
        parts.minute = b1 & 0x3F
        parts.second = b0 & 0x3F
        parts.summerTime = b0 & 0x40 != 0
        return parts.value(.second, invalid: b1 & 0x80 != 0)
    }

    /// Type J: a time of day.
    private static func typeJ(_ b0: UInt8, _ b1: UInt8, _ b2: UInt8) -> DataRecord.Value {
        if b0 & b1 & b2 == 0xFF { return .unknown(.notSet) }
        var parts = Parts(day: 1, month: 1, year: 0)
        parts.hour = b2 & 0x1F
        parts.minute = b1 & 0x3F
        parts.second = b0 & 0x3F
        guard case .time(var time) = parts.value(.timeOfDay, invalid: false) else {
            return .unknown(.invalidPattern)
        }
        (time.year, time.month, time.day) = (nil, nil, nil)
        return .time(time)
    }

    /// The numbers of a date and time as coded, before they are checked.
    private struct Parts {
        var day: UInt8
        var month: UInt8
        var year: UInt8
        var century: UInt8 = 0
        var hour: UInt8 = 0
        var minute: UInt8 = 0
        var second: UInt8 = 0
        var summerTime = false

        init(day: UInt8, month: UInt8, year: UInt8) {
            (self.day, self.month, self.year) = (day, month, year)
        }

        /// Day in bits 4…0, month in bits 11…8, year in bits 15…12 and 7…5.
        init(dateIn low: UInt8, _ high: UInt8) {
            self.init(day: low & 0x1F, month: high & 0x0F, year: low >> 5 | (high & 0xF0) >> 1)
        }

        /// The time, if the numbers are one; day 0, month 15, year 127, hour 31, minute and second
        /// 63 mean "every".
        func value(_ precision: Precision, invalid: Bool) -> DataRecord.Value {
            let allOnes = day == 31 && month == 15 && year == 127
            if allOnes || (day == 0 && month == 0) { return .unknown(.notSet) }
            let every = (
                year: year == 127, month: month == 15, day: day == 0,
                hour: hour == 31, minute: minute == 63, second: second == 63
            )
            let isTime =
                (every.year || year <= 99) && (every.month || (1...12).contains(month))
                && day <= longest(every.month, every.year) && (every.hour || hour <= 23)
                && (every.minute || minute <= 59) && (every.second || second <= 59)
            guard isTime else { return .unknown(invalid ? .notSet : .invalidPattern) }
            // A clock that is not trusted says nothing by "every".
            let open =
                every.year || every.month || every.day || every.hour || every.minute
                || every.second
            if invalid && open { return .unknown(.notSet) }
            return .time(
                MeterTime(
                    precision: precision, year: every.year ? nil : fullYear,
                    month: every.month ? nil : month, day: every.day ? nil : day,
                    hour: every.hour ? nil : hour, minute: every.minute ? nil : minute,
                    second: every.second ? nil : second, invalid: invalid,
                    summerTime: summerTime))
        }

        /// Century 0 is what older meters send: up to 80 they mean 20xx. 2 and 3 would be 21xx and
        /// 22xx, yet meters of today send them for 20xx.
        private var fullYear: UInt16 { (century == 0 && year > 80 ? 1900 : 2000) + UInt16(year) }

        private func longest(_ everyMonth: Bool, _ everyYear: Bool) -> UInt8 {
            if everyMonth { return 31 }
            if everyYear, month == 2 { return 29 }
            return UInt8(MeterCalendar.days(inMonth: Int(month), of: Int(fullYear)))
        }
    }
}
