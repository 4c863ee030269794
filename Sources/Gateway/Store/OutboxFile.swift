/// The database of messages that wait for the broker: its tables, and each thing done to them.
///
/// - `route`: retention key and topic, written once.
/// - `message`: in the order of `id`; `sum` is the CRC-32 of all that belongs to the message, so a
///   bit that flipped on the disk is never sent.
///
/// After each call the file holds the state before or after it, also when the program is killed
/// or the power fails meanwhile; thinning and dropping go in several such steps.
final class OutboxFile {
    private static let layout: Int64 = 1
    private static let tables = [
        """
        CREATE TABLE message(id INTEGER PRIMARY KEY, time INTEGER NOT NULL, \
        route INTEGER NOT NULL, retain INTEGER NOT NULL, sum INTEGER NOT NULL, \
        payload BLOB NOT NULL)
        """,
        "CREATE INDEX retained ON message(route) WHERE retain",
        """
        CREATE TABLE route(id INTEGER PRIMARY KEY, retentionKey TEXT NOT NULL, \
        topic TEXT NOT NULL, UNIQUE(retentionKey, topic))
        """,
    ]
    /// Deleted in one transaction, so that the log beside the file stays small.
    private static let deletedAtOnce = 100

    private let database: SQLiteDatabase
    private let pageSize: Int
    var path: String { database.path }
    private(set) var count = 0
    /// The number of the newest message that was ever in the file since it was opened.
    private(set) var lastID: Int64 = 0

    /// Opens or makes the file, and checks all of it.
    init(path: String) throws(SQLiteError) {
        database = try SQLiteDatabase(path: path)
        pageSize = Int(try database.integer("PRAGMA page_size"))
        try checkLayout()
        count = Int(try database.integer("SELECT count(*) FROM message"))
        lastID = try database.integer("SELECT max(id) FROM message")
        guard lastID >= 0, lastID < .max / 2 else {
            throw .damaged(path: path, cause: "message number \(lastID)")
        }
    }

    /// Ends the use of the file; any other call fails from then on.
    func close() { database.close() }

    private func checkLayout() throws(SQLiteError) {
        let version = try database.integer("PRAGMA user_version")
        guard version <= Self.layout else {
            throw .newer(path: database.path, version: version)
        }
        if try database.integer("SELECT count(*) FROM sqlite_schema") == 0 {
            try database.transaction { () throws(SQLiteError) in
                for table in Self.tables { try database.run(table) }
                try database.run("PRAGMA user_version = \(Self.layout)")
            }
        }
        var tables: [String] = []
        try database.query("SELECT sql FROM sqlite_schema WHERE sql <> '' ORDER BY name") {
            tables.append($0.text(0))
        }
        guard tables == Self.tables else {
            throw .damaged(path: database.path, cause: "its tables are not those of oms2mqtt")
        }
        var faults: [String] = []
        try database.query("PRAGMA quick_check(1)") { faults.append($0.text(0)) }
        guard faults == ["ok"] else {
            throw .damaged(path: database.path, cause: faults.joined(separator: ", "))
        }
    }

    /// How much of the file is in use.
    var octets: Int {
        get throws(SQLiteError) {
            let pages = try database.integer("PRAGMA page_count")
            let free = try database.integer("PRAGMA freelist_count")
            return Int(clamping: pages - free) * pageSize
        }
    }

    /// When the oldest message was made; nil if there is none.
    var oldestTime: Int64? {
        get throws(SQLiteError) {
            var time: Int64?
            try database.query("SELECT time FROM message ORDER BY id LIMIT 1") {
                time = $0.integer(0)
            }
            return time
        }
    }

    /// When the newest message was made; 0 if there is none.
    var newestTime: Int64 {
        get throws(SQLiteError) {
            try database.integer("SELECT time FROM message ORDER BY id DESC LIMIT 1")
        }
    }

    /// Adds `added`, which are newer than all in the file, and takes out `acknowledged`, in one
    /// transaction. A retained message takes out an older one of its route.
    ///
    /// - Returns: how many were taken out as replaced.
    func commit(
        adding added: [OutgoingEntry], removing acknowledged: some Sequence<Int64>
    ) throws(SQLiteError) -> Int {
        let (removed, replaced) = try database.transaction {
            () throws(SQLiteError) -> (Int, Int) in
            var removed = 0
            for id in acknowledged { removed += try remove(id) }
            var replaced = 0
            for entry in added { replaced += try add(entry) }
            return (removed, replaced)
        }
        count += added.count - removed - replaced
        lastID = max(lastID, added.last?.id ?? 0)
        if removed > 0 {
            try database.withoutWaiting { () throws(SQLiteError) in try shrink() }
        }
        return replaced
    }

    /// Up to `limit` messages after the one numbered `id`, oldest first, and the numbers of those
    /// among them that are damaged.
    func messages(
        after id: Int64, limit: Int
    ) throws(SQLiteError) -> (whole: [OutgoingEntry], damaged: [Int64]) {
        var whole: [OutgoingEntry] = []
        var damaged: [Int64] = []
        try database.query(
            """
            SELECT message.id, time, retain, sum, payload, retentionKey, topic
            FROM message LEFT JOIN route ON route.id = route
            WHERE message.id > ? ORDER BY message.id LIMIT ?
            """, .integer(id), .integer(Int64(limit))
        ) { row in
            let message = OutgoingMessage(
                topic: row.text(6), payload: row.blob(4), retain: row.integer(2) != 0,
                retentionKey: row.text(5), time: row.integer(1))
            let entry = OutgoingEntry(id: row.integer(0), message: message)
            if row.integer(3) == Self.sum(of: entry) {
                whole.append(entry)
            } else {
                damaged.append(entry.id)
            }
        }
        return (whole, damaged)
    }

    /// Takes out what `step` gives up of the messages after the one numbered `id`.
    ///
    /// - Returns: how many went.
    func thin(by step: ThinningStep, after id: Int64) throws(SQLiteError) -> Int {
        var thinner = Thinner<Int64>(step, newest: try newestTime)
        var superfluous: [Int64] = []
        try database.query(
            "SELECT id, route, time FROM message WHERE id > ? ORDER BY id DESC", .integer(id)
        ) { row in
            if !thinner.keeps(row.integer(1), time: row.integer(2)) {
                superfluous.append(row.integer(0))
            }
        }
        return try remove(superfluous)
    }

    /// Takes out a few of the oldest messages after the one numbered `id`, whosever they are.
    ///
    /// - Returns: how many went; 0 if there are none.
    func dropOldest(after id: Int64) throws(SQLiteError) -> Int {
        var oldest: [Int64] = []
        try database.query(
            "SELECT id FROM message WHERE id > ? ORDER BY id LIMIT ?",
            .integer(id), .integer(Int64(Self.deletedAtOnce))
        ) { oldest.append($0.integer(0)) }
        let gone = try remove(oldest)
        try database.run("DELETE FROM route WHERE id NOT IN (SELECT route FROM message)")
        return gone
    }

    /// Takes out `ids`, in steps; after a power cut some may be there again.
    private func remove(_ ids: [Int64]) throws(SQLiteError) -> Int {
        try database.withoutWaiting { () throws(SQLiteError) in
            var removed = 0
            for start in stride(from: 0, to: ids.count, by: Self.deletedAtOnce) {
                let some = ids[start..<min(start + Self.deletedAtOnce, ids.count)]
                let gone = try database.transaction { () throws(SQLiteError) -> Int in
                    var gone = 0
                    for id in some { gone += try remove(id) }
                    return gone
                }
                count -= gone
                removed += gone
            }
            try shrink()
            return removed
        }
    }

    private func remove(_ id: Int64) throws(SQLiteError) -> Int {
        try database.run("DELETE FROM message WHERE id = ?", .integer(id))
    }

    private func add(_ entry: OutgoingEntry) throws(SQLiteError) -> Int {
        let message = entry.message
        try database.run(
            "INSERT OR IGNORE INTO route(retentionKey, topic) VALUES(?, ?)",
            .text(message.retentionKey), .text(message.topic))
        var route: Int64 = 0
        try database.query(
            "SELECT id FROM route WHERE retentionKey = ? AND topic = ?",
            .text(message.retentionKey), .text(message.topic)
        ) { route = $0.integer(0) }
        let replaced =
            message.retain
            ? try database.run(
                "DELETE FROM message WHERE retain AND route = ?", .integer(route)) : 0
        try database.run(
            """
            INSERT INTO message(id, time, route, retain, sum, payload) VALUES(?, ?, ?, ?, ?, ?)
            """,
            .integer(entry.id), .integer(message.time), .integer(route),
            .integer(message.retain ? 1 : 0), .integer(Self.sum(of: entry)),
            .blob(message.payload))
        return replaced
    }

    /// Gives pages back to the disk once a quarter of the file is free; all, and the log too, when
    /// no message is left.
    private func shrink() throws(SQLiteError) {
        let isEmpty = count == 0
        if isEmpty { try database.run("DELETE FROM route") }
        let pages = try database.integer("PRAGMA page_count")
        let free = try database.integer("PRAGMA freelist_count")
        guard isEmpty || free > max(pages / 4, 16) else { return }
        for _ in 0...(free / 64) { try database.run("PRAGMA incremental_vacuum(64)") }
        if isEmpty { try database.run("PRAGMA wal_checkpoint(TRUNCATE)") }
    }

    private static func sum(of entry: OutgoingEntry) -> Int64 {
        let message = entry.message
        var octets: [UInt8] = []
        octets.reserveCapacity(message.octets)
        for number in [entry.id, message.time, Int64(message.topic.utf8.count)] {
            withUnsafeBytes(of: number.littleEndian) { octets.append(contentsOf: $0) }
        }
        octets.append(message.retain ? 1 : 0)
        octets.append(contentsOf: message.topic.utf8)
        octets.append(contentsOf: message.retentionKey.utf8)
        octets.append(0)
        octets.append(contentsOf: message.payload)
        return Int64(CRC32.of(octets))
    }
}
