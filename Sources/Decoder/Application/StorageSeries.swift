/// Dates of values that a meter sends in a row of storage numbers with one date and one step.
///
/// A storage interval (FD 24 to 29) and a date with the storage number of the first value say when
/// the others were stored: storage number S + k belongs to date − k × interval. Meters that send
/// such series (Maddalena's water meters, for one) send the newest value first.
enum StorageSeries {
    /// More series than this are no meter's.
    private static let mostIntervals = 8
    private static let longest = 256

    /// Sets `dated` of the values in series, from index `first` of `records` on.
    static func date(_ records: inout [DataRecord], from first: Int) {
        var intervals = 0
        for index in first..<records.count where records[index].quantity == .storageInterval {
            intervals += 1
            guard intervals <= mostIntervals else { return }
            let interval = records[index]
            guard let step = step(of: interval),
                let date = records[first...].first(where: { $0.dates(interval) }),
                case .time(let time) = date.value
            else { continue }
            for count in 1...longest {
                let found = mark(
                    storage: interval.storageNumber &+ UInt64(count),
                    with: time.adding(-count, step), in: &records, from: first)
                guard found else { break }
            }
        }
    }

    private static func step(of interval: DataRecord) -> TimeStep? {
        guard case .number(let number) = interval.value, number.exponent == 0,
            (1...100_000).contains(number.mantissa)
        else { return nil }
        let count = Int(number.mantissa)
        return switch interval.unit {
        case .second: .seconds(count)
        case .minute: .seconds(60 * count)
        case .hour: .seconds(3600 * count)
        case .day: .days(count)
        case .month: .months(count)
        case .year: .months(12 * count)
        default: nil
        }
    }

    /// Dates the numbers of one storage number; false where there are none or they have a date.
    private static func mark(
        storage: UInt64, with time: MeterTime?, in records: inout [DataRecord], from first: Int
    ) -> Bool {
        var found = false
        for index in first..<records.count where records[index].storageNumber == storage {
            let record = records[index]
            if record.dates(record) { return false }
            guard case .number = record.value, record.dated == nil else { continue }
            records[index].dated = time
            found = true
        }
        return found
    }
}
