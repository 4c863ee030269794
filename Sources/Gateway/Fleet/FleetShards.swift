import Decoder

/// The parts that a fleet's meters are divided into: all telegrams of one meter belong to one shard,
/// whichever gateway hears them.
///
/// The number of shards is fixed, so that gateways and decoders need not agree on anything.
enum FleetShards {
    static let count = 64

    /// By the address of the sender at the link layer, which every gateway can read.
    static func shard(of sender: MeterAddress) -> Int {
        let packed = sender.packed
        let octets = (0..<8).map { UInt8(truncatingIfNeeded: packed >> (8 * $0)) }
        return Int(mixed(FNV1a.hash(octets)) % UInt64(count))
    }

    /// `00`…`63`, as topics have it.
    static func name(of shard: Int) -> String { shard < 10 ? "0\(shard)" : "\(shard)" }

    /// Nil for anything else than a shard's name.
    static func shard(named name: some StringProtocol) -> Int? {
        guard name.utf8.count == 2, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let shard = Int(name), shard < count
        else { return nil }
        return shard
    }

    /// Spreads a hash, whose last octets alone change its low bits, over all of them (finalizer of
    /// SplitMix64).
    static func mixed(_ hash: UInt64) -> UInt64 {
        var value = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
