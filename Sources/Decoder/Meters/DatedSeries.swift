/// Dates that a meter does not send for a row of stored values, worked out from one that it sends.
///
/// Storage number N belongs to: base date ∓ (N − storage number of the base) × step.
public struct DatedSeries: Equatable, Sendable {
    public enum Base: Equatable, Sendable {
        /// The meter's clock: the first value is one step old.
        case clock
        /// The last month's (half month's, day's) end by the meter's clock: the first value's date.
        case periodEnd
        /// The date record with this storage number.
        case storage(UInt64)
    }
    public enum Step: String, Sendable, CaseIterable {
        case month
        case halfMonth = "half_month"
        case day
    }

    public var storage: ClosedRange<UInt64>
    public var base: Base
    public var step: Step
    public var newestFirst: Bool

    public init(storage: ClosedRange<UInt64>, base: Base, step: Step, newestFirst: Bool) {
        self.storage = storage
        self.base = base
        self.step = step
        self.newestFirst = newestFirst
    }

    /// Sets `dated` of the records in the series that have no date.
    public func date(_ records: inout [DataRecord]) {
        guard let (start, number) = base(in: records) else { return }
        let dated = Set(records.lazy.filter { $0.isPlainDate }.map { $0.storageNumber })
        for index in records.indices where storage.contains(records[index].storageNumber) {
            let record = records[index]
            guard case .number = record.value, record.dated == nil,
                !dated.contains(record.storageNumber)
            else { continue }
            let distance = Int64(clamping: record.storageNumber) &- Int64(clamping: number)
            guard (-10_000...10_000).contains(distance) else { continue }
            let count = newestFirst ? -Int(distance) : Int(distance)
            records[index].dated = start.adding(count, timeStep)
        }
    }

    private var timeStep: TimeStep {
        switch step {
        case .month: .months(1)
        case .halfMonth: .halfMonths(1)
        case .day: .days(1)
        }
    }

    /// The date to count from, and the storage number that it belongs to.
    private func base(in records: [DataRecord]) -> (MeterTime, UInt64)? {
        let wanted: UInt64
        switch base {
        case .clock, .periodEnd: wanted = 0
        case .storage(let number): wanted = number
        }
        guard
            let record = records.first(where: { $0.isPlainDate && $0.storageNumber == wanted }),
            case .time(var time) = record.value, !time.invalid
        else { return nil }
        switch base {
        case .storage: return (time, wanted)
        case .clock: return (time, newestFirst ? storage.lowerBound &- 1 : storage.upperBound &+ 1)
        case .periodEnd: break
        }
        guard let day = time.day, time.month != nil, time.year != nil else { return nil }
        (time.precision, time.hour, time.minute, time.second) = (.date, 0, 0, 0)
        let back: Int
        switch step {
        case .month: back = Int(day)
        case .halfMonth: back = day > 15 ? Int(day) - 15 : Int(day)
        case .day: back = 1
        }
        guard let end = time.adding(-back, .days(1)) else { return nil }
        return (end, newestFirst ? storage.lowerBound : storage.upperBound)
    }
}

extension DataRecord {
    /// A date, or date and time, of its storage number and of nothing else.
    fileprivate var isPlainDate: Bool {
        (quantity == .date || quantity == .dateTime) && function == .instantaneous && tariff == 0
            && subunit == 0 && qualifiers.isEmpty && name == nil
    }
}
