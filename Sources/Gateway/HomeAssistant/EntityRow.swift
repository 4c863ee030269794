import Decoder

/// What a sensor measures, as Home Assistant names it (its sensor documentation, "device class").
enum DeviceClass: String, Sendable {
    case energy, water, gas, volume, power, temperature, pressure, voltage, current, frequency
    case humidity, duration, timestamp, battery, illuminance, distance
    case volumeFlowRate = "volume_flow_rate"
    case signalStrength = "signal_strength"
    case carbonDioxide = "carbon_dioxide"
    case enumeration = "enum"
    // Of binary sensors.
    case problem, connectivity, smoke, tamper, safety, heat, cold, moisture, motion, opening, door
    case window, vibration, light, occupancy, presence, running, sound

    /// The units that go with it in every Home Assistant from 2024.11 on. With another one Home
    /// Assistant refuses the entity, so such a value goes without class.
    var units: [String] {
        switch self {
        case .energy: ["Wh", "kWh", "MWh", "MJ", "GJ"]
        case .gas: ["m³", "ft³"]
        case .water, .volume: ["m³", "L", "ft³", "gal"]
        case .volumeFlowRate: ["m³/h", "L/min"]
        case .power: ["W", "kW"]
        case .temperature: ["°C", "°F"]
        case .pressure: ["bar", "mbar", "Pa", "hPa", "kPa"]
        case .voltage: ["V", "mV"]
        case .current: ["A", "mA"]
        case .frequency: ["Hz"]
        case .humidity, .battery: ["%"]
        case .illuminance: ["lx"]
        case .distance: ["mm", "cm", "m", "km"]
        case .carbonDioxide: ["ppm"]
        case .duration: ["s", "min", "h", "d"]
        case .signalStrength: ["dBm", "dB"]
        default: []
        }
    }
}

/// What Home Assistant's long-term statistics do with a sensor.
enum StateClass: String, Sendable {
    /// A counter that runs for the meter's life. A drop is a drop: `totalIncreasing` would take one
    /// wrong low value for a new meter and add the whole reading to the consumption.
    case total
    /// A counter that begins anew at times.
    case totalIncreasing = "total_increasing"
    case measurement
}

/// How a quantity appears in Home Assistant.
struct EntityRow: Sendable {
    enum Class: Sendable {
        case none, one(DeviceClass)
        /// Water, gas or volume, as the meter's medium says.
        case ofMedium
        /// What has such a unit.
        case ofUnit
    }

    var quantity: Quantity
    var name: String
    var deviceClass: Class
    /// Of the present value; stored ones have none.
    var stateClass: StateClass?
    /// Whether the present value is a reason to have the meter: it is enabled at once.
    var isMain: Bool
    /// Tells about the device, not about what it measures.
    var isDiagnostic: Bool
    /// Where no class gives one.
    var icon: String?

    private init(
        _ quantity: Quantity, _ name: String, _ deviceClass: Class, _ stateClass: StateClass?,
        main: Bool = false, diagnostic: Bool = false, icon: String? = nil
    ) {
        self.quantity = quantity
        self.name = name
        self.deviceClass = deviceClass
        self.stateClass = stateClass
        isMain = main
        isDiagnostic = diagnostic
        self.icon = icon
    }

    /// The row of `quantity`. One that the table lacks is about the device, but for numbers of which
    /// the standard does not say what they count; it is named as in readings.
    ///
    /// - Parameter kind: what the meter's definition says that it is.
    static func of(_ quantity: Quantity, as kind: MeterField.Kind? = nil) -> EntityRow {
        guard var row = rows[quantity] else { return unlisted(quantity, as: kind) }
        switch kind {
        case .diagnostic:
            row.isDiagnostic = true
            row.isMain = false
        case .measurement where row.stateClass != .measurement:
            // The volume of a day, say: no counter.
            row.stateClass = nil
            row.isMain = false
        default: break
        }
        return row
    }

    private static func unlisted(_ quantity: Quantity, as kind: MeterField.Kind?) -> EntityRow {
        let stateClass: StateClass? =
            switch kind {
            case .register: .total
            case .measurement: .measurement
            case .stored, .diagnostic, nil: nil
            }
        // Values without a unit of the standard's: pulses, carbon dioxide.
        let isMeasured = kind == nil && (quantity == .dimensionless || quantity == .plainTextUnit)
        return EntityRow(
            quantity, quantity.rawValue.spaced, .ofUnit, stateClass,
            main: stateClass != nil || isMeasured,
            diagnostic: kind == .diagnostic || kind == nil && !isMeasured)
    }

    /// Whether there is nothing to see: what only the maker understands, or is nobody's business.
    ///
    /// - Parameter key: a name that tells more than the quantity makes a maker's value worth it.
    static func isHidden(_ quantity: Quantity, key: String) -> Bool {
        switch quantity {
        case .manufacturerSpecific, .unknown, .anyVif: key.hasPrefix(quantity.rawValue)
        case .containerWmbus, .containerManufacturer, .password, .securityKey, .accessCodeUser,
            .accessCodeOperator, .accessCodeSystemOperator, .accessCodeDeveloper:
            true
        default: false
        }
    }

    private static let rows = Dictionary(
        table.map { ($0.quantity, $0) }, uniquingKeysWith: { first, _ in first })

    /// One row a quantity. Apparent and reactive values have no class, because their units came to
    /// Home Assistant later; nor has a temperature difference; mass must not count up there.
    // swift-format-ignore
    static let table: [EntityRow] = [
        EntityRow(.energy, "Energy", .one(.energy), .total, main: true),
        EntityRow(.volume, "Volume", .ofMedium, .total, main: true),
        EntityRow(.hcaUnits, "Heat cost units", .none, .totalIncreasing, main: true, icon: "mdi:radiator"),
        EntityRow(.mass, "Mass", .none, .total, main: true, icon: "mdi:weight"),
        EntityRow(.reactiveEnergy, "Reactive energy", .none, .total, icon: "mdi:flash"),
        EntityRow(.apparentEnergy, "Apparent energy", .none, .total, icon: "mdi:flash"),

        EntityRow(.power, "Power", .one(.power), .measurement, main: true),
        EntityRow(.reactivePower, "Reactive power", .none, .measurement, icon: "mdi:flash"),
        EntityRow(.apparentPower, "Apparent power", .none, .measurement, icon: "mdi:flash"),
        EntityRow(.voltage, "Voltage", .one(.voltage), .measurement, main: true),
        EntityRow(.current, "Current", .one(.current), .measurement, main: true),
        EntityRow(.frequency, "Frequency", .one(.frequency), .measurement),
        EntityRow(.phaseAngleVoltageVoltage, "Phase angle of voltages", .none, .measurement),
        EntityRow(.phaseAngleVoltageCurrent, "Phase angle of voltage and current", .none, .measurement),

        EntityRow(.volumeFlow, "Flow", .one(.volumeFlowRate), .measurement, main: true),
        EntityRow(.massFlow, "Mass flow", .none, .measurement, main: true, icon: "mdi:waves-arrow-right"),
        EntityRow(.flowTemperature, "Flow temperature", .one(.temperature), .measurement, main: true),
        EntityRow(.returnTemperature, "Return temperature", .one(.temperature), .measurement, main: true),
        EntityRow(.externalTemperature, "External temperature", .one(.temperature), .measurement, main: true),
        EntityRow(.temperatureDifference, "Temperature difference", .none, .measurement, main: true, icon: "mdi:thermometer"),
        EntityRow(.pressure, "Pressure", .one(.pressure), .measurement, main: true),
        EntityRow(.relativeHumidity, "Humidity", .one(.humidity), .measurement, main: true),

        EntityRow(.onTime, "On time", .one(.duration), .totalIncreasing, diagnostic: true),
        EntityRow(.operatingTime, "Operating time", .one(.duration), .totalIncreasing, diagnostic: true),
        EntityRow(.batteryOperatingTime, "Battery operating time", .one(.duration), .totalIncreasing, diagnostic: true),
        EntityRow(.remainingBatteryLife, "Remaining battery life", .one(.duration), .measurement, diagnostic: true, icon: "mdi:battery-clock-outline"),
        EntityRow(.averagingDuration, "Averaging duration", .one(.duration), nil, diagnostic: true),
        EntityRow(.actualityDuration, "Actuality duration", .one(.duration), nil, diagnostic: true),
        EntityRow(.rfLevel, "Meter's radio level", .one(.signalStrength), .measurement, diagnostic: true),

        EntityRow(.date, "Date", .none, nil, diagnostic: true, icon: "mdi:calendar"),
        EntityRow(.dateTime, "Meter's clock", .none, nil, diagnostic: true, icon: "mdi:calendar-clock"),
        EntityRow(.errorFlags, "Error flags", .none, nil, diagnostic: true, icon: "mdi:flag"),
    ]
}

extension DeviceClass {
    /// What a volume is in a meter of `medium`.
    static func ofVolume(_ medium: Medium?) -> DeviceClass {
        guard let medium else { return .volume }
        if medium.isWater { return .water }
        return medium == .gas ? .gas : .volume
    }

    /// What a value in `unit` is, where its quantity does not say it.
    static func of(unit: String, _ medium: Medium?) -> DeviceClass? {
        let certain: [DeviceClass] = [
            .energy, .power, .voltage, .current, .frequency, .temperature, .pressure,
            .volumeFlowRate, .duration,
        ]
        if DeviceClass.volume.units.contains(unit) { return .ofVolume(medium) }
        return certain.first { $0.units.contains(unit) }
    }
}

extension String {
    /// With blanks for underscores and a capital first letter.
    var spaced: String {
        var utf8 = self.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
        if let first = utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) {
            utf8[0] = first & 0xDF
        }
        return String(decoding: utf8, as: UTF8.self)
    }
}
