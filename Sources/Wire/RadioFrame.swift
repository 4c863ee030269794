/// One frame as a receiver hands it over, from the L-field on.
public struct RadioFrame: Equatable, Sendable {
    /// L-field first. Whether link-layer CRCs are among them, `format` says.
    public var octets: [UInt8]
    public var format: FrameFormat
    /// The mode it was sent in, as far as the receiver can tell.
    public var linkMode: LinkMode?
    /// Received signal strength in dBm; nil where the receiver does not tell.
    public var signalStrength: Double?

    public init(
        octets: [UInt8], format: FrameFormat = .unknown, linkMode: LinkMode? = nil,
        signalStrength: Double? = nil
    ) {
        self.octets = octets
        self.format = format
        self.linkMode = linkMode
        self.signalStrength = signalStrength
    }
}

/// Where the link-layer CRCs of a frame stand (EN 13757-4, frame formats A and B).
public enum FrameFormat: String, Equatable, Sendable, CaseIterable {
    /// Blocks of 16 octets, a CRC behind each.
    case a
    /// One CRC behind the first 126 octets, one behind the rest; the L-field counts them.
    case b
    /// Checked and taken out by the receiver; the L-field counts what is left.
    case crcsRemoved
    /// To be found out from the octets themselves.
    case unknown
}

/// The radio modes of EN 13757-4 that meters send in at 868 MHz.
public enum LinkMode: String, Equatable, Hashable, Sendable, CaseIterable, Comparable {
    case s1, t1, c1

    public static func < (left: LinkMode, right: LinkMode) -> Bool {
        left.rawValue < right.rawValue
    }
}
