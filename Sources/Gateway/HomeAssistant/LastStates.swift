/// The last readings of a meter, as many as it takes to give all its values: said again, Home
/// Assistant has each of them back after a start.
///
/// Mostly that is one. But some meters send their values by turns, a part in each telegram.
struct LastStates {
    private struct State {
        var message: MQTTMessage
        /// Which of the meter's records it has a value of.
        var records: Set<UInt16>
        /// When it is too old to be said again.
        var staleFrom: ContinuousClock.Instant
    }

    /// More kinds of telegrams are not remembered.
    private static let most = 6

    /// Oldest first.
    private var states: [State] = []

    mutating func add(
        _ message: MQTTMessage, records: Set<UInt16>, staleFrom: ContinuousClock.Instant
    ) {
        states.append(State(message: message, records: records, staleFrom: staleFrom))
        var newestFirst: [State] = []
        var told: Set<UInt16> = []
        for state in states.reversed()
        where newestFirst.isEmpty || !state.records.isSubset(of: told) {
            newestFirst.append(state)
            told.formUnion(state.records)
        }
        states = newestFirst.prefix(Self.most).reversed()
    }

    /// Those that are fresh enough, oldest first.
    func messages(at now: ContinuousClock.Instant) -> [MQTTMessage] {
        states.filter { now < $0.staleFrom }.map(\.message)
    }
}
