import Wire

/// KDF-A: the keys that hold for one telegram, made from the key of the meter (EN 13757-7, 9.6.2;
/// OMS Vol. 2, 9.4).
///
/// `AES-CMAC(key, DC ‖ C ‖ ID ‖ 07 07 07 07 07 07 07)`
struct KeyDerivationFunction {
    /// DC: what the derived key is for, in messages from the meter.
    enum Purpose: UInt8 { case encryption = 0x00, authentication = 0x01 }

    /// - Parameters:
    ///   - counter: the message counter, of the transport layer or else of the AFL.
    ///   - identificationNumber: the meter's.
    static func input(
        _ purpose: Purpose, counter: UInt32, identificationNumber: UInt32
    ) -> Block {
        var block = Block(repeating: 0x07)
        block[0] = purpose.rawValue
        for place in 0..<4 {
            let shift = UInt32(8 * place)
            block[1 + place] = UInt8(truncatingIfNeeded: counter >> shift)
            block[5 + place] = UInt8(truncatingIfNeeded: identificationNumber >> shift)
        }
        return block
    }

    /// The key of a telegram for `purpose`.
    ///
    /// - Throws: `unsupportedSecurityMode` for a reserved derivation, or where there is no counter.
    static func key(
        for purpose: Purpose, from key: Block, by derivation: KeyDerivation,
        headers: TelegramHeaders, ciphers: Ciphers
    ) throws(TelegramError) -> Block {
        if derivation == .none { return key }
        let counter = headers.transport?.messageCounter ?? headers.authentication?.messageCounter
        guard derivation == .kdfA, let counter else {
            throw .unsupportedSecurityMode(headers.transport?.securityMode ?? .none)
        }
        let input = input(
            purpose, counter: counter,
            identificationNumber: headers.meter.identificationNumber)
        return try ciphers.cmac(key: key, of: input.span, 0..<16)
    }
}
