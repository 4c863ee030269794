/// What is done to bring back a stick that has gone quiet, the gentlest first.
public enum RecoveryStep: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// Ask it whether it is there; disturbs nothing.
    case askStatus
    /// Identify it and set its mode again; takes a fraction of a second.
    case reconfigure
    /// Its own reset command, then as `reconfigure`.
    case resetStick
    /// Close its port and open it again.
    case reopen
    /// Reset the USB device, as if it were plugged in again.
    case resetUSB

    /// Whether nothing can be heard for seconds meanwhile, so that it is done for good reason only.
    public var isDisruptive: Bool { self >= .resetStick }

    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    /// As it stands in metrics: `reset_stick`.
    public var name: String {
        switch self {
        case .askStatus: "ask_status"
        case .reconfigure: "reconfigure"
        case .resetStick: "reset_stick"
        case .reopen: "reopen"
        case .resetUSB: "reset_usb"
        }
    }

    var next: Self? { Self(rawValue: rawValue + 1) }
}

/// When a `Supervisor` does what.
struct SupervisionTimes: Sendable {
    /// Silence is looked into beyond so many usual gaps between two telegrams …
    var suspiciousGaps = 3
    /// … but not before this.
    var suspicion = Duration.seconds(5 * 60)
    /// A stick that answers may hear nothing for so many usual gaps before it is reset: at random,
    /// one gap in 160,000 is as long …
    var alarmingGaps = 12
    /// … but at least for so long …
    var alarm = Duration.seconds(15 * 60)
    /// … and twice as long as the longest silence of the last days, or so much longer.
    var extraPatience = Duration.seconds(12 * 3600)
    /// The same while its days are not known yet: longer than any night without telegrams.
    var alarmOfStranger = Duration.seconds(24 * 3600)
    /// So long it must be watched for its days to be known.
    var acquaintance = Duration.seconds(2 * 86_400)
    /// The longest silence is remembered for so many days, so that a week-end is in.
    var daysRemembered = 8
    var day = Duration.seconds(86_400)
    /// From one reset of the USB device to the next, if no telegram came between.
    var betweenUSBResets = Duration.seconds(3600)
    /// A stick that fails again before it has heard so many telegrams was not helped.
    var telegramsThatProve = 20
}

/// Notices that a stick has gone quiet and says what to do next: a value, told what happened and
/// when. It needs no clock of its own.
///
/// Silence has two causes that look alike, meters that rest and a stick that hangs. So:
///
/// - A stick that does not answer, or sends nothing but rubbish, hangs: step follows step at once.
/// - A stick that answers may be right. It is asked when silence lasts longer than three usual gaps
///   and five minutes, and set up again when it lasts twice as long, neither of which anybody
///   notices. It is reset only when silence is far longer than any of the last days; in its first
///   days, longer than a night.
///
/// Behind each of these resets it gets the time in which a telegram was due. A telegram ends it
/// all; but a stick that fails again soon was not helped, and the next step is taken.
struct Supervisor: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// What ended with a telegram.
    struct Recovery: Equatable, Sendable {
        /// From the telegram before to this one.
        var silence: Duration
        /// The last step that was taken.
        var step: RecoveryStep
    }

    private let times: SupervisionTimes
    private var usual: UsualSilence
    /// The last telegram, or when listening began.
    private(set) var quietSince: Instant
    /// The last step of this silence and when it was taken.
    private(set) var step: RecoveryStep?
    private var stepTaken: Instant
    /// Whether the stick failed in this silence, so that steps do not wait.
    private var hasFailed = false
    private var lastUSBReset: Instant?
    /// What seemed to help last, until enough telegrams have proved it.
    private var unproved: (step: RecoveryStep, telegrams: Int)?

    init(times: SupervisionTimes = SupervisionTimes(), now: Instant) {
        self.times = times
        usual = UsualSilence(times: times, now: now)
        quietSince = now
        stepTaken = now
    }

    // MARK: What happened

    /// The stick was away and listens now: what it did not hear meanwhile is no silence of it.
    mutating func beganListening(at now: Instant) {
        quietSince = now
        step = nil
        hasFailed = false
        unproved = nil
    }

    /// The last step brought the stick to listen: from now on a telegram may come.
    mutating func listensAgain(at now: Instant) { stepTaken = now }

    /// - Returns: what is over, if more was done in this silence than nobody noticed.
    mutating func heardTelegram(at now: Instant) -> Recovery? {
        defer {
            quietSince = now
            step = nil
            hasFailed = false
            lastUSBReset = nil
        }
        unproved?.telegrams += 1
        if let unproved, unproved.telegrams >= times.telegramsThatProve { self.unproved = nil }
        let silence = quietSince.duration(to: now)
        if let step, hasFailed || step.isDisruptive {
            unproved = (step, 0)
            return Recovery(silence: silence, step: step)
        }
        // It ended by itself, so it was no fault.
        usual.learn(silence, endingAt: now)
        return nil
    }

    /// The stick gave no answer, or only rubbish.
    ///
    /// - Returns: what to do now; nil when all was tried in vain.
    mutating func failed(at now: Instant) -> RecoveryStep? {
        hasFailed = true
        return take((step ?? unproved?.step ?? .askStatus).next, at: now)
    }

    // MARK: What to do

    /// When to call `next`, if nothing happens until then.
    var due: Instant {
        switch step {
        case nil: quietSince + usual.suspicion
        case .askStatus: stepTaken + usual.suspicion
        case .reconfigure where !hasFailed: quietSince + max(usual.alarm, usual.suspicion * 3)
        case .reconfigure, .resetStick, .reopen: stepTaken + usual.suspicion
        case .resetUSB: stepTaken + max(usual.alarm, times.extraPatience)
        }
    }

    /// The step that is due at `now`; nil before `due`. Behind the last step the disruptive ones
    /// begin again.
    mutating func next(at now: Instant) -> RecoveryStep? {
        guard now >= due else { return nil }
        guard let step else { return take(.askStatus, at: now) }
        return take(step.next ?? .resetStick, at: now)
    }

    private mutating func take(_ step: RecoveryStep?, at now: Instant) -> RecoveryStep? {
        guard let step else { return nil }
        self.step = step
        stepTaken = now
        guard step == .resetUSB else { return step }
        if let lastUSBReset, lastUSBReset.duration(to: now) < times.betweenUSBResets { return nil }
        lastUSBReset = now
        return step
    }
}

/// How long a stick usually hears nothing, learned from what it heard.
private struct UsualSilence: Sendable {
    private let times: SupervisionTimes
    /// Between the last telegrams.
    private var gaps: [Duration] = []
    private static let gapsRemembered = 32
    /// Their mean without the longest, which may be a night.
    private var gap = Duration.zero
    /// The longest silences of the last days, today's last.
    private var longest: [Duration] = [.zero]
    private var dayBegan: Supervisor.Instant
    /// Watched so long, in silences that ended.
    private var watched = Duration.zero

    init(times: SupervisionTimes, now: Supervisor.Instant) {
        self.times = times
        dayBegan = now
    }

    /// From when on silence is worth a question.
    var suspicion: Duration { max(times.suspicion, gap * times.suspiciousGaps) }

    /// From when on a stick that answers is thought deaf.
    var alarm: Duration {
        let longest = longest.max() ?? .zero
        let known = max(
            times.alarm, gap * times.alarmingGaps, longest + min(longest, times.extraPatience))
        return watched < times.acquaintance ? max(known, times.alarmOfStranger) : known
    }

    mutating func learn(_ silence: Duration, endingAt now: Supervisor.Instant) {
        watched += silence
        gaps = gaps.suffix(Self.gapsRemembered - 1) + [silence]
        let longestGap = gaps.count > 1 ? gaps.max() ?? .zero : .zero
        gap = (gaps.reduce(.zero, +) - longestGap) / max(gaps.count - 1, 1)
        if dayBegan.duration(to: now) >= times.day {
            dayBegan = now
            longest = longest.suffix(times.daysRemembered - 1) + [.zero]
        }
        let today = longest.count - 1
        longest[today] = max(longest[today], silence)
    }
}
