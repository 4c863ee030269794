import Wire

/// What is known of one meter, for people and for programs.
struct MeterAnswer {
    enum Verdict: String {
        /// Its last telegram was read and goes out.
        case published
        /// It is heard, and its last telegram was not published.
        case notPublished = "not_published"
        case notHeard = "not_heard"
        case notConfigured = "not_configured"
        /// Neither a configured meter nor one that was heard.
        case unknown
    }

    var verdict: Verdict
    var title: String
    var name: String?
    var lastHeard: WallTime?
    var receptions: [Transmission.Reception] = []
    var occurrences: [MeterHistory.Occurrence] = []
    var copies: UInt64 = 0
    var remarks: [String] = []
    /// What it comes to, and what to do.
    var next: String?

    init(verdict: Verdict, title: String, name: String? = nil, next: String? = nil) {
        self.verdict = verdict
        self.title = title
        self.name = name
        self.next = next
    }

    /// For a terminal.
    func lines(at now: WallTime) -> [String] {
        var lines = ["\(title): \(next ?? verdict.rawValue)"]
        if let lastHeard {
            let who = receptions.map { reception in
                reception.receiver
                    + (reception.signalStrength.map { " at \($0) dBm" } ?? "")
            }
            let by = who.isEmpty ? "" : " by " + who.joined(separator: ", ")
            lines.append("  last heard \(Self.ago(lastHeard, now))\(by)")
        }
        lines += remarks.map { "  " + $0 }
        for occurrence in occurrences {
            // What the first line says already is not said again.
            let isTold = occurrence.code == "reading" || occurrence.text == next
            lines.append(
                "  \(occurrence.count) × \(occurrence.code), last \(Self.ago(occurrence.last, now))"
                    + (isTold ? "" : ": \(occurrence.text)"))
        }
        if copies > 0 { lines.append("  \(copies) × further copies of these telegrams, left out") }
        return lines
    }

    private static func ago(_ time: WallTime, _ now: WallTime) -> String {
        ServiceStatus.text(seconds: max(now.seconds &- time.seconds, 0)) + " ago"
    }

    func append(to json: inout JSONWriter, at now: WallTime) {
        json.beginObject()
        json.key("verdict")
        json.string(verdict.rawValue)
        json.key("meter")
        if let name { json.string(name) } else { json.null() }
        json.key("next")
        if let next { json.string(next) } else { json.null() }
        json.key("last_heard")
        if let lastHeard { json.string(lastHeard.description) } else { json.null() }
        json.key("receivers")
        json.beginArray()
        for reception in receptions {
            json.beginObject()
            json.key("name")
            json.string(reception.receiver)
            json.key("rssi_dbm")
            if let strength = reception.signalStrength {
                json.double(strength)
            } else {
                json.null()
            }
            json.endObject()
        }
        json.endArray()
        json.key("outcomes")
        json.beginArray()
        for occurrence in occurrences {
            json.beginObject()
            json.key("code")
            json.string(occurrence.code)
            json.key("count")
            json.integer(occurrence.count)
            json.key("last")
            json.string(occurrence.last.description)
            json.key("text")
            json.string(occurrence.text)
            json.endObject()
        }
        json.endArray()
        json.key("copies")
        json.integer(copies)
        json.key("lines")
        json.beginArray()
        for line in lines(at: now) { json.string(line) }
        json.endArray()
        json.endObject()
    }
}
