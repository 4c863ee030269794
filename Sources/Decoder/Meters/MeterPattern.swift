/// Which meters something holds for: a manufacturer, and where given a version and a device type.
public struct MeterPattern: Hashable, Sendable {
    public var manufacturer: ManufacturerCode
    /// Nil: any.
    public var version: UInt8?
    /// Nil: any.
    public var deviceType: DeviceType?

    public init(
        manufacturer: ManufacturerCode, version: UInt8? = nil, deviceType: DeviceType? = nil
    ) {
        self.manufacturer = manufacturer
        self.version = version
        self.deviceType = deviceType
    }

    /// For tables in the source: three letters, then version and device type as they are sent.
    init(_ letters: StaticString, _ version: UInt8? = nil, _ deviceType: UInt8? = nil) {
        self.init(
            manufacturer: ManufacturerCode(letters: letters.description)
                ?? ManufacturerCode(rawValue: 0),
            version: version, deviceType: deviceType.map(DeviceType.init(rawValue:)))
    }

    public func matches(_ address: MeterAddress) -> Bool {
        manufacturer == address.manufacturer.global
            && (version == nil || version == address.version)
            && (deviceType == nil || deviceType == address.deviceType)
    }

    /// How much it asks for: of two that match, the higher one is meant.
    public var weight: Int { 1 + (version == nil ? 0 : 1) + (deviceType == nil ? 0 : 1) }
}
