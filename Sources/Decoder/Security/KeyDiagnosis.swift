import Wire

/// What told whether a key was right; nil: not looked at, or not part of the telegram's mode.
public struct KeyEvidence: Equatable, Sendable {
    /// The payload begins with the two fillers 2F 2F (modes 2 to 7).
    public var fillers: Bool?
    /// A data record follows that can be read.
    public var firstRecord: Bool?
    /// The authentication code (AFL), or the tag of mode 10.
    public var authenticationCode: Bool?
    /// The CRC over the payload of the extended link layer.
    public var payloadCRC: Bool?

    public init() {}
}

/// Whether a key belongs to a telegram, and if not, why not: exactly one finding.
public enum KeyDiagnosis: Equatable, Sendable {
    case rightKey(KeyEvidence)
    case wrongKey(KeyEvidence)
    /// The key has another number of octets than the telegram's cipher takes.
    case wrongKeyLength(wanted: Int)
    /// The key is right, but the meter puts another address into the cipher than the standard says.
    case rightKeyOtherAddress(AddressChoice, KeyEvidence)
    /// The key deciphers the telegram, but its authentication code is wrong: changed on the way.
    case authenticationFails(KeyEvidence)
    /// Cut off, or its CRCs are wrong: nothing can be said of the key.
    case damaged(reason: String)
    /// Protected, or built, in a way that is not read here.
    case notSupported(TelegramError)
    /// Nothing is enciphered: any key would do.
    case notEncrypted

    /// Addresses that meters were seen, or might be suspected, to use against the standard.
    public enum AddressChoice: String, Equatable, Sendable, CaseIterable {
        case linkLayer = "the link layer's address, not the long header's"
        case longHeaderOrder = "the long header's address in the long header's order"
        case withoutLocalBit = "the manufacturer code without its highest bit"
        case numberLast = "version and device type before the number"
        case extendedReceiver = "the receiver's address of the extended link layer"
    }
}

extension KeyDiagnosis {
    /// A short name, for programs.
    public var code: String {
        switch self {
        case .rightKey: "right_key"
        case .wrongKey: "wrong_key"
        case .wrongKeyLength: "wrong_key_length"
        case .rightKeyOtherAddress: "right_key_other_address"
        case .authenticationFails: "authentication_fails"
        case .damaged: "damaged"
        case .notSupported: "not_supported"
        case .notEncrypted: "not_encrypted"
        }
    }

    /// Whether the key opens the telegram as the standard has it.
    public var isRight: Bool {
        if case .rightKey = self { return true }
        return false
    }

    /// What told; nil where the key was not tried.
    public var evidence: KeyEvidence? {
        switch self {
        case .rightKey(let evidence), .wrongKey(let evidence),
            .rightKeyOtherAddress(_, let evidence), .authenticationFails(let evidence):
            evidence
        default: nil
        }
    }

    /// Tries `key` on a telegram as a receiver hands it over.
    public init(of frame: RadioFrame, key: MeterKey) {
        let parsed: LinkLayerFrame
        do { parsed = try LinkLayerFrame(parsing: frame) } catch {
            self = .damaged(reason: error.description)
            return
        }
        let headers: TelegramHeaders
        do { headers = try TelegramHeaders(parsing: parsed) } catch {
            self = Self.finding(error, KeyEvidence())
            return
        }
        self = Self.finding(parsed, headers, key)
    }

    private static func finding(
        _ frame: LinkLayerFrame, _ headers: TelegramHeaders, _ key: MeterKey
    ) -> KeyDiagnosis {
        if headers.payloadFamily != nil { return vendorFinding(frame, headers, key) }
        let decryption = Decryption(ciphers: Ciphers())
        // A wrong address only spoils the octets of the first block that stand in its places,
        // behind the fillers: a record may well come out of that. So all records must be known
        // first.
        let strict = attempt(frame, headers, key, decryption, needsAllRecords: true)
        switch strict {
        case .wrongKey, .authenticationFails: break
        default: return strict
        }
        for choice in AddressChoice.allCases {
            guard let changed = choice.applied(to: headers) else { continue }
            let finding = attempt(frame, changed, key, decryption, needsAllRecords: true)
            if case .rightKey(let evidence) = finding {
                return .rightKeyOtherAddress(choice, evidence)
            }
        }
        let usual = attempt(frame, headers, key, decryption)
        if case .rightKey = usual { return usual }
        // Without its code the telegram opens if the key is right.
        var unchecked = headers
        unchecked.authentication?.messageControl = nil
        unchecked.authentication?.fragmentationControl &= ~0x0400
        if unchecked != headers,
            case .rightKey(var evidence) = attempt(frame, unchecked, key, decryption)
        {
            evidence.authenticationCode = false
            return .authenticationFails(evidence)
        }
        return usual
    }

    private static func attempt(
        _ frame: LinkLayerFrame, _ headers: TelegramHeaders, _ key: MeterKey,
        _ decryption: Decryption, needsAllRecords: Bool = false
    ) -> KeyDiagnosis {
        var envelope = Envelope(frame, headers: headers, key: key)
        var fragments = FragmentAssembly()
        var nobody = NoAccount()
        do {
            let telegram = try envelope.open(
                decryption, &fragments, .unencrypted, now: 0, account: &nobody)
            if telegram.protection == .none { return .notEncrypted }
            if needsAllRecords, telegram.content == .records, !telegram.isAllRecords {
                return .wrongKey(envelope.evidence)
            }
            return .rightKey(envelope.evidence)
        } catch {
            return finding(error, envelope.evidence)
        }
    }

    /// The same for a cipher of the manufacturer's own.
    private static func vendorFinding(
        _ frame: LinkLayerFrame, _ headers: TelegramHeaders, _ key: MeterKey
    ) -> KeyDiagnosis {
        do {
            let reading = try TelegramDecoder().reading(
                of: frame, headers: headers, key: key, leniency: .unencrypted)
            return reading.telegram.protection == .none
                ? .notEncrypted : .rightKey(KeyEvidence())
        } catch { return finding(error, KeyEvidence()) }
    }

    private static func finding(_ error: TelegramError, _ evidence: KeyEvidence) -> KeyDiagnosis {
        switch error {
        case .wrongKey: .wrongKey(evidence)
        case .macMismatch: .authenticationFails(evidence)
        case .wrongKeyLength(_, let wanted): .wrongKeyLength(wanted: wanted)
        case .notAReading, .clearThoughEncryptionAnnounced, .unencryptedThoughKeySet:
            .notEncrypted
        case .truncated, .payloadCRC, .fragmentPending, .fragmentsDoNotFit, .compactFrameCRC:
            .damaged(reason: error.description)
        default: .notSupported(error)
        }
    }
}

extension Telegram {
    /// Whether the application can be read to its end, and every code in it is known.
    fileprivate var isAllRecords: Bool {
        var records: [DataRecord] = []
        var nobody = NoAccount()
        let end = RecordParser.parse(
            octets.span, in: application, into: &records, account: &nobody)
        return end == nil && !records.contains { $0.quantity == .unknown }
    }
}

extension KeyDiagnosis.AddressChoice {
    /// The headers with the address put in its place; nil where that changes nothing.
    fileprivate func applied(to headers: TelegramHeaders) -> TelegramHeaders? {
        var changed = headers
        switch self {
        case .linkLayer: changed.meter = headers.sender
        case .longHeaderOrder:
            guard headers.transport?.form == .long else { return nil }
            let meter = headers.meter
            changed.meter = MeterAddress(
                packed: UInt64(meter.identificationNumber)
                    | UInt64(meter.manufacturer.rawValue) << 32
                    | meter.packed & 0xFFFF_0000_0000_0000)
        case .withoutLocalBit:
            changed.meter.manufacturer = headers.meter.manufacturer.global
            changed.sender.manufacturer = headers.sender.manufacturer.global
        case .numberLast:
            changed.meter = headers.meter.numberLast
            changed.sender = headers.sender.numberLast
        case .extendedReceiver:
            guard let receiver = headers.extendedLinkLayer?.receiver else { return nil }
            changed.sender = receiver
        }
        return changed == headers ? nil : changed
    }
}

extension MeterAddress {
    /// `M M I I I I V T` as `M M V T I I I I`, and the other way round.
    fileprivate var numberLast: MeterAddress {
        let versionAndType = packed >> 48
        return MeterAddress(
            packed: packed & 0xFFFF | versionAndType << 16
                | UInt64(identificationNumber) << 32)
    }
}

extension KeyDiagnosis: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rightKey(let evidence): "The key is right: \(evidence)."
        case .wrongKey(let evidence):
            "The key is wrong, or belongs to another meter: \(evidence)."
        case .wrongKeyLength(let wanted):
            "The key has the wrong length: this telegram needs \(2 * wanted) hex digits."
        case .rightKeyOtherAddress(let choice, let evidence):
            "The key is right, but the meter enciphers with \(choice.rawValue): \(evidence)."
        case .authenticationFails(let evidence):
            evidence.fillers == true
                ? "The key is right, but the telegram was changed on the way: \(evidence)."
                : "The key is wrong, or the telegram was changed on the way: \(evidence)."
        case .damaged(let reason): "Nothing can be said of the key. \(reason)"
        case .notSupported(let error): "Nothing can be said of the key. \(error)"
        case .notEncrypted: "The telegram is not encrypted: it needs no key."
        }
    }
}

extension KeyEvidence {
    /// Its description; nil where nothing was looked at.
    var finding: String? { self == KeyEvidence() ? nil : description }
}

extension KeyEvidence: CustomStringConvertible {
    /// `payload begins with 2F 2F, first record cannot be read`.
    public var description: String {
        var words: [String] = []
        if let authenticationCode {
            words.append("authentication code is \(authenticationCode ? "right" : "wrong")")
        }
        if let payloadCRC {
            words.append("CRC over the payload is \(payloadCRC ? "right" : "wrong")")
        }
        if let fillers {
            words.append("payload \(fillers ? "begins" : "does not begin") with 2F 2F")
        }
        if let firstRecord {
            words.append("first record \(firstRecord ? "can" : "cannot") be read")
        }
        return words.isEmpty ? "nothing to tell by" : words.joined(separator: ", ")
    }
}
