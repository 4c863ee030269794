import Decoder
import Wire

/// Which meter a person means, however the id is written.
///
/// | written | from |
/// | --- | --- |
/// | `12345678`, `ELS 12345678`, `7 ELS 33 1234 5678`, `07ELS3312345678` | labels, this program |
/// | `ELS-12345678-33-03`, `ELS 12345678 33 03` | other programs |
/// | `12345678.M=ELS.V=33.T=03` | wmbusmeters |
/// | `9315785634123303` | a telegram's octets 3 to 10 |
/// | `78563412` | the number in a telegram's order; only if such a meter was heard |
public struct MeterSpelling: Sendable {
    /// What may be meant, most likely first.
    let selectors: [MeterSelector]
    /// What may be meant if it is heard, and not else.
    let unlikely: [MeterSelector]

    /// - Throws: `MeterSelectorError` for what names no meter.
    public init(_ text: String) throws(MeterSelectorError) {
        let letters = text.uppercased().utf8.filter { $0 >= 0x21 && $0 < 0x7F }
        let plain = String(
            decoding: letters.filter { !Self.separators.contains($0) }, as: UTF8.self)
        var found: [MeterSelector] = []
        var failure: MeterSelectorError?
        do { found.append(try MeterSelector(plain)) } catch { failure = error }
        let named = Self.named(String(decoding: letters, as: UTF8.self))
        found += [named, Self.numberFirst(plain), Self.octets(plain)].compactMap(\.self)
        if found.isEmpty, let failure { throw failure }
        selectors = found
        unlikely = found.map { selector in
            var reversed = selector
            reversed.identificationNumber = selector.identificationNumber.byteSwapped
            return reversed
        }
    }

    /// The one of `addresses` that is meant, or all that may be.
    public func choose(among addresses: [MeterAddress]) -> MeterSelector.Choice {
        for selector in selectors + unlikely {
            let choice = selector.choose(among: addresses)
            if choice != .none { return choice }
        }
        return .none
    }

    /// The id as the configuration has it, where no telegram of the meter was heard.
    public var id: String { selectors.first.map(Self.text) ?? "" }

    func fits(_ meter: MeterSettings) -> Bool {
        selectors.contains { selector in
            selector.identificationNumber == meter.selector.identificationNumber
                && Self.agree(selector.manufacturer, meter.selector.manufacturer)
                && Self.agree(selector.version, meter.selector.version)
        }
    }

    private static func agree<Value: Equatable>(_ left: Value?, _ right: Value?) -> Bool {
        left == nil || right == nil || left == right
    }

    private static let separators = Array(" -.,:/_".utf8)

    private static func text(_ selector: MeterSelector) -> String {
        var utf8: [UInt8] = []
        if let label = selector.labelCategory {
            utf8.append(label)
        } else if let type = selector.deviceType {
            Hex.append(type.rawValue, to: &utf8)
        }
        selector.manufacturer?.appendText(to: &utf8)
        if let version = selector.version { Hex.append(version, to: &utf8) }
        for shift in [24, 16, 8, 0] as [UInt32] {
            Hex.append(UInt8(truncatingIfNeeded: selector.identificationNumber >> shift), to: &utf8)
        }
        return String(decoding: utf8, as: UTF8.self)
    }

    // MARK: Other programs' spellings

    /// `12345678.M=ELS.V=33.T=03`, whose parts behind the number may be missing.
    private static func named(_ text: String) -> MeterSelector? {
        let parts = text.split(separator: ".")
        guard let number = parts.first, number.utf8.count == 8, parts.count > 1 else { return nil }
        var values: [Character: Substring] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=")
            guard pair.count == 2, pair[0].count == 1, let name = pair[0].first else { return nil }
            values[name] = pair[1]
        }
        let maker = values["M"] ?? ""
        let version = maker.isEmpty ? "" : values["V"] ?? ""
        let type = version.isEmpty ? "" : values["T"] ?? ""
        return try? MeterSelector("\(type)\(maker)\(version)\(number)")
    }

    /// `ELS123456783303`: manufacturer, number, version, type.
    private static func numberFirst(_ text: String) -> MeterSelector? {
        let all = Array(text.utf8)
        guard all.count == 15, all.prefix(3).allSatisfy({ (0x41...0x5A).contains($0) }) else {
            return nil
        }
        let part = { (range: Range<Int>) in String(decoding: all[range], as: UTF8.self) }
        return try? MeterSelector(part(13..<15) + part(0..<3) + part(11..<13) + part(3..<11))
    }

    /// The M- and A-field as a telegram has them, in hex.
    private static func octets(_ text: String) -> MeterSelector? {
        guard text.utf8.count == 16, let octets = try? Hex.octets(text) else { return nil }
        var reader = ByteReader(octets.span)
        guard let address = try? MeterAddress(linkLayer: &reader) else { return nil }
        return try? MeterSelector(address.description)
    }
}
