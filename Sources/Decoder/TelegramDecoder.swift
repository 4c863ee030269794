import Wire

/// Opens telegrams, one after the other, and keeps what must be kept between them: cipher
/// contexts, learned compact-frame formats and fragments that wait for their rest.
///
/// Not thread-safe: one for each thread.
public final class TelegramDecoder {
    private let decryption = Decryption(ciphers: Ciphers())
    private var fragments = FragmentAssembly()

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
        return try envelope.open(
            decryption, &fragments, leniency, now: now, account: &account)
    }
}
