import Glibc
import Receivers
import TestSupport
import Testing

@testable import Gateway

/// The client against a real broker.
@Suite(.serialized) struct MosquittoClientTests {
    let loop = EventLoop()

    static let payloads: [[UInt8]] = [
        [], [0], Array("28504.27 m³".utf8), Array(0...255), [0xFF, 0xFE, 0x80],
        [UInt8](repeating: 0xA5, count: 256 << 10),
    ]

    @Test func payloadsArriveExactlyAndAreAcknowledged() throws {
        let broker = try RealBroker()
        let sender = Recorder(broker.settings("sender"), on: loop)
        let receiver = Recorder(broker.settings("receiver"), on: loop, subscribing: ["t/#"])
        loop.turn(until: { sender.client.isConnected && receiver.client.isConnected })
        waitForSubscription(of: receiver, at: "t/probe", from: sender)
        let ids = Self.payloads.map {
            sender.client.publish(MQTTMessage(topic: "t/x", payload: $0))
        }
        loop.turn(until: { receiver.messages.count { $0.topic == "t/x" } >= Self.payloads.count })
        #expect(receiver.messages.filter { $0.topic == "t/x" }.map(\.payload) == Self.payloads)
        loop.turn(until: { sender.client.unacknowledged == 0 })
        for id in ids { #expect(sender.events.contains(.published(id))) }
        sender.stop()
        receiver.stop()
    }

    @Test func aMessageThatIsTooLargeIsToldAndNotTaken() throws {
        let broker = try RealBroker()
        let sender = Recorder(broker.settings("sender"), on: loop)
        let receiver = Recorder(broker.settings("receiver"), on: loop, subscribing: ["t/#"])
        loop.turn(until: { sender.client.isConnected && receiver.client.isConnected })
        waitForSubscription(of: receiver, at: "t/probe", from: sender)
        let large = [UInt8](repeating: 1, count: (256 << 10) + 1)
        sender.client.publish(MQTTMessage(topic: "t/large", payload: large))
        loop.turn(until: { receiver.events.contains(.oversized(topic: "t/large")) })
        #expect(receiver.messages.allSatisfy { $0.topic != "t/large" })
        sender.stop()
        receiver.stop()
    }

    @Test func aTopicThatCannotBeSentIsToldAndTheNextOneGoesOut() throws {
        let broker = try RealBroker()
        let sender = Recorder(broker.settings("sender"), on: loop)
        let bad = sender.client.publish(MQTTMessage(topic: "a/+/b", payload: []))
        let good = sender.client.publish(MQTTMessage(topic: "a/b", payload: []))
        loop.turn(until: { sender.events.contains(.published(good)) })
        #expect(
            sender.events.contains {
                if case .notPublished(bad, topic: "a/+/b", _) = $0 { true } else { false }
            })
        sender.stop()
    }

    /// Only MQTT 5 tells.
    @Test func aTopicThatIsForbiddenIsToldAndTheNextOneGoesOut() throws {
        let directory = TemporaryDirectory()
        directory.write("topic write allowed\n", to: "acl")
        let broker = try RealBroker(lines: ["acl_file \(directory.file("acl"))"])
        let sender = Recorder(broker.settings("sender"), on: loop)
        let bad = sender.client.publish(MQTTMessage(topic: "forbidden", text: "1"))
        let good = sender.client.publish(MQTTMessage(topic: "allowed", text: "1"))
        loop.turn(until: { sender.events.contains(.published(good)) })
        let cause = "the broker does not let us. Allow it in the broker's access list"
        #expect(sender.events.contains(.notPublished(bad, topic: "forbidden", cause: cause)))
        sender.stop()
    }

    @Test func aMessageLargerThanTheBrokerTakesIsTold() throws {
        let broker = try RealBroker(lines: ["max_packet_size 100"])
        let sender = Recorder(broker.settings("sender"), on: loop)
        loop.turn(until: { sender.client.isConnected })
        let large = sender.client.publish(
            MQTTMessage(topic: "t", payload: [UInt8](repeating: 1, count: 100)))
        let small = sender.client.publish(MQTTMessage(topic: "t", text: "1"))
        loop.turn(until: { sender.events.contains(.published(small)) })
        let told = sender.events.contains {
            guard case .notPublished(large, topic: "t", let cause) = $0 else { return false }
            return cause.contains("`max_packet_size`")
        }
        #expect(told)
        sender.stop()
    }

    @Test func theWillComesWhenTheConnectionIsCutAndNotAfterALeave() throws {
        let broker = try RealBroker()
        let will = MQTTMessage(topic: "s/status", text: "offline", retain: true)
        let watcher = Recorder(broker.settings("watcher"), on: loop, subscribing: ["s/#"])
        loop.turn(until: { watcher.client.isConnected })

        let polite = Recorder(broker.settings("polite", will: will), on: loop)
        polite.client.publish(MQTTMessage(topic: "s/status", text: "online", retain: true))
        loop.turn(until: { watcher.texts("s/status").contains("online") })
        var unsent = -1
        polite.client.stop(lastly: MQTTMessage(topic: "s/last", text: "bye")) { unsent = $0 }
        loop.turn(until: { unsent >= 0 && watcher.texts("s/last") == ["bye"] })
        #expect(unsent == 0)
        #expect(!watcher.texts("s/status").contains("offline"))

        // The same, but with somebody who takes the client id: the broker ends the first one.
        let first = Recorder(broker.settings("twin", will: will), on: loop)
        loop.turn(until: { first.client.isConnected })
        let second = Recorder(broker.settings("twin"), on: loop)
        loop.turn(until: { watcher.texts("s/status").contains("offline") })
        first.stop()
        second.stop()
        watcher.stop()
    }

    @Test func nothingIsLostWhileTheBrokerIsStoppedTwentyTimes() throws {
        let broker = try RealBroker(lines: [])
        let directory = TemporaryDirectory()
        let outbox = DurableOutbox(path: directory.file("outbox.db")) { _ in }
        let sender = Recorder(broker.settings("sender"), on: loop, outbox: outbox)
        let receiver = Recorder(broker.settings("receiver"), on: loop, subscribing: ["n/#"])
        var ids: [MosquittoClient.MessageID] = []
        var number = 0
        func publish(_ count: Int) {
            for _ in 0..<count {
                ids.append(
                    sender.client.keep(
                        OutgoingMessage(
                            topic: "n/value", payload: Array(String(number).utf8),
                            time: WallTime.now.seconds)))
                number += 1
            }
        }
        for round in 0..<20 {
            loop.turn(until: { sender.client.isConnected && receiver.client.isConnected })
            waitForSubscription(of: receiver, at: "n/probe/\(round)", from: sender)
            publish(4)
            if round.isMultiple(of: 2) { broker.stop() } else { broker.kill() }
            publish(3)
            loop.turn(until: { !sender.client.isConnected && !receiver.client.isConnected })
            publish(3)
            try broker.start()
        }
        loop.turn(until: { sender.client.unacknowledged == 0 })
        #expect(number == 200)
        #expect(sender.client.dropped == 0)
        // Every message was acknowledged, and told so once.
        let published = sender.events.compactMap {
            if case .published(let id) = $0 { id } else { nil }
        }
        #expect(Set(ids).isSubset(of: published))
        #expect(Set(published).count == published.count)
        sender.stop()
        receiver.stop()
    }

    @Test func aRefusedPasswordSaysWhatToDo() throws {
        let broker = try RealBroker(login: ("anna", "right"))
        let wrong = Recorder(
            broker.settings("wrong", user: "anna", password: "secret-and-wrong"), on: loop)
        let without = Recorder(broker.settings("without"), on: loop)
        let right = Recorder(broker.settings("right", user: "anna", password: "right"), on: loop)
        loop.turn(until: {
            right.client.isConnected && !wrong.errors.isEmpty && !without.errors.isEmpty
        })
        #expect(wrong.errors.first == .loginRefused(user: "anna"))
        #expect(without.errors.first == .loginRefused(user: nil))
        let text = "\(wrong.errors[0])"
        #expect(text.contains("`user` and `pass`") && text.contains("anna"))
        #expect(!text.contains("secret-and-wrong"))
        for recorder in [wrong, without, right] { recorder.stop() }
    }

    @Test func aBrokerThatIsNotThereIsNamed() throws {
        let port = try FreePort.find()
        let alone = Recorder(
            BrokerSettings(
                host: "127.0.0.1", port: port, clientID: "alone",
                reconnectDelay: .milliseconds(20) ... .milliseconds(50)), on: loop)
        loop.turn(until: { alone.errors.count >= 3 })
        #expect(
            alone.errors[0]
                == .unreachable(address: "127.0.0.1:\(port)", cause: "Connection refused"))
        alone.stop()
    }

    @Test func stopDoesNotWaitForABrokerThatHangs() throws {
        // One that never answers the CONNECT,
        let (descriptor, port) = try FreePort.listen(backlog: 8)
        defer { close(descriptor) }
        let unanswered = Recorder(
            BrokerSettings(host: "127.0.0.1", port: port, clientID: "unanswered"), on: loop)
        unanswered.client.publish(MQTTMessage(topic: "t", text: "waits"))
        for _ in 0..<5 { loop.turn(atMost: .milliseconds(20)) }
        var unsent: Int?
        unanswered.client.stop { unsent = $0 }
        loop.turn(until: { unsent != nil })
        #expect(unsent == 1)

        // and one that hangs later.
        let broker = try RealBroker()
        let frozen = Recorder(broker.settings("frozen"), on: loop)
        loop.turn(until: { frozen.client.isConnected })
        broker.freeze()
        frozen.client.publish(MQTTMessage(topic: "t", text: "waits"))
        unsent = nil
        frozen.client.stop(lastly: MQTTMessage(topic: "t", text: "last")) { unsent = $0 }
        loop.turn(until: { unsent != nil })
        #expect(unsent == 2)
    }

    @Test func aTakenClientIDIsNamed() throws {
        let broker = try RealBroker()
        let first = Recorder(broker.settings("same"), on: loop)
        loop.turn(until: { first.client.isConnected })
        let second = Recorder(broker.settings("same"), on: loop)
        let takenOver = { (error: BrokerError) in
            if case .takenOver(clientID: "same", _) = error { true } else { false }
        }
        loop.turn(until: { (first.errors + second.errors).contains(where: takenOver) })
        let named = try #require((first.errors + second.errors).first(where: takenOver))
        #expect("\(named)".contains("`client_name`"))
        first.stop()
        second.stop()
    }

    /// How soon, `theLibraryTestsAConnectionEarly` tells.
    @Test func aConnectionThatIsDeadWithoutHavingEndedIsFound() throws {
        let broker = try RealBroker()
        let gate = try Gate(before: broker.port, on: loop)
        gate.isOpen = true
        var settings = broker.settings("half-open", keepAlive: 8)
        settings.port = gate.port
        let client = Recorder(settings, on: loop)
        loop.turn(until: { client.client.isConnected })
        gate.isForwarding = false
        loop.turn(until: { !client.errors.isEmpty })
        guard case .lost? = client.errors.first else {
            Issue.record("\(client.errors)")
            return
        }
        gate.isForwarding = true
        loop.turn(until: { client.client.isConnected })
        client.stop()
    }

    /// The broker drops who says nothing for one and a half of the keep-alive; acknowledging a
    /// message counts.
    @Test func whoOnlyListensStaysConnected() throws {
        let broker = try RealBroker()
        var settings = broker.settings("listener")
        settings.keepAlive = 8
        let sender = Recorder(broker.settings("sender"), on: loop)
        let listener = Recorder(settings, on: loop, subscribing: ["t"])
        loop.turn(until: { sender.client.isConnected && listener.client.isConnected })
        waitForSubscription(of: listener, at: "t", from: sender)
        var seconds = 0
        while seconds < 20 {
            let until = loop.now + .seconds(1)
            loop.turn(until: { loop.now >= until })
            seconds += 1
            // One is acknowledged within the first keep-alive, none of the later ones.
            if seconds >= 3 {
                var message = MQTTMessage(topic: "t", text: "\(seconds)")
                message.quality = seconds == 3 ? 1 : 0
                sender.client.publish(message)
            }
        }
        loop.turn(until: { listener.texts("t").last == "20" })
        #expect(listener.errors.isEmpty)
        sender.stop()
        listener.stop()
    }

    @Test(arguments: [(10, 5), (60, 43), (3600, 2698)] as [(UInt16, Int32)])
    func theLibraryTestsAConnectionEarly(keepAlive: UInt16, expected: Int32) {
        let settings = BrokerSettings(host: "a", keepAlive: keepAlive)
        #expect(settings.libraryKeepAlive == expected)
        #expect(2 * (settings.libraryKeepAlive + 1) <= Int32(keepAlive) * 3 / 2)
    }

    @Test(arguments: [(ProtocolVersion.five, UInt8(5)), (.three, 4)])
    func theVersionCanBeChosen(version: ProtocolVersion, level: UInt8) throws {
        let (listener, port) = try FreePort.listen(backlog: 8)
        defer { close(listener) }
        var levels: [UInt8] = []
        let watch = loop.watch(listener) { _ in
            let socket = accept(listener, nil, nil)
            var packet = [UInt8](repeating: 0, count: 128)
            guard read(socket, &packet, packet.count) > 8 else { return }
            levels.append(packet[8])
            // CONNACK: this version of the protocol is not spoken (MQTT 5: 0x84, MQTT 3.1.1: 1).
            let refusal: [UInt8] = packet[8] == 5 ? [0x20, 3, 0, 0x84, 0] : [0x20, 2, 0, 1]
            _ = write(socket, refusal, refusal.count)
            close(socket)
        }
        var settings = BrokerSettings(host: "127.0.0.1", port: port, clientID: "chosen")
        settings.version = version
        let client = Recorder(settings, on: loop)
        loop.turn(until: { client.errors.count >= 2 })
        #expect(Set(levels) == [level])
        #expect(
            client.errors.allSatisfy { "\($0)".contains("`protocol: auto`") }, "\(client.errors)")
        client.stop()
        loop.cancel(watch)
    }

    @Test(arguments: [0, 1, 2] as [Int32])
    func everyQualityIsSentAsConfigured(quality: Int32) throws {
        let broker = try RealBroker()
        let topics = try Topics()
        var delivery = Delivery()
        delivery.quality[.readings] = quality
        delivery.retained[.readings] = true
        let sender = Recorder(
            broker.settings("sender"), on: loop,
            rules: DeliveryRules(delivery: delivery, topics: topics))
        loop.turn(until: { sender.client.isConnected })
        let reading = sender.client.keep(
            OutgoingMessage(topic: topics.reading(of: "x"), payload: [1], time: 0))
        loop.turn(until: { sender.events.contains(.published(reading)) })
        // What is retained comes to whoever subscribes later.
        let late = Recorder(broker.settings("late"), on: loop, subscribing: ["energy2mqtt/#"])
        loop.turn(until: { late.messages.count == 1 })
        sender.stop()
        late.stop()
    }

    @Test func descriptorsAreGivenBack() throws {
        let broker = try RealBroker()
        /// The lowest free descriptor: it rises by as much as is kept.
        func lowestFree() -> Int32 {
            let lowest = dup(0)
            close(lowest)
            return lowest
        }
        let before = lowestFree()
        for round in 0..<100 {
            let client = Recorder(broker.settings("client\(round)"), on: loop)
            loop.turn(until: { client.client.isConnected })
            client.stop()
        }
        // Tests that run beside this one hold some, but not one for each round.
        #expect(lowestFree() < before + 90)
    }

    /// - Parameter code: what it says to a version that it does not know; some look at the password
    ///   before.
    @Test(arguments: [1, 4, 5] as [UInt8])
    func aBrokerBeforeMQTT5IsSpokenToInItsOwnVersion(code: UInt8) throws {
        let (listener, port) = try FreePort.listen(backlog: 8)
        defer { close(listener) }
        var levels: [UInt8] = []
        var open: [Int32] = []
        let watch = loop.watch(listener) { _ in
            let socket = accept(listener, nil, nil)
            var packet = [UInt8](repeating: 0, count: 128)
            // CONNECT: type, length, "MQTT" with its length, protocol level.
            guard read(socket, &packet, packet.count) > 8 else { return }
            levels.append(packet[8])
            // CONNACK: refused, or accepted.
            let answer: [UInt8] = [0x20, 2, 0, packet[8] == 5 ? code : 0]
            _ = write(socket, answer, answer.count)
            open.append(socket)
        }
        let client = Recorder(
            BrokerSettings(host: "127.0.0.1", port: port, clientID: "old"), on: loop)
        loop.turn(until: { client.client.isConnected })
        #expect(levels == [5, 4])
        #expect(client.errors.isEmpty)
        client.stop()
        loop.cancel(watch)
        for socket in open { close(socket) }
    }

    /// Publishes until the subscription of `receiver` is seen to work.
    private func waitForSubscription(
        of receiver: Recorder, at topic: String, from sender: Recorder
    ) {
        let deadline = ContinuousClock.now + patience
        repeat {
            sender.client.publish(MQTTMessage(topic: topic, text: "probe"))
            for _ in 0..<5 where receiver.texts(topic).isEmpty {
                loop.turn(atMost: .milliseconds(10))
            }
        } while receiver.texts(topic).isEmpty && ContinuousClock.now < deadline
        #expect(!receiver.texts(topic).isEmpty)
    }
}
