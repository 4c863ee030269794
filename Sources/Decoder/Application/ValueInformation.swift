import Wire

/// VIF and VIFEs of a record: what the number is, its unit and scale, and what else is said of it
/// (EN 13757-3:2018, 6.4).
struct ValueInformation {
    var quantity: Quantity
    var unit: Unit
    var unitModifier = UnitModifier.none
    /// The coded integer is to be multiplied by 10^exponent…
    var exponent: Int
    /// …and then this is to be added, in `unit`.
    var offset: ScaledInteger?
    var coding: VIFRow.Coding
    /// All ones are a value that never was written, even where integers have a sign: no meter has
    /// counted less than nothing, and no time is shorter.
    var isNeverNegative: Bool
    var qualifiers: Qualifiers = []
    /// The record error that a VIFE reports; 0: none.
    var recordError: UInt8 = 0
    var vendorCodes = OctetRange.empty
    /// The characters of a plain-text unit, as they were sent.
    var unitText: Range<Int> = 0..<0
    /// One past the last VIFE.
    var end = 0

    static let mostExtensions = 10

    /// Where the text of a plain-text unit (VIF 7C, FC) stands.
    enum TextPlace {
        case behindLastVIFE, behindVIF
        /// Somewhere else: it is not read.
        case elsewhere
    }

    /// Reads VIF to last VIFE, and the text of a plain-text unit where it belongs to them.
    init(
        reading reader: inout ByteReader, text: TextPlace,
        account: inout some DecodingAccount
    ) throws(RecordsEnd.Reason) {
        let start = reader.offset
        let vif = try reader.recordOctet()
        // FB, FD, EF and FD FD only say in which table the octet behind them is to be looked up.
        var code = vif
        let entry: VIFEntry
        switch vif {
        case 0xFB:
            code = try reader.recordOctet()
            entry = VIFEntry.extensionFB[Int(code & 0x7F)]
        case 0xFD:
            code = try reader.recordOctet()
            if code == 0xFD {
                code = try reader.recordOctet()
                entry = VIFEntry.extensionFDFD[Int(code & 0x7F)]
            } else {
                entry = VIFEntry.extensionFD[Int(code & 0x7F)]
            }
        case 0xEF:
            code = try reader.recordOctet()
            entry = .reserved
        default: entry = VIFEntry.primary[Int(vif & 0x7F)]
        }
        quantity = entry.quantity
        unit = entry.unit
        exponent = Int(entry.exponent)
        coding = entry.coding
        isNeverNegative = entry.quantity.isNeverNegative
        account.field("VIF", start..<reader.offset, meaning)

        let hasText = vif & 0x7F == 0x7C
        if hasText && text == .behindVIF { try readText(&reader, account: &account) }
        var extensions = reader.offset - start - 1
        var inSecondTable = false
        while code & 0x80 != 0 {
            guard extensions < Self.mostExtensions else { throw .chainTooLong }
            extensions += 1
            if coding == .vendor || qualifiers.contains(.manufacturerSpecific) {
                try readVendorCodes(&reader, after: extensions, account: &account)
                break
            }
            code = try reader.recordOctet()
            let entry =
                inSecondTable
                ? CombinableEntry.second[Int(code & 0x7F)] : CombinableEntry.first[Int(code & 0x7F)]
            inSecondTable = entry.effect == .secondTable
            apply(entry, code & 0x7F)
            account.field(
                "VIFE", reader.offset - 1..<reader.offset, entry.meaning(code & 0x7F))
        }
        // The chain promised a code of the second table and ended.
        if inSecondTable { qualifiers.insert(.reservedVIFE) }
        end = reader.offset
        if hasText && text == .behindLastVIFE { try readText(&reader, account: &account) }
    }

    @inline(__always)
    private mutating func apply(_ entry: CombinableEntry, _ code: UInt8) {
        qualifiers.formUnion(entry.qualifiers)
        switch entry.effect {
        case .qualifies, .secondTable, .profile, .vendor: break
        case .reserved: qualifiers.insert(.reservedVIFE)
        case .recordError:
            // Itron's water meters send their error flags with VIFE 1C, and it is no error.
            if code != 0x1C || quantity != .errorFlags { recordError = code }
        case .unitModifier:
            if !unitModifier.append(code) { qualifiers.insert(.reservedVIFE) }
        case .count: become(.none, .unsigned)
        case .time: become(.none, .time)
        case .duration:
            become(entry.unit, .signed)
            isNeverNegative = true
        case .withoutUnit:
            unit = .none
            isNeverNegative = false
        case .nonMetricUnit:
            // Which unit that is nobody has confirmed, and so no power of ten: the number stays raw.
            unit = .nonMetric
            exponent = 0
            offset = nil
        case .factor:
            exponent += Int(entry.exponent)
            if var moved = offset {
                moved.exponent += Int(entry.exponent)
                offset = moved
            }
        case .offset:
            let added = ScaledInteger(1, exponent: Int(entry.exponent))
            guard let before = offset else { return offset = added }
            offset = before.adding(added)
            if offset == nil { qualifiers.insert(.reservedVIFE) }
        case .dataTypeC: coding = .unsigned
        case .dataTypeD: coding = .bits
        }
    }

    /// The data are no longer the quantity's value but something in a unit of its own.
    private mutating func become(_ unit: Unit, _ coding: VIFRow.Coding) {
        self.unit = unit
        self.coding = coding
        isNeverNegative = false
        exponent = 0
        offset = nil
    }

    /// Takes the rest of the chain as the manufacturer's.
    private mutating func readVendorCodes(
        _ reader: inout ByteReader, after extensions: Int, account: inout some DecodingAccount
    ) throws(RecordsEnd.Reason) {
        let first = reader.offset
        var left = Self.mostExtensions - extensions
        while try reader.recordOctet() & 0x80 != 0 {
            guard left > 0 else { throw .chainTooLong }
            left -= 1
        }
        vendorCodes = OctetRange(first..<reader.offset)
        account.field("VIFE", first..<reader.offset, "of the manufacturer")
    }

    private mutating func readText(
        _ reader: inout ByteReader, account: inout some DecodingAccount
    ) throws(RecordsEnd.Reason) {
        let length = Int(try reader.recordOctet())
        unitText = try reader.recordOctets(length)
        account.field(
            "Unit", unitText.lowerBound - 1..<unitText.upperBound,
            "text of \(length) characters, the last one first")
    }
}

extension Quantity {
    /// Counts up, is a time or a share of a whole.
    fileprivate var isNeverNegative: Bool {
        switch self {
        case .volume, .energy, .mass, .reactiveEnergy, .apparentEnergy, .hcaUnits, .onTime,
            .operatingTime, .batteryOperatingTime, .averagingDuration, .actualityDuration,
            .storageInterval, .timePointSecond, .durationSinceLastReadout,
            .durationSinceLastCumulation, .tariffDuration, .tariffPeriod, .transmissionPeriod,
            .remainingBatteryLife, .relativeHumidity, .frequency, .dimensionless,
            .cumulativeMaxPower:
            true
        default: false
        }
    }
}

// Layouts of compact frames: VIF and VIFEs without a unit's text
extension ValueInformation {
    /// Reads VIF to last VIFE alone.
    init(skipping reader: inout ByteReader) throws(RecordsEnd.Reason) {
        var nobody = NoAccount()
        try self.init(reading: &reader, text: .elsewhere, account: &nobody)
    }
}

// Where the text of a plain-text unit stands
extension ValueInformation {
    /// The standard puts the text behind the last VIFE; some meters (Lansen, Elvaco) put it directly
    /// behind VIF FC. They are believed where the record fits only so.
    static func textPlace(_ reader: borrowing ByteReader, dataField: UInt8) -> TextPlace {
        guard !fits(reader, dataField: dataField, .behindLastVIFE),
            fits(reader, dataField: dataField, .behindVIF)
        else { return .behindLastVIFE }
        return .behindVIF
    }

    private static func fits(
        _ reader: borrowing ByteReader, dataField: UInt8, _ place: TextPlace
    ) -> Bool {
        var trial = copy reader
        var nobody = NoAccount()
        do {
            let information = try ValueInformation(
                reading: &trial, text: place, account: &nobody)
            guard (1...32).contains(information.unitText.count) else { return false }
            for place in information.unitText {
                switch reader.octets[place] {
                case 0x20...0x7E, 0xA0...0xFF: break  // ISO 8859-1: m³, °C
                default: return false
                }
            }
            let form = try DataForm(dataField: dataField, reading: &trial)
            return trial.left >= form.length
        } catch {
            return false
        }
    }
}
