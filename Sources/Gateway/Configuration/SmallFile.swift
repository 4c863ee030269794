import Glibc

/// A file read whole, if it is a regular file of bounded size.
struct SmallFile {
    var octets: [UInt8]
    /// Whether every user of this computer may read it.
    var isOpenToAll: Bool

    /// Why a file was not read.
    enum Failure: Error, Equatable, CustomStringConvertible {
        case missing(String)
        case notPermitted(String)
        case notAFile(String)
        case tooLarge(String, limit: Int)
        case other(String, code: Int32)

        var description: String {
            switch self {
            case .missing(let path): "there is no file \(path): check the path"
            case .notPermitted(let path):
                "\(path) may not be read: give the user that runs the program the right to read it"
            case .notAFile(let path): "\(path) is no file: check the path"
            case .tooLarge(let path, let limit):
                "\(path) is larger than \(limit) bytes: is it the right file?"
            case .other(let path, let code):
                "\(path) cannot be read: \(String(cString: strerror(code)))"
            }
        }
    }

    init(reading path: String, limit: Int) throws(Failure) {
        // Not blocking, so that a named pipe without a writer does not stop the start.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path) }
        isOpenToAll = status.st_mode & S_IROTH != 0
        octets = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw Self.failure(path, errno)
            }
            octets += chunk.prefix(count)
            guard octets.count <= limit else { throw .tooLarge(path, limit: limit) }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        switch code {
        case ENOENT, ENOTDIR: .missing(path)
        case EACCES, EPERM: .notPermitted(path)
        default: .other(path, code: code)
        }
    }
}
