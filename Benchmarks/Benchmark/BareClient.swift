import CMosquitto
import Glibc
import Synchronization

/// A client that is libmosquitto and nothing else: what a broker itself can do shows with it.
final class BareClient: Sendable {
    /// The library takes calls from any thread.
    nonisolated(unsafe) private let client: OpaquePointer?
    private let sent = Atomic<Int>(0)
    private let acknowledgements = Atomic<Int>(0)
    private let messages = Atomic<Int>(0)
    private let nanoseconds = Atomic<Int>(0)

    /// What is published for each message that comes, if anything.
    private let answers: [(topic: String, payload: [UInt8])]

    /// So many may wait inside the library.
    private static let mostWaiting = 2000

    init(
        _ name: String, broker port: UInt16, subscribing topic: String? = nil,
        answering answers: [(topic: String, payload: [UInt8])] = []
    ) {
        self.answers = answers
        mosquitto_lib_init()
        client = mosquitto_new(name, true, nil)
        mosquitto_user_data_set(client, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
        mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1)
        mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, 1000)
        mosquitto_max_inflight_messages_set(client, 1000)
        mosquitto_publish_callback_set(client) { _, user, _ in
            bareClient(user)?.acknowledgements.add(1, ordering: .relaxed)
            bareClient(user)?.nanoseconds.store(Cost.now, ordering: .relaxed)
        }
        mosquitto_message_callback_set(client) { _, user, _ in
            guard let this = bareClient(user) else { return }
            this.messages.add(1, ordering: .relaxed)
            for (topic, payload) in this.answers {
                mosquitto_publish(this.client, nil, topic, Int32(payload.count), payload, 1, false)
            }
            this.nanoseconds.store(Cost.now, ordering: .relaxed)
        }
        mosquitto_connect(client, "127.0.0.1", Int32(port), 60)
        if let topic { mosquitto_subscribe(client, nil, topic, 1) }
        mosquitto_loop_start(client)
    }

    deinit {
        mosquitto_disconnect(client)
        mosquitto_loop_stop(client, false)
        mosquitto_destroy(client)
    }

    /// How many messages have come.
    var received: Int { messages.load(ordering: .relaxed) }

    /// How many of its answers the broker has.
    var answered: Int { acknowledgements.load(ordering: .relaxed) }

    /// What the client's own thread had used of the processor at the last message.
    var processorTime: Duration { .nanoseconds(nanoseconds.load(ordering: .relaxed)) }

    /// Publishes with QoS 1; waits while too many are not acknowledged.
    func publish(_ payload: [UInt8], on topic: String) {
        while sent.load(ordering: .relaxed) - acknowledgements.load(ordering: .relaxed)
            > Self.mostWaiting
        {
            usleep(200)
        }
        sent.add(1, ordering: .relaxed)
        mosquitto_publish(client, nil, topic, Int32(payload.count), payload, 1, false)
    }
}

private func bareClient(_ user: UnsafeMutableRawPointer?) -> BareClient? {
    user.map { Unmanaged<BareClient>.fromOpaque($0).takeUnretainedValue() }
}
