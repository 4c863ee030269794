/// The fields that stand before the application's octets (EN 13757-7, 7.4 to 7.6).
public struct TransportHeader: Equatable, Sendable {
    public var ciField: CIField
    public var form: HeaderForm
    /// Counts the meter's transmissions; nil without a header.
    public var accessNumber: UInt8?
    /// Status octet; nil without a header.
    public var status: UInt8?
    /// The configuration field, low octet first on air; nil without a header.
    public var configurationField: UInt16?
    /// Octets that follow the configuration field in some modes (CFE), low octet first.
    public var configurationFieldExtension: UInt16?
    /// The message counter that stands here in mode 10, or in mode 7 if so configured.
    public var messageCounter: UInt32?

    /// 0 without a header.
    public var securityMode: SecurityMode {
        SecurityMode(rawValue: UInt8((configurationField ?? 0) >> 8 & 0x1F))
    }
}
