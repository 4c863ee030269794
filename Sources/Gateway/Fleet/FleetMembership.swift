/// Which decoders of a fleet are there, and which of them take a shard.
///
/// For each shard all decoders are ranked by a hash of their name and the shard ("rendezvous
/// hashing": D. Thaler and C. Ravishankar, 1998). The first publishes its readings, the second makes
/// them too and stands by. Everyone who knows who is there comes to the same result, so nobody
/// coordinates; and when a decoder comes or goes, only its own shards change hands. Pure.
struct FleetMembership: Equatable {
    /// More than any fleet has: whoever may publish could invent any number.
    static let mostDecoders = 256

    struct Takers: Equatable {
        var publisher: String?
        var standby: String?
    }

    private(set) var present: Set<String> = []

    mutating func note(_ decoder: String, isPresent: Bool) {
        if !isPresent {
            present.remove(decoder)
        } else if present.count < Self.mostDecoders {
            present.insert(decoder)
        }
    }

    func takers(of shard: Int) -> Takers {
        var best: (name: String, score: UInt64)?
        var second: (name: String, score: UInt64)?
        for name in present {
            let score = Self.score(of: name, for: shard)
            if best.map({ ($0.score, $0.name) < (score, name) }) ?? true {
                (second, best) = (best, (name, score))
            } else if second.map({ ($0.score, $0.name) < (score, name) }) ?? true {
                second = (name, score)
            }
        }
        return Takers(publisher: best?.name, standby: second?.name)
    }

    private static func score(of name: String, for shard: Int) -> UInt64 {
        FleetShards.mixed(FNV1a.hash(name.utf8) ^ FleetShards.mixed(UInt64(shard) &+ 1))
    }
}
