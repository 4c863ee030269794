/// The CI-field: which layer and which header follow (EN 13757-7:2018, table 2).
public struct CIField: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
}

/// The header of the transport layer that a CI-field announces (EN 13757-7, 7.4 to 7.6).
public enum HeaderForm: String, Equatable, Sendable {
    /// The application's octets follow the CI-field directly.
    case none
    /// Access number, status, configuration field.
    case short
    /// The meter's own address before these.
    case long
}
