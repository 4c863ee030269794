import Decoder

/// Judges whether a meter's totals can be true, given those accepted before.
///
/// A total that goes back, or forward faster than anything physical, is held: it is not published
/// yet, the reason is told, and the next telegrams decide. Is the next one plausible again, the held
/// one was false. Do `confirmations` telegrams in a row agree on the new level, it is accepted and
/// announced: the meter was exchanged. So nothing false gets out at once, and no meter is locked
/// out for ever.
///
/// One value for each meter; bounded by `limit` registers, further ones pass unguarded.
public struct Plausibility: Equatable, Sendable {
    /// How many telegrams in a row must agree on a new level.
    public static let confirmations = 3
    /// How many registers of one meter are guarded.
    public static let limit = 32

    public enum Verdict: Equatable, Sendable {
        /// Nothing speaks against it.
        case accept
        /// Do not publish yet: each doubtful register with its reason.
        case hold([Finding])
        /// True, but a register begins anew or its doubtful level was confirmed: publish and tell.
        case acceptNewLevel([Finding])
    }

    /// What a register is remembered by.
    struct Level: Equatable, Sendable {
        /// The last accepted value.
        var value: ScaledInteger
        /// When it was received: seconds since 1970.
        var time: Int64
        /// It was seen to run back slowly and stay there: net energy, backflow.
        var countsBothWays = false
        var candidate: Candidate?
    }

    /// A doubtful value that waits for others like it.
    struct Candidate: Equatable, Sendable {
        var value: ScaledInteger
        var time: Int64
        var telegrams: Int
    }

    private(set) var levels: [LifetimeRegister: Level] = [:]

    public init() {}

    /// - Parameter levels: as remembered; what is beyond `limit` is left out.
    init(levels: [(LifetimeRegister, Level)]) {
        for (register, level) in levels.prefix(Self.limit) { self.levels[register] = level }
    }

    /// Judges what one telegram says and remembers it.
    ///
    /// - Parameters:
    ///   - readings: `LifetimeRegister.readings(in: records)`; registers that are missing in this
    ///     telegram or have no value are not judged.
    ///   - deviceType: the meter's, which tells what rate is possible.
    ///   - time: when the telegram was received, in seconds since 1970. A clock that goes back does
    ///     no harm.
    public mutating func judge(
        _ readings: [LifetimeRegister.Reading], deviceType: DeviceType, at time: Int64
    ) -> Verdict {
        var doubts: [Finding] = []
        var news: [Finding] = []
        for reading in readings {
            guard var level = levels[reading.register] else { continue }
            let course = Course(
                of: reading.register, from: level.value, at: level.time, to: reading.value,
                at: time, deviceType: deviceType)
            switch course.assessment(countsBothWays: level.countsBothWays) {
            case .plausible: level.candidate = nil
            case .news(let kind): news.append(course.finding(kind))
            case .doubtful(let kind):
                let telegrams = Self.agreeing(with: level.candidate, on: course, at: time)
                level.candidate = Candidate(
                    value: reading.value, time: time, telegrams: telegrams)
                if telegrams < Self.confirmations {
                    doubts.append(course.finding(kind))
                } else if course.isSlowFall {
                    level.countsBothWays = true
                    news.append(course.finding(.countsBothWays))
                } else {
                    news.append(course.finding(.newLevel))
                }
            }
            levels[reading.register] = level
        }
        guard doubts.isEmpty else { return .hold(doubts) }
        for reading in readings { accept(reading, at: time) }
        return news.isEmpty ? .accept : .acceptNewLevel(news)
    }

    /// How many telegrams in a row agree, the present one included.
    private static func agreeing(
        with candidate: Candidate?, on course: Course, at time: Int64
    ) -> Int {
        guard let candidate else { return 1 }
        let step = Course(
            of: course.register, from: candidate.value, at: candidate.time, to: course.to,
            at: time, deviceType: course.deviceType)
        guard case .plausible = step.assessment(countsBothWays: true) else { return 1 }
        return candidate.telegrams + 1
    }

    private mutating func accept(_ reading: LifetimeRegister.Reading, at time: Int64) {
        guard var level = levels[reading.register] else {
            if levels.count < Self.limit {
                levels[reading.register] = Level(value: reading.value, time: time)
            }
            return
        }
        // Of the same value with more and with fewer places the finer one stays.
        let coarser = reading.value.exponent > level.value.exponent
        if !(coarser && Course.isSame(reading.value, level.value)) { level.value = reading.value }
        level.time = time
        level.candidate = nil
        levels[reading.register] = level
    }
}
