import Decoder

/// Finds the configured meter that an address belongs to.
///
/// An id may be written without manufacturer, version or type as long as only one meter in reach
/// fits. So it is remembered which addresses were heard that fit: once there are two, and what is
/// written does not tell them apart, neither is published.
struct MeterDirectory {
    enum Found: Equatable {
        /// Index into the configured meters.
        case meter(Int)
        case none
        /// Two addresses fit one meter's id, or one address fits the ids of two meters.
        case ambiguous(meters: [Int], addresses: [MeterAddress])
    }

    /// An address that was not heard for so long is forgotten: it may have been damage.
    static let memory: Int64 = 24 * 3600

    fileprivate struct Candidate {
        let index: Int
        let pattern: MeterPattern
        /// Addresses that fit and when they were last heard; few, the oldest goes.
        var heard: [(address: MeterAddress, at: Int64)] = []
    }

    /// By identification number, which every id has.
    private var candidates: [UInt32: [Candidate]] = [:]

    /// - Parameter ids: the configured ids; what is no id is found by no address.
    init(ids: [String]) {
        for (index, id) in ids.enumerated() {
            guard let pattern = MeterPattern(id) else { continue }
            candidates[pattern.identificationNumber, default: []]
                .append(Candidate(index: index, pattern: pattern))
        }
    }

    /// The meter with `address`, heard at `time` (seconds).
    mutating func find(_ address: MeterAddress, at time: Int64) -> Found {
        guard var known = candidates[address.identificationNumber] else { return .none }
        let fitting = known.indices.filter { known[$0].pattern.matches(address) }
        guard !fitting.isEmpty else { return .none }
        for place in fitting { known[place].hear(address, at: time) }
        candidates[address.identificationNumber] = known

        // Of several ids that fit, the one whose first digits agree best, then the one that says
        // most.
        let best = fitting.map { known[$0].rank(for: address) }.max()
        let chosen = fitting.filter { known[$0].rank(for: address) == best }
        guard let place = chosen.first, chosen.count == 1 else {
            return .ambiguous(meters: chosen.map { known[$0].index }, addresses: [address])
        }
        // Of several addresses that fit the id, the one whose type agrees best.
        let rivals = known[place].bestAddresses
        guard rivals.contains(address) else { return .none }
        return rivals.count == 1
            ? .meter(known[place].index)
            : .ambiguous(meters: [known[place].index], addresses: rivals)
    }
}

extension MeterDirectory.Candidate {
    fileprivate mutating func hear(_ address: MeterAddress, at time: Int64) {
        heard.removeAll { $0.address == address || time - $0.at > MeterDirectory.memory }
        heard.append((address, time))
        if heard.count > 4 { heard.removeFirst() }
    }

    fileprivate func rank(for address: MeterAddress) -> Int {
        let said = pattern.version != nil ? 2 : pattern.manufacturer != nil ? 1 : 0
        return pattern.agreement(with: address.deviceType).rawValue * 3 + said
    }

    fileprivate var bestAddresses: [MeterAddress] {
        let best = heard.map { pattern.agreement(with: $0.address.deviceType) }.max()
        return heard.map(\.address).filter { pattern.agreement(with: $0.deviceType) == best }
    }
}
