import Receivers

// Home Assistant, and how the program is.
extension Gateway {
    func perform(_ actions: [HomeAssistantPublisher.Action]) {
        for action in actions {
            switch action {
            case .publish(let message): broker?.publish(message)
            case .subscribe(let filter):
                broker?.subscribe(filter) { [weak self] topic, payload in
                    guard let self else { return }
                    perform(homeAssistant.received(payload, on: topic))
                }
            case .unsubscribe(let filter): broker?.unsubscribe(filter)
            case .remember: learnedSomething(isUrgent: true)
            }
        }
        wakeHomeAssistantInTime()
    }

    /// To find out when that is, all meters are looked at: with many of them not behind each of
    /// thousands of telegrams.
    private func wakeHomeAssistantInTime() {
        loop.cancel(homeAssistantTimer)
        guard !isStopping else { return }
        let now = loop.now
        let meters = configuration.meters.count
        let next = homeAssistantLooked + .microseconds(meters < 200 ? 0 : 100 * meters)
        guard next <= now else {
            homeAssistantTimer = loop.after(now.duration(to: next)) { [weak self] in
                self?.wakeHomeAssistantInTime()
            }
            return
        }
        homeAssistantLooked = now
        guard let due = homeAssistant.nextWake else { return }
        homeAssistantTimer = loop.after(max(now.duration(to: due), .zero)) { [weak self] in
            guard let self else { return }
            perform(homeAssistant.wake())
        }
    }

    /// This decoder of a fleet publishes the readings of these shards from now on.
    func publishes(_ shards: Set<Int>) { perform(homeAssistant.publishes(shards)) }

    func receiversChanged() {
        serviceManager?.statusChanged()
        pipeline.listening = Set(receivers.listening.filter(\.value).keys)
        release()
        tellHealth()
    }

    /// Now and every minute.
    func tellHealth() {
        loop.cancel(healthTimer)
        guard !isStopping else { return }
        var health = GatewayHealth(
            pipeline.counters, receivers: receivers.listening, statistics: receivers.statistics,
            dropped: broker?.dropped ?? 0, lastTelegram: lastTelegram,
            configurationFault: configurationFault)
        health.telegrams &+= handedOn
        perform(homeAssistant.health(health))
        tellUnheard()
        healthTimer = loop.after(.seconds(60)) { [weak self] in self?.tellHealth() }
    }
}
