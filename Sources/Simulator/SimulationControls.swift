import CLinux
import Glibc
import Synchronization

/// What the thread that plays a stick and the threads that watch it share.
final class SimulationControls: Sendable {
    /// Readable when the player shall look at the rest (an eventfd).
    let wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    let counts = Mutex(SimulationCounts())
    let failure = Mutex<PseudoTerminalError?>(nil)

    private let begun = Atomic(false)
    private let stopping = Atomic(false)
    private let finished = Atomic(false)
    private let wantedPlugged = Atomic(true)
    private let plugged = Atomic(true)
    private let sent = Atomic(false)

    deinit { close(wake) }

    // MARK: Watchers

    func stop() {
        stopping.store(true, ordering: .releasing)
        _ = eventfd_write(wake, 1)
    }

    func setWanted(plugged wanted: Bool) -> Bool {
        wantedPlugged.store(wanted, ordering: .releasing)
        _ = eventfd_write(wake, 1)
        _ = wait(.seconds(10)) { plugged.load(ordering: .acquiring) == wanted || hasFinished }
        return plugged.load(ordering: .acquiring) == wanted
    }

    func wait(_ limit: Duration, until condition: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < deadline else { return false }
            usleep(1000)
        }
        return true
    }

    var hasFinished: Bool { finished.load(ordering: .acquiring) }
    var allSent: Bool { sent.load(ordering: .acquiring) }

    // MARK: Player

    /// False when somebody plays already.
    func begin() -> Bool { !begun.exchange(true, ordering: .acquiringAndReleasing) }
    func finish() { finished.store(true, ordering: .releasing) }

    var isStopping: Bool { stopping.load(ordering: .acquiring) }
    var wantsPlugged: Bool { wantedPlugged.load(ordering: .acquiring) }

    func tell(plugged isPlugged: Bool) { plugged.store(isPlugged, ordering: .releasing) }
    func tellAllSent() { sent.store(true, ordering: .releasing) }
}
