import Wire

/// The extended link layer: CI-fields 8C to 8F (EN 13757-4, 13.2).
///
/// `CI CC ACC [M2 A2] [SN PayloadCRC]`
public struct ExtendedLinkLayer: Equatable, Sendable {
    public var ciField: CIField
    public var communicationControl: UInt8
    public var accessNumber: UInt8
    /// Whom the message is meant for (8E, 8F).
    public var receiver: MeterAddress?
    /// The session number field as a number (8D, 8F).
    public var sessionNumber: UInt32?
    /// Where what its cipher covers begins: the payload's CRC, then the next CI-field (8D, 8F).
    var payload = 0
}

extension ExtendedLinkLayer {
    /// Reads from the CI-field to the last field before the payload's CRC.
    init(
        reading reader: inout ByteReader, account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        let start = reader.offset
        account.layer("Extended link layer")
        ciField = CIField(rawValue: try reader.octet())
        account.field("CI-field", start..<reader.offset, ciField.description)
        communicationControl = try reader.octet()
        account.field(
            "Communication control", (start + 1)..<reader.offset, Self.text(communicationControl))
        accessNumber = try reader.octet()
        account.field("Access number", (start + 2)..<reader.offset, "\(accessNumber)")
        if ciField == .extendedLinkLayer3 || ciField == .extendedLinkLayer4 {
            let receiver = try MeterAddress(linkLayer: &reader)
            account.field("Receiver", (start + 3)..<reader.offset, receiver.description)
            self.receiver = receiver
        }
        if ciField == .extendedLinkLayer2 || ciField == .extendedLinkLayer4 {
            let first = reader.offset
            sessionNumber = try reader.uint32()
            account.field("Session number", first..<reader.offset, sessionText)
        }
        payload = reader.offset
    }

    /// How the payload is enciphered, bits 31…29 of the session number: 0 not at all, 1
    /// AES-128-CTR, others reserved.
    public var encryptionField: UInt8 { UInt8((sessionNumber ?? 0) >> 29) }

    /// The first counter block of AES-128-CTR: M- and A-field of the link layer, CC, session
    /// number, three octets zero.
    ///
    /// A repeater sets bits 4 (hop count) and 1 (repeated access) of CC; the meter enciphered with
    /// both zero.
    func counterBlock(sender: MeterAddress) -> Block {
        var block = Block(repeating: 0)
        let session = sessionNumber ?? 0
        for place in 0..<8 {
            block[place] = UInt8(truncatingIfNeeded: sender.packed >> UInt64(8 * place))
        }
        block[8] = communicationControl & 0xED
        for place in 0..<4 {
            block[9 + place] = UInt8(truncatingIfNeeded: session >> UInt32(8 * place))
        }
        return block
    }

    private var sessionText: String {
        let session = sessionNumber ?? 0
        let cipher =
            switch encryptionField {
            case 0: "not enciphered"
            case 1: "AES-128-CTR"
            default: "cipher \(encryptionField), reserved"
            }
        return "\(cipher), minute \(session >> 4 & 0x1FF_FFFF), session \(session & 0xF)"
    }

    /// The bits of CC that are set, in words.
    private static func text(_ control: UInt8) -> String {
        let names: [(UInt8, String)] = [
            (0x80, "bidirectional"), (0x40, "fast response"), (0x20, "synchronous"),
            (0x10, "repeated"), (0x08, "priority"), (0x04, "accessible"),
            (0x02, "repeated access"), (0x01, "extended delay"),
        ]
        let set = names.filter { control & $0.0 != 0 }.map { $0.1 }
        return set.isEmpty ? "unidirectional" : set.joined(separator: ", ")
    }
}
