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
            guard payload.mayBeClear, isRecordsInClear(payload) else { throw error }
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
        let records = records(of: payload)
        // The manufacturer's data are whatever stands there.
        guard let first = records.first, first.quantity != .manufacturerSpecific else {
            return false
        }
        return !records.contains {
            $0.quantity == .unknown || $0.qualifiers.contains(.reservedVIFE)
        }
    }

    /// The same without a check sum that could tell: scrambled octets look like records of known
    /// kinds, now and then, but not of a total with others that all have a value.
    private static func isRecordsInClear(_ payload: borrowing VendorPayload) -> Bool {
        let records = records(of: payload)
        return records.count > 1 && isRecords(payload)
            && records.contains {
                ($0.quantity == .volume || $0.quantity == .energy) && $0.storageNumber == 0
            }
            && !records.contains {
                $0.quantity == .manufacturerSpecific || $0.value == .none || $0.value == .octets
                    || $0.value == .unknown(.invalidPattern)
            }
    }

    /// None where they end early.
    private static func records(of payload: borrowing VendorPayload) -> [DataRecord] {
        var records: [DataRecord] = []
        var nobody = NoAccount()
        let end = RecordParser.parse(
            payload.octets.span, in: payload.content, into: &records, account: &nobody)
        return end == nil ? records : []
    }
}
