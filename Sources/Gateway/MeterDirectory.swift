import Decoder

/// Finds the configured meter that an address belongs to.
///
/// An id may be written without manufacturer, version or type as long as only one meter in reach
/// fits. So it is remembered which addresses were heard that fit: once there are two, and what is
/// written does not tell them apart, neither is published.
struct MeterDirectory {
    enum Found: Equatable {
        /// Index into the configured meters; `typeDiffers`: what stands before the manufacturer in
        /// the id fits the meter in no sense.
        case meter(Int, typeDiffers: Bool)
        case none
        /// Two addresses fit one meter's id, or one address fits the ids of two meters.
        case ambiguous(meters: [Int], addresses: [MeterAddress])
    }

    /// Seconds after which an address that was not heard again is forgotten: it may have been
    /// damage.
    static let memory: Int64 = 24 * 3600

    fileprivate struct Candidate {
        let index: Int
        let selector: MeterSelector
        /// Addresses that fit and when they were last heard; few, the oldest goes.
        var heard: [(address: MeterAddress, at: Int64)] = []
    }

    /// By identification number, which every id has.
    private var candidates: [UInt32: [Candidate]] = [:]

    /// - Parameter selectors: the configured meters' ids.
    init(_ selectors: [MeterSelector]) {
        for (index, selector) in selectors.enumerated() {
            candidates[selector.identificationNumber, default: []]
                .append(Candidate(index: index, selector: selector))
        }
    }

    /// Takes other ids; what was heard of those that stay is kept.
    mutating func configure(_ selectors: [MeterSelector]) {
        let before = candidates
        self = MeterDirectory(selectors)
        for (number, known) in candidates {
            for (place, candidate) in known.enumerated() {
                let same = before[number]?.first { $0.selector == candidate.selector }
                candidates[number]?[place].heard = same?.heard ?? []
            }
        }
    }

    /// The meter with `address`, heard at `time` (seconds).
    mutating func find(_ address: MeterAddress, at time: Int64) -> Found {
        guard var known = candidates[address.identificationNumber] else { return .none }
        let fitting = known.indices.filter { known[$0].selector.match(address) != nil }
        guard !fitting.isEmpty else { return .none }
        for place in fitting { known[place].hear(address, at: time) }
        candidates[address.identificationNumber] = known

        // Of several ids that fit, the one that fits best, then the one that says most.
        let best = fitting.map { known[$0].rank(of: address) }.max()
        let chosen = fitting.filter { known[$0].rank(of: address) == best }
        guard let place = chosen.first, chosen.count == 1 else {
            return .ambiguous(meters: chosen.map { known[$0].index }, addresses: [address])
        }
        let candidate = known[place]
        switch candidate.selector.choose(among: candidate.heard.lazy.map(\.address)) {
        case .one(address, let match):
            return .meter(candidate.index, typeDiffers: match == .firstCharacterDisagrees)
        case .ambiguous(let rivals) where rivals.contains(address):
            return .ambiguous(meters: [candidate.index], addresses: rivals)
        // Another address fits the id better: this one is somebody else's.
        case .one, .ambiguous, .none: return .none
        }
    }
}

extension MeterDirectory.Candidate {
    fileprivate mutating func hear(_ address: MeterAddress, at time: Int64) {
        heard.removeAll { $0.address == address || time - $0.at > MeterDirectory.memory }
        heard.append((address, time))
        if heard.count > 4 { heard.removeFirst() }
    }

    fileprivate func rank(of address: MeterAddress) -> Int {
        let said = selector.version != nil ? 2 : selector.manufacturer != nil ? 1 : 0
        return (selector.match(address)?.rawValue ?? 0) * 3 + said
    }
}
