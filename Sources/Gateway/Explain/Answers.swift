import Logging
import Receivers
import Wire

// Questions of other commands, while the gateway runs.
extension Gateway {
    func startAnswering() {
        guard let path = RunningService.socketPath(stateDirectory: directory) else { return }
        do {
            questions = try QuestionSocket(at: path, loop: loop) { [weak self] question in
                self?.answer(question) ?? []
            }
        } catch {
            log.warning("`oms2mqtt explain` will not work: \(error).")
        }
    }

    private func question(at now: WallTime) -> MeterQuestion {
        MeterQuestion(
            .init(
                meters: configuration.meters, receivers: receivers.listening,
                isConnected: broker?.isConnected ?? false, configurationFault: configurationFault,
                now: now),
            history: history, recent: recent)
    }

    /// Tells of configured meters that others are heard and they are not, each once.
    func tellUnheard() {
        // Of a fleet's decoders each hears some of the meters, and its gateways read none.
        guard configuration.fleet == nil else { return }
        let now = WallTime.now
        let unheard = configuration.meters.filter { history.meters[$0.name] == nil }
        let isReceiving = lastTelegram.map { now - UnheardMeters.proof < $0 } ?? false
        let due = self.unheard.pass(
            to: loop.now, unheard: Set(unheard.map(\.name)), isReceiving: isReceiving)
        for meter in unheard where due.contains(meter.name) {
            let next = question(at: now).answer(meter.name).next ?? ""
            log.warning("Meter '\(meter.name)' (\(meter.id)): \(next)")
        }
    }

    /// One line of JSON for one question.
    private func answer(_ question: JSONValue) -> [UInt8] {
        let now = WallTime.now
        let asked = self.question(at: now)
        var json = JSONWriter()
        if let meter = question["explain"]?.string {
            asked.answer(meter).append(to: &json, at: now)
        } else if let meter = question["telegrams"]?.string {
            json.beginObject()
            json.key("telegrams")
            json.beginArray()
            for frame in asked.telegrams(meter) {
                json.beginObject()
                json.key("data")
                json.hex(frame.octets.span)
                json.key("format")
                json.string(frame.format.rawValue)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        } else {
            json.beginObject()
            json.key("error")
            json.string("ask {\"explain\": NAME_OR_ID} or {\"telegrams\": ID}")
            json.endObject()
        }
        return json.bytes
    }
}
