import Wire

/// One radio stick, kept working: looked for, opened, identified, configured, listened to, and
/// found again when it was away. Tells all of it to its handler, on the event loop.
///
///     absent → opening → draining → identifying → configuring → listening
///        ↑________________________ waiting (2, 4, 8 … 60 s) ______|
///
/// It opens one port at a time and works through rounds: a round tries each port where the stick
/// may be with each kind it may be. A round that finds none is followed by a pause, which a port
/// that appears cuts short; without any port there is nothing to do until one appears.
///
/// While it listens a `Supervisor` watches over the stick, and the steps that it asks for are taken
/// here.
public final class Receiver {
    private let settings: ReceiverSettings
    private let loop: EventLoop
    private let ports: SerialPorts
    private let usb: USBDevices?
    private let timing: ReceiverTiming
    private let handler: (ReceiverEvent) -> Void

    /// What it has done since it was made.
    public private(set) var statistics = ReceiverStatistics()

    private var isRunning = false
    private var link: StickLink?
    /// What `link` is, or was last.
    private var current: ReceiverRound.Attempt?
    private var supervisor: Supervisor
    private var round: ReceiverRound
    /// Rounds in a row that found no stick.
    private var failedRounds = 0
    private var isListening: Bool {
        get { statistics.isListening }
        set { statistics.isListening = newValue }
    }
    /// Already told, so not told again.
    private var reported: StickError?
    private var notices: Set<StickNotice> = []
    private var timer: EventLoop.Token?
    private var supervisionTimer: EventLoop.Token?
    /// When `supervisionTimer` wants to look.
    private var supervisionDue: ContinuousClock.Instant
    /// Set while ports are waited for.
    private var pathWatch: PathWatch?
    private var usbSubscription: USBDevices.Subscription?

    /// - Parameter usb: tells when sticks come, and resets one that hangs; nil: neither
    public convenience init(
        settings: ReceiverSettings, loop: EventLoop, usb: USBDevices? = nil,
        handler: @escaping (ReceiverEvent) -> Void
    ) {
        self.init(
            settings: settings, loop: loop, ports: SerialPorts(), usb: usb,
            timing: ReceiverTiming(), handler: handler)
    }

    init(
        settings: ReceiverSettings, loop: EventLoop, ports: SerialPorts, usb: USBDevices? = nil,
        timing: ReceiverTiming, handler: @escaping (ReceiverEvent) -> Void
    ) {
        self.settings = settings
        self.loop = loop
        self.ports = ports
        self.usb = usb
        self.timing = timing
        self.handler = handler
        supervisor = Supervisor(times: timing.supervision, now: loop.now)
        supervisionDue = loop.now
        round = ReceiverRound(settings, ports: ports, failedRounds: 0)
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
        closeLink()
        loop.cancel(timer)
        endWatching()
    }

    public func pause() {
        guard isListening else { return }
        loop.cancel(supervisionTimer)
        link?.pause()
    }

    public func resume() {
        guard isListening else { return }
        link?.resume()
        // What waits in the line is heard now: the silence was ours.
        supervisor.beganListening(at: loop.now)
        statistics.recovering = nil
        supervise()
    }

    private func closeLink() {
        isListening = false
        link?.close()
        link = nil
        loop.cancel(supervisionTimer)
    }

    // MARK: Rounds

    private func beginRound() {
        round = ReceiverRound(settings, ports: ports, failedRounds: failedRounds)
        tryNext()
    }

    private func tryNext() {
        guard let next = round.next() else { return endRound() }
        current = next
        do throws(StickError) {
            link = try StickLink(
                opening: next.port, stick: next.stick, baudRate: next.baudRate,
                wanted: next.wanted, modes: settings.modes, loop: loop, timing: timing
            ) { [weak self] in self?.handle($0, of: next) }
        } catch {
            attemptFailed(next, error)
        }
    }

    private func attemptFailed(_ attempt: ReceiverRound.Attempt, _ error: StickError) {
        let isSamePort = round.failed(attempt, error)
        timer = loop.after(isSamePort ? timing.betweenProbes : .zero) { [weak self] in
            self?.tryNext()
        }
    }

    private func endRound() {
        if statistics.recovering != nil, !sightings().isEmpty,
            let step = supervisor.failed(at: loop.now)
        {
            return take(step)
        }
        statistics.recovering = nil
        let error = round.error
        switch error {
        // Nothing to try: what counts is when a port appears.
        case .notFound, .absent: failedRounds = 0
        default: failedRounds += 1
        }
        let pause = failedRounds > 0 ? roundPause : nil
        if !round.errors.isEmpty || error != reported {
            reported = error
            handler(.waiting(error, retryIn: pause))
        }
        if isRunning { wait(pause) }
    }

    /// Behind so many failed rounds.
    private var roundPause: Duration {
        let doublings = min(max(failedRounds - 1, 0), 10)
        return min(timing.firstPause * (1 << doublings), timing.longestPause)
    }

    // MARK: Waiting

    /// Waits for the pause to end (nil: for ever) or for a port to appear, change or get other
    /// permissions.
    private func wait(_ pause: Duration?) {
        loop.cancel(timer)
        let seen = sightings()
        watchPorts { [weak self] in self?.portsChanged(since: seen) }
        // Something may have come before it was watched for.
        if sightings() != seen { return portsChanged(since: seen) }
        let rest = pathWatch == nil ? min(pause ?? timing.look, timing.look) : pause
        guard let rest else { return }
        timer = loop.after(rest) { [weak self] in
            self?.endWatching()
            self?.beginRound()
        }
    }

    private func portsChanged(since seen: [PortSighting]) {
        let now = sightings()
        guard now != seen else { return }
        // What went away is a new stick when it is back, taken at once.
        failedRounds = 0
        guard !now.isEmpty else { return wait(nil) }
        endWatching()
        loop.cancel(timer)
        timer = loop.after(timing.settling) { [weak self] in self?.beginRound() }
    }

    private func watchPorts(_ changed: @escaping () -> Void) {
        endWatching()
        pathWatch = PathWatch(
            [settings.port ?? ports.devices], loop: loop, changed: changed)
        usbSubscription = usb?.subscribe { _ in changed() }
    }

    private func endWatching() {
        pathWatch = nil
        if let usbSubscription { usb?.cancel(usbSubscription) }
        usbSubscription = nil
    }

    private func sightings() -> [PortSighting] {
        let paths =
            settings.port.map { [$0] }
            ?? ports.candidates(for: settings.kind, serial: settings.serial).map(\.port)
        return paths.compactMap { PortSighting($0) }
    }

    // MARK: The stick

    private func handle(_ event: StickLink.Event, of attempt: ReceiverRound.Attempt) {
        switch event {
        case .frame(let frame): heard(frame)
        case .skipped(let count, let reason):
            statistics.skippedOctets[reason, default: 0] += UInt64(count)
            handler(.skipped(octets: count, reason))
        case .notice(let notice): note(notice)
        case .ready(let report): listening(report, attempt)
        case .failed(let error): stickFailed(attempt, error)
        case .ended(let error): portEnded(attempt, error)
        }
    }

    private func heard(_ frame: RadioFrame) {
        statistics.frames += 1
        statistics.lastFrame = loop.now
        failedRounds = 0
        if isListening || statistics.recovering != nil {
            let recovery = supervisor.heardTelegram(at: loop.now)
            statistics.recovering = nil
            // The next silence may be due sooner than the step that was to come in this one.
            if isListening, supervisor.due < supervisionDue { supervise() }
            if let recovery {
                handler(.recovered(after: recovery.silence, by: recovery.step))
            }
        }
        handler(.frame(frame))
    }

    private func listening(_ report: StickReport, _ attempt: ReceiverRound.Attempt) {
        isListening = true
        reported = nil
        round.succeeded()
        if attempt.baudRate != attempt.stick.baudRate {
            note(
                .unusualBaudRate(
                    attempt.stick.kind, rate: attempt.baudRate, usual: attempt.stick.baudRate))
        }
        if statistics.recovering == nil {
            supervisor.beganListening(at: loop.now)
        } else {
            supervisor.listensAgain(at: loop.now)
        }
        supervise()
        handler(
            .listening(
                StickIdentity(
                    kind: attempt.stick.kind, serial: report.serial, firmware: report.firmware,
                    model: report.model, port: attempt.port, modes: report.modes)))
    }

    private func stickFailed(_ attempt: ReceiverRound.Attempt, _ error: StickError) {
        guard isListening || statistics.recovering != nil else {
            closeLink()
            return attemptFailed(attempt, error)
        }
        if let step = supervisor.failed(at: loop.now) { take(step) } else { lost(error) }
    }

    private func portEnded(_ attempt: ReceiverRound.Attempt, _ error: StickError) {
        let wasListening = isListening
        closeLink()
        if wasListening {
            lost(error)
        } else if statistics.recovering != nil {
            // A stick that restarts may leave the bus for a moment.
            startOver(after: timing.restart)
        } else {
            attemptFailed(attempt, error)
        }
    }

    private func lost(_ error: StickError) {
        closeLink()
        statistics.losses += 1
        statistics.recovering = nil
        failedRounds += 1
        // Before the handler, which may stop us: so that nothing is left to run then.
        wait(roundPause)
        handler(.lost(error))
    }

    private func note(_ notice: StickNotice) {
        if notices.insert(notice).inserted { handler(.notice(notice)) }
    }
}

// Recovery
extension Receiver {
    /// Lets the supervisor look when it wants to, as long as the stick listens.
    private func supervise() {
        loop.cancel(supervisionTimer)
        supervisionDue = supervisor.due
        let rest = max(.zero, loop.now.duration(to: supervisionDue))
        supervisionTimer = loop.after(rest) { [weak self] in
            guard let self, isListening else { return }
            if let step = supervisor.next(at: loop.now) { take(step) }
            if isListening { supervise() }
        }
    }

    private func take(_ step: RecoveryStep) {
        // Some sticks know no reset: then it is no step.
        if step == .resetStick, link?.reset() != true { return stepFailed() }
        statistics.recoveries[step, default: 0] += 1
        statistics.recovering = step
        handler(.recovering(step, silentFor: supervisor.quietSince.duration(to: loop.now)))
        // The handler may have stopped us.
        guard isRunning, let current else { return }
        switch step {
        case .askStatus: link?.ask()
        case .reconfigure: link?.setUpAgain()
        case .resetStick: isListening = false
        case .reopen:
            closeLink()
            round = ReceiverRound(settings, again: current)
            tryNext()
        case .resetUSB:
            closeLink()
            resetUSB(current.port)
        }
    }

    private func stepFailed() {
        if let step = supervisor.failed(at: loop.now) { take(step) }
    }

    /// Of the device behind the port alone. A port that is none of USB's is just tried again.
    private func resetUSB(_ port: String) {
        if let usb, let location = ports.location(of: port) {
            do throws(USBError) { try usb.reset(location) } catch { handler(.notReset(error)) }
        }
        if isRunning { startOver(after: timing.restart) }
    }

    private func startOver(after pause: Duration) {
        loop.cancel(timer)
        timer = loop.after(pause) { [weak self] in self?.beginRound() }
    }
}
