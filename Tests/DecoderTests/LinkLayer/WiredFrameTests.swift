import Testing
import Wire

@testable import Decoder

@Suite struct WiredFrameTests {
    /// OMS Vol. 2, annex N: the gas meter on a cable.
    static let gas = "6820206808FD7278563412931533032A0000000C1427048502046D32371F1502FD1700008916"

    @Test(arguments: ["", "AABB", "6820206808FD72"])
    func gasMeter(behind: String) throws {
        let frame = RadioFrame(octets: PublishedTelegram.octets(Self.gas + behind))
        let parsed = try LinkLayerFrame(parsing: frame)
        #expect(parsed.trailing == behind.count / 2)
        #expect(parsed.sender.description == "03ELS3312345678")
        let telegram = try openedTelegram(frame, key: nil)
        #expect(telegram.control.description == "RSP_UD")
        #expect(!telegram.crcVerified)
        #expect(telegram.header.accessNumber == 42)
        #expect(
            Hex.text(telegram.octets[telegram.application])
                == "0C1427048502046D32371F1502FD170000")
    }

    @Test func withoutAnAddress() throws {
        let body = PublishedTelegram.octets("08 05 78 0413D2040000")
        let sum = body.reduce(0, &+)
        let length = UInt8(body.count)
        let frame = RadioFrame(octets: [0x68, length, length, 0x68] + body + [sum, 0x16])
        let telegram = try openedTelegram(frame, key: nil)
        #expect(telegram.meter.identificationNumber == 5)
        #expect(Hex.text(telegram.octets[telegram.application]) == "0413D2040000")
    }

    /// With a wrong checksum it is a radio frame that begins with 68, and too short for one.
    @Test func damaged() {
        var octets = PublishedTelegram.octets(Self.gas)
        for place in 4..<(octets.count - 1) {
            octets[place] ^= 0x40
            #expect(throws: LinkLayerError.truncated(expected: 105, found: octets.count)) {
                try LinkLayerFrame(parsing: RadioFrame(octets: octets))
            }
            octets[place] ^= 0x40
        }
    }
}
