import Glibc
import Logging

/// Log lines for a service: one line each on the standard error output.
///
/// Under systemd, which adds the time itself, a line begins with its priority (`<4>`, sd-daemon(3));
/// else with time and level. What comes from outside cannot begin a line of its own: control
/// characters are shown as `?`.
public struct ServiceLog: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let isJournal: Bool
    private let write: @Sendable ([UInt8]) -> Void

    public init(level: Logger.Level = .info) {
        self.init(level: level, isJournal: Self.standardErrorIsJournal) { line in
            // One call, so that lines of two threads do not mix.
            _ = Glibc.write(2, line, line.count)
        }
    }

    init(level: Logger.Level, isJournal: Bool, write: @escaping @Sendable ([UInt8]) -> Void) {
        logLevel = level
        self.isJournal = isJournal
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line: [UInt8] = []
        if isJournal {
            line += "<\(Self.priority(event.level))>".utf8
        } else {
            WallTime.now.appendText(to: &line)
            line += " \(event.level) ".utf8
        }
        Self.append(event.message.description, to: &line)
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        if !fields.isEmpty {
            Self.append(
                " (" + fields.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + ")",
                to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        write(line)
    }

    private static func append(_ text: String, to line: inout [UInt8]) {
        for octet in text.utf8 {
            line.append(octet < 0x20 || octet == 0x7F ? UInt8(ascii: "?") : octet)
        }
    }

    /// syslog(3).
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }

    /// systemd names device and inode of the journal's socket in `JOURNAL_STREAM`; the standard
    /// error output may lead elsewhere all the same.
    private static var standardErrorIsJournal: Bool {
        guard let stream = getenv("JOURNAL_STREAM") else { return false }
        var status = stat()
        guard fstat(2, &status) == 0 else { return false }
        return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
    }
}
