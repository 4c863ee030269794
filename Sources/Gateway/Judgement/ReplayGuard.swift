/// Recognises telegrams that were recorded and are sent again later.
///
/// A telegram is old when
/// - its message counter or session number lies before the last accepted one,
/// - its meter's clock lies before, beyond what summer time explains,
/// - or the very same octets were among the last `memory` telegrams, and others with other access
///   numbers came in between. The same octets twice in a row are a sign of life, not a replay.
/// A lower total is `Plausibility`'s to judge.
///
/// A meter that was exchanged or whose clock was set also looks old. So telegrams that look old, yet
/// are newer one than the other, are accepted when enough of them have come with no newer one
/// between: nobody is locked out for ever, and it is told. One recorded telegram sent again and
/// again never gets that far.
public struct ReplayGuard: Equatable, Sendable {
    /// How many telegrams in a row bring a clock back that was set.
    public static let confirmations = 3
    /// How many bring a counter back: it is authenticated, so only a new meter has an older one.
    public static let counterConfirmations = 8
    /// How many telegrams are known again.
    public static let memory = 8

    public enum Verdict: Equatable, Sendable {
        case fresh
        /// Do not publish.
        case replayed(Reason)
        /// It looked old, but so did all before it, each newer than the last: publish and tell.
        case freshAfterReset(Reason)
    }

    public enum Reason: Equatable, Sendable {
        case olderMessageCounter(UInt32, accepted: UInt32)
        case olderSessionNumber(UInt32, accepted: UInt32)
        /// By how many seconds.
        case olderClock(by: Int64)
        /// A telegram with this access number was received before, octet for octet.
        case knownTelegram(accessNumber: UInt8)
    }

    /// A telegram by what it is known again.
    struct Known: Equatable, Sendable {
        var accessNumber: UInt8?
        var fingerprint: UInt64
    }

    private struct Candidate: Equatable, Sendable {
        var evidence: ReplayEvidence
        var telegrams: Int
    }

    /// Seconds of the meter's own calendar: the latest that was accepted.
    private(set) var clock: Int64?
    private(set) var messageCounter: UInt32?
    private(set) var linkCounter: UInt32?
    /// The last accepted telegrams, the latest last.
    private(set) var known: [Known] = []
    private var candidate: Candidate?

    public init() {}

    /// As remembered; surplus telegrams are left out.
    init(clock: Int64?, messageCounter: UInt32?, linkCounter: UInt32?, known: [Known]) {
        self.clock = clock
        self.messageCounter = messageCounter
        self.linkCounter = linkCounter
        self.known = known.suffix(Self.memory)
    }

    /// Judges a telegram and remembers it.
    public mutating func judge(_ evidence: ReplayEvidence) -> Verdict {
        if let number = accessNumberOfKnown(evidence) {
            return .replayed(.knownTelegram(accessNumber: number))
        }
        guard let (reason, needed) = older(evidence) else {
            accept(evidence)
            return .fresh
        }
        guard count(evidence) >= needed else { return .replayed(reason) }
        (clock, messageCounter, linkCounter, known) = (nil, nil, nil, [])
        accept(evidence)
        return .freshAfterReset(reason)
    }

    private func accessNumberOfKnown(_ evidence: ReplayEvidence) -> UInt8? {
        // A meter that does not count its telegrams may well send equal ones.
        guard let number = evidence.accessNumber, let latest = known.last,
            latest.accessNumber != number,
            known.contains(where: { $0.fingerprint == evidence.fingerprint })
        else { return nil }
        return number
    }

    /// Why a telegram looks old, and how many of its kind are needed to believe it.
    private func older(_ evidence: ReplayEvidence) -> (Reason, needed: Int)? {
        if let counter = evidence.messageCounter, let messageCounter, counter < messageCounter {
            return (
                .olderMessageCounter(counter, accepted: messageCounter), Self.counterConfirmations
            )
        }
        if let counter = evidence.linkCounter, let linkCounter, counter < linkCounter {
            return (
                .olderSessionNumber(counter, accepted: linkCounter), Self.counterConfirmations
            )
        }
        if let now = evidence.clock, let clock {
            let (behind, overflow) = clock.subtractingReportingOverflow(now.seconds)
            if overflow ? clock > now.seconds : behind > now.tolerance {
                return (.olderClock(by: overflow ? .max : behind), Self.confirmations)
            }
        }
        return nil
    }

    /// How many telegrams that look old have come in a row, each newer than the one before.
    private mutating func count(_ evidence: ReplayEvidence) -> Int {
        guard let last = candidate, last.evidence.fingerprint != evidence.fingerprint else {
            if candidate == nil { candidate = Candidate(evidence: evidence, telegrams: 1) }
            return candidate?.telegrams ?? 1
        }
        let goesOn = evidence.isNewer(than: last.evidence)
        candidate = Candidate(evidence: evidence, telegrams: goesOn ? last.telegrams + 1 : 1)
        return candidate?.telegrams ?? 1
    }

    private mutating func accept(_ evidence: ReplayEvidence) {
        candidate = nil
        // Never back: else many small steps within the tolerance would lead far into the past.
        if let now = evidence.clock { clock = max(now.seconds, clock ?? now.seconds) }
        messageCounter = evidence.messageCounter ?? messageCounter
        linkCounter = evidence.linkCounter ?? linkCounter
        if known.last?.fingerprint == evidence.fingerprint { return }
        known.append(
            Known(accessNumber: evidence.accessNumber, fingerprint: evidence.fingerprint))
        if known.count > Self.memory { known.removeFirst(known.count - Self.memory) }
    }
}

extension ReplayEvidence {
    /// Whether nothing in it lies before `earlier`, which is another telegram.
    fileprivate func isNewer(than earlier: ReplayEvidence) -> Bool {
        if let messageCounter, let before = earlier.messageCounter, messageCounter <= before {
            return false
        }
        if let linkCounter, let before = earlier.linkCounter, linkCounter < before { return false }
        if let clock, let before = earlier.clock, clock.seconds < before.seconds { return false }
        return true
    }
}

extension ReplayGuard.Reason: CustomStringConvertible {
    /// For a log line behind the meter's name.
    public var description: String {
        switch self {
        case .olderMessageCounter(let counter, let accepted):
            "message counter \(counter) lies before \(accepted), which was already received"
        case .olderSessionNumber(let number, let accepted):
            "session number \(number) lies before \(accepted), which was already received"
        case .olderClock(let seconds):
            "the meter's clock lies \(seconds / 60) minutes before the last one received"
        case .knownTelegram(let accessNumber):
            "the telegram with access number \(accessNumber) was already received"
        }
    }
}
