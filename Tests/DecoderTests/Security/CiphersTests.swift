import Testing
import Wire

@testable import Decoder

/// Each cipher against the examples of the standard that defines it.
@Suite struct CiphersTests {
    let ciphers = Ciphers()

    static func block(_ hex: String) -> Block {
        let octets = PublishedTelegram.octets(hex)
        var block = Block(repeating: 0)
        for (place, octet) in octets.enumerated() where place < 16 { block[place] = octet }
        return block
    }

    static func text(_ block: Block) -> String { Hex.text((0..<16).map { block[$0] }) }

    /// NIST SP 800-38A, F.2.2: the first two blocks; twice, for the contexts are used again.
    @Test func cbc() throws {
        for _ in 0..<2 {
            var octets = PublishedTelegram.octets(
                "FF 7649ABAC8119B246CEE98E9B12E9197D 5086CB9B507219EE95DB113A917678B2 FF")
            try ciphers.decipherCBC(
                &octets, in: 1..<33, key: Self.block("2B7E151628AED2A6ABF7158809CF4F3C"),
                initialVector: Self.block("000102030405060708090A0B0C0D0E0F"))
            #expect(
                Hex.text(octets)
                    == "FF6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51FF")
        }
    }

    /// NIST SP 800-38A, F.5.2: the first block and the beginning of the second.
    @Test func ctr() throws {
        var octets = PublishedTelegram.octets(
            "00 874D6191B620E3261BEF6864990DB6CE 9806F66B79 00")
        try ciphers.decipherCTR(
            &octets, in: 1..<22, key: Self.block("2B7E151628AED2A6ABF7158809CF4F3C"),
            counter: Self.block("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF"))
        #expect(Hex.text(octets) == "006BC1BEE22E409F96E93D7E117393172AAE2D8A571E00")
    }

    /// RFC 4493, examples 1 to 3, each message whole and in three pieces.
    @Test(arguments: [
        (0, "BB1D6929E95937287FA37D129B756746"),
        (16, "070A16B46B4D4144F79BDD9DD04A287C"),
        (40, "DFA66747DE9AE63030CA32611497C827"),
    ])
    func cmac(length: Int, expected: String) throws {
        let octets = PublishedTelegram.octets(
            "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411")
        let key = Self.block("2B7E151628AED2A6ABF7158809CF4F3C")
        let whole = try ciphers.cmac(key: key, of: octets.span, 0..<length)
        #expect(Self.text(whole) == expected)
        let pieces = try ciphers.cmac(
            key: key, of: octets.span, 0..<(length / 3), (length / 3)..<(length / 2),
            (length / 2)..<length)
        #expect(Self.text(pieces) == expected)
    }

    /// RFC 3610, packet vector 1; then with a wrong tag.
    @Test func ccm() throws {
        let packet = PublishedTelegram.octets(
            "0001020304050607 588C979A61C663D2F066D0C2C0F989806D5F6B61DAC384 17E8D12CFDF926E0")
        var nonce = InlineArray<13, UInt8>(repeating: 0)
        for (place, octet) in PublishedTelegram.octets("00000003020100A0A1A2A3A4A5").enumerated() {
            nonce[place] = octet
        }
        let key = Self.block("C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF")
        for damage in [0, 1, 0] as [UInt8] {
            var octets = packet
            octets[38] ^= damage
            let opened = try ciphers.decipherCCM(
                &octets, in: 8..<31, key: key, nonce: nonce, associated: 0..<8, tag: 31..<39)
            #expect(opened == (damage == 0))
            let plain = "08090A0B0C0D0E0F101112131415161718191A1B1C1D1E"
            #expect((Hex.text(octets[8..<31]) == plain) == opened)
        }
    }

    /// The example that every introduction to DES computes.
    @Test func des() throws {
        var octets = PublishedTelegram.octets("85E813540F0AB405")
        try ciphers.decipherDES(
            &octets, in: 0..<8, key: Self.block("133457799BBCDFF1"))
        #expect(Hex.text(octets) == "0123456789ABCDEF")
    }

    /// Ranges that do not fit are refused, not read.
    @Test func rangesOutside() {
        var octets = [UInt8](repeating: 0, count: 20)
        let key = Block(repeating: 0)
        #expect(throws: TelegramError.cipherNotAvailable) {
            try ciphers.decipherCBC(&octets, in: 0..<15, key: key, initialVector: key)
        }
        #expect(throws: TelegramError.cipherNotAvailable) {
            try ciphers.decipherCBC(&octets, in: 16..<32, key: key, initialVector: key)
        }
        #expect(throws: TelegramError.cipherNotAvailable) {
            _ = try ciphers.cmac(key: key, of: octets.span, 0..<21)
        }
    }
}
