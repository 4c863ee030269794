import Decoder
import Testing
import Wire

@testable import Gateway

/// What a definition says is measured counts, not the device type of a radio adapter.
@Suite struct DefinedMediumTests {
    private func meter(version: UInt8) throws -> KnownMeter {
        let octets = try Hex.octets(
            "14449215" + "78563412" + Hex.text([version]) + "37" + "7A2A000000" + "041339300000")
        let reading = try OfflineDecoder().reading(of: octets, key: nil)
        var meter = KnownMeter(address: reading.telegram.meter, sender: reading.telegram.sender)
        meter.learn(reading, hasSignalStrength: false, units: .decided)
        return meter
    }

    /// The Emerlin has the device type 37, a radio adapter's.
    @Test func counts() throws {
        let volume = try #require(try meter(version: 0x11).entities.first { $0.key == "volume" })
        #expect(volume.deviceClass == .water)
        // The meter's main value: the entity has the device's name.
        #expect(volume.name == nil)
        let other = try #require(try meter(version: 0x99).entities.first { $0.key == "volume" })
        #expect(other.deviceClass == .volume)
    }

    @Test func outlastsARestart() throws {
        let memory = HomeAssistantMemory(
            items: [.init(meter: try meter(version: 0x11), lastHeard: 1)])
        let encoded = memory.encode()
        #expect(HomeAssistantMemory(decoding: encoded) == memory)
        // What an earlier release wrote has neither medium nor whether there are words.
        var earlier = String(decoding: encoded, as: UTF8.self)
        for member in [#""medium":"water","#, #""status_text":false,"#] {
            #expect(earlier.contains(member))
            earlier = earlier.replacingOccurrence(of: member, with: "")
        }
        #expect(HomeAssistantMemory(decoding: Array(earlier.utf8))?.items.count == 1)
    }
}

extension String {
    fileprivate func replacingOccurrence(of part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
