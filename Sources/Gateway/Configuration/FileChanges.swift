import Receivers

/// Tells when one of some files has other contents than before, however it was written: in place,
/// or by renaming another to its name, as editors do. Files may also be all those in some folders.
///
/// It waits until nothing has changed for a moment, so that a file is not read half written.
final class FileChanges {
    private(set) var paths: [String]
    private let currentPaths: () -> [String]
    private let fingerprints: () -> [UInt64?]
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
    convenience init?(
        _ paths: [String], limit: Int, loop: EventLoop, changed: @escaping () -> Void
    ) {
        self.init(
            in: { paths },
            fingerprints: {
                paths.map { path in
                    (try? SmallFile(reading: path, limit: limit)).map { FNV1a.hash($0.octets) }
                }
            }, loop: loop, changed: changed)
    }

    /// - Parameters:
    ///   - paths: where something may happen; asked for again whenever something does.
    ///   - fingerprints: of the contents; nil for a file that cannot be read.
    init?(
        in paths: @escaping () -> [String], fingerprints: @escaping () -> [UInt64?],
        loop: EventLoop, changed: @escaping () -> Void
    ) {
        currentPaths = paths
        self.paths = paths()
        self.fingerprints = fingerprints
        self.loop = loop
        self.changed = changed
        told = []
        seen = []
        guard startWatching() else { return nil }
        told = fingerprints()
        seen = told
    }

    private func startWatching() -> Bool {
        watch = PathWatch(paths, contents: true, loop: loop) { [weak self] in self?.look() }
        return watch != nil
    }

    deinit { loop.cancel(timer) }

    /// Something happened near one of the files.
    private func look() {
        let now = currentPaths()
        if now != paths {
            paths = now
            // Without this nothing would be told of folders that came; what is in them is seen.
            _ = startWatching()
        }
        guard timer == nil else { return }
        seen = fingerprints()
        guard seen != told else { return }
        waits = 0
        wait()
    }

    private func wait() {
        timer = loop.after(Self.quiet) { [weak self] in
            guard let self else { return }
            timer = nil
            waits += 1
            let now = fingerprints()
            guard now == seen || waits >= Self.mostWaits else {
                seen = now
                return wait()
            }
            guard now != told else { return }
            told = now
            changed()
        }
    }
}
