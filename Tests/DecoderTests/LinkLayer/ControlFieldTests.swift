import Testing

@testable import Decoder

@Suite struct ControlFieldTests {
    /// Typed in from EN 13757-4, 12.5.2, apart from the table in the source.
    @Test(arguments: [
        ("SND_NR", [0x44], ControlField.Direction.fromMeter),
        ("SND_IR", [0x46], .fromMeter),
        ("ACC_NR", [0x47], .fromMeter),
        ("ACC_DMD", [0x48], .fromMeter),
        ("RSP_UD", [0x08, 0x18, 0x28, 0x38], .fromMeter),
        ("ACK", [0x00, 0x10, 0x20, 0x30], .both),
        ("NACK", [0x01, 0x11, 0x21, 0x31], .both),
        ("SND_NKE", [0x40], .toMeter),
        ("SND_UD2", [0x43], .toMeter),
        ("SND_UD3", [0x45], .toMeter),
        ("SND_UD", [0x53, 0x73], .toMeter),
        ("REQ_UD1", [0x5A, 0x7A], .toMeter),
        ("REQ_UD2", [0x5B, 0x7B], .toMeter),
        ("CNF_IR", [0x06], .toMeter),
    ])
    func meaning(name: String, codes: [UInt8], direction: ControlField.Direction) {
        for code in codes {
            let control = ControlField(rawValue: code)
            #expect(control.name == name)
            #expect(control.direction == direction)
            #expect(control.description == name)
        }
    }

    @Test func allOthersAreUnknown() {
        let named = (0...UInt8.max).filter { ControlField(rawValue: $0).name != nil }
        #expect(named.count == 26)
        #expect(ControlField(rawValue: 0x99).description == "99")
        #expect(ControlField(rawValue: 0x99).direction == nil)
    }
}
