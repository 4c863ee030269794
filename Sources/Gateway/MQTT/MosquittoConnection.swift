import CMosquitto
import Glibc
import Receivers

/// One client of libmosquitto, from its making to its end: a connection to the broker.
///
/// The library's socket is the caller's to watch: `read` when it has something, `write` while
/// `wantsToWrite`, `keepAlive` from time to time. What the library's callbacks are told meanwhile is
/// noted, and taken with `takeEvents`; so nobody is called from within the library.
///
/// Whoever has it may be on any thread, one at a time: first the one that connects, which may take
/// minutes, then the event loop's.
final class MosquittoConnection: @unchecked Sendable {
    enum Event: Equatable {
        /// The broker has accepted us.
        case connected
        /// PUBACK for the message with this number; an MQTT 5 reason of 128 and above is a refusal.
        case acknowledged(number: Int32, reason: Int32)
        /// SUBACK; 128 and above is a refusal.
        case subscribed(number: Int32, reason: Int32)
        /// Without a payload if that is larger than `longestPayload`.
        case message(topic: String, payload: [UInt8]?)
    }

    static let longestPayload = 256 << 10
    /// How many messages may be on their way to the broker at once. Mosquitto and libmosquitto both
    /// take 20 unless told otherwise.
    static let inFlightLimit = 20
    /// How many the broker may have on their way to us: with few, a fast stream would wait for
    /// acknowledgements.
    private static let receiveLimit: Int32 = 1000
    /// So many packets are read, and about so many events noted, before others get their turn.
    private static let mostEvents = 64
    /// Of a CONNACK (MQTT 5, clause 3.2.2.2).
    private static let unsupportedVersion: Int32 = 132

    let settings: BrokerSettings
    let isVersionFive: Bool
    private let client: OpaquePointer
    private var events: [Event] = []

    /// When the broker accepted us.
    private(set) var began: ContinuousClock.Instant?
    /// Why the broker did not.
    private(set) var refusal: Int32?
    /// The reason in the broker's DISCONNECT (MQTT 5), or the library's own.
    private(set) var disconnectReason: Int32?
    /// The first that the library said of the secure connection.
    private(set) var tlsFault: TLSFault?
    private(set) var unusableFile: String?
    /// Whether both sides have agreed on how to be secure.
    private(set) var isSecured = false
    /// Why the library gave up, and what the system said then.
    private(set) var fault: (code: Int32, systemError: Int32) = (0, 0)

    /// Seconds; MQTT 5 brokers may set another than we asked for.
    private var keepAliveTime: UInt16
    /// When something last came, and when the library last sent something, as far as we know.
    private var lastIn = ContinuousClock.now
    private var lastOut = ContinuousClock.now
    /// When the library was asked to keep the connection alive, until the broker has answered.
    private var asked: ContinuousClock.Instant?

    init(_ settings: BrokerSettings, versionFive: Bool) throws(BrokerError) {
        _ = Self.library
        guard let client = mosquitto_new(settings.clientID, true, nil) else {
            throw .notStarted(cause: Self.systemText(errno))
        }
        self.settings = settings
        self.client = client
        isVersionFive = versionFive
        keepAliveTime = UInt16(clamping: settings.libraryKeepAlive)
        mosquitto_user_data_set(client, Unmanaged.passUnretained(self).toOpaque())
        try configure()
        setCallbacks()
    }

    deinit { mosquitto_destroy(client) }

    var isProtocolRefused: Bool { refusal == 1 || refusal == Self.unsupportedVersion }
    var isTakenOver: Bool { disconnectReason == 142 }
    /// Whether the broker said why it ended the connection.
    var isEndExplained: Bool { (disconnectReason ?? 0) >= 128 }

    private func configure() throws(BrokerError) {
        mosquitto_int_option(
            client, MOSQ_OPT_PROTOCOL_VERSION,
            isVersionFive ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311)
        mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1)
        mosquitto_max_inflight_messages_set(client, UInt32(Self.inFlightLimit))
        mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, Self.receiveLimit)
        if let user = settings.user {
            mosquitto_username_pw_set(client, user, settings.password)
        }
        if let will = settings.will {
            let result = will.payload.withUnsafeBytes {
                mosquitto_will_set(
                    client, will.topic, Int32(clamping: $0.count), $0.baseAddress,
                    settings.willQuality, will.retain)
            }
            guard result == Self.success else {
                throw .notStarted(cause: Self.libraryText(result))
            }
        }
        if let tls = settings.tls {
            let systemAuthorities = tls.authorities == nil ? "/etc/ssl/certs" : nil
            let result = mosquitto_tls_set(
                client, tls.authorities, systemAuthorities, tls.certificate, tls.key, nil)
            guard result == Self.success else {
                throw .badTLSFiles(cause: Self.libraryText(result))
            }
            mosquitto_tls_insecure_set(client, tls.insecure)
        }
    }

    // MARK: Its life

    /// Looks the broker up, connects and asks to be accepted; blocks, for minutes at worst.
    ///
    /// - Returns: whether there is a connection; `fault` if not.
    func connect() -> Bool {
        // Brokers that speak MQTT 5 do not send us what is larger than this, whatever it is.
        var properties: OpaquePointer?
        if isVersionFive {
            mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), 1 << 20)
        }
        defer { mosquitto_property_free_all(&properties) }
        (lastIn, lastOut) = (.now, .now)
        return notes(
            mosquitto_connect_bind_v5(
                client, settings.host, Int32(settings.port), settings.libraryKeepAlive, nil,
                properties))
    }

    /// Negative once the connection has ended.
    var socket: Int32 { mosquitto_socket(client) }

    var wantsToWrite: Bool { mosquitto_want_write(client) }

    /// Whether small packets wait for each other, to leave in one segment: the library hands each to
    /// the system by itself. Full segments leave all the same (tcp(7), TCP_CORK).
    var gathers = false {
        didSet {
            guard gathers != oldValue, socket >= 0 else { return }
            var value: Int32 = gathers ? 1 : 0
            setsockopt(
                socket, Int32(IPPROTO_TCP), TCP_CORK, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    /// Reads of what has come; more may be left.
    ///
    /// - Returns: whether the connection is still good; `fault` if not.
    func read() -> Bool {
        lastIn = .now
        defer {
            // Nothing but an answer to a PINGREQ gives no event.
            if let asked, events.isEmpty { lastOut = max(lastOut, asked) }
            asked = nil
        }
        for _ in 0..<Self.mostEvents where events.count < Self.mostEvents {
            errno = 0
            guard notes(mosquitto_loop_read(client, 1)) else { return false }
            if errno == EAGAIN || errno == EWOULDBLOCK { break }
        }
        return true
    }

    /// Whether something is decrypted and not read yet: that does not show at the socket.
    var hasDecrypted: Bool {
        mosquitto_ssl_get(client).map { SSL_pending(OpaquePointer($0)) > 0 } ?? false
    }

    /// Writes what waits for the socket.
    func write() -> Bool {
        lastOut = .now
        return notes(mosquitto_loop_write(client, 1))
    }

    /// When `keepAlive` wants to be called. The library counts whole seconds.
    var keepAliveDue: ContinuousClock.Instant {
        min(lastIn, lastOut) + .seconds(Int(keepAliveTime) + 1)
    }

    /// Asks the broker whether it is there after a silence; finds out that it is not. What the
    /// library sent by itself may make it wait a little longer: so again until there is an answer.
    func keepAlive() -> Bool {
        asked = .now
        return notes(mosquitto_loop_misc(client))
    }

    var hasEvents: Bool { !events.isEmpty }

    func takeEvents() -> [Event] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    private func notes(_ code: Int32) -> Bool {
        let systemError = errno
        if settings.tls != nil, !isSecured, let tls = mosquitto_ssl_get(client) {
            isSecured = SSL_is_init_finished(OpaquePointer(tls)) == 1
        }
        if code == Self.success, mosquitto_socket(client) >= 0 { return true }
        fault = (code, systemError)
        // Brokers before MQTT 5 answer without properties. Some releases of the library see what that
        // says, others call it damaged (2.0.21).
        let isDamaged = [MOSQ_ERR_PROTOCOL, MOSQ_ERR_MALFORMED_PACKET].contains {
            Self.code($0) == code
        }
        if isVersionFive, began == nil, isDamaged { refusal = refusal ?? Self.unsupportedVersion }
        return false
    }

    // MARK: What goes out

    enum PublishResult: Equatable {
        /// On its way under this number.
        case handedOver(Int32)
        case notConnected
        /// It can never be sent.
        case impossible(cause: String)
    }

    func publish(_ message: MQTTMessage) -> PublishResult {
        var number: Int32 = 0
        let result = message.payload.withUnsafeBytes { payload in
            mosquitto_publish(
                client, &number, message.topic, Int32(clamping: payload.count),
                payload.baseAddress, message.quality, message.retain)
        }
        lastOut = .now
        if result == Self.success { return .handedOver(number) }
        let isOfTheMessage = [
            MOSQ_ERR_INVAL, MOSQ_ERR_PAYLOAD_SIZE, MOSQ_ERR_MALFORMED_UTF8,
            MOSQ_ERR_QOS_NOT_SUPPORTED, MOSQ_ERR_RETAIN_NOT_SUPPORTED, MOSQ_ERR_OVERSIZE_PACKET,
        ].contains { Self.code($0) == result }
        return isOfTheMessage ? .impossible(cause: Self.unsendable(result)) : .notConnected
    }

    /// Subscribes with QoS 1; the number that its `subscribed` event will have.
    func subscribe(_ topic: String) -> Int32? {
        var number: Int32 = 0
        return mosquitto_subscribe(client, &number, topic, 1) == Self.success ? number : nil
    }

    func unsubscribe(_ topic: String) { mosquitto_unsubscribe(client, nil, topic) }

    /// Takes leave, so that the broker does not publish the will.
    func disconnect() { mosquitto_disconnect(client) }

    // MARK: The library

    /// libmosquitto's own set-up, once in a process.
    private static let library: Void = {
        mosquitto_lib_init()
        // Writing to a broker that is gone shall fail, not end the program.
        signal(SIGPIPE, SIG_IGN)
    }()

    private func setCallbacks() {
        mosquitto_log_callback_set(client) { client, user, level, text in
            guard level == Int32(MOSQ_LOG_ERR), let text, let this = connection(user),
                this.began == nil
            else { return }
            let words = String(cString: text)
            if words.contains("Unable to load") {
                this.unusableFile = words
            } else if this.tlsFault == nil {
                let tls = mosquitto_ssl_get(client).map(OpaquePointer.init)
                this.tlsFault = TLSFault(
                    words, verification: tls.map { SSL_get_verify_result($0) } ?? 0)
            }
        }
        mosquitto_connect_v5_callback_set(client) { _, user, reason, _, properties in
            guard let this = connection(user) else { return }
            guard reason == 0 else {
                this.refusal = reason
                return
            }
            this.began = .now
            mosquitto_property_read_int16(
                properties, Int32(MQTT_PROP_SERVER_KEEP_ALIVE.rawValue), &this.keepAliveTime, false)
            this.events.append(.connected)
        }
        mosquitto_disconnect_v5_callback_set(client) { _, user, reason, _ in
            // The library calls again, with a code of its own, when the socket closes.
            let this = connection(user)
            this?.disconnectReason = this?.disconnectReason ?? reason
        }
        mosquitto_publish_v5_callback_set(client) { _, user, number, reason, _ in
            connection(user)?.events.append(.acknowledged(number: number, reason: reason))
        }
        mosquitto_subscribe_v5_callback_set(client) { _, user, number, count, granted, _ in
            guard count > 0, let granted else { return }
            connection(user)?.events.append(.subscribed(number: number, reason: granted[0]))
        }
        mosquitto_message_v5_callback_set(client) { _, user, message, _ in
            guard let message = message?.pointee, let topic = message.topic else { return }
            let payload = UnsafeRawBufferPointer(
                start: message.payload, count: Int(max(message.payloadlen, 0)))
            let this = connection(user)
            // The library has acknowledged it.
            if message.qos > 0 { this?.lastOut = .now }
            this?.events.append(
                .message(
                    topic: String(cString: topic),
                    payload: payload.count <= MosquittoConnection.longestPayload
                        ? Array(payload) : nil))
        }
    }
}

private func connection(_ user: UnsafeMutableRawPointer?) -> MosquittoConnection? {
    user.map { Unmanaged<MosquittoConnection>.fromOpaque($0).takeUnretainedValue() }
}
