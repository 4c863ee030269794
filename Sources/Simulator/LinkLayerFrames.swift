import Wire

/// Adds the link-layer CRCs of both frame formats to a frame without them (EN 13757-4).
///
/// A frame here is L-field first, L counting the octets that follow; CRCs go high octet first.
public enum LinkLayerFrames {
    /// Frame format A: a CRC behind the first 10 octets and behind each 16 after them.
    ///
    /// The L-field does not count the CRCs and stays as it is.
    public static func formatA(_ frame: [UInt8]) -> [UInt8] {
        var result = block(frame.prefix(10))
        var rest = frame.dropFirst(10)
        while !rest.isEmpty {
            result += block(rest.prefix(16))
            rest = rest.dropFirst(16)
        }
        return result
    }

    /// Frame format B: a CRC behind up to 126 octets, a second one behind what is left.
    ///
    /// The L-field counts the CRCs.
    ///
    /// - Returns: nil for a frame of more than 252 octets, whose length no L-field can tell.
    public static func formatB(_ frame: [UInt8]) -> [UInt8]? {
        let octetsOfCRCs = frame.count > 126 ? 4 : 2
        guard !frame.isEmpty, let length = UInt8(exactly: frame.count - 1 + octetsOfCRCs) else {
            return nil
        }
        let counted = [length] + frame.dropFirst()
        let rest = counted.dropFirst(126)
        return block(counted.prefix(126)) + (rest.isEmpty ? [] : block(rest))
    }

    private static func block(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        let crc = CRC16.en13757(Array(octets))
        return octets + [UInt8(truncatingIfNeeded: crc >> 8), UInt8(truncatingIfNeeded: crc)]
    }
}
