import DecoderProperties
import OwnTelegrams
import Simulator
import Testing
import Wire

@testable import Decoder

/// A fuzzer in small, the same inputs in each run: our own telegrams, cut, joined and changed.
@Suite struct MutationTests {
    static let rounds = 200_000

    @Test func nothingTrapsAndPropertiesHold() throws {
        var random = SplitMix64(seed: 0x0E25)
        let properties = DecoderProperties()
        let telegrams = OwnTelegram.all.map { PublishedTelegram.octets($0.hex) }
        let keys = OwnTelegram.all.map { MeterKey(hex: $0.key) }
        for round in 0..<Self.rounds {
            let choice = Int(random.next() % UInt64(telegrams.count))
            let octets = Self.mutated(telegrams[choice], telegrams, &random)
            let key = round % 5 == 0 ? nil : keys[choice]
            let fault =
                switch round % 8 {
                case 0: properties.link(octets)
                case 1, 2: properties.records(Array(octets.dropFirst(11)))
                case 3:
                    properties.whole(
                        Array(Hex.text(octets).utf8), key: key, explained: round % 64 == 3)
                default: properties.transport(octets, key: key)
                }
            if let fault {
                Issue.record("round \(round), \(Hex.text(octets)): \(fault)")
                return
            }
        }
    }

    /// One to four changes, and mostly an L-field that fits what came of it.
    private static func mutated(
        _ telegram: [UInt8], _ others: [[UInt8]], _ random: inout SplitMix64
    ) -> [UInt8] {
        var octets = telegram
        func number(below limit: Int) -> Int { Int(random.next() % UInt64(max(limit, 1))) }
        for _ in 0...number(below: 4) {
            let place = number(below: octets.count)
            switch number(below: 6) {
            case 0 where !octets.isEmpty: octets[place] = UInt8(truncatingIfNeeded: random.next())
            case 1 where !octets.isEmpty: octets[place] ^= 1 << UInt8(number(below: 8))
            case 2: octets.removeSubrange(place..<min(place + number(below: 8), octets.count))
            case 3: octets.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
            case 4: octets = Array(octets.prefix(place))
            default: octets += others[number(below: others.count)].suffix(number(below: 40))
            }
        }
        if octets.count > 300 { octets.removeLast(octets.count - 300) }
        if number(below: 8) > 0, !octets.isEmpty { octets[0] = UInt8(clamping: octets.count - 1) }
        return octets
    }
}
