/// What the client must know of the broker (`mqtt` in the configuration).
public struct BrokerSettings: Equatable, Sendable {
    public var host: String
    public var port: UInt16
    public var user: String?
    public var password: String?
    /// Two programs with one client id throw each other off the broker.
    public var clientID: String
    public var tls: TLSSettings?
    /// What the broker publishes for us when the connection breaks.
    public var will: MQTTMessage?
    /// Which version of MQTT is spoken.
    public var version = ProtocolVersion.newest
    /// With which QoS the will is published.
    public var willQuality: Int32 = 1
    /// How many messages a second go out at the most, see `Pace`.
    public var messagesPerSecond = 2000.0
    /// Seconds, 8 or more: a connection that is dead without having ended is found within one and a
    /// half of it.
    public var keepAlive: UInt16
    /// How long to wait before the second try to connect, and at most before later ones.
    public var reconnectDelay: ClosedRange<Duration>

    public init(
        host: String, port: UInt16 = 1883, user: String? = nil, password: String? = nil,
        clientID: String = "oms2mqtt", tls: TLSSettings? = nil, will: MQTTMessage? = nil,
        keepAlive: UInt16 = 60,
        reconnectDelay: ClosedRange<Duration> = .milliseconds(500) ... .seconds(5)
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.clientID = clientID
        self.tls = tls
        self.will = will
        self.keepAlive = keepAlive
        self.reconnectDelay = reconnectDelay
    }

    /// Libmosquitto tests a connection that was silent for its keep-alive, gives it up after as long
    /// again, counts whole seconds, and takes no fewer than 5.
    var libraryKeepAlive: Int32 { max(Int32(keepAlive) * 3 / 4 - 2, 5) }

    /// `host:port`, as messages name the broker.
    var address: String { "\(host):\(port)" }
}

extension BrokerSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The password is not shown.
    public var description: String { "broker \(address), client id \(clientID)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": address]) }
}

/// How the connection is encrypted. Paths are of PEM files.
public struct TLSSettings: Equatable, Sendable {
    /// Certificates of the authorities to trust; nil: those that the system trusts.
    public var authorities: String?
    /// Our own certificate and its key, for brokers that ask for one.
    public var certificate: String?
    public var key: String?
    /// Takes any host name in the broker's certificate: for tests, never over a foreign network.
    public var insecure: Bool

    public init(
        authorities: String? = nil, certificate: String? = nil, key: String? = nil,
        insecure: Bool = false
    ) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.insecure = insecure
    }
}

/// Which version of MQTT is spoken (`protocol` under `mqtt`).
public enum ProtocolVersion: String, Equatable, Sendable, CaseIterable {
    /// MQTT 5, and MQTT 3.1.1 with a broker that refuses it.
    case newest = "auto"
    case five = "5"
    case three = "3.1.1"
}
