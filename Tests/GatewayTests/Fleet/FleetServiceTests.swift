import Testing

@testable import Gateway

@Suite struct FleetServiceTests {
    let offline = MQTTMessage(topic: "energy2mqtt/status", text: "offline", retain: true)
    let online = MQTTMessage(topic: "energy2mqtt/status", text: "online", retain: true)

    /// What is retained of decoders that were there once comes first, in any order.
    @Test func aGatewaySaysOfflineWhenTheLastDecoderGoes() {
        var service = FleetService(topic: "energy2mqtt/status")
        let states = [false, true, true, false, false, true]
        let said = states.map { service.decoders(areThere: $0) }
        #expect(said == [nil, nil, nil, offline, nil, nil])
        // Of another connection nothing is known.
        service.disconnected()
        let saidThen = service.decoders(areThere: false)
        #expect(saidThen == nil)
    }

    @Test(arguments: ["offline", ""])
    func aDecoderThatIsThereKnowsBetter(_ text: String) {
        let service = FleetService(topic: "energy2mqtt/status")
        #expect(service.answer(to: Array(text.utf8)) == online)
        #expect(service.answer(to: Array("online".utf8)) == nil)
    }
}
