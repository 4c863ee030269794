import CCrypto

/// Sixteen octets: a key, an initial vector, a counter block or an authentication code.
typealias Block = InlineArray<16, UInt8>

/// The ciphers of wireless M-Bus, by way of the system's libcrypto; no other file calls it.
///
/// Each context is made at its first use and kept; a telegram only sets its key and initial vector.
/// Deciphering happens in place. Every function throws `TelegramError.cipherNotAvailable` where
/// libcrypto refuses (out of memory, or a policy of the system forbids the cipher) and never for
/// what the octets hold.
///
/// Not thread-safe: one for each thread.
final class Ciphers {
    private lazy var cbc = CipherContext("AES-128-CBC")
    private lazy var ctr = CipherContext("AES-128-CTR")
    private lazy var ccm = CipherContext("AES-128-CCM")
    private lazy var tripleDES = CipherContext("DES-EDE3-CBC")
    private lazy var mac = MACContext()
}

// Deciphering
extension Ciphers {
    /// AES-128 in CBC mode without padding; `range` holds whole blocks of 16 octets.
    func decipherCBC(
        _ octets: inout [UInt8], in range: Range<Int>, key: Block, initialVector: Block
    ) throws(TelegramError) {
        guard let cbc, range.count.isMultiple(of: 16) else { throw .cipherNotAvailable }
        try cbc.run(&octets, in: range, key: key.span, initialVector: initialVector.span)
    }

    /// AES-128 in CTR mode; `counter` is the first counter block, counted up in its last octets.
    func decipherCTR(
        _ octets: inout [UInt8], in range: Range<Int>, key: Block, counter: Block
    ) throws(TelegramError) {
        guard let ctr else { throw .cipherNotAvailable }
        try ctr.run(&octets, in: range, key: key.span, initialVector: counter.span)
    }

    /// DES in CBC mode, initial vector zero; `range` holds whole blocks of 8 octets, the key is the
    /// first half of `key`.
    ///
    /// libcrypto keeps single DES in a module that need not be installed. Triple DES is always
    /// there, and with one key three times over it is single DES.
    func decipherDES(
        _ octets: inout [UInt8], in range: Range<Int>, key: Block
    ) throws(TelegramError) {
        guard let tripleDES, range.count.isMultiple(of: 8) else { throw .cipherNotAvailable }
        var tripled = InlineArray<24, UInt8>(repeating: 0)
        for index in 0..<24 { tripled[index] = key[index & 7] }
        let zero = InlineArray<8, UInt8>(repeating: 0)
        try tripleDES.run(&octets, in: range, key: tripled.span, initialVector: zero.span)
    }

    /// AES-128 in CCM mode with a length field of two octets (RFC 3610, L = 2).
    ///
    /// - Parameters:
    ///   - range: what is enciphered; in clear afterwards, wiped where the tag is wrong.
    ///   - associated: octets that are authenticated but not enciphered.
    ///   - tag: the authentication tag, 4 to 16 octets.
    /// - Returns: whether the tag is right.
    func decipherCCM(
        _ octets: inout [UInt8], in range: Range<Int>, key: Block,
        nonce: InlineArray<13, UInt8>, associated: Range<Int>, tag: Range<Int>
    ) throws(TelegramError) -> Bool {
        guard let context = ccm?.pointer, octets.indices.contains(range),
            octets.indices.contains(associated), octets.indices.contains(tag)
        else { throw .cipherNotAvailable }
        var length: Int32 = 0
        let opened = octets.withUnsafeMutableBufferPointer { octets in
            guard let base = octets.baseAddress else { return CCMResult.refused }
            let prepared = key.span.withUnsafeBufferPointer { key in
                nonce.span.withUnsafeBufferPointer { nonce in
                    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, 13, nil) == 1
                        && EVP_CIPHER_CTX_ctrl(
                            context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count),
                            base + tag.lowerBound) == 1
                        && EVP_DecryptInit_ex2(
                            context, nil, key.baseAddress, nonce.baseAddress, nil) == 1
                }
            }
            guard prepared,
                EVP_DecryptUpdate(context, nil, &length, nil, Int32(range.count)) == 1,
                EVP_DecryptUpdate(
                    context, nil, &length, base + associated.lowerBound,
                    Int32(associated.count)) == 1
            else { return .refused }
            let start = base + range.lowerBound
            return EVP_DecryptUpdate(context, start, &length, start, Int32(range.count)) == 1
                ? .rightTag : .wrongTag
        }
        ERR_clear_error()
        guard opened != .refused else { throw .cipherNotAvailable }
        return opened == .rightTag
    }

    private enum CCMResult { case refused, wrongTag, rightTag }
}

// Authentication
extension Ciphers {
    /// AES-CMAC (NIST SP 800-38B, RFC 4493) over up to three pieces of `octets`, one after the
    /// other.
    func cmac(
        key: Block, of octets: borrowing Span<UInt8>, _ first: Range<Int>,
        _ second: Range<Int> = 0..<0, _ third: Range<Int> = 0..<0
    ) throws(TelegramError) -> Block {
        guard let context = mac?.pointer,
            max(first.upperBound, second.upperBound, third.upperBound) <= octets.count
        else { throw .cipherNotAvailable }
        let started = key.span.withUnsafeBufferPointer {
            EVP_MAC_init(context, $0.baseAddress, $0.count, nil) == 1
        }
        let updated = octets.withUnsafeBufferPointer { octets in
            func update(_ range: Range<Int>) -> Bool {
                guard let base = octets.baseAddress, !range.isEmpty else { return range.isEmpty }
                return EVP_MAC_update(context, base + range.lowerBound, range.count) == 1
            }
            return update(first) && update(second) && update(third)
        }
        var code = Block(repeating: 0)
        var written = 0
        var room = code.mutableSpan
        let finished = room.withUnsafeMutableBufferPointer {
            EVP_MAC_final(context, $0.baseAddress, &written, $0.count) == 1
        }
        guard started, updated, finished else { throw .cipherNotAvailable }
        return code
    }
}

/// A cipher context of libcrypto, freed with its owner.
private final class CipherContext {
    let pointer: OpaquePointer

    /// Nil where libcrypto does not offer the cipher.
    init?(_ name: String) {
        guard let cipher = EVP_CIPHER_fetch(nil, name, nil) else { return nil }
        // The context keeps a reference of its own.
        defer { EVP_CIPHER_free(cipher) }
        guard let pointer = EVP_CIPHER_CTX_new() else { return nil }
        // Padding stays off when a key is set later; setting it is as slow as a key.
        guard EVP_DecryptInit_ex2(pointer, cipher, nil, nil, nil) == 1,
            EVP_CIPHER_CTX_set_padding(pointer, 0) == 1
        else {
            EVP_CIPHER_CTX_free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    /// Deciphers `range` in place, without padding.
    func run(
        _ octets: inout [UInt8], in range: Range<Int>, key: Span<UInt8>,
        initialVector: Span<UInt8>
    ) throws(TelegramError) {
        guard octets.indices.contains(range) else { throw .cipherNotAvailable }
        guard !range.isEmpty else { return }
        var written: Int32 = 0
        let started = key.withUnsafeBufferPointer { key in
            initialVector.withUnsafeBufferPointer { vector in
                EVP_DecryptInit_ex2(pointer, nil, key.baseAddress, vector.baseAddress, nil) == 1
            }
        }
        let done = octets.withUnsafeMutableBufferPointer { octets in
            guard started, let base = octets.baseAddress else { return false }
            let start = base + range.lowerBound
            return EVP_DecryptUpdate(pointer, start, &written, start, Int32(range.count)) == 1
        }
        guard done, Int(written) == range.count else { throw .cipherNotAvailable }
    }
}

/// A CMAC context of libcrypto over AES-128, freed with its owner.
private final class MACContext {
    let pointer: OpaquePointer

    init?() {
        guard let mac = EVP_MAC_fetch(nil, "CMAC", nil) else { return nil }
        defer { EVP_MAC_free(mac) }
        guard let pointer = EVP_MAC_CTX_new(mac) else { return nil }
        // Both texts must live until the parameters are set: what is handed to a C function as a
        // Swift string lives for that one call.
        let named = OSSL_MAC_PARAM_CIPHER.withCString { parameter in
            "AES-128-CBC".withCString { cipher in
                var parameters = (
                    OSSL_PARAM_construct_utf8_string(
                        parameter, UnsafeMutablePointer(mutating: cipher), 0),
                    OSSL_PARAM_construct_end()
                )
                return withUnsafePointer(to: &parameters) {
                    $0.withMemoryRebound(to: OSSL_PARAM.self, capacity: 2) {
                        EVP_MAC_CTX_set_params(pointer, $0) == 1
                    }
                }
            }
        }
        guard named else {
            EVP_MAC_CTX_free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { EVP_MAC_CTX_free(pointer) }
}

extension Range<Int> {
    /// Whether all of `other` lies within.
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
