import Receivers
import Wire

/// How the gateway is: a message of its own (`mgt/health`, retained), and its device in Home
/// Assistant.
public struct GatewayHealth: Equatable, Sendable {
    /// Whether each receiver listens, by its name.
    public var receivers: [String: Bool] = [:]
    /// The step that is under way for a receiver that went quiet, by its name; for no other.
    public var recovering: [String: RecoveryStep] = [:]
    /// Steps taken to bring receivers back, of all of them.
    public var recoverySteps: UInt64 = 0
    public var telegrams: UInt64 = 0
    public var readings: UInt64 = 0
    public var damaged: UInt64 = 0
    public var notConfigured: UInt64 = 0
    /// Of configured meters, and without a reading.
    public var notRead: UInt64 = 0
    /// Readings that were not believed yet.
    public var held: UInt64 = 0
    /// Telegrams that were sent before.
    public var replayed: UInt64 = 0
    /// Messages given up because the broker was away too long.
    public var droppedMessages: UInt64 = 0
    public var lastTelegram: WallTime?
    /// Why the configuration, or a part of it, is not used as it stands; nil: it is.
    public var configurationFault: String?

    public init() {}

    /// The counters of the pipeline.
    public init(
        _ counters: Counters, receivers: [String: Bool],
        statistics: [String: ReceiverStatistics] = [:], dropped: UInt64, lastTelegram: WallTime?,
        configurationFault: String? = nil
    ) {
        self.receivers = receivers
        recovering = statistics.compactMapValues(\.recovering)
        recoverySteps = statistics.values.flatMap(\.recoveries.values).reduce(0, &+)
        telegrams = counters.frames &- counters.byOutcome["copy", default: 0]
        readings = counters.byOutcome["reading", default: 0]
        notConfigured = counters.byOutcome["not_configured", default: 0]
        // One that fits two ids is a configured meter's too.
        notRead = counters.byMeter.values.reduce(
            counters.byOutcome["ambiguous_meter", default: 0]
        ) { $0 &+ $1.notRead }
        held = counters.byOutcome["held", default: 0]
        replayed = counters.byOutcome["replayed", default: 0]
        damaged = counters.damaged
        droppedMessages = dropped
        self.lastTelegram = lastTelegram
        self.configurationFault = configurationFault
    }

    func message(_ topics: Topics) -> MQTTMessage {
        var json = JSONWriter()
        json.beginObject()
        json.key("receivers")
        json.beginObject()
        for (name, isListening) in receivers.sorted(by: { $0.key < $1.key }) {
            json.key(DiscoveryID.of(name))
            json.bool(isListening)
        }
        json.endObject()
        json.key("recovering")
        json.beginObject()
        for (name, step) in recovering.sorted(by: { $0.key < $1.key }) {
            json.key(DiscoveryID.of(name))
            json.string(step.name)
        }
        json.endObject()
        json.key("recovery_steps")
        json.integer(recoverySteps)
        json.key("telegrams")
        json.integer(telegrams)
        json.key("readings")
        json.integer(readings)
        json.key("damaged")
        json.integer(damaged)
        json.key("not_configured")
        json.integer(notConfigured)
        json.key("not_read")
        json.integer(notRead)
        json.key("held")
        json.integer(held)
        json.key("replayed")
        json.integer(replayed)
        json.key("dropped_messages")
        json.integer(droppedMessages)
        json.key("last_telegram")
        if let lastTelegram {
            json.string(lastTelegram.description)
        } else {
            json.null()
        }
        json.key("configuration_fault")
        if let configurationFault { json.string(configurationFault) } else { json.null() }
        json.endObject()
        return MQTTMessage(topic: topics.health, payload: json.bytes, retain: true)
    }
}

extension GatewayHealth {
    /// The program's id: one for each base topic, so that two gateways at one broker are two, and
    /// one for each program of a fleet.
    static func deviceID(_ topics: Topics) -> String {
        DiscoveryID.prefix + "gateway_" + DiscoveryID.of(topics.own)
    }

    /// The id of what meters hang on: the program that is alone, or the fleet.
    static func hubID(_ topics: Topics) -> String {
        DiscoveryID.prefix + "gateway_" + DiscoveryID.of(topics.base)
    }

    /// The program as Home Assistant shall know it.
    ///
    /// - Parameter member: which one of a fleet it is.
    static func device(
        receivers: [String], topics: Topics, member: HomeAssistantPublisher.Member? = nil
    ) -> DiscoveredDevice {
        let kind = member?.role == .decoder ? "Decoder" : "Gateway"
        let counters = member?.role == .gateway ? ofHearing : ofHearing + ofReading
        return DiscoveredDevice(
            id: deviceID(topics), name: member.map { "\(Product.name) \($0.name)" } ?? Product.name,
            manufacturer: Product.name, model: "\(kind) for wireless M-Bus",
            softwareVersion: Product.version, via: member.map { _ in hubID(topics) },
            stateTopic: topics.health, availability: [topics.status],
            entities: receivers.map(entity(ofReceiver:)) + counters)
    }

    private static func entity(ofReceiver name: String) -> Entity {
        let id = DiscoveryID.of(name)
        return Entity(
            key: "receiver_" + id, platform: .binarySensor,
            name: name.lowercased() == "receiver" ? "Receiver" : "Receiver \(name)",
            deviceClass: .connectivity,
            template: "{{ 'ON' if value_json.receivers['\(id)'] | default(false) else 'OFF' }}",
            isDiagnostic: true, isEnabled: true)
    }

    private static let ofHearing = [
        Entity(
            key: "last_telegram", name: "Last telegram", deviceClass: .timestamp,
            template: Entity.text("last_telegram"), isDiagnostic: true, isEnabled: true),
        Entity(
            key: "configuration_fault", platform: .binarySensor, name: "Configuration",
            deviceClass: .problem,
            template: "{{ 'ON' if value_json.configuration_fault | default(false) else 'OFF' }}",
            isDiagnostic: true, isEnabled: true),
        counter("telegrams", "Telegrams", "mdi:radio-tower", isEnabled: true),
        counter("damaged", "Damaged telegrams", "mdi:close-octagon-outline"),
        counter("recovery_steps", "Recovery steps", "mdi:usb-port"),
        counter("dropped_messages", "Messages dropped", "mdi:tray-alert"),
    ]

    private static let ofReading = [
        counter("readings", "Readings", "mdi:counter"),
        counter("not_configured", "Telegrams of other meters", "mdi:home-group"),
        counter("not_read", "Telegrams not read", "mdi:lock-question"),
        counter("held", "Readings held", "mdi:hand-back-left-outline"),
        counter("replayed", "Telegrams sent before", "mdi:repeat"),
    ]

    private static func counter(
        _ key: String, _ name: String, _ icon: String, isEnabled: Bool = false
    ) -> Entity {
        Entity(
            key: key, name: name, stateClass: .totalIncreasing, decimals: 0, icon: icon,
            template: Entity.number(key), isDiagnostic: true, isEnabled: isEnabled)
    }
}
