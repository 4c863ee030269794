import Decoder

/// What became of the telegrams of each configured meter since the start.
struct MeterHistory {
    /// One kind of outcome.
    struct Occurrence: Equatable {
        var code: String
        var count: UInt64 = 0
        var last: WallTime
        /// What it means and what to do.
        var text: String
    }

    struct Meter {
        /// By code; there are some dozens.
        fileprivate(set) var occurrences: [String: Occurrence] = [:]
        fileprivate(set) var lastHeard: WallTime
        /// Who heard the last one.
        fileprivate(set) var receptions: [Transmission.Reception] = []
        /// What became of the last one; damage and what is no reading do not hide that the meter is
        /// read.
        fileprivate(set) var lastCode: String
        fileprivate(set) var copies: UInt64 = 0

        /// The latest first.
        var all: [Occurrence] {
            occurrences.values.sorted { ($0.last, $1.code) > ($1.last, $0.code) }
        }
    }

    /// By the meter's name.
    private(set) var meters: [String: Meter] = [:]

    mutating func note(_ heard: Heard, meters configured: [MeterSettings]) {
        switch heard.outcome {
        case .reading(let meter, _): note(heard, meter.name, "It was read and published.")
        case .held(let meter, _, let findings):
            note(heard, meter.name, findings.map(\.description).joined(separator: " "))
        case .replayed(let meter, _, let reason):
            note(heard, meter.name, "It was not published: \(reason).")
        case .notRead(let meter, _, let error): note(heard, meter.name, "\(error)")
        case .ambiguous(let names, let addresses):
            for name in names {
                note(heard, name, Announcements.text(ambiguous: names, addresses))
            }
        case .damaged(let error):
            guard let claimed = heard.claimed else { return }
            for meter in configured where meter.selector.match(claimed) != nil {
                note(heard, meter.name, "\(error)")
            }
        case .notConfigured: break
        }
    }

    /// Between readings these tell of no trouble.
    private static let passing: Set<String> = [
        "crc_mismatch", "truncated", "payload_crc", "compact_frame_crc", "not_a_reading",
        "fragment_pending", "compact_format_unknown",
    ]

    private mutating func note(_ heard: Heard, _ name: String, _ text: String) {
        let code = heard.outcome.code
        var meter = meters[name] ?? Meter(lastHeard: heard.time, lastCode: code)
        meter.lastHeard = heard.time
        if meter.lastCode != "reading" || !Self.passing.contains(code) { meter.lastCode = code }
        meter.receptions = heard.receptions
        meter.copies &+= UInt64(clamping: heard.receptions.reduce(0) { $0 &+ $1.copies } &- 1)
        var occurrence =
            meter.occurrences[code] ?? Occurrence(code: code, last: heard.time, text: text)
        occurrence.count &+= 1
        occurrence.last = heard.time
        occurrence.text = text
        meter.occurrences[code] = occurrence
        meters[name] = meter
    }

    /// The settings of these meters changed: what was before says nothing any more.
    mutating func forget(_ names: Set<String>) {
        meters = meters.filter { !names.contains($0.key) }
    }
}
