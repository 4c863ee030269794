import Wire

/// A telegram on its way to being opened: its octets, and what is known of them so far.
struct Envelope {
    private var octets: [UInt8] = []
    private var headers: TelegramHeaders
    private var key: MeterKey?
    private var crcVerified: Bool
    private var protection = Telegram.Protection.none
    /// What told whether the key was right; kept when a step throws.
    private(set) var evidence = KeyEvidence()

    init(_ frame: consuming LinkLayerFrame, headers: TelegramHeaders, key: MeterKey?) {
        // Taken over, not copied: they are deciphered in place.
        swap(&octets, &frame.octets)
        self.headers = headers
        self.key = key
        crcVerified = frame.crcVerified
    }

    /// All steps in their order: extended link layer, fragments, authentication code, cipher of the
    /// transport layer.
    mutating func open(
        _ decryption: Decryption, _ fragments: inout FragmentAssembly,
        _ leniency: TelegramDecoder.Leniency, now: UInt64, account: inout some DecodingAccount
    ) throws(TelegramError) -> Telegram {
        guard headers.payloadStart <= octets.count else {
            throw .truncated(OutOfOctets(at: headers.payloadStart, wanted: 0, left: 0))
        }
        try openExtendedLinkLayer(decryption, leniency, account: &account)
        try joinFragments(&fragments, now: now, account: &account)
        let (transport, content) = try content()
        let application: Range<Int>
        switch try payloadState(leniency) {
        case .inClear:
            try authenticate(decryption)
            try refuseDowngrade(content, leniency)
            application = headers.payloadStart..<octets.count
        case .alreadyClear:
            // The authentication code was made over what was enciphered: nothing to check it with.
            protection = .alreadyClear
            application = headers.payloadStart..<octets.count
        case .enciphered:
            try authenticate(decryption)
            application = try openTransportLayer(decryption, account: &account)
        }
        var telegram = Telegram(
            octets: [], control: headers.control, sender: headers.sender, meter: headers.meter,
            crcVerified: crcVerified, extendedLinkLayer: headers.extendedLinkLayer,
            header: transport, protection: protection, application: application,
            content: content, authenticated: evidence.authenticationCode == true,
            messageCounter: transport.messageCounter ?? headers.authentication?.messageCounter)
        swap(&octets, &telegram.octets)
        return telegram
    }
}

extension Envelope {
    /// The telegram as it came, for a payload whose cipher is the manufacturer's.
    ///
    /// - Throws: `notAReading` and the like.
    mutating func unopened() throws(TelegramError) -> Telegram {
        let (transport, _) = try content()
        var telegram = Telegram(
            octets: [], control: headers.control, sender: headers.sender, meter: headers.meter,
            crcVerified: crcVerified, extendedLinkLayer: headers.extendedLinkLayer,
            header: transport, protection: .none,
            application: min(headers.payloadStart, octets.count)..<octets.count,
            content: .manufacturerSpecific)
        swap(&octets, &telegram.octets)
        return telegram
    }
}

// The steps
extension Envelope {
    /// Deciphers the payload of the extended link layer, if it is enciphered, and reads the headers
    /// in it. There are no fillers: the CRC over the payload tells whether the key was right.
    private mutating func openExtendedLinkLayer(
        _ decryption: Decryption, _ leniency: TelegramDecoder.Leniency,
        account: inout some DecodingAccount
    ) throws(TelegramError) {
        guard let layer = headers.extendedLinkLayer, layer.sessionNumber != nil else { return }
        guard headers.encryption == .extendedLinkLayer else {
            // In clear, and the headers behind the CRC have been read.
            guard payloadCRCIsRight(at: layer.payload) else { throw .payloadCRC }
            return
        }
        let enciphered = layer.payload..<octets.count
        if payloadCRCIsRight(at: layer.payload) {
            guard leniency.contains(.clearPayload) else {
                throw .clearThoughEncryptionAnnounced
            }
            protection = .alreadyClear
        } else {
            guard let key else { throw .noKey(nil) }
            guard key.count == 16 else { throw .wrongKeyLength(nil, wanted: 16) }
            try decryption.ciphers.decipherCTR(
                &octets, in: enciphered, key: key.block,
                counter: layer.counterBlock(sender: headers.sender))
            let isRight = payloadCRCIsRight(at: layer.payload)
            evidence.payloadCRC = isRight
            account.deciphered(enciphered, of: octets.span, "AES-128-CTR")
            guard isRight else { throw .wrongKey(nil) }
            protection = .extendedLinkLayer
        }
        var headers = headers
        headers.encryption = nil
        headers.payloadStart = layer.payload
        headers.skipPayloadCRC(account: &account)
        try headers.readUpperLayers(of: octets.span, account: &account)
        self.headers = headers
    }

    /// Whether the two octets at `offset`, low octet first, are the CRC over all behind them.
    private func payloadCRCIsRight(at offset: Int) -> Bool {
        let octets = octets.span
        var reader = ByteReader(octets, in: offset..<octets.count)
        guard let crc = try? reader.uint16() else { return false }
        return crc == CRC16.en13757(octets, in: reader.offset..<octets.count)
    }

    /// Puts a fragment to those that came before, and goes on with the whole message.
    ///
    /// - Throws: `fragmentPending` while some are missing.
    private mutating func joinFragments(
        _ fragments: inout FragmentAssembly, now: UInt64, account: inout some DecodingAccount
    ) throws(TelegramError) {
        guard let layer = headers.authentication, layer.isFragment else { return }
        var part = FragmentAssembly.Part(
            octets: [], layer: layer, headers: headers, key: key, crcVerified: crcVerified,
            protection: protection)
        swap(&octets, &part.octets)
        let own = min(layer.end, part.octets.count)..<part.octets.count
        var whole = try fragments.add(part, now: now)
        swap(&octets, &whole.octets)
        account.layer("Message joined from \(layer.fragmentNumber) fragments")
        account.replaced(
            own, by: whole.headers.transportStart..<octets.count, of: octets.span,
            "joined with the fragments before")
        key = whole.key
        crcVerified = whole.crcVerified
        protection = whole.protection
        var headers = whole.headers
        try headers.readTransportLayer(of: octets.span, account: &account)
        self.headers = headers
    }

    /// What the telegram carries.
    ///
    /// - Throws: `notAReading` for what is said to a meter, or says nothing; `unsupportedCI`.
    private func content() throws(TelegramError) -> (TransportHeader, Telegram.Content) {
        guard let transport = headers.transport else {
            throw .notAReading(headers.control, nil)
        }
        let ci = transport.ciField
        switch headers.control.direction {
        case .toMeter, .both: throw .notAReading(headers.control, ci)
        case .fromMeter, nil: break
        }
        switch ci.role {
        case .content(let content): return (transport, content)
        case .toMeter: throw .notAReading(headers.control, ci)
        default: throw .unsupportedCI(ci)
        }
    }

    private enum PayloadState { case inClear, alreadyClear, enciphered }

    /// How the transport layer's payload is here, whatever the header announces.
    ///
    /// - Throws: `clearThoughEncryptionAnnounced` where that is not allowed, and
    ///   `unsupportedSecurityMode`.
    private func payloadState(
        _ leniency: TelegramDecoder.Leniency
    ) throws(TelegramError) -> PayloadState {
        guard case .mode(let mode) = headers.encryption else { return .inClear }
        guard Decryption.opens(mode) else { throw .unsupportedSecurityMode(mode) }
        guard octets.span.startsWithFillers(at: headers.payloadStart) else { return .enciphered }
        guard leniency.contains(.clearPayload) else { throw .clearThoughEncryptionAnnounced }
        return .alreadyClear
    }

    /// Checks the authentication code, if there are one and a key to check it with: before anything
    /// is deciphered.
    private mutating func authenticate(_ decryption: Decryption) throws(TelegramError) {
        guard let layer = headers.authentication, let key else { return }
        guard
            let verdict = try decryption.codeIsRight(
                octets.span, headers: headers, layer: layer, key: key)
        else { return }
        evidence.authenticationCode = verdict
        guard verdict else { throw .macMismatch }
    }

    /// Deciphers what the transport layer enciphered.
    ///
    /// - Returns: where the application's octets are.
    private mutating func openTransportLayer(
        _ decryption: Decryption, account: inout some DecodingAccount
    ) throws(TelegramError) -> Range<Int> {
        let mode = headers.transport?.securityMode ?? .none
        guard let key else { throw .noKey(mode) }
        let application = try decryption.open(
            &octets, headers: headers, key: key, evidence: &evidence, account: &account)
        protection = .mode(mode)
        return application
    }

    /// Whoever set a key for a meter shall not be shown a telegram that anybody could have sent.
    private func refuseDowngrade(
        _ content: Telegram.Content, _ leniency: TelegramDecoder.Leniency
    ) throws(TelegramError) {
        guard let key, protection == .none, !leniency.contains(.unencrypted) else { return }
        switch content {
        case .statusOnly:
            // Meters that encipher their readings send these in clear between them.
            throw .notAReading(headers.control, headers.transport?.ciField)
        case .manufacturerSpecific where key.count == 8,
            .alarm where key.count == 8 && headers.transport?.form == HeaderForm.none:
            // A key of a manufacturer's own cipher, which these CI-fields (A0 to B7, 71) hide.
            return
        default: throw .unencryptedThoughKeySet
        }
    }
}
