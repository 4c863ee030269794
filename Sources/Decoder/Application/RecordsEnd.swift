import Wire

/// Where a list of records ended before its end, and why. What stands before is good.
public struct RecordsEnd: Equatable, Sendable {
    public enum Reason: Error, Equatable, Sendable {
        /// A record announces more octets than are left.
        case prematureEnd
        /// A DIF, VIF or LVAR that the standard reserves.
        case reserved
        /// More than ten DIFE or VIFE.
        case chainTooLong
        /// More records than any meter sends (`RecordParser.mostRecords`).
        case tooManyRecords
    }
    /// The DIF of the record that could not be read.
    public var offset: Int
    public var reason: Reason

    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }
}

extension RecordsEnd.Reason {
    public var words: StaticString {
        switch self {
        case .prematureEnd: "a record is cut off"
        case .reserved: "a record of a form that no standard defines"
        case .chainTooLong: "a record with more than ten extensions"
        case .tooManyRecords: "more records than any meter sends"
        }
    }
}

extension ByteReader {
    /// The next octet of a record.
    @inline(__always)
    mutating func recordOctet() throws(RecordsEnd.Reason) -> UInt8 {
        do { return try octet() } catch { throw .prematureEnd }
    }

    /// The place of the next `count` octets of a record.
    @inline(__always)
    mutating func recordOctets(_ count: Int) throws(RecordsEnd.Reason) -> Range<Int> {
        do { return try take(count) } catch { throw .prematureEnd }
    }
}
