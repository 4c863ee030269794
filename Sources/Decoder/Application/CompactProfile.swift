import Wire

/// Compact profiles: many values of one quantity in a single record (EN 13757-3:2018, annex F).
///
/// `control spacing element…`. The control octet has the mode in bits 7 and 6, the unit of the
/// spacing in bits 5 and 4 and the elements' data field in bits 3…0. A profile becomes one record
/// an element, with the storage numbers that follow its base; one that cannot be taken apart stays
/// as it is.
struct CompactProfile {
    private let mode: Mode
    /// nil: the elements are an array and not one after the other in time.
    private let step: TimeStep?
    private let form: DataForm
    /// Older and older (VIFE 13), not newer and newer.
    private let isInverse: Bool
    private let elements: Range<Int>

    private enum Mode: UInt8 {
        case absolute, increments, decrements, differences
    }

    private init?(_ record: DataRecord, octets: Span<UInt8>) {
        var reader = ByteReader(octets, in: record.data.range)
        guard let control = try? reader.octet(), let spacing = try? reader.octet(),
            let mode = Mode(rawValue: control >> 6),
            ![13, 15].contains(control & 0x0F),
            let form = try? DataForm(dataField: control & 0x0F, reading: &reader),
            form.length > 0
        else { return nil }
        self.mode = mode
        self.form = form
        if spacing == 0 {
            step = nil
        } else {
            guard let step = Self.step(spacing, unit: control >> 4 & 3) else { return nil }
            self.step = step
        }
        isInverse = record.qualifiers.contains(.inverseCompactProfile)
        elements = reader.offset..<reader.end
    }

    private static func step(_ spacing: UInt8, unit: UInt8) -> TimeStep? {
        switch (spacing, unit) {
        case (1...250, 0): .seconds(Int(spacing))
        case (1...250, 1): .seconds(60 * Int(spacing))
        case (1...250, 2): .seconds(3600 * Int(spacing))
        case (1...250, _): .days(Int(spacing))
        case (253, 3): .halfMonths(1)
        case (254, 1): .months(6)
        case (254, 2): .months(3)
        case (254, 3): .months(1)
        default: nil
        }
    }

    /// Replaces the profiles among `records` from index `first` on by their elements.
    static func expand(in records: inout [DataRecord], from first: Int, octets: Span<UInt8>) {
        var index = first
        while index < records.count {
            let record = records[index]
            guard !record.qualifiers.isDisjoint(with: .anyProfile), case .octets = record.value,
                let profile = CompactProfile(record, octets: octets)
            else {
                index += 1
                continue
            }
            let room = RecordParser.mostRecords - (records.count - first)
            let elements = profile.elements(
                of: record, among: records[first...], octets: octets, room: room)
            if elements.isEmpty {
                index += 1
            } else {
                records.replaceSubrange(index...index, with: elements)
                index += elements.count
            }
        }
    }

    /// The elements as records; none where the base of increments is missing.
    private func elements(
        of record: DataRecord, among records: ArraySlice<DataRecord>, octets: Span<UInt8>, room: Int
    ) -> [DataRecord] {
        guard elements.count / form.length <= room,
            var information = Self.information(of: record, octets: octets)
        else { return [] }
        switch mode {
        case .absolute: break
        case .increments, .decrements: information.coding = .unsigned
        case .differences: information.isNeverNegative = false
        }
        var element = record
        element.qualifiers.subtract(.anyProfile)
        element.derived = true
        let base = records.first { $0.isBase(of: element, octets: octets) }
        let baseTime = records.first { $0.dates(element) }
        var value: ScaledInteger?
        if mode != .absolute {
            guard case .number(let start)? = base?.value else { return [] }
            value = start
        }

        var result: [DataRecord] = []
        var start = elements.lowerBound
        while elements.upperBound - start >= form.length {
            let place = start..<start + form.length
            start = place.upperBound
            element.storageNumber &+= 1
            element.data = OctetRange(place)
            element.value = form.value(of: octets, in: place, as: information)
            if let before = value {
                value = chained(element.value, to: before)
                element.value = value.map { .number($0) } ?? .unknown(.invalidPattern)
            }
            if let step, case .time(let time)? = baseTime?.value {
                let count = result.count + 1
                element.dated = time.adding(isInverse ? -count : count, step)
            }
            result.append(element)
            // Behind an increment that is not known no value is.
            if mode != .absolute && value == nil { break }
        }
        return result
    }

    /// What an increment makes of the value before it.
    private func chained(_ increment: DataRecord.Value, to before: ScaledInteger) -> ScaledInteger?
    {
        guard case .number(let number) = increment else { return nil }
        let isMinus = (mode == .decrements) != isInverse
        guard let signed = isMinus ? number.negated : number else { return nil }
        return before.adding(signed)
    }

    /// The value information of a profile's record, without the profile.
    private static func information(
        of record: DataRecord, octets: Span<UInt8>
    ) -> ValueInformation? {
        var reader = ByteReader(octets, in: record.header.range)
        var nobody = NoAccount()
        guard (try? DataInformation(reading: &reader, account: &nobody)) != nil,
            var information = try? ValueInformation(
                reading: &reader, text: record.textPlace, account: &nobody)
        else { return nil }
        information.qualifiers.subtract(.anyProfile)
        return information
    }
}

extension DataRecord {
    /// Within the header's octets, or behind them and so not to be read from the header.
    fileprivate var textPlace: ValueInformation.TextPlace {
        !unitText.isEmpty && unitText.range.lowerBound < header.range.upperBound
            ? .behindVIF : .elsewhere
    }

    /// Whether the elements of a profile count from this record.
    fileprivate func isBase(of element: DataRecord, octets: Span<UInt8>) -> Bool {
        quantity == element.quantity && storageNumber == element.storageNumber
            && tariff == element.tariff && subunit == element.subunit && unit == element.unit
            && unitModifier == element.unitModifier && qualifiers == element.qualifiers
            && !derived && function == element.function
            && octets.areEqual(vendorCodes.range, element.vendorCodes.range)
    }

    /// Whether this record is the date of the storage number that `other` has.
    func dates(_ other: DataRecord) -> Bool {
        guard quantity == .date || quantity == .dateTime, case .time(let time) = value else {
            return false
        }
        return storageNumber == other.storageNumber && function == .instantaneous
            && qualifiers.isEmpty && time.precision != .timeOfDay
    }
}

extension Span<UInt8> {
    /// Whether two stretches hold the same octets; false where one is outside.
    func areEqual(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count, left.upperBound <= count, right.upperBound <= count else {
            return false
        }
        for index in 0..<left.count
        where self[left.lowerBound + index] != self[right.lowerBound + index] { return false }
        return true
    }
}
