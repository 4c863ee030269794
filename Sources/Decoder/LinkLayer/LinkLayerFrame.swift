import Wire

/// A frame whose CRCs were checked and taken out, and the fields of its first block.
public struct LinkLayerFrame: Equatable, Sendable {
    /// L-field first, then C, M, A and from octet 10 on the CI-field and what follows; no CRCs.
    /// The L-field is the number of octets behind it.
    public var octets: [UInt8]
    public var control: ControlField
    /// M- and A-field: who sent it (a meter, or the radio adapter of a meter).
    public var sender: MeterAddress
    /// Whether link-layer CRCs were there and right; false if they were removed before, or if it
    /// came by cable, where there is only a checksum.
    public var crcVerified: Bool
    /// Octets behind the telegram that were passed over (a receiver's status, say).
    public var trailing: Int
}

extension LinkLayerFrame {
    /// Checks and takes out the link-layer CRCs of `frame`.
    ///
    /// What its `format` does not tell is found out from the octets, even that they are a frame of
    /// wired M-Bus, which comes out as if it had been sent by radio. The octets are worked on in
    /// place: nothing is copied where the caller gave up its own copy.
    public init(parsing frame: consuming RadioFrame) throws(LinkLayerError) {
        var nobody = NoAccount()
        try self.init(parsing: frame, account: &nobody)
    }

    public init(
        parsing frame: consuming RadioFrame, account: inout some DecodingAccount
    ) throws(LinkLayerError) {
        var fault: LinkLayerError?
        if frame.format == .unknown || frame.format == .crcsRemoved,
            WiredFrame.begins(frame.octets.span)
        {
            if let wired = WiredFrame.linkLayerFrame(frame.octets.span) {
                self = wired
                WiredFrame.describe(frame.octets.span, trailing: wired.trailing, to: &account)
                account.telegram(wired.octets.span)
                Self.describe(wired.octets.span, to: &account)
                return
            }
            fault = WiredFrame.fault(frame.octets.span)
        }
        let layout: CRCLayout
        do {
            layout = try CRCLayout(
                of: frame.octets.span, format: frame.format, unlessWired: fault)
        } catch {
            Self.describe(frame.octets.span, rejectedFor: error, to: &account)
            throw error
        }
        var octets: [UInt8] = []
        swap(&octets, &frame.octets)
        let trailing = octets.count - layout.size
        account.layer("Link layer (\(layout.kind.rawValue))")
        account.aside("CRCs", layout.crcs, of: octets.span, "right; taken out")
        account.aside(
            "Trailing octets", [layout.size..<octets.count], of: octets.span, "passed over")
        octets.removeLast(trailing)
        switch layout.kind {
        case .formatA: octets.removeCRCsOfFormatA(size: layout.size)
        case .formatB: octets.removeCRCsOfFormatB(size: layout.size)
        case .noCRCs: break
        case .lastCRCLeft:
            octets.removeLast(2)
            octets[0] = UInt8(truncatingIfNeeded: octets.count - 1)
        }

        var reader = ByteReader(octets.span)
        let control: ControlField
        let sender: MeterAddress
        do {
            _ = try reader.octet()
            control = ControlField(rawValue: try reader.octet())
            sender = try MeterAddress(linkLayer: &reader)
        } catch {
            throw .truncated(expected: 11, found: octets.count)
        }
        self.init(
            octets: octets, control: control, sender: sender,
            crcVerified: layout.isProven, trailing: trailing)
        account.telegram(self.octets.span)
        Self.describe(self.octets.span, to: &account)
    }

    /// Tells of the fields of the first block.
    private static func describe(
        _ octets: Span<UInt8>, to account: inout some DecodingAccount
    ) {
        var reader = ByteReader(octets)
        guard let length = try? reader.octet(), let control = try? reader.octet(),
            let sender = try? MeterAddress(linkLayer: &reader)
        else { return }
        account.field("L-field", 0..<1, "\(length) octets follow")
        account.field("C-field", 1..<2, ControlField(rawValue: control).description)
        account.field("M-field", 2..<4, sender.manufacturer.description)
        account.field("Identification number", 4..<8, sender.number)
        account.field("Version", 8..<9, "\(Hex.text([sender.version])) (hex)")
        account.field("Device type", 9..<10, sender.deviceType.description)
    }

    /// Tells of a frame that is not whole. Its first block may be, and helps to see whose it is.
    private static func describe(
        _ octets: Span<UInt8>, rejectedFor error: LinkLayerError,
        to account: inout some DecodingAccount
    ) {
        account.layer("Link layer (rejected)")
        account.telegram(octets)
        switch error {
        case .lengthTooSmall, .badCRC(block: ...1): break
        case .wiredChecksum, .wiredStop: break
        case .truncated, .badCRC: describe(octets, to: &account)
        }
    }
}

/// Where the CRCs of a frame stand, found out once and checked.
private struct CRCLayout {
    enum Kind: String {
        case formatA = "frame format A, CRCs right"
        case formatB = "frame format B, CRCs right"
        case noCRCs = "CRCs removed before"
        case lastCRCLeft = "CRCs removed before, but for the last"
    }

    var kind: Kind
    /// Whether there are CRCs, which are right.
    var isProven: Bool { kind == .formatA || kind == .formatB }
    /// Octets of the frame, its CRCs included; what stands behind is not the frame's.
    var size: Int

    /// The layout of a frame by radio.
    ///
    /// - Parameter fault: what is wrong with the frame if it is one of wired M-Bus, as which it
    ///   begins. Without CRCs that prove the contrary, it is the damaged frame that it seems to be.
    init(
        of octets: Span<UInt8>, format: FrameFormat, unlessWired fault: LinkLayerError?
    ) throws(LinkLayerError) {
        do { try self.init(of: octets, format: format) } catch { throw fault ?? error }
        if case .wiredChecksum? = fault, let fault, !isProven { throw fault }
    }

    /// One rule for all sources: what fits with right CRCs is that format; else the number of
    /// octets decides.
    init(of octets: Span<UInt8>, format: FrameFormat) throws(LinkLayerError) {
        guard octets.count > 0 else { throw .truncated(expected: 11, found: 0) }
        let length = Int(octets[0])
        guard length >= 10 else { throw .lengthTooSmall(octets[0]) }
        let sizeA = FrameFormat.sizeOfFormatA(length: length)
        let size = length + 1
        func damagedA() -> Int? { FrameFormat.damagedBlockOfFormatA(octets, size: sizeA) }
        func damagedB() -> Int? { FrameFormat.damagedBlockOfFormatB(octets, size: size) }

        switch format {
        case .a:
            guard octets.count >= sizeA else {
                throw .truncated(expected: sizeA, found: octets.count)
            }
            if let block = damagedA() { throw .badCRC(block: block) }
            self.init(kind: .formatA, size: sizeA)
        case .b:
            guard length >= 12 else { throw .lengthTooSmall(octets[0]) }
            guard octets.count >= size else {
                throw .truncated(expected: size, found: octets.count)
            }
            if let block = damagedB() { throw .badCRC(block: block) }
            self.init(kind: .formatB, size: size)
        case .crcsRemoved:
            try self.init(withoutCRCs: octets, size: size)
        case .unknown:
            if octets.count >= sizeA, damagedA() == nil {
                self.init(kind: .formatA, size: sizeA)
            } else if octets.count >= size, length >= 12, damagedB() == nil {
                self.init(kind: .formatB, size: size)
            } else if octets.count == sizeA, let block = damagedA(),
                !Self.lastCRCIsLeft(octets, size: size)
            {
                // Just as long as format A: damaged, not a frame with octets behind it.
                throw .badCRC(block: block)
            } else {
                try self.init(withoutCRCs: octets, size: size)
            }
        }
    }

    private init(kind: Kind, size: Int) {
        self.kind = kind
        self.size = size
    }

    private init(withoutCRCs octets: Span<UInt8>, size: Int) throws(LinkLayerError) {
        guard octets.count >= size else { throw .truncated(expected: size, found: octets.count) }
        if Self.lastCRCIsLeft(octets, size: size) {
            self.init(kind: .lastCRCLeft, size: octets.count)
        } else {
            self.init(kind: .noCRCs, size: size)
        }
    }

    /// The places of the CRCs, for the account.
    var crcs: [Range<Int>] {
        switch kind {
        case .noCRCs: []
        case .lastCRCLeft: [(size - 2)..<size]
        case .formatB: (size > 128 ? [126..<128] : []) + [(size - 2)..<size]
        case .formatA:
            stride(from: 10, to: size - 2, by: 18).map { $0..<($0 + 2) } + [(size - 2)..<size]
        }
    }

    /// Some receivers take out all CRCs of format A but the last, and hand on an L-field that is 2
    /// too small (seen with Qundis meters): the last block and its CRC then end the octets.
    private static func lastCRCIsLeft(_ octets: Span<UInt8>, size: Int) -> Bool {
        // The L-field is corrected to the number of octets, which must fit it.
        guard octets.count == size + 4, octets.count <= 258 else { return false }
        let lastBlock = 10 + 16 * ((octets.count - 13) / 16)
        return FrameFormat.crcIsRight(octets, lastBlock..<(octets.count - 2))
    }
}
