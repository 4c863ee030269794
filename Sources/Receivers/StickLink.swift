import Wire

/// How long the shell waits for what.
struct ReceiverTiming: Sendable {
    /// A line is quiet, so that the stick can be asked, after this time without an octet …
    var quiet = Duration.milliseconds(100)
    /// … or at the latest after this.
    var drainingLimit = Duration.seconds(1)
    /// A stick that sent nothing for so long is asked whether it is there.
    var silence = Duration.seconds(60)
    /// Between two probes of one port: the first leaves rubbish in the stick's parser.
    var betweenProbes = Duration.seconds(1)
    /// From the news of a port to its use: until then it gets its name and permissions.
    var settling = Duration.milliseconds(200)
    /// Until a device that was reset is there again.
    var restart = Duration.seconds(2)
    /// How often ports are looked at where the system does not tell of changes.
    var look = Duration.seconds(10)
    /// The pause behind the first failed round; it doubles up to `longestPause`.
    var firstPause = Duration.seconds(2)
    var longestPause = Duration.seconds(60)
    var supervision = SupervisionTimes()
    /// What part of its usual time each stick has to answer; less for simulated ones.
    var patience = 1.0
}

/// One open port and the conversation with the stick behind it: does what the session says, and
/// tells it what was heard and which time is over.
final class StickLink {
    enum Event {
        case frame(RadioFrame)
        case ready(StickReport)
        case skipped(octets: Int, SkipReason)
        case notice(StickNotice)
        /// The stick does not do as it should; the port stays open.
        case failed(StickError)
        /// The port is closed.
        case ended(StickError)
    }

    private let stick: StickDescription
    /// See `init`.
    private let wanted: StickKind
    private let port: any BytePort
    private let loop: EventLoop
    private let timing: ReceiverTiming
    private let handler: (Event) -> Void
    private var conversation: any StickConversation

    private enum State { case draining, identifying, listening, failed, closed }
    private var state = State.draining

    /// What was heard before the stick was identified, to tell another kind by.
    private var heard: [UInt8] = []
    private static let heardLimit = 4096

    private var replyTimer: EventLoop.Token?
    private var stallTimer: EventLoop.Token?
    private var drainingTimer: EventLoop.Token?
    private var drainingEnd: EventLoop.Instant
    private var silenceTimer: EventLoop.Token?
    private var lastHeard: EventLoop.Instant
    private var isPaused = false

    /// Protocol faults since the last good frame.
    private var faults = 0
    private var strayOctets = 0
    private static let faultLimit = 20
    /// So many octets that belong to nothing make a fault.
    private static let straysInAFault = 64

    /// Opens `path` and waits for the line to be quiet before it asks anything.
    ///
    /// - Parameter wanted: the kind that the stick shall be. If another than `stick` it is only
    ///   asked what it is, to name it, and not configured.
    init(
        opening path: String, stick: StickDescription, baudRate: UInt32, wanted: StickKind,
        modes: Set<LinkMode>?, loop: EventLoop, timing: ReceiverTiming,
        handler: @escaping (Event) -> Void
    ) throws(StickError) {
        port =
            if let network = TCPPort(path: path, loop: loop) {
                network
            } else {
                try SerialPort(opening: path, baudRate: baudRate, loop: loop)
            }
        self.stick = stick
        self.wanted = wanted
        conversation = stick.conversation(StickSetup(port: path, modes: modes))
        self.loop = loop
        self.timing = timing
        self.handler = handler
        lastHeard = loop.now
        drainingEnd = loop.now + timing.drainingLimit
        port.start(
            received: { [weak self] in self?.received($0) },
            ended: { [weak self] in self?.end($0) })
        waitForQuiet()
    }

    deinit { close() }

    func close() {
        guard state != .closed else { return }
        state = .closed
        for timer in [replyTimer, stallTimer, drainingTimer, silenceTimer] { loop.cancel(timer) }
        port.close(saying: conversation.farewell)
    }

    /// Hears nothing until `resume`, so that what cannot be handled yet waits in the stick. Only one
    /// that listens can be paused: the others have a conversation to finish.
    func pause() {
        guard state == .listening, !isPaused else { return }
        isPaused = true
        port.pause()
        // The rest of a begun message waits in the line: it has not stalled.
        loop.cancel(stallTimer)
    }

    func resume() {
        guard isPaused else { return }
        isPaused = false
        lastHeard = loop.now
        port.resume()
        watchForStall()
    }

    // MARK: Recovery

    /// Asks whether the stick is there: `failed` follows if it is not.
    func ask() {
        guard state == .listening else { return }
        perform(conversation.fellSilent())
    }

    /// Identifies and configures the stick again: `ready` or `failed` follows.
    func setUpAgain() { beginAgain { conversation.opened() } }

    /// As `setUpAgain`, behind the stick's own reset.
    ///
    /// - Returns: false if it knows no such command; nothing follows then.
    func reset() -> Bool {
        let actions = conversation.reset()
        guard !actions.isEmpty else { return false }
        beginAgain { actions }
        return true
    }

    private func beginAgain(_ actions: () -> [StickAction]) {
        guard state != .closed else { return }
        state = .identifying
        faults = 0
        strayOctets = 0
        loop.cancel(silenceTimer)
        perform(actions())
        watchForStall()
    }

    // MARK: What happens

    private func received(_ octets: [UInt8]) {
        lastHeard = loop.now
        if state == .draining || state == .identifying {
            heard += octets.prefix(Self.heardLimit - heard.count)
        }
        guard stick.kind == wanted else {
            if stick.recognises(heard) {
                end(.wrongStick(expected: wanted, found: stick.kind, port: port.path))
            }
            return
        }
        perform(conversation.received(octets))
        if state == .draining { waitForQuiet() } else { watchForStall() }
    }

    private func waitForQuiet() {
        loop.cancel(drainingTimer)
        let rest = max(.zero, min(timing.quiet, loop.now.duration(to: drainingEnd)))
        drainingTimer = loop.after(rest) { [weak self] in self?.isQuiet() }
    }

    private func isQuiet() {
        guard state == .draining else { return }
        state = .identifying
        if lastHeard.duration(to: loop.now) >= timing.quiet { perform(conversation.stalled()) }
        perform(conversation.opened())
        watchForStall()
    }

    private func watchForStall() {
        loop.cancel(stallTimer)
        guard state != .closed, !isPaused, let patience = conversation.patience else { return }
        stallTimer = loop.after(patience * timing.patience) { [weak self] in
            guard let self else { return }
            perform(conversation.stalled())
        }
    }

    /// A false start may have swallowed the reply: so a message that has begun is given the time to
    /// be completed or taken back, once, before the reply is given up.
    private func waitForReply(_ duration: Duration, isExtension: Bool = false) {
        loop.cancel(replyTimer)
        replyTimer = loop.after(duration * timing.patience) { [weak self] in
            guard let self else { return }
            if !isExtension, let patience = conversation.patience {
                waitForReply(patience + .milliseconds(10), isExtension: true)
            } else {
                perform(conversation.timedOut())
            }
        }
    }

    private func watchForSilence() {
        loop.cancel(silenceTimer)
        let rest = timing.silence - lastHeard.duration(to: loop.now)
        silenceTimer = loop.after(max(rest, .milliseconds(10))) { [weak self] in
            guard let self, state == .listening else { return }
            if !isPaused, lastHeard.duration(to: loop.now) >= timing.silence {
                lastHeard = loop.now
                perform(conversation.fellSilent())
            }
            if state == .listening { watchForSilence() }
        }
    }

    // MARK: What is done

    private func perform(_ actions: [StickAction]) {
        for action in actions where state != .closed {
            switch action {
            case .write(let octets): port.write(octets)
            case .wait(let duration): waitForReply(duration)
            case .waitNoMore: loop.cancel(replyTimer)
            case .deliver(let frame):
                faults = 0
                strayOctets = 0
                handler(.frame(frame))
            case .skip(let count, let reason): skipped(count, reason)
            case .ready(let report):
                state = .listening
                heard = []
                handler(.ready(report))
                if state == .listening { watchForSilence() }
            case .notice(let notice): handler(.notice(notice))
            case .fail(let error): failed(error)
            }
        }
    }

    private func skipped(_ count: Int, _ reason: SkipReason) {
        handler(.skipped(octets: count, reason))
        guard state == .listening else { return }
        if reason == .noStart { strayOctets += count } else { faults += 1 }
        let all = faults + strayOctets / Self.straysInAFault
        if all >= Self.faultLimit {
            failed(.onlyDamaged(stick.kind, port: port.path, count: all))
        }
    }

    private func failed(_ error: StickError) {
        guard state != .closed else { return }
        state = .failed
        faults = 0
        strayOctets = 0
        for timer in [replyTimer, silenceTimer] { loop.cancel(timer) }
        var error = error
        if case .noAnswer = error, let found = StickCatalogue.recognise(heard, except: wanted) {
            error = .wrongStick(expected: wanted, found: found, port: port.path)
        }
        handler(.failed(error))
    }

    private func end(_ error: StickError) {
        guard state != .closed else { return }
        close()
        handler(.ended(error))
    }
}
