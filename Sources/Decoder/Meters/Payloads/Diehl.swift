import Wire

/// What telegrams of Diehl, Hydrometer, Sappel and EWT have in common where they are not OMS: the
/// order of the address and the cipher.
///
/// - address as sent by all but Sappel: `MM VER TYPE ID ID ID ID`, so version and type stand where
///   the standard has the number
/// - cipher: a shift register of 32 bits that is clocked eight times an octet
///
/// Source: public decoders, telegrams of the meters.
enum Diehl {
    /// Makers that put version and device type before the number.
    static let versionFirst = ["DME", "HYD", "SPL", "EWT"].map { MeterPattern($0) }

    /// Keys of 8 octets that are known to everybody.
    static let defaultKeys = ["39BC8A10E66D83F8", "51728910E66D83F8"].compactMap {
        MeterKey(hex: $0)
    }

    /// Brings `VER TYPE ID…`, read as `ID… VER TYPE`, into the standard's order.
    @Sendable static func versionFirstAddress(_ sent: MeterAddress) -> MeterAddress {
        let number = sent.identificationNumber
        return MeterAddress(
            manufacturer: sent.manufacturer,
            identificationNumber: number >> 16 | UInt32(sent.version) << 16
                | UInt32(sent.deviceType.rawValue) << 24,
            version: UInt8(truncatingIfNeeded: number),
            deviceType: DeviceType(rawValue: UInt8(truncatingIfNeeded: number >> 8)))
    }

    /// Sappel's water meters have part of the printed number in version and device type.
    @Sendable static func sappelAddress(_ sent: MeterAddress) -> MeterAddress {
        MeterAddress(
            manufacturer: sent.manufacturer, identificationNumber: sent.identificationNumber,
            version: 0, deviceType: .water)
    }

    /// For layouts that nobody has described.
    @Sendable static func readNothing(_ payload: inout VendorPayload) throws(PayloadError) {
        throw .unknownLayout(payload.header.ciField.rawValue)
    }

    /// Deciphers the telegram from octet 15 on, in place, with the first key that `isRight` says of.
    ///
    /// The key that is set is the only one tried; without one, those that everybody knows.
    ///
    /// - Throws: `noKey`, `wrongKey` or `wrongKeyLength`; the octets are then as they came.
    static func decipher(
        _ payload: inout VendorPayload, isRight: (borrowing VendorPayload) -> Bool
    ) throws(PayloadError) {
        if let key = payload.key, key.count != 8 { throw .wrongKeyLength(wanted: 8) }
        let received = payload.octets
        guard received.count > start else {
            throw .truncated(.init(at: received.count, wanted: start + 1 - received.count, left: 0))
        }
        for key in payload.key.map({ [$0] }) ?? defaultKeys {
            decipher(&payload.octets, key)
            if isRight(payload) {
                payload.protection = .manufacturersCipher
                payload.deciphered = start..<payload.octets.count
                payload.usedDefaultKey = payload.key == nil
                return
            }
            payload.octets = received
        }
        throw payload.key == nil ? .noKey : .wrongKey
    }

    /// First octet that is deciphered.
    static let start = 15

    /// - Parameter octets: at least `start` of them.
    private static func decipher(_ octets: inout [UInt8], _ key: MeterKey) {
        func word(_ place: Int) -> UInt32 {
            octets[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        // The address goes in as it was sent, then CI-field and the three octets behind it.
        var register =
            UInt32(truncatingIfNeeded: key.high >> 32) ^ UInt32(truncatingIfNeeded: key.high)
            ^ word(2) ^ word(6) ^ word(10)
        for place in start..<octets.count {
            for _ in 0..<8 {
                let bit = (register >> 1 ^ register >> 2 ^ register >> 11 ^ register >> 31) & 1
                register = register << 1 | bit
            }
            octets[place] ^= UInt8(truncatingIfNeeded: register)
        }
    }
}
