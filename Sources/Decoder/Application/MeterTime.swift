/// A date or time as a meter's clock has it: no time zone, parts that may be open or invalid
/// (EN 13757-3:2018, annex A, types F, G, I, J, M).
public struct MeterTime: Hashable, Sendable {
    public enum Precision: UInt8, Sendable { case date, minute, second, timeOfDay }
    public var precision: Precision
    /// Four digits; nil: every year.
    public var year: UInt16?
    /// 1…12; nil: every month.
    public var month: UInt8?
    /// 1…31; nil: every day.
    public var day: UInt8?
    /// nil: every hour.
    public var hour: UInt8?
    /// nil: every minute.
    public var minute: UInt8?
    /// nil: every second.
    public var second: UInt8?
    /// The meter itself says that its clock cannot be trusted.
    public var invalid: Bool
    public var summerTime: Bool

    public init(
        precision: Precision, year: UInt16?, month: UInt8?, day: UInt8?, hour: UInt8? = 0,
        minute: UInt8? = 0, second: UInt8? = 0, invalid: Bool = false, summerTime: Bool = false
    ) {
        self.precision = precision
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.invalid = invalid
        self.summerTime = summerTime
    }
}

extension MeterTime: CustomStringConvertible {
    /// `2008-05-31 23:50`, with `*` for every open part.
    public var description: String {
        var utf8: [UInt8] = []
        func append(_ number: UInt8?) {
            guard let number else { return utf8.append(UInt8(ascii: "*")) }
            utf8.append(UInt8(ascii: "0") &+ number / 10 % 10)
            utf8.append(UInt8(ascii: "0") &+ number % 10)
        }
        if precision != .timeOfDay {
            if let year {
                append(UInt8(year / 100 % 100))
                append(UInt8(year % 100))
            } else {
                append(nil)
            }
            utf8.append(UInt8(ascii: "-"))
            append(month)
            utf8.append(UInt8(ascii: "-"))
            append(day)
        }
        if precision != .date {
            if precision != .timeOfDay { utf8.append(UInt8(ascii: " ")) }
            append(hour)
            utf8.append(UInt8(ascii: ":"))
            append(minute)
        }
        if precision == .second || precision == .timeOfDay {
            utf8.append(UInt8(ascii: ":"))
            append(second)
        }
        if invalid { utf8 += " (not trusted)".utf8 }
        return String(decoding: utf8, as: UTF8.self)
    }
}
