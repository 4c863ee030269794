import Wire

/// The authentication and fragmentation layer, CI-field 90 (EN 13757-7, 6; OMS Vol. 2, 6.2).
///
/// `90 AFLL FCL FCL [MCL] [KI KI] [MCR ×4] [MAC…] [ML ML]`, each field in brackets where FCL says
/// so. AFLL counts the octets behind it, and alone tells where the next layer begins.
public struct AuthenticationAndFragmentation: Equatable, Sendable {
    /// Fragmentation control: bit 14 more fragments, 13…9 which fields follow, 7…0 fragment number.
    public var fragmentationControl: UInt16
    /// Message control: bits 3…0 the authentication type.
    public var messageControl: UInt8?
    /// Key information: bits 15…8 key version, 5…4 key derivation, 3…0 key number.
    public var keyInformation: UInt16?
    public var messageCounter: UInt32?
    /// Octets of the whole message, all fragments together, from the transport layer's CI-field on.
    public var messageLength: UInt16?

    /// The authentication code as transmitted, first octet first; the rest zero.
    var code = Block(repeating: 0)
    /// Octets of the authentication code; 0: none is here.
    public var codeLength = 0
    /// Where MCL, KI and MCR stand, and where ML: both enter the authentication code.
    var control = 0..<0
    var length = 0..<0
    /// First octet of the next layer.
    var end = 0
}

extension AuthenticationAndFragmentation {
    /// 1, 2, 3… within a fragmented message; 0: not fragmented.
    public var fragmentNumber: UInt8 { UInt8(truncatingIfNeeded: fragmentationControl) }
    public var moreFragments: Bool { fragmentationControl & 0x4000 != 0 }
    public var isFragment: Bool { fragmentNumber != 0 || moreFragments }
    /// Whether FCL says that an authentication code is here.
    var announcesCode: Bool { fragmentationControl & 0x0400 != 0 }
    /// AT, by which the length of the code is known; nil without MCL.
    public var authenticationType: UInt8? { messageControl.map { $0 & 0xF } }
    /// Nil without KI: the transport layer's configuration field decides.
    public var keyDerivation: KeyDerivation? {
        keyInformation.map { KeyDerivation(rawValue: UInt8($0 >> 4 & 3)) }
    }

    /// Octets of the code by authentication type: AES-CMAC in 3 to 7, AES-GMAC in 8 and 9.
    static let codeLengths: [Int] = [0, 0, 0, 2, 4, 8, 12, 16, 12, 16, 0, 0, 0, 0, 0, 0]

    /// Reads from the CI-field to the end that AFLL tells.
    init(
        reading reader: inout ByteReader, account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        account.layer("Authentication and fragmentation layer")
        var start = reader.offset
        let ci = CIField(rawValue: try reader.octet())
        account.field("CI-field", start..<reader.offset, ci.description)
        let size = Int(try reader.octet())
        account.field("AFLL", (start + 1)..<reader.offset, "\(size) octets follow")
        let all = try reader.take(size)
        var fields = ByteReader(reader.octets, in: all)

        let fragmentationControl = try fields.uint16()
        self.fragmentationControl = fragmentationControl
        account.field("Fragmentation control", all.lowerBound..<fields.offset, fragmentText)
        let firstControl = fields.offset
        if fragmentationControl & 0x2000 != 0 {
            let messageControl = try fields.octet()
            account.field(
                "Message control", firstControl..<fields.offset,
                "authentication type \(messageControl & 0xF)"
                    + (Self.codeName(messageControl & 0xF)))
            self.messageControl = messageControl
        }
        if fragmentationControl & 0x0200 != 0 {
            start = fields.offset
            let information = try fields.uint16()
            account.field(
                "Key information", start..<fields.offset,
                "key version \(information >> 8), key number \(information & 0xF)")
            keyInformation = information
        }
        if fragmentationControl & 0x0800 != 0 {
            start = fields.offset
            let counter = try fields.uint32()
            account.field("Message counter", start..<fields.offset, "\(counter)")
            messageCounter = counter
        }
        control = firstControl..<fields.offset
        if announcesCode {
            try readCode(&fields, account: &account)
        }
        if fragmentationControl & 0x1000 != 0 {
            start = fields.offset
            let messageLength = try fields.uint16()
            account.field(
                "Message length", start..<fields.offset, "\(messageLength) octets in all fragments")
            self.messageLength = messageLength
            length = start..<fields.offset
        }
        end = all.upperBound
    }

    /// The authentication code; where no MCL tells its type, as in a last fragment, it has the
    /// octets that the other fields leave.
    private mutating func readCode(
        _ fields: inout ByteReader, account: inout some DecodingAccount
    ) throws(OutOfOctets) {
        let announcesLength = fragmentationControl & 0x1000 != 0
        codeLength =
            authenticationType.map { Self.codeLengths[Int($0)] }
            ?? min(max(fields.left - (announcesLength ? 2 : 0), 0), 16)
        let place = try fields.take(codeLength)
        for index in 0..<codeLength { code[index] = fields.octets[place.lowerBound + index] }
        account.field("Authentication code", place, "\(codeLength) octets")
    }

    private static func codeName(_ type: UInt8) -> String {
        switch type {
        case 0: " (none)"
        case 3...7: " (AES-CMAC, \(codeLengths[Int(type)]) octets)"
        case 8, 9: " (AES-GMAC, \(codeLengths[Int(type)]) octets)"
        default: " (reserved)"
        }
    }

    private var fragmentText: String {
        isFragment
            ? "fragment \(fragmentNumber)\(moreFragments ? ", more follow" : ", the last")"
            : "not fragmented"
    }

    public static func == (
        left: AuthenticationAndFragmentation, right: AuthenticationAndFragmentation
    ) -> Bool {
        left.fragmentationControl == right.fragmentationControl
            && left.messageControl == right.messageControl
            && left.keyInformation == right.keyInformation
            && left.messageCounter == right.messageCounter
            && left.messageLength == right.messageLength
            && left.codeLength == right.codeLength && left.code.isEqual(to: right.code)
            && left.control == right.control && left.length == right.length
            && left.end == right.end
    }
}

extension Block {
    /// Compares the first `count` octets in a time that does not depend on where they differ.
    func isEqual(to other: Block, first count: Int = 16) -> Bool {
        var difference: UInt8 = 0
        for index in 0..<Swift.min(count, 16) { difference |= self[index] ^ other[index] }
        return difference == 0
    }
}
