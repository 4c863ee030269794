import CLinux
import Glibc
import Synchronization

/// The loop that plays a stick: one thread, asleep in `poll` when there is nothing to do.
///
/// Never more than one telegram waits to be written, so a host that reads slowly slows the
/// simulation down and loses nothing.
final class StickPlayer {
    private typealias Instant = ContinuousClock.Instant

    private let terminal: PseudoTerminal
    private let options: SimulationOptions
    private let source: StickSimulation.Source
    private let controls: SimulationControls
    private var stick: any SimulatedStick
    private var counts = SimulationCounts()

    /// Noise before telegrams and their damage: a row that does not depend on the host.
    private var telegramRandom: SplitMix64
    /// Noise before answers, and pieces.
    private var lineRandom: SplitMix64

    private var output: [UInt8] = []
    private var step = 0
    private var sourceHasEnded = false
    private var nextTelegram = Instant.now
    private var nextRubbish = Instant.now
    private var lastHostOctet = Instant.now

    private enum Hang { case ahead, hanging, over }
    private var hang: Hang
    /// Readable when a host opened the port of a stick that recovers by that (an inotify).
    private var opening: Int32 = -1

    /// Telegrams sent since the stick was plugged in.
    private var sentSincePlugged = 0
    /// While set, the stick is about to be pulled out, at this time at the latest.
    private var unplugDeadline: Instant?
    /// When a stick that `unplugEvery` pulled out comes back.
    private var comesBack: Instant?

    init(
        stick: any SimulatedStick, terminal: PseudoTerminal, options: SimulationOptions,
        source: @escaping StickSimulation.Source, controls: SimulationControls
    ) {
        self.stick = stick
        self.terminal = terminal
        self.options = options
        self.source = source
        self.controls = controls
        telegramRandom = SplitMix64(seed: options.seed)
        lineRandom = SplitMix64(seed: ~options.seed)
        hang = options.hangAfter == nil ? .over : .ahead
        if options.streaming { self.stick.listenAsLeftByHost() }
    }

    func play(until end: StickSimulation.End) {
        nextTelegram = .now
        while !controls.isStopping {
            do throws(PseudoTerminalError) {
                try plugOrUnplug()
            } catch {
                controls.failure.withLock { $0 = error }
                break
            }
            queueTelegram()
            queueRubbish()
            noteWhetherAllIsSent()
            publishCounts()
            if end == .allSent, controls.allSent { break }
            waitAndServe()
        }
        endHang()
        publishCounts()
        terminal.unplug()
        controls.tell(plugged: false)
    }

    private func publishCounts() {
        counts.hangs = hang == .hanging
        counts.hostCommands = stick.hostCommands
        controls.counts.withLock { $0 = counts }
    }

    // MARK: Plugging

    private func plugOrUnplug() throws(PseudoTerminalError) {
        guard terminal.isPlugged else {
            guard controls.wantsPlugged, comesBack.map({ $0 <= .now }) ?? true else { return }
            try terminal.plug()
            comesBack = nil
            sentSincePlugged = 0
            controls.tell(plugged: true)
            return
        }
        let isDue = options.unplugEvery.map { $0 > 0 && sentSincePlugged >= $0 } ?? false
        guard isDue || !controls.wantsPlugged else {
            unplugDeadline = nil
            return
        }
        let deadline = unplugDeadline ?? .now + .seconds(2)
        unplugDeadline = deadline
        guard hasBeenRead || deadline <= .now else { return }
        unplugDeadline = nil
        terminal.unplug()
        stick.unplug()
        output = []
        counts.unplugged += 1
        if hang == .hanging { endHang() }
        if isDue { comesBack = .now + options.unpluggedFor }
        publishCounts()
        controls.tell(plugged: false)
    }

    private var hasBeenRead: Bool { output.isEmpty && terminal.isDrained }

    private func noteWhetherAllIsSent() {
        guard sourceHasEnded, !controls.allSent, terminal.isPlugged, hasBeenRead else { return }
        publishCounts()
        controls.tellAllSent()
    }

    // MARK: Telegrams

    /// Whether the next telegram may be sent, be it due or not.
    private var mayQueueTelegram: Bool {
        terminal.isPlugged && output.isEmpty && !sourceHasEnded && hang != .hanging
            && unplugDeadline == nil && (options.streaming || stick.isConfigured)
            && hasHostsBaudRate
    }

    private var hasHostsBaudRate: Bool {
        guard options.heedsBaudRate || options.hang == .wrongBaudRate,
            let baudRate = stick.baudRate
        else { return true }
        return terminal.isSet(to: baudRate)
    }

    private func queueTelegram() {
        let now = Instant.now
        guard mayQueueTelegram, nextTelegram <= now else { return }
        guard let transmission = source(step) else {
            sourceHasEnded = true
            return
        }
        step += 1
        if let rate = options.rate, rate > 0, step > options.atOnce {
            // A simulation that fell behind does not catch up in a burst.
            nextTelegram =
                max(nextTelegram, now - .milliseconds(100))
                + .seconds(1 / max(rate, 0.000_1))
        }
        guard let message = stick.indication(of: transmission) else {
            counts.unheard += 1
            return
        }
        if options.noise { queueNoise(&telegramRandom) }
        sentSincePlugged += 1
        let number = counts.good + counts.damaged + 1
        if let every = options.damageEvery, every > 0, number.isMultiple(of: every) {
            output += stick.damaged(message, using: &telegramRandom)
            counts.damaged += 1
        } else {
            output += message
            counts.good += 1
        }
        if hang == .ahead, let limit = options.hangAfter, number >= limit { beginHang() }
    }

    // MARK: Hanging

    private func beginHang() {
        hang = .hanging
        counts.hung += 1
        switch options.recoversOn {
        case .replug, .reset: break
        case .reconfigure: stick.unplug()
        case .reopen: opening = terminal.openingDescriptor()
        }
        if options.hang == .wrongBaudRate { terminal.spoilBaudRate() }
    }

    private func endHang() {
        hang = .over
        if opening >= 0 { close(opening) }
        opening = -1
    }

    /// What a hanging stick sends in place of telegrams.
    private func queueRubbish() {
        let now = Instant.now
        guard hang == .hanging, terminal.isPlugged, output.isEmpty, nextRubbish <= now else {
            return
        }
        switch options.hang {
        case .mute, .wrongBaudRate: break
        case .garbage: queueNoise(&telegramRandom)
        case .stuckTransmitter: output = [UInt8](repeating: 0x55, count: 256)
        case .halfFrames:
            guard let message = source(step).flatMap(stick.indication) else { break }
            step += 1
            output = Array(message.prefix(message.count / 2))
        case .endOfFile:
            terminal.unplug()
            stick.unplug()
            endHang()
            comesBack = now + .milliseconds(100)
        }
        nextRubbish = now + .milliseconds(options.hang == .stuckTransmitter ? 0 : 20)
    }

    /// A hanging stick hears `octets`.
    ///
    /// - Returns: its answers; none from one that is deaf.
    private func hearWhileHanging(_ octets: [UInt8]) -> [UInt8] {
        guard hasHostsBaudRate || options.hang != .wrongBaudRate else { return [] }
        let wasConfigured = stick.isConfigured
        let answers = stick.received(octets)
        switch options.recoversOn {
        case .replug, .reopen: return []
        case .reconfigure:
            if stick.isConfigured { endHang() }
            return answers
        case .reset:
            if wasConfigured, !stick.isConfigured { endHang() }
            return []
        }
    }

    private func queueNoise(_ random: inout SplitMix64) {
        let noise = stick.noise(using: &random)
        output += noise
        counts.noise += noise.count
    }

    // MARK: The line

    private func waitAndServe() {
        var descriptors = [
            pollfd(fd: controls.wake, events: Int16(POLLIN), revents: 0),
            // A negative descriptor, as while unplugged, is passed over.
            pollfd(
                fd: terminal.descriptor,
                events: Int16(output.isEmpty ? POLLIN : POLLIN | POLLOUT), revents: 0),
            pollfd(fd: opening, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, nfds_t(descriptors.count), milliseconds()) > 0 else { return }
        if descriptors[0].revents != 0 {
            var count: eventfd_t = 0
            _ = eventfd_read(controls.wake, &count)
        }
        if descriptors[2].revents != 0 { endHang() }
        if descriptors[1].revents & Int16(POLLIN) != 0 { serveHost() }
        if descriptors[1].revents & Int16(POLLOUT) != 0 { writePiece() }
    }

    /// How long `poll` may sleep.
    private func milliseconds() -> Int32 {
        // Nothing tells that the host has read all: look again soon.
        let awaitsHost = unplugDeadline != nil || (sourceHasEnded && !controls.allSent)
        if terminal.isPlugged, awaitsHost { return 3 }
        let due =
            !terminal.isPlugged
            ? comesBack
            : mayQueueTelegram
                ? nextTelegram
                : hang == .hanging && output.isEmpty && options.hang != .mute ? nextRubbish : nil
        guard let due else { return -1 }
        let wait = Instant.now.duration(to: due) / .milliseconds(1)
        return Int32(min(max(wait.rounded(.up), 0), 60_000))
    }

    private func serveHost() {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(terminal.descriptor, &chunk, chunk.count)
        guard count > 0 else { return }
        counts.hostOctets += count
        terminal.releaseClaim()
        let now = Instant.now
        if lastHostOctet.duration(to: now) > .milliseconds(500) { stick.lineWentSilent() }
        lastHostOctet = now
        let octets = Array(chunk.prefix(count))
        let answers: [UInt8]
        if hang == .hanging {
            answers = hearWhileHanging(octets)
        } else {
            guard hasHostsBaudRate else { return }
            answers = stick.received(octets)
        }
        guard !answers.isEmpty else { return }
        if options.noise { queueNoise(&lineRandom) }
        output += answers
    }

    private func writePiece() {
        let size =
            switch options.splitting {
            case .none: output.count
            case .singleBytes: 1
            case .randomPieces: Int.random(in: 1...7, using: &lineRandom)
            }
        let piece = Array(output.prefix(size))
        let written = write(terminal.descriptor, piece, piece.count)
        if written > 0 { output.removeFirst(written) }
        if options.splitting == .randomPieces {
            usleep(UInt32.random(in: 0...200, using: &lineRandom))
        }
    }
}
