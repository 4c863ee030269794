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
