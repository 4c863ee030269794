import Glibc
import Synchronization

/// Plays a stick on a pseudo terminal: answers the host and sends it telegrams, with faults if
/// they are asked for.
///
/// It plugs in when made, so that the link is there at once, and plays in `run`, on the calling
/// thread, or after `start` on one of its own; one of the two, once. All other calls may come
/// from any thread. Telegrams wait until a host has set the stick up, so that none is lost,
/// unless the options say `streaming`.
public final class StickSimulation: @unchecked Sendable {
    // Unchecked: the player is touched by the playing thread alone, all else is thread-safe.

    /// What is sent at step 0, 1, 2…; nil when there is nothing more.
    public typealias Source = @Sendable (_ step: Int) -> Transmission?

    /// When `run` returns by itself.
    public enum End: Sendable {
        /// Never: the host is answered until `stop`.
        case stopped
        /// When the host has read all telegrams.
        case allSent
    }

    private let player: StickPlayer
    private let controls = SimulationControls()

    /// - Parameters:
    ///   - link: the path that hosts open as the stick's port
    ///   - source: the telegrams; called on the playing thread
    /// - Throws: `PseudoTerminalError` when the stick cannot be plugged in.
    public init(
        stick: some SimulatedStick, link: String, options: SimulationOptions = .init(),
        source: @escaping Source
    ) throws(PseudoTerminalError) {
        player = StickPlayer(
            stick: stick, terminal: try PseudoTerminal(link: link), options: options,
            source: source, controls: controls)
    }

    /// Plays a list: once or, with `repeats` among the options, for ever.
    public convenience init(
        stick: some SimulatedStick, link: String, transmissions: [Transmission],
        options: SimulationOptions = .init()
    ) throws(PseudoTerminalError) {
        let repeats = options.repeats && !transmissions.isEmpty
        try self.init(stick: stick, link: link, options: options) { step in
            if repeats { return transmissions[step % transmissions.count] }
            return step < transmissions.count ? transmissions[step] : nil
        }
    }

    /// Plays frames (L-field first, without link-layer CRCs) that are heard in every mode.
    public convenience init(
        stick: some SimulatedStick, link: String, telegrams: [[UInt8]],
        options: SimulationOptions = .init()
    ) throws(PseudoTerminalError) {
        try self.init(
            stick: stick, link: link, transmissions: telegrams.map { Transmission(frame: $0) },
            options: options)
    }

    // MARK: Running

    /// Plays on the calling thread until `end` or `stop`, then unplugs the stick.
    ///
    /// - Throws: `PseudoTerminalError` when the stick cannot be plugged in again.
    public func run(until end: End = .stopped) throws(PseudoTerminalError) {
        guard controls.begin() else { return }
        play(until: end)
        if let failure { throw failure }
    }

    /// Plays on a thread of its own until `stop`.
    public func start() {
        guard controls.begin() else { return }
        let simulation = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                let simulation = Unmanaged<StickSimulation>.fromOpaque(pointer).takeRetainedValue()
                simulation.play(until: .stopped)
                return nil
            }, simulation.toOpaque())
        if result == 0 {
            pthread_detach(thread)
        } else {
            simulation.release()
            controls.finish()
        }
    }

    /// Ends the simulation; does not wait for it.
    ///
    /// No more than an atomic store and a write to an eventfd, so a signal handler may call it.
    public func stop() { controls.stop() }

    /// Ends the simulation and waits until the stick is unplugged and its link gone.
    public func stopAndWait() {
        stop()
        if controls.begin() {
            // Nobody plays: to play with a stop pending does no more than to unplug.
            play(until: .stopped)
        } else {
            _ = controls.wait(.seconds(10)) { controls.hasFinished }
        }
    }

    private func play(until end: End) {
        player.play(until: end)
        controls.finish()
    }

    // MARK: Watching and interfering

    public var counts: SimulationCounts { controls.counts.withLock { $0 } }

    /// Why plugging in again failed, which ends the simulation; nil while all is well.
    public var failure: PseudoTerminalError? { controls.failure.withLock { $0 } }

    /// Waits until the host has read all telegrams.
    ///
    /// - Returns: false when that takes longer than `limit`.
    public func waitUntilSent(_ limit: Duration = .seconds(10)) -> Bool {
        controls.wait(limit) { controls.allSent }
    }

    /// Pulls the stick out once the host has read what was sent; waits until that is done.
    ///
    /// - Returns: false when it is not done within 10 s, as while nobody runs the simulation.
    @discardableResult
    public func unplug() -> Bool { controls.setWanted(plugged: false) }

    /// Puts the stick in again, without its volatile settings; waits until that is done.
    ///
    /// - Returns: as `unplug`.
    @discardableResult
    public func plug() -> Bool { controls.setWanted(plugged: true) }
}
