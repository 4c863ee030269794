import Decoder

/// What is known of a configured meter from all its telegrams so far: what its device in Home
/// Assistant is made of. It outlasts restarts, so that a telegram with less in it takes nothing away.
struct KnownMeter: Equatable, Sendable {
    /// How many entities of values a meter may have, and how many of them stored and others: a
    /// meter has some dozens, noise that passed every check might have any number.
    static let mostRecords = 250
    static let mostOtherRecords = 150

    var address: MeterAddress
    /// The radio's address, where another device sends for the meter; else the meter's.
    var sender: MeterAddress
    /// What a definition calls maker and model.
    private(set) var definedMaker: String?
    private(set) var definedModel: String?
    /// What a definition says is measured.
    private(set) var definedMedium: Medium?
    /// In the order of their first coming.
    private(set) var records: [KnownRecord] = []
    /// Whether a telegram had a status octet.
    private(set) var hasStatus = false
    /// Whether a receiver told how strong a telegram was.
    private(set) var hasSignalStrength = false
    /// Silence in seconds after which the meter counts as gone, as Home Assistant was told it.
    private(set) var expireAfter = 86_400

    init(address: MeterAddress, sender: MeterAddress) {
        self.address = address
        self.sender = sender
    }

    init(
        address: MeterAddress, sender: MeterAddress, records: [KnownRecord], hasStatus: Bool,
        hasSignalStrength: Bool, expireAfter: Int, maker: String? = nil, model: String? = nil,
        medium: Medium? = nil
    ) {
        self.init(address: address, sender: sender)
        definedMaker = maker
        definedModel = model
        definedMedium = medium
        self.records = records
        self.hasStatus = hasStatus
        self.hasSignalStrength = hasSignalStrength
        self.expireAfter = expireAfter
    }

    /// Takes in what a telegram has.
    mutating func learn(_ reading: Reading, hasSignalStrength: Bool, units: PublishedUnits) {
        sender = reading.telegram.sender
        if let definition = reading.definition {
            definedMaker = definition.maker
            definedModel = definition.model
            definedMedium = definition.medium
        }
        if reading.telegram.header.status != nil { hasStatus = true }
        if hasSignalStrength { self.hasSignalStrength = true }
        for record in KnownRecord.all(in: reading, units: units) { learn(record) }
    }

    private mutating func learn(_ record: KnownRecord) {
        guard let place = records.firstIndex(where: { $0.id == record.id }) else {
            let isOther = record.standing == .other
            let others = records.count { $0.standing == .other }
            guard records.count < Self.mostRecords, !isOther || others < Self.mostOtherRecords
            else { return }
            records.append(record)
            return
        }
        // A real has as many places as its value needs: keep the most.
        let decimals = max(records[place].decimals, record.decimals)
        records[place] = record
        records[place].decimals = decimals
    }

    /// Takes over a learned time, unless it is about what was told before.
    mutating func learn(expireAfter duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let needed = Int(clamping: seconds) + (attoseconds > 0 ? 1 : 0)
        // Up soon, so that nothing is called gone too early; down when it is worth a message.
        if needed > expireAfter + expireAfter / 20 || needed < expireAfter - expireAfter / 3 {
            expireAfter = min(max(needed, 1), 30 * 86_400)
        }
    }
}

extension KnownMeter {
    var deviceID: String { Self.deviceID(of: address) }

    /// Made of the address alone, so that another name changes nothing.
    static func deviceID(of address: MeterAddress) -> String {
        DiscoveryID.prefix + address.description
    }

    /// The address in a device's id; nil if there is none.
    static func address(inDeviceID id: String) -> MeterAddress? {
        guard id.hasPrefix(DiscoveryID.prefix) else { return nil }
        let text = String(id.dropFirst(DiscoveryID.prefix.count))
        guard let selector = try? MeterSelector(text), let manufacturer = selector.manufacturer,
            let version = selector.version, let deviceType = selector.deviceType
        else { return nil }
        let address = MeterAddress(
            manufacturer: manufacturer, identificationNumber: selector.identificationNumber,
            version: version, deviceType: deviceType)
        return address.description == text ? address : nil
    }

    /// The meter as Home Assistant shall know it.
    ///
    /// - Parameter name: as configured.
    func device(name: String, gateway: String, topics: Topics) -> DiscoveredDevice {
        DiscoveredDevice(
            id: deviceID, name: name,
            manufacturer: definedMaker ?? address.manufacturer.company
                ?? "Manufacturer \(address.manufacturer.description)",
            model: definedModel ?? kind, serialNumber: address.number,
            hardwareVersion: String(address.version), via: gateway,
            stateTopic: topics.homeAssistantState(of: deviceID),
            availability: [topics.status, topics.availability(of: name)],
            expireAfter: expireAfter, entities: entities)
    }

    private var deviceType: DeviceType { definedMedium?.deviceType ?? address.deviceType }

    /// `Water meter`, `Smoke detector`.
    private var kind: String {
        // Where in the pipes a heat meter sits is said behind a comma.
        guard let name = deviceType.name?.split(separator: ",").first else {
            return "Meter of unknown type"
        }
        switch deviceType.medium {
        case nil, .heatCost?, .room?, .smoke?: return String(name).spaced
        default: return String(name).spaced + " meter"
        }
    }
}

// Entities
extension KnownMeter {
    var entities: [Entity] {
        records.flatMap(entities(of:)) + (hasStatus ? Self.statusEntities : [])
            + (hasSignalStrength ? [Self.signalStrength] : []) + [Self.lastSeen]
    }

    private func entities(of record: KnownRecord) -> [Entity] {
        guard record.quantity == .errorFlags, record.id == record.quantity.rawValue,
            record.kind == .bits
        else { return [entity(of: record)] }
        // Also whether any of them is set.
        let problem = Entity(
            key: "error_flags_problem", platform: .binarySensor, name: "Error",
            deviceClass: .problem,
            template: "{{ 'OFF' if value_json.\(record.key) == '0' else"
                + " 'ON' if value_json.\(record.key) is string else"
                + " value_json.\(record.key) | default('') }}",
            isDiagnostic: true, isEnabled: true)
        return [entity(of: record), problem]
    }

    private func entity(of record: KnownRecord) -> Entity {
        let row = EntityRow.of(record.quantity)
        let medium = deviceType.medium
        var entity = Entity(
            key: record.id, name: record.name(row, medium),
            icon: row.icon,
            template: record.kind == .number ? Entity.number(record.key) : Entity.text(record.key),
            isDiagnostic: row.isDiagnostic)
        if record.id == Self.mainKey(of: medium) { entity.name = nil }
        entity.isEnabled = row.isMain && record.isWorthSeeing(medium)
        guard record.kind == .number else { return entity }
        entity.unit = record.unit
        entity.decimals = record.decimals
        if record.standing != .other { entity.stateClass = row.stateClass }
        let deviceClass: DeviceClass? =
            switch row.deviceClass {
            case .none: nil
            case .one(let deviceClass): deviceClass
            case .ofMedium: .ofVolume(medium)
            }
        if let deviceClass, deviceClass.units.contains(record.unit) {
            entity.deviceClass = deviceClass
            entity.icon = nil
        }
        return entity
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
        let isWhole = id == quantity.rawValue
        let isDirection = id == "energy_backward" || id == "energy_forward"
        return standing == .present && (isWhole || isDirection && medium == .electricity)
    }

    /// The quantity, and what tells the record from others of it, in words.
    fileprivate func name(_ row: EntityRow, _ medium: Medium?) -> String {
        guard key.hasPrefix(quantity.rawValue) else { return key.spaced }
        let rest = key.dropFirst(quantity.rawValue.utf8.count)
        let words = rest.split(separator: "_").map { Self.word(String($0), medium) }
        return ([row.name] + words).joined(separator: " ")
    }

    private static func word(_ word: String, _ medium: Medium?) -> String {
        switch word {
        case "min": return "minimum"
        case "max": return "maximum"
        case "l1", "l2", "l3", "q1", "q2", "q3", "q4": return word.uppercased()
        case "forward" where medium == .electricity: return "drawn"
        case "backward" where medium == .electricity: return "fed in"
        default: break
        }
        for beginning in ["tariff", "subunit", "storage"] where word.hasPrefix(beginning) {
            return "\(beginning) \(word.dropFirst(beginning.utf8.count))"
        }
        return word
    }
}
