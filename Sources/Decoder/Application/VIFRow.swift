/// One row of a VIF table: value = coded integer × 10^(n + exponent), in `unit`; or, where a row
/// has several units, in the n-th of them.
struct VIFRow: Sendable {
    let code: CodePattern
    let quantity: Quantity
    let units: [Unit]
    let exponent: Int
    let coding: Coding

    init(
        _ code: CodePattern, _ quantity: Quantity, _ unit: Unit = .none, exponent: Int = 0,
        _ coding: Coding = .signed
    ) {
        self.code = code
        self.quantity = quantity
        units = [unit]
        self.exponent = exponent
        self.coding = coding
    }

    init(_ code: CodePattern, _ quantity: Quantity, units: [Unit]) {
        self.code = code
        self.quantity = quantity
        self.units = units
        exponent = 0
        coding = .signed
    }

    /// Codes that the standard leaves without meaning.
    static func reserved(_ code: CodePattern) -> VIFRow {
        VIFRow(code, .unknown, .none, .octets)
    }

    /// How the data of a row are to be read (types of EN 13757-3:2018, annex A).
    enum Coding: UInt8, Sendable {
        /// B where the data field is an integer.
        case signed
        /// C where the data field is an integer.
        case unsigned
        /// C, in units of 2^-12.
        case unsigned4096th
        /// D.
        case bits
        /// Digits that are shown, not counted with.
        case identification
        /// F, G, I or J by length.
        case time
        /// A number in one octet, an identification in more.
        case address
        /// The manufacturer's own: a plain integer where the data field is one.
        case vendor
        /// Not confirmed, a container, or reserved.
        case octets
    }
}

extension [Unit] {
    static let secondsToDays: [Unit] = [.second, .minute, .hour, .day]
    static let hoursToYears: [Unit] = [.hour, .day, .month, .year]
}

/// What a VIF says, found by its code.
struct VIFEntry: Equatable, Sendable {
    var quantity: Quantity
    var unit: Unit
    var exponent: Int8
    var coding: VIFRow.Coding

    static let reserved = VIFEntry(quantity: .unknown, unit: .none, exponent: 0, coding: .octets)

    /// The rows of a table spread over its 128 codes; codes without a row are reserved.
    static func table(_ rows: [VIFRow]) -> [VIFEntry] {
        var entries = [VIFEntry](repeating: .reserved, count: 128)
        for row in rows {
            for code in 0..<128 {
                guard let number = row.code.number(of: UInt8(code)) else { continue }
                guard row.quantity != .unknown else { continue }
                let several = row.units.count > 1
                entries[code] = VIFEntry(
                    quantity: row.quantity,
                    unit: row.units[several ? Int(number) % row.units.count : 0],
                    exponent: Int8(row.exponent + (several ? 0 : Int(number))),
                    coding: row.coding)
            }
        }
        return entries
    }

    static let primary = table(VIFRow.primary)
    static let extensionFB = table(VIFRow.extensionFB)
    static let extensionFD = table(VIFRow.extensionFD)
    static let extensionFDFD = table(VIFRow.extensionFDFD)
}
