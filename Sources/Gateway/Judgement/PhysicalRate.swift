import Decoder

/// How fast a register can run at the very most: so generous that no real plant comes near it.
struct PhysicalRate {
    var quantity: Quantity
    /// The device types that the row is for; empty: all that no earlier row names.
    var deviceTypes: [UInt8]
    /// In kWh, m³, kg, kvarh, kVAh or units an hour.
    var perHour: Double

    /// The first row that fits counts. Device types: EN 13757-7.
    // swift-format-ignore
    static let table: [PhysicalRate] = [
        // Electricity: 1 MW. Heat and cooling: 10 MW.
        PhysicalRate(quantity: .energy,         deviceTypes: [0x02], perHour: 1_000),
        PhysicalRate(quantity: .energy,         deviceTypes: [],     perHour: 10_000),
        // Water of all temperatures, waste water: 100 m³/h. Gas, and what runs through heat meters.
        PhysicalRate(quantity: .volume,         deviceTypes: [0x06, 0x07, 0x15, 0x16, 0x17, 0x28],
                     perHour: 100),
        PhysicalRate(quantity: .volume,         deviceTypes: [],     perHour: 1_000),
        PhysicalRate(quantity: .mass,           deviceTypes: [],     perHour: 1_000_000),
        PhysicalRate(quantity: .hcaUnits,       deviceTypes: [],     perHour: 100),
        PhysicalRate(quantity: .reactiveEnergy, deviceTypes: [],     perHour: 1_000),
        PhysicalRate(quantity: .apparentEnergy, deviceTypes: [],     perHour: 1_000),
    ]

    /// What one of a register's unit is in the unit of `perHour`.
    // swift-format-ignore
    static let units: [(unit: Unit, size: Double)] = [
        (.wattHour, 0.001), (.kilowattHour, 1), (.megawattHour, 1_000),
        (.joule, 1 / 3_600_000), (.megajoule, 1 / 3.6), (.gigajoule, 1_000 / 3.6),
        (.megacalorie, 1.163),
        (.cubicMetre, 1), (.cubicFoot, 0.0283168), (.gallon, 0.00378541),
        (.kilogram, 1), (.tonne, 1_000),
        (.kilovarHour, 1), (.kilovoltAmpereHour, 1), (.none, 1),
    ]

    /// The most that `register` can count in `seconds`, in its own unit; nil: not known.
    ///
    /// One hour is always added: many meters refresh what they send only now and then.
    static func limit(
        of register: LifetimeRegister, deviceType: DeviceType, seconds: Double
    ) -> Double? {
        guard
            let row = table.first(where: {
                $0.quantity == register.quantity
                    && ($0.deviceTypes.isEmpty || $0.deviceTypes.contains(deviceType.rawValue))
            }),
            let unit = units.first(where: { $0.unit == register.unit })
        else { return nil }
        return row.perHour / unit.size * (max(seconds, 0) / 3600 + 1)
    }
}
