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
        /// `memory` has something new: after a sudden end, Home Assistant would know more of a device
        /// than the program, and be told less.
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

    /// When the last states are said after a discovery message: when Home Assistant should have made
    /// its entities, and later, for one that is slow or has thousands to make. It tells nobody when.
    static let untilEntitiesExist = [2, 5, 10, 20, 40, 80, 160].map { Duration.seconds($0) }

    var settings: Settings
    var programs: ProgramDevices
    /// The shards whose meters this decoder of a fleet tells of; nil: all, as there is no fleet.
    var part: Set<Int>?
    private var random: any RandomNumberGenerator
    /// By device id.
    var meters: [String: FollowedMeter] = [:]
    /// By device id.
    var others: [String: OtherDevice] = [:]
    /// Devices that are to be taken back where the broker still has them, by their ids.
    var gone: Set<String> = []
    /// Under other topics the program was another device, which the broker may still have.
    var former: Topics?
    /// Home Assistant said that it stops: of what is taken back meanwhile it would never hear.
    var isHomeAssistantAway = false
    /// Something is to be taken back when it has started again.
    var isTakingBackLater = false
    var health: MQTTMessage?
    /// Meters of the fleet that are not configured any more and may have to be taken back, by device
    /// id.
    var departed: [String: FollowedMeter] = [:]
    /// By device id: what a decoder knew that told of it before.
    var adopted: [String: [String: [UInt8]]] = [:]

    private(set) var isConnected = false
    var scan: Scan?
    /// When Home Assistant, which has started, is told all again.
    private var announcing: Instant?
    /// When the last states are said, by device id; the next time first.
    var statesDue: [String: [Instant]] = [:]
    /// Messages of the other form, to be cleared when the device is announced, by its id.
    var replacing: [String: [DiscoveryTopic]] = [:]
    var isCleanedUp = false

    /// - Parameter memory: what `memory` was before, empty at first. Octets that are not understood
    ///   are an empty memory: all is learned anew.
    public init(
        _ settings: Settings, memory: [UInt8] = [], now: Moment = Moment(),
        random: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) {
        self.settings = settings
        self.random = random
        programs = ProgramDevices(settings)
        part = settings.member.map { _ in [] }
        let memory = HomeAssistantMemory(decoding: memory)
        if part == nil, let base = memory?.base, base != settings.topics.base {
            former = try? Topics(base: base)
        }
        for item in memory?.items ?? [] {
            let name = name(of: item.meter.address, or: item.meter.sender)
            var meter = FollowedMeter(item, name: name ?? "", now: now)
            if part != nil { meter.isOnline = nil }
            if name != nil {
                meters[item.meter.deviceID] = meter
            } else if part != nil {
                departed[item.meter.deviceID] = meter
            } else {
                gone.insert(item.meter.deviceID)
            }
        }
    }

    /// What must outlast a restart.
    public var memory: [UInt8] {
        let all = meters.merging(departed) { meter, _ in meter }
        let items = all.sorted { $0.key < $1.key }.map(\.value.memory)
        return HomeAssistantMemory(items: items, base: (former ?? settings.topics).base).encode()
    }

    /// When `wake` wants to be called; nil: not before something else happens.
    public var nextWake: Instant? {
        let silences = meters.values.lazy.filter(mayFallSilent).map(\.silentFrom)
        return [
            scan?.ends, scan == nil ? announcing : nil,
            statesDue.values.lazy.compactMap(\.first).min(), silences.min(),
        ]
        .compactMap(\.self).min()
    }
}

// Events
extension HomeAssistantPublisher {
    public mutating func connected(at now: Moment = Moment()) -> [Action] {
        isConnected = true
        // What a birth asked for comes after the scan, not in the middle of a change of form.
        announcing = nil
        statesDue = [:]
        guard settings.isEnabled || !isCleanedUp else { return [] }
        var actions = look(at: now)
        guard settings.isEnabled else { return actions }
        actions.append(.subscribe(DiscoveryTopic.birth))
        for meter in ourMeters {
            if let message = meter.availability(settings.topics) {
                actions.append(.publish(message))
            }
        }
        if let health { actions.append(.publish(health)) }
        return actions
    }

    public mutating func disconnected() -> [Action] {
        isConnected = false
        announcing = nil
        statesDue = [:]
        isHomeAssistantAway = false
        if part != nil { leaveAll() }
        return endScan() == nil ? [] : DiscoveryTopic.filters.map(Action.unsubscribe)
    }

    /// A message to any topic that was subscribed.
    public mutating func received(
        _ payload: [UInt8], on topic: String, at now: Moment = Moment()
    ) -> [Action] {
        if topic == DiscoveryTopic.birth {
            isHomeAssistantAway = payload == Array("offline".utf8)
            // While the scan runs, all will be announced anyway; in a fleet only what is new.
            guard settings.isEnabled, isConnected, scan == nil || part != nil, announcing == nil,
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

    /// A meter was heard and read. To be called before the reading itself is published.
    ///
    /// - Parameters:
    ///   - json: the reading, as `ReadingJSON` writes it with its reception.
    ///   - expireAfter: after what silence the meter counts as gone; nil: not learned yet.
    ///   - isPublished: whether the reading itself is published; else another decoder of the fleet
    ///     does that, and this one learns.
    public mutating func heard(
        _ reading: Reading, of name: String, json: [UInt8], hasSignalStrength: Bool,
        expireAfter: Duration?, isPublished: Bool = true, at now: Moment = Moment()
    ) -> [Action] {
        guard settings.isEnabled else { return [] }
        let address = reading.telegram.meter
        let id = KnownMeter.deviceID(of: address)
        let before = meters[id]
        var meter =
            before
            ?? FollowedMeter(KnownMeter(address: address, sender: reading.telegram.sender), name)
        meter.name = name
        let records = meter.known.learn(
            reading, hasSignalStrength: hasSignalStrength, units: settings.units)
        if let expireAfter { meter.known.learn(expireAfter: expireAfter) }
        meter.heard(at: now)
        let isOurs = isOurs(meter)
        if !isOurs { meter.isOnline = nil }
        let state = MQTTMessage(
            topic: settings.topics.homeAssistantState(of: id), payload: json)
        meter.lastStates.add(state, records: records, staleFrom: meter.silentFrom)
        meters[id] = meter
        gone.remove(id)

        var actions: [Action] = []
        let isChanged = before?.known != meter.known || before?.name != name
        if isChanged { actions.append(.remember) }
        guard isConnected else { return actions }
        if before?.isOnline != true || before?.name != name,
            let message = meter.availability(settings.topics)
        {
            actions.append(.publish(message))
        }
        if scan == nil, isOurs, isChanged { actions += announce(device(of: meter), at: now) }
        // A fleet's meters may be known to Home Assistant while it is looked through.
        let isTold = isPublished && (scan == nil || part != nil)
        return isTold ? actions + [.publish(state)] : actions
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
        for (id, meter) in meters where mayFallSilent(meter) && meter.silentFrom <= now.instant {
            meters[id]?.isOnline = false
            guard isConnected else { continue }
            actions.append(
                .publish(.availability(online: false, of: meter.name, settings.topics)))
        }
        if let scan, scan.ends <= now.instant { actions += endOf(scan, at: now) }
        if let due = announcing, due <= now.instant, scan == nil {
            announcing = nil
            // After a look all is announced as well.
            actions += isTakingBackLater ? look(at: now) : announceAll(at: now)
        }
        for (id, due) in statesDue.sorted(by: { $0.key < $1.key }) {
            guard let next = due.first, next <= now.instant else { continue }
            statesDue[id] = due.count > 1 ? Array(due.dropFirst()) : nil
            actions += lastStates(of: id, at: now).map(Action.publish)
        }
        return actions
    }
}

// Announcing
extension HomeAssistantPublisher {
    /// Those that this program tells of.
    var ourMeters: [FollowedMeter] {
        meters.filter { isOurs($0.value) }.sorted { $0.key < $1.key }.map(\.value)
    }

    func device(of meter: FollowedMeter) -> DiscoveredDevice {
        var device = meter.known.device(
            name: meter.name, gateway: programs.hub.id, topics: settings.topics)
        device.adopted = adopted[device.id] ?? [:]
        return device
    }

    /// All devices, the one that the others hang on first, and later their last states.
    ///
    /// - Parameter found: what the broker has, which need not be said again.
    mutating func announceAll(
        besides found: [DiscoveryTopic: FoundDiscovery] = [:], at now: Moment
    ) -> [Action] {
        var actions: [Action] = []
        for program in programs.all { actions += announce(program, besides: found, at: now) }
        if let health { actions.append(.publish(health)) }
        for meter in ourMeters {
            if let message = meter.availability(settings.topics) {
                actions.append(.publish(message))
            }
            actions += announce(device(of: meter), besides: found, at: now)
        }
        for (_, other) in others.sorted(by: { $0.key < $1.key }) {
            actions += announce(other.device, besides: found, at: now)
        }
        return actions
    }

    mutating func announce(
        _ device: DiscoveredDevice, besides found: [DiscoveryTopic: FoundDiscovery] = [:],
        at now: Moment
    ) -> [Action] {
        let messages = device.messages(settings.form).filter { message in
            DiscoveryTopic(message.topic).flatMap { found[$0] }?.fingerprint
                != FNV1a.hash(message.payload)
        }
        let replaced = replacing.removeValue(forKey: device.id) ?? []
        guard !messages.isEmpty || !replaced.isEmpty else { return [] }
        if !lastStates(of: device.id, at: now).isEmpty {
            statesDue[device.id] = Self.untilEntitiesExist.map { now.instant + $0 }
        }
        return messages.map(Action.publish)
            + replaced.map { .publish(.clearing($0.text)) }
    }
}
