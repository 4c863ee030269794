import Glibc
import Logging
import Synchronization
import Wire

/// How log lines are written.
public enum LogFormat: String, CaseIterable, Sendable {
    case text
    /// `{"time":"…","level":"warning","message":"…","fields":{…}}`
    case json
}

/// Log lines for a service: one line each on the standard error output.
///
/// Under systemd a line begins with its priority (`<4>`, sd-daemon(3)), and as text it has no time,
/// which systemd adds. What comes from outside cannot begin a line of its own: control characters
/// are shown as `?`. What repeats is counted, see `LogRepetitions`.
public struct ServiceLog: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let format: LogFormat
    private let isJournal: Bool
    private let write: @Sendable ([UInt8]) -> Void
    private let repetitions = Repetitions()

    /// Shared by copies of the handler, which loggers make.
    private final class Repetitions: Sendable {
        let state = Mutex(LogRepetitions())
    }

    public init(level: Logger.Level = .info, format: LogFormat = .text) {
        self.init(level: level, format: format, isJournal: Self.standardErrorIsJournal) { line in
            // One call, so that lines of two threads do not mix.
            _ = Glibc.write(2, line, line.count)
        }
    }

    init(
        level: Logger.Level, format: LogFormat = .text, isJournal: Bool,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        logLevel = level
        self.format = format
        self.isJournal = isJournal
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            .map { (key: $0.key, value: $0.value.description) }.sorted { $0.key < $1.key }
        let message = event.message.description
        // Who asks for lines for developers wants to see all.
        guard logLevel > .debug else { return write(octets(event.level, message, fields)) }
        let whole = fields.reduce(message) { "\($0) \($1.key): \($1.value)" }
        let (isShown, leftOut) = repetitions.state.withLock {
            $0.take(LogRepetitions.Line(level: event.level, text: whole), at: .now)
        }
        for line in leftOut { write(octets(line.level, line.text, [])) }
        if isShown { write(octets(event.level, message, fields)) }
    }

    private func octets(
        _ level: Logger.Level, _ message: String, _ fields: [(key: String, value: String)]
    ) -> [UInt8] {
        var line: [UInt8] = []
        if isJournal { line += "<\(Self.priority(level))>".utf8 }
        switch format {
        case .text:
            if !isJournal { line += "\(WallTime.now) \(level) ".utf8 }
            Self.append(message, to: &line)
            if !fields.isEmpty {
                let words = fields.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
                Self.append(" (\(words))", to: &line)
            }
        case .json:
            var json = JSONWriter()
            json.beginObject()
            json.key("time")
            json.string(WallTime.now.description)
            json.key("level")
            json.string(level.rawValue)
            json.key("message")
            json.string(message)
            json.key("fields")
            json.beginObject()
            for field in fields {
                json.key(field.key)
                json.string(field.value)
            }
            json.endObject()
            json.endObject()
            line += json.bytes
        }
        line.append(UInt8(ascii: "\n"))
        return line
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
