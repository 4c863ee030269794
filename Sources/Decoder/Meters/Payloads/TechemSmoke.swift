/// Techem smoke detector TS 2.
///
/// ```text
/// SS DD DD …
/// ```
///
/// - S: 0 no alarm, 1 smoke; others are not known
/// - D: due date
///
/// Source: public decoders, telegrams of the detectors.
extension Techem {
    @Sendable static func readSmoke(_ payload: inout VendorPayload) throws(PayloadError) {
        let dueDate = try dueDate(payload, 1..<3)
        let status = try payload.unsigned(0..<1)
        try payload.add(.manufacturerSpecific, .bits(status), at: 0..<1, named: .statusFlags)
        if status <= 1 {
            payload.add(.alarms, bits: status, words: [(0x01, "smoke")])
        }
        try payload.add(.date, dueDate, at: 1..<3, storage: 1)
    }
}
