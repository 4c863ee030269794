import CLinux
import Glibc

/// Unix sockets by their path.
enum LocalSocket {
    /// Nil: the path is too long, or empty.
    static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard !name.isEmpty, name.count < MemoryLayout.size(ofValue: address.sun_path) else {
            return nil
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        return address
    }

    static func make(nonBlocking: Bool = false) -> Int32 {
        let kind =
            SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
            | (nonBlocking ? SOCK_NONBLOCK.rawValue : 0)
        return socket(AF_UNIX, Int32(kind), 0)
    }

    static func with<Result>(
        _ address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// A socket that is connected to whoever answers at `path`; nil: `errno` says why not.
    static func connected(to path: String) -> Int32? {
        guard let address = address(path) else {
            errno = ENOENT
            return nil
        }
        let descriptor = make()
        guard descriptor >= 0 else { return nil }
        if with(address, { connect(descriptor, $0, $1) }) == 0 { return descriptor }
        let code = errno
        close(descriptor)
        errno = code
        return nil
    }

    static func isSocket(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}
