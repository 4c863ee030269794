import Testing
import Wire

@testable import Decoder

/// The values on the way from a key to the payload, as the worked examples give them.
@Suite struct KeyDerivationTests {
    static func headers(_ name: String) throws -> (LinkLayerFrame, TelegramHeaders) {
        let published = try #require(
            PublishedTelegram.all.first { $0.name.hasPrefix(name) })
        let frame = try LinkLayerFrame(parsing: published.frame)
        return (frame, try TelegramHeaders(parsing: frame))
    }

    @Test(arguments: [
        ("OMS annex N: gas meter, mode 5", "93157856341233032A2A2A2A2A2A2A2A"),
        ("OMS annex N: allocator behind a radio adapter", "93448877665555080000000000000000"),
    ])
    func initialVectorOfMode5(name: String, expected: String) throws {
        let (_, headers) = try Self.headers(name)
        #expect(CiphersTests.text(Decryption.initialVector(headers)) == expected)
    }

    @Test(arguments: [
        ("OMS annex N: gas meter, mode 7", "21924D4F2FB66E01"),
        ("OMS annex N: gas meter behind a radio adapter", "AF5D74DF73A600D9"),
    ])
    func mode7(name: String, code: String) throws {
        let (_, headers) = try Self.headers(name)
        let layer = try #require(headers.authentication)
        #expect(layer.messageCounter == 2739)
        #expect(layer.fragmentationControl == 0x2C00)
        #expect(layer.messageControl == 0x25)
        #expect(layer.codeLength == 8)
        #expect(CiphersTests.text(layer.code).hasPrefix(code))

        let key = CiphersTests.block("000102030405060708090A0B0C0D0E0F")
        let input = KeyDerivationFunction.input(
            .encryption, counter: 2739, identificationNumber: 0x1234_5678)
        #expect(CiphersTests.text(input) == "00B30A00007856341207070707070707")
        let ciphers = Ciphers()
        let encryption = try KeyDerivationFunction.key(
            for: .encryption, from: key, by: .kdfA, headers: headers, ciphers: ciphers)
        #expect(CiphersTests.text(encryption) == "ECCF39D475D730B8284FDFDC1995D52F")
        let authentication = try KeyDerivationFunction.key(
            for: .authentication, from: key, by: .kdfA, headers: headers, ciphers: ciphers)
        #expect(CiphersTests.text(authentication) == "C9CD19FF5A9AAD5A6BBDA13BD2C4C7AD")
        let direct = try KeyDerivationFunction.key(
            for: .encryption, from: key, by: .none, headers: headers, ciphers: ciphers)
        #expect(CiphersTests.text(direct) == CiphersTests.text(key))
    }

    @Test func codeOfMode7() throws {
        let (frame, headers) = try Self.headers("OMS annex N: gas meter, mode 7")
        let layer = try #require(headers.authentication)
        let code = try Ciphers().cmac(
            key: CiphersTests.block("C9CD19FF5A9AAD5A6BBDA13BD2C4C7AD"), of: frame.octets.span,
            layer.control, layer.length, layer.end..<frame.octets.count)
        #expect(CiphersTests.text(code) == "21924D4F2FB66E0160CE5F71F1B74310")
    }

    @Test func mode10() throws {
        let (_, headers) = try Self.headers("water meter, mode 10")
        let transport = try #require(headers.transport)
        #expect(transport.configurationField == 0x2AFF)
        #expect(transport.configurationFieldExtension == 0x0110)
        #expect(transport.keySelection.tagSize == 8)
        #expect(transport.messageCounter == 939_916)
        let key = try KeyDerivationFunction.key(
            for: .encryption, from: CiphersTests.block("BF902DD6DFADAFE83E4AE6832B5FA14C"),
            by: transport.keySelection.keyDerivation, headers: headers, ciphers: Ciphers())
        #expect(CiphersTests.text(key) == "B3FAAED774AD70EAA3135A5B31242D13")
        let nonce = Decryption.nonce(headers.meter, counter: 939_916)
        #expect(Hex.text((0..<13).map { nonce[$0] }) == "372C060382533C1600000E578C")
    }

    @Test func counterBlockOfTheExtendedLinkLayer() throws {
        let (_, headers) = try Self.headers("water meter, extended link layer")
        var layer = try #require(headers.extendedLinkLayer)
        let expected = "2D2C648231571B1620D3164A22000000"
        #expect(CiphersTests.text(layer.counterBlock(sender: headers.sender)) == expected)
        // What a repeater adds to CC does not enter.
        layer.communicationControl |= 0x12
        #expect(CiphersTests.text(layer.counterBlock(sender: headers.sender)) == expected)
    }

    @Test func reservedDerivation() throws {
        let (_, headers) = try Self.headers("OMS annex N: gas meter, mode 7")
        #expect(throws: TelegramError.unsupportedSecurityMode(.mode7)) {
            _ = try KeyDerivationFunction.key(
                for: .encryption, from: Block(repeating: 0), by: KeyDerivation(rawValue: 2),
                headers: headers, ciphers: Ciphers())
        }
    }
}
