import Wire

/// How long the shell of an input waits for what.
struct InputTiming: Sendable {
    /// The pause behind the first failure; it doubles up to `longestPause`.
    var firstPause = Duration.seconds(2)
    var longestPause = Duration.seconds(60)
    /// A program that lives so long is taken to work.
    var proof = Duration.seconds(3)
    /// An incoming connection that is silent for so long is closed.
    var idleLimit = Duration.seconds(1800)
}

/// One input that is no stick, kept working: opened, read, and opened again when it ends or fails,
/// with a growing pause between tries.
public final class InputReceiver: TelegramReceiver {
    private let source: InputSource
    private let format: InputFormat
    private let loop: EventLoop
    private let timing: InputTiming
    private let handler: (ReceiverEvent) -> Void

    public private(set) var statistics = ReceiverStatistics()

    private var port: (any InputPort)?
    private var isOpen: Bool {
        get { statistics.isListening }
        set { statistics.isListening = newValue }
    }
    private var isPaused = false
    /// In a row, with no telegram between them.
    private var failures = 0
    private var retryTimer: EventLoop.Token?
    private var streams: [Int: (stream: TelegramStream, stallTimer: EventLoop.Token?)] = [:]

    init(
        source: InputSource, format: InputFormat, loop: EventLoop, timing: InputTiming = .init(),
        handler: @escaping (ReceiverEvent) -> Void
    ) {
        self.source = source
        self.loop = loop
        self.timing = timing
        self.handler = handler
        self.format =
            switch (format, source) {
            case (.auto, .rtlWMBus): .rtlWMBus
            case (.auto, .rtl433): .rtl433
            default: format
            }
    }

    deinit { stop() }

    public func start() {
        guard port == nil else { return }
        let port = makePort()
        self.port = port
        do throws(InputError) {
            try port.start { [weak self, unowned port] event in
                guard let self, self.port === port else { return }
                handle(event)
            }
        } catch {
            failed(error)
        }
    }

    public func stop() {
        loop.cancel(retryTimer)
        closePort()
    }

    public func pause() {
        guard !isPaused else { return }
        isPaused = true
        port?.pause()
        // The rest of a begun telegram waits where it is: it has not stalled.
        for (_, timer) in streams.values { loop.cancel(timer) }
    }

    public func resume() {
        guard isPaused else { return }
        isPaused = false
        port?.resume()
        for number in streams.keys { watchForStall(number) }
    }

    private func closePort() {
        isPaused = false
        port?.close()
        port = nil
        isOpen = false
        for (_, timer) in streams.values { loop.cancel(timer) }
        streams = [:]
    }

    private func makePort() -> any InputPort {
        switch source {
        case .rtlWMBus(let command), .rtl433(let command):
            ProcessPort(command: command, loop: loop, proof: timing.proof)
        case .tcp(let address): TCPPort(to: address, loop: loop)
        case .tcpListen(let address):
            TCPListener(at: address, loop: loop, idleLimit: timing.idleLimit)
        case .udp(let address): UDPPort(at: address, loop: loop)
        case .standardInput: FilePort(path: nil, loop: loop)
        case .file(let path): FilePort(path: path, loop: loop)
        case .replay(let path, let speed, let repeats):
            ReplayPort(path: path, speed: speed, repeats: repeats, loop: loop)
        }
    }

    // MARK: What happens

    private func handle(_ event: InputEvent) {
        switch event {
        case .opened:
            isOpen = true
            handler(
                .listening(
                    StickIdentity(
                        kind: StickKind(rawValue: source.word), port: source.place, modes: [])))
        case .octets(let octets, let number): received(octets, in: number)
        case .streamEnded(let number):
            guard var ended = streams.removeValue(forKey: number) else { return }
            loop.cancel(ended.stallTimer)
            tell(ended.stream.ended())
        case .datagram(let octets): tell(TelegramStream.datagram(octets, format: format))
        case .items(let items): tell(items)
        case .finished:
            closePort()
            handler(.finished(source.place))
        case .failed(let error): failed(error)
        }
    }

    private func received(_ octets: [UInt8], in number: Int) {
        var (stream, timer) = streams[number] ?? (TelegramStream(format), nil)
        loop.cancel(timer)
        let items = stream.received(octets)
        streams[number] = (stream, nil)
        if !isPaused { watchForStall(number) }
        tell(items)
    }

    private func watchForStall(_ number: Int) {
        guard let patience = streams[number]?.stream.patience else { return }
        streams[number]?.stallTimer = loop.after(patience) { [weak self] in
            self?.stalled(number)
        }
    }

    private func stalled(_ number: Int) {
        guard let items = streams[number]?.stream.stalled() else { return }
        tell(items)
    }

    private func tell(_ items: [TextItem]) {
        for item in items {
            switch item {
            case .telegram(let frame, _):
                failures = 0
                statistics.frames += 1
                statistics.lastFrame = loop.now
                handler(.frame(frame))
            case .skipped(let octets, let reason):
                statistics.skippedOctets[reason, default: 0] += UInt64(octets)
                handler(.skipped(octets: octets, reason))
            }
        }
    }

    private func failed(_ error: InputError) {
        let wasOpen = isOpen
        if wasOpen { statistics.losses += 1 }
        closePort()
        let pause = min(timing.firstPause * (1 << min(failures, 10)), timing.longestPause)
        failures += 1
        // Before the handler, which may stop us: so that nothing is left to run then.
        retryTimer = loop.after(pause) { [weak self] in self?.start() }
        handler(wasOpen ? .lost(.input(error)) : .waiting(.input(error), retryIn: pause))
    }
}

/// A receiver of any kind.
public protocol TelegramReceiver: AnyObject {
    /// What it has done since it was made.
    var statistics: ReceiverStatistics { get }
    /// Begins and goes on until `stop`, whatever fails in between.
    func start()
    /// Lets go of all it holds; no event comes any more.
    func stop()
    /// Lets what is heard wait where it comes from, which holds some seconds of it, until `resume`.
    func pause()
    func resume()
}

extension Receiver: TelegramReceiver {}

extension ReceiverSettings {
    /// The receiver that does what these settings want, telling `handler` on `loop`.
    ///
    /// - Parameter usb: see `Receiver`
    public func makeReceiver(
        on loop: EventLoop, usb: USBDevices? = nil, handler: @escaping (ReceiverEvent) -> Void
    ) -> any TelegramReceiver {
        guard let input else {
            return Receiver(settings: self, loop: loop, usb: usb, handler: handler)
        }
        return InputReceiver(
            source: input, format: format, loop: loop, handler: handler)
    }
}
