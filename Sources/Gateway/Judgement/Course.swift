import Decoder

/// The way of a register from its last accepted value to the present one.
struct Course {
    var register: LifetimeRegister
    var deviceType: DeviceType
    var from: ScaledInteger
    var to: ScaledInteger
    /// The most that it can have counted in the time between; nil: not known.
    private var limit: Double?

    enum Judgement: Equatable {
        case plausible
        /// True, and worth telling.
        case news(Finding.Kind)
        case doubtful(Finding.Kind)
    }

    init(
        of register: LifetimeRegister, from: ScaledInteger, at start: Int64, to: ScaledInteger,
        at end: Int64, deviceType: DeviceType
    ) {
        self.register = register
        self.deviceType = deviceType
        self.from = from
        self.to = to
        limit = PhysicalRate.limit(
            of: register, deviceType: deviceType, seconds: Double(end) - Double(start))
    }

    func finding(_ kind: Finding.Kind) -> Finding {
        Finding(register: register, kind: kind, from: from, to: to)
    }

    func judgement(countsBothWays: Bool) -> Judgement {
        switch to.order(against: from) {
        case 0: .plausible
        case 1: isPossible(to.distance(from: from)) ? .plausible : .doubtful(.jumped)
        default: judgementOfFall(countsBothWays: countsBothWays)
        }
    }

    private func judgementOfFall(countsBothWays: Bool) -> Judgement {
        if Self.isSame(to, from) { return .plausible }
        if countsBothWays, isSlowFall { return .plausible }
        if isWrap { return .news(.wrapped) }
        if isReset { return .news(.reset) }
        return .doubtful(.wentBack)
    }

    /// A fall of no more than a hundredth of what the register could count forward.
    var isSlowFall: Bool {
        guard let limit else { return false }
        let fall = from.distance(from: to)
        return fall > 0 && fall <= limit / 100
    }

    private func isPossible(_ growth: Double) -> Bool {
        guard let limit else { return true }
        return growth <= limit + max(from.resolution, to.resolution)
    }

    /// The register was full and began again at 0: 99,999,999 is followed by 0.
    ///
    /// Registers are full at a power of ten (BCD, or as many digits as the display has) or at 2^16,
    /// 2^24 or 2^32 (EN 13757-3, data types A and B).
    private var isWrap: Bool {
        guard from.exponent == to.exponent, from.mantissa > 0, to.mantissa >= 0 else {
            return false
        }
        var decimal: Int64 = 10_000
        while decimal <= from.mantissa, decimal < 1_000_000_000_000 { decimal *= 10 }
        return [decimal, 1 << 16, 1 << 24, 1 << 32].contains { size in
            guard from.mantissa < size, from.mantissa >= size / 10 * 9, to.mantissa < size / 10
            else { return false }
            let growth = ScaledInteger(size - from.mantissa + to.mantissa, exponent: to.exponent)
            return isPossible(growth.approximate)
        }
    }

    /// Heat cost allocators begin anew at their due date: from any value to nearly 0.
    private var isReset: Bool {
        guard register.quantity == .hcaUnits, to.mantissa >= 0 else { return false }
        let (old, new) = (from.approximate, to.approximate)
        return new <= old / 10 || new <= min(20, old / 2)
    }

    /// Whether two values with different decimal places are the same within the coarser one's
    /// resolution: short telegrams often have up to three places fewer than long ones, cut or
    /// rounded.
    static func isSame(_ one: ScaledInteger, _ other: ScaledInteger) -> Bool {
        let places = Double(one.exponent) - Double(other.exponent)
        return (1...3).contains(places.magnitude)
            && one.distance(from: other).magnitude < max(one.resolution, other.resolution)
    }
}
