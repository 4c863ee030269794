import Decoder
import Receivers
import Wire

/// Decodes telegrams that come from files and the command line instead of from a receiver.
///
/// Unlike the radio path it takes what is in clear behind headers that announce encryption, and
/// what is not encrypted although a key is given; the JSON then says so.
public final class OfflineDecoder {
    private let decoder = TelegramDecoder()
    private let readingJSON: ReadingJSON
    private let catalogue: MeterCatalogue

    public init(
        units: PublishedUnits = .decided, catalogue: MeterCatalogue = MeterCatalogue()
    ) {
        readingJSON = ReadingJSON(units: units, tellsDetection: true)
        self.catalogue = catalogue
    }

    /// The reading of one telegram, its octets from the L-field on.
    public func reading(
        of octets: consuming [UInt8], format: FrameFormat = .unknown, key: MeterKey?
    ) throws(OfflineError) -> Reading {
        var nobody = NoAccount()
        return try reading(
            of: RadioFrame(octets: octets, format: format), key: key, account: &nobody)
    }

    /// The reading of a telegram, and the decoder's account of it up to where it got.
    ///
    /// - Returns: no reading where the telegram gives none; the account then says why.
    public func explanation(
        of frame: RadioFrame, key: MeterKey?
    ) -> (explanation: Explanation, reading: Reading?) {
        var explanation = Explanation()
        do {
            let reading = try reading(of: frame, key: key, account: &explanation)
            explanation.finish(
                stopped: reading.recordsEnd?.sentence ?? reading.payloadError?.description)
            return (explanation, reading)
        } catch {
            explanation.finish(stopped: error.description)
            return (explanation, nil)
        }
    }

    /// The same for a telegram in hex.
    public func explanation(
        ofHex text: Span<UInt8>, key: MeterKey?
    ) -> (explanation: Explanation, reading: Reading?) {
        do { return explanation(of: try Self.frame(ofHex: text), key: key) } catch {
            var explanation = Explanation()
            explanation.finish(stopped: error.description)
            return (explanation, nil)
        }
    }

    private func reading(
        of frame: RadioFrame, key: MeterKey?, account: inout some DecodingAccount
    ) throws(OfflineError) -> Reading {
        let parsed: LinkLayerFrame
        do { parsed = try LinkLayerFrame(parsing: frame, account: &account) } catch {
            throw .link(error)
        }
        do {
            let headers = try TelegramHeaders(parsing: parsed, account: &account)
            var reading = try decoder.reading(
                of: parsed, headers: headers, key: key, leniency: .offline, account: &account)
            catalogue.apply(to: &reading)
            return reading
        } catch { throw .telegram(error) }
    }

    /// Appends one JSON object: the reading as on MQTT, or `{"error":…,"message":…}`.
    ///
    /// - Returns: whether it could be decoded.
    @discardableResult
    public func appendJSON(
        of frame: RadioFrame, key: MeterKey?, to json: inout JSONWriter
    ) -> Bool {
        do {
            var nobody = NoAccount()
            try readingJSON.append(reading(of: frame, key: key, account: &nobody), to: &json)
            return true
        } catch {
            Self.append(error, to: &json)
            return false
        }
    }

    /// The same for a telegram in hex.
    @discardableResult
    public func appendJSON(
        of text: Span<UInt8>, key: MeterKey?, to json: inout JSONWriter
    ) -> Bool {
        do {
            return appendJSON(of: try Self.frame(ofHex: text), key: key, to: &json)
        } catch {
            Self.append(error, to: &json)
            return false
        }
    }

    /// The same for a line `{"telegram":"hex","key":"hex" or null}`; other keys are passed over.
    public func appendJSON(ofLine line: Span<UInt8>, to json: inout JSONWriter) {
        do {
            let (octets, format, key) = try Self.request(line)
            try readingJSON.append(reading(of: octets, format: format, key: key), to: &json)
        } catch { Self.append(error, to: &json) }
    }

    public static func append(_ error: OfflineError, to json: inout JSONWriter) {
        json.beginObject()
        json.key("error")
        json.string(error.code)
        json.key("message")
        json.string(error.description)
        json.endObject()
    }
}

extension RecordsEnd {
    fileprivate var sentence: String {
        "The records end early: \(reason.words.description), at octet \(offset). What stands before"
            + " it is good."
    }
}

// Input
extension OfflineDecoder {
    /// A telegram given as hex text; a leading `!` says that its CRCs are gone.
    public static func frame(ofHex text: Span<UInt8>) throws(OfflineError) -> RadioFrame {
        let (octets, format) = try octets(text)
        return RadioFrame(octets: octets, format: format)
    }

    /// A telegram in any of the forms that come in over MQTT (`TelegramMessage`).
    public static func frame(ofText text: [UInt8]) throws(OfflineError) -> RadioFrame {
        do { return try TelegramMessage(text).frame } catch {
            switch error {
            case .notHex(let error): throw .hex(error)
            default: throw .text(error)
            }
        }
    }

    /// The octets of a telegram in hex; a leading `!` says that its CRCs are gone.
    private static func octets(_ text: Span<UInt8>) throws(OfflineError) -> ([UInt8], FrameFormat) {
        do {
            if text.count > 0, text[0] == UInt8(ascii: "!") {
                return (try Hex.octets(text.extracting(1..<text.count)), .crcsRemoved)
            }
            return (try Hex.octets(text), .unknown)
        } catch { throw .hex(error) }
    }

    private static func request(
        _ line: Span<UInt8>
    ) throws(OfflineError) -> ([UInt8], FrameFormat, MeterKey?) {
        var telegram: ([UInt8], FrameFormat)?
        var key: MeterKey?
        var reader = JSONReader(line)
        guard case .beginObject = try next(&reader) else { throw .noTelegram }
        while case .key(let name, _) = try next(&reader) {
            if reader.matches(name, "telegram") {
                guard case .string(let range, _) = try next(&reader) else { throw .noTelegram }
                telegram = try octets(ofText: line.extracting(range))
            } else if reader.matches(name, "key") {
                key = try readKey(&reader, line)
            } else {
                do { try reader.skipValue() } catch { throw .json(error) }
            }
        }
        guard case .end = try next(&reader) else { throw .noTelegram }
        if let telegram { return (telegram.0, telegram.1, key) }
        // Other programs have other names for it.
        guard let frame = try? frame(ofText: copy(line)) else { throw .noTelegram }
        return (frame.octets, frame.format, key)
    }

    private static func copy(_ text: Span<UInt8>) -> [UInt8] {
        text.withUnsafeBufferPointer { Array($0) }
    }

    /// Most are hex; any other form is looked for where that fails.
    private static func octets(
        ofText text: Span<UInt8>
    ) throws(OfflineError) -> ([UInt8], FrameFormat) {
        do { return try octets(text) } catch {
            guard let frame = try? frame(ofText: copy(text)) else { throw error }
            return (frame.octets, frame.format)
        }
    }

    private static func next(
        _ reader: inout JSONReader
    ) throws(OfflineError) -> JSONReader.Token {
        do { return try reader.next() } catch { throw .json(error) }
    }

    private static func readKey(
        _ reader: inout JSONReader, _ line: Span<UInt8>
    ) throws(OfflineError) -> MeterKey? {
        switch try next(&reader) {
        case .null: return nil
        case .string(let range, _):
            guard !range.isEmpty else { return nil }
            guard let key = MeterKey(hex: line.extracting(range)) else { throw .badKey }
            return key
        default: throw .badKey
        }
    }
}

/// Why a telegram from a file or the command line gives no reading.
public enum OfflineError: Error, Equatable, CustomStringConvertible {
    case json(JSONError)
    /// The line is JSON, but has no `"telegram":"hex"`.
    case noTelegram
    case badKey
    case hex(HexError)
    /// Of a telegram that may be in any form, and is in none.
    case text(TelegramMessageError)
    case link(LinkLayerError)
    case telegram(TelegramError)

    /// A short name, for programs.
    public var code: String {
        switch self {
        case .json: "not_json"
        case .noTelegram: "no_telegram"
        case .badKey: "bad_key_format"
        case .hex: "not_hex"
        case .text(let error): error.code
        case .link(let error): error.code
        case .telegram(let error): error.code
        }
    }

    public var description: String {
        switch self {
        case .json(let error): "The line is not JSON: \(error)."
        case .noTelegram: "The line needs an object with \"telegram\": \"hex digits\"."
        case .badKey: "The key must have 32 hex digits (16 for the old DES modes), or be null."
        case .hex(let error): "The telegram is not hex text: \(error)."
        case .text(let error): Self.sentence(error)
        case .link(let error): error.description
        case .telegram(let error): error.description
        }
    }

    private static func sentence(_ error: TelegramMessageError) -> String {
        switch error {
        case .empty: "It is empty. Give a telegram as hex text, beginning with its L-field."
        case .tooLong(let octets):
            "It has \(octets) characters, more than any telegram. Give several in a file, a line each."
        case .damagedLine(let reason):
            "The line's telegram cannot be used: \(reason). It was damaged on the way; the next one"
                + " may be whole."
        case .notJSON(let error): "It begins as JSON and is none: \(error)."
        case .noTelegram: "It has no telegram in it. Give one as hex text, under \"telegram\"."
        case .notHex, .ownTelegram: error.description
        }
    }
}
