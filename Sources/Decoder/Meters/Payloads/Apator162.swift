/// Apator AT-WMBUS-16-2: water meters with fields of their own in an ordinary telegram of mode 5.
///
/// ```text
/// 2F 2F | KK | SS × 7 | TT field, TT field, … | FF … | CC CC
/// ```
///
/// - K: 0F, in older ones 80: what follows is no data record
/// - S: status, not known but for its bits changing
/// - T: tag, which says how long its field is. Known are
///   - 10: the total in litres, four octets, low octet first
///   - 71 to 7C: an octet, then earlier totals, newest first, 0: none. Nobody has said of which days
///     they are: in telegrams of one meter 34 days apart one has been added.
/// - C: checksum, not known
///
/// Source: public decoders, telegrams of the meters.
enum Apator162 {
    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        let mark = try payload.octet(2)
        guard mark == 0x0F || mark == 0x80 else {
            return try payload.addRecords(0..<payload.count)
        }
        // The checksum ends what is enciphered.
        let end = payload.encipheredCount - 2
        var place = 10
        var total = UInt64.max
        while place < end {
            let tag = try payload.octet(place)
            if tag == 0xFF { return }
            guard let size = size(ofField: tag), size < end - place else {
                throw .unknownLayout(tag)
            }
            let field = (place + 1)..<(place + 1 + size)
            switch tag {
            case 0x10:
                total = try payload.unsigned(field)
                try payload.add(
                    .volume, payload.number(field, exponent: -3), .cubicMetre, at: field)
            case 0x71...0x7C: try addHistory(field, below: total, to: &payload)
            default: break
            }
            place = field.upperBound
        }
    }

    /// - Throws: `unknownLayout` where a total is larger than a later one.
    private static func addHistory(
        _ field: Range<Int>, below total: UInt64, to payload: inout VendorPayload
    ) throws(PayloadError) {
        let places = stride(from: field.lowerBound + 1, to: field.upperBound, by: 4).map {
            $0..<$0 + 4
        }
        var last = total
        for place in places {
            let value = try payload.unsigned(place)
            guard value <= last else {
                throw .unknownLayout(try payload.octet(field.lowerBound - 1))
            }
            last = value
        }
        for (index, place) in places.enumerated() {
            let value = try payload.unsigned(place)
            if value == 0 { return }
            try payload.add(
                .volume, .scaled(value, -3), .cubicMetre, at: place, named: .volumeHistory,
                storage: UInt64(index + 1))
        }
    }

    /// Octets behind a tag; nil: not known.
    private static func size(ofField tag: UInt8) -> Int? {
        switch tag {
        case 0xA2, 0xA5, 0xA9, 0xAF: 1
        case 0x11, 0x41, 0x43, 0xA7, 0xA8, 0xAA...0xAD, 0xB4: 2
        case 0x01, 0x44, 0xA6, 0xB6...0xBF, 0xC0...0xC7, 0xD0, 0xD3: 3
        case 0x00, 0x10, 0x42, 0xA0, 0xA1, 0xA4, 0xF0: 4
        case 0xB0: 5
        case 0x40, 0x8B, 0x8C: 6
        case 0x8E, 0xA3: 7
        case 0xB1, 0xB3: 8
        case 0x8A: 9
        case 0x80...0x84, 0x86, 0x87: 10
        case 0x85, 0x88, 0x8F: 11
        case 0xB2, 0xB5: 16
        // An octet, then up to 13 earlier totals.
        case 0x71...0x7C: 1 + 4 * (Int(tag) - 0x6F)
        default: nil
        }
    }
}
