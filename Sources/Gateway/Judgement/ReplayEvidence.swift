import Decoder

/// What in a telegram tells whether it is newer than others of its meter.
public struct ReplayEvidence: Equatable, Sendable {
    /// The meter's clock; nil: not sent, or not to be trusted.
    public var clock: MeterClock?
    /// The message counter of security modes 7 and 10; authenticated.
    public var messageCounter: UInt32?
    /// Time and session of the extended link layer's session number, without the cipher bits.
    public var linkCounter: UInt32?
    /// Eight bits that count transmissions and begin again after 255.
    public var accessNumber: UInt8?
    /// Names the telegram's octets, but for the bits of repeaters.
    public var fingerprint: UInt64

    public init(
        clock: MeterClock? = nil, messageCounter: UInt32? = nil, linkCounter: UInt32? = nil,
        accessNumber: UInt8? = nil, fingerprint: UInt64
    ) {
        self.clock = clock
        self.messageCounter = messageCounter
        self.linkCounter = linkCounter
        self.accessNumber = accessNumber
        self.fingerprint = fingerprint
    }

    /// - Parameter records: the telegram's.
    public init(_ telegram: Telegram, records: [DataRecord]) {
        var octets = telegram.octets
        _ = RepeaterBits.clear(in: &octets)
        self.init(
            clock: MeterClock(in: records),
            messageCounter: telegram.messageCounter,
            // Bits 31…29 name the cipher, 28…4 count minutes, 3…0 sessions (EN 13757-4, 13.2).
            linkCounter: telegram.extendedLinkLayer?.sessionNumber.map { $0 & 0x1FFF_FFFF },
            accessNumber: telegram.header.accessNumber ?? telegram.extendedLinkLayer?.accessNumber,
            fingerprint: FNV1a.hash(octets))
    }
}
