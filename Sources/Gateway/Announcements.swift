import Decoder
import Logging

/// One line for the log.
public struct Announcement: Equatable, Sendable {
    public typealias Level = Logger.Level
    public var level: Level
    public var text: String

    init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}

extension Announcement {
    /// A fault of the configuration file `path`, as `oms2mqtt check` writes it.
    public init(_ fault: ConfigurationFault, in path: String) {
        switch fault.severity {
        case .note: level = .info
        case .warning: level = .warning
        case .error: level = .error
        }
        let name = ShownText.withoutControls(path)
        text = fault.line > 0 ? "\(name):\(fault)" : "\(name): \(fault)"
    }
}

extension Announcement {
    /// The start of 2026, before which this program did not exist.
    private static let earliest: Int64 = 1_767_225_600

    /// What to say where the computer's clock cannot be right; nil where it can.
    init?(clockAt now: WallTime) {
        guard now.seconds < Self.earliest else { return nil }
        self.init(
            .warning,
            "This computer's clock says \(now), which cannot be: until it is set, the times in"
                + " readings are wrong. A Raspberry Pi without a battery has to ask the network;"
                + " `timedatectl` tells whether it could.")
    }
}

extension Logger {
    /// Says what there is to say.
    public func say(_ announcement: Announcement?) {
        guard let announcement else { return }
        log(level: announcement.level, "\(announcement.text)")
    }
}

/// Chooses from the outcomes what a person must know, and says it once.
///
/// What repeats is counted and summed up at most once an hour. Meters are named by their name in
/// the configuration; those of neighbours by shortened numbers.
public struct Announcements {
    /// How many foreign meters are remembered as told, and how many are told in an hour.
    static let rememberedMeters = 10_000
    static let foreignMetersAnHour = 100
    /// Seconds after which a problem is told again, if the meter was read in between.
    static let day: Int64 = 86_400
    static let hour: Int64 = 3600

    private struct Problem: Hashable {
        var meter: String
        var code: String
    }

    /// Problems of configured meters, with the time they were told.
    private var problems: [Problem: Int64] = [:]
    private var seenMeters: Set<String> = []
    private var foreign = ForeignMeters(limit: rememberedMeters)
    private var hourBegan: Int64?
    private var damagedThisHour = 0
    private var toldThisHour = 0
    private var untoldThisHour = 0

    public init() {}

    /// The settings of these meters changed: what was said of them is to be said anew.
    public mutating func forget(_ names: Set<String>) {
        seenMeters.subtract(names)
        problems = problems.filter { problem, _ in
            // An ambiguity names several meters.
            !problem.meter.split(separator: "/").contains { names.contains(String($0)) }
                && !names.contains(problem.meter)
        }
    }

    /// What to say of `outcome`, in this order; mostly nothing.
    public mutating func lines(for outcome: Outcome, at time: WallTime) -> [Announcement] {
        var lines: [Announcement] = []
        if let summary = summary(at: time.seconds) { lines.append(summary) }
        switch outcome {
        case .reading(let meter, let reading):
            if seenMeters.insert(meter.name).inserted {
                lines.append(
                    Announcement(
                        .info,
                        "Meter '\(meter.name)' (\(reading.telegram.meter)) is heard and read."))
            }
            if !problems.isEmpty {
                problems = problems.filter {
                    $0.key.meter != meter.name || time.seconds - $0.value < Self.day
                }
            }
        case .held(let meter, _, let findings):
            if isNew(Problem(meter: meter.name, code: outcome.code), time) {
                let text = findings.map(\.description).joined(separator: " ")
                lines.append(Announcement(.warning, "Meter '\(meter.name)': \(text)"))
            }
        case .replayed(let meter, let address, let reason):
            if isNew(Problem(meter: meter.name, code: outcome.code), time) {
                lines.append(
                    Announcement(
                        .warning,
                        "Meter '\(meter.name)' (\(address)): \(reason). Not published: somebody may"
                            + " be sending recorded telegrams."))
            }
        case .damaged: damagedThisHour += 1
        case .notConfigured(let address, let encrypted):
            if let line = line(foreign: address, encrypted) { lines.append(line) }
        case .ambiguous(let meters, let addresses):
            if isNew(Problem(meter: meters.joined(separator: "/"), code: outcome.code), time) {
                lines.append(Announcement(.warning, Self.text(ambiguous: meters, addresses)))
            }
        case .notRead(let meter, let address, let error):
            guard let level = Self.level(of: error) else { break }
            if isNew(Problem(meter: meter.name, code: error.code), time) {
                let step = Self.nextStep(after: error, of: meter).map { " " + $0 } ?? ""
                let text = "Meter '\(meter.name)' (\(address)): \(error)\(step)"
                lines.append(Announcement(level, text))
            }
        }
        return lines
    }

    /// What to do beyond what the error itself says.
    private static func nextStep(after error: TelegramError, of meter: MeterSettings) -> String? {
        switch error {
        case .noKey: "Then write it as `key` of the meter under `oms`."
        case .truncated, .fragmentsDoNotFit, .compactFrameCRC, .payloadCRC: nil
        default: "`oms2mqtt explain \"\(meter.name)\"` tells more."
        }
    }

    /// Nil: nothing a person could do anything about.
    private static func level(of error: TelegramError) -> Logger.Level? {
        switch error {
        case .notAReading, .fragmentPending, .compactFormatUnknown: nil
        case .truncated, .fragmentsDoNotFit, .compactFrameCRC: .info
        default: .warning
        }
    }

    private mutating func isNew(_ problem: Problem, _ time: WallTime) -> Bool {
        guard problems[problem] == nil else { return false }
        problems[problem] = time.seconds
        return true
    }

    private mutating func line(foreign address: MeterAddress, _ encrypted: Bool) -> Announcement? {
        guard foreign.insert(address) else { return nil }
        guard toldThisHour < Self.foreignMetersAnHour else {
            untoldThisHour += 1
            return nil
        }
        toldThisHour += 1
        return Announcement(
            .info,
            "Heard meter \(Privacy.shortened(address)) (\(address.deviceType)"
                + "\(encrypted ? ", encrypted" : "")), which is not configured."
                + " If it is yours, `oms2mqtt add-meter` adds it.")
    }

    static func text(ambiguous meters: [String], _ addresses: [MeterAddress]) -> String {
        let names = meters.map { "'\($0)'" }.joined(separator: " and ")
        let found = addresses.map(\.description).joined(separator: " and ")
        return addresses.count > 1
            ? "The id of meter \(names) fits \(found), so neither is published."
                + " Write the whole id under `oms`."
            : "Meter \(found) fits the ids of \(names), so it is published under none."
                + " Write the whole ids under `oms`."
    }

    /// An hour's counts, once it is over and something comes.
    private mutating func summary(at seconds: Int64) -> Announcement? {
        guard let began = hourBegan else {
            hourBegan = seconds
            return nil
        }
        // A clock that was set back must not silence the summary for long.
        guard seconds - began >= Self.hour || seconds < began else { return nil }
        defer {
            hourBegan = seconds
            damagedThisHour = 0
            toldThisHour = 0
            untoldThisHour = 0
        }
        var parts: [String] = []
        if damagedThisHour > 0 { parts.append("\(damagedThisHour) damaged frames") }
        if untoldThisHour > 0 { parts.append("\(untoldThisHour) more meters not configured") }
        guard !parts.isEmpty else { return nil }
        return Announcement(
            .info, "Within the last hour: \(parts.joined(separator: ", ")).")
    }
}

/// Foreign meters that were told already: so many, then the oldest is forgotten.
struct ForeignMeters {
    private let limit: Int
    private var known: Set<UInt64> = []
    /// In the order of their coming; a ring once it is full.
    private var order: [UInt64] = []
    private var oldest = 0

    init(limit: Int) { self.limit = limit }

    /// Whether the meter was not known.
    mutating func insert(_ address: MeterAddress) -> Bool {
        guard known.insert(address.packed).inserted else { return false }
        if order.count < limit {
            order.append(address.packed)
        } else {
            known.remove(order[oldest])
            order[oldest] = address.packed
            oldest = (oldest + 1) % limit
        }
        return true
    }
}
