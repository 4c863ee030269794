import Simulator
import Testing
import Wire

@testable import Decoder

/// Nothing that is received traps, and nothing changed is taken for the meter's word.
@Suite struct RobustnessTests {
    /// Every prefix, with the L-field as it was and corrected, with and without the key.
    @Test(arguments: PublishedTelegram.all)
    func prefixes(_ published: PublishedTelegram) {
        let octets = published.frame.octets
        let decoder = TelegramDecoder()
        for count in 0..<octets.count {
            for corrected in [false, true] {
                var cut = Array(octets[..<count])
                if corrected, count > 0 { cut[0] = UInt8(count - 1) }
                for format in FrameFormat.allCases {
                    let frame = RadioFrame(octets: cut, format: format)
                    Self.open(frame, nil, .offline, decoder, published)
                    if let key = published.meterKey {
                        Self.open(frame, key, [], decoder, published)
                        if !corrected, format != .unknown {
                            #expect(throws: LinkLayerError.self) {
                                try LinkLayerFrame(parsing: frame)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Every change of every octet, with and without the key. What an authentication code or a
    /// payload CRC covers comes out unchanged or not at all.
    @Test(arguments: PublishedTelegram.all)
    func changedOctets(_ published: PublishedTelegram) {
        let octets = published.frame.octets
        let decoder = TelegramDecoder()
        for place in octets.indices {
            for change in 1...UInt8.max {
                var changed = octets
                changed[place] ^= change
                let frame = RadioFrame(octets: changed, format: .crcsRemoved)
                Self.open(frame, nil, .offline, decoder, published)
                Self.open(frame, published.meterKey, [], decoder, published)
            }
        }
    }

    static func open(
        _ frame: RadioFrame, _ key: MeterKey?, _ leniency: TelegramDecoder.Leniency,
        _ decoder: TelegramDecoder, _ published: PublishedTelegram
    ) {
        guard
            let telegram = try? openedTelegram(frame, key: key, leniency: leniency, with: decoder)
        else { return }
        let fits =
            telegram.application.upperBound <= telegram.octets.count
            && telegram.application.lowerBound > 10
        #expect(fits)
        guard fits else { return }
        if telegram.authenticated || telegram.protection == .extendedLinkLayer {
            #expect(Hex.text(telegram.octets[telegram.application]) == published.plain)
        }
        if let key, leniency == [], key.count == 16 {
            #expect(telegram.protection != .none && telegram.protection != .alreadyClear)
        }
        var records: [DataRecord] = []
        _ = decoder.readRecords(of: telegram, into: &records)
    }

    /// Octets without sense, of every length.
    @Test func noise() {
        var random = SplitMix64(seed: 2)
        let decoder = TelegramDecoder()
        let key = MeterKey(octets: [UInt8](0..<16))
        for round in 0..<4000 {
            var octets = (0..<(round % 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            // Half of them reach the layers behind the link layer.
            if round % 2 == 0, octets.count > 11, octets.count < 257 {
                octets[0] = UInt8(octets.count - 1)
                octets[1] = 0x44
                octets[10] = [0x72, 0x7A, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x81, 0x7B][round / 2 % 9]
            }
            for format in FrameFormat.allCases {
                _ = try? openedTelegram(
                    RadioFrame(octets: octets, format: format), key: key, leniency: .offline,
                    with: decoder, now: UInt64(round))
            }
        }
    }
}
