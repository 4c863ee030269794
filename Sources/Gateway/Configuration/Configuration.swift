import Decoder
import Glibc
import Receivers

/// What the user wants of the gateway: the values of `e2m.yaml`, with their defaults.
///
/// `docs/configuration.md` tells every key in plain words.
public struct Configuration: Equatable, Sendable {
    public var mqtt = MQTTSettings()
    /// The meters to publish, in the order of the file.
    public var meters: [MeterSettings] = []
    /// One receiver that finds its stick by itself, unless the file says otherwise; none where it
    /// has an empty list.
    public var receivers = [ReceiverSettings(name: "receiver")]
    /// Topic filters of further messages with telegrams in them.
    public var inputs: [String] = []
    /// Nil: telegrams are not handed on.
    public var forward: ForwardSettings?
    /// Nil: the program is no part of a fleet.
    public var fleet: FleetSettings?
    public var httpd = HTTPServerSettings()
    public var storage = StorageSettings()
    public var datahubs: [DatahubSettings] = []
    /// The files that keys of meters were read from, or would have been if they could be read.
    public var keyFiles: Set<String> = []

    public init() {}
}

/// Section `mqtt`: the broker, and how readings are published.
public struct MQTTSettings: Equatable, Sendable {
    /// Its client id is not "energy2mqtt" unless the file says so: energy2mqtt may still run.
    public var broker = BrokerSettings(host: "127.0.0.1")
    /// Whether Home Assistant is told about the meters.
    public var homeAssistant = true
    public var discovery = DiscoveryForm.devices
    /// What all topics but those of Home Assistant begin with; sound for `Topics(base:)`.
    public var baseTopic = "energy2mqtt"
    public var units = PublishedUnits.decided
    /// Whether `mgt/command` may end the process.
    public var allowsRestart = false
    public var delivery = Delivery()

    public init() {}
}

extension Configuration {
    /// Of several programs of a fleet each has topics of its own for what is about itself.
    var topics: Topics {
        get throws(TopicError) {
            let member = fleet.map { fleet in
                let topics = FleetTopics(base: fleet.topic)
                let name = mqtt.broker.clientID
                return fleet.role == .decoder ? topics.decoder(name) : topics.gateway(name)
            }
            return try Topics(base: mqtt.baseTopic, member: member)
        }
    }
}

/// How Home Assistant is told about a meter (`discovery_version`).
public enum DiscoveryForm: Int, Equatable, Sendable, CaseIterable {
    /// One message an entity, for Home Assistant before 2024.11.
    case entities = 1
    /// One message a device.
    case devices = 2
}

/// One item of `oms`: a meter that shall be published.
public struct MeterSettings: Equatable, Sendable {
    /// As written.
    public var name: String
    /// Which meter, as written; `selector` is what it means.
    public var id: String
    public var selector: MeterSelector
    /// Nil: the meter sends unencrypted.
    public var key: MeterKey?

    /// - Throws: `MeterSelectorError` if `id` names no meter.
    public init(name: String, id: String, key: MeterKey? = nil) throws(MeterSelectorError) {
        self.init(name: name, id: id, selector: try MeterSelector(id), key: key)
    }

    init(name: String, id: String, selector: MeterSelector, key: MeterKey?) {
        self.name = name
        self.id = id
        self.selector = selector
        self.key = key
    }
}

/// Section `httpd`: the program's own web server.
public struct HTTPServerSettings: Equatable, Sendable {
    public var enabled = true
    public var port: UInt16 = 8240
    /// The numeric address to listen at; only this computer reaches 127.0.0.1.
    public var bind = "127.0.0.1"
    /// Whether `/metrics` tells the whole ids of meters.
    public var showsWholeIDs = false

    public init() {}
}

/// Section `storage`: files that the program writes.
public struct StorageSettings: Equatable, Sendable {
    public var discoveredDevicesPath = "discovered_devices.yaml"
    /// Where what outlasts a restart is kept; nil: the usual place.
    public var path: String?
    /// How large the file may become in which readings wait for the broker.
    public var queueMegabytes = 64
    /// How long they may wait there.
    public var queueDays = 30

    public init() {}
}

extension StorageSettings {
    /// The directory for what outlasts a restart: the configured one, else what the service manager
    /// says (systemd: `StateDirectory=`), or the place that the package makes, or else where the
    /// configuration file is.
    public func directory(besides configurationFile: String) -> String {
        if let path { return path }
        // systemd lists several with colons.
        if let given = getenv("STATE_DIRECTORY").map({ String(cString: $0) }),
            let first = given.split(separator: ":").first
        {
            return String(first)
        }
        let packaged = "/var/lib/oms2mqtt"
        if access(packaged, W_OK) == 0 { return packaged }
        guard let slash = configurationFile.lastIndex(of: "/") else { return "." }
        return slash == configurationFile.startIndex ? "/" : String(configurationFile[..<slash])
    }
}

extension Configuration {
    /// What readings that wait for the broker may take.
    var outboxLimits: DurableOutbox.Limits {
        var limits = DurableOutbox.Limits()
        limits.octets = storage.queueMegabytes << 20
        limits.age = Int64(storage.queueDays) * 86_400
        if fleet?.role == .decoder {
            // A burst of ten thousand telegrams never sees the disk, which would cost more than to
            // read them. What dies with this decoder another one has.
            limits.writeAtOctets = 32 << 20
            limits.memoryOctets = 40 << 20
        }
        return limits
    }
}

/// One item of `zenner_datahub`: a source of readings from a ZENNER Datahub.
public struct DatahubSettings: Equatable, Sendable {
    public var name: String
    public var enabled = true
    /// The MQTT broker that the Datahub publishes to; nil where HTTP is used alone.
    public var broker: BrokerSettings?
    /// What stands in front of `R/` and `W/` in its topics there; nil: nothing.
    public var baseTopic: String?
    /// Where the Datahub posts to; nil where MQTT is used alone.
    public var http: DatahubEndpoint?
    /// Whether payloads that are not understood are kept, their secrets blanked, to learn from.
    public var capture = false

    public init(name: String) { self.name = name }

    /// Whether the same is subscribed at the same broker.
    func listens(as other: DatahubSettings) -> Bool {
        broker == other.broker && baseTopic == other.baseTopic
    }
}

/// A path of the program's web server that takes the Datahub's messages.
public struct DatahubEndpoint: Equatable, Sendable {
    public enum Login: Equatable, Sendable {
        /// The path itself is the secret.
        case secretPath
        case basic(user: String, password: Secret)
        case bearer(token: Secret)
    }

    /// Begins with "/".
    public var path: Secret
    public var login: Login

    public init(path: Secret, login: Login) {
        self.path = path
        self.login = login
    }
}

/// Text that is never shown: neither its description nor a mirror of it has it.
public struct Secret: Equatable, Sendable {
    /// For the connection alone.
    public let text: String
    public init(_ text: String) { self.text = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(not shown)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
