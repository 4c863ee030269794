import Wire

/// The layouts of full frames, by which compact frames are read: learned from full frames and
/// format frames, with a few well-known ones from the start.
///
/// A compact frame only has the signature of its layout. Sixteen bits are not enough to tell all
/// layouts apart, so each is kept for the meter it was heard from.
public struct CompactFormats: Sendable {
    /// One layout: the octets DIF to last VIFE of all records, without data.
    public struct Entry: Equatable, Sendable {
        public var signature: UInt16
        public var meter: MeterAddress
        public var headers: [UInt8]

        public init(signature: UInt16, meter: MeterAddress, headers: [UInt8]) {
            self.signature = signature
            self.meter = meter
            self.headers = headers
        }
    }

    private struct Key: Hashable {
        var meter: UInt64
        var signature: UInt16
    }

    /// Where a new layout drops the oldest.
    public static let capacity = 4096

    /// In the order of learning until the capacity is reached, then a ring: `oldest` is next to go.
    private var learned: [Entry] = []
    private var oldest = 0
    private var places: [Key: Int] = [:]

    public init() {}

    /// With entries that were saved before; those whose signature does not fit are left out.
    public init(_ entries: some Sequence<Entry>) {
        for entry in entries where CRC16.en13757(entry.headers) == entry.signature {
            learn(signature: entry.signature, headers: entry.headers, for: entry.meter)
        }
    }

    /// What was learned, oldest first.
    public var entries: [Entry] { Array(learned[oldest...] + learned[..<oldest]) }

    /// Whether the layout was learned from this very meter.
    public func knows(_ signature: UInt16, for meter: MeterAddress) -> Bool {
        places[Key(meter: meter.packed, signature: signature)] != nil
    }

    /// Keeps a layout; the newer one of two with the same signature and meter.
    ///
    /// - Returns: whether anything changed.
    @discardableResult
    public mutating func learn(
        signature: UInt16, headers: [UInt8], for meter: MeterAddress
    ) -> Bool {
        guard !headers.isEmpty else { return false }
        let key = Key(meter: meter.packed, signature: signature)
        let entry = Entry(signature: signature, meter: meter, headers: headers)
        if let place = places[key] {
            guard learned[place].headers != headers else { return false }
            learned[place] = entry
        } else if learned.count < Self.capacity {
            places[key] = learned.count
            learned.append(entry)
        } else {
            let dropped = learned[oldest]
            places[Key(meter: dropped.meter.packed, signature: dropped.signature)] = nil
            places[key] = oldest
            learned[oldest] = entry
            oldest = (oldest + 1) % Self.capacity
        }
        return true
    }

    /// Learns the layout of a full frame from its records, if it is new.
    ///
    /// - Returns: whether it was; false also where the records have no layout that a compact frame
    ///   could have.
    @discardableResult
    public mutating func learn(
        from records: ArraySlice<DataRecord>, octets: Span<UInt8>, for meter: MeterAddress
    ) -> Bool {
        guard let signature = CompactFrame.formatSignature(of: records, octets: octets),
            !knows(signature, for: meter)
        else { return false }
        return learn(
            signature: signature, headers: CompactFrame.headers(of: records, octets: octets),
            for: meter)
    }

    /// Learns from a format frame (CI 69, 6A, 6B): length, signature and headers.
    ///
    /// - Returns: false if the length or the signature does not fit.
    @discardableResult
    public mutating func learn(
        formatFrame octets: Span<UInt8>, in range: Range<Int>, for meter: MeterAddress
    ) -> Bool {
        var reader = ByteReader(octets, in: range)
        guard let length = try? reader.octet(), let signature = try? reader.uint16(),
            let place = try? reader.take(Int(length) - 2), !place.isEmpty,
            CRC16.en13757(octets, in: place) == signature
        else { return false }
        learn(signature: signature, headers: place.map { octets[$0] }, for: meter)
        return true
    }

    /// The layouts that a signature may stand for, the likeliest first: the meter's own, that of
    /// another meter of its make and model, a well-known one.
    func layouts(for signature: UInt16, meter: MeterAddress) -> [[UInt8]] {
        var result: [[UInt8]] = []
        if let place = places[Key(meter: meter.packed, signature: signature)] {
            result.append(learned[place].headers)
        }
        let sibling = learned.last {
            $0.signature == signature && $0.meter.manufacturer == meter.manufacturer
                && $0.meter.version == meter.version && $0.meter.deviceType == meter.deviceType
        }
        if let sibling, !result.contains(sibling.headers) { result.append(sibling.headers) }
        for headers in Self.wellKnown[signature] ?? [] where !result.contains(headers) {
            result.append(headers)
        }
        return result
    }

    /// By signature.
    private static let wellKnown = Dictionary(
        grouping: otherLayouts.compactMap { try? Hex.octets($0) } + kamstrupHeat
    ) { CRC16.en13757($0) }

    private static let otherLayouts = [
        // Kamstrup water
        "02FF2004134413615B6167", "02FF2004134413", "02FF200413523B", "02FF2004134413615B5167",
        "02FF2004134413A1015B8101E7FF0F", "02FF20041392013BA1015B8101E7FF0F",
        "02FF2004134413426C523B615B616751678101E7FF0F06FF1B",
        "04FF234413523B06FF1B426C61675167023B04138101E7FF0F",
        "04FF2304134413426C023B92013BA2013B06FF1BA1015B91015BA10167",
        // Kamstrup heat and cooling
        "02F9FF15040604EEFF0704EEFF0804148440148480401402FD17026C426C44064414C44014C4804014043B"
            + "0259025D",
        // Kamstrup electricity
        "040504FB827504853C04FB82F53C01FD17", "040404843C042B04AB3C",
        // Kamstrup pressure
        "22691269026905FF0905FF0A02FD17",
        // Engelmann water
        "426C441301FD17840113C40113840213C40213840313C40313840413C40413840513C40513840613C40613"
            + "840713C40713840813046D0413",
    ]

    /// Kamstrup heat and cooling in the units that a meter may be set to: E0 stands for the VIF of
    /// energy (kWh, MJ, GJ), E1 for that of volume. One that does not fit shows in the frame's CRC.
    private static let kamstrupHeat = [
        "03E043E003E1426C022D01FF21",
        "04E004FF0704FF0804E1043B0259025D04FF22026C44E044E1426C",
        "04E004E104FF0704FF080259025D023B02FF22026C44E044E1426C",
        "04E004FF0704FF0804E184401484804014043B0259025D142D8410E08420E004FF22026C44E044E1C44014C4"
            + "804014426C",
    ].compactMap { try? Hex.octets($0) }.flatMap { layout in
        [UInt8(0x05), 0x06, 0x07, 0x0E, 0x0F].flatMap { energy in
            [UInt8(0x13), 0x14, 0x15].map { volume in
                layout.map { $0 == 0xE0 ? energy : $0 == 0xE1 ? volume : $0 }
            }
        }
    }
}
