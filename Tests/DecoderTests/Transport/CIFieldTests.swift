import Testing

@testable import Decoder

@Suite struct CIFieldTests {
    /// Typed in from EN 13757-7:2018, table 2, apart from the table in the source.
    @Test func headerForms() {
        let short: Set<UInt8> = [
            0x56, 0x57, 0x5A, 0x61, 0x65, 0x67, 0x6A, 0x6E, 0x74, 0x7A, 0x7B, 0x7D, 0x7F, 0x88,
            0x8A, 0x9E, 0xC1, 0xC4,
        ]
        let long: Set<UInt8> = [
            0x53, 0x55, 0x5B, 0x5F, 0x60, 0x64, 0x68, 0x6B, 0x6C, 0x6D, 0x6F, 0x72, 0x73, 0x75,
            0x7C, 0x7E, 0x80, 0x82, 0x84, 0x85, 0x87, 0x8B, 0x9F, 0xC0, 0xC2, 0xC3, 0xC5,
        ]
        for code in 0...UInt8.max {
            let form = CIField(rawValue: code).headerForm
            #expect((form == .short) == short.contains(code), "CI \(code)")
            #expect((form == .long) == long.contains(code), "CI \(code)")
        }
    }

    @Test(
        arguments: [
            ([0x72, 0x78, 0x7A], Telegram.Content.records),
            ([0x73, 0x79, 0x7B], .compactFrame),
            ([0x69, 0x6A, 0x6B], .formatFrame),
            ([0x71, 0x74, 0x75], .alarm),
            ([0x6E, 0x6F, 0x70], .applicationError),
            ([0x8A, 0x8B], .statusOnly),
            (Array(0xA0...0xB7), .manufacturerSpecific),
        ] as [([UInt8], Telegram.Content)])
    func contents(codes: [UInt8], content: Telegram.Content) {
        let found = (0...UInt8.max).filter { CIField(rawValue: $0).role == .content(content) }
        #expect(found == codes)
    }

    @Test func reserved() {
        let found = (0...UInt8.max).filter { CIField(rawValue: $0).role == .reserved }
        let expected: [ClosedRange<UInt8>] = [
            0x20...0x4F, 0x58...0x59, 0x5D...0x5E, 0x62...0x63, 0x76...0x77, 0x91...0x9D,
            0xC6...0xFF,
        ]
        #expect(found == expected.flatMap(Array.init))
    }

    @Test func description() {
        #expect(CIField(rawValue: 0x7A).description == "7A, response, full frame, short header")
        #expect(CIField(rawValue: 0xE0).description == "E0, reserved")
    }
}
