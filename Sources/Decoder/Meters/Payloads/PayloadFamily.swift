/// One payload that follows no standard: whose it is, where it stands, and how it is read.
public final class PayloadFamily: Sendable {
    /// Where a payload takes the place of what the standard says.
    public enum Hook: Sendable {
        /// All behind the first header, cipher included: CI A0 to B7 and 71, and the security modes
        /// 16 to 31, which are the manufacturers' own. `VendorPayload.content` is what stands behind
        /// the CI-field or the header, as it was received.
        case frame
        /// The application's octets of an ordinary, opened telegram, which are no data records.
        case application
        /// The manufacturer's data among ordinary records: behind DIF 0F or 1F, under VIF 7F, or
        /// behind a VIFE 7F. `VendorPayload.records` has the records read so far; the function
        /// replaces those it understands.
        case records
    }

    /// Snake case and stable for ever: readings and definitions name it.
    public let name: String
    public let hook: Hook
    let meters: [MeterPattern]
    /// Nil: any.
    let ciFields: ClosedRange<UInt8>?
    /// Security modes of the configuration field; mode 0 where there is none.
    let securityModes: ClosedRange<UInt8>
    /// The meter's address, where its octets stand in another order than the standard's or say
    /// something else.
    let address: (@Sendable (MeterAddress) -> MeterAddress)?
    /// A pure function: octets in, records out.
    let read: @Sendable (inout VendorPayload) throws(PayloadError) -> Void

    init(
        _ name: String, _ hook: Hook, _ meters: [MeterPattern],
        ciFields: ClosedRange<UInt8>? = nil, securityModes: ClosedRange<UInt8> = 0...31,
        address: (@Sendable (MeterAddress) -> MeterAddress)? = nil,
        read: @escaping @Sendable (inout VendorPayload) throws(PayloadError) -> Void
    ) {
        self.name = name
        self.hook = hook
        self.meters = meters
        self.ciFields = ciFields
        self.securityModes = securityModes
        self.address = address
        self.read = read
    }

    /// How well it fits a telegram, by the most demanding of its patterns; 0: not at all.
    func weight(for meter: MeterAddress, _ header: TransportHeader) -> Int {
        guard ciFields?.contains(header.ciField.rawValue) ?? true,
            securityModes.contains(header.securityMode.rawValue)
        else { return 0 }
        var best = 0
        for pattern in meters where pattern.matches(meter) { best = max(best, pattern.weight) }
        return best
    }
}

extension PayloadFamily: Equatable {
    public static func == (left: PayloadFamily, right: PayloadFamily) -> Bool { left === right }
}
