import Wire

/// Opens telegrams, one after the other, and keeps what must be kept between them: cipher
/// contexts, learned compact-frame formats and fragments that wait for their rest.
///
/// Not thread-safe: one for each thread.
public final class TelegramDecoder {
    private let decryption = Decryption(ciphers: Ciphers())
    var ciphers: Ciphers { decryption.ciphers }
    private var fragments = FragmentAssembly()
    /// Layouts of full frames, by which compact frames are read: learned on the way, and worth
    /// keeping over a restart.
    public var formats = CompactFormats()

    public init() {}

    /// What may pass that the radio path must refuse.
    public struct Leniency: OptionSet, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// A payload in clear behind headers that announce a cipher.
        public static let clearPayload = Leniency(rawValue: 1)
        /// A telegram that is not enciphered although a key is given.
        public static let unencrypted = Leniency(rawValue: 2)
        /// For telegrams from files and the command line.
        public static let offline: Leniency = [.clearPayload, .unencrypted]
    }

    /// Reads the headers behind the link layer and deciphers what is enciphered.
    ///
    /// Octets are deciphered in place. In this order: extended link layer, fragments joined,
    /// authentication code, cipher of the transport layer, its check.
    ///
    /// - Parameters:
    ///   - headers: what `TelegramHeaders(parsing: frame)` gave; its addresses chose the key.
    ///   - key: the key of the meter; nil if there is none.
    ///   - now: seconds of any clock that only goes forward, for fragments that wait.
    public func open(
        _ frame: consuming LinkLayerFrame, headers: TelegramHeaders, key: MeterKey?,
        leniency: Leniency = [], now: UInt64 = 0
    ) throws(TelegramError) -> Telegram {
        var nobody = NoAccount()
        return try open(
            frame, headers: headers, key: key, leniency: leniency, now: now, account: &nobody)
    }

    public func open(
        _ frame: consuming LinkLayerFrame, headers: TelegramHeaders, key: MeterKey?,
        leniency: Leniency = [], now: UInt64 = 0, account: inout some DecodingAccount
    ) throws(TelegramError) -> Telegram {
        var envelope = Envelope(frame, headers: headers, key: key)
        // What only its maker's layout tells stays as it came; `reading` opens it.
        if headers.payloadFamily != nil { return try envelope.unopened() }
        var telegram: Telegram
        do {
            telegram = try envelope.open(
                decryption, &fragments, leniency, now: now, account: &account)
        } catch {
            account.finding(envelope.evidence.finding)
            throw error
        }
        account.finding(envelope.evidence.finding)
        switch telegram.content {
        case .compactFrame:
            try telegram.expandCompactFrame(formats, account: &account)
        case .formatFrame:
            formats.learn(
                formatFrame: telegram.octets.span, in: telegram.applicationBehindFillers,
                for: telegram.meter)
        default: break
        }
        return telegram
    }
}

extension Telegram {
    /// The application's octets without the two fillers that begin what was enciphered: compact and
    /// format frames are no records, which would pass over them.
    fileprivate var applicationBehindFillers: Range<Int> {
        let begins =
            header.form != .none && application.count >= 2
            && octets.span.startsWithFillers(at: application.lowerBound)
        return (application.lowerBound + (begins ? 2 : 0))..<application.upperBound
    }

    /// Puts the full frame in the place of a compact one.
    ///
    /// - Throws: `compactFormatUnknown`, `compactFrameCRC` or `truncated`.
    fileprivate mutating func expandCompactFrame(
        _ formats: CompactFormats, account: inout some DecodingAccount
    ) throws(TelegramError) {
        let compact = applicationBehindFillers
        let start = application.lowerBound
        account.layer("Application layer, compact frame")
        if compact.lowerBound > start {
            account.field("Filler", start..<compact.lowerBound, "no content")
        }
        let full = try CompactFrame.expand(
            octets.span, in: compact, formats: formats, meter: meter, account: &account)
        let data = (compact.lowerBound + CompactFrame.headSize)..<octets.count
        octets.replaceSubrange(start..., with: full)
        octets[0] = UInt8(clamping: octets.count - 1)
        application = start..<octets.count
        account.replaced(
            data, by: application, of: octets.span,
            "the full frame, DIFs and VIFs put in by the learned layout, its CRC right")
    }
}
