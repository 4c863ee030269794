import Decoder
import Wire

/// The last telegram of each sender, as it was received: to try keys on, and to say what it needs.
///
/// So many senders, then the one that was silent longest is forgotten. Nothing of it is written.
struct RecentTelegrams {
    struct Kept: Sendable {
        var frame: RadioFrame
        var time: WallTime
        var receiver: String
    }

    private let limit: Int
    private var kept: [UInt64: Kept] = [:]

    init(limit: Int = 500) { self.limit = limit }

    mutating func keep(_ frame: RadioFrame, from receiver: String, at time: WallTime) {
        // M- and A-field stand in front of the first CRC, whatever the format.
        guard let sender = MeterAddress(claimedBy: frame), frame.octets.count <= 512 else { return }
        if kept[sender.packed] == nil, kept.count >= limit,
            let oldest = kept.min(by: { $0.value.time < $1.value.time })
        {
            kept[oldest.key] = nil
        }
        kept[sender.packed] = Kept(frame: frame, time: time, receiver: receiver)
    }

    /// Those that are no damaged frames, with the meter each is of.
    var meters: [(meter: MeterAddress, kept: Kept)] {
        kept.values.compactMap { kept in
            (try? HeardTelegram(kept.frame)).map { ($0.meter, kept) }
        }
    }
}

extension MeterAddress {
    /// The sender that a frame names; damage may have changed it.
    init?(claimedBy frame: borrowing RadioFrame) {
        var reader = ByteReader(frame.octets.span)
        do throws(OutOfOctets) {
            _ = try reader.uint16()
            try self.init(linkLayer: &reader)
        } catch { return nil }
    }
}
