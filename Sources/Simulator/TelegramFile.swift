import Glibc
import Wire

/// Telegrams to play, from a file: one a line, in hex, without link-layer CRCs.
///
/// ```
/// # a gas meter, 9 dB weaker than usual
/// @rssi=-80 @mode=T1  2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B…
/// @mode=C1 @format=B  2E44 3330 03020100 07 1B 7A63482025…
/// ```
///
/// Blanks within the hex and empty lines do not count; `#` begins a comment, also behind a
/// telegram. `@rssi=` is in dBm (−71 without it), `@mode=` S1, T1 or C1 (heard in every mode
/// without it), `@format=` A or B.
public enum TelegramFile {
    /// - Throws: `TelegramFileError` for a file that cannot be read or has no telegram, and for
    ///   the first line that is none.
    public static func read(_ path: String) throws(TelegramFileError) -> [Transmission] {
        let transmissions = try parse(contents(of: path), name: path)
        guard !transmissions.isEmpty else { throw .empty(path: path) }
        return transmissions
    }

    /// - Parameter name: what errors call the text.
    public static func parse(
        _ text: [UInt8], name: String = "telegrams"
    ) throws(TelegramFileError) -> [Transmission] {
        var transmissions: [Transmission] = []
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            do throws(TelegramLineFault) {
                if let transmission = try parse(line: line) { transmissions.append(transmission) }
            } catch {
                throw .badLine(path: name, line: index + 1, error)
            }
        }
        return transmissions
    }

    private static func parse(
        line: ArraySlice<UInt8>
    ) throws(TelegramLineFault) -> Transmission? {
        var transmission = Transmission(frame: [])
        var digits: [UInt8] = []
        let content = line.prefix { $0 != UInt8(ascii: "#") }
        for word in content.split(whereSeparator: { [0x20, 0x09, 0x0D].contains($0) }) {
            if word.first == UInt8(ascii: "@") {
                guard digits.isEmpty else { throw .optionBehindTelegram }
                try apply(option: String(decoding: word, as: UTF8.self), to: &transmission)
            } else {
                digits += word
            }
        }
        do {
            transmission.frame = try Hex.octets(digits.span)
        } catch {
            throw .notHex(error)
        }
        let frame = transmission.frame
        guard let length = frame.first else {
            guard content.contains(UInt8(ascii: "@")) else { return nil }
            throw .optionsAlone
        }
        guard Int(length) == frame.count - 1 else {
            throw .wrongLength(lengthField: length, following: frame.count - 1)
        }
        guard frame.count > 10 else { throw .tooShort(frame.count) }
        guard transmission.format != .b || transmission.linkMode ?? .c1 == .c1 else {
            throw .formatBOutsideC
        }
        return transmission
    }

    private static func apply(
        option: String, to transmission: inout Transmission
    ) throws(TelegramLineFault) {
        let parts = option.lowercased().split(separator: "=", maxSplits: 1)
        let value = parts.count == 2 ? parts[1] : ""
        switch parts.first {
        case "@rssi":
            guard let strength = Double(value), (-200...0).contains(strength) else {
                throw .badOption(option, allowed: "a number of dBm from -200 to 0")
            }
            transmission.signalStrength = strength
        case "@mode":
            guard let mode = LinkMode(rawValue: String(value)) else {
                throw .badOption(option, allowed: "S1, T1 or C1")
            }
            transmission.linkMode = mode
        case "@format":
            switch value {
            case "a": transmission.format = .a
            case "b": transmission.format = .b
            default: throw .badOption(option, allowed: "A or B")
            }
        default: throw .unknownOption(option)
        }
    }

    private static func contents(of path: String) throws(TelegramFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw .unreadable(path: path, errno: errno)
            }
            if count == 0 { return text }
            text += chunk.prefix(count)
            guard text.count <= largestFile else { throw .tooLarge(path: path) }
        }
    }

    /// Some 100,000 telegrams; a device or a pipe without end is not read for ever.
    private static let largestFile = 64 << 20
}

/// Why telegrams cannot be read from a file.
public enum TelegramFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadable(path: String, errno: Int32)
    case tooLarge(path: String)
    case empty(path: String)
    case badLine(path: String, line: Int, TelegramLineFault)

    public var description: String {
        switch self {
        case .unreadable(let path, let number):
            let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
            return "\(path) cannot be read (\(reason)). Check the path and who may read it."
        case .tooLarge(let path):
            return "\(path) has more than 64 MiB: give fewer telegrams and let them repeat."
        case .empty(let path):
            return "\(path) has no telegram in it: write one a line, in hex."
        case .badLine(let path, let line, let fault):
            return "\(path), line \(line): \(fault)"
        }
    }
}

/// What is wrong with a line that should be a telegram.
public enum TelegramLineFault: Error, Equatable, Sendable, CustomStringConvertible {
    case notHex(HexError)
    case wrongLength(lengthField: UInt8, following: Int)
    case tooShort(Int)
    case badOption(String, allowed: String)
    case unknownOption(String)
    case optionBehindTelegram
    case optionsAlone
    case formatBOutsideC

    public var description: String {
        switch self {
        case .notHex(let error): "\(error)."
        case .wrongLength(let length, let following):
            "the first octet says that \(length) follow, but \(following) do. Take link-layer "
                + "CRCs and what the receiver added out; complete what is cut."
        case .tooShort(let count):
            "a telegram has 11 octets at least, this one \(count)."
        case .badOption(let option, let allowed): "\(option): give \(allowed)."
        case .unknownOption(let option):
            "\(option) is unknown: there are @rssi=, @mode= and @format=."
        case .optionBehindTelegram: "options stand before the telegram."
        case .optionsAlone: "there are options but no telegram: both go on one line."
        case .formatBOutsideC: "frame format B exists in mode C only: take @mode=C1."
        }
    }
}
