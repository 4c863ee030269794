import Wire

/// A meter as a person writes it: from a label, from energy2mqtt's file, or only its number.
///
/// All of these are taken, in any case, with blanks and dashes anywhere:
///
/// | written | meaning |
/// |---|---|
/// | `12345678` | number |
/// | `ELS12345678` | manufacturer, number |
/// | `ELS3312345678` | manufacturer, version, number |
/// | `3ELS3312345678` | one character before that: device type, or what a label has there |
/// | `03ELS3312345678` | two hex digits before that: device type |
///
/// The first character of a label (DIN 43863-5) is another code than the device type: 7 is gas on a
/// label and water as a type. So it never excludes a meter; it only decides between two, and a
/// warning is due where it fits in neither sense.
public struct MeterSelector: Hashable, Sendable {
    public var identificationNumber: UInt32
    /// Nil: any.
    public var manufacturer: ManufacturerCode?
    /// Nil: any.
    public var version: UInt8?
    /// What stands before the manufacturer, read as a device type.
    public var deviceType: DeviceType?
    /// The single character before the manufacturer, read as a label has it: a capital or a digit.
    public var labelCategory: UInt8?

    public init(_ text: String) throws(MeterSelectorError) {
        var characters: [UInt8] = []
        for character in text.utf8 where character != UInt8(ascii: " ") {
            guard character != UInt8(ascii: "-") else { continue }
            let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
            characters.append(isSmall ? character & 0xDF : character)
            guard characters.count <= 15 else { throw .wrongLength(text) }
        }
        let count = characters.count
        guard count == 8 || count == 11 || (13...15).contains(count) else {
            throw .wrongLength(text)
        }
        guard let number = Self.number(characters[(count - 8)...]) else {
            throw .badNumber(text)
        }
        identificationNumber = UInt32(truncatingIfNeeded: number)
        guard count > 8 else { return }

        let lettersStart = count == 11 ? 0 : count - 13
        let letters = characters[lettersStart..<(lettersStart + 3)]
        guard
            let manufacturer = ManufacturerCode(letters: String(decoding: letters, as: UTF8.self))
        else { throw .badManufacturer(text) }
        self.manufacturer = manufacturer
        guard count > 11 else { return }

        guard let version = Self.number(characters[(lettersStart + 3)..<(count - 8)]) else {
            throw .badVersion(text)
        }
        self.version = UInt8(truncatingIfNeeded: version)
        guard count > 13 else { return }

        guard let type = Self.number(characters[..<lettersStart]) else { throw .badType(text) }
        deviceType = DeviceType(rawValue: UInt8(truncatingIfNeeded: type))
        if count == 14 { labelCategory = characters[0] }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit & 0xF)
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt64(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }
}

extension MeterSelector {
    /// How well an address fits, from worst to best.
    public enum Match: Int, Comparable, Sendable {
        /// All but the first character, which fits in neither sense: worth a warning.
        case firstCharacterDisagrees
        /// All that was written, and no first character was.
        case nothingMore
        /// The first character too, in the sense of a label.
        case asLabel
        /// The first character too, in the sense of a device type.
        case asDeviceType

        public static func < (left: Match, right: Match) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// Nil: another meter.
    public func match(_ address: MeterAddress) -> Match? {
        guard identificationNumber == address.identificationNumber,
            manufacturer.map({ $0 == address.manufacturer.global }) ?? true,
            version.map({ $0 == address.version }) ?? true
        else { return nil }
        guard let deviceType else { return .nothingMore }
        if deviceType == address.deviceType { return .asDeviceType }
        return labelCategory == address.deviceType.labelCategory
            ? .asLabel : .firstCharacterDisagrees
    }

    public enum Choice: Equatable, Sendable {
        case none
        case one(MeterAddress, Match)
        /// These fit equally well; the user must write more.
        case ambiguous([MeterAddress])
    }

    /// The meter that is meant among those that were heard.
    public func choose(among addresses: some Sequence<MeterAddress>) -> Choice {
        var best: Match?
        var chosen: [MeterAddress] = []
        for address in addresses {
            guard let match = match(address), !chosen.contains(address) else { continue }
            if let better = best, match < better { continue }
            if match != best { chosen.removeAll() }
            best = match
            chosen.append(address)
        }
        guard let best, let first = chosen.first else { return .none }
        return chosen.count == 1 ? .one(first, best) : .ambiguous(chosen)
    }
}

/// Why a text names no meter.
public enum MeterSelectorError: Error, Equatable, Sendable {
    case wrongLength(String)
    case badNumber(String)
    case badManufacturer(String)
    case badVersion(String)
    case badType(String)
}

extension MeterSelectorError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongLength(let text):
            "'\(text)' is no meter id: write the 8 digits of the meter's number, or the whole id,"
                + " as 03ELS3312345678."
        case .badNumber(let text):
            "'\(text)' does not end in the 8 digits of a meter's number."
        case .badManufacturer(let text):
            "'\(text)' has no manufacturer: three letters stand there in an id, as"
                + " 03ELS3312345678."
        case .badVersion(let text):
            "'\(text)' has no version behind the manufacturer: two hex digits stand there in an id,"
                + " as 03ELS3312345678."
        case .badType(let text):
            "'\(text)' does not begin with a device type: one or two hex digits, as"
                + " 03ELS3312345678."
        }
    }
}
