import Decoder

/// What was noticed about one register: from which value to which, and what that means.
public struct Finding: Equatable, Sendable {
    public var register: LifetimeRegister
    public var kind: Kind
    /// The last accepted value.
    public var from: ScaledInteger
    /// The value in the telegram.
    public var to: ScaledInteger

    public enum Kind: Equatable, Sendable {
        /// Less than before. Held.
        case wentBack
        /// More than can have been counted meanwhile. Held.
        case jumped
        /// Full, and began again at 0. Accepted.
        case wrapped
        /// A heat cost allocator began anew at its due date. Accepted.
        case reset
        /// A level that was held was confirmed by the next telegrams. Accepted.
        case newLevel
        /// A slow fall was confirmed: from now on slow falls are accepted.
        case countsBothWays
    }
}

extension Finding: CustomStringConvertible {
    /// What happened and what is done about it, for a log line behind the meter's name.
    public var description: String {
        let unit = register.unit == .none ? "" : " " + register.unit.rawValue
        let step = "\(register) went from \(from)\(unit) to \(to)\(unit)"
        return switch kind {
        case .wentBack:
            "\(step), but a meter does not count back. Held until the next telegrams confirm it."
        case .jumped:
            "\(step), more than can flow in that time. Held until the next telegrams confirm it."
        case .wrapped: "\(step): the register was full and began again. Accepted."
        case .reset: "\(step): the allocator began anew at its due date. Accepted."
        case .newLevel:
            "\(step), confirmed by \(Plausibility.confirmations) telegrams in a row. Accepted: if"
                + " the meter was not exchanged, compare the value with its display."
        case .countsBothWays:
            "\(step) and stayed there. Accepted: from now on it may count both ways."
        }
    }
}
