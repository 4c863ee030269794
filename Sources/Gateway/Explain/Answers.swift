import Logging
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

    /// One line of JSON for one question.
    private func answer(_ question: JSONValue) -> [UInt8] {
        let now = WallTime.now
        let asked = MeterQuestion(
            .init(
                meters: configuration.meters, receivers: receivers.listening,
                isConnected: broker?.isConnected ?? false, configurationFault: configurationFault,
                now: now),
            history: history, recent: recent)
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
