import Decoder
import Glibc
import Wire

/// Where a meter's key is taken from: the file itself, or the place that it names.
///
/// `file:/path`, `env:NAME` and `credential:NAME` (systemd's credentials directory) keep keys out
/// of the configuration file. No error has anything of a key in it.
public struct KeySource: Sendable {
    /// Looks up a variable of the environment.
    public var variable: @Sendable (String) -> String?

    public init(variable: @escaping @Sendable (String) -> String?) { self.variable = variable }

    /// This process's environment.
    public static let process = KeySource { name in getenv(name).map { String(cString: $0) } }

    /// A key, and whether the file that it came from may be read by everyone.
    struct Found: Equatable {
        var key: MeterKey
        var fileOpenToAll: String?
    }

    /// Whether `text` is a key, not the name of a place to take it from.
    static func isLiteral(_ text: String) -> Bool { reference(text) == nil }

    /// The path of the file that `text` names, whether or not it can be read.
    func file(of text: String) -> String? {
        switch Self.reference(text) {
        case .file(let path): path.hasPrefix("/") ? path : nil
        case .credential(let name):
            variable("CREDENTIALS_DIRECTORY").flatMap { directory in
                directory.hasPrefix("/") && !name.contains("/") && !name.isEmpty
                    ? "\(directory)/\(name)" : nil
            }
        case .variable, nil: nil
        }
    }

    func key(_ text: String) throws(MeterKeyError) -> Found {
        switch Self.reference(text) {
        case nil: return Found(key: try Self.parse(text, from: nil))
        case .file(let path): return try read(path)
        case .variable(let name):
            guard !name.isEmpty, let value = variable(name) else {
                throw .noVariable(name)
            }
            return Found(key: try Self.parse(value, from: "the variable \(name)"))
        case .credential(let name):
            guard !name.isEmpty, !name.contains("/") else { throw .badCredentialName }
            guard let path = file(of: text) else { throw .noCredentials(name) }
            var found = try read(path)
            // The directory is closed to others by systemd, whatever the mode of a file in it.
            found.fileOpenToAll = nil
            return found
        }
    }

    /// The key that is given on a command line: digits (16 too, for the old DES modes), or the name
    /// of a place, as in the configuration.
    public func key(given text: String) throws(UnusableKey) -> MeterKey {
        if Self.isLiteral(text), let key = MeterKey(hex: text) { return key }
        do { return try key(text).key } catch { throw UnusableKey(description: "\(error)") }
    }

    /// Why a text gives no key, and what to do; nothing of the text is in it.
    public struct UnusableKey: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    private enum Reference { case file(String), variable(String), credential(String) }

    private static func reference(_ text: String) -> Reference? {
        if text.hasPrefix("file:") { return .file(String(text.dropFirst(5))) }
        if text.hasPrefix("env:") { return .variable(String(text.dropFirst(4))) }
        if text.hasPrefix("credential:") { return .credential(String(text.dropFirst(11))) }
        return nil
    }

    private func read(_ path: String) throws(MeterKeyError) -> Found {
        guard path.hasPrefix("/") else { throw .relativePath }
        let file: SmallFile
        do {
            file = try SmallFile(reading: path, limit: 4096)
        } catch {
            throw .file(error)
        }
        let text = String(decoding: file.octets, as: UTF8.self)
        let key = try Self.parse(text, from: "the file \(path)")
        return Found(key: key, fileOpenToAll: file.isOpenToAll ? path : nil)
    }

    /// 32 hex digits; blanks, dashes and colons may stand between them, and `0x` in front.
    private static func parse(
        _ text: String, from source: String?
    ) throws(MeterKeyError) -> MeterKey {
        var digits: [UInt8] = []
        for (place, octet) in text.utf8.enumerated() where !isSeparator(octet) {
            if digits == [UInt8(ascii: "0")], octet | 0x20 == UInt8(ascii: "x") {
                digits = []
                continue
            }
            guard isHexDigit(octet) else { throw .notADigit(place: place + 1, in: source) }
            digits.append(octet)
        }
        guard digits.count == 32, let key = MeterKey(hex: digits.span)
        else { throw .digitCount(digits.count, in: source) }
        return key
    }

    private static func isSeparator(_ octet: UInt8) -> Bool {
        octet == 0x20 || (0x09...0x0D).contains(octet) || "-:".utf8.contains(octet)
    }

    private static func isHexDigit(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x46).contains(octet & 0xDF)
    }
}

/// Why a text gives no key; none of it is shown.
enum MeterKeyError: Error, Equatable, CustomStringConvertible {
    case digitCount(Int, in: String?)
    /// `place` from 1.
    case notADigit(place: Int, in: String?)
    case noVariable(String)
    case noCredentials(String)
    case badCredentialName
    case relativePath
    case file(SmallFile.Failure)

    var description: String {
        switch self {
        case .digitCount(let count, let source):
            return "the key\(Self.from(source)) has \(count) digit\(count == 1 ? "" : "s"), "
                + "32 are needed: copy it again from the meter's supplier"
        case .notADigit(let place, let source):
            return "character \(place) of the key\(Self.from(source)) is no hex digit (0-9, A-F): "
                + "write the 32 digits alone"
        case .noVariable(let name):
            return "the variable \(ShownText.name(name)) is not set: "
                + "set it where the program is started"
        case .noCredentials(let name):
            return "there are no credentials: start the program as a systemd service with "
                + "LoadCredential=\(ShownText.name(name)):/path/of/the/key"
        case .badCredentialName:
            return "write the credential's name alone, without '/'"
        case .relativePath: return "write the whole path of the key's file, as file:/etc/…"
        case .file(let failure): return "\(failure)"
        }
    }

    private static func from(_ source: String?) -> String { source.map { " in \($0)" } ?? "" }
}
