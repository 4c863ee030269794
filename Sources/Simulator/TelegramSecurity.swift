import CCrypto

/// The cipher and the check sum that protect telegrams, from the meter's side (OMS Vol. 2).
///
/// AES-128 of OpenSSL. Keys and initialisation vectors have 16 octets.
enum TelegramSecurity {
    /// AES-CBC of whole blocks, without padding.
    static func encryptCBC(
        _ blocks: [UInt8], key: [UInt8], initialisationVector: [UInt8]
    ) throws(TelegramBuildError) -> [UInt8] {
        try encrypt(blocks, "AES-128-CBC", key, initialisationVector)
    }

    /// AES-CTR; the counter block counts up in its last octets.
    static func encryptCTR(
        _ octets: [UInt8], key: [UInt8], counterBlock: [UInt8]
    ) throws(TelegramBuildError) -> [UInt8] {
        try encrypt(octets, "AES-128-CTR", key, counterBlock)
    }

    /// AES-CMAC (RFC 4493), 16 octets.
    static func cmac(_ message: [UInt8], key: [UInt8]) throws(TelegramBuildError) -> [UInt8] {
        try check(key)
        var result = [UInt8](repeating: 0, count: 16)
        var length = result.count
        let done = key.withUnsafeBufferPointer { key in
            // "Q" names one-shot use: no context to keep.
            EVP_Q_mac(
                nil, "CMAC", nil, "AES-128-CBC", nil, key.baseAddress, key.count, message,
                message.count, &result, result.count, &length)
        }
        guard done != nil, length == 16 else { throw .cipherFailed("CMAC") }
        return result
    }

    /// KDF-A of OMS: a key for one message counter, from the meter's own.
    static func derivedKey(
        _ purpose: Purpose, from key: [UInt8], messageCounter: UInt32, identification: UInt32
    ) throws(TelegramBuildError) -> [UInt8] {
        try cmac(
            [purpose.rawValue] + messageCounter.littleEndianOctets
                + identification.littleEndianOctets + [UInt8](repeating: 0x07, count: 7),
            key: key)
    }

    enum Purpose: UInt8 { case encryption = 0x00, authentication = 0x01 }

    private static func encrypt(
        _ octets: [UInt8], _ cipher: String, _ key: [UInt8], _ initialisationVector: [UInt8]
    ) throws(TelegramBuildError) -> [UInt8] {
        try check(key)
        try check(initialisationVector)
        guard !octets.isEmpty else { return [] }
        guard let context = EVP_CIPHER_CTX_new() else { throw .cipherFailed(cipher) }
        defer { EVP_CIPHER_CTX_free(context) }
        guard let algorithm = EVP_CIPHER_fetch(nil, cipher, nil) else {
            throw .cipherFailed(cipher)
        }
        defer { EVP_CIPHER_free(algorithm) }
        var result = [UInt8](repeating: 0, count: octets.count + 16)
        var count: Int32 = 0
        guard EVP_EncryptInit_ex2(context, algorithm, key, initialisationVector, nil) == 1,
            EVP_CIPHER_CTX_set_padding(context, 0) == 1,
            EVP_EncryptUpdate(context, &result, &count, octets, Int32(octets.count)) == 1,
            Int(count) == octets.count
        else { throw .cipherFailed(cipher) }
        return Array(result.prefix(octets.count))
    }

    private static func check(_ key: [UInt8]) throws(TelegramBuildError) {
        guard key.count == 16 else { throw .badKeyLength(key.count) }
    }
}
