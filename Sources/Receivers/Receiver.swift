import Wire

/// One radio stick, kept working: looked for, opened, identified, configured, listened to, and
/// found again when it was away. Tells all of it to its handler, on the event loop.
///
///     absent → opening → draining → identifying → configuring → listening
///        ↑________________________ waiting (2, 4, 8 … 60 s) ______|
///
/// It opens one port at a time and works through rounds: a round tries each port where the stick
/// may be with each kind it may be. A round that finds none is followed by a pause, which a port
/// that appears cuts short.
public final class Receiver {
    private let settings: ReceiverSettings
    private let loop: EventLoop
    private let ports: SerialPorts
    private let timing: ReceiverTiming
    private let handler: (ReceiverEvent) -> Void

    /// A port to try, as which stick, at which rate.
    private struct Attempt {
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

    private var isRunning = false
    private var link: StickLink?
    /// What is left of this round.
    private var attempts: [Attempt] = []
    private var errors: [StickError] = []
    /// Rounds in a row that found no stick.
    private var failedRounds = 0
    private var isListening = false
    /// Already told, so not told again.
    private var reported: StickError?
    private var notices: Set<StickNotice> = []
    private var timer: EventLoop.Token?
    private var renewalTimer: EventLoop.Token?

    public convenience init(
        settings: ReceiverSettings, loop: EventLoop, handler: @escaping (ReceiverEvent) -> Void
    ) {
        self.init(
            settings: settings, loop: loop, ports: SerialPorts(), timing: ReceiverTiming(),
            handler: handler)
    }

    init(
        settings: ReceiverSettings, loop: EventLoop, ports: SerialPorts, timing: ReceiverTiming,
        handler: @escaping (ReceiverEvent) -> Void
    ) {
        self.settings = settings
        self.loop = loop
        self.ports = ports
        self.timing = timing
        self.handler = handler
    }

    deinit { stop() }

    /// Looks for the stick and keeps it working until `stop`. What no stick can do is refused
    /// (`failed`) before a port is opened.
    public func start() {
        guard !isRunning else { return }
        if let fault = StickCatalogue.fault(kind: settings.kind, modes: settings.modes) {
            return handler(.failed(fault))
        }
        isRunning = true
        failedRounds = 0
        reported = nil
        beginRound()
    }

    /// Closes the port; no event comes any more.
    public func stop() {
        isRunning = false
        isListening = false
        closeLink()
        loop.cancel(timer)
    }

    public func pause() { link?.pause() }

    public func resume() { link?.resume() }

    private func closeLink() {
        link?.close()
        link = nil
        loop.cancel(renewalTimer)
    }

    // MARK: Rounds

    private func beginRound() {
        errors = []
        attempts = plan()
        attempts.isEmpty ? endRound() : tryNext()
    }

    /// What to try in this round, the likeliest first.
    private func plan() -> [Attempt] {
        let candidates: [(port: String, kinds: [StickKind])] =
            if let port = settings.port {
                PortSighting(port) == nil
                    ? []
                    : [(port, StickCatalogue.rows(for: settings.kind).map(\.kind))]
            } else {
                ports.candidates(for: settings.kind)
            }
        return candidates.flatMap { port, kinds in
            let sticks = kinds.compactMap(StickCatalogue.row)
            let usual = sticks.map { Attempt($0, on: port) }
            guard failedRounds > 0, sticks.count == 1, let stick = sticks.first else {
                return usual
            }
            return usual + others(than: stick.kind, on: port)
                + otherRate(of: stick, on: port)
        }
    }

    /// A stick of another kind, at the port that a person named, is to be told by its name.
    private func others(than wanted: StickKind, on port: String) -> [Attempt] {
        guard settings.port != nil, settings.kind != nil else { return [] }
        return StickCatalogue.rows.filter { $0.kind != wanted && $0.isRecognisable }
            .map { Attempt($0, on: port, wanted: wanted) }
    }

    /// The stick may have been set to another rate: each round tries one.
    private func otherRate(of stick: StickDescription, on port: String) -> [Attempt] {
        let rates = stick.otherBaudRates
        guard !rates.isEmpty else { return [] }
        return [Attempt(stick, on: port, baudRate: rates[(failedRounds - 1) % rates.count])]
    }

    private func tryNext() {
        guard !attempts.isEmpty else { return endRound() }
        let next = attempts.removeFirst()
        do throws(StickError) {
            link = try StickLink(
                opening: next.port, stick: next.stick, baudRate: next.baudRate,
                wanted: next.wanted, modes: settings.modes, loop: loop, timing: timing
            ) { [weak self] in self?.handle($0, of: next) }
        } catch {
            failed(next, error)
        }
    }

    private func failed(_ attempt: Attempt, _ error: StickError) {
        errors.append(error)
        switch error {
        case .noAnswer: break
        case .wrongStick where settings.kind == nil: break
        // The port cannot be opened, or the stick is known and of no use: as no other kind either.
        default: attempts.removeAll { $0.port == attempt.port }
        }
        let isSamePort = attempts.first?.port == attempt.port
        timer = loop.after(isSamePort ? timing.betweenProbes : .zero) { [weak self] in
            self?.tryNext()
        }
    }

    private func endRound() {
        let error = roundError()
        switch error {
        // Nothing to try: what counts is when a port appears.
        case .notFound, .absent: failedRounds = 0
        default: failedRounds += 1
        }
        let doublings = min(max(failedRounds - 1, 0), 10)
        let pause = min(timing.firstPause * (1 << doublings), timing.longestPause)
        if !errors.isEmpty || error != reported {
            reported = error
            handler(.waiting(error, retryIn: failedRounds > 0 ? pause : timing.look))
        }
        if isRunning { wait(until: loop.now + pause, sightings: sightings()) }
    }

    /// The one error of a round that helps most.
    private func roundError() -> StickError {
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

    /// Waits for the pause to end or for a port to appear, change or get other permissions.
    private func wait(until due: EventLoop.Instant, sightings seen: [PortSighting]) {
        timer = loop.after(timing.look) { [weak self] in
            guard let self else { return }
            let now = sightings()
            if now.isEmpty {
                // It went away. When it is back it is a new stick, taken at once.
                failedRounds = 0
                wait(until: due, sightings: [])
            } else if now != seen {
                failedRounds = 0
                beginRound()
            } else if loop.now >= due {
                beginRound()
            } else {
                wait(until: due, sightings: seen)
            }
        }
    }

    private func sightings() -> [PortSighting] {
        let paths = settings.port.map { [$0] } ?? ports.candidates(for: settings.kind).map(\.port)
        return paths.compactMap { PortSighting($0) }
    }

    // MARK: The stick

    private func handle(_ event: StickLink.Event, of attempt: Attempt) {
        switch event {
        case .frame(let frame): handler(.frame(frame))
        case .skipped(let count, let reason): handler(.skipped(octets: count, reason))
        case .notice(let notice): note(notice)
        case .ready(let report): listening(report, attempt)
        case .ended(let error):
            closeLink()
            if isListening { lost(error) } else { failed(attempt, error) }
        }
    }

    private func listening(_ report: StickReport, _ attempt: Attempt) {
        isListening = true
        failedRounds = 0
        reported = nil
        attempts = []
        if attempt.baudRate != attempt.stick.baudRate {
            note(
                .unusualBaudRate(
                    attempt.stick.kind, rate: attempt.baudRate, usual: attempt.stick.baudRate))
        }
        renewalTimer = loop.after(timing.renewal) { [weak self] in
            guard let self else { return }
            closeLink()
            isListening = false
            beginRound()
        }
        handler(
            .listening(
                StickIdentity(
                    kind: attempt.stick.kind, serial: report.serial, firmware: report.firmware,
                    model: report.model, port: attempt.port, modes: report.modes)))
    }

    private func lost(_ error: StickError) {
        isListening = false
        // Before the handler, which may stop us: so that nothing is left to run then.
        wait(until: loop.now + timing.firstPause, sightings: sightings())
        handler(.lost(error))
    }

    private func note(_ notice: StickNotice) {
        if notices.insert(notice).inserted { handler(.notice(notice)) }
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
