import Decoder
import Receivers
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Telegrams that are handed on as they were received.
@Suite struct FrameForwardTests {
    static let time = WallTime(seconds: 1_795_590_249, nanoseconds: 120_000_000)

    private func message(
        _ settings: ForwardSettings, _ frame: RadioFrame, meters: [MeterSettings]? = nil,
        isForFleet: Bool = false
    ) throws -> OutgoingMessage? {
        let forward = FrameForward(
            settings, gateway: "house", meters: meters ?? [GasMeter.settings(key: nil)],
            isForFleet: isForFleet)
        return try forward.message(for: frame, from: "cellar", at: Self.time)
    }

    private func settings(_ form: ForwardSettings.Form = .json) -> ForwardSettings {
        var settings = ForwardSettings(topic: "house/telegrams")
        settings.form = form
        return settings
    }

    @Test func everyFormIsReadAgain() throws {
        var frame = GasMeter.frame
        frame.signalStrength = -71.5
        frame.linkMode = .c1
        for form in ForwardSettings.Form.allCases {
            let message = try #require(try message(settings(form), frame))
            #expect(message.topic == "house/telegrams")
            #expect(!message.retain)
            let read = try TelegramMessage(message.payload)
            let link = try LinkLayerFrame(parsing: read.frame)
            #expect(Hex.text(link.octets) == GasMeter.crcsRemoved)
            #expect((message.payload.first == UInt8(ascii: "!")) == (form == .marked))
            guard form == .json else { continue }
            #expect(read.frame.signalStrength == -71.5)
            #expect(read.frame.linkMode == .c1)
            #expect(read.receiver == "cellar")
            #expect(read.gateway == "house")
            #expect(read.time == .seconds(1_795_590_249) + .milliseconds(120))
        }
    }

    @Test func neighboursAreLeftOut() throws {
        let foreign = GasMeter.clear(number: 0x8765_4321)
        #expect(try message(settings(), foreign) == nil)
        #expect(try message(settings(), GasMeter.frame, meters: []) == nil)
        var all = settings()
        all.foreignMeters = true
        #expect(try message(all, foreign, meters: []) != nil)
        // Whichever way the id is written.
        let short = GasMeter.settings(id: "12345678", key: nil)
        #expect(try message(settings(), GasMeter.frame, meters: [short]) != nil)
    }

    @Test func damagedOnesAreNotHandedOn() {
        var frame = GasMeter.frame
        frame.octets[20] ^= 1
        #expect(throws: LinkLayerError.self) { try message(settings(), frame) }
    }

    /// All gateways of a fleet put a meter's telegrams on one shard's topic.
    @Test func aFleetsTopicHasTheShard() throws {
        let message = try #require(try message(settings(), GasMeter.frame, isForFleet: true))
        let levels = message.topic.split(separator: "/")
        #expect(levels.count == 4)
        #expect(levels.last == "house")
        let shard = try #require(FleetShards.shard(named: levels[2]))
        #expect(FleetTopics(base: "house/telegrams").frames(of: shard).hasSuffix("/\(levels[2])/+"))
    }

    @Test func shardsAreEven() {
        var counts = [Int](repeating: 0, count: FleetShards.count)
        for number in 0..<UInt64(64_000) {
            let address = MeterAddress(packed: 0x0701_0000_0000_15B1 &+ number << 16)
            counts[FleetShards.shard(of: address)] += 1
        }
        #expect(counts.allSatisfy { (800...1200).contains($0) })
    }

    @Test(arguments: ["", "0", "64", "-1", "007", "+1", "a1"])
    func otherNamesAreNoShard(name: String) {
        #expect(FleetShards.shard(named: name) == nil)
    }

    /// One program is the other's concentrator, over a real broker.
    @Test(arguments: ForwardSettings.Form.allCases)
    func anotherProgramReadsIt(form: ForwardSettings.Form) throws {
        let loop = EventLoop()
        let broker = try RealBroker()
        let datagrams = try Datagrams()
        var concentrator = Configuration()
        concentrator.mqtt.broker = broker.settings("concentrator")
        concentrator.mqtt.baseTopic = "concentrator"
        concentrator.meters = [GasMeter.settings(key: nil)]
        concentrator.forward = ForwardSettings(topic: "energy2mqtt/oms_input")
        concentrator.forward?.form = form
        concentrator.receivers = [
            ReceiverSettings(
                name: "cellar",
                input: .udp(NetworkAddress(host: "127.0.0.1", port: datagrams.port)))
        ]
        var reader = Configuration()
        reader.mqtt.broker = broker.settings("reader")
        reader.meters = [GasMeter.settings()]
        reader.receivers = []
        let watcher = Recorder(broker.settings("w"), on: loop, subscribing: ["energy2mqtt/#"])
        let lines = GatewayTests.Lines()
        let programs = try [concentrator, reader].map {
            try Gateway($0, log: lines.logger, loop: loop)
        }
        for program in programs { program.start() }
        let topic = "energy2mqtt/devs/OMS/Gas"
        var rounds = 0
        loop.turn(until: {
            rounds += 1
            if rounds % 4 == 1 { datagrams.send(GasMeter.formatA) }
            return !watcher.texts(topic).isEmpty
        })
        let name = form == .json ? "concentrator/cellar" : "oms_input"
        #expect(watcher.texts(topic).first?.contains(#""receiver":"\#(name)""#) == true)
        for program in programs {
            var isStopped = false
            program.stop { isStopped = true }
            loop.turn(until: { isStopped })
        }
        watcher.stop()
    }
}
