import Decoder

/// What must be known of one meter to judge its next telegram, and the judging itself.
public struct MeterState: Equatable, Sendable {
    public typealias Instant = ContinuousClock.Instant

    /// When its last telegram came that was no replay, in seconds since 1970.
    public var lastHeard: Int64
    public var interval = IntervalLearner()
    public var replay = ReplayGuard()
    public var plausibility = Plausibility()

    public init(lastHeard: Int64) { self.lastHeard = lastHeard }

    /// Judges a telegram of this meter: first whether it is old, then whether its totals can be
    /// true. Only what is not old counts as heard.
    ///
    /// - Parameters:
    ///   - time: when it was received, in seconds since 1970.
    ///   - instant: the same moment on the clock that nobody sets.
    public mutating func judge(
        _ reading: Reading, at time: Int64, instant: Instant
    ) -> Judgement {
        judge(
            ReplayEvidence(reading.telegram, records: reading.records),
            LifetimeRegister.readings(in: reading.records), deviceType: reading.deviceType,
            at: time, instant: instant)
    }

    mutating func judge(
        _ evidence: ReplayEvidence, _ readings: [LifetimeRegister.Reading], deviceType: DeviceType,
        at time: Int64, instant: Instant
    ) -> Judgement {
        var notices: [Judgement.Notice] = []
        switch replay.judge(evidence) {
        case .fresh: break
        case .replayed(let reason):
            var trial = plausibility
            guard case .knownTelegram = reason,
                case .accept = trial.judge(readings, deviceType: deviceType, at: time)
            else { return Judgement(decision: .refuse(reason)) }
            notices.append(.heardBefore(reason))
        case .freshAfterReset(let reason): notices.append(.beginsAnew(reason))
        }
        lastHeard = time
        interval.heard(at: instant)
        switch plausibility.judge(readings, deviceType: deviceType, at: time) {
        case .accept: break
        case .hold(let findings):
            return Judgement(decision: .hold(findings), notices: notices)
        case .acceptNewLevel(let findings): notices += findings.map { .register($0) }
        }
        return Judgement(decision: .publish, notices: notices)
    }
}
