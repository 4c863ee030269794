import Glibc

/// Reads small files, and replaces them so that the old or the new contents are there, whatever
/// happens meanwhile (rename(2), and fsync(2) for file and directory).
enum AtomicFile {
    /// Why the system would not; `errno` and its words.
    struct Failure: Error, Equatable, CustomStringConvertible {
        var number: Int32
        var description: String { String(cString: strerror(number)) }
    }

    /// The octets of `path`; nil if there is no such file.
    ///
    /// - Parameter limit: a longer file is cut after one octet more, so that the caller sees it.
    static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(number: errno)
        }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while octets.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(number: errno) }
            if count == 0 { break }
            octets += chunk.prefix(count)
        }
        return Array(octets.prefix(limit + 1))
    }

    /// Writes `octets` to `<path>.new` and renames that to `path`; readable by the owner and its
    /// group only.
    static func write(_ octets: [UInt8], to path: String) throws(Failure) {
        let new = path + ".new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        do throws(Failure) {
            defer { close(descriptor) }
            try writeAll(octets, to: descriptor)
            // Before the rename: else the new name may point to nothing after a power cut.
            guard fsync(descriptor) == 0 else { throw Failure(number: errno) }
        } catch {
            unlink(new)
            throw error
        }
        guard rename(new, path) == 0 else {
            let failure = Failure(number: errno)
            unlink(new)
            throw failure
        }
        syncDirectory(of: path)
    }

    /// Replaces the file that `path` leads to, also behind symbolic links, by one with these octets
    /// and the same owner and mode; a file that is not there is made.
    static func replace(_ path: String, by octets: [UInt8]) throws(Failure) {
        let target = Self.target(of: path)
        var status = stat()
        let isThere = stat(target, &status) == 0
        let new = target + ".new"
        unlink(new)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(new, flags, isThere ? 0o600 : 0o640)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        do throws(Failure) {
            defer { close(descriptor) }
            if isThere {
                let isOurs = status.st_uid == geteuid() && status.st_gid == getegid()
                guard isOurs || fchown(descriptor, status.st_uid, status.st_gid) == 0,
                    fchmod(descriptor, status.st_mode & 0o7777) == 0
                else { throw Failure(number: errno) }
            }
            try writeAll(octets, to: descriptor)
            guard fsync(descriptor) == 0, rename(new, target) == 0 else {
                throw Failure(number: errno)
            }
        } catch {
            unlink(new)
            throw error
        }
        syncDirectory(of: target)
    }

    private static func target(of path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func writeAll(_ octets: [UInt8], to descriptor: Int32) throws(Failure) {
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(number: count < 0 ? errno : EIO) }
            written += count
        }
    }

    /// Some file systems refuse this; then the rename is safe a little later.
    private static func syncDirectory(of path: String) {
        let directory = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
        let name = directory.map { $0.isEmpty ? "/" : $0 } ?? "."
        let descriptor = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
