import CLinux
import Glibc

/// A moment of the world's clock in UTC, as seconds and nanoseconds since 1970.
public struct WallTime: Hashable, Sendable, Comparable {
    public var seconds: Int64
    /// 0…999,999,999.
    public var nanoseconds: UInt32

    public init(seconds: Int64, nanoseconds: UInt32 = 0) {
        self.seconds = seconds
        self.nanoseconds = min(nanoseconds, 999_999_999)
    }

    /// What the system's clock says.
    public static var now: WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec), nanoseconds: UInt32(clamping: time.tv_nsec))
    }

    public static func < (left: WallTime, right: WallTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// This much before `time`; to the millisecond, and by 30 years at most.
    static func - (time: WallTime, duration: Duration) -> WallTime {
        let bound = Duration.seconds(1_000_000_000)
        let (seconds, attoseconds) = min(max(duration, .zero), bound).components
        var result = time
        let (difference, overflow) = time.seconds.subtractingReportingOverflow(seconds)
        result.seconds = overflow ? .min + 1 : difference
        let nanoseconds = Int64(time.nanoseconds) - attoseconds / 1_000_000_000
        if nanoseconds < 0 { result.seconds &-= 1 }
        result.nanoseconds = UInt32(nanoseconds < 0 ? nanoseconds + 1_000_000_000 : nanoseconds)
        return result
    }

    /// Appends `2026-11-25T07:04:09.120Z` (RFC 3339), the second's fraction cut to milliseconds.
    ///
    /// Years outside 0000 to 9999, which RFC 3339 cannot write, become its first or last second.
    public func appendText(to utf8: inout [UInt8]) {
        let cut = min(max(seconds, Self.firstSecond), Self.lastSecond)
        let day = cut >= 0 ? cut / 86_400 : (cut - 86_399) / 86_400
        let ofDay = cut - day * 86_400
        let (year, month, dayOfMonth) = Self.date(ofDay: day)
        Self.append(year, digits: 4, to: &utf8)
        Self.append(month, digits: 2, after: "-", to: &utf8)
        Self.append(dayOfMonth, digits: 2, after: "-", to: &utf8)
        Self.append(ofDay / 3600, digits: 2, after: "T", to: &utf8)
        Self.append(ofDay / 60 % 60, digits: 2, after: ":", to: &utf8)
        Self.append(ofDay % 60, digits: 2, after: ":", to: &utf8)
        Self.append(Int64(nanoseconds / 1_000_000), digits: 3, after: ".", to: &utf8)
        utf8.append(UInt8(ascii: "Z"))
    }

    private static let firstSecond: Int64 = -62_167_219_200
    private static let lastSecond: Int64 = 253_402_300_799

    /// The Gregorian date of a day counted from 1970-01-01.
    ///
    /// Years are counted from March, so that the leap day is a year's last; 400 years have 146,097
    /// days (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let fromMarch = day + 719_468
        let era = (fromMarch >= 0 ? fromMarch : fromMarch - 146_096) / 146_097
        let ofEra = fromMarch - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * ofYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            ofYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    private static func append(
        _ number: Int64, digits: Int, after separator: Unicode.Scalar? = nil,
        to utf8: inout [UInt8]
    ) {
        if let separator { utf8.append(UInt8(ascii: separator)) }
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            utf8.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

extension WallTime: CustomStringConvertible {
    public var description: String {
        var utf8: [UInt8] = []
        appendText(to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }
}
