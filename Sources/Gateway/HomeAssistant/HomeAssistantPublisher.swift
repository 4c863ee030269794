import Decoder
import Wire

/// Tells Home Assistant which meters there are, what they have, how they are, and takes back what
/// is no more. What happens goes in; messages and subscriptions come out.
///
/// After each connect it first listens for a moment what the broker still has of ours (`scan`), so
/// that a change of form or a meter that was removed leaves nothing behind; then it announces all.
/// Readings go to a topic of Home Assistant's own: only there may the last one be said again, and
/// no reading that waited for the broker looks new there.
public struct HomeAssistantPublisher {
    public typealias Instant = ContinuousClock.Instant

    /// What the gateway shall do.
    public enum Action: Equatable, Sendable {
        case publish(MQTTMessage)
        case subscribe(String)
        case unsubscribe(String)
        /// `memory` has something new that is worth a file.
        case remember
    }

    /// A moment by both clocks: one that never jumps, and the world's.
    public struct Moment: Sendable {
        public var instant: Instant
        public var time: WallTime

        public init(instant: Instant = .now, time: WallTime = .now) {
            self.instant = instant
            self.time = time
        }
    }

    /// A scan is over when nothing came for `quiet`, at the latest after `longestScan`.
    static let quiet = Duration.milliseconds(1500)
    static let longestScan = Duration.seconds(5)
    /// What Home Assistant needs to let go of entities that come in another form.
    static let untilEntitiesAreGone = Duration.seconds(1)
    /// What Home Assistant needs to have made entities of a discovery message.
    static let untilEntitiesExist = Duration.seconds(2)
    /// A broker with more messages of ours has not got them from us.
    private static let mostFound = 20_000

    struct Scan {
        var ends: Instant
        var endsAtLatest: Instant
        var found: [DiscoveryTopic: FoundDiscovery] = [:]
        /// Nothing is listened to any more: entities change their form.
        var isMigrating = false
    }

    private(set) var settings: Settings
    private var gateway: DiscoveredDevice
    private var random: any RandomNumberGenerator
    /// By device id.
    private(set) var meters: [String: FollowedMeter] = [:]
    /// By device id.
    var others: [String: OtherDevice] = [:]
    private var health: MQTTMessage?

    private(set) var isConnected = false
    private(set) var scan: Scan?
    /// When Home Assistant, which has started, is told all again.
    private var announcing: Instant?
    /// When the last states are said, by device id.
    private var statesDue: [String: Instant] = [:]
    /// Messages of the other form, to be cleared when the device is announced, by its id.
    private var replacing: [String: [DiscoveryTopic]] = [:]
    private var isCleanedUp = false

    /// - Parameter memory: what `memory` was before, empty at first. Octets that are not understood
    ///   are an empty memory: all is learned anew.
    public init(
        _ settings: Settings, memory: [UInt8] = [], now: Moment = Moment(),
        random: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) {
        self.settings = settings
        self.random = random
        gateway = GatewayHealth.device(receivers: settings.receivers, topics: settings.topics)
        for item in HomeAssistantMemory(decoding: memory)?.items ?? [] {
            guard let name = name(of: item.meter.address, or: item.meter.sender) else { continue }
            meters[item.meter.deviceID] = FollowedMeter(item, name: name, now: now)
        }
    }

    /// What must outlast a restart.
    public var memory: [UInt8] {
        let items = meters.sorted { $0.key < $1.key }.map(\.value.memory)
        return HomeAssistantMemory(items: items).encode()
    }

    /// When `wake` wants to be called; nil: not before something else happens.
    public var nextWake: Instant? {
        let silences = meters.values.lazy.filter(\.isOnline).map(\.silentFrom)
        return [scan?.ends, announcing, statesDue.values.min(), silences.min()]
            .compactMap(\.self).min()
    }

    private func name(of address: MeterAddress, or sender: MeterAddress) -> String? {
        let ranked = settings.meters.compactMap { meter in
            [address, sender].compactMap(meter.selector.match).max().map { (meter.name, $0) }
        }
        return ranked.max { $0.1 < $1.1 }?.0
    }
}

// Events
extension HomeAssistantPublisher {
    public mutating func connected(at now: Moment = Moment()) -> [Action] {
        isConnected = true
        guard settings.isEnabled || !isCleanedUp else { return [] }
        scan = Scan(
            ends: now.instant + Self.quiet, endsAtLatest: now.instant + Self.longestScan)
        var actions = DiscoveryTopic.filters.map(Action.subscribe)
        guard settings.isEnabled else { return actions }
        actions.append(.subscribe(DiscoveryTopic.birth))
        for meter in sortedMeters { actions.append(.publish(meter.availability(settings.topics))) }
        if let health { actions.append(.publish(health)) }
        return actions
    }

    public mutating func disconnected() -> [Action] {
        isConnected = false
        announcing = nil
        statesDue = [:]
        return endScan() == nil ? [] : DiscoveryTopic.filters.map(Action.unsubscribe)
    }

    /// A message to any topic that was subscribed.
    public mutating func received(
        _ payload: [UInt8], on topic: String, at now: Moment = Moment()
    ) -> [Action] {
        if topic == DiscoveryTopic.birth {
            // While the scan runs, all will be announced anyway.
            guard settings.isEnabled, isConnected, scan == nil, announcing == nil,
                payload == Array("online".utf8)
            else { return [] }
            let wait = Int64.random(in: 1000...5000, using: &random)
            announcing = now.instant + .milliseconds(wait)
            return []
        }
        guard scan?.isMigrating == false, let discovery = DiscoveryTopic(topic) else { return [] }
        note(payload, on: discovery)
        if let latest = scan?.endsAtLatest { scan?.ends = min(now.instant + Self.quiet, latest) }
        return []
    }

    private mutating func note(_ payload: [UInt8], on topic: DiscoveryTopic) {
        let found = FoundDiscovery(topic: topic, payload: payload, gateway: gateway.id)
        guard let count = scan?.found.count, found == nil || count < Self.mostFound else { return }
        scan?.found[topic] = found
    }

    /// A meter was heard and read. To be called before the reading itself is published.
    ///
    /// - Parameters:
    ///   - json: the reading, as `ReadingJSON` writes it with its reception.
    ///   - expireAfter: after what silence the meter counts as gone; nil: not learned yet.
    public mutating func heard(
        _ reading: Reading, of name: String, json: [UInt8], hasSignalStrength: Bool,
        expireAfter: Duration?, at now: Moment = Moment()
    ) -> [Action] {
        guard settings.isEnabled else { return [] }
        let address = reading.telegram.meter
        let id = KnownMeter.deviceID(of: address)
        let before = meters[id]
        var meter =
            before
            ?? FollowedMeter(KnownMeter(address: address, sender: reading.telegram.sender), name)
        meter.name = name
        meter.known.learn(reading, hasSignalStrength: hasSignalStrength, units: settings.units)
        if let expireAfter { meter.known.learn(expireAfter: expireAfter) }
        meter.heard(at: now)
        meter.lastState = MQTTMessage(
            topic: settings.topics.homeAssistantState(of: id), payload: json)
        meters[id] = meter

        var actions: [Action] = []
        let isChanged = before?.known != meter.known || before?.name != name
        if isChanged { actions.append(.remember) }
        guard isConnected else { return actions }
        if before?.isOnline != true || before?.name != name {
            actions.append(.publish(meter.availability(settings.topics)))
        }
        guard scan == nil else { return actions }
        if isChanged { actions += announce(device(of: meter), at: now) }
        if let state = meter.lastState { actions.append(.publish(state)) }
        return actions
    }

    /// How the gateway is now: at each change of a receiver, and from time to time.
    public mutating func health(_ health: GatewayHealth) -> [Action] {
        guard settings.isEnabled else { return [] }
        let message = health.message(settings.topics)
        guard message != self.health else { return [] }
        self.health = message
        return isConnected ? [.publish(message)] : []
    }

    /// `nextWake` has come.
    public mutating func wake(at now: Moment = Moment()) -> [Action] {
        var actions: [Action] = []
        for (id, meter) in meters where meter.isOnline && meter.silentFrom <= now.instant {
            meters[id]?.isOnline = false
            guard isConnected else { continue }
            actions.append(
                .publish(.availability(online: false, of: meter.name, settings.topics)))
        }
        if let scan, scan.ends <= now.instant { actions += endOf(scan, at: now) }
        if let due = announcing, due <= now.instant {
            announcing = nil
            actions += announceAll(at: now)
        }
        for (id, due) in statesDue.sorted(by: { $0.key < $1.key }) where due <= now.instant {
            statesDue[id] = nil
            if let state = lastState(of: id, at: now) { actions.append(.publish(state)) }
        }
        return actions
    }

    private mutating func endOf(_ scan: Scan, at now: Moment) -> [Action] {
        self.scan = nil
        var actions: [Action] = []
        if !scan.isMigrating {
            actions += DiscoveryTopic.filters.map(Action.unsubscribe)
            actions += settle(scan.found.values.sorted { $0.topic.text < $1.topic.text })
            guard replacing.isEmpty else {
                self.scan = scan
                self.scan?.isMigrating = true
                self.scan?.ends = now.instant + Self.untilEntitiesAreGone
                return actions
            }
        }
        return settings.isEnabled ? actions + announceAll(at: now) : actions
    }

    private mutating func endScan() -> Scan? {
        defer { scan = nil }
        return scan
    }
}

// Other settings
extension HomeAssistantPublisher {
    /// Goes on with other settings: what is known of meters that stay is kept, those that are gone
    /// are taken back, and all is announced anew once it is known what the broker has.
    public mutating func configure(_ new: Settings, at now: Moment = Moment()) -> [Action] {
        let old = settings
        var actions: [Action] = []
        if new.topics != old.topics {
            // Under other topics the gateway is another device; the meters stay what they are.
            actions += take(back: gateway) + [.publish(.clearing(old.topics.health))]
            for meter in sortedMeters {
                actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
            }
            health = nil
        }
        let before = meters
        settings = new
        gateway = GatewayHealth.device(receivers: new.receivers, topics: new.topics)
        isCleanedUp = false
        for (id, meter) in before.sorted(by: { $0.key < $1.key }) {
            guard let name = name(of: meter.known.address, or: meter.known.sender) else {
                actions +=
                    take(
                        back: meter.known.device(
                            name: meter.name, gateway: gateway.id, topics: old.topics))
                    + [.publish(.clearing(old.topics.availability(of: meter.name)))]
                meters[id] = nil
                statesDue[id] = nil
                continue
            }
            if name != meter.name {
                actions.append(.publish(.clearing(old.topics.availability(of: meter.name))))
                meters[id]?.name = name
            }
            // Written with other units, or for another topic.
            if new.units != old.units || new.topics != old.topics { meters[id]?.lastState = nil }
        }
        if meters.count != before.count { actions.append(.remember) }
        guard isConnected else { return actions.filter { $0 == .remember } }
        return actions + connected(at: now)
    }

    private func take(back device: DiscoveredDevice) -> [Action] {
        guard settings.isEnabled else { return [] }
        return device.messages(settings.form).map { .publish(.clearing($0.topic)) }
    }
}

// Announcing
extension HomeAssistantPublisher {
    private var sortedMeters: [FollowedMeter] { meters.sorted { $0.key < $1.key }.map(\.value) }

    private func device(of meter: FollowedMeter) -> DiscoveredDevice {
        meter.known.device(name: meter.name, gateway: gateway.id, topics: settings.topics)
    }

    /// All devices, the one that hears the others first, and later their last states.
    private mutating func announceAll(at now: Moment) -> [Action] {
        var actions = announce(gateway, at: now)
        if let health { actions.append(.publish(health)) }
        for meter in sortedMeters {
            actions.append(.publish(meter.availability(settings.topics)))
            actions += announce(device(of: meter), at: now)
        }
        for (_, other) in others.sorted(by: { $0.key < $1.key }) {
            actions += announce(other.device, at: now)
        }
        return actions
    }

    mutating func announce(_ device: DiscoveredDevice, at now: Moment) -> [Action] {
        let replaced = replacing.removeValue(forKey: device.id) ?? []
        if lastState(of: device.id, at: now) != nil {
            statesDue[device.id] = now.instant + Self.untilEntitiesExist
        }
        return device.messages(settings.form).map(Action.publish)
            + replaced.map { .publish(.clearing($0.text)) }
    }
}

// Taking back
extension HomeAssistantPublisher {
    /// Compares what the broker has of ours with what there should be.
    private mutating func settle(_ found: [FoundDiscovery]) -> [Action] {
        guard settings.isEnabled else {
            isCleanedUp = true
            return found.flatMap(remove)
                + (found.isEmpty ? [] : [.publish(.clearing(settings.topics.health))])
        }
        replacing = [:]
        var actions: [Action] = []
        for discovery in found {
            let id = discovery.device
            let known =
                id == gateway.id ? gateway : meters[id].map(device(of:)) ?? others[id]?.device
            if let known {
                actions += settle(discovery, of: known)
            } else if let address = KnownMeter.address(inDeviceID: id),
                let name = name(of: address, or: address)
            {
                // A meter of ours that was not heard since its memory was lost: it stays, silent.
                if discovery.topic.form != settings.form { actions.append(replace(discovery)) }
                if !meters.values.contains(where: { $0.name == name }) {
                    actions.append(
                        .publish(.availability(online: false, of: name, settings.topics)))
                }
            } else {
                actions += remove(discovery)
            }
        }
        return actions
    }

    private mutating func settle(
        _ discovery: FoundDiscovery, of device: DiscoveredDevice
    ) -> [Action] {
        var actions = discovery.availability.filter { !device.availability.contains($0) }
            .flatMap(clearAvailability)
        guard discovery.topic.form == settings.form else { return actions + [replace(discovery)] }
        switch discovery.topic {
        case .entity:
            if !device.entities.contains(where: { device.topic(of: $0) == discovery.topic }) {
                actions.append(.publish(.clearing(discovery.topic.text)))
            }
        case .device:
            let current = Dictionary(
                device.entities.map { ($0.key, $0.platform.rawValue) },
                uniquingKeysWith: { first, _ in first })
            let gone = discovery.components.filter { current[$0.key] == nil }
            if !gone.isEmpty { actions.append(.publish(device.removal(of: gone))) }
        }
        return actions
    }

    /// Lets Home Assistant let go of what comes in the other form, so that it keeps all that its
    /// user has set. Not retained: the clearing that follows must not overtake it.
    private mutating func replace(_ discovery: FoundDiscovery) -> Action {
        replacing[discovery.device, default: []].append(discovery.topic)
        return .publish(
            MQTTMessage(topic: discovery.topic.text, text: #"{"migrate_discovery":true}"#))
    }

    private func remove(_ discovery: FoundDiscovery) -> [Action] {
        [.publish(.clearing(discovery.topic.text))]
            + discovery.availability.flatMap(clearAvailability)
    }

    /// Clears a meter's availability, no other topic, whatever the message says.
    private func clearAvailability(_ topic: String) -> [Action] {
        guard topic.hasPrefix("\(settings.topics.base)/mgt/OMS/"), topic.hasSuffix("/availability"),
            !topic.contains("+"), !topic.contains("#")
        else { return [] }
        return [.publish(.clearing(topic))]
    }
}
