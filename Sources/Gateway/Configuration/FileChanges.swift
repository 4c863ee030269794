import Receivers

/// Tells when one of some files has other contents than before, however it was written: in place,
/// or by renaming another to its name, as editors do.
///
/// It waits until nothing has changed for a moment, so that a file is not read half written.
final class FileChanges {
    let paths: [String]
    private let limit: Int
    private let loop: EventLoop
    private let changed: () -> Void
    private var watch: PathWatch?
    private var timer: EventLoop.Token?
    /// By path; what was told last.
    private var told: [UInt64?]
    private var seen: [UInt64?]
    private var waits = 0

    /// So long nothing may change before it is told, and so often this is waited for.
    static let quiet = Duration.milliseconds(300)
    static let mostWaits = 20

    /// - Parameters:
    ///   - limit: octets of a file that are looked at; a larger one counts as unreadable.
    ///   - changed: is called on the event loop.
    /// - Returns: nil if the system watches no more for us.
    init?(_ paths: [String], limit: Int, loop: EventLoop, changed: @escaping () -> Void) {
        self.paths = paths
        self.limit = limit
        self.loop = loop
        self.changed = changed
        told = []
        seen = []
        watch = PathWatch(paths, contents: true, loop: loop) { [weak self] in self?.look() }
        guard watch != nil else { return nil }
        told = fingerprints
        seen = told
    }

    deinit { loop.cancel(timer) }

    /// Something happened near one of the files.
    private func look() {
        guard timer == nil else { return }
        seen = fingerprints
        guard seen != told else { return }
        waits = 0
        wait()
    }

    private func wait() {
        timer = loop.after(Self.quiet) { [weak self] in
            guard let self else { return }
            timer = nil
            waits += 1
            let now = fingerprints
            guard now == seen || waits >= Self.mostWaits else {
                seen = now
                return wait()
            }
            guard now != told else { return }
            told = now
            changed()
        }
    }

    /// Of each file's contents; nil for one that cannot be read.
    private var fingerprints: [UInt64?] {
        paths.map { path in
            (try? SmallFile(reading: path, limit: limit)).map { FNV1a.hash($0.octets) }
        }
    }
}
