import Logging

/// Chooses what a person must know of what Datahubs send, and says each once for each Datahub; all
/// of it is counted in the statistics.
struct DatahubAnnouncements {
    private enum Matter: Hashable {
        case notJSON, tooLarge, notUnderstood, tooOld, fromTheFuture
        case device(String)
    }

    private struct Told: Hashable {
        var matter: Matter
        var datahub: String
    }

    /// Devices are not named without end.
    private static let most = 1000

    private var told: Set<Told> = []

    mutating func lines(for outcome: DatahubOutcome, from datahub: String) -> [Announcement] {
        guard let (matter, level, text) = Self.line(for: outcome), told.count < Self.most,
            told.insert(Told(matter: matter, datahub: datahub)).inserted
        else { return [] }
        return [Announcement(level, "Datahub '\(datahub)': \(text)")]
    }

    private static func line(
        for outcome: DatahubOutcome
    ) -> (Matter, Announcement.Level, String)? {
        switch outcome {
        case .published(let reading):
            let device = Topics.segment(reading.device)
            return (.device(reading.device), .info, "device \(device) is heard and published.")
        case .refused(let error):
            guard case .notJSON = error else {
                return (.tooLarge, .warning, "a message was not read. \(error)")
            }
            return (.notJSON, .warning, "a message was not read. \(error)")
        case .notUnderstood:
            return (
                .notUnderstood, .warning,
                "a message has neither values nor a telegram that can be found. Such messages are"
                    + " counted; with 'capture: true' their form is kept, to be reported."
            )
        case .tooOld(let device, let seconds):
            return (
                .tooOld, .warning,
                "a message of device \(Topics.segment(device)) came \(seconds) s late and was"
                    + " dropped. If that is usual for it, give it a definition file with"
                    + " 'max_eventtime'."
            )
        case .fromTheFuture(let device, let seconds):
            return (
                .fromTheFuture, .warning,
                "a message of device \(Topics.segment(device)) is \(seconds) s ahead and was not"
                    + " taken. Check this computer's clock."
            )
        case .telegram, .cleared, .duplicate, .outOfOrder, .generated: return nil
        }
    }
}
