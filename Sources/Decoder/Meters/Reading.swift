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

    public init(telegram: Telegram, records: [DataRecord], recordsEnd: RecordsEnd?) {
        self.telegram = telegram
        self.records = records
        self.recordsEnd = recordsEnd
    }
}
