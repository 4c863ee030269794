import CSQLite
import Glibc

/// A database file of one thread: the only place that calls SQLite.
///
/// Statements are prepared once and kept, but for pragmas. Readers see the last whole transaction whatever happens
/// to the program or the power (write-ahead log, `synchronous` FULL: SQLite, "Write-Ahead
/// Logging" and "PRAGMA synchronous"). No other program can open the file meanwhile, so there is
/// no shared-memory file beside it.
final class SQLiteDatabase {
    enum Value {
        case integer(Int64)
        case text(String)
        case blob([UInt8])
    }

    /// The current row of a query; valid inside its closure only. A column of another type gives
    /// 0 or nothing, as SQLite converts it.
    struct Row {
        fileprivate let statement: OpaquePointer

        func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

        func text(_ column: Int32) -> String {
            String(decoding: octets(sqlite3_column_text(statement, column), column), as: UTF8.self)
        }

        func blob(_ column: Int32) -> [UInt8] {
            Array(octets(sqlite3_column_blob(statement, column), column))
        }

        private func octets(
            _ start: UnsafeRawPointer?, _ column: Int32
        ) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(
                start: start,
                count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
        }
    }

    let path: String
    /// Nil when closed.
    private var handle: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]

    /// Opens `path`, made if it is not there.
    ///
    /// Cell sizes are checked on reading, nothing is mapped into memory (a failing disk would end
    /// the program), and neither cache nor log grow beyond some hundred KiB.
    init(path: String) throws(SQLiteError) {
        Self.keepPrivate(path)
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let result = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else {
            throw .failed(path: path, cause: String(cString: sqlite3_errstr(result)))
        }
        self.path = path
        handle = opened
        guard result == SQLITE_OK else { throw error(result) }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 500)
        for setting in [
            "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA auto_vacuum = INCREMENTAL",
            "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
            "PRAGMA wal_autocheckpoint = 64", "PRAGMA journal_size_limit = 262144",
            "PRAGMA cache_size = -256", "PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 0",
            "PRAGMA cell_size_check = ON", "PRAGMA trusted_schema = OFF",
        ] {
            try run(setting)
        }
    }

    /// Readings say when somebody is at home: the file's owner alone may read them. SQLite gives its
    /// log the file's permissions.
    private static func keepPrivate(_ path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        fchmod(descriptor, 0o600)
        Glibc.close(descriptor)
    }

    deinit { close() }

    /// Closes the file, now: SQLite then deletes the log by its name, which must not be that of
    /// another file's log by then.
    func close() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs one statement with `values` for its question marks.
    ///
    /// - Returns: how many rows it changed, if it changes any.
    @discardableResult
    func run(_ sql: String, _ values: Value...) throws(SQLiteError) -> Int {
        try step(sql, values) { _ in }
        return Int(sqlite3_changes(handle))
    }

    /// Calls `body` with each row that a query gives.
    func query(
        _ sql: String, _ values: Value..., row body: (Row) -> Void
    ) throws(SQLiteError) {
        try step(sql, values, body)
    }

    /// The first column of a query's first row; 0 if there is none.
    func integer(_ sql: String) throws(SQLiteError) -> Int64 {
        var found: Int64?
        try step(sql, []) { found = found ?? $0.integer(0) }
        return found ?? 0
    }

    /// Does all that `body` does, or nothing of it.
    @discardableResult
    func transaction<Result>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try run("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // Some errors have rolled it back already.
            if sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` without waiting for the disk after each transaction, which on an SD card may
    /// take long. A power cut may undo the last of them, and only whole ones.
    func withoutWaiting<Result>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try run("PRAGMA synchronous = NORMAL")
        defer { _ = try? run("PRAGMA synchronous = FULL") }
        return try body()
    }

    private func step(
        _ sql: String, _ values: [Value], _ body: (Row) -> Void
    ) throws(SQLiteError) {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            if !isKept(sql) { sqlite3_finalize(statement) }
        }
        for (index, value) in zip(Int32(1)..., values) {
            let result =
                switch value {
                case .integer(let integer): sqlite3_bind_int64(statement, index, integer)
                case .text(let text): bind(text, to: index, of: statement)
                case .blob(let octets):
                    sqlite_bind_blob_copy(statement, index, octets, Int32(clamping: octets.count))
                }
            guard result == SQLITE_OK else { throw error(result) }
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: body(Row(statement: statement))
            case SQLITE_DONE: return
            case let result: throw error(result)
            }
        }
    }

    private func bind(_ text: String, to index: Int32, of statement: OpaquePointer) -> Int32 {
        var text = text
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                sqlite_bind_text_copy(
                    statement, index, $0.baseAddress, Int32(clamping: $0.count))
            }
        }
    }

    private func prepared(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        guard handle != nil else { throw .failed(path: path, cause: "it is closed") }
        if let statement = statements[sql] { return statement }
        var made: OpaquePointer?
        let result = sqlite3_prepare_v3(
            handle, sql, -1, isKept(sql) ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0, &made, nil)
        guard result == SQLITE_OK, let made else { throw error(result) }
        if isKept(sql) { statements[sql] = made }
        return made
    }

    /// Some pragmas do their work when they are prepared ("PRAGMA Statements": "Some pragmas run
    /// during the SQL compilation stage"), so that a kept one would do nothing the second time.
    private func isKept(_ sql: String) -> Bool { !sql.hasPrefix("PRAGMA") }

    private func error(_ result: Int32) -> SQLiteError {
        let cause = String(cString: sqlite3_errmsg(handle))
        let number = sqlite3_system_errno(handle)
        let system = number == 0 ? cause : String(cString: strerror(number))
        return switch result & 0xFF {
        case SQLITE_FULL: .diskFull(path: path)
        case SQLITE_READONLY: .readOnly(path: path)
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .cannotOpen(path: path, cause: system)
        case SQLITE_BUSY, SQLITE_LOCKED: .inUse(path: path)
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(path: path, cause: cause)
        case SQLITE_IOERR: .inputOutput(path: path, cause: system)
        default: .failed(path: path, cause: cause)
        }
    }
}
