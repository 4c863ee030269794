import Wire

/// The configuration field of the transport layer: how the payload is protected, and how much of it
/// (EN 13757-7, 7.5.8; OMS Vol. 2, 7.2.4).
///
/// Bits 12…8 are the security mode in every mode; the others mean what the mode says.
public struct ConfigurationField: RawRepresentable, Hashable, Sendable {
    /// Low octet first on air.
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public var securityMode: SecurityMode {
        SecurityMode(rawValue: UInt8(rawValue >> 8 & 0x1F))
    }

    /// Enciphered blocks of 16 octets from the payload's start (modes 4, 5, 7), bits 7…4.
    public var encryptedBlocks: Int { Int(rawValue >> 4 & 0xF) }

    /// Enciphered octets from the payload's start (modes 2, 3, 10, 13), bits 7…0; mode 10: FF is
    /// all.
    public var encryptedOctets: Int { Int(rawValue & 0xFF) }

    /// Z, bit 13 (modes 7 and 10): the extension is followed by a message counter.
    public var hasMessageCounter: Bool {
        (securityMode == .mode7 || securityMode == .mode10) && rawValue & 0x2000 != 0
    }

    /// Octets of the extension (CFE) that follow.
    var extensionSize: Int {
        switch securityMode {
        case .mode7, .mode13: 1
        case .mode10: 2
        default: 0
        }
    }
}

/// The extension of the configuration field (CFE) in modes 7 and 10: which key, and how made.
public struct ConfigurationFieldExtension: RawRepresentable, Hashable, Sendable {
    /// One octet in mode 7, two in mode 10, low octet first on air.
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Bits 3…0: which of the meter's keys; 0 is the usual one.
    public var keyIdentifier: UInt8 { UInt8(rawValue & 0xF) }
    public var keyDerivation: KeyDerivation { KeyDerivation(rawValue: UInt8(rawValue >> 4 & 3)) }
    /// V, bit 6: an octet with the key's version follows.
    public var hasKeyVersion: Bool { rawValue & 0x40 != 0 }
    /// Octets of the authentication tag in mode 10, bits 9…8.
    public var tagSize: Int { 4 + 4 * Int(rawValue >> 8 & 3) }
}

/// How the key of a telegram is made from the key of the meter.
public struct KeyDerivation: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The meter's key as it is.
    public static let none = KeyDerivation(rawValue: 0)
    /// KDF-A (EN 13757-7, 9.6.2).
    public static let kdfA = KeyDerivation(rawValue: 1)
}

extension ConfigurationField: CustomStringConvertible {
    public var description: String {
        let mode = securityMode
        var text = mode.description
        switch mode {
        case .mode4, .mode5, .mode7:
            let plural = encryptedBlocks == 1 ? "" : "s"
            text += ", \(encryptedBlocks) block\(plural) of 16 octets enciphered"
        case .mode10 where encryptedOctets == 0xFF:
            text += ", all octets enciphered"
        case .mode2, .mode3, .mode10, .mode13:
            text += ", \(encryptedOctets) octets enciphered"
        default: break
        }
        if mode == .none || mode == .mode5 {
            if rawValue & 0x8000 != 0 { text += ", bidirectional" }
            if rawValue & 0x4000 != 0 { text += ", accessible" }
            if rawValue & 0x2000 != 0 { text += ", synchronous" }
        }
        if hasMessageCounter { text += ", with message counter" }
        return text
    }
}

extension ConfigurationFieldExtension: CustomStringConvertible {
    public var description: String {
        let key =
            switch keyDerivation {
            case .none: "the meter's key itself"
            case .kdfA: "key derived by KDF-A"
            default: "key derivation \(keyDerivation.rawValue), reserved"
            }
        return "\(key), key number \(keyIdentifier)"
    }
}
