import Decoder
import Wire

/// One transmission of a meter, however many receivers heard it.
public struct Transmission: Equatable, Sendable {
    /// The octets as first heard; CRCs count as verified if they were for any copy.
    public var frame: LinkLayerFrame
    /// The mode that the first receiver which can tell heard it in.
    public var linkMode: LinkMode?
    /// Who heard it, in the order of the first copies.
    public var receptions: [Reception]
    public var kind: Kind
    /// When the first copy came.
    public var firstHeard: ContinuousClock.Instant
    /// When the first receiver heard it, on the world's clock.
    public var heardAt: WallTime?
    /// Whether every copy came through a repeater.
    public var repeated: Bool

    /// What one receiver heard of a transmission.
    public struct Reception: Equatable, Sendable {
        /// The receiver's name in the configuration.
        public var receiver: String
        /// More than 1 where a repeater was heard too, or a receiver decodes twice.
        public var copies: Int
        /// The strongest copy in dBm; nil where the receiver does not tell.
        public var signalStrength: Double?
    }

    public enum Kind: Equatable, Sendable {
        /// These octets were not heard before, as far back as is remembered.
        case new
        /// The meter sent the same octets again: a sign of life without news.
        case again
    }

    /// The strongest copy in dBm, over all receivers; nil where none tells.
    public var signalStrength: Double? { receptions.compactMap(\.signalStrength).max() }

    /// Copies over all receivers.
    public var copies: Int { receptions.reduce(0) { $0 + $1.copies } }

    /// Whether `receiver` can still hear this one itself: it did not yet, or only by a repeater.
    func lacksDirectCopy(from receiver: String) -> Bool {
        repeated || !receptions.contains { $0.receiver == receiver }
    }

    mutating func add(copyFrom receiver: String, signalStrength: Double?) {
        let strength = signalStrength.flatMap { $0.isFinite ? $0 : nil }
        guard let index = receptions.firstIndex(where: { $0.receiver == receiver }) else {
            receptions.append(
                Reception(receiver: receiver, copies: 1, signalStrength: strength))
            return
        }
        receptions[index].copies += 1
        if let strength {
            receptions[index].signalStrength = max(
                strength, receptions[index].signalStrength ?? strength)
        }
    }
}
