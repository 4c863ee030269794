import Glibc
import Wire

/// Keeps bodies that are not understood as small files, so that their form can be learned: keys,
/// types and lengths stay, whatever tells of a home or a secret is blanked.
///
/// Each form is kept once (`datahub-<form>.json` in the directory), and only so many.
struct DatahubSamples {
    static let mostFiles = 20
    static let mostOctets = 16_384
    /// Words below these keys tell the kind of message, not of whom it is.
    private static let openKeys: Set = [
        "type", "devicetype", "devicetypename", "packettype", "parser", "version",
    ]

    let directory: String
    private var kept: Set<UInt64> = []

    init(directory: String) { self.directory = directory }

    /// - Returns: the file's path, if the form is new and there is room.
    mutating func keep(_ json: JSONValue) -> String? {
        guard kept.count < Self.mostFiles else { return nil }
        var writer = JSONWriter()
        writer.value(Self.blanked(json, isOpen: false))
        let form = FNV1a.hash(writer.bytes)
        guard kept.insert(form).inserted else { return nil }
        return write(Array(writer.bytes.prefix(Self.mostOctets)), form)
    }

    private func write(_ octets: [UInt8], _ form: UInt64) -> String? {
        guard Self.files(in: directory) < Self.mostFiles else { return nil }
        let path = "\(directory)/datahub-\(String(form, radix: 16)).json"
        // A file that is there already, or a link that somebody put there, stays as it is.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let written = octets.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == octets.count else {
            unlink(path)
            return nil
        }
        return path
    }

    private static func files(in directory: String) -> Int {
        guard let stream = opendir(directory) else { return 0 }
        defer { closedir(stream) }
        var count = 0
        while let entry = readdir(stream) {
            let isSample = withUnsafeBytes(of: &entry.pointee.d_name) {
                $0.starts(with: "datahub-".utf8)
            }
            if isSample { count += 1 }
        }
        return count
    }

    // MARK: Blanking

    /// The same with blanked words and numbers; of a list only what differs.
    static func blanked(_ json: JSONValue, isOpen: Bool) -> JSONValue {
        switch json {
        case .object(let members):
            return .object(
                members.map {
                    ($0.key, blanked($0.value, isOpen: openKeys.contains($0.key.lowercased())))
                })
        case .array(let elements):
            var seen: [JSONValue] = []
            for element in elements.prefix(20).map({ blanked($0, isOpen: false) })
            where !seen.contains(element) {
                seen.append(element)
            }
            return .array(seen)
        case .string(let text):
            return .string(isOpen && text.utf8.count <= 64 ? text : blanked(text))
        case .number(let digits): return .number(blanked(digits))
        case .bool, .null: return json
        }
    }

    /// Digits become 0 or 1, hex letters `a` or `A`, others `x` or `X`; of a long text the beginning
    /// stays that long.
    private static func blanked(_ text: String) -> String {
        String(
            decoding: text.utf8.prefix(512).map { octet in
                switch octet {
                case UInt8(ascii: "0"): octet
                case UInt8(ascii: "1")...UInt8(ascii: "9"): UInt8(ascii: "1")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt8(ascii: "a")
                case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt8(ascii: "A")
                case UInt8(ascii: "g")...UInt8(ascii: "z"): UInt8(ascii: "x")
                case UInt8(ascii: "G")...UInt8(ascii: "Z"): UInt8(ascii: "X")
                case 0x80...: UInt8(ascii: "x")
                default: octet
                }
            }, as: UTF8.self)
    }
}
