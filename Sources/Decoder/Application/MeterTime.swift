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

extension MeterTime {
    /// Whether a part of it means "every": a due date of each year, and no point in time.
    public var isOpen: Bool {
        precision != .timeOfDay && (year == nil || month == nil || day == nil)
            || precision != .date && (hour == nil || minute == nil)
    }

    /// Appends `2008-05-31T23:50` (ISO 8601 without zone), with `**` for every open part.
    public func appendText(to utf8: inout [UInt8]) {
        utf8.append(addingCapacity: Self.mostOctets) { appendText(to: &$0) }
    }

    /// What the longest text needs: `2008-05-31T23:50:00`.
    public static let mostOctets = 19

    /// The same where `mostOctets` have room.
    @_lifetime(output: copy output)
    public func appendText(to output: inout OutputSpan<UInt8>) {
        if precision != .timeOfDay {
            appendYear(to: &output)
            output.append(UInt8(ascii: "-"))
            Self.append(month, to: &output)
            output.append(UInt8(ascii: "-"))
            Self.append(day, to: &output)
        }
        guard precision != .date else { return }
        if precision != .timeOfDay { output.append(UInt8(ascii: "T")) }
        appendTimeOfDay(to: &output)
        guard precision != .minute else { return }
        output.append(UInt8(ascii: ":"))
        Self.append(second, to: &output)
    }

    /// Appends `31.05.2008 23:50`, the form of energy2mqtt, where `mostOctets` have room; without
    /// what it does not have.
    @_lifetime(output: copy output)
    public func appendDayFirst(to output: inout OutputSpan<UInt8>) {
        if precision != .timeOfDay {
            Self.append(day, to: &output)
            output.append(UInt8(ascii: "."))
            Self.append(month, to: &output)
            output.append(UInt8(ascii: "."))
            appendYear(to: &output)
        }
        guard precision != .date else { return }
        if precision != .timeOfDay { output.append(UInt8(ascii: " ")) }
        appendTimeOfDay(to: &output)
    }

    @_lifetime(output: copy output)
    private func appendYear(to output: inout OutputSpan<UInt8>) {
        Self.append(year.map { UInt8(truncatingIfNeeded: $0 / 100) }, to: &output)
        Self.append(year.map { UInt8(truncatingIfNeeded: $0 % 100) }, to: &output)
    }

    @_lifetime(output: copy output)
    private func appendTimeOfDay(to output: inout OutputSpan<UInt8>) {
        Self.append(hour, to: &output)
        output.append(UInt8(ascii: ":"))
        Self.append(minute, to: &output)
    }

    /// Two digits.
    @_lifetime(output: copy output)
    private static func append(_ number: UInt8?, to output: inout OutputSpan<UInt8>) {
        let open = UInt8(ascii: "*")
        output.append(number.map { UInt8(ascii: "0") &+ $0 / 10 % 10 } ?? open)
        output.append(number.map { UInt8(ascii: "0") &+ $0 % 10 } ?? open)
    }
}

extension MeterTime: CustomStringConvertible {
    public var description: String {
        var utf8: [UInt8] = []
        appendText(to: &utf8)
        if invalid { utf8 += " (not trusted)".utf8 }
        return String(decoding: utf8, as: UTF8.self)
    }
}
