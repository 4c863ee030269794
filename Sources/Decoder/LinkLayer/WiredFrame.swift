import Wire

/// The long frame of wired M-Bus (EN 13757-2, 5.7), so that what was read from a cable or a
/// document can be decoded too: `68 L L 68 C A CI … checksum 16`.
///
/// L counts the octets from C to the last before the checksum, which is their sum.
enum WiredFrame {
    /// The frame as a link-layer frame of radio, or nil if `octets` do not begin with a whole long
    /// frame with a right checksum. What stands behind it is not the frame's.
    ///
    /// A wired frame names its sender in the long header only. Where there is none, all that is
    /// known is the one octet of its address on the cable, which then is the identification number.
    static func linkLayerFrame(_ octets: Span<UInt8>) -> LinkLayerFrame? {
        guard begins(octets), fault(octets) == nil else { return nil }
        let end = 4 + Int(octets[1])
        var body: [UInt8] = []
        for place in 6..<end { body.append(octets[place]) }
        if let today = WiredForms.today(body) { body = today }

        var sender = MeterAddress(
            manufacturer: ManufacturerCode(rawValue: 0), identificationNumber: UInt32(octets[5]),
            version: 0, deviceType: DeviceType(rawValue: 0))
        if CIField(rawValue: body[0]).headerForm == .long {
            var reader = ByteReader(body.span, in: 1..<body.count)
            guard let meter = try? MeterAddress(longHeader: &reader) else { return nil }
            sender = meter
        }
        var frame: [UInt8] = [UInt8(clamping: body.count + 9), octets[4]]
        frame.reserveCapacity(body.count + 10)
        for place in 0..<8 {
            frame.append(UInt8(truncatingIfNeeded: sender.packed >> UInt64(8 * place)))
        }
        frame += body
        return LinkLayerFrame(
            octets: frame, control: ControlField(rawValue: octets[4]), sender: sender,
            crcVerified: false, trailing: octets.count - end - 2)
    }

    /// Whether a long frame seems to begin here: `68 L L 68`. A frame of radio may, by chance.
    static func begins(_ octets: Span<UInt8>) -> Bool {
        octets.count >= 4 && octets[0] == 0x68 && octets[3] == 0x68 && octets[1] == octets[2]
            && octets[1] >= 3
    }

    /// What is wrong with a long frame that begins here; nil: it is whole.
    static func fault(_ octets: Span<UInt8>) -> LinkLayerError? {
        let end = 4 + Int(octets[1])
        guard octets.count >= end + 2 else {
            return .truncated(expected: end + 2, found: octets.count)
        }
        guard octets[end + 1] == 0x16 else { return .wiredStop(octets[end + 1]) }
        var sum: UInt8 = 0
        for place in 4..<end { sum &+= octets[place] }
        return sum == octets[end] ? nil : .wiredChecksum(expected: sum, found: octets[end])
    }

    /// Tells of what a frame by radio has not; `octets` are a whole long frame and `trailing` more.
    static func describe(
        _ octets: Span<UInt8>, trailing: Int, to account: inout some DecodingAccount
    ) {
        let end = octets.count - trailing - 2
        account.layer("Link layer (wired M-Bus, checksum right; as it would be by radio)")
        account.aside(
            "Start, length, C-, A-field", [0..<6], of: octets, "the frame's head on the cable")
        if WiredForms.isOlder(octets) {
            account.aside(
                "Data", [6..<end], of: octets,
                "in a form of old wired meters; below in today's form")
        }
        account.aside("Checksum, stop", [end..<(end + 2)], of: octets, "right")
        account.aside("Trailing octets", [(end + 2)..<octets.count], of: octets, "passed over")
    }
}
