import Logging
import Receivers

// The connection to the broker: what is done when it is there, and what goes out.
extension Gateway {
    func startBroker() {
        var settings = configuration.mqtt.broker
        let rules = DeliveryRules(
            delivery: configuration.mqtt.delivery, topics: topics,
            forward: configuration.forward?.topic)
        var will = MQTTMessage.status(online: false, topics)
        (settings.willQuality, will.retain) = rules.rule(
            for: will.topic, retain: will.retain, isEmpty: false)
        settings.will = will
        if configuration.fleet?.role == .decoder {
            settings.messagesPerSecond = FleetSettings.paceOfDecoder
        }
        let broker = BrokerLink(
            settings: settings, outbox: storage.outbox, rules: rules, loop: loop, log: log,
            reactions: .init(
                connected: { [weak self] in self?.connected() },
                disconnected: { [weak self] in
                    guard let self else { return }
                    perform(homeAssistant.disconnected())
                    exchange?.disconnected()
                },
                progressed: { [weak self] in self?.relieve() }))
        let telegrams = TelegramExchange(
            configuration, topics: topics, broker: broker, loop: loop, log: log,
            reactions: .init(
                take: { [weak self] in self?.take($0) },
                refuse: { [weak self] in self?.pipeline.count($0) },
                publish: { [weak self] in self?.publish($0) },
                publishes: { [weak self] in self?.publishes($0) }))
        telegrams.start(fleet: configuration.fleet)
        exchange = telegrams
        self.broker = broker
        followCommands()
        followDatahubCommands()
        broker.start()
    }

    func followCommands() {
        guard configuration.mqtt.allowsRestart else {
            broker?.unsubscribe(topics.command)
            return
        }
        broker?.subscribe(topics.command) { [weak self] in self?.obey($1) }
    }

    private func connected() {
        // First, so that no meter that is gone looks present once the gateway does.
        perform(homeAssistant.connected())
        // A fleet's decoder says so once it hears its meters.
        if exchange?.isDecoderOfFleet != true { broker?.publish(.status(online: true, topics)) }
        exchange?.connected()
        broker?.publish(.count(ofMeters: configuration.meters.count, topics))
        publishUptime()
    }

    private func obey(_ command: [UInt8]) {
        guard command == Array("restart".utf8) else { return }
        log.info("Stopping, as the command asks; the service manager starts it again.")
        stop { [loop] in loop.stop() }
    }

    func keep(_ message: OutgoingMessage) {
        if let broker {
            broker.keep(message)
        } else {
            storage.outbox.append(message, now: loop.now)
        }
        regulate()
    }

    /// Now and every 10 s while there is a connection: it is of no use later.
    private func publishUptime() {
        loop.cancel(uptimeTimer)
        guard broker?.isConnected == true, !isStopping else { return }
        broker?.publish(.uptime(seconds: started.duration(to: loop.now).components.seconds, topics))
        uptimeTimer = loop.after(.seconds(10)) { [weak self] in self?.publishUptime() }
    }
}

// Bursts
extension Gateway {
    private func relieve() {
        pressure.progressed(at: loop.now)
        if pressure.isPaused { regulate() }
    }

    /// Lets receivers pause while too much waits in memory.
    func regulate() {
        let wasPaused = pressure.isPaused
        pressure.update(broker?.octetsInMemory ?? storage.outbox.octetsInMemory, at: loop.now)
        if pressure.isPaused {
            // Each time, as one may have come to listen meanwhile.
            receivers.pause()
        } else if wasPaused {
            receivers.resume()
        }
        guard !isStopping, pressureTimer == nil, let due = pressure.due else { return }
        pressureTimer = loop.after(max(loop.now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            pressureTimer = nil
            regulate()
        }
    }
}
