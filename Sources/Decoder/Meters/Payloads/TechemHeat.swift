/// Techem compact V and vario 4 (type 4.5.1): heat meters.
///
/// ```text
/// compact V  xx DD DD PP PP PP xx CC CC CC …    kWh
/// vario 4    xx DD DD PP PP xx xx CC CC …       MJ
/// ```
///
/// - D: due date, P: total at that date, C: energy since
///
/// Source: public decoders, telegrams of the meters.
extension Techem {
    @Sendable static func readCompact5(_ payload: inout VendorPayload) throws(PayloadError) {
        try addPeriods(
            to: &payload, of: .energy, .kilowattHour, previous: 3..<6, current: 7..<10,
            named: .energySinceDueDate)
        try addLikelyDueDate(to: &payload)
    }

    @Sendable static func readVario451(_ payload: inout VendorPayload) throws(PayloadError) {
        try addPeriods(
            to: &payload, of: .energy, .megajoule, previous: 3..<5, current: 7..<9,
            named: .energySinceDueDate)
        try addLikelyDueDate(to: &payload)
    }
}
