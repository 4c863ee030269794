/// "Real data": ordinary data records, scrambled, with CI 71 or behind a short header that announces
/// a security mode of 16 or more.
///
/// ```text
/// L C M M A A A A A A CI | x x x s | records
///                          in clear  scrambled
/// ```
///
/// - s: the sum of the records' octets in clear, bit 4 left out
///
/// Source: public decoders, telegrams of the meters.
extension Diehl {
    @Sendable static func readRealData(_ payload: inout VendorPayload) throws(PayloadError) {
        payload.content = min(start, payload.octets.count)..<payload.octets.count
        do throws(PayloadError) {
            try decipher(&payload) { sumIsRight($0) && isRecords($0) }
        } catch {
            // Something on the way, or the meter itself, may have sent them in clear.
            guard payload.mayBeClear, isRecords(payload) else { throw error }
            payload.protection = .alreadyClear
        }
        try payload.addRecords(0..<payload.count)
    }

    private static func sumIsRight(_ payload: borrowing VendorPayload) -> Bool {
        let sum = payload.octets[payload.content].reduce(UInt8(0), &+)
        return (sum ^ payload.octets[start - 1]) & 0xEF == 0
    }

    /// Whether all is data records of known kinds to the end.
    private static func isRecords(_ payload: borrowing VendorPayload) -> Bool {
        var records: [DataRecord] = []
        var nobody = NoAccount()
        let end = RecordParser.parse(
            payload.octets.span, in: payload.content, into: &records, account: &nobody)
        return end == nil && !records.isEmpty
            && !records.contains {
                $0.quantity == .unknown || $0.qualifiers.contains(.reservedVIFE)
            }
    }
}
