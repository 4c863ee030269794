/// IME Nemo electricity meters: the frequency, a real in 0.1 Hz in the record `05 FF 5A`.
///
/// Source: public decoders, telegrams of the meters.
enum IMENemo {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.replaceRecord([0x05, 0xFF, 0x5A]) {
            (payload: inout VendorPayload) throws(PayloadError) in
            let bits = UInt32(truncatingIfNeeded: try payload.unsigned(0..<4))
            let tenths = ScaledInteger(shortest: Float(bitPattern: bits))
            let value: DataRecord.Value =
                tenths.map { .number(ScaledInteger($0.mantissa, exponent: $0.exponent - 1)) }
                ?? .unknown(.invalidPattern)
            try payload.add(.frequency, value, .hertz, at: 0..<4)
        }
    }
}
