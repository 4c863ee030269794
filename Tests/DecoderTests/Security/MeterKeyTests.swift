import Testing

@testable import Decoder

@Suite struct MeterKeyTests {
    @Test func block() throws {
        let key = try #require(MeterKey(hex: "000102030405060708090a0b0c0d0e0f"))
        #expect(key.count == 16)
        #expect(CiphersTests.text(key.block) == "000102030405060708090A0B0C0D0E0F")
        let short = try #require(MeterKey(hex: "A1B2C3D4E5F60718"))
        #expect(short.count == 8)
        #expect(CiphersTests.text(short.block) == "A1B2C3D4E5F607180000000000000000")
    }

    @Test(arguments: [
        "", "00", "000102030405060708090A0B0C0D0E", "0G0102030405060708090A0B0C0D0E0F",
    ])
    func refused(hex: String) {
        #expect(MeterKey(hex: hex) == nil)
    }

    /// However a key is printed, it does not show.
    @Test func secret() throws {
        let key = try #require(MeterKey(hex: "A1B2C3D4E5F60718A1B2C3D4E5F60718"))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped, "\(Optional(key) as Any)"] {
            #expect(!text.uppercased().contains("A1"))
            #expect(!text.contains("\(key.high)"))
        }
    }
}
