import Wire

/// Opens telegrams, one after the other, and keeps what must be kept between them: cipher
/// contexts, learned compact-frame formats and fragments that wait for their rest.
///
/// Not thread-safe: one for each thread.
public final class TelegramDecoder {
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
    /// - Parameters:
    ///   - headers: what `TelegramHeaders(parsing: frame)` gave; its addresses chose the key.
    ///   - key: the key of the meter; nil if there is none.
    ///   - now: seconds of any clock that only goes forward, for fragments that wait.
    public func open(
        _ frame: consuming LinkLayerFrame, headers: TelegramHeaders, key: MeterKey?,
        leniency: Leniency = [], now: UInt64 = 0
    ) throws(TelegramError) -> Telegram {
        throw .unsupportedCI(CIField(rawValue: 0))
    }
}

/// All that can be read of a telegram without a key: enough to choose one.
public struct TelegramHeaders: Equatable, Sendable {
    /// The link layer's address.
    public var sender: MeterAddress
    /// The long header's address where one is in clear, else the sender's.
    public var meter: MeterAddress
    /// How the payload is enciphered; nil: not at all.
    public var encryption: Encryption?

    public enum Encryption: Equatable, Sendable {
        case extendedLinkLayer
        case mode(SecurityMode)
    }

    public init(parsing frame: LinkLayerFrame) throws(TelegramError) {
        sender = frame.sender
        meter = frame.sender
    }
}
