import Wire

/// The C-field: what kind of link-layer message this is (EN 13757-4, 12.5.2).
public struct ControlField: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Unsolicited data, no reply wanted: nearly all readings.
    public static let sendNoReply = ControlField(rawValue: 0x44)
    public static let sendInstallationRequest = ControlField(rawValue: 0x46)
    public static let accessNoReply = ControlField(rawValue: 0x47)
    public static let accessDemand = ControlField(rawValue: 0x48)
    /// Its bits 4 and 5 say more: 18, 28 and 38 are responses too.
    public static let respondUserData = ControlField(rawValue: 0x08)
}

extension ControlField {
    public enum Direction: Sendable { case fromMeter, toMeter, both }

    /// Who sends such a message; nil for a C-field that no table has.
    public var direction: Direction? { row?.direction }

    /// The standard's short name, as `SND_NR`; nil for a C-field that no table has.
    public var name: String? { row?.name }

    private struct Row: Sendable {
        /// Bits that tell; the others are flow control.
        var mask: UInt8 = 0xFF
        var code: UInt8
        var name: String
        var direction: Direction
    }

    private var row: Row? { Self.rows.first { rawValue & $0.mask == $0.code } }

    // swift-format-ignore
    private static let rows: [Row] = [
        Row(code: 0x44, name: "SND_NR", direction: .fromMeter),
        Row(code: 0x46, name: "SND_IR", direction: .fromMeter),
        Row(code: 0x47, name: "ACC_NR", direction: .fromMeter),
        Row(code: 0x48, name: "ACC_DMD", direction: .fromMeter),
        Row(mask: 0xCF, code: 0x08, name: "RSP_UD", direction: .fromMeter),
        Row(mask: 0xCF, code: 0x00, name: "ACK", direction: .both),
        Row(mask: 0xCF, code: 0x01, name: "NACK", direction: .both),
        Row(code: 0x40, name: "SND_NKE", direction: .toMeter),
        Row(code: 0x43, name: "SND_UD2", direction: .toMeter),
        Row(code: 0x45, name: "SND_UD3", direction: .toMeter),
        Row(mask: 0xDF, code: 0x53, name: "SND_UD", direction: .toMeter),
        Row(mask: 0xDF, code: 0x5A, name: "REQ_UD1", direction: .toMeter),
        Row(mask: 0xDF, code: 0x5B, name: "REQ_UD2", direction: .toMeter),
        Row(code: 0x06, name: "CNF_IR", direction: .toMeter),
    ]
}

extension ControlField: CustomStringConvertible {
    /// `SND_NR`, or two hex digits for a C-field that no table has.
    public var description: String { name ?? Hex.text([rawValue]) }
}
