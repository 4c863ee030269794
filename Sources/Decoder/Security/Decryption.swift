import Wire

/// Opens what the transport layer enciphered, one function a security mode (EN 13757-7, 9; OMS
/// Vol. 2, 9), and checks the AFL's authentication code.
struct Decryption {
    let ciphers: Ciphers

    /// Whether there is a way to open `mode` here.
    static func opens(_ mode: SecurityMode) -> Bool {
        switch mode {
        case .mode2, .mode4, .mode5, .mode7, .mode10: true
        default: false
        }
    }

    /// Deciphers the payload in place and checks that the key was right.
    ///
    /// - Parameter evidence: set to what told whether the key was right.
    /// - Returns: where the application's octets are.
    /// - Throws: `wrongKey`, `unsupportedSecurityMode` and the like; the payload is worthless then.
    func open(
        _ octets: inout [UInt8], headers: TelegramHeaders, key: MeterKey,
        evidence: inout KeyEvidence, account: inout some DecodingAccount
    ) throws(TelegramError) -> Range<Int> {
        let mode = headers.transport?.securityMode ?? .none
        guard Self.opens(mode) else { throw .unsupportedSecurityMode(mode) }
        guard key.count == mode.keyLength else {
            throw .wrongKeyLength(mode, wanted: mode.keyLength)
        }
        if mode == .mode10 {
            return try openMode10(
                &octets, headers, key.block, evidence: &evidence, account: &account)
        }

        let enciphered = try encipheredBlocks(octets.count, headers, mode)
        switch mode {
        case .mode2: try ciphers.decipherDES(&octets, in: enciphered, key: key.block)
        case .mode4: try openMode4(&octets, enciphered, key.block)
        case .mode5: try openMode5(&octets, enciphered, headers, key.block)
        default: try openMode7(&octets, enciphered, headers, key.block)
        }
        account.deciphered(enciphered, of: octets.span, mode.description)
        let start = try applicationStart(octets.span, headers, mode, evidence: &evidence)
        return start..<octets.count
    }
}

// What is enciphered, and whether it came out right
extension Decryption {
    /// The whole blocks at the payload's start that are enciphered; what follows is in clear and
    /// belongs to the same records.
    ///
    /// Meters are about that announce no block or more than there are: all whole blocks then.
    private func encipheredBlocks(
        _ count: Int, _ headers: TelegramHeaders, _ mode: SecurityMode
    ) throws(TelegramError) -> Range<Int> {
        let start = headers.payloadStart
        let left = max(count - start, 0)
        let configuration = headers.transport?.configuration
        let blockSize = mode == .mode2 ? 8 : 16
        let announced =
            mode == .mode2
            ? configuration?.encryptedOctets ?? 0 : 16 * (configuration?.encryptedBlocks ?? 0)
        let whole = left - left % blockSize
        guard whole > 0 else {
            throw .truncated(OutOfOctets(at: start, wanted: blockSize, left: left))
        }
        let size = announced == 0 ? whole : min(announced - announced % blockSize, whole)
        return start..<(start + max(size, blockSize))
    }

    /// Where the application's octets begin, if the payload is in clear.
    ///
    /// Two octets 2F come out right by chance once in 65536 wrong keys: so the first record must be
    /// one as well, where no authentication code has told the key.
    private func applicationStart(
        _ octets: Span<UInt8>, _ headers: TelegramHeaders, _ mode: SecurityMode,
        evidence: inout KeyEvidence
    ) throws(TelegramError) -> Int {
        var start = headers.payloadStart
        let startsLikeSanxing = Self.startsLikeSanxing(octets, headers)
        let startsRight = startsLikeSanxing || octets.startsWithFillers(at: start)
        evidence.fillers = startsRight
        guard startsRight else { throw .wrongKey(mode) }
        if startsLikeSanxing { start += 2 }
        if headers.transport?.ciField.role == .content(.records) {
            let isRecord =
                RecordParser.startsWithRecord(octets, in: start..<octets.count)
                || (headers.transport.map {
                    PayloadFamilies.find(
                        in: PayloadFamilies.application, for: headers.meter, $0) != nil
                } ?? false)
            evidence.firstRecord = isRecord
            guard
                isRecord || evidence.authenticationCode == true
                    || Self.hidesOtherThanRecords(headers)
            else { throw .wrongKey(mode) }
        }
        return start
    }

    /// Water meters Apator 162 (APA, version 05) announce records and send fields of their own, an
    /// older make without the 0F that says so.
    private static func hidesOtherThanRecords(_ headers: TelegramHeaders) -> Bool {
        headers.meter.manufacturer.global == .apa && headers.meter.version == 0x05
    }

    /// Electricity meters of Sanxing (KPL, FRC) begin with 60 9B in place of 2F 2F, in mode 5.
    private static func startsLikeSanxing(
        _ octets: Span<UInt8>, _ headers: TelegramHeaders
    ) -> Bool {
        let start = headers.payloadStart
        let manufacturer = headers.meter.manufacturer.global
        return headers.transport?.securityMode == .mode5 && start + 2 <= octets.count
            && octets[start] == 0x60 && octets[start + 1] == 0x9B
            && (manufacturer == .kpl || manufacturer == .frc)
    }
}

// The modes
extension Decryption {
    private func openMode4(
        _ octets: inout [UInt8], _ enciphered: Range<Int>, _ key: Block
    ) throws(TelegramError) {
        try ciphers.decipherCBC(
            &octets, in: enciphered, key: key, initialVector: Block(repeating: 0))
    }

    private func openMode5(
        _ octets: inout [UInt8], _ enciphered: Range<Int>, _ headers: TelegramHeaders, _ key: Block
    ) throws(TelegramError) {
        try ciphers.decipherCBC(
            &octets, in: enciphered, key: key, initialVector: Self.initialVector(headers))
    }

    private func openMode7(
        _ octets: inout [UInt8], _ enciphered: Range<Int>, _ headers: TelegramHeaders, _ key: Block
    ) throws(TelegramError) {
        let derived = try KeyDerivationFunction.key(
            for: .encryption, from: key,
            by: headers.transport?.keySelection.keyDerivation ?? .none,
            headers: headers, ciphers: ciphers)
        try ciphers.decipherCBC(
            &octets, in: enciphered, key: derived, initialVector: Block(repeating: 0))
    }

    /// The message counter and the tag are not enciphered; all between the counter and the tag is.
    private func openMode10(
        _ octets: inout [UInt8], _ headers: TelegramHeaders, _ key: Block,
        evidence: inout KeyEvidence, account: inout some DecodingAccount
    ) throws(TelegramError) -> Range<Int> {
        guard let transport = headers.transport,
            let counter = transport.messageCounter ?? headers.authentication?.messageCounter
        else { throw .unsupportedSecurityMode(.mode10) }
        let selection = transport.keySelection
        let end = octets.count - selection.tagSize
        guard headers.payloadStart <= end else {
            throw .truncated(
                OutOfOctets(
                    at: headers.payloadStart, wanted: selection.tagSize,
                    left: octets.count - headers.payloadStart))
        }
        let enciphered = headers.payloadStart..<end
        // How octets in clear enter the tag is not public: only what is enciphered as a whole.
        let announced = transport.configuration.encryptedOctets
        guard announced == 0xFF || announced == enciphered.count else {
            throw .unsupportedSecurityMode(.mode10)
        }
        let derived = try KeyDerivationFunction.key(
            for: .encryption, from: key, by: selection.keyDerivation, headers: headers,
            ciphers: ciphers)
        let counterSize = transport.messageCounter == nil ? 0 : 4
        let opened = try ciphers.decipherCCM(
            &octets, in: enciphered, key: derived,
            nonce: Self.nonce(headers.meter, counter: counter),
            associated: headers.transportStart..<(headers.payloadStart - counterSize),
            tag: end..<octets.count)
        evidence.authenticationCode = opened
        guard opened else { throw .wrongKey(.mode10) }
        account.deciphered(enciphered, of: octets.span, SecurityMode.mode10.description)
        return enciphered
    }

    /// Mode 5: M- and A-field of the meter as the link layer sends them, then eight times the
    /// access number.
    static func initialVector(_ headers: TelegramHeaders) -> Block {
        var block = Block(repeating: headers.transport?.accessNumber ?? 0)
        for place in 0..<8 {
            block[place] = UInt8(truncatingIfNeeded: headers.meter.packed >> UInt64(8 * place))
        }
        return block
    }

    /// Mode 10: M- and A-field of the meter, an octet 0, the message counter high octet first.
    static func nonce(_ meter: MeterAddress, counter: UInt32) -> InlineArray<13, UInt8> {
        var nonce = InlineArray<13, UInt8>(repeating: 0)
        for place in 0..<8 {
            nonce[place] = UInt8(truncatingIfNeeded: meter.packed >> UInt64(8 * place))
        }
        for place in 0..<4 {
            nonce[9 + place] = UInt8(truncatingIfNeeded: counter >> UInt32(24 - 8 * place))
        }
        return nonce
    }
}

// Authentication
extension Decryption {
    /// Whether the AFL's authentication code is right over MCL, KI, MCR, ML and the message from
    /// the transport layer's CI-field to the end, enciphered as it came (EN 13757-7, 6.3.6).
    ///
    /// A code that is missing or shorter than its type has is wrong: somebody took it off.
    ///
    /// - Returns: nil if the layer announces no authentication.
    /// - Throws: `unsupportedAuthentication` for AES-GMAC and reserved types.
    func codeIsRight(
        _ octets: borrowing Span<UInt8>, headers: TelegramHeaders,
        layer: AuthenticationAndFragmentation, key: MeterKey
    ) throws(TelegramError) -> Bool? {
        switch layer.authenticationType {
        case 0 where !layer.announcesCode, nil where !layer.announcesCode: return nil
        case nil: break
        case .some(let type):
            guard (3...7).contains(type) else { throw .unsupportedAuthentication(type) }
            let length = AuthenticationAndFragmentation.codeLengths[Int(type)]
            guard layer.codeLength == length else { return false }
        }
        guard layer.codeLength >= 2 else { return false }
        guard key.count == 16 else {
            throw .wrongKeyLength(headers.transport?.securityMode, wanted: 16)
        }
        let derivation =
            layer.keyDerivation ?? headers.transport?.keySelection.keyDerivation ?? .none
        let derived = try KeyDerivationFunction.key(
            for: .authentication, from: key.block, by: derivation, headers: headers,
            ciphers: ciphers)
        let code = try ciphers.cmac(
            key: derived, of: octets, layer.control, layer.length, layer.end..<octets.count)
        return code.isEqual(to: layer.code, first: layer.codeLength)
    }
}

extension ManufacturerCode {
    fileprivate static let apa = ManufacturerCode(rawValue: 0x0601)
    /// KPL and FRC: sellers of Sanxing's electricity meters.
    fileprivate static let kpl = ManufacturerCode(rawValue: 0x2E0C)
    fileprivate static let frc = ManufacturerCode(rawValue: 0x1A43)
}
