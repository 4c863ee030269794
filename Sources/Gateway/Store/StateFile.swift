/// The small file that keeps what was learned (formats of compact frames, intervals, last values)
/// over restarts.
///
/// Whoever learned something calls `changed`; the sections are asked for only when a write is due
/// (`WritePolicy`), and not written if they are what the file holds already. A file that cannot be
/// read is moved aside and told once; the program then learns anew.
public struct StateFile {
    public typealias Instant = ContinuousClock.Instant
    /// Replaces a file, given its path and new octets.
    typealias Writer = ([UInt8], String) throws(AtomicFile.Failure) -> Void

    public let path: String
    private var policy: WritePolicy
    private let report: (StoreNotice) -> Void
    private let writer: Writer
    private var inFile: [UInt8] = []
    private var isTroubled = false

    /// - Parameter report: is called with what a person should know, from inside other calls.
    public init(path: String, now: Instant = .now, report: @escaping (StoreNotice) -> Void) {
        self.init(path: path, policy: WritePolicy(now: now), report: report) {
            (octets, path) throws(AtomicFile.Failure) in
            try AtomicFile.write(octets, to: path)
        }
    }

    init(
        path: String, policy: WritePolicy, report: @escaping (StoreNotice) -> Void,
        writer: @escaping Writer
    ) {
        self.path = path
        self.policy = policy
        self.report = report
        self.writer = writer
    }

    /// What the file holds; nothing if there is none or it cannot be used.
    public mutating func load() -> StateSections {
        do {
            guard let octets = try AtomicFile.read(path, limit: StateLayout.limit) else {
                return [:]
            }
            let sections = try StateLayout.sections(of: octets)
            inFile = octets
            return sections
        } catch let error as StateLayoutError {
            let cause = Self.sentence(error, path)
            report(.startedAnew(path: path, cause: cause, movedTo: AsideFile.move(path)))
        } catch {
            report(.stateNotRead(cause: "\(path) cannot be read (\(error))."))
        }
        return [:]
    }

    /// Something was learned that shall outlast a restart.
    ///
    /// - Parameter isUrgent: whether it would be missed after a sudden end of the program.
    public mutating func changed(isUrgent: Bool = false) {
        policy.changed(isUrgent: isUrgent)
    }

    /// When `writeIfDue` wants to be called next; nil while nothing changed.
    public var nextWrite: Instant? { policy.nextWrite }

    public mutating func writeIfDue(now: Instant = .now, _ sections: () -> StateSections) {
        if let due = policy.nextWrite, due <= now { write(now, sections()) }
    }

    /// The program is about to end: writes what changed.
    public mutating func stop(now: Instant = .now, _ sections: () -> StateSections) {
        if policy.nextWrite != nil { write(now, sections()) }
    }

    private mutating func write(_ now: Instant, _ sections: StateSections) {
        let octets = StateLayout.octets(of: sections)
        guard octets != inFile else { return policy.written(octets: 1, now: now) }
        do {
            try writer(octets, path)
            inFile = octets
            policy.written(octets: octets.count, now: now)
            if isTroubled { report(.stateWrittenAgain) }
            isTroubled = false
        } catch {
            policy.written(octets: 0, now: now)
            if !isTroubled {
                report(.stateNotWritten(cause: "\(path) cannot be written (\(error))."))
            }
            isTroubled = true
        }
    }

    private static func sentence(_ error: StateLayoutError, _ path: String) -> String {
        switch error {
        case .notAStateFile: "\(path) is not a state file of oms2mqtt."
        case .newer(let version):
            "\(path) was written by a later release of oms2mqtt (layout \(version))."
        case .tooLong: "\(path) is longer than a state file can be."
        case .damaged:
            "\(path) is damaged. If that happens again, the SD card may be wearing out."
        }
    }
}
