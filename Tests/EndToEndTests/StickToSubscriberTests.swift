import Glibc
import Simulator
import TestSupport
import Testing
import Wire

/// From a stick's bytes to a subscriber of a real broker: each simulated stick through the real
/// program.
@Suite(.serialized) struct StickToSubscriberTests {
    static let annexN =
        "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520E"
        + "DFF0EA6DEFC99D6D69EBF3"

    /// Equal telegrams that follow each other at once would be taken for copies of one.
    static let numbered = NumberedTelegrams(meters: 1)
    static let numberedMeter = "  - {name: gas, id: \(numbered.id(0))}"

    /// The example of OMS Vol. 2, annex N, octet by octet and with noise around it.
    @Test(arguments: StickModel.allCases)
    func annexN(_ model: StickModel) throws {
        let house = try Household()
        let link = house.directory + "/stick"
        let simulation = try StickSimulation(
            stick: model.stick, link: link, telegrams: [try Hex.octets(Self.annexN)],
            options: .init(noise: true, splitting: .singleBytes))
        simulation.start()
        defer { simulation.stopAndWait() }
        try house.startBroker()
        try house.startSubscriber()
        try house.startGateway(receivers: "  - {stick: \(model.rawValue), port: \(link)}")

        let subscriber = try #require(house.subscriber)
        try subscriber.wait { house.messages(on: "energy2mqtt/raw").count == 1 }
        let text = try #require(house.messages(on: "energy2mqtt/devs/OMS/gas").first)
        let reading = try JSONValue(parsing: text)
        #expect(reading["volume"] == .number("28504.27"))
        #expect(reading["volume_unit"] == .string("m³"))
        #expect(reading["time_of_readout"] == .string("31.05.2008 23:50"))
        #expect(reading["error_flags"] == .string("0"))
        #expect(reading["payload"] == .string("0C1427048502046D32371F1502FD170000"))
        #expect(reading["receiver"] == .string(model.rawValue))
        let fields = try #require(reading["proto"])
        #expect(fields["type"] == .string("oms"))
        #expect(fields["crc_verified"] == .bool(model == .cul))
        #expect(fields["c_field"] == .string("SND_NR"))
        #expect(fields["manufacturer"] == .string("ELS"))
        #expect(fields["device_number"] == .string("12345678"))
        #expect(fields["device_medium"] == .string("Gas"))
        #expect(fields["din_addr_meter"] == .string("3ELS3312345678"))
        #expect(fields["din_addr_sender"] == .string("3ELS3312345678"))
        #expect(fields["ci_field"] == .string("short"))
        #expect(fields["status"] == .string("ok"))
        #expect(fields["transmission_counter"] == .number("42"))
        #expect(fields["security_mode"] == .number("5"))

        let raw = try JSONValue(parsing: try #require(house.messages(on: "energy2mqtt/raw").first))
        #expect(raw["metered_values"] == reading)
        #expect(raw["meter_name"] == .string("gas"))
        #expect(raw["protocol"] == .string("OMS"))
        #expect(house.messages(on: "energy2mqtt/status") == ["online"])

        #expect(house.gateway?.end(SIGTERM) == 0)
        try subscriber.wait { house.messages(on: "energy2mqtt/status") == ["online", "offline"] }
    }

    /// Twenty times out and in: receiving again each time, and nothing is left open.
    @Test(arguments: StickModel.allCases)
    func replugged(_ model: StickModel) throws {
        let house = try Household()
        let link = house.directory + "/stick"
        let simulation = try StickSimulation(
            stick: model.stick, link: link, options: .init(rate: 50)
        ) { Transmission(frame: Self.numbered.frame($0)) }
        simulation.start()
        defer { simulation.stopAndWait() }
        try house.startBroker()
        try house.startSubscriber()
        try house.startGateway(
            receivers: "  - {stick: \(model.rawValue), port: \(link)}", meters: Self.numberedMeter)
        try house.waitUntilListening()
        let topic = "energy2mqtt/devs/OMS/gas"
        let subscriber = try #require(house.subscriber)
        let gateway = try #require(house.gateway)
        try subscriber.wait { !house.messages(on: topic).isEmpty }
        let descriptors = gateway.openDescriptors

        for round in 0..<20 {
            #expect(simulation.unplug())
            try gateway.wait { gateway.lines.count { $0.contains("was unplugged") } > round }
            #expect(simulation.plug())
            try house.waitUntilListening(round + 2)
            let before = house.messages(on: topic).count
            try subscriber.wait { house.messages(on: topic).count > before }
        }
        #expect(gateway.openDescriptors == descriptors)
        #expect(gateway.end(SIGINT) == 0)
    }

    /// Without a stick, and without a broker at first: it stays up, says so, and goes on by itself.
    @Test func startsWithNothing() throws {
        let house = try Household()
        try house.startGateway(receivers: "  - {stick: cul, port: \(house.directory)/none}")
        let gateway = try #require(house.gateway)
        _ = try gateway.line { $0.contains("\(house.directory)/none does not exist") }
        _ = try gateway.line { $0.contains("127.0.0.1:\(house.port)") && $0.contains("warning") }
        try house.startBroker()
        try house.startSubscriber()
        try house.subscriber?.wait { house.messages(on: "energy2mqtt/status") == ["online"] }
        #expect(gateway.end(SIGTERM) == 0)
    }

    /// The broker stopped and started twenty times: connected again each time, with the right
    /// status.
    @Test func brokerRestarted() throws {
        let house = try Household()
        let link = house.directory + "/stick"
        let simulation = try StickSimulation(
            stick: StickModel.im871a.stick, link: link, options: .init(rate: 20)
        ) { Transmission(frame: Self.numbered.frame($0)) }
        simulation.start()
        defer { simulation.stopAndWait() }
        try house.startBroker()
        try house.startGateway(
            receivers: "  - {stick: im871a, port: \(link)}", meters: Self.numberedMeter)
        let gateway = try #require(house.gateway)
        for round in 1...20 {
            try house.startSubscriber()
            do {
                try house.subscriber?.wait {
                    house.messages(on: "energy2mqtt/status").last == "online"
                        && !house.messages(on: "energy2mqtt/devs/OMS/gas").isEmpty
                }
            } catch {
                Issue.record("round \(round): \(gateway.lines.suffix(12).joined(separator: "\n"))")
                throw error
            }
            #expect(gateway.exitCode == nil, "round \(round)")
            try house.stopBroker()
            try house.startBroker()
        }
        #expect(gateway.end(SIGTERM) == 0)
    }
}

extension StickModel: CustomTestStringConvertible {
    public var testDescription: String { rawValue }
}
