/// Apator Metrix UniSmart gas meters: data records in what is enciphered, and two octets behind it
/// that are none.
///
/// Source: public decoders, telegrams of the meters.
enum UniSmart {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        let enciphered = payload.header.configuration.encryptedBlocks * 16
        let isWhole = enciphered == 0 || enciphered > payload.count
        try payload.addRecords(0..<(isWhole ? payload.count : enciphered))
    }
}
