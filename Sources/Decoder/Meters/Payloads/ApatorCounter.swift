/// Apator AT-WMBUS-08 (APT) and AT-WMBUS-17-2: a water meter's count, CI A0.
///
/// ```text
/// NN NN NN NN …
/// ```
///
/// - N: thirds of a litre (08), or thirds of a cubic metre (17-2)
///
/// Source: public decoders, telegrams of the meters.
enum ApatorCounter {
    /// Whatever the device type says (03, 0F, 11), these count water.
    @Sendable static func address(_ sent: MeterAddress) -> MeterAddress {
        var address = sent
        address.deviceType = .water
        return address
    }

    @Sendable static func readLitres(_ payload: inout VendorPayload) throws(PayloadError) {
        try read(&payload, millilitresInThree: 1_000)
    }

    @Sendable static func readCubicMetres(_ payload: inout VendorPayload) throws(PayloadError) {
        try read(&payload, millilitresInThree: 1_000_000)
    }

    /// A third has no end as a decimal: rounded to millilitres.
    private static func read(
        _ payload: inout VendorPayload, millilitresInThree factor: UInt64
    ) throws(PayloadError) {
        let count = try payload.unsigned(0..<4)
        let volume: DataRecord.Value =
            count == UInt64(UInt32.max)
            ? .unknown(.invalidPattern) : .scaled((count * factor + 1) / 3, -6)
        try payload.add(.volume, volume, .cubicMetre, at: 0..<4)
    }
}
