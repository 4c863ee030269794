import Glibc
import Logging
import Receivers

// Another directory for what outlasts a restart, while the program runs.
extension Gateway {
    /// Messages that are moved at once: in between receivers are heard.
    private static let movedAtOnce = 100

    /// Takes over the limits, and sees whether another directory is to be used, and can be.
    func applyStorage() {
        storage.outbox.limits = configuration.outboxLimits
        nextDirectory = nil
        guard let running, let directory else { return }
        let next = configuration.storage.directory(besides: running.path)
        guard next != directory else { return }
        mkdir(next, 0o750)
        if access(next + "/.", W_OK | X_OK) == 0 { return nextDirectory = next }
        log.error(
            """
            \(next), as `path` under `storage` says, is not used: \(String(cString: strerror(errno))). \
            Make it, and let the user that runs oms2mqtt write there, then reload. Until then \
            \(directory) is used as before.
            """)
    }

    /// The broker is left: connects with the newest settings, after moving what they say.
    func begin() {
        let wanted = nextDirectory
        nextDirectory = nil
        // It may have been said once more while it was moved.
        guard let next = wanted, next != directory else { return startBroker() }
        // Whoever stops the program meanwhile is told when all is moved.
        leaving = { [weak self] in self?.begin() }
        move(to: next) { [weak self] in
            let next = self?.leaving
            self?.leaving = nil
            next?()
        }
    }

    /// Moves all to `next`, in its order. Nothing may be sent meanwhile; what comes is moved too.
    private func move(to next: String, _ whenDone: @escaping () -> Void) {
        let moved = Storage(
            directory: next, limits: configuration.outboxLimits, loop: loop
        ) { [log] in log.log(level: $0.level, "\($0)") }
        storage.outbox.spill(now: loop.now)
        moveOutbox(to: moved) { [weak self] in
            guard let self else { return }
            storage.stop { learned }
            storage.outbox.spill(now: loop.now)
            storage = moved
            directory = next
            datahubs?.keepSamples(in: next)
            questions?.close()
            startAnswering()
            learnedSomething()
            if isStopping { storage.stop { learned } }
            log.notice("What outlasts a restart is in \(next) from now on.")
            whenDone()
        }
    }

    private func moveOutbox(to moved: Storage, _ whenDone: @escaping () -> Void) {
        let batch = storage.outbox.nextBatch(limit: Self.movedAtOnce, now: loop.now)
        guard !batch.isEmpty else { return whenDone() }
        for entry in batch { moved.outbox.append(entry.message, now: loop.now) }
        // Only what is on disk there is taken off here.
        moved.outbox.spill(now: loop.now)
        for entry in batch { storage.outbox.acknowledged(entry.id, now: loop.now) }
        loop.after(.zero) { [weak self] in self?.moveOutbox(to: moved, whenDone) }
    }
}
