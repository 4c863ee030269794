// Telegrams that a stick puts out with no start mark and no check sum:
//
//     length | frame from the C-field on | [RSSI]
//
// The length counts the RSSI octet. All there is to know a start by is what a telegram begins with.
extension PendingOctets {
    /// Whether a length, a C-field and a manufacturer's three letters stand at `offset`. nil until
    /// more octets come.
    func isTelegram(at offset: Int) -> Bool? {
        guard let length = self[offset] else { return nil }
        guard length >= 10 else { return false }
        guard let control = self[offset + 1] else { return nil }
        guard Self.controls.contains(control) else { return false }
        guard let low = self[offset + 2], let high = self[offset + 3] else { return nil }
        let manufacturer = UInt16(high) << 8 | UInt16(low)
        return high < 0x80
            && [10, 5, 0].allSatisfy { (1...26).contains(manufacturer >> $0 & 0x1F) }
    }

    /// C-fields that meters send telegrams with: SND-NR, SND-IR, ACC-NR, ACC-DMD, RSP-UD.
    private static let controls: Set<UInt8> = [0x44, 0x46, 0x47, 0x48, 0x08]
}
