import Decoder
import Wire

/// Takes out of a reading what is nobody's business: keys and passwords that a meter sends, and its
/// number.
enum Anonymous {
    /// The two digits at the front and three at the back that `Privacy` leaves.
    private static let keptDigits: UInt32 = 0xFF00_0FFF

    /// Clears keys, passwords and access codes among the records.
    static func clearSecrets(of reading: inout Reading) {
        for index in reading.records.indices where reading.records[index].isSecret {
            clear(&reading, index)
        }
    }

    /// Shortens the meter's and its radio adapter's numbers wherever they occur, and clears what
    /// else tells one meter, or its owner, from all others.
    static func shortenNumbers(of reading: inout Reading) {
        for index in reading.records.indices where reading.records[index].isPersonal {
            clear(&reading, index)
        }
        let telegram = reading.telegram
        let addresses =
            [telegram.sender, telegram.meter]
            + [telegram.extendedLinkLayer?.receiver].compactMap { $0 }
        shorten(addresses.map(\.identificationNumber), in: &reading.telegram.octets)
        reading.telegram.sender.identificationNumber &= keptDigits
        reading.telegram.meter.identificationNumber &= keptDigits
    }

    /// Shortens the numbers of a telegram that could not be read.
    ///
    /// - Parameter octets: as received; what is found behind its CRCs stands without them.
    static func shortenNumbers(ofUnread octets: inout [UInt8], _ format: FrameFormat) {
        guard
            let frame = try? LinkLayerFrame(parsing: RadioFrame(octets: octets, format: format))
        else {
            // Where the number would stand, on a cable or on the air.
            let isWired = octets.count > 3 && octets[0] == 0x68 && octets[3] == 0x68
            let place = isWired ? 7..<11 : 4..<8
            guard octets.count >= place.upperBound else { return octets.removeAll() }
            shorten([octets[place].reversed().reduce(0) { $0 << 8 | UInt32($1) }], in: &octets)
            return
        }
        var numbers = [frame.sender.identificationNumber]
        if let headers = try? TelegramHeaders(parsing: frame) {
            numbers.append(headers.meter.identificationNumber)
            if let receiver = headers.extendedLinkLayer?.receiver {
                numbers.append(receiver.identificationNumber)
            }
        }
        octets = frame.octets
        shorten(numbers, in: &octets)
    }

    /// Clears a record's value, in the octets too.
    private static func clear(_ reading: inout Reading, _ index: Int) {
        let record = reading.records[index]
        let isText = if case .text = record.value { true } else { false }
        for place in record.data.range where place < reading.telegram.octets.count {
            reading.telegram.octets[place] = isText ? UInt8(ascii: "0") : 0
        }
        if case .number = record.value {
            reading.records[index].value = .number(ScaledInteger(0, exponent: 0))
        }
    }

    /// A number is in a telegram as BCD in either order, or as text in either order.
    private static func shorten(_ numbers: [UInt32], in octets: inout [UInt8]) {
        for number in Set(numbers) where number & keptDigits != number {
            for (whole, short) in zip(forms(number), forms(number & keptDigits)) {
                var place = 0
                while place + whole.count <= octets.count {
                    if octets[place..<place + whole.count] == whole[...] {
                        octets.replaceSubrange(place..<place + whole.count, with: short)
                    }
                    place += 1
                }
            }
        }
    }

    private static func forms(_ number: UInt32) -> [[UInt8]] {
        let octets = (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
        var text: [UInt8] = []
        MeterAddress(
            manufacturer: ManufacturerCode(rawValue: 0), identificationNumber: number, version: 0,
            deviceType: .other
        ).appendNumber(to: &text)
        return [octets, octets.reversed(), text, text.reversed()]
    }
}

extension DataRecord {
    fileprivate var isSecret: Bool {
        switch quantity {
        case .password, .securityKey, .accessCodeUser, .accessCodeOperator,
            .accessCodeSystemOperator, .accessCodeDeveloper:
            true
        default: false
        }
    }

    fileprivate var isPersonal: Bool {
        if name == .printedNumber { return true }
        switch quantity {
        case .fabricationNumber, .enhancedIdentification, .customer, .customerLocation: return true
        default: return false
        }
    }
}
