import Decoder

/// One counter of a meter that runs as long as the meter lives: a total, not a stored value, not
/// an average or a limit.
public struct LifetimeRegister: Hashable, Sendable {
    public var quantity: Quantity
    public var unit: Unit
    public var subunit: UInt16
    public var tariff: UInt32
    /// None but those of `parts`.
    public var qualifiers: Qualifiers

    /// What counts up all its life. The order is part of `MeterMemory`'s octets: append only.
    static let quantities: [Quantity] = [
        .energy, .volume, .mass, .hcaUnits, .reactiveEnergy, .apparentEnergy,
    ]

    /// What may be added to a quantity that it still counts up all its life, and its words. The order
    /// is part of `MeterMemory`'s octets: append only, 32 at most.
    static let parts: [(qualifier: Qualifiers, word: String)] = [
        (.forward, "forward"), (.backward, "backward"), (.uncorrected, "uncorrected"),
        (.baseConditions, "at base conditions"), (.accumulationOfAbsoluteValue, "absolute"),
        (.directionToMeter, "to the meter"), (.directionFromMeter, "from the meter"),
        (.phaseL1, "L1"), (.phaseL2, "L2"), (.phaseL3, "L3"),
        (.quadrant1, "quadrant 1"), (.quadrant2, "quadrant 2"), (.quadrant3, "quadrant 3"),
        (.quadrant4, "quadrant 4"),
    ]
    private static let allParts = Qualifiers(parts.map(\.qualifier))

    public init(
        quantity: Quantity, unit: Unit, subunit: UInt16 = 0, tariff: UInt32 = 0,
        qualifiers: Qualifiers = []
    ) {
        self.quantity = quantity
        self.unit = unit
        self.subunit = subunit
        self.tariff = tariff
        self.qualifiers = qualifiers
    }

    /// Nil for a record that is no lifetime register: stored, not instantaneous, of another
    /// quantity, or with a VIFE that makes something else of it (a limit, a rate, an average) or that
    /// only its maker knows; what a payload of the maker's has a name of its own for may start again.
    init?(_ record: DataRecord) {
        guard record.storageNumber == 0, record.function == .instantaneous, record.name == nil,
            Self.quantities.contains(record.quantity), record.unitModifier == .none,
            record.vendorCodes.isEmpty, record.qualifiers.isSubset(of: Self.allParts)
        else { return nil }
        self.init(
            quantity: record.quantity, unit: record.unit, subunit: record.subunit,
            tariff: record.tariff, qualifiers: record.qualifiers)
    }

    /// The registers among `records` that have a number; of two alike the first.
    public static func readings(in records: [DataRecord]) -> [Reading] {
        var readings: [Reading] = []
        for record in records {
            guard case .number(let value) = record.value, let register = Self(record),
                !readings.contains(where: { $0.register == register })
            else { continue }
            readings.append(Reading(register: register, value: value))
        }
        return readings
    }

    /// What one telegram says of one register.
    public struct Reading: Equatable, Sendable {
        public var register: LifetimeRegister
        public var value: ScaledInteger

        public init(register: LifetimeRegister, value: ScaledInteger) {
            self.register = register
            self.value = value
        }
    }
}

extension LifetimeRegister: CustomStringConvertible {
    /// `energy`, `energy backward (tariff 1, subunit 2)`.
    public var description: String {
        var text = quantity.rawValue
        for part in Self.parts where qualifiers.contains(part.qualifier) { text += " " + part.word }
        let places = [
            tariff > 0 ? "tariff \(tariff)" : nil, subunit > 0 ? "subunit \(subunit)" : nil,
        ].compactMap(\.self)
        return places.isEmpty ? text : text + " (\(places.joined(separator: ", ")))"
    }
}
