import Decoder
import Wire

/// The topics on which gateways and decoders of a fleet meet, below one of their own.
struct FleetTopics: Equatable {
    let base: String

    /// Telegrams of one shard, of all gateways; what `+` stands for is the gateway's name.
    func frames(of shard: Int) -> String { "\(base)/\(FleetShards.name(of: shard))/+" }
    /// What of one shard was published.
    func notices(of shard: Int) -> String { "\(base)/published/\(FleetShards.name(of: shard))" }
    var everyNotice: String { base + "/published/+" }
    /// Where a decoder's own messages about itself are.
    func decoder(_ name: String) -> String { "\(base)/decoders/\(Topics.segment(name))" }
    func gateway(_ name: String) -> String { "\(base)/gateways/\(Topics.segment(name))" }
    func status(of decoder: String) -> String { self.decoder(decoder) + "/status" }
    func greeting(of decoder: String) -> String { self.decoder(decoder) + "/hello" }
    var everyDecoder: String { base + "/decoders/+/status" }

    /// The decoder whose status `topic` is.
    func decoder(ofStatus topic: String) -> String? {
        let parts = topic.dropFirst(base.count).split(separator: "/")
        guard topic.hasPrefix(base + "/decoders/"), parts.count == 3, parts[2] == "status" else {
            return nil
        }
        return String(parts[1])
    }

    func shard(ofNotice topic: String) -> Int? {
        let prefix = base + "/published/"
        return topic.hasPrefix(prefix)
            ? FleetShards.shard(named: topic.dropFirst(prefix.count)) : nil
    }
}

/// One transmission, as all decoders of a fleet know it: by its octets.
public struct TransmissionID: Hashable, Sendable {
    var shard: Int
    var hash: UInt64

    init(_ frame: LinkLayerFrame) {
        var octets = frame.octets
        _ = RepeaterBits.clear(in: &octets)
        shard = FleetShards.shard(of: frame.sender)
        hash = FNV1a.hash(octets)
    }

    init(shard: Int, hash: UInt64) {
        self.shard = shard
        self.hash = hash
    }

    /// - Parameter notice: the hashes of one transmission or more, 16 hex digits each; anything else
    ///   tells of none.
    static func all(in notice: [UInt8], of shard: Int) -> [TransmissionID] {
        guard notice.count.isMultiple(of: 16), let octets = try? Hex.octets(notice.span),
            octets.count * 2 == notice.count
        else { return [] }
        return stride(from: 0, to: octets.count, by: 8).map { start in
            TransmissionID(
                shard: shard,
                hash: octets[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// As a notice has it.
    var notice: [UInt8] {
        Array(Hex.text((0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) }).utf8)
    }
}
