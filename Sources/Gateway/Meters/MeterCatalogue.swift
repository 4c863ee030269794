import Decoder

/// The definitions: those built in, and the user's, which stand above them.
///
/// Built-in files are read when a telegram of their manufacturer comes for the first time; a
/// telegram without a definition costs one look-up. Not thread-safe: one for each thread.
public final class MeterCatalogue {
    private let users: [MeterDefinition]
    private var builtIn: [Int: MeterDefinition] = [:]
    /// What was found before, by all that a detection asks for but the payload.
    private var known: [Telegram.Sort: [MeterDefinition]] = [:]

    /// More sorts of meters than any neighbourhood has; then all is looked up afresh.
    private static let mostKnown = 4096

    public init(users: [MeterDefinition] = []) { self.users = users }

    /// Gives `reading` the definition of its meter, if there is one.
    public func apply(to reading: inout Reading) {
        let sort = Telegram.Sort(reading.telegram)
        let candidates: [MeterDefinition]
        if let found = known[sort] {
            candidates = found
        } else {
            candidates = find(reading.telegram)
            if known.count >= Self.mostKnown { known.removeAll() }
            known[sort] = candidates
        }
        if candidates.isEmpty { return }
        let telegram = reading.telegram
        for definition in candidates
        where definition.detection(for: telegram, payloadFamily: reading.payloadFamily) != nil {
            return reading.apply(definition)
        }
    }

    /// All that may fit, best first; of equals the user's.
    private func find(_ telegram: Telegram) -> [MeterDefinition] {
        let files = BuiltInMeters.files(of: telegram.meter.manufacturer)
        let all = users + files.compactMap { builtInDefinition($0) }
        let weighted = all.compactMap { definition -> (MeterDefinition, Int)? in
            let weights = definition.detections.compactMap { detection -> Int? in
                // The payload is looked at for each telegram.
                detection.matches(telegram, payloadFamily: detection.payloadFamily)
                    ? detection.weight : nil
            }
            return weights.max().map { (definition, $0) }
        }
        // Stable for equals: the user's stand first.
        return weighted.enumerated().sorted {
            ($1.element.1, $0.offset) < ($0.element.1, $1.offset)
        }.map(\.element.0)
    }

    private func builtInDefinition(_ file: Int) -> MeterDefinition? {
        if let definition = builtIn[file] { return definition }
        let definition = BuiltInMeters.definition(file)
        builtIn[file] = definition
        return definition
    }

    /// All definitions, by id; a user's stands in the place of a built-in one with its id.
    public var all: [MeterDefinition] {
        let own = Set(users.map(\.id))
        let others = BuiltInMeters.all.indices.compactMap { builtInDefinition($0) }
        return (users + others.filter { !own.contains($0.id) }).sorted { $0.id < $1.id }
    }
}

extension Telegram {
    /// What detections look at.
    fileprivate struct Sort: Hashable {
        var meter: UInt64
        var sender: UInt64
        var ciField: UInt8

        init(_ telegram: Telegram) {
            // Without the identification numbers.
            let mask: UInt64 = 0xFFFF_0000_0000_FFFF
            meter = telegram.meter.packed & mask
            sender = telegram.sender.packed & mask
            ciField = telegram.header.ciField.rawValue
        }
    }
}
