import Wire

/// Step 7: what a telegram says, as named values.
public struct Reading: Equatable, Sendable {
    public var telegram: Telegram
    public var records: [DataRecord]
    /// Where the records ended early; nil if all were read.
    public var recordsEnd: RecordsEnd?
    /// The payload family that read what follows no standard.
    public var payloadFamily: String?
    /// Why that family did not understand all.
    public var payloadError: PayloadError?
    /// What names the records, where there is a definition for the meter.
    public private(set) var definition: MeterDefinition?
    /// Why that one.
    public private(set) var detection: MeterDetection?

    public init(telegram: Telegram, records: [DataRecord], recordsEnd: RecordsEnd?) {
        self.telegram = telegram
        self.records = records
        self.recordsEnd = recordsEnd
    }
}

extension Reading {
    /// Takes `definition` for the names, and dates the series that it knows.
    public mutating func apply(_ definition: MeterDefinition) {
        self.definition = definition
        detection = definition.detection(for: telegram, payloadFamily: payloadFamily)
        if !definition.typedFields.isEmpty || !definition.sums.isEmpty {
            let octets = telegram.octets
            for field in definition.typedFields { field.retype(&records, octets.span) }
            for sum in definition.sums { sum.add(to: &records, octets.span) }
        }
        for series in definition.series { series.date(&records) }
    }

    /// Whether the meter has more records in another telegram (DIF 1F), which a wired one sends when
    /// it is asked again.
    public var moreRecordsFollow: Bool {
        guard let header = records.last?.header, header.count == 1 else { return false }
        let octets = telegram.octets
        return octets.indices.contains(Int(header.start)) && octets[Int(header.start)] == 0x1F
    }

    /// The meter's device type: the one it sends, or that of the medium the definition names.
    public var deviceType: DeviceType {
        definition?.medium?.deviceType ?? telegram.meter.deviceType
    }

    /// Appends the name that record `index` is published under: the definition's where it has one
    /// for it, else that of `RecordName`, with `_other` behind it where a field has that name.
    ///
    /// - Returns: the definition's field for it.
    @discardableResult
    public func appendName(of index: Int, to utf8: inout TextBuffer) -> MeterField? {
        let octets = telegram.octets.span
        let start = utf8.count
        guard let definition, records.indices.contains(index),
            let field = definition.field(for: records[index], octets: octets)
        else {
            RecordName.append(of: index, in: records, octets: octets, to: &utf8)
            if let definition, definition.claims(utf8.span.extracting(start..<utf8.count)) {
                utf8.append(text: MeterField.otherSuffix)
            }
            return nil
        }
        field.appendName(of: records[index], to: &utf8)
        let end = utf8.count
        RecordName.appendRepetition(of: index, in: records, octets: octets, to: &utf8)
        if utf8.count > end, definition.hasField(utf8.span.extracting(start..<utf8.count)) {
            utf8.append(text: MeterField.repeatedSuffix)
        }
        return field
    }
}
