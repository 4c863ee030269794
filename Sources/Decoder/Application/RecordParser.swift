import Wire

/// Step 6: the application's octets become records. No knowledge of meters, only EN 13757-3.
///
/// `DIF [DIFE…] VIF [VIFE…] [unit text] [LVAR] data`, one after the other (EN 13757-3:2018, 6).
public enum RecordParser {
    /// Longer lists are no meter's; what stands behind is left alone, so that no message costs more
    /// than it should.
    public static let mostRecords = 1024

    /// Adds the records of `octets` in `range` to `records`; their ranges count from the start of
    /// `octets`.
    ///
    /// A record that cannot be read ends the list, since nobody knows where the next one begins.
    /// The derived parts (profile elements, dates of series) look only at records added here.
    ///
    /// - Returns: where and why the list ended early; nil if it was read to its end.
    public static func parse(
        _ octets: Span<UInt8>, in range: Range<Int>, into records: inout [DataRecord],
        account: inout some DecodingAccount
    ) -> RecordsEnd? {
        let first = records.count
        var reader = ByteReader(octets, in: range)
        var result: RecordsEnd?
        var hasProfile = false
        var hasInterval = false
        while let dif = reader.peek {
            let start = reader.offset
            if dif == 0x2F {
                skipFillers(&reader, account: &account)
                continue
            }
            guard records.count - first < mostRecords else {
                result = RecordsEnd(offset: start, reason: .tooManyRecords)
                break
            }
            do throws(RecordsEnd.Reason) {
                let record = try record(&reader, account: &account)
                hasProfile = hasProfile || !record.qualifiers.isDisjoint(with: .anyProfile)
                hasInterval = hasInterval || record.quantity == .storageInterval
                records.append(record)
            } catch {
                result = RecordsEnd(offset: start, reason: error)
                break
            }
        }
        if hasProfile { CompactProfile.expand(in: &records, from: first, octets: octets) }
        if hasInterval { StorageSeries.date(&records, from: first) }
        return result
    }

    /// The same, with nobody listening: the radio path.
    public static func parse(
        _ octets: Span<UInt8>, in range: Range<Int>, into records: inout [DataRecord]
    ) -> RecordsEnd? {
        var nobody = NoAccount()
        return parse(octets, in: range, into: &records, account: &nobody)
    }

    /// Whether the octets begin with a whole record of defined codes (or with the manufacturer's
    /// data): what a wrong key makes of a telegram does so only now and then. One of codes that
    /// are reserved, which a newer standard may define, must be one of a list that is whole and has
    /// others.
    public static func startsWithRecord(_ octets: Span<UInt8>, in range: Range<Int>) -> Bool {
        var reader = ByteReader(octets, in: range)
        var nobody = NoAccount()
        skipFillers(&reader, account: &nobody)
        guard reader.left > 0 else { return true }
        guard let record = try? record(&reader, account: &nobody) else { return false }
        if record.isOfDefinedCodes { return true }
        var records: [DataRecord] = []
        return parse(octets, in: range, into: &records) == nil
            && records.contains { $0.isOfDefinedCodes }
    }

    /// 2F is a filler only where a DIF is expected.
    private static func skipFillers(
        _ reader: inout ByteReader, account: inout some DecodingAccount
    ) {
        let start = reader.offset
        while reader.peek == 0x2F { _ = try? reader.octet() }
        if reader.offset > start { account.field("Filler", start..<reader.offset, "no content") }
    }

    @inline(__always)
    private static func record(
        _ reader: inout ByteReader, account: inout some DecodingAccount
    ) throws(RecordsEnd.Reason) -> DataRecord {
        let start = reader.offset
        if let dif = reader.peek, dif == 0x0F || dif == 0x1F {
            return manufacturerData(&reader, account: &account)
        }
        let data = try DataInformation(reading: &reader, account: &account)
        let text =
            reader.peek == 0xFC
            ? ValueInformation.textPlace(reader, dataField: data.dataField) : .behindLastVIFE
        let information = try ValueInformation(
            reading: &reader, text: text, account: &account)
        let form = try DataForm(dataField: data.dataField, reading: &reader)
        if data.dataField == 13 {
            account.field("LVAR", reader.offset - 1..<reader.offset, form.meaning)
        }
        let octets = try reader.recordOctets(form.length)
        let record = DataRecord(
            quantity: information.quantity, unit: information.unit,
            unitModifier: information.unitModifier,
            value: form.value(of: reader.octets, in: octets, as: information),
            function: data.function, storageNumber: data.storageNumber, tariff: data.tariff,
            subunit: data.subunit, qualifiers: information.qualifiers,
            vendorCodes: information.vendorCodes, unitText: OctetRange(information.unitText),
            header: OctetRange(start..<information.end), data: OctetRange(octets))
        account.value(of: record, octets: reader.octets)
        return record
    }

    /// DIF 0F or 1F (more records follow in the next telegram): the manufacturer's own to the end.
    private static func manufacturerData(
        _ reader: inout ByteReader, account: inout some DecodingAccount
    ) -> DataRecord {
        let start = reader.offset
        let more = reader.peek == 0x1F
        let data = start + 1..<reader.end
        _ = try? reader.take(reader.left)
        account.field(
            "DIF", start..<start + 1,
            "the manufacturer's data follow" + (more ? ", more records in the next telegram" : ""))
        if !data.isEmpty { account.field("Data", data, "of the manufacturer") }
        return DataRecord(
            quantity: .manufacturerSpecific, value: data.isEmpty ? .none : .octets,
            header: OctetRange(start..<start + 1), data: OctetRange(data))
    }
}

extension DataRecord {
    fileprivate var isOfDefinedCodes: Bool {
        quantity != .unknown && !qualifiers.contains(.reservedVIFE)
    }
}

extension TelegramDecoder {
    /// Adds the records of `telegram` to `records`; contents that are no records (alarms, errors,
    /// the manufacturer's own layouts) have none. The layout of a full frame is kept for the compact
    /// frames that follow it.
    ///
    /// - Returns: where and why the list ended early; nil if it was read to its end.
    public func readRecords(
        of telegram: Telegram, into records: inout [DataRecord]
    ) -> RecordsEnd? {
        var nobody = NoAccount()
        return readRecords(of: telegram, into: &records, account: &nobody)
    }

    /// The same, telling `account` of every field.
    public func readRecords(
        of telegram: Telegram, into records: inout [DataRecord],
        account: inout some DecodingAccount
    ) -> RecordsEnd? {
        guard telegram.content == .records || telegram.content == .compactFrame else {
            telegram.tellContent(to: &account)
            return nil
        }
        account.layer("Application layer, records")
        let first = records.count
        // Five octets are a usual record: so the list need not grow for most telegrams.
        records.reserveCapacity(first + telegram.application.count / 5 + 1)
        let end = RecordParser.parse(
            telegram.octets.span, in: telegram.application, into: &records, account: &account)
        if end == nil, telegram.content == .records {
            formats.learn(
                from: records[first...], octets: telegram.octets.span, for: telegram.meter)
        }
        if end == nil { telegram.tellTag(to: &account) }
        return end
    }
}
