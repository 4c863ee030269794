import Logging

/// What a person should know about the files that outlast a restart; each is told once.
public enum StoreNotice: Equatable, Sendable {
    /// Messages that wait for the broker stay in memory; their file is tried again each minute.
    case outboxUnavailable(cause: String)
    case outboxAvailableAgain
    /// A file could not be read; a new one takes its place. `movedTo` is nil if it had to stay.
    case startedAnew(path: String, cause: String, movedTo: String?)
    /// The program starts without what it had learned; the file stays.
    case stateNotRead(cause: String)
    /// What was learned stays in memory; the next change tries again.
    case stateNotWritten(cause: String)
    case stateWrittenAgain
}

extension StoreNotice {
    var level: Announcement.Level {
        switch self {
        case .outboxAvailableAgain, .stateWrittenAgain: .info
        default: .warning
        }
    }
}

extension StoreNotice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .outboxUnavailable(let cause):
            "\(cause) Readings go on; while the broker is away they are kept in memory only, and"
                + " lost at a restart."
        case .outboxAvailableAgain:
            "The file for messages that wait for the broker can be written again."
        case .startedAnew(let path, let cause, let aside?):
            "\(cause) It was kept as \(aside), and a new \(path) was begun."
        case .startedAnew(let path, let cause, nil):
            "\(cause) It could not be renamed: move \(path) away by hand."
        case .stateNotRead(let cause):
            "\(cause) Let oms2mqtt's user read and write it. What was learned about meters is"
                + " learned anew."
        case .stateNotWritten(let cause):
            "\(cause) Readings go on; what was learned about meters is lost at a restart."
        case .stateWrittenAgain:
            "The file with what was learned about meters can be written again."
        }
    }
}
