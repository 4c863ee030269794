import Decoder

/// The entities that a meter is in Home Assistant: one a record, and those about its state.
extension KnownMeter {
    var entities: [Entity] {
        var entities =
            records.map(entity(of:)) + alarmEntities + errorEntities
            + (hasStatus ? Self.statusEntities : []) + (hasStatusText ? [Self.statusText] : [])
            + (hasSignalStrength ? [Self.signalStrength] : [])
        var lastSeen = Self.lastSeen
        // Home Assistant cannot take back a device of which it shows nothing.
        lastSeen.isEnabled = !entities.contains(where: \.isEnabled)
        entities.append(lastSeen)
        return entities
    }

    private func entity(of record: KnownRecord) -> Entity {
        let medium = deviceType.medium
        let kind = isOfSupply(record) ? .diagnostic : record.definedKind
        let row = EntityRow.of(record.quantity, as: kind)
        var entity = Entity(
            key: record.id, name: record.name(row, medium), icon: row.icon,
            template: record.kind == .number ? Entity.number(record.key) : Entity.text(record.key),
            isDiagnostic: row.isDiagnostic)
        entity.about = record.about
        if record.id == Self.mainKey(of: medium) { entity.name = nil }
        entity.isEnabled = row.isMain && record.isWorthSeeing(medium)
        guard record.kind == .number else {
            entity.icon = row.icon ?? (record.kind == .bits ? "mdi:flag" : "mdi:text-box-outline")
            return entity
        }
        entity.unit = record.unit
        entity.decimals = record.decimals
        if record.standing != .other { entity.stateClass = row.stateClass }
        guard let deviceClass = deviceClass(of: record, row) else {
            entity.icon = row.icon ?? Self.icon(of: entity.stateClass)
            return entity
        }
        entity.deviceClass = deviceClass
        entity.icon = nil
        entity.stateClass = entity.stateClass.flatMap(deviceClass.stateClass(for:))
        // Some meters count energy by the joule: nobody reads that.
        if deviceClass == .energy { entity.decimals = min(record.decimals, 3) }
        return entity
    }

    /// Whether it is about the meter's battery or supply: other meters than those for electricity
    /// measure no voltage but their own.
    private func isOfSupply(_ record: KnownRecord) -> Bool {
        guard let medium = deviceType.medium, medium != .electricity else { return false }
        return record.quantity == .voltage || record.quantity == .current
    }

    /// That of the quantity, where the unit goes with it, or else what has such a unit: the time that
    /// a flow was exceeded, say.
    private func deviceClass(of record: KnownRecord, _ row: EntityRow) -> DeviceClass? {
        let medium = deviceType.medium
        let ofQuantity: DeviceClass? =
            switch row.deviceClass {
            case .none: nil
            case .one(let deviceClass): deviceClass
            case .ofMedium: .ofVolume(medium)
            case .ofUnit: record.key == "co2" ? .carbonDioxide : nil
            }
        if let ofQuantity, ofQuantity.units.contains(record.unit) { return ofQuantity }
        if case .none = row.deviceClass { return nil }
        return .of(unit: record.unit, medium)
    }

    /// For what has no class, and so no icon of Home Assistant's.
    private static func icon(of stateClass: StateClass?) -> String {
        switch stateClass {
        case .total?, .totalIncreasing?: "mdi:counter"
        case .measurement?: "mdi:gauge"
        case nil: "mdi:numeric"
        }
    }

    /// The value that one means by "the meter": its entity has the device's name alone.
    private static func mainKey(of medium: Medium?) -> String? {
        switch medium {
        case .electricity?, .heat?, .cooling?, .heatAndCooling?: Quantity.energy.rawValue
        case .coldWater?, .warmWater?, .water?, .wasteWater?, .gas?: Quantity.volume.rawValue
        case .heatCost?: Quantity.hcaUnits.rawValue
        default: nil
        }
    }

    /// Whether there is any of the alarms that a payload of the maker's has in words.
    private var alarmEntities: [Entity] {
        guard records.contains(where: { $0.id == "alarms" && $0.kind == .text }) else { return [] }
        return [
            Entity(
                key: "alarms_problem", platform: .binarySensor, name: "Alarm",
                deviceClass: .problem,
                template: "{% if value_json.alarms | default(none) is string %}"
                    + "{{ 'OFF' if value_json.alarms == 'none' else 'ON' }}{% endif %}",
                isEnabled: true)
        ]
    }

    /// Whether there is an error, and which: of the flags, or of all that the definition has words for.
    private var errorEntities: [Entity] {
        let flags = records.first {
            $0.quantity == .errorFlags && $0.id == $0.quantity.rawValue && $0.kind == .bits
        }
        let hasText = records.contains(where: \.hasErrorWords)
        // A door that is open is no error.
        let canFail = records.contains { $0.hasErrorWords && $0.quantity != .digitalInput }
        var problem = Entity(
            key: "error_flags_problem", platform: .binarySensor, name: "Error",
            deviceClass: .problem, template: Self.errorTemplate, isDiagnostic: true,
            isEnabled: true)
        if let flags, !flags.hasErrorWords {
            problem.template =
                "{{ 'OFF' if value_json.\(flags.key) == '0' else"
                + " 'ON' if value_json.\(flags.key) is string else"
                + " value_json.\(flags.key) | default('') }}"
        }
        if flags != nil || canFail { return [problem] + (hasText ? [Self.errorText] : []) }
        return hasText ? [Self.inputText] : []
    }

    /// Bits that tell of no error have no words: they are not in the text.
    private static let errorTemplate =
        "{% if value_json.error_text is defined %}"
        + "{{ 'OFF' if value_json.error_text == 'none' else 'ON' }}{% endif %}"

    private static let errorText = Entity(
        key: "error_text", name: "Error text", icon: "mdi:alert-circle-outline",
        template: Entity.longText("error_text"), isDiagnostic: true)

    /// Where all words are those of inputs: whether a door is open, say, which is what one looks for.
    private static let inputText: Entity = {
        var entity = errorText
        entity.name = "State"
        entity.icon = "mdi:electric-switch"
        entity.isDiagnostic = false
        entity.isEnabled = true
        return entity
    }()

    private static let statusText = Entity(
        key: "status_text", name: "Status text", icon: "mdi:text-box-outline",
        template: Entity.longText("status_text"), isDiagnostic: true)

    private static let statusEntities = [
        Entity(
            key: "problem", platform: .binarySensor, name: "Problem", deviceClass: .problem,
            template: "{% if value_json.status is defined %}{{ 'ON' if"
                + " 'ERROR' in value_json.status or 'ALARM' in value_json.status else 'OFF' }}"
                + "{% endif %}",
            isDiagnostic: true, isEnabled: true),
        Entity(
            key: "battery_low", platform: .binarySensor, name: "Battery", deviceClass: .battery,
            template: "{% if value_json.status is defined %}{{ 'ON' if"
                + " 'POWER_LOW' in value_json.status else 'OFF' }}{% endif %}",
            isDiagnostic: true, isEnabled: true),
        Entity(
            key: "status", name: "Status", deviceClass: .enumeration,
            options: (0...3).map { StatusField(rawValue: $0).applicationText },
            icon: "mdi:list-status",
            template: "{{ value_json.proto.status if value_json.status is defined else none }}",
            isDiagnostic: true),
    ]

    private static let signalStrength = Entity(
        key: "rssi", name: "Signal strength", deviceClass: .signalStrength,
        stateClass: .measurement, unit: Unit.decibelMilliwatt.rawValue,
        template: Entity.number("rssi_dbm"), isDiagnostic: true)

    /// Stays when the meter is silent: then it is worth reading.
    private static let lastSeen = Entity(
        key: "last_seen", name: "Last seen", deviceClass: .timestamp,
        template: Entity.text("received_at"), isDiagnostic: true, expires: false)
}

extension KnownRecord {
    /// Whether it is a present value, or what an electricity meter counts in either direction.
    fileprivate func isWorthSeeing(_ medium: Medium?) -> Bool {
        if standing == .main { return true }
        // What a maker's payload has under a name of its own: the room's temperature, say.
        let isNamed = Self.isOfAir(quantity) && !id.hasPrefix(quantity.rawValue)
        let isWhole = id == quantity.rawValue || isNamed
        let isDirection = id == "energy_backward" || id == "energy_forward"
        return standing == .present && (isWhole || isDirection && medium == .electricity)
    }
    private static func isOfAir(_ quantity: Quantity) -> Bool {
        [.externalTemperature, .flowTemperature, .relativeHumidity].contains(quantity)
    }
}
