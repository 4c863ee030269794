import CLinux
import CMosquitto
import Glibc
import Receivers
import Synchronization

/// libmosquitto on a thread of its own: looking up a name and connecting may block for minutes, so
/// they must not happen on the event loop.
///
/// Each connection is a fresh libmosquitto client with a number. So nothing waits inside the
/// library from one connection to the next; what must not be lost is the caller's to send again.
/// The thread sleeps in the library until the socket or another thread has something.
final class MosquittoThread: Sendable {
    enum Event: Sendable {
        case connected(Int)
        /// PUBACK for the message with this number; an MQTT 5 reason of 128 and above is a refusal.
        case acknowledged(Int, number: Int32, reason: Int32)
        /// SUBACK; 128 and above is a refusal.
        case subscribed(Int, number: Int32, reason: Int32)
        case ended(Int, BrokerError)
        /// The thread is over; nothing comes any more.
        case finished
    }

    /// A message from the broker.
    struct Incoming: Sendable {
        var topic: String
        /// Nil: larger than `longestPayload`.
        var payload: [UInt8]?
    }

    static let longestPayload = 256 << 10
    /// How many messages may be on their way to the broker at once. Mosquitto and libmosquitto both
    /// take 20 unless told otherwise.
    static let inFlightLimit = 20
    /// How many the broker may have on their way to us: with few, a fast stream would wait for
    /// acknowledgements.
    static let receiveLimit: Int32 = 1000

    let events = Mailbox<Event>(limit: 4096)
    let messages = Mailbox<Incoming>(limit: 64)
    private let settings: BrokerSettings
    /// Readable when the thread shall not wait any longer for its next try.
    private let wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    private let shared = Mutex(Shared())

    /// What both threads touch, under the lock.
    private struct Shared: @unchecked Sendable {
        /// The client, while it may be called from outside.
        var client: OpaquePointer?
        var connection = 0
        var stopping = false
    }

    init(settings: BrokerSettings) { self.settings = settings }

    deinit { close(wake) }

    // MARK: Called from the event loop

    func start() {
        _ = Self.library
        var attributes = linux_thread_attributes()
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 512 << 10)
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let body = Unmanaged.passRetained(self)
        let failure = pthread_create(
            &thread, &attributes,
            { body in
                guard let body else { return nil }
                Unmanaged<MosquittoThread>.fromOpaque(body).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        if failure != 0 {
            body.release()
            events.send(.ended(0, .notStarted(cause: Self.systemText(failure))))
            events.send(.finished)
        }
    }

    enum PublishResult: Equatable {
        /// On its way under this number.
        case handedOver(Int32)
        case notConnected
        /// It can never be sent.
        case impossible(cause: String)
    }

    /// Hands `message` to connection `connection`; never blocks.
    func publish(_ message: MQTTMessage, on connection: Int) -> PublishResult {
        var number: Int32 = 0
        let result = withClient(of: connection) { client in
            message.payload.withUnsafeBytes { payload in
                mosquitto_publish(
                    client, &number, message.topic, Int32(clamping: payload.count),
                    payload.baseAddress, message.quality, message.retain)
            }
        }
        switch result.map({ Int32($0) }) {
        case Self.success: return .handedOver(number)
        case nil, Self.code(MOSQ_ERR_NO_CONN), Self.code(MOSQ_ERR_CONN_LOST): return .notConnected
        case let code?: return .impossible(cause: Self.libraryText(code))
        }
    }

    /// Subscribes with QoS 1; the number that its `subscribed` event will have.
    func subscribe(_ topic: String, on connection: Int) -> Int32? {
        var number: Int32 = 0
        let result = withClient(of: connection) { mosquitto_subscribe($0, &number, topic, 1) }
        return result == Self.success ? number : nil
    }

    func unsubscribe(_ topic: String, on connection: Int) {
        _ = withClient(of: connection) { mosquitto_unsubscribe($0, nil, topic) }
    }

    /// Ends the connection and then the thread.
    ///
    /// - Parameter politely: take leave, so that the broker does not publish the will; else the
    ///   socket is shut.
    func stop(politely: Bool) {
        shared.withLock { shared in
            shared.stopping = true
            guard let client = shared.client else { return }
            if politely {
                mosquitto_disconnect(client)
            } else {
                let socket = mosquitto_socket(client)
                if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
            }
        }
        eventfd_write(wake, 1)
    }

    private func withClient(
        of connection: Int, _ call: (OpaquePointer) -> Int32
    ) -> Int32? {
        shared.withLock { shared in
            guard shared.connection == connection, let client = shared.client else { return nil }
            return call(client)
        }
    }

    // MARK: The thread

    fileprivate var isStopping: Bool { shared.withLock { $0.stopping } }

    private func run() {
        var reconnection = Reconnection(delays: settings.reconnectDelay)
        var protocolVersion =
            settings.version == .three ? MQTT_PROTOCOL_V311 : MQTT_PROTOCOL_V5
        var number = 0
        while !isStopping {
            number += 1
            let connection = Connection(number: number, thread: self)
            let error = runOne(connection, protocolVersion)
            if isStopping { break }
            if connection.isProtocolRefused, protocolVersion == MQTT_PROTOCOL_V5,
                settings.version == .newest
            {
                // Brokers before MQTT 5 refuse it; they get what they know, at once.
                protocolVersion = MQTT_PROTOCOL_V311
                continue
            }
            let wait = reconnection.wait(
                afterLasting: connection.began.map { $0.duration(to: .now) },
                explained: connection.isEndExplained, jitter: Double.random(in: 0...1))
            let isGuessed = reconnection.looksLikeTakeover && !connection.isTakenOver
            events.send(
                .ended(
                    number,
                    isGuessed ? .takenOver(clientID: settings.clientID, certain: false) : error))
            sleep(wait)
        }
        events.send(.finished)
    }

    /// One connection from its making to its end; why it ended.
    private func runOne(_ connection: Connection, _ protocolVersion: Int32) -> BrokerError {
        let user = Unmanaged.passUnretained(connection).toOpaque()
        guard let client = mosquitto_new(settings.clientID, true, user) else {
            return .notStarted(cause: Self.systemText(errno))
        }
        defer {
            shared.withLock { $0.client = nil }
            mosquitto_destroy(client)
        }
        if let error = configure(client, protocolVersion) { return error }
        // Brokers that speak MQTT 5 do not send us what is larger than this, whatever it is.
        var properties: OpaquePointer?
        if protocolVersion == MQTT_PROTOCOL_V5 {
            mosquitto_property_add_int32(
                &properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), 1 << 20)
        }
        defer { mosquitto_property_free_all(&properties) }
        let result = mosquitto_connect_bind_v5(
            client, settings.host, Int32(settings.port), settings.libraryKeepAlive, nil, properties)
        let systemError = errno
        guard result == Self.success else {
            return connectError(of: connection, result, systemError)
        }

        shared.withLock {
            $0.client = client
            $0.connection = connection.number
        }
        let started = ContinuousClock.now
        while !(isStopping && connection.began == nil) {
            if connection.began == nil, started.duration(to: .now) > Self.answerTime {
                return .noAnswer(address: settings.address)
            }
            let code = mosquitto_loop(client, connection.began == nil ? 1000 : 60_000, 1)
            if code != Self.success { return endError(of: connection, code, errno) }
        }
        return .noAnswer(address: settings.address)
    }

    /// How long a broker may take to answer a CONNECT.
    private static let answerTime = Duration.seconds(20)

    private func configure(_ client: OpaquePointer, _ protocolVersion: Int32) -> BrokerError? {
        mosquitto_threaded_set(client, true)
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, protocolVersion)
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
                return .notStarted(cause: Self.libraryText(result))
            }
        }
        if let tls = settings.tls {
            let systemAuthorities = tls.authorities == nil ? "/etc/ssl/certs" : nil
            let result = mosquitto_tls_set(
                client, tls.authorities, systemAuthorities, tls.certificate, tls.key, nil)
            guard result == Self.success else {
                return .badTLSFiles(cause: Self.libraryText(result))
            }
            mosquitto_tls_insecure_set(client, tls.insecure)
        }
        setCallbacks(client)
        return nil
    }

    /// Waits, unless the thread is stopped.
    private func sleep(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        let milliseconds = Int32(
            clamping: min(seconds, 86_400) * 1000 + attoseconds / 1_000_000_000_000_000)
        var descriptor = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, milliseconds)
    }

    /// libmosquitto's own set-up, once in a process.
    private static let library: Void = { mosquitto_lib_init() }()
}

/// What the callbacks of one connection learn. Only the thread touches it.
private final class Connection {
    let number: Int
    let thread: MosquittoThread
    /// When the broker accepted us.
    var began: ContinuousClock.Instant?
    /// Why the broker did not.
    var refusal: Int32?
    /// The reason in the broker's DISCONNECT (MQTT 5), or the library's own.
    var disconnectReason: Int32?
    /// The first that the library said of the secure connection.
    var tlsFault: TLSFault?
    var unusableFile: String?

    init(number: Int, thread: MosquittoThread) {
        self.number = number
        self.thread = thread
    }

    var isProtocolRefused: Bool { refusal == 1 || refusal == 132 }
    var isTakenOver: Bool { disconnectReason == 142 }
    /// Whether the broker said why it ended the connection.
    var isEndExplained: Bool { (disconnectReason ?? 0) >= 128 }
}

// Callbacks, called on the thread from within `mosquitto_loop`.
extension MosquittoThread {
    private func setCallbacks(_ client: OpaquePointer) {
        mosquitto_log_callback_set(client) { client, user, level, text in
            guard level == Int32(MOSQ_LOG_ERR), let text, let connection = connection(user),
                connection.began == nil
            else { return }
            let words = String(cString: text)
            if words.contains("Unable to load") {
                connection.unusableFile = words
            } else if connection.tlsFault == nil {
                let tls = mosquitto_ssl_get(client).map(OpaquePointer.init)
                connection.tlsFault = TLSFault(
                    words, verification: tls.map { SSL_get_verify_result($0) } ?? 0)
            }
        }
        mosquitto_connect_v5_callback_set(client) { _, user, reason, _, _ in
            let connection = connection(user)
            if reason == 0 {
                connection?.began = .now
                if let connection { connection.thread.events.send(.connected(connection.number)) }
            } else {
                connection?.refusal = reason
            }
        }
        mosquitto_disconnect_v5_callback_set(client) { _, user, reason, _ in
            // The library calls again, with a code of its own, when the socket closes.
            let connection = connection(user)
            connection?.disconnectReason = connection?.disconnectReason ?? reason
        }
        mosquitto_publish_v5_callback_set(client) { _, user, number, reason, _ in
            guard let connection = connection(user) else { return }
            connection.thread.events.send(
                .acknowledged(connection.number, number: number, reason: reason))
        }
        mosquitto_subscribe_v5_callback_set(client) { _, user, number, count, granted, _ in
            guard let connection = connection(user), count > 0, let granted else { return }
            connection.thread.events.send(
                .subscribed(connection.number, number: number, reason: granted[0]))
        }
        mosquitto_message_v5_callback_set(client) { _, user, message, _ in
            guard let connection = connection(user), let message = message?.pointee,
                let topic = message.topic
            else { return }
            var incoming = Incoming(topic: String(cString: topic))
            if message.payloadlen <= MosquittoThread.longestPayload {
                incoming.payload = Array(
                    UnsafeRawBufferPointer(
                        start: message.payload, count: Int(max(message.payloadlen, 0))))
            }
            // While the loop has enough to do, the broker waits.
            while !connection.thread.messages.send(incoming), !connection.thread.isStopping {
                usleep(1000)
            }
        }
    }
}

private func connection(_ user: UnsafeMutableRawPointer?) -> Connection? {
    user.map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
}

// What went wrong, in words.
extension MosquittoThread {
    private func connectError(
        of connection: Connection, _ code: Int32, _ systemError: Int32
    ) -> BrokerError {
        if let error = secureError(of: connection, systemError) { return error }
        return switch code {
        case Self.code(MOSQ_ERR_EAI): .hostUnknown(settings.host)
        case Self.code(MOSQ_ERR_ERRNO):
            .unreachable(address: settings.address, cause: Self.systemText(systemError))
        case Self.code(MOSQ_ERR_TLS), Self.code(MOSQ_ERR_TLS_HANDSHAKE):
            .notTrusted(address: settings.address, .other(Self.libraryText(code)))
        default: .notStarted(cause: Self.libraryText(code))
        }
    }

    private func endError(
        of connection: Connection, _ code: Int32, _ systemError: Int32
    ) -> BrokerError {
        let address = settings.address
        if let refusal = connection.refusal {
            return switch refusal {
            // MQTT 3.1.1 (3.2.2.3): 2, 4, 5; MQTT 5 (3.2.2.2): 133, 134, 135.
            case 1, 132: .versionRefused(address: address)
            case 2, 133: .clientIDRefused(settings.clientID)
            case 4, 5, 134, 135: .loginRefused(user: settings.user)
            case 3:
                .refused(
                    address: address, cause: String(cString: mosquitto_connack_string(refusal)))
            default:
                .refused(address: address, cause: String(cString: mosquitto_reason_string(refusal)))
            }
        }
        if connection.isTakenOver {
            return .takenOver(clientID: settings.clientID, certain: true)
        }
        let cause: String
        if let reason = connection.disconnectReason, reason >= 128 {
            cause = String(cString: mosquitto_reason_string(reason))
        } else if code == Self.code(MOSQ_ERR_ERRNO) {
            cause = Self.systemText(systemError)
        } else {
            cause = Self.libraryText(code)
        }
        if settings.tls != nil, connection.began == nil {
            return secureError(of: connection, systemError)
                ?? .notTrusted(address: address, .other(cause))
        }
        return .lost(address: address, cause: cause)
    }

    /// What the library said while the secure connection was made; nil if that was not the fault.
    private func secureError(of connection: Connection, _ systemError: Int32) -> BrokerError? {
        guard settings.tls != nil else { return nil }
        if let cause = connection.unusableFile { return .badTLSFiles(cause: cause) }
        if let fault = connection.tlsFault {
            return .notTrusted(address: settings.address, fault)
        }
        // TLS 1.3: the broker misses our certificate only after the handshake.
        return systemError == EPROTO
            ? .notTrusted(address: settings.address, .certificateWanted) : nil
    }

    private static let success = code(MOSQ_ERR_SUCCESS)

    private static func code(_ error: mosq_err_t) -> Int32 { Int32(error.rawValue) }

    /// The library's sentence without its full stop, which our own sentences have.
    private static func libraryText(_ code: Int32) -> String {
        var text = String(cString: mosquitto_strerror(code))
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    private static func systemText(_ error: Int32) -> String { String(cString: strerror(error)) }
}
