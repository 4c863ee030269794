import Glibc
import TestSupport
import Testing

@testable import Gateway

@Suite struct SQLiteDatabaseTests {
    let directory: TemporaryDirectory
    let path: String

    init() throws {
        directory = TemporaryDirectory(inMemory: true)
        path = directory.file("test.db")
    }

    @Test func settingsHold() throws {
        let database = try SQLiteDatabase(path: path)
        try database.run("CREATE TABLE t(x)")
        var mode = ""
        try database.query("PRAGMA journal_mode") { mode = $0.text(0) }
        #expect(mode == "wal")
        #expect(try database.integer("PRAGMA synchronous") == 2)
        #expect(try database.integer("PRAGMA auto_vacuum") == 2)
        #expect(try database.integer("PRAGMA busy_timeout") == 500)
    }

    /// Each time, not only the first.
    /// Neither a file that is made nor one that was there before is for others to read.
    @Test func nobodyElseMayReadIt() throws {
        let directory = TemporaryDirectory()
        let path = directory.file("private.db")
        for before in [nil, mode_t(0o644)] {
            if let before { chmod(path, before) }
            let database = try SQLiteDatabase(path: path)
            try database.run("CREATE TABLE IF NOT EXISTS t (x)")
            for name in [path, path + "-wal"] {
                var status = stat()
                #expect(stat(name, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600, "\(name)")
            }
            database.close()
        }
    }

    @Test func waitsForTheDiskButWhereToldNotTo() throws {
        let database = try SQLiteDatabase(path: path)
        for _ in 0..<3 {
            let meanwhile = try database.withoutWaiting { () throws(SQLiteError) in
                try database.integer("PRAGMA synchronous")
            }
            #expect(meanwhile == 1)
            #expect(try database.integer("PRAGMA synchronous") == 2)
        }
        #expect(throws: SQLiteError.self) {
            try database.withoutWaiting { () throws(SQLiteError) in try database.run("NONSENSE") }
        }
        #expect(try database.integer("PRAGMA synchronous") == 2)
    }

    @Test func valuesComeBackAsTheyWere() throws {
        let database = try SQLiteDatabase(path: path)
        try database.run("CREATE TABLE t(a, b, c)")
        let texts = ["", "a\u{0}b", "ü'\"; DROP TABLE t"]
        for (number, text) in texts.enumerated() {
            try database.run(
                "INSERT INTO t VALUES(?, ?, ?)", .integer(Int64.max - Int64(number)), .text(text),
                .blob(Array(text.utf8.reversed())))
        }
        var found: [String] = []
        try database.query("SELECT a, b, c FROM t ORDER BY a DESC") { row in
            #expect(row.integer(0) == .max - Int64(found.count))
            #expect(row.blob(2) == Array(row.text(1).utf8.reversed()))
            found.append(row.text(1))
        }
        #expect(found == texts)
        // Of another type, or no column at all.
        try database.query("SELECT 'x', NULL LIMIT 1") { row in
            #expect(row.integer(0) == 0 && row.text(1) == "" && row.blob(1) == [])
            #expect(row.integer(7) == 0 && row.text(-1) == "" && row.blob(9) == [])
        }
    }

    @Test func aFailedTransactionLeavesNothing() throws {
        let database = try SQLiteDatabase(path: path)
        try database.run("CREATE TABLE t(a PRIMARY KEY)")
        #expect(throws: SQLiteError.self) {
            try database.transaction { () throws(SQLiteError) in
                try database.run("INSERT INTO t VALUES(1)")
                try database.run("INSERT INTO t VALUES(1)")
            }
        }
        #expect(try database.integer("SELECT count(*) FROM t") == 0)
        try database.transaction { () throws(SQLiteError) in
            try database.run("INSERT INTO t VALUES(1)")
        }
        #expect(try database.integer("SELECT count(*) FROM t") == 1)
    }

    @Test func aFullDiskIsNamed() throws {
        let database = try SQLiteDatabase(path: path)
        try database.run("CREATE TABLE t(x)")
        // SQLite then fails as on a disk without room.
        try database.run("PRAGMA max_page_count = 8")
        #expect(throws: SQLiteError.diskFull(path: path)) {
            for _ in 0..<20 {
                try database.run(
                    "INSERT INTO t VALUES(?)", .blob([UInt8](repeating: 7, count: 3000)))
            }
        }
        #expect(try database.integer("SELECT count(*) FROM t") > 0)
    }

    @Test func otherFaultsAreNamed() throws {
        let database = try SQLiteDatabase(path: path)
        try database.run("CREATE TABLE t(x)")
        #expect(throws: SQLiteError.inUse(path: path)) { try SQLiteDatabase(path: path) }
        let missing = directory.file("no/such.db")
        #expect(
            throws: SQLiteError.cannotOpen(path: missing, cause: "No such file or directory")
        ) { try SQLiteDatabase(path: missing) }
        directory.write(Array("something else, long enough".utf8), "other.db")
        let other = directory.file("other.db")
        #expect(throws: SQLiteError.damaged(path: other, cause: "file is not a database")) {
            try SQLiteDatabase(path: other)
        }
        database.close()
        #expect(throws: SQLiteError.failed(path: path, cause: "it is closed")) {
            try database.run("SELECT 1")
        }
    }

    static let texts: [(SQLiteError, String)] = [
        (.diskFull(path: "/x"), "The disk is full: /x cannot be written. Make room on it."),
        (
            .inUse(path: "/x"),
            "/x is in use by another program. Most likely oms2mqtt runs twice: end one of them."
        ),
        (
            .cannotOpen(path: "/x", cause: "No such file or directory"),
            "/x cannot be opened (No such file or directory). Create its directory and let"
                + " oms2mqtt's user write there."
        ),
    ]

    @Test(arguments: texts)
    func saysWhatToDo(_ error: SQLiteError, _ text: String) { #expect("\(error)" == text) }
}
