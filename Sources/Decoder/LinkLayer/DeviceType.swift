import Wire

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
    public static let coldWater = DeviceType(rawValue: 0x16)
    public static let smokeDetector = DeviceType(rawValue: 0x1A)
}

/// What is measured, where it matters to whoever shows the reading.
public enum Medium: String, Sendable, CaseIterable {
    case electricity, gas, heat, cooling
    case heatAndCooling = "heat and cooling"
    case coldWater = "cold water"
    /// 30 °C and more.
    case warmWater = "warm water"
    /// Both, or it does not say which.
    case water
    case wasteWater = "waste water"
    case heatCost = "heat cost"
    case oil, steam
    case compressedAir = "compressed air"
    case room, smoke

    /// Counts cubic metres of water for people to pay.
    public var isWater: Bool {
        switch self {
        case .coldWater, .warmWater, .water, .wasteWater: true
        default: false
        }
    }

    /// The device type that says it, the plainest of several.
    public var deviceType: DeviceType {
        let code: UInt8 =
            switch self {
            case .oil: 0x01
            case .electricity: 0x02
            case .gas: 0x03
            case .heat: 0x04
            case .steam: 0x05
            case .warmWater: 0x06
            case .coldWater: 0x07
            case .heatCost: 0x08
            case .compressedAir: 0x09
            case .cooling: 0x0A
            case .heatAndCooling: 0x0D
            case .water: 0x17
            case .smoke: 0x1A
            case .room: 0x1B
            case .wasteWater: 0x28
            }
        return DeviceType(rawValue: code)
    }

    /// Counts thermal energy.
    public var isThermal: Bool {
        switch self {
        case .heat, .cooling, .heatAndCooling: true
        default: false
        }
    }
}

extension DeviceType {
    /// In words; nil for a type that the standard has no name for.
    public var name: String? { row?.name }

    /// Nil where nothing is measured that `Medium` has.
    public var medium: Medium? { row?.medium }

    /// energy2mqtt's text for the medium (`device_medium`).
    public var mediumText: String {
        switch rawValue {
        case 0x02: "Electricity"
        case 0x03: "Gas"
        case 0x04, 0x0C: "Heat"
        case 0x06, 0x15: "Water (hot)"
        case 0x07, 0x16: "Water (cold)"
        case 0x08: "Heat Cost Allocator"
        case 0x0A, 0x0B: "Cooling"
        case 0x0D: "Heat / Cooling Combined"
        case 0x20, 0x21: "Breaker / Valve"
        default: "unknown"
        }
    }

    /// The first character of the identification on a meter's label (DIN 43863-5), in capitals:
    /// what is measured, or E for communication, F for all else.
    public var labelCategory: UInt8 {
        switch rawValue {
        case 0x02: UInt8(ascii: "1")
        case 0x08: UInt8(ascii: "4")
        case 0x0A, 0x0B: UInt8(ascii: "5")
        case 0x04, 0x0C, 0x0D: UInt8(ascii: "6")
        case 0x03: UInt8(ascii: "7")
        case 0x07, 0x16: UInt8(ascii: "8")
        case 0x06, 0x15: UInt8(ascii: "9")
        case 0x0E, 0x31...0x33, 0x36...0x38: UInt8(ascii: "E")
        default: UInt8(ascii: "F")
        }
    }
}

extension DeviceType: CustomStringConvertible {
    /// `water (07)`, or `type 43` for one without a name.
    public var description: String {
        let digits = Hex.text([rawValue])
        return name.map { "\($0) (\(digits))" } ?? "type \(digits)"
    }
}

extension DeviceType {
    private struct Row: Sendable {
        var code: UInt8
        var name: String
        var medium: Medium?

        init(_ code: UInt8, _ name: String, _ medium: Medium? = nil) {
            self.code = code
            self.name = name
            self.medium = medium
        }
    }

    private var row: Row? {
        let index = Self.rows.firstIndex { $0.code == rawValue }
        return index.map { Self.rows[$0] }
    }

    /// EN 13757-7:2018, device types. Not listed: reserved.
    // swift-format-ignore
    private static let rows: [Row] = [
        Row(0x00, "other"),
        Row(0x01, "oil", .oil),
        Row(0x02, "electricity", .electricity),
        Row(0x03, "gas", .gas),
        Row(0x04, "heat, volume at return", .heat),
        Row(0x05, "steam", .steam),
        Row(0x06, "warm water", .warmWater),
        Row(0x07, "water", .coldWater),
        Row(0x08, "heat cost allocator", .heatCost),
        Row(0x09, "compressed air", .compressedAir),
        Row(0x0A, "cooling, volume at return", .cooling),
        Row(0x0B, "cooling, volume at flow", .cooling),
        Row(0x0C, "heat, volume at flow", .heat),
        Row(0x0D, "heat and cooling", .heatAndCooling),
        Row(0x0E, "bus or system component"),
        Row(0x0F, "unknown"),
        Row(0x14, "calorific value", .gas),
        Row(0x15, "hot water, 90 °C and more", .warmWater),
        Row(0x16, "cold water", .coldWater),
        Row(0x17, "hot and cold water", .water),
        Row(0x18, "pressure"),
        Row(0x19, "analogue to digital converter"),
        Row(0x1A, "smoke detector", .smoke),
        Row(0x1B, "room sensor", .room),
        Row(0x1C, "gas detector"),
        Row(0x20, "breaker"),
        Row(0x21, "valve"),
        Row(0x25, "customer unit"),
        Row(0x28, "waste water", .wasteWater),
        Row(0x29, "garbage"),
        Row(0x31, "communication controller"),
        Row(0x32, "unidirectional repeater"),
        Row(0x33, "bidirectional repeater"),
        Row(0x36, "radio converter, system side"),
        Row(0x37, "radio converter, meter side"),
        Row(0x38, "wired adapter, meter side"),
        Row(0xFF, "any"),
    ]
}
