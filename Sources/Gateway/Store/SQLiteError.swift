/// What can go wrong with a database file.
enum SQLiteError: Error, Equatable, Sendable {
    case diskFull(path: String)
    /// The disk or the file may only be read.
    case readOnly(path: String)
    /// Missing directory, no permission: the system's words.
    case cannotOpen(path: String, cause: String)
    /// Another program has it open.
    case inUse(path: String)
    /// Not a database of ours, or a broken one.
    case damaged(path: String, cause: String)
    /// Made by a later release.
    case newer(path: String, version: Int64)
    /// The disk does not read or write.
    case inputOutput(path: String, cause: String)
    case failed(path: String, cause: String)

    /// Whether the file itself is of no use to us, so that a new one must take its place.
    var needsNewFile: Bool {
        switch self {
        case .damaged, .newer: true
        default: false
        }
    }
}

extension SQLiteError: CustomStringConvertible {
    var description: String {
        switch self {
        case .diskFull(let path):
            "The disk is full: \(path) cannot be written. Make room on it."
        case .readOnly(let path):
            "\(path) may only be read. Check its owner and permissions, and whether the disk was"
                + " mounted read-only after an error (`dmesg` tells)."
        case .cannotOpen(let path, let cause):
            "\(path) cannot be opened (\(cause)). Create its directory and let oms2mqtt's user"
                + " write there."
        case .inUse(let path):
            "\(path) is in use by another program. Most likely oms2mqtt runs twice: end one of them."
        case .damaged(let path, let cause):
            "\(path) is damaged (\(cause)). If that happens again, the SD card may be wearing out."
        case .newer(let path, let version):
            "\(path) was written by a later release of oms2mqtt (layout \(version)). Update"
                + " oms2mqtt."
        case .inputOutput(let path, let cause):
            "The disk with \(path) fails (\(cause)). Check it; an SD card may be worn out."
        case .failed(let path, let cause):
            "\(path) cannot be used: \(cause)."
        }
    }
}
