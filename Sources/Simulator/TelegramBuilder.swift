import Wire

/// Builds a meter's telegram from its layers: link layer, extended link layer, authentication and
/// fragmentation layer, transport layer, records (EN 13757-3, -4, -7; OMS Vol. 2).
///
/// ```swift
/// var telegram = TelegramBuilder(.init("ELS", 0x12345678, version: 0x33, deviceType: 0x03))
/// telegram.transport = .short(accessNumber: 42)
/// telegram.security = .mode5(key: key)
/// telegram.records = [.volume(hundredthsOfCubicMetres: 2_850_427)]
/// let frame = try telegram.frame()
/// ```
public struct TelegramBuilder: Sendable {
    /// Manufacturer, identification number, version and device type of a meter.
    public struct Address: Equatable, Sendable {
        /// Three letters.
        public var manufacturer: String
        /// As printed, in hex: 0x12345678 for 12345678.
        public var identification: UInt32
        public var version: UInt8
        public var deviceType: UInt8

        public init(
            _ manufacturer: String, _ identification: UInt32, version: UInt8, deviceType: UInt8
        ) {
            self.manufacturer = manufacturer
            self.identification = identification
            self.version = version
            self.deviceType = deviceType
        }
    }

    /// The extended link layer, between link and transport layer.
    public enum ExtendedLinkLayer: Equatable, Sendable {
        /// CI 8C.
        case one(communicationControl: UInt8, accessNumber: UInt8)
        /// CI 8D: all that follows is protected by a CRC and, with a key, by AES-CTR. The session
        /// number holds the encryption in its top three bits: 1 with a key, 0 without.
        case two(
            communicationControl: UInt8, accessNumber: UInt8, sessionNumber: UInt32, key: [UInt8]?)
        /// CI 8E, which names the receiver too.
        case three(communicationControl: UInt8, accessNumber: UInt8, receiver: Address)
    }

    /// The transport layer's header; each has its own control information for full frames.
    public enum Transport: Equatable, Sendable {
        /// CI and data follow each other: CI 78, or another such as A0 or 79.
        case none(controlInformation: UInt8 = 0x78)
        /// CI 7A.
        case short(accessNumber: UInt8, status: UInt8 = 0)
        /// CI 72: the meter behind a radio module, which the link layer names.
        case long(meter: Address, accessNumber: UInt8, status: UInt8 = 0)
    }

    /// What protects the records, where the transport layer has a header.
    public enum Security: Equatable, Sendable {
        case none
        /// OMS security profile A: AES-CBC.
        case mode5(key: [UInt8])
        /// OMS security profile B: AES-CBC with a derived key, and an authentication layer with a
        /// CMAC of 8 octets.
        case mode7(key: [UInt8], messageCounter: UInt32)
    }

    /// C-field; 44h is SND-NR.
    public var control: UInt8 = 0x44
    public var address: Address
    public var extendedLinkLayer: ExtendedLinkLayer?
    public var transport: Transport = .none()
    public var security: Security = .none
    /// Bits added to the configuration field, such as 2000h for a synchronous transmission.
    public var configurationFlags: UInt16 = 0
    /// What is protected: filled up with 2F to whole blocks where it is encrypted.
    public var records: [TelegramRecord] = []
    /// Records behind the encrypted blocks, in clear.
    public var clearRecords: [TelegramRecord] = []

    public init(_ address: Address) { self.address = address }

    /// The frame, L-field first and without link-layer CRCs.
    ///
    /// - Throws: `TelegramBuildError` for letters that are no manufacturer's, a key that has not
    ///   16 octets, or more octets than an L-field can tell.
    public func frame() throws(TelegramBuildError) -> [UInt8] {
        let sender = try address.linkLayerOctets()
        let upper = try transportLayer()
        let payload =
            try extendedLinkLayerOctets(sender: sender, before: authenticationLayer(over: upper))
        let body = [control] + sender + payload
        guard let length = UInt8(exactly: body.count) else { throw .tooLong(body.count) }
        return [length] + body
    }

    // MARK: Transport layer

    private func transportLayer() throws(TelegramBuildError) -> [UInt8] {
        let content = records.flatMap(\.octets)
        let rest = clearRecords.flatMap(\.octets)
        let meter: Address
        let header: [UInt8]
        switch transport {
        case .none(let controlInformation):
            guard security == .none else { throw .noHeaderForSecurity }
            return [controlInformation] + content + rest
        case .short(let accessNumber, let status):
            meter = address
            header = [0x7A, accessNumber, status]
        case .long(let named, let accessNumber, let status):
            meter = named
            let octets = try named.linkLayerOctets()
            // The long header has the identification number before the manufacturer.
            header = [0x72] + octets[2..<6] + octets[..<2] + octets[6...] + [accessNumber, status]
        }
        let accessNumber = header[header.count - 2]
        switch security {
        case .none:
            return header + configurationFlags.littleEndianOctets + content + rest
        case .mode5(let key):
            let blocks = try Self.blocks(of: content)
            let vector =
                try meter.linkLayerOctets() + [UInt8](repeating: accessNumber, count: 8)
            return try header + configuration(mode: 5, blocks: blocks)
                + TelegramSecurity.encryptCBC(blocks, key: key, initialisationVector: vector) + rest
        case .mode7(let key, let counter):
            let blocks = try Self.blocks(of: content)
            let encryptionKey = try TelegramSecurity.derivedKey(
                .encryption, from: key, messageCounter: counter,
                identification: meter.identification)
            let vector = [UInt8](repeating: 0, count: 16)
            // The extension: key derivation A, the meter's master key.
            return try header + configuration(mode: 7, blocks: blocks) + [0x10]
                + TelegramSecurity.encryptCBC(
                    blocks, key: encryptionKey, initialisationVector: vector) + rest
        }
    }

    /// 2F2F, by which a right key shows, the content, and 2F up to whole blocks.
    private static func blocks(of content: [UInt8]) throws(TelegramBuildError) -> [UInt8] {
        let begun = [0x2F, 0x2F] + content
        let blocks = begun + [UInt8](repeating: 0x2F, count: (16 - begun.count % 16) % 16)
        guard blocks.count <= 15 * 16 else { throw .tooLong(blocks.count) }
        return blocks
    }

    private func configuration(mode: UInt16, blocks: [UInt8]) -> [UInt8] {
        (configurationFlags | mode << 8 | UInt16(blocks.count / 16) << 4).littleEndianOctets
    }

    // MARK: Authentication and fragmentation layer

    /// The layer and `upper`, which is one whole message; `upper` alone without authentication.
    private func authenticationLayer(
        over upper: [UInt8]
    ) throws(TelegramBuildError) -> [UInt8] {
        guard case .mode7(let key, let counter) = security else { return upper }
        let meter =
            if case .long(let named, _, _) = transport { named } else { address }
        let authenticationKey = try TelegramSecurity.derivedKey(
            .authentication, from: key, messageCounter: counter,
            identification: meter.identification)
        // Message control: a counter is in the message, CMAC of 8 octets.
        let authenticated = [0x25] + counter.littleEndianOctets
        let code = try TelegramSecurity.cmac(authenticated + upper, key: authenticationKey)
        // Fragmentation control: message control, counter and code are there, one fragment.
        let layer = [0x00, 0x2C] + authenticated + code.prefix(8)
        return [0x90, UInt8(layer.count)] + layer + upper
    }

    // MARK: Extended link layer

    private func extendedLinkLayerOctets(
        sender: [UInt8], before upper: [UInt8]
    ) throws(TelegramBuildError) -> [UInt8] {
        switch extendedLinkLayer {
        case nil: return upper
        case .one(let communicationControl, let accessNumber):
            return [0x8C, communicationControl, accessNumber] + upper
        case .three(let communicationControl, let accessNumber, let receiver):
            return try [0x8E, communicationControl, accessNumber] + receiver.linkLayerOctets()
                + upper
        case .two(let communicationControl, let accessNumber, let sessionNumber, let key):
            let session = sessionNumber.littleEndianOctets
            let checked = CRC16.en13757(upper).littleEndianOctets + upper
            let header = [0x8D, communicationControl, accessNumber] + session
            guard let key else { return header + checked }
            // Repeaters change the bits H and R, so the counter block has them cleared.
            let counterBlock = sender + [communicationControl & 0xED] + session + [0, 0, 0]
            return try header
                + TelegramSecurity.encryptCTR(checked, key: key, counterBlock: counterBlock)
        }
    }
}

extension TelegramBuilder.Address {
    /// M-field and A-field: manufacturer, identification number, version, device type.
    func linkLayerOctets() throws(TelegramBuildError) -> [UInt8] {
        let letters = Array(manufacturer.utf8)
        guard letters.count == 3, letters.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .badManufacturer(manufacturer)
        }
        let code = letters.reduce(UInt16(0)) { $0 << 5 | UInt16($1 - 0x40) }
        return code.littleEndianOctets + identification.littleEndianOctets
            + [version, deviceType]
    }
}

/// Why a telegram cannot be built.
public enum TelegramBuildError: Error, Equatable, Sendable, CustomStringConvertible {
    case badManufacturer(String)
    case badKeyLength(Int)
    case tooLong(Int)
    case noHeaderForSecurity
    case cipherFailed(String)

    public var description: String {
        switch self {
        case .badManufacturer(let letters):
            "'\(letters)' is no manufacturer: give three capital letters, such as ELS."
        case .badKeyLength(let count):
            "A key has 16 octets, not \(count): give 32 hex digits."
        case .tooLong(let count):
            "A telegram of \(count) octets does not fit into one frame: give fewer records."
        case .noHeaderForSecurity:
            "Records without a transport header cannot be encrypted: give a short or long header."
        case .cipherFailed(let name):
            "OpenSSL refused \(name): check that its default provider is not switched off."
        }
    }
}
