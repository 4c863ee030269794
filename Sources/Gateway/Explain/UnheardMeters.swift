import Receivers

/// Finds the configured meters that are never heard, so that each is told once: its id may be
/// wrong, or its telegrams too weak. Pure.
struct UnheardMeters {
    typealias Instant = ContinuousClock.Instant

    /// So long receivers must have heard others: some meters send once or twice a day.
    static let usual = Duration.seconds(86_400)
    /// The time counts while telegrams come at least so often.
    static let proof = Duration.seconds(3600)

    private let limit: Duration
    /// How long each could have been heard, by name.
    private var waited: [String: Duration] = [:]
    private var told: Set<String> = []
    private var last: Instant?

    init(after limit: Duration = usual) { self.limit = limit }

    /// To be called now and then.
    ///
    /// - Parameters:
    ///   - names: of those that were not heard.
    ///   - isReceiving: whether any telegram was heard within `proof`.
    /// - Returns: the names that are to be told.
    mutating func pass(to now: Instant, unheard names: Set<String>, isReceiving: Bool) -> [String] {
        let passed = last.map { max($0.duration(to: now), .zero) } ?? .zero
        last = now
        waited = waited.filter { names.contains($0.key) }
        told.formIntersection(names)
        guard isReceiving else { return [] }
        for name in names { waited[name, default: .zero] += passed }
        let due = names.filter { waited[$0, default: .zero] >= limit }.subtracting(told)
        told.formUnion(due)
        return due.sorted()
    }

    /// The settings of these meters changed: they have their time again.
    mutating func forget(_ names: Set<String>) {
        waited = waited.filter { !names.contains($0.key) }
        told.subtract(names)
    }
}
