import Wire

/// Forms of wired M-Bus that meters of before 2005 answer with, written anew in today's form, so
/// that one record decoder serves all (EN 1434-3:1997, 6.2, 6.3; The M-Bus: a documentation, 6.2).
///
/// - CI 73: the fixed data structure, `I I I I access status units(2) counter(4) counter(4)`. The
///   same CI-field has another meaning since, but none whose frame has this length.
/// - CI 76 and 77: as 72 and 73, the most significant octet first.
enum WiredForms {
    private static let fixedCount = 16
    private static let longHeaderCount = 12

    /// `body`, from the CI-field on, in today's form; nil where it is in it.
    static func today(_ body: [UInt8]) -> [UInt8]? {
        switch body.first {
        case 0x73 where body.count == 1 + fixedCount: fixed(Array(body[1...]))
        case 0x77 where body.count == 1 + fixedCount: fixed(mostSignificantFirst(body))
        case 0x76 where body.count > longHeaderCount: variable(body)
        default: nil
        }
    }

    /// Whether a whole long frame is in one of these forms.
    static func isOlder(_ frame: Span<UInt8>) -> Bool {
        switch frame[6] {
        case 0x73, 0x77: Int(frame[1]) == 3 + fixedCount
        case 0x76: Int(frame[1]) > 2 + longHeaderCount
        default: false
        }
    }

    // MARK: The fixed data structure

    /// The octets of a fixed data structure in the usual order; medium and units are in it always.
    private static func mostSignificantFirst(_ body: [UInt8]) -> [UInt8] {
        var octets = Array(body[1...])
        for field in [0..<4, 8..<12, 12..<16] { octets[field].reverse() }
        return octets
    }

    /// - Parameter octets: those behind the CI-field, 16.
    private static func fixed(_ octets: [UInt8]) -> [UInt8] {
        let (status, units) = (octets[5], [octets[6], octets[7]])
        // Status: bit 0 counters in binary, bit 1 counters of a fixed date; the rest as today.
        let isBinary = status & 0x01 != 0
        let isStored = status & 0x02 != 0
        let type = deviceType(of: units[0] >> 6 | (units[1] >> 6) << 2)
        var body: [UInt8] = [0x72]
        body += octets[0..<4]
        // No manufacturer, no version.
        body += [0, 0, 0, type, octets[4], status & 0xFC, 0, 0]
        for counter in 0..<2 {
            var unit = units[counter] & 0x3F
            var storage = isStored
            if counter == 1, unit == sameButStored {
                unit = units[0] & 0x3F
                storage = true
            }
            body.append((isBinary ? 0x04 : 0x0C) | (storage ? 0x40 : 0))
            body += valueInformation(of: unit)
            body += octets[(8 + 4 * counter)..<(12 + 4 * counter)]
        }
        return body
    }

    private static let sameButStored: UInt8 = 0x3E

    /// From 9 on the media are those of meters whose most significant octet comes first.
    private static func deviceType(of medium: UInt8) -> UInt8 {
        switch medium {
        case 0...8: medium
        case 0x0A: 0x03
        case 0x0B: 0x04
        case 0x0C: 0x06
        case 0x0D: 0x07
        case 0x0E: 0x08
        default: 0x0F
        }
    }

    /// The VIF, and VIFEs where no VIF has so large a unit. A unit that says nothing of the quantity
    /// (a time of day, a temperature of something) is a number without unit.
    private static func valueInformation(of unit: UInt8) -> [UInt8] {
        switch unit {
        // Wh to 100 MWh, kJ to 100 GJ, W to 100 MW, kJ/h to 100 GJ/h: five of the primary table,
        // two of table FB, and these two times 10 and 1000.
        case 0x02...0x0A: scaled(unit - 0x02, primary: 0x03, extension: 0x00)
        case 0x0B...0x13: scaled(unit - 0x0B, primary: 0x0B, extension: 0x08)
        case 0x14...0x1C: scaled(unit - 0x14, primary: 0x2B, extension: 0x28)
        case 0x1D...0x25: scaled(unit - 0x1D, primary: 0x33, extension: 0x30)
        // Millilitres to 100 m³, and the same an hour.
        case 0x26...0x2D: [0x10 + (unit - 0x26)]
        case 0x2E: [0xFB, 0x10]
        case 0x2F...0x36: [0x38 + (unit - 0x2F)]
        case 0x37: [0xBF, 0x77]
        case 0x39: [0x6E]
        default: [0xFD, 0x3A]
        }
    }

    private static func scaled(_ step: UInt8, primary: UInt8, extension second: UInt8) -> [UInt8] {
        switch step {
        case 0...4: [primary + step]
        case 5, 6: [0xFB, second + (step - 5)]
        case 7: [0xFB, second + 1 | 0x80, 0x77]
        default: [0xFB, second | 0x80, 0x7D]
        }
    }

    // MARK: Records, most significant octet first

    private static func variable(_ body: [UInt8]) -> [UInt8] {
        var result = body
        result[0] = 0x72
        for field in [1..<5, 5..<7, 11..<13] { result[field].reverse() }
        var records: [DataRecord] = []
        var nobody = NoAccount()
        // Only where values stand is asked, which their order does not change.
        _ = RecordParser.parse(
            result.span, in: (1 + longHeaderCount)..<result.count, into: &records,
            account: &nobody)
        for record in records where record.header.count > 1 {
            result[record.data.range].reverse()
        }
        return result
    }
}
