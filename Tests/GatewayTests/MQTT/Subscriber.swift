import Receivers
import TestSupport
import Testing

@testable import Gateway

/// A client that writes down what it is told.
final class Recorder {
    let client: MosquittoClient
    private let loop: EventLoop
    private final class Notes { var events: [MQTTEvent] = [] }
    private let notes = Notes()

    init(
        _ settings: BrokerSettings, on loop: EventLoop, subscribing topics: [String] = [],
        outbox: DurableOutbox? = nil, rules: DeliveryRules? = nil
    ) {
        self.loop = loop
        let notes = notes
        client = MosquittoClient(
            settings: settings, outbox: outbox, rules: rules, loop: loop
        ) { notes.events.append($0) }
        for topic in topics { client.subscribe(topic) }
        client.start()
    }

    var events: [MQTTEvent] { notes.events }

    var errors: [BrokerError] {
        events.compactMap { if case .disconnected(let error) = $0 { error } else { nil } }
    }

    var messages: [(topic: String, payload: [UInt8])] {
        events.compactMap {
            if case .message(let topic, let payload) = $0 { (topic, payload) } else { nil }
        }
    }

    /// The texts that came to `topic`.
    func texts(_ topic: String) -> [String] {
        messages.filter { $0.topic == topic }.map { String(decoding: $0.payload, as: UTF8.self) }
    }

    /// Stops the client and waits for it.
    func stop() {
        var stopped = false
        client.stop { _ in stopped = true }
        loop.turn(until: { stopped })
    }
}

extension EventLoop {
    /// Runs until `condition` holds; an issue if it does not in time.
    func turn(
        within limit: Duration = patience, until condition: () -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let deadline = ContinuousClock.now + limit
        while !condition() {
            guard .now < deadline else {
                Issue.record("nothing came in time", sourceLocation: sourceLocation)
                return
            }
            turn(atMost: .milliseconds(50))
        }
    }
}

extension RealBroker {
    /// Settings for this broker that try again soon.
    func settings(
        _ clientID: String, user: String? = nil, password: String? = nil,
        will: MQTTMessage? = nil, keepAlive: UInt16 = 60
    ) -> BrokerSettings {
        BrokerSettings(
            host: "127.0.0.1", port: port, user: user, password: password, clientID: clientID,
            will: will, keepAlive: keepAlive,
            reconnectDelay: .milliseconds(20) ... .milliseconds(100))
    }
}
