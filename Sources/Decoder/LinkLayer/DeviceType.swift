/// What a device measures or does (EN 13757-7, device types; OMS Vol. 2, table 2).
public struct DeviceType: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let other = DeviceType(rawValue: 0x00)
    public static let electricity = DeviceType(rawValue: 0x02)
    public static let gas = DeviceType(rawValue: 0x03)
    public static let heat = DeviceType(rawValue: 0x04)
    public static let warmWater = DeviceType(rawValue: 0x06)
    public static let water = DeviceType(rawValue: 0x07)
    public static let heatCostAllocator = DeviceType(rawValue: 0x08)
}
