import Decoder
import Wire

/// Makes one transmission of the copies that several receivers and repeaters deliver.
///
/// Copies are frames with the same octets (but for a repeater's own bits) within `window` of the
/// first. A transmission is released
/// - at once, when all receivers in `awaited` have heard it: so with one receiver nothing waits;
/// - else when `window` has passed since its first copy, with the best RSSI and all counts;
/// - and never before an earlier transmission of the same sender.
///
/// Copies that come after the release but within the window are counted and go no further. The same
/// octets after the window are a transmission of their own (`Transmission.Kind.again`): meters
/// without a running number send equal telegrams for hours. So are the same octets that one
/// receiver hears once more, as no stick hears a transmission twice. Only a copy that went through
/// a repeater stays a copy for `repeaterDelay`, and one of another receiver that was heard at the
/// same time stays one however long it was on its way, as from a gateway that had no network.
///
/// Octets are compared themselves, so nothing can be taken for a copy by accident. Memory is
/// bounded by `limits`, in transmissions of at most 256 octets.
public struct DuplicateFilter: Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// How far apart copies of one transmission may come in.
    public static let window = Duration.milliseconds(3500)
    /// How much later a repeater may send on what it heard: one-way repeaters wait some seconds.
    public static let repeaterDelay = Duration.seconds(30)
    /// How long octets are remembered at least, if no more than half of `limits` come meanwhile.
    public static let memory = Duration.seconds(12 * 3600)

    /// The names of the receivers whose copies are waited for: those that listen at the moment.
    public var awaited: Set<String> = [] { didSet { mayBeComplete = true } }

    /// Whether there may be receivers that are not known by name, as in a fleet of gateways: then
    /// every transmission waits for its window to end.
    public var awaitsOthers = false { didSet { mayBeComplete = true } }

    /// The names of receivers that may hand over one transmission twice, as programs with two
    /// decoders do, or bridges of several sticks.
    public var repeating: Set<String> = []

    /// What came of the frames of each receiver.
    public private(set) var tallies: [String: Tally] = [:]

    public struct Tally: Equatable, Sendable {
        /// Frames handed in.
        public var copies = 0
        /// Transmissions that this receiver was the first to hear.
        public var firsts = 0
        /// Copies of a transmission that was already released.
        public var late = 0
    }

    private struct Known {
        var firstHeard: Instant
        /// The same on the world's clock.
        var heardAt: WallTime?
        var repeated: Bool
        /// Receivers that heard the last transmission with these octets.
        var heardBy: [String]

        /// Whether what another receiver heard at `time` is this transmission.
        func isOf(_ time: WallTime?, by receiver: String) -> Bool {
            guard let time, let heardAt, !heardBy.contains(receiver) else { return false }
            return max(time, heardAt) - DuplicateFilter.window <= min(time, heardAt)
        }
    }

    /// How many transmissions are remembered, and how many may wait for copies; the oldest is then
    /// released early.
    public struct Limits: Equatable, Sendable {
        public var remembered: Int
        public var waiting: Int

        public static let house = Limits(remembered: 4096, waiting: 512)
        /// 20,000 transmissions a second.
        public static let fleet = Limits(remembered: 1 << 17, waiting: 1 << 16)
    }

    public var limits: Limits
    /// Two generations: when the younger is full or old, it takes the place of the older.
    private var younger: [[UInt8]: Known] = [:]
    private var older: [[UInt8]: Known] = [:]
    private var youngerSince: Instant?
    private var waiting = WaitingTransmissions()
    private var latest: Instant?
    /// Whether one that waits may have been heard by all that are awaited.
    private var mayBeComplete = false

    public init(limits: Limits = .house) { self.limits = limits }

    /// How many transmissions are remembered.
    var remembered: Int { younger.count + older.count }

    /// When `release` must be called next; nil: nothing waits.
    public var nextDue: Instant? { waiting.first?.due }

    /// Takes one frame from one receiver.
    ///
    /// - Parameters:
    ///   - receiver: its name in the configuration.
    ///   - heardAt: the world's time then; the earliest of all copies becomes the transmission's.
    /// - Returns: the transmissions that are complete now, earliest first.
    public mutating func receive(
        _ frame: LinkLayerFrame, linkMode: LinkMode?, signalStrength: Double?,
        from receiver: String, at time: Instant, heardAt: WallTime? = nil
    ) -> [Transmission] {
        var released = release(at: time)
        let now = latest ?? time
        var key = frame.octets
        let repeated = RepeaterBits.clear(in: &key)
        tallies[receiver, default: Tally()].copies += 1

        let mayComeAgain = repeated || repeating.contains(receiver)
        let isCopyOfWaiting = waiting.update(
            key, where: { mayComeAgain || $0.lacksDirectCopy(from: receiver) }
        ) { transmission in
            transmission.add(copyFrom: receiver, signalStrength: signalStrength)
            if frame.crcVerified { transmission.frame.crcVerified = true }
            if transmission.linkMode == nil { transmission.linkMode = linkMode }
            if !repeated { transmission.repeated = false }
            if let heardAt { transmission.heardAt = min(heardAt, transmission.heardAt ?? heardAt) }
        }
        if isCopyOfWaiting {
            mayBeComplete = true
            var known =
                known(key)
                ?? Known(firstHeard: now, heardAt: heardAt, repeated: repeated, heardBy: [])
            known.repeated = known.repeated && repeated
            known.heardBy.append(receiver)
            remember(key, known, now)
            return released + release(at: now)
        }

        let earlier = known(key)
        if var earlier {
            let distance = earlier.firstHeard.duration(to: now)
            let isCopy = mayComeAgain || earlier.repeated || !earlier.heardBy.contains(receiver)
            if distance <= Self.window && isCopy
                || (repeated && !earlier.repeated && distance <= Self.repeaterDelay)
                || earlier.isOf(heardAt, by: receiver)
            {
                tallies[receiver, default: Tally()].late += 1
                if !earlier.heardBy.contains(receiver) {
                    earlier.heardBy.append(receiver)
                    remember(key, earlier, now)
                }
                return released
            }
        }

        tallies[receiver, default: Tally()].firsts += 1
        remember(
            key,
            Known(firstHeard: now, heardAt: heardAt, repeated: repeated, heardBy: [receiver]), now)
        var transmission = Transmission(
            frame: frame, linkMode: linkMode, receptions: [],
            kind: earlier == nil ? .new : .again, firstHeard: now, heardAt: heardAt,
            repeated: repeated)
        transmission.add(copyFrom: receiver, signalStrength: signalStrength)
        waiting.append(.init(key: key, due: now + Self.window, transmission: transmission))
        if awaited.count <= 1 { mayBeComplete = true }
        released += release(at: now)
        if waiting.count > max(limits.waiting, 1), let oldest = waiting.removeFirst() {
            released.append(oldest)
        }
        return released
    }

    /// Releases what is due or complete; call it at `nextDue` and when `awaited` changed.
    public mutating func release(at time: Instant) -> [Transmission] {
        let now = max(time, latest ?? time)
        latest = now
        var released: [Transmission] = []
        while let first = waiting.first, first.due <= now, let due = waiting.removeFirst() {
            released.append(due)
        }
        guard mayBeComplete, !awaitsOthers else { return released }
        var sendersThatWait: Set<UInt64> = []
        var isOneHeldBack = false
        released += waiting.remove { [awaited] candidate in
            let sender = candidate.transmission.frame.sender.packed
            let complete = awaited.allSatisfy { receiver in
                candidate.transmission.receptions.contains { $0.receiver == receiver }
            }
            if complete, !sendersThatWait.contains(sender) { return true }
            if complete { isOneHeldBack = true }
            sendersThatWait.insert(sender)
            return false
        }
        mayBeComplete = isOneHeldBack
        return released
    }

    private func known(_ key: [UInt8]) -> Known? { younger[key] ?? older[key] }

    private mutating func remember(_ key: [UInt8], _ known: Known, _ now: Instant) {
        let since = youngerSince ?? now
        youngerSince = since
        if younger.count >= max(limits.remembered, 2) / 2 || since.duration(to: now) > Self.memory {
            swap(&older, &younger)
            younger.removeAll(keepingCapacity: true)
            youngerSince = now
        }
        younger[key] = known
    }
}
