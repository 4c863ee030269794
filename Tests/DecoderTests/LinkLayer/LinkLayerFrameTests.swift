import Simulator
import Testing
import Wire

@testable import Decoder

@Suite struct LinkLayerFrameTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var hex: String
        var format = FrameFormat.unknown
        var expected: Expected
        var trailing = 0
        var testDescription: String { name }

        enum Expected: Sendable {
            case verified(String)
            case stripped(String)
            case error(LinkLayerError)
        }
    }

    static let gas =
        "2E449315785634123303 7A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D"
        + "6D69EBF3"
    static let gasA =
        "2E449315785634123303 3363 7A2A0020255923C95AAA26D1B2E7493B C2AD"
        + "013EC4A6F6D3529B520EDFF0EA6DEFC9 55B2 9D6D69EBF3 EC8A"
    static let gasB =
        "304493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D"
        + "69EBF3B853"

    static let cases = [
        Case(name: "A found", hex: gasA, expected: .verified(gas)),
        Case(name: "A known", hex: gasA, format: .a, expected: .verified(gas)),
        Case(
            name: "A, two octets behind", hex: gasA + "5F01", expected: .verified(gas),
            trailing: 2),
        Case(name: "B found", hex: gasB, expected: .verified(gas)),
        Case(name: "B known", hex: gasB, format: .b, expected: .verified(gas)),
        Case(name: "B, an octet behind", hex: gasB + "5F", expected: .verified(gas), trailing: 1),
        Case(
            name: "B, telegram.md's example", hex: "1444AE0C7856341201078C2027780B134365877AC5",
            expected: .verified("1244AE0C7856341201078C2027780B13436587")),
        Case(name: "no CRCs found", hex: gas, expected: .stripped(gas)),
        Case(name: "no CRCs known", hex: gas, format: .crcsRemoved, expected: .stripped(gas)),
        Case(
            name: "no CRCs, octets behind", hex: gas + "AABBCC", expected: .stripped(gas),
            trailing: 3),
        Case(
            name: "A damaged in block 1", hex: "2E449315785634123304" + gasA.dropFirst(20),
            expected: .error(.badCRC(block: 1))),
        Case(
            name: "A damaged in its last CRC", hex: gasA.dropLast(2) + "8B",
            expected: .error(.badCRC(block: 4))),
        Case(
            name: "A known, damaged in block 2", hex: gasA.replacing("7A2A0020", with: "7A2A0021"),
            format: .a, expected: .error(.badCRC(block: 2))),
        Case(
            name: "B known, damaged", hex: gasB.dropLast(2) + "54", format: .b,
            expected: .error(.badCRC(block: 2))),
        Case(
            name: "A known, one octet short", hex: String(gasA.dropLast(2)), format: .a,
            expected: .error(.truncated(expected: 55, found: 54))),
        Case(
            name: "B known, one octet short", hex: String(gasB.dropLast(2)), format: .b,
            expected: .error(.truncated(expected: 49, found: 48))),
        Case(
            name: "no CRCs, one octet short", hex: String(gas.dropLast(2)),
            expected: .error(.truncated(expected: 47, found: 46))),
        Case(name: "nothing", hex: "", expected: .error(.truncated(expected: 11, found: 0))),
        Case(
            name: "an L-field alone", hex: "2E",
            expected: .error(.truncated(expected: 47, found: 1))),
        Case(
            name: "L too small", hex: "0944931578563412330378", expected: .error(.lengthTooSmall(9))
        ),
        Case(
            name: "L too small for format B", hex: "0B44931578563412330378AA", format: .b,
            expected: .error(.lengthTooSmall(0x0B))),
    ]

    @Test(arguments: cases)
    func parses(_ c: Case) {
        let frame = RadioFrame(octets: PublishedTelegram.octets(c.hex), format: c.format)
        let parsed = Result { () throws(LinkLayerError) in try LinkLayerFrame(parsing: frame) }
        switch (c.expected, parsed) {
        case (.verified(let hex), .success(let frame)), (.stripped(let hex), .success(let frame)):
            #expect(Hex.text(frame.octets) == hex.filter { $0 != " " })
            #expect(frame.trailing == c.trailing)
            if case .verified = c.expected {
                #expect(frame.crcVerified)
            } else {
                #expect(!frame.crcVerified)
            }
        case (.error(let error), .failure(let found)): #expect(found == error)
        default: Issue.record("\(parsed)")
        }
    }

    @Test func fields() throws {
        let frame = try LinkLayerFrame(
            parsing: RadioFrame(octets: PublishedTelegram.octets(Self.gasA)))
        #expect(frame.control == .sendNoReply)
        #expect(frame.sender.description == "03ELS3312345678")
    }

    /// An invented telegram of each length there is.
    static func frame(length: Int) -> [UInt8] {
        [UInt8(length), 0x44] + PublishedTelegram.octets("AE0C7856341201077A")
            + (10..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    }

    @Test func everyLengthInBothFormats() throws {
        for length in 11...255 {
            let frame = Self.frame(length: length)
            for format in [.a, .unknown] as [FrameFormat] {
                let a = RadioFrame(octets: LinkLayerFrames.formatA(frame), format: format)
                let parsed = try LinkLayerFrame(parsing: a)
                #expect(parsed.octets == frame && parsed.crcVerified && parsed.trailing == 0)
            }
            guard let octets = LinkLayerFrames.formatB(frame) else { continue }
            for format in [.b, .unknown] as [FrameFormat] {
                let parsed = try LinkLayerFrame(parsing: RadioFrame(octets: octets, format: format))
                #expect(parsed.octets == frame && parsed.crcVerified && parsed.trailing == 0)
            }
        }
    }

    /// The L-fields that format B cannot have: a third block without an octet.
    @Test(arguments: [128, 129, 130])
    func impossibleLengthsOfFormatB(size: Int) {
        var octets = Self.frame(length: 125)
        octets[0] = UInt8(size - 1)
        let crc = CRC16.en13757(octets)
        octets += [UInt8(crc >> 8), UInt8(crc & 0xFF)]
        octets += [UInt8](repeating: 0xFF, count: size - 128)
        let parsed = Result { () throws(LinkLayerError) in
            try LinkLayerFrame(parsing: RadioFrame(octets: octets, format: .b))
        }
        if size == 128 {
            #expect((try? parsed.get())?.octets.count == 126)
        } else {
            #expect(parsed == .failure(.badCRC(block: 3)))
        }
    }

    /// With the format known, no damaged octet passes and no cut frame does.
    @Test(arguments: [40, 125, 126, 200])
    func damage(length: Int) throws {
        let frame = Self.frame(length: length)
        let b = try #require(LinkLayerFrames.formatB(frame))
        for (format, whole) in [(.a, LinkLayerFrames.formatA(frame)), (.b, b)]
            as [(FrameFormat, [UInt8])]
        {
            for place in whole.indices {
                for bit in 0..<8 {
                    var octets = whole
                    octets[place] ^= 1 << UInt8(bit)
                    let damaged = RadioFrame(octets: octets, format: format)
                    #expect(throws: LinkLayerError.self) { try LinkLayerFrame(parsing: damaged) }
                }
                let cut = RadioFrame(octets: Array(whole[..<place]), format: format)
                #expect(throws: LinkLayerError.self) { try LinkLayerFrame(parsing: cut) }
            }
        }
    }

    /// Seen with Qundis meters: the last CRC stands there still, and L is 2 too small.
    @Test(arguments: [14, 25, 26, 27, 41, 42, 43, 70, 255])
    func lastCRCLeft(length: Int) throws {
        let frame = Self.frame(length: length)
        let withCRCs = LinkLayerFrames.formatA(frame)
        var octets = frame + withCRCs.suffix(2)
        octets[0] -= 2
        for format in [.unknown, .crcsRemoved] as [FrameFormat] {
            let parsed = try LinkLayerFrame(parsing: RadioFrame(octets: octets, format: format))
            #expect(parsed.octets == frame)
            #expect(!parsed.crcVerified)
            #expect(parsed.trailing == 0)
        }
        octets[octets.count - 1] ^= 1
        let damaged = Result { () throws(LinkLayerError) in
            try LinkLayerFrame(parsing: RadioFrame(octets: octets))
        }
        switch damaged {
        // As long as a format A frame of two blocks.
        case .failure(let error): #expect(length <= 27 && error == .badCRC(block: 1))
        case .success(let frame): #expect(length > 27 && frame.trailing == 4)
        }
    }
}
