import Glibc
import Receivers

/// The files of the running gateway that outlast a restart, all in one directory: messages that
/// wait for the broker (`outbox.db`) and what was learned (`state.bin`).
final class Storage {
    let outbox: DurableOutbox
    private let loop: EventLoop
    private var state: StateFile?
    private var timer: EventLoop.Token?
    /// When `timer` wants to write.
    private var timerDue = ContinuousClock.now

    /// - Parameters:
    ///   - directory: is made if it is not there; nil: nothing is written anywhere.
    ///   - report: is called with what a person should know.
    init(
        directory: String?, limits: DurableOutbox.Limits, loop: EventLoop,
        report: @escaping (StoreNotice) -> Void
    ) {
        self.loop = loop
        if let directory { mkdir(directory, 0o750) }
        outbox = DurableOutbox(
            path: directory.map { $0 + "/outbox.db" }, limits: limits, now: loop.now,
            report: report)
        state = directory.map { directory in
            StateFile(path: directory + "/state.bin", now: loop.now, report: report)
        }
    }

    /// What was learned before; nothing if it cannot be read.
    func load() -> StateSections { state?.load() ?? [:] }

    /// Something was learned; `sections` is asked for when it is time to write.
    ///
    /// - Parameter isUrgent: whether it would be missed after a sudden end of the program.
    func changed(isUrgent: Bool = false, _ sections: @escaping () -> StateSections) {
        state?.changed(isUrgent: isUrgent)
        guard let due = state?.nextWrite, timer == nil || due < timerDue else { return }
        loop.cancel(timer)
        timerDue = due
        timer = loop.after(max(loop.now.duration(to: due), .seconds(1))) { [weak self] in
            guard let self else { return }
            timer = nil
            state?.writeIfDue(now: loop.now, sections)
        }
    }

    /// The program is about to end.
    func stop(_ sections: () -> StateSections) {
        loop.cancel(timer)
        state?.stop(now: loop.now, sections)
    }
}
