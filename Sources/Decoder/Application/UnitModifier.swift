import Wire

/// What combinable VIFEs 20 to 38 do to a record's unit: `/d`, `/pulse`, `*s` (EN 13757-3:2018,
/// table 15). The number stays as it is.
///
/// Several may follow each other, so it is a list of up to eight VIFEs, first one lowest.
public struct UnitModifier: Hashable, Sendable {
    private var codes: UInt64 = 0

    public static let none = UnitModifier()
    public var isEmpty: Bool { codes == 0 }

    private init() {}

    /// One VIFE, 20 to 38.
    public init(vife: UInt8) { codes = UInt64(vife) }

    /// Adds a VIFE; false if there is no room.
    mutating func append(_ vife: UInt8) -> Bool {
        let used = 64 - codes.leadingZeroBitCount
        guard used <= 56 else { return false }
        codes |= UInt64(vife) << UInt64((used + 7) & ~7)
        return true
    }

    /// Appends what stands behind the unit: `/d`; nothing for `none`.
    public func appendSymbol(to utf8: inout [UInt8]) {
        forEach { utf8.append(text: Self.symbol(of: $0)) }
    }

    /// Appends the words that a record's name has for it: `_per_d`; nothing for `none`.
    public func appendWords(to utf8: inout TextBuffer) {
        forEach { utf8.append(text: Self.words(of: $0)) }
    }

    private func forEach(_ body: (UInt8) -> Void) {
        var rest = codes
        while rest != 0 {
            body(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    private static func symbol(of vife: UInt8) -> StaticString {
        switch vife {
        case 0x20: "/s"
        case 0x21: "/min"
        case 0x22: "/h"
        case 0x23: "/d"
        case 0x24: "/week"
        case 0x25: "/month"
        case 0x26: "/year"
        case 0x27: "/revolution"
        case 0x28...0x2B: "/pulse"
        case 0x2C: "/l"
        case 0x2D: "/m³"
        case 0x2E: "/kg"
        case 0x2F: "/K"
        case 0x30: "/kWh"
        case 0x31: "/GJ"
        case 0x32: "/kW"
        case 0x33: "/(K*l)"
        case 0x34: "/V"
        case 0x35: "/A"
        case 0x36: "*s"
        case 0x37: "*s/V"
        case 0x38: "*s/A"
        default: ""
        }
    }

    private static func words(of vife: UInt8) -> StaticString {
        switch vife {
        case 0x20: "_per_s"
        case 0x21: "_per_min"
        case 0x22: "_per_h"
        case 0x23: "_per_d"
        case 0x24: "_per_week"
        case 0x25: "_per_month"
        case 0x26: "_per_year"
        case 0x27: "_per_revolution"
        case 0x28: "_per_input_pulse_0"
        case 0x29: "_per_input_pulse_1"
        case 0x2A: "_per_output_pulse_0"
        case 0x2B: "_per_output_pulse_1"
        case 0x2C: "_per_l"
        case 0x2D: "_per_m3"
        case 0x2E: "_per_kg"
        case 0x2F: "_per_k"
        case 0x30: "_per_kwh"
        case 0x31: "_per_gj"
        case 0x32: "_per_kw"
        case 0x33: "_per_k_l"
        case 0x34: "_per_v"
        case 0x35: "_per_a"
        case 0x36: "_times_s"
        case 0x37: "_times_s_per_v"
        case 0x38: "_times_s_per_a"
        default: ""
        }
    }
}
