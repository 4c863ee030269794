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
    /// Whether a definition has words for its bits.
    private(set) var hasStatusText = false
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
        hasStatusText: Bool, hasSignalStrength: Bool, expireAfter: Int, maker: String? = nil,
        model: String? = nil,
        medium: Medium? = nil
    ) {
        self.init(address: address, sender: sender)
        definedMaker = maker
        definedModel = model
        definedMedium = medium
        self.records = records
        self.hasStatus = hasStatus
        self.hasStatusText = hasStatusText
        self.hasSignalStrength = hasSignalStrength
        self.expireAfter = expireAfter
    }

    /// Takes in what a telegram has.
    ///
    /// - Returns: which of `records` it has a value of.
    @discardableResult
    mutating func learn(
        _ reading: Reading, hasSignalStrength: Bool, units: PublishedUnits
    ) -> Set<UInt16> {
        sender = reading.telegram.sender
        if let definition = reading.definition {
            definedMaker = definition.maker
            definedModel = definition.model
            definedMedium = definition.medium
        }
        if reading.telegram.header.status != nil {
            hasStatus = true
            if reading.definition?.status.isEmpty == false { hasStatusText = true }
        }
        if hasSignalStrength { self.hasSignalStrength = true }
        let places = KnownRecord.all(in: reading, units: units).compactMap { learn($0) }
        return Set(places.map { UInt16(clamping: $0) })
    }

    /// Returns its place among the records; nil where there is none left.
    private mutating func learn(_ record: KnownRecord) -> Int? {
        guard let place = records.firstIndex(where: { $0.id == record.id }) else {
            let isOther = record.standing == .other
            let others = records.count { $0.standing == .other }
            guard records.count < Self.mostRecords, !isOther || others < Self.mostOtherRecords
            else { return nil }
            records.append(record)
            return records.count - 1
        }
        // A real has as many places as its value needs: keep the most.
        let decimals = max(records[place].decimals, record.decimals)
        records[place] = record
        records[place].decimals = decimals
        return place
    }

    /// Takes over what Home Assistant was told by another program.
    mutating func adopt(expireAfter seconds: Int) {
        if (1...(30 * 86_400)).contains(seconds) { expireAfter = seconds }
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
            availability: [topics.service, topics.availability(of: name)],
            expireAfter: expireAfter, entities: entities)
    }

    var deviceType: DeviceType { definedMedium?.deviceType ?? address.deviceType }

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
