import Wire

/// A telegram whose application octets are in clear: all headers read, deciphered where needed.
public struct Telegram: Equatable, Sendable {
    /// The whole telegram from the L-field on, without CRCs. What was enciphered stands here in
    /// clear; a compact frame stands here as the full frame it was made from. Texts that a payload
    /// family made stand behind the telegram: its L-field does not count them.
    public var octets: [UInt8]
    public var control: ControlField
    /// Who sent it: the link layer's address.
    public var sender: MeterAddress
    /// Whose values these are: the long header's address, else the sender's.
    public var meter: MeterAddress
    public var crcVerified: Bool
    public var extendedLinkLayer: ExtendedLinkLayer?
    public var header: TransportHeader
    /// How the application's octets were protected when they arrived.
    public var protection: Protection
    /// The application's octets in `octets`: records for most CI-fields, 2F fillers among them.
    public var application: Range<Int>
    /// What the application's octets are.
    public var content: Content = .records
    /// Whether an authentication code was there, checked with the key, and right.
    public var authenticated = false
    /// The message counter of security modes 7 and 10, of the transport layer or else of the AFL:
    /// each of the meter's messages has a higher one.
    public var messageCounter: UInt32?
    /// No key is set for the meter, and one that its maker published opened the telegram: anybody
    /// can read it and make another.
    public var usedDefaultKey = false

    /// What the application's octets are, as the CI-field says (EN 13757-7, table 2).
    public enum Content: Equatable, Sendable {
        /// Data records.
        case records
        /// Data records that came as a compact frame: `octets` has the full frame.
        case compactFrame
        /// The headers of the records that compact frames will leave out.
        case formatFrame
        /// CI A0 to B7: no standard says.
        case manufacturerSpecific
        /// CI 71, 74, 75: bits of the manufacturer's.
        case alarm
        /// CI 6E, 6F, 70: see `ApplicationError`.
        case applicationError
        /// CI 8A, 8B: no application, only the header's status.
        case statusOnly
    }

    /// Protection as found.
    public enum Protection: Equatable, Sendable {
        /// Nothing was enciphered.
        case none
        /// Deciphered with the key that was given, mode of the transport layer.
        case mode(SecurityMode)
        /// Deciphered with the key that was given, extended link layer (AES-128-CTR).
        case extendedLinkLayer
        /// Deciphered in a way of the manufacturer's own.
        case manufacturersCipher
        /// The headers announce a cipher, yet the octets came in clear: deciphered by somebody on
        /// the way. Taken only where the caller allows it.
        case alreadyClear
    }
}
