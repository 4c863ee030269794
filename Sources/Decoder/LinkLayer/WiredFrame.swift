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
        guard octets.count >= 4, octets[0] == 0x68, octets[3] == 0x68, octets[1] == octets[2]
        else { return nil }
        let length = Int(octets[1])
        let end = 4 + length
        guard length >= 3, octets.count >= end + 2, octets[end + 1] == 0x16 else { return nil }
        var sum: UInt8 = 0
        for place in 4..<end { sum &+= octets[place] }
        guard sum == octets[end] else { return nil }

        var sender = MeterAddress(
            manufacturer: ManufacturerCode(rawValue: 0), identificationNumber: UInt32(octets[5]),
            version: 0, deviceType: DeviceType(rawValue: 0))
        if CIField(rawValue: octets[6]).headerForm == .long {
            var reader = ByteReader(octets, in: 7..<end)
            guard let meter = try? MeterAddress(longHeader: &reader) else { return nil }
            sender = meter
        }
        var frame: [UInt8] = [UInt8(clamping: length + 7), octets[4]]
        frame.reserveCapacity(length + 8)
        for place in 0..<8 {
            frame.append(UInt8(truncatingIfNeeded: sender.packed >> UInt64(8 * place)))
        }
        for place in 6..<end { frame.append(octets[place]) }
        return LinkLayerFrame(
            octets: frame, control: ControlField(rawValue: octets[4]), sender: sender,
            crcVerified: false, trailing: octets.count - end - 2)
    }

    /// Tells of what a frame by radio has not; `octets` are a whole long frame and `trailing` more.
    static func describe(
        _ octets: Span<UInt8>, trailing: Int, to account: inout some DecodingAccount
    ) {
        let end = octets.count - trailing - 2
        account.layer("Link layer (wired M-Bus, checksum right; as it would be by radio)")
        account.aside(
            "Start, length, C-, A-field", [0..<6], of: octets, "the frame's head on the cable")
        account.aside("Checksum, stop", [end..<(end + 2)], of: octets, "right")
        account.aside("Trailing octets", [(end + 2)..<octets.count], of: octets, "passed over")
    }
}
