import Decoder
import Wire

/// Answers "why was this not published?" for one meter, from what the gateway remembers.
struct MeterQuestion {
    /// How the gateway is just now.
    struct Circumstances {
        var meters: [MeterSettings]
        /// Whether each receiver listens.
        var receivers: [String: Bool]
        var isConnected: Bool
        var configurationFault: String?
        var now: WallTime
    }

    private let circumstances: Circumstances
    private let history: MeterHistory
    private let recent: RecentTelegrams

    init(_ circumstances: Circumstances, history: MeterHistory, recent: RecentTelegrams) {
        self.circumstances = circumstances
        self.history = history
        self.recent = recent
    }

    /// - Parameter text: a meter's name or id.
    func answer(_ text: String) -> MeterAnswer {
        let spelling = try? MeterSpelling(text)
        let named = circumstances.meters.first { $0.name.lowercased() == text.lowercased() }
        let known = circumstances.meters.first { meter in spelling?.fits(meter) ?? false }
        var answer =
            if let meter = named ?? known {
                configured(meter)
            } else if let spelling {
                foreign(spelling, text)
            } else {
                MeterAnswer(
                    verdict: .unknown, title: ShownText.title(text),
                    next: "No meter has this name, and it is no id. " + configuredNames)
            }
        if let fault = circumstances.configurationFault {
            answer.remarks.append("The configuration is not used as it stands: \(fault)")
        }
        return answer
    }

    private func configured(_ meter: MeterSettings) -> MeterAnswer {
        var answer = MeterAnswer(
            verdict: .notHeard, title: "Meter '\(meter.name)' (\(meter.id))", name: meter.name)
        guard let heard = history.meters[meter.name] else {
            answer.next = notHeard(meter)
            return answer
        }
        answer.lastHeard = heard.lastHeard
        answer.receptions = heard.receptions
        answer.occurrences = heard.all
        answer.copies = heard.copies
        let isRead = heard.lastCode == "reading"
        answer.verdict = isRead ? .published : .notPublished
        if isRead {
            answer.next =
                circumstances.isConnected
                ? "Its readings are published."
                : "It is read, but there is no connection to the broker: readings wait for it. The"
                    + " log says why."
        } else {
            answer.next = heard.occurrences[heard.lastCode]?.text
            answer.remarks += keyFinding(meter).map { [$0] } ?? []
        }
        return answer
    }

    private var configuredNames: String {
        let names = circumstances.meters.map { "'\($0.name)'" }
        return names.isEmpty
            ? "No meter is configured." : "Configured are \(names.joined(separator: ", "))."
    }

    private func notHeard(_ meter: MeterSettings) -> String {
        let alike = recent.meters.map(\.meter).filter {
            $0.identificationNumber == meter.selector.identificationNumber
        }
        if let other = alike.first {
            return "No meter with its id was heard, but \(other) has the same number: is that the"
                + " one? Then write \(other) as its `id`."
        }
        let listening = circumstances.receivers.filter(\.value).keys.sorted()
        guard !listening.isEmpty else {
            return circumstances.receivers.isEmpty
                ? "It was not heard: no receiver is configured, and none came by MQTT."
                : "It was not heard: no receiver listens (\(circumstances.receivers.keys.sorted().joined(separator: ", ")))."
                    + " `oms2mqtt receivers` says why."
        }
        return "It was not heard since the start, by \(listening.joined(separator: ", "))."
            + " `oms2mqtt listen` shows what is heard: compare its id; else bring the antenna"
            + " nearer, and wait a day if the meter sends seldom."
    }

    private func foreign(_ spelling: MeterSpelling, _ text: String) -> MeterAnswer {
        let heard = recent.meters
        switch spelling.choose(among: heard.map(\.meter)) {
        case .none:
            return MeterAnswer(
                verdict: .unknown, title: "Meter \(spelling.id)",
                next: "It is not configured, and was not heard. `oms2mqtt listen` shows what is"
                    + " heard; `oms2mqtt add-meter` adds a meter.")
        case .ambiguous(let addresses):
            return MeterAnswer(
                verdict: .unknown, title: "Meter \(spelling.id)",
                next: "Several meters fit: "
                    + addresses.prefix(10).map(\.description).joined(separator: ", ")
                    + ". Give the whole id.")
        case .one(let address, _):
            var answer = MeterAnswer(
                verdict: .notConfigured, title: "Meter \(address)",
                next: "It is heard, and not configured. If it is yours: oms2mqtt add-meter NAME"
                    + " --id \(address)")
            guard let kept = heard.first(where: { $0.meter == address })?.kept else {
                return answer
            }
            answer.lastHeard = kept.time
            answer.receptions = [
                Transmission.Reception(
                    receiver: kept.receiver, copies: 1, signalStrength: kept.frame.signalStrength)
            ]
            if let telegram = try? HeardTelegram(kept.frame) {
                answer.remarks.append(telegram.description)
                if telegram.encryption != nil { answer.next? += " --key-stdin" }
            }
            return answer
        }
    }

    /// What the key does to the last telegram.
    private func keyFinding(_ meter: MeterSettings) -> String? {
        guard let key = meter.key,
            let kept = recent.meters.first(where: { meter.selector.match($0.meter) != nil })?.kept
        else { return nil }
        let finding = KeyDiagnosis(of: kept.frame, key: key)
        return finding.isRight ? nil : "Its key, tried on the last telegram: \(finding)"
    }

    /// The last telegrams of the meters that may be meant, as hex, to try a key on.
    func telegrams(_ text: String) -> [RadioFrame] {
        guard let spelling = try? MeterSpelling(text) else { return [] }
        let heard = recent.meters
        let wanted: [MeterAddress] =
            switch spelling.choose(among: heard.map(\.meter)) {
            case .one(let address, _): [address]
            case .ambiguous(let addresses): addresses
            case .none: []
            }
        return heard.filter { wanted.contains($0.meter) }.prefix(10).map(\.kept.frame)
    }
}
