import Wire

/// The long frame of wired M-Bus as it stands in a binary stream: `68 L L 68 … checksum 16`
/// (EN 13757-2, 5.7).
enum LongFrame {
    /// The octets around the L that are counted: head and end.
    private static let framing = 6
    static let mostOctets = 255 + framing

    /// The size of the whole frame that `octets` begin with; nil: none, or not all of it.
    static func size(at octets: some RandomAccessCollection<UInt8>) -> Int? {
        let octets = Array(octets.prefix(mostOctets))
        guard octets.count > framing, octets[0] == 0x68, octets[3] == 0x68,
            octets[1] == octets[2], octets[1] >= 3
        else { return nil }
        let size = Int(octets[1]) + framing
        guard octets.count >= size, octets[size - 1] == 0x16,
            octets[4..<(size - 2)].reduce(0, &+) == octets[size - 2]
        else { return nil }
        return size
    }
}

extension PendingOctets {
    /// Whether a long frame may begin at `offset`, as far as its octets are there, and its end is
    /// still to come.
    func mayBeLongFrame(at offset: Int) -> Bool {
        guard self[offset] == 0x68 else { return false }
        guard let length = self[offset + 1] else { return true }
        guard let again = self[offset + 2] else { return length >= 3 }
        guard length >= 3, again == length else { return false }
        guard let start = self[offset + 3] else { return true }
        return start == 0x68 && count - offset < Int(length) + 6
    }
}
