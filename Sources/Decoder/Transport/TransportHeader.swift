import Wire

/// The fields that stand before the application's octets (EN 13757-7, 7.4 to 7.6).
///
/// - none: `CI`
/// - short: `CI ACC STS CF CF [CFE…]`
/// - long: `CI ID ID ID ID M M VER TYPE ACC STS CF CF [CFE…]`
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
    /// Which version of the key; nil where the header does not say.
    public var keyVersion: UInt8?

    /// 0 without a header.
    public var securityMode: SecurityMode { configuration.securityMode }

    /// Zero without a header.
    public var configuration: ConfigurationField {
        ConfigurationField(rawValue: configurationField ?? 0)
    }

    /// Zero where there is none.
    public var keySelection: ConfigurationFieldExtension {
        ConfigurationFieldExtension(rawValue: configurationFieldExtension ?? 0)
    }
}

extension TransportHeader {
    /// Reads from the CI-field to the last octet before the application's.
    ///
    /// - Parameter meter: set to the address of a long header.
    init(
        reading reader: inout ByteReader, meter: inout MeterAddress,
        account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        account.layer("Transport layer")
        var start = reader.offset
        let ci = CIField(rawValue: try reader.octet())
        ciField = ci
        form = ci.headerForm
        account.field("CI-field", start..<reader.offset, ci.description)
        guard form != .none else { return }

        if form == .long {
            start = reader.offset
            let address = try MeterAddress(longHeader: &reader)
            account.field("Identification number", start..<(start + 4), address.number)
            account.field(
                "Manufacturer", (start + 4)..<(start + 6), address.manufacturer.description)
            account.field(
                "Version", (start + 6)..<(start + 7), "\(Hex.text([address.version])) (hex)")
            account.field(
                "Device type", (start + 7)..<(start + 8), address.deviceType.description)
            meter = address
        }
        start = reader.offset
        let accessNumber = try reader.octet()
        account.field("Access number", start..<reader.offset, "\(accessNumber)")
        self.accessNumber = accessNumber
        let status = try reader.octet()
        account.field(
            "Status", (start + 1)..<reader.offset, StatusField(rawValue: status).description)
        self.status = status
        let configuration = ConfigurationField(rawValue: try reader.uint16())
        account.field("Configuration field", (start + 2)..<reader.offset, configuration.description)
        configurationField = configuration.rawValue
        try readExtension(&reader, configuration, account: &account)
    }

    private mutating func readExtension(
        _ reader: inout ByteReader, _ configuration: ConfigurationField,
        account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        guard configuration.extensionSize > 0 else { return }
        let start = reader.offset
        let selection = ConfigurationFieldExtension(
            rawValue: UInt16(
                truncatingIfNeeded: try reader.unsigned(octets: configuration.extensionSize)))
        configurationFieldExtension = selection.rawValue
        account.field(
            "Field extension (CFE)", start..<reader.offset, selection.description)
        // The two that may follow stand in this order in mode 7 and in the other one in mode 10.
        if configuration.securityMode == .mode7 {
            try readCounter(&reader, configuration, account: &account)
            try readVersion(&reader, selection, account: &account)
        } else if configuration.securityMode == .mode10 {
            try readVersion(&reader, selection, account: &account)
            try readCounter(&reader, configuration, account: &account)
        }
    }

    private mutating func readCounter(
        _ reader: inout ByteReader, _ configuration: ConfigurationField,
        account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        guard configuration.hasMessageCounter else { return }
        let start = reader.offset
        let counter = try reader.uint32()
        account.field("Message counter", start..<reader.offset, "\(counter)")
        messageCounter = counter
    }

    private mutating func readVersion(
        _ reader: inout ByteReader, _ selection: ConfigurationFieldExtension,
        account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        guard selection.hasKeyVersion else { return }
        let start = reader.offset
        let version = try reader.octet()
        account.field("Key version", start..<reader.offset, "\(version)")
        keyVersion = version
    }
}
