/// What is to be done with one telegram of a meter, and what a person should know besides.
public struct Judgement: Equatable, Sendable {
    public var decision: Decision
    /// To be logged once each, whatever was decided.
    public var notices: [Notice]

    public init(decision: Decision, notices: [Notice] = []) {
        self.decision = decision
        self.notices = notices
    }

    public enum Decision: Equatable, Sendable {
        case publish
        /// Not yet: the next telegrams will tell. Count it and log the findings.
        case hold([Finding])
        /// Never: it was sent before. Count it and log the reason.
        case refuse(ReplayGuard.Reason)
    }

    public enum Notice: Equatable, Sendable {
        /// The meter's clock or counter lies before what it was, and several telegrams agree.
        case beginsAnew(ReplayGuard.Reason)
        /// The very same telegram came before, and others in between. Published all the same, since
        /// its values go on from the last ones: a meter whose values rest repeats itself.
        case heardBefore(ReplayGuard.Reason)
        /// A register was accepted although its value does not go on from the last one.
        case register(Finding)
    }
}

extension Judgement.Notice: CustomStringConvertible {
    /// For a log line behind the meter's name.
    public var description: String {
        switch self {
        case .beginsAnew(let reason):
            "\(reason); the telegrams after it agree, so it counts from here on. Accepted: if the"
                + " meter was not exchanged nor its clock set, somebody may be sending recorded"
                + " telegrams."
        case .heardBefore(let reason):
            "\(reason). If this goes on, somebody may be sending recorded telegrams."
        case .register(let finding): finding.description
        }
    }
}
