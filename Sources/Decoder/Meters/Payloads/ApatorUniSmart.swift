/// Apator Metrix UniSmart gas meters: data records in what is enciphered, and two octets behind it
/// that are none.
///
/// What the standard calls the days of battery life (`02 FD 74`) is a bit field here that nobody has
/// explained.
///
/// Source: public decoders, telegrams of the meters.
enum ApatorUniSmart {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        try payload.addRecords(0..<payload.encipheredCount)
        for index in payload.records.indices
        where payload.records[index].quantity == .remainingBatteryLife {
            guard case .number(let number) = payload.records[index].value else { continue }
            payload.records[index].quantity = .manufacturerSpecific
            payload.records[index].unit = .none
            payload.records[index].value = .bits(UInt64(bitPattern: number.mantissa))
            payload.records[index].name = .statusFlags
        }
    }
}
