/// Zenner's radio module of version 0B: what stands behind DIF 0F in a water meter's telegram.
///
/// ```text
/// SS SS SS SS DD DD DD DD VV VV VV VV …
/// ```
///
/// - S: status, 0 is no fault
/// - D: total at the due date, V: total; both in 1/256 litre
///
/// Source: public decoders, telegrams of the meters.
enum Zenner0B {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x0F]) { (payload: inout VendorPayload) throws(PayloadError) in
            try payload.add(.volume, volume(payload, 8..<12), .cubicMetre, at: 8..<12)
            try payload.add(.volume, volume(payload, 4..<8), .cubicMetre, at: 4..<8, storage: 1)
            try payload.add(
                .manufacturerSpecific, .bits(payload.unsigned(0..<4)), at: 0..<4,
                named: .statusFlags)
        }
    }

    private static func volume(
        _ payload: borrowing VendorPayload, _ offsets: Range<Int>
    ) throws(PayloadError) -> DataRecord.Value {
        // 1/256 litre is 390625 × 10^-11 m³.
        try payload.number(offsets).multiplied(by: 390_625, exponent: -11)
    }
}
