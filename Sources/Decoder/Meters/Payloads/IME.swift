/// Electricity meters of IME: records of the manufacturer's (VIF FF), whose codes say the quantity and
/// whose DIFEs say which tariff or phase.
///
/// ```text
/// DIF  DIFE…  FF  code…  16 or 32 bits with sign
/// ```
///
/// | DIFEs | tariff of the standard | meant is |
/// |---|---|---|
/// | `10`, `20` | 1, 2 | the tariff |
/// | `90 10` | 5 | the total |
/// | `A0 10` | 6 | a counter that can be reset |
/// | `B0 10` | 7 | all phases together |
/// | `80 20`, `90 20`, `A0 20` | 8, 9, 10 | L1, L2, L3; L1-L2, L2-L3, L3-L1 |
///
/// Source: public decoders, telegrams of the meters.
enum IME {
    static let meters = [MeterPattern("IME", 0x66, 0x02)]

    @Sendable static func read(_ payload: inout VendorPayload) throws(PayloadError) {
        for index in payload.records.indices {
            var record = payload.records[index]
            let isNumber = record.data.count == 2 || record.data.count == 4
            guard record.quantity == .manufacturerSpecific, isNumber,
                let meaning = meaning(of: payload.octets[record.vendorCodes.range]),
                place(&record, meaning)
            else { continue }
            payload.content = record.data.range
            record.quantity = meaning.quantity
            record.unit = meaning.unit
            record.value = try payload.signedNumber(
                0..<payload.count, exponent: meaning.exponent)
            record.name = record.name ?? meaning.name
            record.function = meaning.function
            // What the codes said is said.
            record.vendorCodes = .empty
            payload.records[index] = record
        }
        try addWords(&payload)
    }

    private struct Meaning {
        var codes: [UInt8]
        var quantity: Quantity
        var unit = Unit.none
        var exponent: Int
        var name: VendorName?
        var function = FunctionField.instantaneous
        var qualifiers: Qualifiers = []
        /// Of a pair of phases, where the DIFEs say one.
        var isBetweenPhases = false
    }

    // swift-format-ignore
    private static let meanings: [Meaning] = [
        Meaning(codes: [0x80, 0x84, 0x3B], quantity: .energy, unit: .kilowattHour, exponent: -2),
        Meaning(codes: [0x80, 0x84, 0x3C], quantity: .energy, unit: .kilowattHour, exponent: -2,
                qualifiers: .backward),
        Meaning(codes: [0x81, 0x84, 0x3B], quantity: .reactiveEnergy, unit: .kilovarHour, exponent: -2),
        Meaning(codes: [0x81, 0x84, 0x3C], quantity: .reactiveEnergy, unit: .kilovarHour, exponent: -2,
                qualifiers: .backward),
        Meaning(codes: [0x84, 0x2B], quantity: .power, unit: .watt, exponent: 0),
        Meaning(codes: [0x85, 0x2B], quantity: .reactivePower, unit: .kilovar, exponent: -3),
        Meaning(codes: [0x86, 0x2B], quantity: .apparentPower, unit: .kilovoltAmpere, exponent: -3),
        Meaning(codes: [0x87, 0x48], quantity: .voltage, unit: .volt, exponent: -1),
        Meaning(codes: [0x88, 0x48], quantity: .voltage, unit: .volt, exponent: -1,
                isBetweenPhases: true),
        Meaning(codes: [0x89, 0x59], quantity: .current, unit: .ampere, exponent: -3),
        Meaning(codes: [0x8A, 0x48], quantity: .frequency, unit: .hertz, exponent: -1),
        Meaning(codes: [0x8B, 0x28], quantity: .dimensionless, exponent: -3, name: .powerFactor),
        Meaning(codes: [0x8D, 0x2B], quantity: .power, unit: .watt, exponent: 0, name: .powerDemand),
        Meaning(codes: [0x8E, 0x2B], quantity: .power, unit: .watt, exponent: 0, name: .powerDemand,
                function: .maximum),
        Meaning(codes: [0x8F, 0x21], quantity: .onTime, unit: .minute, exponent: 0, name: .runTime),
        Meaning(codes: [0x90, 0x29], quantity: .dimensionless, exponent: -2, name: .pulseInput),
        Meaning(codes: [0x92, 0x2B], quantity: .dimensionless, exponent: 0,
                name: .currentTransformerRatio),
    ]

    private static func meaning(of codes: ArraySlice<UInt8>) -> Meaning? {
        meanings.first { $0.codes.elementsEqual(codes) }
    }

    /// Puts what the DIFEs mean into the place of the standard's tariff.
    ///
    /// - Returns: false where they mean nothing that is known.
    private static func place(_ record: inout DataRecord, _ meaning: Meaning) -> Bool {
        record.qualifiers = meaning.qualifiers
        let phases: [Qualifiers] =
            meaning.isBetweenPhases
            ? [.betweenL1L2, .betweenL2L3, .betweenL3L1] : [.phaseL1, .phaseL2, .phaseL3]
        switch record.tariff {
        case 0, 1, 2: return true
        case 5, 7: break
        case 6:
            switch meaning.quantity {
            case .energy: record.name = .partialEnergy
            case .reactiveEnergy: record.name = .partialReactiveEnergy
            default: return false
            }
        case 8...10: record.qualifiers.formUnion(phases[Int(record.tariff) - 8])
        default: return false
        }
        record.tariff = 0
        return true
    }

    private static let sectors: [(codes: [UInt8], name: VendorName, words: [String])] = [
        ([0x8C, 0x2B], .powerFactorSector, ["resistive", "inductive", "capacitive"]),
        (
            [0x91, 0x2B], .unitOfPulseInput,
            ["Wh", "kWh", "MWh", "varh", "kvarh", "Mvarh", "VAh", "kVAh", "MVAh", "m³"]
        ),
    ]

    /// Adds the words of numbers that stand for some; a number without a word stays.
    private static func addWords(_ payload: inout VendorPayload) throws(PayloadError) {
        for (codes, name, words) in sectors {
            guard
                let index = payload.records.firstIndex(where: {
                    // Of all phases: a word has no place for one.
                    $0.quantity == .manufacturerSpecific && $0.name == nil
                        && [0, 5, 7].contains($0.tariff)
                        && payload.octets[$0.vendorCodes.range].elementsEqual(codes)
                }),
                case .number(let number) = payload.records[index].value,
                let choice = Int(exactly: number.mantissa), words.indices.contains(choice)
            else { continue }
            payload.records.remove(at: index)
            payload.add(name, text: words[choice])
        }
    }
}
