import Wire

/// All that can be read of a telegram without a key: enough to choose one.
///
/// The layers stand in this order, each but the first at most once: link layer, extended link layer
/// (CI 8C…8F), network layer (81), authentication and fragmentation layer (90), transport layer.
public struct TelegramHeaders: Equatable, Sendable {
    public var control: ControlField
    /// The link layer's address.
    public var sender: MeterAddress
    /// The long header's address where one is in clear, else the sender's.
    public var meter: MeterAddress
    /// How the payload is enciphered; nil: not at all, or a second fragment does not say.
    public var encryption: Encryption?
    public var extendedLinkLayer: ExtendedLinkLayer?
    public var authentication: AuthenticationAndFragmentation?
    /// Nil where the transport layer is still enciphered by the extended link layer, or not here: a
    /// second fragment, or a telegram that ends before it.
    public var transport: TransportHeader?
    /// First octet behind the headers: the application's, or of what is still enciphered.
    public var payloadStart: Int
    /// The manufacturer's own layout that begins behind the headers; nil for all that follows the
    /// standard. Its reading has no other way than `TelegramDecoder.reading`.
    public internal(set) var payloadFamily: PayloadFamily?
    /// The transport layer's CI-field.
    var transportStart: Int

    public enum Encryption: Equatable, Sendable {
        case extendedLinkLayer
        case mode(SecurityMode)
    }
}

extension TelegramHeaders {
    /// - Throws: `truncated`, `unsupportedExtendedLinkLayer` or `unsupportedNetworkLayer`.
    public init(parsing frame: borrowing LinkLayerFrame) throws(TelegramError) {
        var nobody = NoAccount()
        try self.init(parsing: frame, account: &nobody)
    }

    public init(
        parsing frame: borrowing LinkLayerFrame, account: inout some DecodingAccount
    ) throws(TelegramError) {
        control = frame.control
        sender = frame.sender
        meter = frame.sender
        payloadStart = 10
        transportStart = 10
        try readLowerLayers(of: frame.octets.span, account: &account)
        findPayloadFamily()
    }

    /// Reads the extended link layer, and what follows as far as it is in clear.
    private mutating func readLowerLayers(
        of octets: Span<UInt8>, account: inout some DecodingAccount
    ) throws(TelegramError) {
        guard octets.count > 10 else {
            throw .truncated(OutOfOctets(at: octets.count, wanted: 1, left: 0))
        }
        let ci = CIField(rawValue: octets[10])
        guard ci.role == .extendedLinkLayer else {
            return try readUpperLayers(of: octets, account: &account)
        }
        guard ci != .extendedLinkLayer5 else { throw .unsupportedExtendedLinkLayer(ci) }
        var reader = ByteReader(octets, in: 10..<octets.count)
        let layer: ExtendedLinkLayer
        do {
            layer = try ExtendedLinkLayer(reading: &reader, account: &account)
            payloadStart = reader.offset
            if layer.sessionNumber != nil { _ = try reader.uint16() }
        } catch {
            throw .truncated(error)
        }
        extendedLinkLayer = layer
        switch layer.encryptionField {
        case 0:
            if layer.sessionNumber != nil { skipPayloadCRC(account: &account) }
            try readUpperLayers(of: octets, account: &account)
        case 1: encryption = .extendedLinkLayer
        default: throw .unsupportedExtendedLinkLayer(ci)
        }
    }

    /// Goes on behind the payload's CRC, which is there.
    mutating func skipPayloadCRC(account: inout some DecodingAccount) {
        account.field(
            "Payload CRC", payloadStart..<(payloadStart + 2),
            "CRC over all that follows, low octet first")
        payloadStart += 2
    }

    /// Reads the network layer, the authentication and fragmentation layer and the transport layer,
    /// from `payloadStart` on.
    mutating func readUpperLayers(
        of octets: Span<UInt8>, account: inout some DecodingAccount
    ) throws(TelegramError) {
        var reader = ByteReader(octets, in: payloadStart..<octets.count)
        if reader.peek == CIField.networkLayer.rawValue {
            try readNetworkLayer(&reader, account: &account)
        }
        if reader.peek == CIField.authenticationAndFragmentation.rawValue {
            do {
                let layer = try AuthenticationAndFragmentation(reading: &reader, account: &account)
                authentication = layer
            } catch {
                throw .truncated(error)
            }
        }
        payloadStart = reader.offset
        transportStart = reader.offset
        guard let layer = authentication, layer.isFragment else {
            return try readTransportLayer(of: octets, account: &account)
        }
        // A header that goes on in the next fragment is read when all are joined.
        if layer.fragmentNumber == 1 {
            try? readTransportLayer(of: octets, account: &account)
        }
    }

    /// Routing data whose layout only one implementation knows: one octet, then the next CI-field
    /// (EN 13757-5).
    private func readNetworkLayer(
        _ reader: inout ByteReader, account: inout some DecodingAccount
    ) throws(TelegramError) {
        let range: Range<Int>
        do { range = try reader.take(2) } catch { throw .truncated(error) }
        guard let next = reader.peek else { throw .unsupportedNetworkLayer }
        switch CIField(rawValue: next).role {
        case .reserved, .extendedLinkLayer, .networkLayer: throw .unsupportedNetworkLayer
        default: break
        }
        account.layer("Network layer")
        account.field("CI-field, routing", range, "layout not public, passed over")
    }

    /// Reads the transport layer from `transportStart` on, where there is one.
    mutating func readTransportLayer(
        of octets: Span<UInt8>, account: inout some DecodingAccount
    ) throws(TelegramError) {
        var reader = ByteReader(octets, in: transportStart..<octets.count)
        guard reader.left > 0 else { return }
        do {
            let header = try TransportHeader(reading: &reader, meter: &meter, account: &account)
            transport = header
        } catch {
            throw .truncated(error)
        }
        payloadStart = reader.offset
        encryption = announcedEncryption(of: octets)
    }

    private func announcedEncryption(of octets: Span<UInt8>) -> Encryption? {
        guard let configuration = transport?.configuration, payloadStart < octets.count else {
            return nil
        }
        let mode = configuration.securityMode
        if mode == .none { return nil }
        // By the standard no block announced is nothing enciphered, yet meters are about that send
        // 0 and encipher all: the fillers tell.
        if mode == .mode4 || mode == .mode5 || mode == .mode7, configuration.encryptedBlocks == 0,
            octets.startsWithFillers(at: payloadStart)
        {
            return nil
        }
        return .mode(mode)
    }
}

extension Span<UInt8> {
    /// Whether the two idle fillers 2F 2F stand at `offset`, which begin every payload in clear
    /// that was or will be enciphered in modes 2 to 7.
    func startsWithFillers(at offset: Int) -> Bool {
        offset >= 0 && offset + 2 <= count && self[offset] == 0x2F && self[offset + 1] == 0x2F
    }
}
