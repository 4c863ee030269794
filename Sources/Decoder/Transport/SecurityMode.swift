/// How a telegram is protected: bits 12…8 of the configuration field (EN 13757-7, table 19; OMS
/// Vol. 2, 9.1).
public struct SecurityMode: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let none = SecurityMode(rawValue: 0)
    /// AES-128-CBC, initial vector from address and access number (OMS security profile A).
    public static let mode5 = SecurityMode(rawValue: 5)
    /// AES-128-CBC with a derived key, authenticated by the AFL (OMS security profile B).
    public static let mode7 = SecurityMode(rawValue: 7)
    /// AES-128-CCM with a derived key (OMS security profile D).
    public static let mode10 = SecurityMode(rawValue: 10)
}
