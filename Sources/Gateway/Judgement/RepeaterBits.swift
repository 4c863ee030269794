import Wire

/// The bits that a repeater may change in a telegram that it passes on.
///
/// H ("hop") and R stand in the communication control field of the extended link layer and, in
/// security modes 0, 4 and 5, at the low end of the configuration field (EN 13757-4, 13.2; OMS
/// Vol. 2). A meter itself sends H as 0. All else must be equal for two frames to be copies of one
/// transmission.
enum RepeaterBits {
    /// Sets the bits to 0.
    ///
    /// - Parameter octets: a telegram from the L-field on, without CRCs; of any length.
    /// - Returns: whether H was set, so that this copy came through a repeater.
    static func clear(in octets: inout [UInt8]) -> Bool {
        var hopped = false
        var ciField = 10

        func octet(_ offset: Int) -> UInt8? { offset < octets.count ? octets[offset] : nil }
        func clear(_ mask: UInt8, hop: UInt8, at offset: Int) {
            guard let found = octet(offset) else { return }
            if found & hop != 0 { hopped = true }
            if found & mask != 0 { octets[offset] = found & ~mask }
        }

        if let first = octet(ciField), let length = extendedLinkLayerLength(first) {
            clear(0x12, hop: 0x10, at: ciField + 1)
            // Behind a session number all may be enciphered: there is no header to be seen.
            if first == 0x8D || first == 0x8F { return hopped }
            ciField += length
        }
        // The authentication layer tells its own length.
        if octet(ciField) == 0x90, let length = octet(ciField + 1) {
            ciField += 2 + Int(length)
        }
        guard let second = octet(ciField), let header = configurationFieldOffset(second),
            let high = octet(ciField + header + 1), [0, 4, 5].contains(high & 0x1F)
        else { return hopped }
        clear(0x03, hop: 0x01, at: ciField + header)
        return hopped
    }

    /// Octets of an extended link layer, its CI-field included.
    private static func extendedLinkLayerLength(_ ciField: UInt8) -> Int? {
        switch ciField {
        case 0x8C: 3
        case 0x8D: 9
        case 0x8E: 11
        case 0x8F: 17
        default: nil
        }
    }

    /// Where the configuration field stands, counted from the CI-field, in what meters send.
    private static func configurationFieldOffset(_ ciField: UInt8) -> Int? {
        switch ciField {
        case 0x67, 0x6A, 0x6E, 0x74, 0x7A, 0x7B, 0x7D, 0x8A: 3
        case 0x68, 0x6B, 0x6F, 0x72, 0x73, 0x75, 0x7C, 0x8B: 11
        default: nil
        }
    }
}
