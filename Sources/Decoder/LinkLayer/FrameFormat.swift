import Wire

extension FrameFormat {
    /// The size of a frame of format A on air, CRCs included, whose L-field is `length` (9 or
    /// more).
    static func sizeOfFormatA(length: Int) -> Int {
        length + 3 + 2 * ((length - 9 + 15) / 16)
    }

    /// The first block whose CRC is wrong (1 is the first), nil if all are right.
    ///
    /// Format A: a block of 10 octets, then blocks of up to 16, each followed by its CRC, high
    /// octet first (EN 13757-4, 12.1). `size` octets are there.
    static func damagedBlockOfFormatA(_ octets: Span<UInt8>, size: Int) -> Int? {
        var start = 0
        var block = 1
        while start < size {
            let end = block == 1 ? 10 : min(start + 16, size - 2)
            guard crcIsRight(octets, start..<end) else { return block }
            start = end + 2
            block += 1
        }
        return nil
    }

    /// The first block whose CRC is wrong, nil if all are right.
    ///
    /// Format B: blocks 1 and 2 share a CRC (block 2's), which stands behind octet 125 or at the
    /// end; what follows is block 3 with a CRC of its own (EN 13757-4, 12.2). `size` octets are
    /// there, 13 or more.
    static func damagedBlockOfFormatB(_ octets: Span<UInt8>, size: Int) -> Int? {
        guard crcIsRight(octets, 0..<min(size - 2, 126)) else { return 2 }
        guard size > 128 else { return nil }
        // A third block has at least one octet and its CRC.
        return size > 130 && crcIsRight(octets, 128..<(size - 2)) ? nil : 3
    }

    /// Whether the two octets behind `block` are its CRC.
    static func crcIsRight(_ octets: Span<UInt8>, _ block: Range<Int>) -> Bool {
        guard block.upperBound + 2 <= octets.count else { return false }
        let crc = CRC16.en13757(octets, in: block)
        return octets[block.upperBound] == UInt8(crc >> 8)
            && octets[block.upperBound + 1] == UInt8(truncatingIfNeeded: crc)
    }
}

extension [UInt8] {
    /// Closes the gaps that the CRCs of format A leave; the frame has `size` octets.
    mutating func removeCRCsOfFormatA(size: Int) {
        var octets = mutableSpan
        var target = 10
        var source = 12
        while source < size {
            let end = Swift.min(source + 16, size - 2)
            while source < end {
                octets[target] = octets[source]
                target += 1
                source += 1
            }
            source += 2
        }
        removeLast(count - target)
    }

    /// Takes out the one or two CRCs of format B and corrects the L-field; the frame has `size`
    /// octets.
    mutating func removeCRCsOfFormatB(size: Int) {
        removeLast(count - (size - 2))
        if size > 128 { removeSubrange(126..<128) }
        self[0] = UInt8(truncatingIfNeeded: count - 1)
    }
}
