/// One row of a table of combinable VIFEs: what it says about the record before it.
struct CombinableRow: Sendable {
    let code: CodePattern
    let effect: Effect
    let qualifiers: Qualifiers
    let units: [Unit]
    let exponent: Int

    init(
        _ code: CodePattern, _ effect: Effect, _ qualifiers: Qualifiers = [],
        units: [Unit] = [.none], exponent: Int = 0
    ) {
        self.code = code
        self.effect = effect
        self.qualifiers = qualifiers
        self.units = units
        self.exponent = exponent
    }

    fileprivate var isPower: Bool { effect == .factor || effect == .offset }

    enum Effect: UInt8, Sendable {
        /// Nothing but its qualifiers.
        case qualifies
        /// The standard gives the code no meaning in a telegram from a meter.
        case reserved
        /// The meter has no valid value.
        case recordError
        /// Divides or multiplies the unit.
        case unitModifier
        /// The data are a count, without unit.
        case count
        /// The data are a date (and time).
        case time
        /// The data are a duration.
        case duration
        /// × 10^(n + exponent).
        case factor
        /// + 10^(n + exponent) in the unit of the VIF.
        case offset
        /// The value is no longer in the VIF's unit, and none is known.
        case withoutUnit
        case nonMetricUnit
        /// The data are a compact profile.
        case profile
        case dataTypeC
        case dataTypeD
        /// The next VIFE is of the second table.
        case secondTable
        /// The VIFEs behind it are the manufacturer's.
        case vendor
    }
}

extension CombinableRow {
    /// Combinable VIFEs (EN 13757-3:2018, table 15); 00 to 1C as a meter sends them (table 17).
    // swift-format-ignore
    static let first: [CombinableRow] = [
        CombinableRow("E000 0000", .qualifies),     // no error
        CombinableRow("E000 0001", .recordError),   // too many DIFE
        CombinableRow("E000 001n", .recordError),   // storage number, unit number not implemented
        CombinableRow("E000 01nn", .recordError),   // tariff, function, data class, data size
        CombinableRow("E000 100n", .reserved),
        CombinableRow("E000 1010", .reserved),
        CombinableRow("E000 1011", .recordError),   // too many VIFE
        CombinableRow("E000 11nn", .recordError),   // VIF group, exponent, VIF/DIF, action
        CombinableRow("E001 000n", .reserved),
        CombinableRow("E001 0010", .qualifies, .average),
        CombinableRow("E001 0011", .profile, .inverseCompactProfile),
        CombinableRow("E001 0100", .withoutUnit, .relativeDeviation),
        CombinableRow("E001 0101", .recordError),   // no data available
        CombinableRow("E001 011n", .recordError),   // overflow, underflow
        CombinableRow("E001 1000", .recordError),   // data error
        CombinableRow("E001 1001", .reserved),
        CombinableRow("E001 101n", .reserved),
        CombinableRow("E001 1100", .recordError),   // premature end of record
        CombinableRow("E001 1101", .qualifies, .standardConform),
        CombinableRow("E001 1110", .profile, .compactProfileWithRegisters),
        CombinableRow("E001 1111", .profile, .compactProfile),
        CombinableRow("E010 0nnn", .unitModifier),  // per time, per revolution
        CombinableRow("E010 10nn", .unitModifier),  // per pulse
        CombinableRow("E010 11nn", .unitModifier),  // per l, m³, kg, K
        CombinableRow("E011 0nnn", .unitModifier),  // per kWh, GJ, kW, K·l, V, A; × s, × s/V
        CombinableRow("E011 1000", .unitModifier),  // × s/A
        CombinableRow("E011 1001", .time, .start),
        CombinableRow("E011 1010", .qualifies, .uncorrected),
        CombinableRow("E011 1011", .qualifies, .forward),
        CombinableRow("E011 1100", .qualifies, .backward),
        CombinableRow("E011 1101", .nonMetricUnit, .nonMetric),
        CombinableRow("E011 1110", .qualifies, .baseConditions),
        CombinableRow("E011 1111", .withoutUnit, .obisDeclaration),
        CombinableRow("E100 0000", .qualifies, [.lower, .limit]),
        CombinableRow("E100 0001", .count, [.lower, .limit, .exceed, .count]),
        CombinableRow("E100 0010", .time, [.lower, .limit, .exceed, .first, .begin]),
        CombinableRow("E100 0011", .time, [.lower, .limit, .exceed, .first, .end]),
        CombinableRow("E100 010n", .reserved),
        CombinableRow("E100 0110", .time, [.lower, .limit, .exceed, .last, .begin]),
        CombinableRow("E100 0111", .time, [.lower, .limit, .exceed, .last, .end]),
        CombinableRow("E100 1000", .qualifies, [.upper, .limit]),
        CombinableRow("E100 1001", .count, [.upper, .limit, .exceed, .count]),
        CombinableRow("E100 1010", .time, [.upper, .limit, .exceed, .first, .begin]),
        CombinableRow("E100 1011", .time, [.upper, .limit, .exceed, .first, .end]),
        CombinableRow("E100 110n", .reserved),
        CombinableRow("E100 1110", .time, [.upper, .limit, .exceed, .last, .begin]),
        CombinableRow("E100 1111", .time, [.upper, .limit, .exceed, .last, .end]),
        CombinableRow("E101 00nn", .duration, [.lower, .limit, .exceed, .first, .duration], units: .secondsToDays),
        CombinableRow("E101 01nn", .duration, [.lower, .limit, .exceed, .last, .duration], units: .secondsToDays),
        CombinableRow("E101 10nn", .duration, [.upper, .limit, .exceed, .first, .duration], units: .secondsToDays),
        CombinableRow("E101 11nn", .duration, [.upper, .limit, .exceed, .last, .duration], units: .secondsToDays),
        CombinableRow("E110 00nn", .duration, [.first, .duration], units: .secondsToDays),
        CombinableRow("E110 01nn", .duration, [.last, .duration], units: .secondsToDays),
        CombinableRow("E110 1000", .qualifies, [.during, .lower, .limit, .exceed]),
        CombinableRow("E110 1001", .qualifies, .leakage),
        CombinableRow("E110 1010", .time, [.first, .begin]),
        CombinableRow("E110 1011", .time, [.first, .end]),
        CombinableRow("E110 1100", .qualifies, [.during, .upper, .limit, .exceed]),
        CombinableRow("E110 1101", .qualifies, .overflow),
        CombinableRow("E110 1110", .time, [.last, .begin]),
        CombinableRow("E110 1111", .time, [.last, .end]),
        CombinableRow("E111 0nnn", .factor, exponent: -6),
        CombinableRow("E111 10nn", .offset, exponent: -3),
        CombinableRow("E111 1100", .secondTable),
        CombinableRow("E111 1101", .factor, exponent: 3),
        CombinableRow("E111 1110", .qualifies, .future),
        CombinableRow("E111 1111", .vendor, .manufacturerSpecific),
    ]

    /// Combinable VIFEs behind FC (EN 13757-3:2018, table 16).
    // swift-format-ignore
    static let second: [CombinableRow] = [
        CombinableRow("E000 0000", .reserved),
        CombinableRow("E000 0001", .qualifies, .phaseL1),
        CombinableRow("E000 0010", .qualifies, .phaseL2),
        CombinableRow("E000 0011", .qualifies, .phaseL3),
        CombinableRow("E000 0100", .qualifies, .neutral),
        CombinableRow("E000 0101", .qualifies, .betweenL1L2),
        CombinableRow("E000 0110", .qualifies, .betweenL2L3),
        CombinableRow("E000 0111", .qualifies, .betweenL3L1),
        CombinableRow("E000 1000", .qualifies, .quadrant1),
        CombinableRow("E000 1001", .qualifies, .quadrant2),
        CombinableRow("E000 1010", .qualifies, .quadrant3),
        CombinableRow("E000 1011", .qualifies, .quadrant4),
        CombinableRow("E000 1100", .qualifies, .deltaImportExport),
        CombinableRow("E000 1101", .reserved),
        CombinableRow("E000 111n", .reserved),
        CombinableRow("E001 0000", .qualifies, .accumulationOfAbsoluteValue),
        CombinableRow("E001 0001", .dataTypeC),
        CombinableRow("E001 0010", .dataTypeD),
        CombinableRow("E001 0011", .reserved),
        CombinableRow("E001 0100", .qualifies, .directionToMeter),
        CombinableRow("E001 0101", .qualifies, .directionFromMeter),
        CombinableRow("E001 011n", .reserved),
        CombinableRow("E001 1nnn", .reserved),
        CombinableRow("E01n nnnn", .reserved),
        CombinableRow("E1nn nnnn", .reserved),
    ]
}

/// What a combinable VIFE says, found by its code.
struct CombinableEntry: Equatable, Sendable {
    var effect: CombinableRow.Effect
    var unit: Unit
    var exponent: Int8
    var qualifiers: Qualifiers

    /// The rows of a table spread over its 128 codes; codes without a row are reserved.
    static func table(_ rows: [CombinableRow]) -> [CombinableEntry] {
        var entries = [CombinableEntry](
            repeating: CombinableEntry(
                effect: .reserved, unit: .none, exponent: 0, qualifiers: []),
            count: 128)
        for row in rows {
            for code in 0..<128 {
                guard let number = row.code.number(of: UInt8(code)) else { continue }
                entries[code] = CombinableEntry(
                    effect: row.effect, unit: row.units[Int(number) % row.units.count],
                    exponent: row.isPower ? Int8(row.exponent + Int(number)) : 0,
                    qualifiers: row.qualifiers)
            }
        }
        return entries
    }

    static let first = table(CombinableRow.first)
    static let second = table(CombinableRow.second)
}
