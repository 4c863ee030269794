/// The messages that the broker has not acknowledged yet, in the order they were made, kept over
/// long outages and restarts.
///
/// Messages live in memory until the broker acknowledges them, so nothing is written while it
/// does. What waits longer than `Limits.writeAfter` goes to the file, in one transaction for all
/// that gathered meanwhile; `spill` writes at once. So `kill -9` or a power cut loses at most
/// what came in the last `writeAfter`, and an SD card sees two transactions a minute.
/// Messages on disk are sent before those in memory; taking acknowledged ones off the disk goes
/// in batches too, so after a kill some may be sent a second time (never in another order).
///
/// All wait without loss until the file is larger than `Limits.octetsPerDay` allows for the
/// time since its oldest message, or than `Limits.octets`; then they are thinned out
/// (`ThinningStep`). The newest message of each route stays. If that is still too much, the
/// oldest go. When the file cannot be used, the same goes for memory and `Limits.memoryOctets`.
/// All that goes is counted in `dropped`.
///
/// Nothing here waits, prints or reads a clock; the caller tells the time and calls `writeIfDue`
/// at `nextWrite`.
public final class DurableOutbox {
    public typealias Instant = ContinuousClock.Instant

    /// Nil: there is no file, and messages wait in memory alone.
    public let path: String?
    public var limits: Limits
    public private(set) var dropped = Dropped()

    private let report: (StoreNotice) -> Void
    /// Nil while it cannot be opened.
    private var file: OutboxFile?
    private var isTroubled = false
    private var retryAt: Instant?

    /// Newer than all in the file, oldest first. A slice, so that taking the first away costs the
    /// same however many wait.
    private var waiting: ArraySlice<Waiting> = []
    private var waitingOctets = 0
    private var lastID: Int64 = 0
    /// The newest message that was handed out.
    private var handedOut: Int64 = 0
    /// Acknowledged, but still in the file.
    private var acknowledgedInFile: Set<Int64> = []
    private var firstAcknowledged: Instant?
    /// The time of the newest message when the file was last searched for old ones.
    private var lastExpiry: Int64?

    private struct Waiting {
        let entry: OutgoingEntry
        let since: Instant
    }

    /// How many acknowledged messages may stay in the file.
    private static let acknowledgedLimit = 500

    /// Opens the file and takes up what it holds. Never fails: without a file all is kept in
    /// memory.
    ///
    /// - Parameter report: is called with what a person should know, from inside other calls.
    public init(
        path: String?, limits: Limits = Limits(), now: Instant = .now,
        report: @escaping (StoreNotice) -> Void
    ) {
        self.path = path
        self.limits = limits
        self.report = report
        open(now)
    }

    /// How many messages wait.
    public var count: Int { waiting.count + max((file?.count ?? 0) - acknowledgedInFile.count, 0) }

    /// How much the messages take that are in memory.
    public var octetsInMemory: Int { waitingOctets }

    /// How much the messages take: in memory, and in the file including its own structure.
    public var byteCount: Int {
        guard let file, file.count > 0 else { return waitingOctets }
        return waitingOctets + ((try? file.octets) ?? 0)
    }

    /// Whether there is so little room that further messages make others thin out or go: above the
    /// seven eighths that thinning out makes room down to.
    public var isFull: Bool {
        if let file, let octets = try? file.octets, octets >= Self.sevenEighths(limits.octets) {
            return true
        }
        return waitingOctets >= Self.sevenEighths(limits.memoryOctets)
    }

    private static func sevenEighths(_ limit: Int) -> Int { limit - limit / 8 }

    /// Puts `message` behind all others.
    ///
    /// - Returns: the number by which it is acknowledged.
    @discardableResult
    public func append(_ message: OutgoingMessage, now: Instant = .now) -> Int64 {
        if message.retain {
            dropped.replaced += removeFromMemory {
                $0.entry.message.retain && $0.entry.message.route == message.route
            }
        }
        lastID += 1
        let entry = OutgoingEntry(id: lastID, message: message)
        waiting.append(Waiting(entry: entry, since: now))
        waitingOctets += message.octets
        writeIfDue(now: now)
        return entry.id
    }

    /// Hands out the next messages to send, oldest first; each once, until `spill`.
    ///
    /// - Returns: up to `limit` messages; none if all were handed out.
    public func nextBatch(limit: Int, now: Instant = .now) -> [OutgoingEntry] {
        var batch: [OutgoingEntry] = []
        while let file, handedOut < file.lastID, batch.count < limit {
            do {
                let wanted = limit - batch.count
                let found = try file.messages(after: handedOut, limit: wanted)
                batch += found.whole.filter { !acknowledgedInFile.contains($0.id) }
                let last = max(found.whole.last?.id ?? 0, found.damaged.last ?? 0)
                let isEnd = found.whole.count + found.damaged.count < wanted
                handedOut = isEnd ? file.lastID : max(handedOut, last)
                for id in found.damaged where acknowledgedInFile.insert(id).inserted {
                    // Taken out like those that were sent.
                    dropped.damaged += 1
                    firstAcknowledged = firstAcknowledged ?? now
                }
            } catch {
                lose(file, error, now)
            }
        }
        let place = waiting.firstIndex { $0.entry.id > handedOut } ?? waiting.endIndex
        batch += waiting[place...].prefix(max(limit - batch.count, 0)).map(\.entry)
        handedOut = max(handedOut, batch.last?.id ?? 0)
        return batch
    }

    /// The broker has the message with this number. One that was not handed out since the last
    /// `spill` is passed over: it is sent again.
    public func acknowledged(_ id: Int64, now: Instant = .now) {
        guard id <= handedOut else { return }
        if let first = waiting.first?.entry, first.id == id {
            waitingOctets -= first.message.octets
            waiting.removeFirst()
            // Frees those that were taken away too.
            if waiting.isEmpty { waiting = [] }
        } else if let place = waiting.firstIndex(where: { $0.entry.id >= id }),
            waiting[place].entry.id == id
        {
            waitingOctets -= waiting.remove(at: place).entry.message.octets
        } else if let file, id > 0, id <= file.lastID {
            acknowledgedInFile.insert(id)
            firstAcknowledged = firstAcknowledged ?? now
            writeIfDue(now: now)
        }
    }

    /// The connection is lost, or the program is about to end: writes what waits, and hands out
    /// again all that was not acknowledged. To be called once for each connection, not for each
    /// attempt at one; acknowledgements of the old connection must not be told any more.
    public func spill(now: Instant = .now) {
        handedOut = 0
        write(now)
    }

    /// When `writeIfDue` wants to be called next; nil while there is nothing to write.
    public var nextWrite: Instant? {
        guard path != nil else { return nil }
        if file == nil, let retryAt { return retryAt }
        let due = [waiting.first?.since, firstAcknowledged].compactMap { $0 }.min()
        guard let due = due.map({ $0 + limits.writeAfter }) else { return nil }
        return max(due, retryAt ?? due)
    }

    /// Writes what has waited long enough, or is too much for memory.
    public func writeIfDue(now: Instant = .now) {
        let isMuch =
            waitingOctets > limits.writeAtOctets
            || acknowledgedInFile.count >= Self.acknowledgedLimit
        if let due = nextWrite, due <= now || isMuch, retryAt ?? now <= now { write(now) }
        if waitingOctets > limits.memoryOctets { thinMemory() }
    }
}

// Writing
extension DurableOutbox {
    private func open(_ now: Instant) {
        guard let path else { return }
        do {
            let opened = try openedFile(path)
            file = opened
            lastID = max(lastID, opened.lastID)
        } catch {
            fail(error, now)
        }
    }

    /// What waits in memory gets new numbers, above those of the file that is back. So nothing
    /// may be on its way to the broker under its old number.
    private func reopen(_ now: Instant) {
        guard waiting.first?.entry.id ?? .max > handedOut else {
            retryAt = now + limits.retryAfter
            return
        }
        open(now)
        guard file != nil else { return }
        handedOut = 0
        retryAt = nil
        for place in waiting.indices {
            let old = waiting[place]
            lastID += 1
            waiting[place] = Waiting(
                entry: OutgoingEntry(id: lastID, message: old.entry.message), since: old.since)
        }
        told(isTroubled: false)
    }

    /// The file; a new one if the old one is of no use.
    private func openedFile(_ path: String) throws(SQLiteError) -> OutboxFile {
        do {
            return try OutboxFile(path: path)
        } catch {
            guard error.needsNewFile, movesAside(path, error) else { throw error }
            return try OutboxFile(path: path)
        }
    }

    private func write(_ now: Instant) {
        if file == nil, path != nil { reopen(now) }
        guard let file, !waiting.isEmpty || !acknowledgedInFile.isEmpty else { return }
        do {
            dropped.replaced += try file.commit(
                adding: waiting.map(\.entry), removing: acknowledgedInFile)
            waiting.removeAll(keepingCapacity: true)
            waitingOctets = 0
            acknowledgedInFile.removeAll()
            firstAcknowledged = nil
            retryAt = nil
            try keepWithinLimits(file)
            told(isTroubled: false)
        } catch {
            if error.needsNewFile { lose(file, error, now) } else { fail(error, now) }
        }
    }

    /// Messages that were handed out already are left alone: they are nearly gone.
    private func keepWithinLimits(_ file: OutboxFile) throws(SQLiteError) {
        guard let oldest = try file.oldestTime else { return }
        let newest = try file.newestTime
        let span = max(newest.subtractingReportingOverflow(oldest).partialValue, 0)
        // Once an hour at most: the last message of a meter that is gone stays old for ever.
        let sinceExpiry = lastExpiry.map { newest.subtractingReportingOverflow($0).partialValue }
        if span > limits.age, !(0..<3600 ~= sinceExpiry ?? -1) {
            lastExpiry = newest
            dropped.expired += try file.thin(by: .expiry(after: limits.age), after: handedOut)
        }
        let days = max(Double(span) / 86_400, 1)
        let budget =
            span < limits.burst
            ? limits.octets : Int(min(Double(limits.octetsPerDay) * days, Double(limits.octets)))
        guard try file.octets > budget else { return }
        for step in ThinningStep.ladder {
            dropped.thinned += try file.thin(by: step, after: handedOut)
            // Some room below the limit, so that this is seldom done.
            if try file.octets <= Self.sevenEighths(budget) { return }
        }
        while try file.octets > limits.octets {
            let gone = try file.dropOldest(after: handedOut)
            dropped.full += gone
            if gone == 0 { return }
        }
    }

    /// The file cannot be read: goes on without what is in it.
    private func lose(_ file: OutboxFile, _ error: SQLiteError, _ now: Instant) {
        let lost = file.count - acknowledgedInFile.count
        file.close()
        self.file = nil
        acknowledgedInFile.removeAll()
        firstAcknowledged = nil
        guard error.needsNewFile else { return fail(error, now) }
        dropped.damaged += max(lost, 0)
        if movesAside(file.path, error) { open(now) } else { fail(error, now) }
    }

    /// Whether the file, which must be closed, made room for a new one.
    private func movesAside(_ path: String, _ error: SQLiteError) -> Bool {
        let aside = AsideFile.move(path, companions: ["-wal", "-shm", "-journal"])
        report(.startedAnew(path: path, cause: error.description, movedTo: aside))
        return aside != nil
    }

    private func fail(_ error: SQLiteError, _ now: Instant) {
        retryAt = now + limits.retryAfter
        told(isTroubled: true, error.description)
    }

    private func told(isTroubled trouble: Bool, _ cause: String = "") {
        guard isTroubled != trouble else { return }
        isTroubled = trouble
        report(trouble ? .outboxUnavailable(cause: cause) : .outboxAvailableAgain)
    }
}

// Memory, while the file cannot be written
extension DurableOutbox {
    private func thinMemory() {
        let goal = Self.sevenEighths(limits.memoryOctets)
        let newest = waiting.map(\.entry.message.time).max() ?? 0
        for step in ThinningStep.ladder where waitingOctets > goal {
            var thinner = Thinner<OutgoingMessage.Route>(step, newest: newest)
            var superfluous: Set<Int64> = []
            for entry in waiting.reversed().lazy.map(\.entry)
            where !thinner.keeps(entry.message.route, time: entry.message.time) {
                superfluous.insert(entry.id)
            }
            dropped.thinned += removeFromMemory { superfluous.contains($0.entry.id) }
        }
        while waitingOctets > limits.memoryOctets, waiting.count > 1 {
            waitingOctets -= waiting.removeFirst().entry.message.octets
            dropped.full += 1
        }
    }

    private func removeFromMemory(where condition: (Waiting) -> Bool) -> Int {
        let before = waiting.count
        waiting.removeAll(where: condition)
        waitingOctets = waiting.reduce(0) { $0 + $1.entry.message.octets }
        return before - waiting.count
    }
}
