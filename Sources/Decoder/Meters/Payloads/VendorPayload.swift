import Wire

/// What a payload family reads and what it fills: octets in, records out.
///
/// Offsets are those of the family's own description: 0 is the first octet of `content`. Nothing
/// here traps; what is not there throws `PayloadError.truncated`.
public struct VendorPayload {
    /// The telegram from the L-field on, without CRCs. A family with a cipher of its own deciphers
    /// in place. Texts that were made stand behind.
    public var octets: [UInt8]
    /// What offsets count from: the octets behind the CI-field or the header. A family that reads
    /// data within records sets it to the record's `data.range`.
    public var content: Range<Int>
    public var meter: MeterAddress
    public let header: TransportHeader
    /// The key that is set for the meter.
    public let key: MeterKey?
    /// Whether octets may be taken in clear where the family scrambles them: something on the way
    /// may have put them in clear, and nobody has set a key.
    public let mayBeClear: Bool
    /// What the family found. For the hook `records` those of the standard stand here already.
    public var records: [DataRecord] = []
    /// Where data records within the payload ended early.
    public var recordsEnd: RecordsEnd?
    public var protection = Telegram.Protection.none
    public var usedDefaultKey = false
    /// What a cipher of the family's own put in clear; nil: nothing.
    var deciphered: Range<Int>?
    let ciphers: Ciphers
}

// Octets
extension VendorPayload {
    /// Octets in `content`.
    public var count: Int { content.count }

    /// Octets of `content` that arrived enciphered, in whole blocks; all where the header tells of
    /// none.
    var encipheredCount: Int {
        let blocks = header.configuration.encryptedBlocks
        return blocks == 0 ? count : min(16 * blocks, count)
    }

    /// The offset of `content` in the telegram added.
    public func range(_ offsets: Range<Int>) throws(PayloadError) -> Range<Int> {
        guard offsets.lowerBound >= 0, offsets.upperBound <= content.count,
            content.upperBound <= octets.count
        else {
            throw .truncated(
                OutOfOctets(
                    at: content.lowerBound &+ offsets.lowerBound, wanted: offsets.count,
                    left: max(content.count &- offsets.lowerBound, 0)))
        }
        return content.lowerBound + offsets.lowerBound..<content.lowerBound + offsets.upperBound
    }

    public func octet(_ offset: Int) throws(PayloadError) -> UInt8 {
        UInt8(truncatingIfNeeded: try unsigned(offset..<(offset &+ 1)))
    }

    /// A number of up to 8 octets, least significant first.
    public func unsigned(_ offsets: Range<Int>) throws(PayloadError) -> UInt64 {
        try range(offsets).reversed().reduce(0) { $0 << 8 | UInt64(octets[$1]) }
    }

    /// The same, most significant first.
    public func bigEndian(_ offsets: Range<Int>) throws(PayloadError) -> UInt64 {
        try range(offsets).reduce(0) { $0 << 8 | UInt64(octets[$1]) }
    }

    /// Two's complement, 1 to 8 octets, least significant first.
    public func signed(_ offsets: Range<Int>) throws(PayloadError) -> Int64 {
        let unused = UInt64(64 - 8 * min(max(offsets.count, 1), 8))
        return Int64(bitPattern: try unsigned(offsets) << unused) >> Int64(unused)
    }

    /// Two digits an octet, least significant first, up to 9 octets; nil where a digit is none.
    public func bcd(_ offsets: Range<Int>) throws(PayloadError) -> Int64? {
        var value: Int64 = 0
        for place in try range(offsets).reversed() {
            let (high, low) = (octets[place] >> 4, octets[place] & 0x0F)
            guard high < 10, low < 10 else { return nil }
            value = value &* 100 &+ Int64(high * 10 + low)
        }
        return value
    }

    /// An unsigned number × 10^`exponent`; unknown where all bits are set.
    func number(
        _ offsets: Range<Int>, exponent: Int = 0
    ) throws(PayloadError) -> DataRecord.Value {
        let number = try unsigned(offsets)
        let ones = UInt64.max >> UInt64(64 - 8 * min(max(offsets.count, 1), 8))
        return number == ones ? .unknown(.invalidPattern) : .scaled(number, exponent)
    }

    /// The same in two's complement; unknown where it is the most negative one.
    func signedNumber(
        _ offsets: Range<Int>, exponent: Int = 0
    ) throws(PayloadError) -> DataRecord.Value {
        let number = try signed(offsets)
        let least = Int64.min >> Int64(64 - 8 * min(max(offsets.count, 1), 8))
        return number == least ? .unknown(.invalidPattern) : .scaled(number, exponent)
    }

    /// A date of type G (2 octets), a date and time of type F (4) or I (6).
    public func time(_ offsets: Range<Int>) throws(PayloadError) -> DataRecord.Value {
        MeterTime.value(of: octets.span, in: try range(offsets))
    }
}

// Records
extension VendorPayload {
    /// Adds a record that stands at `offsets`; `named` where the quantity alone does not say it.
    public mutating func add(
        _ quantity: Quantity, _ value: DataRecord.Value, _ unit: Unit = .none,
        at offsets: Range<Int>, named name: VendorName? = nil,
        function: FunctionField = .instantaneous, storage: UInt64 = 0, tariff: UInt32 = 0,
        subunit: UInt16 = 0, qualifiers: Qualifiers = [], dated: MeterTime? = nil
    ) throws(PayloadError) {
        records.append(
            DataRecord(
                quantity: quantity, unit: unit, value: value, function: function,
                storageNumber: storage, tariff: tariff, subunit: subunit, qualifiers: qualifiers,
                data: OctetRange(try range(offsets)), dated: dated, name: name))
    }

    /// Adds text that the family made, in ISO 8859-1; its octets stand behind the telegram's.
    public mutating func add(_ name: VendorName, text: String) {
        let start = octets.count
        for scalar in text.unicodeScalars {
            octets.append(UInt8(exactly: scalar.value) ?? UInt8(ascii: "?"))
        }
        records.append(
            DataRecord(
                quantity: .manufacturerSpecific, value: .text(reversed: false),
                data: OctetRange(start..<octets.count), name: name))
    }

    /// Adds the words of the bits that are set, with commas between; "none" where none is.
    public mutating func add(
        _ name: VendorName, bits: UInt64, words: [(mask: UInt64, word: StaticString)]
    ) {
        var text = ""
        for (mask, word) in words where bits & mask != 0 {
            text += (text.isEmpty ? "" : ", ") + word.description
        }
        add(name, text: text.isEmpty ? "none" : text)
    }

    /// Puts what `read` finds in the place of the first record whose octets from DIF to last VIFE are
    /// `header`: offsets count from that record's data. Without one nothing is read.
    mutating func replaceRecord(
        _ header: [UInt8], with read: (inout VendorPayload) throws(PayloadError) -> Void
    ) throws(PayloadError) {
        guard let place = place(ofRecord: header) else { return }
        content = records[place].data.range
        // Where it is not understood to its end, its octets stay.
        try read(&self)
        records.remove(at: place)
    }

    /// The first of `records` whose octets from DIF to last VIFE are `header`.
    func place(ofRecord header: [UInt8]) -> Int? {
        records.firstIndex {
            $0.header.count == header.count && $0.header.range.upperBound <= octets.count
                && octets[$0.header.range].elementsEqual(header)
        }
    }

    /// Adds the data records that `offsets` hold, as the standard lays them down.
    public mutating func addRecords(_ offsets: Range<Int>) throws(PayloadError) {
        let range = try range(offsets)
        var found: [DataRecord] = []
        var nobody = NoAccount()
        recordsEnd = RecordParser.parse(octets.span, in: range, into: &found, account: &nobody)
        records += found
    }
}

// Ciphers
extension VendorPayload {
    /// Deciphers whole blocks of 16 octets in place.
    ///
    /// - Parameters:
    ///   - key: 16 octets.
    ///   - initialVector: 16 octets; missing ones are 0.
    mutating func decipherAES(
        _ offsets: Range<Int>, key: MeterKey, initialVector: [UInt8]
    ) throws(PayloadError) {
        guard key.count == 16 else { throw .wrongKeyLength(wanted: 16) }
        var vector = Block(repeating: 0)
        for (place, octet) in initialVector.prefix(16).enumerated() { vector[place] = octet }
        let range = try range(offsets)
        do {
            try ciphers.decipherCBC(&octets, in: range, key: key.block, initialVector: vector)
            deciphered = range
        } catch { throw .cipherNotAvailable }
    }
}

extension DataRecord.Value {
    /// `number` × 10^`exponent`; octets where it does not fit in 63 bits.
    public static func scaled(_ number: some BinaryInteger, _ exponent: Int) -> Self {
        Int64(exactly: number).map { .number(ScaledInteger($0, exponent: exponent)) } ?? .octets
    }

    /// The sum of two numbers; unknown where one of them is.
    func adding(_ other: Self) -> Self {
        guard case .number(let mine) = self, case .number(let others) = other,
            let sum = mine.adding(others)
        else { return .unknown(.invalidPattern) }
        return .number(sum)
    }

    /// A number times `factor` × 10^`exponent`, without zeros at its end; what is none stays.
    func multiplied(by factor: Int64, exponent: Int) -> Self {
        guard case .number(let number) = self else { return self }
        let (product, overflow) = number.mantissa.multipliedReportingOverflow(by: factor)
        guard !overflow else { return .octets }
        var result = ScaledInteger(product, exponent: number.exponent + exponent)
        result.dropTrailingZeros()
        return .number(result)
    }

    /// A date of separate numbers; unknown where they form none.
    public static func date(year: Int, month: Int, day: Int) -> Self {
        guard (1900...2155).contains(year), (1...12).contains(month), day >= 1,
            day <= MeterCalendar.days(inMonth: month, of: year)
        else { return .unknown(day == 0 && month == 0 ? .notSet : .invalidPattern) }
        return .time(
            MeterTime(
                precision: .date, year: UInt16(year), month: UInt8(month), day: UInt8(day)))
    }

    /// The time in it, where it is one.
    public var meterTime: MeterTime? {
        guard case .time(let time) = self else { return nil }
        return time
    }
}
