import Wire

/// One message of another program, with one telegram in it.
///
/// It may be hex text from the L-field on, with link-layer CRCs, without, or with a `!` in front
/// that says they are gone; a line as sticks and programs write it (culfw, rtl_wmbus, recordings,
/// logs of wmbusmeters); a JSON object (`TelegramEnvelope`); base64; or the telegram's octets
/// themselves. Quotes around it are taken off.
public struct TelegramMessage: Equatable, Sendable {
    public var frame: RadioFrame
    /// Which receiver of which program or device heard it, if the message says so: at most 64
    /// characters, none a control character.
    public var receiver: String?
    public var gateway: String?
    /// When it was received, since 1970, if the message says so.
    public var time: Duration?

    /// Longer ones hold no telegram: the longest has 291 octets with all its CRCs.
    public static let longest = 16_384

    public init(_ payload: [UInt8]) throws(TelegramMessageError) {
        self = try Self.read(payload)
    }

    private init(_ frame: RadioFrame) { self.frame = frame }

    private static func read(_ payload: [UInt8]) throws(TelegramMessageError) -> TelegramMessage {
        guard payload.count <= longest else { throw .tooLong(octets: payload.count) }
        var text = payload[...]
        text.trimWhiteSpace()
        text.trimQuotes()
        guard !text.isEmpty else { throw .empty }
        if text.beginsObject { return try object(Array(text)) }
        var format = FrameFormat.unknown
        var digits = text
        if digits.first == UInt8(ascii: "!") {
            format = .crcsRemoved
            digits.removeFirst()
            digits.trimWhiteSpace()
        }
        let octets: [UInt8]
        do { octets = try Hex.octets(digits.span) } catch {
            guard let other = try line(text) ?? base64(text) ?? bare(payload) else {
                throw .notHex(error)
            }
            return other
        }
        guard !octets.isEmpty else { throw .empty }
        return TelegramMessage(RadioFrame(octets: octets, format: format))
    }

    private static func object(_ text: [UInt8]) throws(TelegramMessageError) -> TelegramMessage {
        let envelope: TelegramEnvelope
        do { envelope = try TelegramEnvelope(text.span) } catch { throw .notJSON(error) }
        guard case .telegram(let frame, let time)? = JSONTelegram.item(envelope, of: text[...])
        else { throw .noTelegram }
        var message = TelegramMessage(frame)
        message.time = time
        message.receiver = name(envelope.receiver)
        message.gateway = name(envelope.gateway)
        return message
    }

    private static func name(_ text: String?) -> String? {
        guard let name = text?.prefix(64).filter(\.isPrintable), !name.isEmpty else { return nil }
        return name
    }

    /// What a stick or a program writes as a line.
    private static func line(
        _ text: ArraySlice<UInt8>
    ) throws(TelegramMessageError) -> TelegramMessage? {
        guard text.isPlainText else { return nil }
        var reader = TelegramText(.auto)
        var damage: SkipReason?
        for item in reader.read(Array(text)) {
            switch item {
            case .telegram(let frame, let time):
                var message = TelegramMessage(frame)
                message.time = time
                return message
            case .skipped(_, let reason): damage = reason
            }
        }
        // Any text may be taken for a line with no telegram in it, but not for one with half of it.
        switch damage {
        case .badChecksum?: throw .damagedLine(.badChecksum)
        case .badLength?: throw .damagedLine(.badLength)
        default: return nil
        }
    }

    /// Words are base64 too: what it stands for must begin as a telegram does.
    private static func base64(_ text: ArraySlice<UInt8>) -> TelegramMessage? {
        guard text.isPlainText, let octets = Base64.octets(text.span) else { return nil }
        var pending = PendingOctets()
        pending.append(octets)
        guard pending.isTelegram(at: 0) == true, let length = octets.first,
            Int(length) < octets.count
        else { return nil }
        return TelegramMessage(RadioFrame(octets: octets))
    }

    /// The octets themselves: the first says how many there are at least.
    private static func bare(_ payload: [UInt8]) -> TelegramMessage? {
        guard payload.count >= 12, let length = payload.first, Int(length) < payload.count,
            !payload[...].isPlainText
        else { return nil }
        return TelegramMessage(RadioFrame(octets: payload))
    }
}

extension Character {
    fileprivate var isPrintable: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func trimWhiteSpace() {
        self = drop(while: Self.isBlank(_:))
        while let last, Self.isBlank(last) { removeLast() }
    }

    /// As people copy a text out of a program or a script, a byte order mark in front.
    fileprivate mutating func trimQuotes() {
        if starts(with: [0xEF, 0xBB, 0xBF]) { removeFirst(3) }
        guard let quote = first, count > 1, quote == last, "\"'`".utf8.contains(quote) else {
            return
        }
        removeFirst()
        removeLast()
        trimWhiteSpace()
    }

    private static func isBlank(_ octet: UInt8) -> Bool {
        octet == 0x20 || (0x09...0x0D).contains(octet)
    }

    /// Whether all of it is ASCII text.
    fileprivate var isPlainText: Bool {
        allSatisfy { (0x20...0x7E).contains($0) || Self.isBlank($0) }
    }

    /// Whether it is JSON: a telegram may begin with 0x7B too, but goes on otherwise.
    fileprivate var beginsObject: Bool {
        guard first == UInt8(ascii: "{") else { return false }
        let next = dropFirst().first { !Self.isBlank($0) }
        return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }
}

/// Why a message holds no telegram.
public enum TelegramMessageError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case tooLong(octets: Int)
    case notHex(HexError)
    case notJSON(JSONError)
    /// A line of another program whose telegram is damaged, or not whole.
    case damagedLine(SkipReason)
    /// A JSON object without a telegram in it.
    case noTelegram
    /// What this very program handed on.
    case ownTelegram

    /// A short name for counters.
    public var code: String {
        switch self {
        case .empty: "empty"
        case .tooLong: "too_long"
        case .notHex: "not_hex"
        case .damagedLine: "damaged_line"
        case .notJSON: "not_json"
        case .noTelegram: "no_telegram"
        case .ownTelegram: "own_telegram"
        }
    }

    public var description: String {
        switch self {
        case .empty:
            "The message is empty. Publish one telegram as hex text, beginning with its L-field."
        case .tooLong(let octets):
            "The message has \(octets) characters, more than any telegram. Publish each telegram"
                + " in a message of its own."
        case .notHex(let error):
            "The message is no hex text: \(error). Publish one telegram as hex text, beginning with"
                + " its L-field."
        case .damagedLine(let reason):
            "The message is a line of a receiver whose telegram cannot be used: \(reason). It was"
                + " damaged on the way; the next one may be whole."
        case .notJSON(let error):
            "The message cannot be read: \(error). Publish one telegram in it as hex text, under"
                + " `telegram`."
        case .noTelegram:
            "The message has no telegram in it. Publish one as hex text, under `telegram`, or"
                + " subscribe a topic that has telegrams alone."
        case .ownTelegram:
            "The message is one that this program handed on itself, and is not taken again. Let"
                + " `inputs` name other topics than `forward`."
        }
    }
}
