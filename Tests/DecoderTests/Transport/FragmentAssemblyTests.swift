import Testing
import Wire

@testable import Decoder
@testable import Simulator

@Suite struct FragmentAssemblyTests {
    static let key = [UInt8](0..<16)
    static let meterKey = MeterKey(octets: key)
    static let plain = "2F2F0413D20400000413D3040000" + "2F2F"

    /// A message in mode 7, cut into `sizes` pieces behind an extended link layer each.
    static func fragments(
        _ sizes: [Int], counter: UInt32 = 2740, number: UInt32 = 0x1234_5678,
        wrongLength: Bool = false
    ) throws -> [RadioFrame] {
        let encryption = try TelegramSecurity.derivedKey(
            .encryption, from: key, messageCounter: counter, identification: number)
        let authentication = try TelegramSecurity.derivedKey(
            .authentication, from: key, messageCounter: counter, identification: number)
        let message =
            PublishedTelegram.octets("7A 76 00 1007 10")
            + (try TelegramSecurity.encryptCBC(
                PublishedTelegram.octets(plain), key: encryption,
                initialisationVector: [UInt8](repeating: 0, count: 16)))
        let length = UInt16(message.count + (wrongLength ? 1 : 0))
        let control =
            [0x65] + counter.littleEndianOctets + length.littleEndianOctets
        let code = try TelegramSecurity.cmac(control + message, key: authentication)

        var start = 0
        return sizes.enumerated().map { index, size in
            let isLast = index == sizes.count - 1
            let part = message[start..<(isLast ? message.count : start + size)]
            start += size
            var layer: [UInt8] = [UInt8(index + 1), isLast ? 0x00 : 0x40]
            if index == 0 {
                layer[1] |= 0x38
                layer += control
            }
            if isLast {
                layer[1] |= 0x04
                // The code stands before the message length where both are here.
                layer.insert(contentsOf: code.prefix(8), at: index == 0 ? layer.count - 2 : 2)
            }
            let body =
                PublishedTelegram.octets("44AE0C") + number.littleEndianOctets
                + PublishedTelegram.octets("01078C2076")
                + [0x90, UInt8(layer.count)] + layer + part
            return RadioFrame(octets: [UInt8(body.count)] + body, format: .crcsRemoved)
        }
    }

    static func opened(
        _ frame: RadioFrame, _ decoder: TelegramDecoder, now: UInt64 = 0,
        key: MeterKey? = meterKey
    ) -> Result<Telegram, TelegramError> {
        Result { () throws(TelegramError) in
            guard let frame = try? LinkLayerFrame(parsing: frame) else { throw .payloadCRC }
            let headers = try TelegramHeaders(parsing: frame)
            return try decoder.open(frame, headers: headers, key: key, now: now)
        }
    }

    static func expectWhole(_ result: Result<Telegram, TelegramError>) throws {
        let telegram = try result.get()
        #expect(Hex.text(telegram.octets[telegram.application]) == plain)
        #expect(telegram.protection == .mode(.mode7))
        #expect(telegram.authenticated)
        #expect(telegram.meter.description == "07CEN0112345678")
    }

    @Test(arguments: [[0], [10, 0], [1, 0], [3, 0], [5, 7, 0], [1, 1, 1, 1, 1, 0], [22, 0]])
    func inOrder(sizes: [Int]) throws {
        let decoder = TelegramDecoder()
        let frames = try Self.fragments(sizes)
        for frame in frames.dropLast() {
            #expect(Self.opened(frame, decoder) == .failure(.fragmentPending))
            // Heard twice, by a second receiver or a repeater.
            #expect(Self.opened(frame, decoder) == .failure(.fragmentPending))
        }
        try Self.expectWhole(Self.opened(frames[frames.count - 1], decoder))
    }

    @Test func inAnyOrder() throws {
        let frames = try Self.fragments([5, 7, 0])
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let decoder = TelegramDecoder()
            for place in order.dropLast() {
                let result = Self.opened(frames[place], decoder)
                // With the last one here and another missing, there is a gap.
                let gap = order.prefix { $0 != place }.contains(2) || place == 2
                #expect(result == .failure(gap ? .fragmentsDoNotFit : .fragmentPending))
            }
            try Self.expectWhole(Self.opened(frames[order[2]], decoder))
        }
    }

    @Test func tooLate() throws {
        let frames = try Self.fragments([10, 0])
        let decoder = TelegramDecoder()
        #expect(Self.opened(frames[0], decoder, now: 100) == .failure(.fragmentPending))
        let late = 101 + FragmentAssembly.patience
        #expect(Self.opened(frames[1], decoder, now: late) == .failure(.fragmentsDoNotFit))
        // Sent again, it is whole.
        try Self.expectWhole(Self.opened(frames[0], decoder, now: late + 1))
    }

    @Test func nextMessageBegins() throws {
        let old = try Self.fragments([10, 0])
        let new = try Self.fragments([10, 0], counter: 2741)
        let decoder = TelegramDecoder()
        #expect(Self.opened(old[0], decoder) == .failure(.fragmentPending))
        #expect(Self.opened(new[0], decoder) == .failure(.fragmentPending))
        try Self.expectWhole(Self.opened(new[1], decoder))
    }

    @Test func messagesOfTwoMetersDoNotMix() throws {
        let one = try Self.fragments([10, 0])
        let other = try Self.fragments([10, 0], number: 0x8765_4321)
        let decoder = TelegramDecoder()
        #expect(Self.opened(one[0], decoder) == .failure(.fragmentPending))
        #expect(Self.opened(other[0], decoder) == .failure(.fragmentPending))
        try Self.expectWhole(Self.opened(one[1], decoder))
        #expect((try? Self.opened(other[1], decoder).get()) != nil)
    }

    @Test func changedOnTheWay() throws {
        let frames = try Self.fragments([10, 0])
        var changed = frames[1]
        changed.octets[changed.octets.count - 1] ^= 1
        let decoder = TelegramDecoder()
        #expect(Self.opened(frames[0], decoder) == .failure(.fragmentPending))
        #expect(Self.opened(changed, decoder) == .failure(.macMismatch))
    }

    @Test func wrongLength() throws {
        let frames = try Self.fragments([10, 0], wrongLength: true)
        let decoder = TelegramDecoder()
        #expect(Self.opened(frames[0], decoder) == .failure(.fragmentPending))
        #expect(Self.opened(frames[1], decoder) == .failure(.fragmentsDoNotFit))
    }

    /// The first fragment tells the meter by its long header, the last does not: the key that came
    /// with the first counts.
    @Test func keyOfTheFirstFragment() throws {
        let frames = try Self.fragments([10, 0])
        let decoder = TelegramDecoder()
        #expect(Self.opened(frames[0], decoder) == .failure(.fragmentPending))
        try Self.expectWhole(Self.opened(frames[1], decoder, key: nil))
    }

    @Test func noKey() throws {
        let frames = try Self.fragments([10, 0])
        let decoder = TelegramDecoder()
        #expect(Self.opened(frames[0], decoder, key: nil) == .failure(.fragmentPending))
        #expect(Self.opened(frames[1], decoder, key: nil) == .failure(.noKey(.mode7)))
    }

    /// However many meters and octets come, only so many are kept.
    @Test func bounded() throws {
        var assembly = FragmentAssembly()
        for number in 1...UInt32(40) {
            for fragment in 1...UInt8(20) {
                var octets = try Self.fragments([10, 0], number: number)[0].octets
                octets[15] = fragment
                octets += [UInt8](repeating: fragment, count: 255 - octets.count)
                octets[0] = 254
                let frame = try LinkLayerFrame(
                    parsing: RadioFrame(octets: octets, format: .crcsRemoved))
                let headers = try TelegramHeaders(parsing: frame)
                let layer = try #require(headers.authentication)
                _ = try? assembly.add(
                    FragmentAssembly.Part(
                        octets: octets, layer: layer, headers: headers, key: nil,
                        crcVerified: false, protection: .none), now: 0)
                #expect(assembly.octets <= FragmentAssembly.octetLimit * assembly.count)
            }
        }
        #expect(assembly.count <= FragmentAssembly.meterLimit)
        _ = try? assembly.add(
            FragmentAssembly.Part(
                octets: [], layer: try #require(Self.headers().authentication),
                headers: Self.headers(), key: nil, crcVerified: false, protection: .none),
            now: 1 + FragmentAssembly.patience)
        #expect(assembly.count <= 1)
    }

    static func headers() throws -> TelegramHeaders {
        try TelegramHeaders(
            parsing: LinkLayerFrame(parsing: fragments([10, 0], number: 0x9999_9999)[1]))
    }
}
