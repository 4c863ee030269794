import Wire
enum RecordParser {
    static func startsWithRecord(_ octets: borrowing Span<UInt8>, in range: Range<Int>) -> Bool {
        true
    }
}
