import Wire

/// The CI-field: which layer and which header follow (EN 13757-7:2018, table 2).
public struct CIField: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let networkLayer = CIField(rawValue: 0x81)
    public static let extendedLinkLayer1 = CIField(rawValue: 0x8C)
    public static let extendedLinkLayer2 = CIField(rawValue: 0x8D)
    public static let extendedLinkLayer3 = CIField(rawValue: 0x8E)
    public static let extendedLinkLayer4 = CIField(rawValue: 0x8F)
    /// Of variable layout, which no source tells.
    public static let extendedLinkLayer5 = CIField(rawValue: 0x86)
    public static let authenticationAndFragmentation = CIField(rawValue: 0x90)
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

extension CIField {
    /// What stands behind a CI-field.
    public enum Role: Equatable, Sendable {
        /// Something a meter tells, in a form that is read here.
        case content(Telegram.Content)
        /// A command or question to a meter.
        case toMeter
        /// Something a meter tells in a form that is not read here.
        case otherContent
        case extendedLinkLayer
        case networkLayer
        case authenticationAndFragmentation
        /// The standard has no meaning for it.
        case reserved
    }

    public var role: Role { Self.table[Int(rawValue)].role }
    /// The header behind it; `none` for the layers below the transport layer.
    public var headerForm: HeaderForm { Self.table[Int(rawValue)].form }
    /// What the standard calls it.
    public var name: String { Self.table[Int(rawValue)].name }
}

extension CIField: CustomStringConvertible {
    /// `7A, response, full frame, short header`.
    public var description: String {
        let header =
            switch headerForm {
            case .none: ""
            case .short: ", short header"
            case .long: ", long header"
            }
        return "\(Hex.text([rawValue])), \(name)\(header)"
    }
}

extension CIField {
    private struct Row: Sendable {
        var codes: ClosedRange<UInt8>
        var form: HeaderForm
        var role: Role
        var name: String

        init(_ codes: ClosedRange<UInt8>, _ form: HeaderForm, _ role: Role, _ name: String) {
            self.codes = codes
            self.form = form
            self.role = role
            self.name = name
        }

        init(_ code: UInt8, _ form: HeaderForm, _ role: Role, _ name: String) {
            self.init(code...code, form, role, name)
        }
    }

    /// One row a code, `rows` spread out.
    private static let table: [Row] = {
        var table = [Row](repeating: Row(0...0xFF, .none, .reserved, "reserved"), count: 256)
        for row in rows {
            for code in row.codes { table[Int(code)] = row }
        }
        return table
    }()

    /// EN 13757-7:2018, table 2, with the changes of EN 13757-3:2025, table 27; what is not listed
    /// is reserved.
    // swift-format-ignore
    private static let rows: [Row] = [
        Row(0x00...0x1F, .none, .otherContent, "DLMS application"),
        Row(0x50, .none, .toMeter, "application reset or select"),
        Row(0x51, .none, .toMeter, "command"),
        Row(0x52, .none, .toMeter, "selection of a device"),
        Row(0x53, .long, .toMeter, "application reset or select"),
        Row(0x54, .none, .toMeter, "request of the selected application"),
        Row(0x55, .long, .toMeter, "request of the selected application"),
        Row(0x56, .short, .toMeter, "request of the selected application"),
        Row(0x57, .short, .toMeter, "application reset or select"),
        Row(0x5A, .short, .toMeter, "command"),
        Row(0x5B, .long, .toMeter, "command"),
        Row(0x5C, .none, .toMeter, "synchronise action"),
        Row(0x5F, .long, .otherContent, "specific usage"),
        Row(0x60, .long, .toMeter, "DLMS or COSEM command"),
        Row(0x61, .short, .toMeter, "DLMS or COSEM command"),
        Row(0x64, .long, .toMeter, "OBIS type command"),
        Row(0x65, .short, .toMeter, "OBIS type command"),
        Row(0x66, .none, .otherContent, "response of the selected application"),
        Row(0x67, .short, .otherContent, "response of the selected application"),
        Row(0x68, .long, .otherContent, "response of the selected application"),
        Row(0x69, .none, .content(.formatFrame), "format frame"),
        Row(0x6A, .short, .content(.formatFrame), "format frame"),
        Row(0x6B, .long, .content(.formatFrame), "format frame"),
        Row(0x6C, .long, .toMeter, "clock synchronisation, absolute"),
        Row(0x6D, .long, .toMeter, "clock synchronisation, relative"),
        Row(0x6E, .short, .content(.applicationError), "application error"),
        Row(0x6F, .long, .content(.applicationError), "application error"),
        Row(0x70, .none, .content(.applicationError), "application error"),
        Row(0x71, .none, .content(.alarm), "alarm"),
        Row(0x72, .long, .content(.records), "response, full frame"),
        Row(0x73, .long, .content(.compactFrame), "response, compact frame"),
        Row(0x74, .short, .content(.alarm), "alarm"),
        Row(0x75, .long, .content(.alarm), "alarm"),
        Row(0x78, .none, .content(.records), "response, full frame"),
        Row(0x79, .none, .content(.compactFrame), "response, compact frame"),
        Row(0x7A, .short, .content(.records), "response, full frame"),
        Row(0x7B, .short, .content(.compactFrame), "response, compact frame"),
        Row(0x7C, .long, .otherContent, "DLMS or COSEM response"),
        Row(0x7D, .short, .otherContent, "DLMS or COSEM response"),
        Row(0x7E, .long, .otherContent, "OBIS type response"),
        Row(0x7F, .short, .otherContent, "OBIS type response"),
        Row(0x80, .long, .toMeter, "transport layer, no application"),
        Row(0x81, .none, .networkLayer, "network layer"),
        // One implementation reads a short header behind 82; the standard's table says long.
        Row(0x82, .long, .toMeter, "network management"),
        Row(0x83, .none, .toMeter, "network management"),
        Row(0x84, .long, .toMeter, "transport layer, compact frame expected"),
        Row(0x85, .long, .toMeter, "transport layer, format frame expected"),
        Row(0x86, .none, .extendedLinkLayer, "extended link layer V"),
        Row(0x87, .long, .otherContent, "network management"),
        Row(0x88, .short, .otherContent, "network management"),
        Row(0x89, .none, .otherContent, "network management"),
        Row(0x8A, .short, .content(.statusOnly), "transport layer, no application"),
        Row(0x8B, .long, .content(.statusOnly), "transport layer, no application"),
        Row(0x8C, .none, .extendedLinkLayer, "extended link layer I"),
        Row(0x8D, .none, .extendedLinkLayer, "extended link layer II"),
        Row(0x8E, .none, .extendedLinkLayer, "extended link layer III"),
        Row(0x8F, .none, .extendedLinkLayer, "extended link layer IV"),
        Row(0x90, .none, .authenticationAndFragmentation, "authentication and fragmentation layer"),
        Row(0x9E, .short, .otherContent, "specific usage"),
        Row(0x9F, .long, .otherContent, "specific usage"),
        Row(0xA0...0xB7, .none, .content(.manufacturerSpecific), "manufacturer specific"),
        Row(0xB8...0xBF, .none, .toMeter, "set baud rate"),
        Row(0xC0, .long, .toMeter, "image transfer"),
        Row(0xC1, .short, .otherContent, "image transfer"),
        Row(0xC2, .long, .otherContent, "image transfer"),
        Row(0xC3, .long, .toMeter, "security information"),
        Row(0xC4, .short, .otherContent, "security information"),
        Row(0xC5, .long, .otherContent, "security information"),
    ]
}
