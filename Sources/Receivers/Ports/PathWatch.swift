import CLinux
import Glibc

/// Tells when something comes, goes or gets other permissions at one of some paths, which may not
/// exist yet: by inotify, so that nothing looks while nothing happens.
///
/// Of a directory all entries count; of anything else the node itself, behind symbolic links, and
/// its neighbours, among which a link may be laid anew.
public final class PathWatch {
    private let paths: [String]
    private let changes: UInt32
    private let loop: EventLoop
    private let descriptor: Int32
    private var token: EventLoop.Token?

    /// - Parameter contents: whether it is told too when a file was written and closed.
    /// - Returns: nil if the system watches no more for us.
    public init?(
        _ paths: [String], contents: Bool = false, loop: EventLoop, changed: @escaping () -> Void
    ) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        self.paths = paths
        changes = UInt32(Self.comingAndGoing | (contents ? IN_CLOSE_WRITE : 0))
        self.loop = loop
        self.descriptor = descriptor
        guard arm() else {
            close(descriptor)
            return nil
        }
        token = loop.watch(descriptor) { [weak self] _ in
            self?.drain()
            changed()
        }
    }

    deinit {
        guard let token else { return }
        loop.cancel(token)
        close(descriptor)
    }

    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while read(descriptor, &buffer, buffer.count) > 0 {}
        _ = arm()
    }

    /// Watches each path and the nearest directory above it that exists; those already watched
    /// stay so.
    private func arm() -> Bool {
        var isWatching = false
        for path in paths {
            isWatching = add(path) || isWatching
            var nearest = Self.nearestDirectory(above: path)
            // A directory may come between looking and watching: look again.
            for _ in 0..<8 {
                isWatching = add(nearest) || isWatching
                let now = Self.nearestDirectory(above: path)
                if now == nearest { break }
                nearest = now
            }
        }
        return isWatching
    }

    private func add(_ path: String) -> Bool {
        inotify_add_watch(descriptor, path, changes) >= 0
    }

    private static let comingAndGoing =
        IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_ATTRIB | IN_DELETE_SELF

    private static func nearestDirectory(above path: String) -> String {
        var directory = path[...]
        while let slash = directory.lastIndex(of: "/"), slash > directory.startIndex {
            directory = directory[..<slash]
            if access(String(directory), F_OK) == 0 { return String(directory) }
        }
        return path.hasPrefix("/") ? "/" : "."
    }
}
