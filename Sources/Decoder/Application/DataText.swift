import Wire

extension DataForm {
    /// Text in its order where `range` holds text, else octets.
    ///
    /// Text is ISO 8859-1 and comes last character first; some meters send it in natural order,
    /// which shows where it was padded to its length.
    func textOrOctets(_ octets: Span<UInt8>, _ range: Range<Int>) -> DataRecord.Value {
        kind == .text ? DataRecord.textOrOctets(octets, range) : .octets
    }
}

extension DataRecord {
    /// The text in `range`; octets where they are hardly one.
    static func textOrOctets(_ octets: Span<UInt8>, _ range: Range<Int>) -> Value {
        let characters = trimmed(range, of: octets)
        var hasLetter = characters.isEmpty
        for place in characters {
            switch octets[place] {
            case 0x20...0x7E: hasLetter = true
            case 0xA0...0xFF: break
            default: return .octets
            }
        }
        // Octets 80 to FF alone are hardly words.
        guard hasLetter else { return .octets }
        let padded = characters.upperBound < range.upperBound
        return .text(reversed: !(padded && characters.lowerBound == range.lowerBound))
    }

    /// `range` without blanks and NULs at either end.
    static func trimmed(_ range: Range<Int>, of octets: Span<UInt8>) -> Range<Int> {
        var first = range.lowerBound
        var end = min(range.upperBound, octets.count)
        while first < end, octets[first] == 0x20 || octets[first] == 0 { first += 1 }
        while end > first, octets[end - 1] == 0x20 || octets[end - 1] == 0 { end -= 1 }
        return first..<max(first, end)
    }

    /// Appends the text of a `.text` value in reading order and UTF-8, without blanks at its ends;
    /// or the digits of an `.identification`, last octet first. Nothing for other values.
    public func appendText(in octets: Span<UInt8>, to utf8: inout [UInt8]) {
        switch value {
        case .text(let reversed):
            Self.append(Self.trimmed(data.range, of: octets), of: octets, reversed, to: &utf8)
        case .identification:
            var place = min(data.range.upperBound, octets.count)
            while place > data.range.lowerBound {
                place -= 1
                Hex.append(octets[place], to: &utf8)
            }
        default: break
        }
    }

    /// Appends the unit that the meter gave as text (VIF 7C) in UTF-8.
    public func appendUnitText(in octets: Span<UInt8>, to utf8: inout [UInt8]) {
        Self.append(Self.trimmed(unitText.range, of: octets), of: octets, true, to: &utf8)
    }

    private static func append(
        _ range: Range<Int>, of octets: Span<UInt8>, _ reversed: Bool, to utf8: inout [UInt8]
    ) {
        for index in 0..<range.count {
            let octet = octets[reversed ? range.upperBound - 1 - index : range.lowerBound + index]
            if octet < 0x80 {
                utf8.append(octet)
            } else {
                utf8.append(0xC0 | octet >> 6)
                utf8.append(0x80 | octet & 0x3F)
            }
        }
    }
}
