/// One round of a receiver that looks for its stick: each port where the stick may be, with each
/// kind it may be, the likeliest first; and what came of it. It opens nothing itself.
struct ReceiverRound {
    /// A port to try, as which stick, at which rate.
    struct Attempt {
        var port: String
        var stick: StickDescription
        var baudRate: UInt32
        /// The kind wanted; if it is another, the stick is only to be named.
        var wanted: StickKind

        init(
            _ stick: StickDescription, on port: String, baudRate: UInt32? = nil,
            wanted: StickKind? = nil
        ) {
            self.port = port
            self.stick = stick
            self.baudRate = baudRate ?? stick.baudRate
            self.wanted = wanted ?? stick.kind
        }
    }

    private let settings: ReceiverSettings
    private var attempts: [Attempt] = []
    private(set) var errors: [StickError] = []

    /// - Parameter failedRounds: how many in a row were before this one: a stick that did not answer
    ///   is tried in other ways too.
    init(_ settings: ReceiverSettings, ports: SerialPorts, failedRounds: Int) {
        self.settings = settings
        let candidates: [(port: String, kinds: [StickKind])] =
            if let port = settings.port {
                PortSighting(port) == nil
                    ? []
                    : [(port, StickCatalogue.rows(for: settings.kind).map(\.kind))]
            } else {
                ports.candidates(for: settings.kind, serial: settings.serial)
            }
        attempts = candidates.flatMap { port, kinds in
            let sticks = kinds.compactMap(StickCatalogue.row)
            let usual = sticks.map { Attempt($0, on: port) }
            guard failedRounds > 0, sticks.count == 1, let stick = sticks.first else {
                return usual
            }
            return usual + others(than: stick.kind, on: port)
                + otherRate(of: stick, on: port, failedRounds)
        }
    }

    /// Nothing but the same once more.
    init(_ settings: ReceiverSettings, again attempt: Attempt) {
        self.settings = settings
        attempts = [attempt]
    }

    /// A stick of another kind, at the port that a person named, is to be told by its name.
    private func others(than wanted: StickKind, on port: String) -> [Attempt] {
        guard settings.port != nil, settings.kind != nil else { return [] }
        return StickCatalogue.rows.filter { $0.kind != wanted && $0.isRecognisable }
            .map { Attempt($0, on: port, wanted: wanted) }
    }

    /// The stick may have been set to another rate: each round tries one.
    private func otherRate(
        of stick: StickDescription, on port: String, _ failedRounds: Int
    ) -> [Attempt] {
        let rates = stick.otherBaudRates
        guard !rates.isEmpty else { return [] }
        return [Attempt(stick, on: port, baudRate: rates[(failedRounds - 1) % rates.count])]
    }

    /// What to try now; nil at the round's end.
    mutating func next() -> Attempt? {
        attempts.isEmpty ? nil : attempts.removeFirst()
    }

    /// - Returns: whether the next attempt is at the same port.
    mutating func failed(_ attempt: Attempt, _ error: StickError) -> Bool {
        errors.append(error)
        switch error {
        case .noAnswer: break
        case .wrongStick where settings.kind == nil: break
        // The port cannot be opened, or the stick is known and of no use: as no other kind either.
        default: attempts.removeAll { $0.port == attempt.port }
        }
        return attempts.first?.port == attempt.port
    }

    /// The stick is found.
    mutating func succeeded() { attempts = [] }

    /// The one error of the round that helps most.
    var error: StickError {
        guard !errors.isEmpty else {
            return settings.port.map { .absent(port: $0) } ?? .notFound(settings.kind)
        }
        if let telling = errors.first(where: { $0.portWithoutAnswer == nil }) { return telling }
        // One kind was wanted: what is there instead tells more than silence elsewhere.
        if settings.kind != nil {
            let other = errors.first { if case .wrongStick = $0 { true } else { false } }
            return other ?? errors[0]
        }
        return .noneAnswered(ports: Set(errors.compactMap(\.portWithoutAnswer)).sorted())
    }
}

extension StickError {
    /// The port where nothing answered as the kind that was probed for.
    fileprivate var portWithoutAnswer: String? {
        switch self {
        case .noAnswer(_, let port, _), .wrongStick(_, _, let port): port
        default: nil
        }
    }
}
