import Wire

/// Telegrams that other programs publish to `<base>/oms_input`, as energy2mqtt takes them: one
/// telegram as hex text from its L-field on, with or without link-layer CRCs.
public enum TelegramInput {
    /// Longer payloads hold no telegram: the longest has 291 octets with all its CRCs.
    public static let longestPayload = 4096

    /// The frame in `payload`.
    ///
    /// A leading `!` says that the CRCs are gone; without it the octets themselves tell. Small
    /// letters and white space are taken, octets behind the telegram are left to the link layer,
    /// which knows the telegram's end.
    public static func frame(_ payload: [UInt8]) throws(TelegramInputError) -> RadioFrame {
        guard payload.count <= longestPayload else { throw .tooLong(characters: payload.count) }
        var text = payload[...]
        text.trimWhiteSpace()
        var format = FrameFormat.unknown
        if text.first == UInt8(ascii: "!") {
            format = .crcsRemoved
            text.removeFirst()
            text.trimWhiteSpace()
        }
        guard !text.isEmpty else { throw .empty }
        let octets: [UInt8]
        do {
            octets = try Hex.octets(text.span)
        } catch {
            throw .notHex(error)
        }
        guard !octets.isEmpty else { throw .empty }
        return RadioFrame(octets: octets, format: format)
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func trimWhiteSpace() {
        let isBlank = { (octet: UInt8) in octet == 0x20 || (0x09...0x0D).contains(octet) }
        self = drop(while: isBlank)
        while let last, isBlank(last) { removeLast() }
    }
}

/// Why a payload holds no telegram.
public enum TelegramInputError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case tooLong(characters: Int)
    case notHex(HexError)

    /// A short name for counters.
    public var code: String {
        switch self {
        case .empty: "empty"
        case .tooLong: "too_long"
        case .notHex: "not_hex"
        }
    }

    public var description: String {
        switch self {
        case .empty:
            "The message is empty. Publish one telegram as hex text, beginning with its L-field."
        case .tooLong(let characters):
            "The message has \(characters) characters, more than any telegram. Publish each telegram"
                + " in a message of its own."
        case .notHex(let error):
            "The message is no hex text: \(error). Publish one telegram as hex text, beginning with"
                + " its L-field."
        }
    }
}
