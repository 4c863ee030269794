import Wire

/// Why a frame is no link-layer frame. Octets are counted from the L-field, which is octet 0.
public enum LinkLayerError: Error, Equatable, Sendable {
    /// Fewer octets than the L-field says, or than a first block has.
    case truncated(expected: Int, found: Int)
    /// The CRC of this block (the first is 1) is wrong: damaged on the way.
    case badCRC(block: Int)
    /// The L-field is smaller than the fields that every telegram has.
    case lengthTooSmall(UInt8)
    /// A long frame of wired M-Bus whose checksum is wrong: damaged on the way.
    case wiredChecksum(expected: UInt8, found: UInt8)
    /// A long frame of wired M-Bus that does not end with 16.
    case wiredStop(UInt8)
}

/// Why a telegram gives no reading.
public enum TelegramError: Error, Equatable, Sendable {
    /// A header or the payload ends too early.
    case truncated(OutOfOctets)
    /// A command, an acknowledgement or a telegram without readings: nothing is wrong with it.
    case notAReading(ControlField, CIField?)
    /// A CI-field that no layer known here has.
    case unsupportedCI(CIField)
    case unsupportedSecurityMode(SecurityMode)
    case unsupportedExtendedLinkLayer(CIField)
    case unsupportedNetworkLayer
    /// Enciphered (in the transport layer's mode, or by the extended link layer where it is nil)
    /// and there is no key.
    case noKey(SecurityMode?)
    /// The key does not open it: what comes out does not start with 2F2F, or its CRC is wrong.
    case wrongKey(SecurityMode?)
    /// The key has 8 octets where the mode needs 16, or the other way round.
    case wrongKeyLength(SecurityMode?, wanted: Int)
    /// The authentication code is wrong: another key, or changed on the way.
    case macMismatch
    /// The authentication code is of a kind that cannot be checked (AFL, authentication type).
    case unsupportedAuthentication(UInt8)
    /// The CRC over the payload of an extended link layer that is not enciphered is wrong.
    case payloadCRC
    /// The system's libcrypto refuses the cipher.
    case cipherNotAvailable
    /// A key is set for the meter, yet this telegram is not enciphered: it may be forged.
    case unencryptedThoughKeySet
    /// The headers announce a cipher, yet the payload is in clear; refused on the radio path.
    case clearThoughEncryptionAnnounced
    /// One part of a message; the rest has not come yet.
    case fragmentPending
    /// Fragments that cannot be joined: a gap, another message in between, too long.
    case fragmentsDoNotFit
    /// A compact frame whose format was not learned yet; a full frame brings it.
    case compactFormatUnknown(signature: UInt16)
    /// A compact frame whose CRC over the full frame is wrong.
    case compactFrameCRC
}

extension LinkLayerError {
    /// A short name for counters and machine-readable errors.
    public var code: String {
        switch self {
        case .truncated: "truncated"
        case .badCRC: "crc_mismatch"
        case .lengthTooSmall: "not_a_telegram"
        case .wiredChecksum: "checksum_mismatch"
        case .wiredStop: "stop_missing"
        }
    }
}

extension TelegramError {
    /// A short name for counters and machine-readable errors.
    public var code: String {
        switch self {
        case .truncated: "truncated"
        case .notAReading: "not_a_reading"
        case .unsupportedCI: "unsupported_ci"
        case .unsupportedSecurityMode: "unsupported_security_mode"
        case .unsupportedExtendedLinkLayer: "unsupported_ell"
        case .unsupportedNetworkLayer: "unsupported_network_layer"
        case .noKey: "no_key"
        case .wrongKey: "wrong_key"
        case .wrongKeyLength: "bad_key_format"
        case .macMismatch: "mac_mismatch"
        case .unsupportedAuthentication: "unsupported_authentication"
        case .payloadCRC: "payload_crc"
        case .cipherNotAvailable: "cipher_not_available"
        case .unencryptedThoughKeySet: "unencrypted_though_key_set"
        case .clearThoughEncryptionAnnounced: "clear_though_encryption_announced"
        case .fragmentPending: "fragment_pending"
        case .fragmentsDoNotFit: "fragments_do_not_fit"
        case .compactFormatUnknown: "compact_format_unknown"
        case .compactFrameCRC: "compact_frame_crc"
        }
    }
}

extension LinkLayerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let expected, let found):
            "The telegram is cut off: \(expected) octets were announced, \(found) are there."
        case .badCRC(let block):
            "The telegram is damaged: the CRC of block \(block) is wrong. It came from too far away"
                + " or together with another; the next one may be whole."
        case .lengthTooSmall(let length):
            "This is no telegram: its first octet announces \(length) octets, and the shortest"
                + " telegram has 11."
        case .wiredChecksum(let expected, let found):
            "The wired M-Bus frame is damaged: its checksum is \(Hex.text([found])), and"
                + " \(Hex.text([expected])) would be right. Copy it anew, or read the meter again."
        case .wiredStop(let found):
            "The wired M-Bus frame does not end with 16 but with \(Hex.text([found])): octets are"
                + " missing or too many. Copy it anew, or read the meter again."
        }
    }
}

extension TelegramError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let error): "The telegram is cut off: \(error)."
        case .notAReading: "The telegram carries no reading."
        case .unsupportedCI(let ci):
            "The telegram's content (CI-field \(Hex.text([ci.rawValue]))) is of a kind that is not"
                + " read. \(Self.report)"
        case .unsupportedSecurityMode(let mode):
            "The telegram is protected in security mode \(mode.rawValue), which cannot be opened."
                + " \(Self.report)"
        case .unsupportedExtendedLinkLayer(let ci):
            "The extended link layer \(Hex.text([ci.rawValue])) is not known. \(Self.report)"
        case .unsupportedNetworkLayer:
            "The telegram was routed in a way that is not known. \(Self.report)"
        case .noKey(let mode):
            "The telegram is encrypted (\(Self.name(mode))) and there is no key. Ask the supplier"
                + " of the meter for its key, \(Self.isOfManufacturer(mode) ? 16 : 32) hex digits."
        case .wrongKey(let mode):
            "The key does not open the telegram (\(Self.name(mode))). Compare it with the"
                + " supplier's letter, digit by digit, and the meter's number too."
        case .wrongKeyLength(let mode, let wanted):
            "The key has the wrong length for \(Self.name(mode)): \(2 * wanted) hex digits are"
                + " needed."
        case .macMismatch:
            "The telegram's authentication code is wrong: the key is another one, or somebody"
                + " changed the telegram."
        case .unsupportedAuthentication(let type):
            "The telegram's authentication code is of type \(type), which cannot be checked."
                + " \(Self.report)"
        case .payloadCRC:
            "The telegram is damaged: the check sum over its content is wrong. The next one may be"
                + " whole."
        case .cipherNotAvailable:
            "The system's libcrypto refuses the cipher that the telegram needs. Check that OpenSSL"
                + " 3 is installed and that no system policy forbids AES or DES."
        case .unencryptedThoughKeySet:
            "The telegram is not encrypted although a key is set for its meter, so it may be"
                + " forged. Take the key out of the settings if the meter really sends in clear."
        case .clearThoughEncryptionAnnounced:
            "The telegram announces encryption but comes in clear: something on the way decrypts"
                + " it. Switch decryption in the receiver off."
        case .fragmentPending: "Part of a longer message; the rest has not come yet."
        case .fragmentsDoNotFit: "Parts of a message that do not belong together."
        case .compactFormatUnknown:
            "A short telegram whose layout was not heard yet; the meter sends it every few minutes."
        case .compactFrameCRC:
            "A short telegram whose check sum does not fit the layout that was learned."
        }
    }

    /// What to do where the program lacks something.
    private static let report =
        "Record some of the meter's telegrams with `oms2mqtt record` and report them."

    private static func isOfManufacturer(_ mode: SecurityMode?) -> Bool {
        mode.map { $0 == .none || $0.rawValue >= 16 } ?? false
    }

    private static func name(_ mode: SecurityMode?) -> String {
        guard let mode else { return "extended link layer" }
        return isOfManufacturer(mode)
            ? "in a way of the manufacturer's own" : "security mode \(mode.rawValue)"
    }
}
