import Decoder

/// The way of a register from its last accepted value to the present one.
struct Course {
    var register: LifetimeRegister
    var deviceType: DeviceType
    var from: ScaledInteger
    var to: ScaledInteger
    /// The most that it can have counted in the time between; nil: not known.
    private var limit: Double?

    enum Assessment: Equatable {
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

    func assessment(countsBothWays: Bool) -> Assessment {
        switch to.order(against: from) {
        case 0: .plausible
        case 1: isPossible(to.distance(from: from)) ? .plausible : .doubtful(.jumped)
        default: assessmentOfFall(countsBothWays: countsBothWays)
        }
    }

    private func assessmentOfFall(countsBothWays: Bool) -> Assessment {
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

    /// Where registers are full: 8 and 12 digits of BCD, 24 and 32 bits (EN 13757-3, data types A
    /// and C). Shorter ones are left out: an exchanged meter would often look like one that is full.
    private static let sizes: [Int64] = [100_000_000, 1_000_000_000_000, 1 << 24, 1 << 32]

    /// The register was full and began again at 0: from the last hundredth of its range to the first.
    private var isWrap: Bool {
        guard from.exponent == to.exponent, to.mantissa >= 0 else { return false }
        return Self.sizes.contains { size in
            guard from.mantissa < size, from.mantissa >= size / 100 * 99, to.mantissa < size / 100
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
