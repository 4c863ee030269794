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

    /// Each octet that the checksum covers, and the checksum itself.
    @Test func damaged() {
        var octets = PublishedTelegram.octets(Self.gas)
        for place in 4..<(octets.count - 1) {
            octets[place] ^= 0x40
            let sum = octets[4..<(octets.count - 2)].reduce(0, &+)
            #expect(
                throws: LinkLayerError.wiredChecksum(
                    expected: sum, found: octets[octets.count - 2])
            ) {
                try LinkLayerFrame(parsing: RadioFrame(octets: octets))
            }
            octets[place] ^= 0x40
        }
    }

    /// The head, the end, and a frame as long as a radio frame that begins with 68.
    @Test func badlyFramed() throws {
        var octets = PublishedTelegram.octets(Self.gas)
        octets[octets.count - 1] = 0x17
        #expect(throws: LinkLayerError.wiredStop(0x17)) {
            try LinkLayerFrame(parsing: RadioFrame(octets: octets))
        }
        #expect(throws: LinkLayerError.truncated(expected: 38, found: 30)) {
            try LinkLayerFrame(parsing: RadioFrame(octets: Array(octets.prefix(30))))
        }
        let body = [0x08, 0xFD, 0x78] + [UInt8](repeating: 0x2F, count: 0x63 - 3)
        let long = [0x68, 0x63, 0x63, 0x68] + body + [0x00, 0x16]
        #expect(long.count == 0x68 + 1)
        #expect(
            throws: LinkLayerError.wiredChecksum(expected: body.reduce(0, &+), found: 0)
        ) {
            try LinkLayerFrame(parsing: RadioFrame(octets: long))
        }
        let description = LinkLayerError.wiredChecksum(expected: 0x89, found: 0x88).description
        #expect(description.contains("checksum is 88, and 89 would be right"))
    }

    /// A telegram by radio may begin in the same way.
    @Test func radioFrame() throws {
        let radio = [0x68, 0x44, 0x44, 0x68] + [UInt8](repeating: 0x2F, count: 0x68 - 3)
        let frame = try LinkLayerFrame(parsing: RadioFrame(octets: radio))
        #expect(frame.octets == radio)
    }
}
