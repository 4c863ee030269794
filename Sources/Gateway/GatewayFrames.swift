import Decoder
import Logging
import Receivers
import Wire

// Each frame's way: to the pipeline, and what came of it to the log and the broker.
extension Gateway {
    func handle(_ frame: RadioFrame, from receiver: String) {
        recent.keep(frame, from: receiver, at: .now)
        if exchange?.handOn(frame, from: receiver) == true {
            lastTelegram = .now
            handedOn &+= 1
            return regulate()
        }
        for heard in pipeline.receive(frame, from: receiver, at: .now, instant: loop.now) {
            handle(heard)
        }
        releaseInTime()
    }

    /// Deals with transmissions whose copies need not be waited for any longer.
    func release() {
        for heard in pipeline.release(at: .now, instant: loop.now) { handle(heard) }
        releaseInTime()
    }

    func releaseAll() {
        for heard in pipeline.releaseAll(at: .now, instant: loop.now) { handle(heard) }
        exchange?.sendNotices()
        loop.cancel(releaseTimer)
        releaseTimer = nil
    }

    func releaseInTime() {
        guard releaseTimer == nil, let due = pipeline.nextRelease else { return }
        releaseTimer = loop.after(max(loop.now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            releaseTimer = nil
            release()
        }
    }

    private func handle(_ heard: Heard) {
        lastTelegram = heard.time
        noteSignals(of: heard)
        history.note(heard, meters: configuration.meters)
        for line in announcements.lines(for: heard.outcome, at: heard.time) { log.say(line) }
        log.debug(
            "A frame was heard.",
            metadata: [
                "receiver": "\(heard.receptions.first?.receiver ?? "")",
                "outcome": "\(heard.outcome.code)",
            ])
        guard let meter = heard.outcome.meter else { return }
        for notice in heard.notices { log.warning("Meter '\(meter.name)': \(notice)") }
        learnedSomething()
        if exchange?.publishes(heard) != false { publish(heard) } else { learn(heard) }
    }

    /// Another decoder of the fleet publishes it; this one will know the meter as well.
    private func learn(_ heard: Heard) {
        guard configuration.mqtt.homeAssistant,
            case .reading(let meter, let reading) = heard.outcome
        else { return }
        tellHomeAssistant(reading, of: meter, write(reading, heard), heard, isPublished: false)
    }

    func publish(_ heard: Heard) {
        if case .reading(let meter, let reading) = heard.outcome {
            publish(reading, of: meter, heard)
        }
        // Also where there is nothing to publish: that is done with.
        exchange?.published(heard)
    }

    private func publish(_ reading: Reading, of meter: MeterSettings, _ heard: Heard) {
        tellTypeDiffers(meter, reading)
        let payload = write(reading, heard)
        tellHomeAssistant(reading, of: meter, payload, heard, isPublished: true)
        keep(.reading(of: meter.name, json: payload, heardAt: heard.time, topics))
        keep(.raw(of: meter.name, json: payload, heardAt: heard.time, topics))
    }

    private func write(_ reading: Reading, _ heard: Heard) -> [UInt8] {
        json.removeAll()
        readingJSON.append(reading, reception: Reception(heard), to: &json)
        return json.bytes
    }

    private func tellHomeAssistant(
        _ reading: Reading, of meter: MeterSettings, _ payload: [UInt8], _ heard: Heard,
        isPublished: Bool
    ) {
        let interval = pipeline.memory[reading.telegram.meter]?.interval
        perform(
            homeAssistant.heard(
                reading, of: meter.name, json: payload,
                hasSignalStrength: Reception(heard).signalStrength != nil,
                expireAfter: interval?.interval == nil ? nil : interval?.expireAfter,
                isPublished: isPublished))
    }

    private func tellTypeDiffers(_ meter: MeterSettings, _ reading: Reading) {
        guard pipeline.typeDiffersIn.contains(meter.name),
            toldTypeDiffers.insert(meter.name).inserted
        else { return }
        log.warning(
            """
            Meter '\(meter.name)': its id begins with another device type than the meter has \
            (\(reading.telegram.meter)). Correct `id` under `oms` if it is the wrong meter.
            """)
    }

    /// Takes a telegram that came over MQTT.
    func take(_ telegram: TelegramInputs.Telegram) {
        recent.keep(telegram.frame, from: telegram.receiver, at: .now)
        let isOwnInput = telegram.receiver == TelegramInputs.nameOfOwnInput
        // Others may hand over one transmission twice: bridges of several sticks, a broker.
        if !isOwnInput { pipeline.repeating.insert(telegram.receiver) }
        let complete = pipeline.receive(
            telegram.frame, from: telegram.receiver, at: .now, instant: loop.now,
            heardAt: telegram.time)
        for heard in complete { handle(heard) }
        releaseInTime()
    }
}

extension Outcome {
    /// The configured meter, if it is one.
    fileprivate var meter: MeterSettings? {
        switch self {
        case .reading(let meter, _), .held(let meter, _, _), .replayed(let meter, _, _),
            .notRead(let meter, _, _):
            meter
        case .damaged, .notConfigured, .ambiguous: nil
        }
    }
}
