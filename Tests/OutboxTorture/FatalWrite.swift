import CSQLite
import Glibc

/// Takes the place of `pwrite` in SQLite and kills the program in the middle of one.
enum FatalWrite {
    /// Writes until then; only the one thread that uses the database counts it.
    nonisolated(unsafe) private static var left = 0

    private typealias Write =
        @convention(c) (Int32, UnsafeRawPointer?, Int, off_t) -> Int

    private static let write: Write = { descriptor, octets, count, offset in
        left -= 1
        if left == 0 {
            _ = pwrite(descriptor, octets, count / 2, offset)
            kill(getpid(), SIGKILL)
        }
        return pwrite(descriptor, octets, count, offset)
    }

    /// - Parameter number: the write that is cut in half, 1 being the next one.
    static func install(at number: Int) {
        left = number
        sqlite3_initialize()
        let files = sqlite3_vfs_find(nil)
        // Which of the two SQLite calls was decided when it was built.
        for name in ["pwrite", "pwrite64"] {
            _ = files?.pointee.xSetSystemCall?(
                files, name, unsafeBitCast(write, to: sqlite3_syscall_ptr.self))
        }
    }
}
