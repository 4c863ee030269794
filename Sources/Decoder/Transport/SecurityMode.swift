/// How a telegram is protected: bits 12…8 of the configuration field (EN 13757-7, table 19; OMS
/// Vol. 2, 9.1).
public struct SecurityMode: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let none = SecurityMode(rawValue: 0)
    /// DES-CBC, initial vector zero; deprecated.
    public static let mode2 = SecurityMode(rawValue: 2)
    /// DES-CBC, initial vector with the date; deprecated, and no source agrees on the date's form.
    public static let mode3 = SecurityMode(rawValue: 3)
    /// AES-128-CBC, initial vector zero; historic.
    public static let mode4 = SecurityMode(rawValue: 4)
    /// AES-128-CBC, initial vector from address and access number (OMS security profile A).
    public static let mode5 = SecurityMode(rawValue: 5)
    /// AES-128-CBC with a derived key, authenticated by the AFL (OMS security profile B).
    public static let mode7 = SecurityMode(rawValue: 7)
    /// AES-128-CTR with CMAC; its layout is not public.
    public static let mode8 = SecurityMode(rawValue: 8)
    /// AES-128-GCM; its layout is not public.
    public static let mode9 = SecurityMode(rawValue: 9)
    /// AES-128-CCM with a derived key (OMS security profile D).
    public static let mode10 = SecurityMode(rawValue: 10)
    /// TLS; nobody but the two ends can read it (OMS security profile C).
    public static let mode13 = SecurityMode(rawValue: 13)

    /// Defined by the manufacturer (mode 1, and modes 16 to 31 which the field has room for).
    public var isManufacturerSpecific: Bool { rawValue == 1 || rawValue >= 16 }

    /// Octets of the key.
    var keyLength: Int { self == .mode2 || self == .mode3 ? 8 : 16 }
}

extension SecurityMode: CustomStringConvertible {
    /// `security mode 5 (AES-128-CBC)`.
    public var description: String {
        let name =
            switch self {
            case .none: "not enciphered"
            case .mode2, .mode3: "DES-CBC"
            case .mode4, .mode5, .mode7: "AES-128-CBC"
            case .mode8: "AES-128-CTR"
            case .mode9: "AES-128-GCM"
            case .mode10: "AES-128-CCM"
            case .mode13: "TLS"
            default: isManufacturerSpecific ? "manufacturer specific" : "reserved"
            }
        return "security mode \(rawValue) (\(name))"
    }
}
