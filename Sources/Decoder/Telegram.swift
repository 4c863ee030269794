import Wire

/// A telegram whose application octets are in clear: all headers read, deciphered where needed.
public struct Telegram: Equatable, Sendable {
    /// The whole telegram from the L-field on, without CRCs. What was enciphered stands here in
    /// clear; a compact frame stands here as the full frame it was made from.
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

    /// Protection as found.
    public enum Protection: Equatable, Sendable {
        /// Nothing was enciphered.
        case none
        /// Deciphered with the key that was given, mode of the transport layer.
        case mode(SecurityMode)
        /// Deciphered with the key that was given, extended link layer (AES-128-CTR).
        case extendedLinkLayer
        /// The headers announce a cipher, yet the octets came in clear: deciphered by somebody on
        /// the way. Taken only where the caller allows it.
        case alreadyClear
    }
}

/// The extended link layer: CI-fields 8C to 8F (EN 13757-4, 13.2).
public struct ExtendedLinkLayer: Equatable, Sendable {
    public var ciField: CIField
    public var communicationControl: UInt8
    public var accessNumber: UInt8
    /// Whom the message is meant for (8E, 8F).
    public var receiver: MeterAddress?
    /// The session number field as a number (8D, 8F).
    public var sessionNumber: UInt32?
}
