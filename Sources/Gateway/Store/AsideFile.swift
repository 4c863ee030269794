import Glibc

/// Moves a file that cannot be read out of the way of a new one, so that a person can look at it.
enum AsideFile {
    /// So many are kept; then the last one is written over, so that they cannot fill the disk.
    static let limit = 3

    /// Renames `path` to `<path>.damaged-<n>`, and what lies beside it under `companions` (endings
    /// such as `-wal`) along with it.
    ///
    /// - Returns: the new name; nil if it could not be renamed.
    static func move(_ path: String, companions: [String] = []) -> String? {
        let free = (1...limit).first { access("\(path).damaged-\($0)", F_OK) != 0 }
        let aside = "\(path).damaged-\(free ?? limit)"
        guard rename(path, aside) == 0 else { return nil }
        for ending in companions where rename(path + ending, aside + ending) != 0 {
            // Not there, or it may not stay: a new file must never be read with it.
            unlink(path + ending)
        }
        return aside
    }
}
