import Wire

/// Finds the telegrams in what a stick sent, as a driver must: what is wrong is passed over one
/// octet (or line) at a time. Written apart from the simulated sticks.
enum MessageScanner {
    case im871a, amb8465, cul, iu891a

    /// The frames, L-field first and without link-layer CRCs; RSSI and the like left out.
    func frames(in octets: [UInt8]) -> [[UInt8]] {
        switch self {
        case .im871a: Self.binary(octets, Self.im871aMessage)
        case .amb8465: Self.binary(octets, Self.amb8465Message)
        case .iu891a: octets.split(separator: 0xC0).compactMap(Self.iu891aFrame)
        case .cul:
            octets.split(separator: 0x0A).compactMap { line in
                Self.culFrame(line.last == 0x0D ? line.dropLast() : line)
            }
        }
    }

    private static func binary(
        _ octets: [UInt8], _ message: (ArraySlice<UInt8>) -> (size: Int, frame: [UInt8]?)?
    ) -> [[UInt8]] {
        var rest = octets[...]
        var frames: [[UInt8]] = []
        while !rest.isEmpty {
            if let (size, frame) = message(rest) {
                if let frame { frames.append(frame) }
                rest = rest.dropFirst(size)
            } else {
                rest = rest.dropFirst()
            }
        }
        return frames
    }

    /// A message at the start of `octets`, and its frame if it is a telegram.
    private static func im871aMessage(_ octets: ArraySlice<UInt8>) -> (Int, [UInt8]?)? {
        guard octets.first == 0xA5, octets.count >= 4 else { return nil }
        let octets = Array(octets.prefix(266))
        guard octets[1] & 0x10 == 0 else { return nil }
        let lastMessages: [UInt8: UInt8] = [1: 0x27, 2: 5, 3: 7, 4: 2]
        guard let last = lastMessages[octets[1] & 0x0F], 1...last ~= octets[2] else { return nil }
        let length = Int(octets[3])
        let attached = (octets[1] & 0x20 != 0 ? 4 : 0) + (octets[1] & 0x40 != 0 ? 1 : 0)
        let size = 4 + length + attached + (octets[1] & 0x80 != 0 ? 2 : 0)
        guard octets.count >= size else { return nil }
        // Over data and CRC together the check gives its residue, complemented here.
        if octets[1] & 0x80 != 0, CRC16.x25(octets[1..<size]) != 0x0F47 { return nil }
        guard octets[1] & 0x0F == 2, octets[2] == 3 else { return (size, nil) }
        return (size, Array(octets[3..<4 + length]))
    }

    /// With RSSI, as these tests set the stick.
    private static func amb8465Message(_ octets: ArraySlice<UInt8>) -> (Int, [UInt8]?)? {
        guard octets.first == 0xFF, octets.count >= 4 else { return nil }
        let octets = Array(octets.prefix(259))
        guard octets[1] == 0x03 || 0x80...0xD2 ~= octets[1] else { return nil }
        let size = 4 + Int(octets[2])
        guard octets.count >= size, octets[..<size].reduce(0, ^) == 0 else { return nil }
        guard octets[1] == 0x03, octets[2] > 10 else { return (size, nil) }
        return (size, [octets[2] - 1] + octets[3..<size - 2])
    }

    private static func iu891aFrame(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        var message: [UInt8] = []
        var rest = part
        while let octet = rest.popFirst() {
            if octet != 0xDB {
                message.append(octet)
            } else {
                guard let escaped = rest.popFirst(), escaped == 0xDC || escaped == 0xDD else {
                    return nil
                }
                message.append(escaped == 0xDC ? 0xC0 : 0xDB)
            }
        }
        guard message.count > 12, CRC16.x25(message) == 0x0F47, message.starts(with: [9, 0x20])
        else { return nil }
        let frame = message[10..<message.count - 2]
        return frame.first.map(Int.init) == frame.count - 1 ? Array(frame) : nil
    }

    private static func culFrame(_ line: ArraySlice<UInt8>) -> [UInt8]? {
        guard line.first == UInt8(ascii: "b") else { return nil }
        let isFormatB = line.dropFirst().first == UInt8(ascii: "Y")
        let digits = Array(line.dropFirst(isFormatB ? 2 : 1))
        guard !digits.contains(0x20), let octets = try? Hex.octets(digits.span),
            let length = octets.first.map(Int.init), length >= 10
        else { return nil }
        let size = isFormatB ? length + 1 : length + 3 + 2 * ((length - 9 + 15) / 16)
        guard octets.count == size || octets.count == size + 2 else { return nil }
        var blocks: [ArraySlice<UInt8>] = []
        var rest = octets[..<size]
        while !rest.isEmpty {
            let full = isFormatB ? 128 : blocks.isEmpty ? 12 : 18
            blocks.append(rest.prefix(full))
            rest = rest.dropFirst(full)
        }
        for block in blocks {
            let crc = CRC16.en13757(Array(block.dropLast(2)))
            guard Array(block.suffix(2)) == [UInt8(crc >> 8), UInt8(crc & 0xFF)] else { return nil }
        }
        let frame = blocks.flatMap { $0.dropLast(2) }
        return [UInt8(frame.count - 1)] + frame.dropFirst()
    }
}
