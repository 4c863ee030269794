/// The C-field: what kind of link-layer message this is (EN 13757-4).
public struct ControlField: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Unsolicited data, no reply wanted: nearly all readings.
    public static let sendNoReply = ControlField(rawValue: 0x44)
    public static let sendInstallationRequest = ControlField(rawValue: 0x46)
}
