import Decoder

/// A meter's clock as a number that can be compared.
///
/// It has no time zone and may or may not follow summer time, so two readings an hour or two apart
/// say nothing about which is older: see `tolerance`.
public struct MeterClock: Equatable, Sendable {
    /// Seconds since 1970 of the meter's own calendar; a date counts from its first second.
    public var seconds: Int64
    /// Only the day is known.
    public var isDate: Bool

    /// How far this may lie behind an earlier reading without being older, in seconds: summer time
    /// and a corrected time zone make two hours, a date alone leaves its whole day open.
    var tolerance: Int64 { isDate ? 26 * 3600 : 2 * 3600 }

    public init(seconds: Int64, isDate: Bool) {
        self.seconds = seconds
        self.isDate = isDate
    }

    /// Nil for a clock that the meter itself does not trust, that was never set (before 2001) or
    /// that is incomplete.
    public init?(_ time: MeterTime) {
        guard !time.invalid, time.precision != .timeOfDay, let year = time.year, year > 2000,
            let month = time.month, (1...12).contains(month),
            let day = time.day, (1...31).contains(day)
        else { return nil }
        let start = Self.days(year: Int64(year), month: Int64(month), day: Int64(day)) * 86_400
        guard time.precision != .date else {
            self.init(seconds: start, isDate: true)
            return
        }
        guard let hour = time.hour, hour < 24, let minute = time.minute, minute < 60 else {
            return nil
        }
        let second = min(time.second ?? 0, 59)
        self.init(
            seconds: start + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second), isDate: false)
    }

    /// The clock among `records`: the present date and time, or else the present date.
    init?(in records: [DataRecord]) {
        func present(_ quantity: Quantity) -> MeterClock? {
            for record in records {
                guard record.quantity == quantity, record.storageNumber == 0, record.tariff == 0,
                    record.subunit == 0, record.function == .instantaneous,
                    record.qualifiers.isEmpty, record.vendorCodes.isEmpty, record.name == nil,
                    case .time(let time) = record.value
                else { continue }
                return MeterClock(time)
            }
            return nil
        }
        guard let clock = present(.dateTime) ?? present(.date) else { return nil }
        self = clock
    }

    /// Days since 1970-01-01 of a Gregorian date.
    ///
    /// Years are counted from March, so that the leap day is a year's last (H. Hinnant,
    /// "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let ofEra = marchYear - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
