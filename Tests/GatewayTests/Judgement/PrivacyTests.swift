import Testing

@testable import Decoder
@testable import Gateway

@Suite struct PrivacyTests {
    @Test(arguments: [
        ("12345678", "12…678"), ("00000000", "00…000"), ("1ELS3312345678", "1E…678"),
        ("1234567", "…7"), ("9", "…9"), ("", "…"), ("äöüßäöüß", "äö…öüß"),
    ])
    func texts(_ identification: String, _ shortened: String) {
        #expect(Privacy.shortened(identification) == shortened)
    }

    @Test(
        arguments: [
            (0x1593, 0x1234_5678, "ELS 12…678"), (0x9593, 0x0000_0012, "ELS 00…012"),
            (0x0000, 0xABCD_EF00, "0000 AB…F00"),
        ] as [(UInt16, UInt32, String)])
    func meters(_ manufacturer: UInt16, _ number: UInt32, _ shortened: String) {
        let meter = MeterAddress(
            manufacturer: ManufacturerCode(rawValue: manufacturer), identificationNumber: number,
            version: 1, deviceType: .water)
        #expect(Privacy.shortened(meter) == shortened)
    }
}
