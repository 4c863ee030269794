import Logging
import Receivers

// Another configuration while the gateway runs: on SIGHUP, and when the file changes.
extension Gateway {
    /// Reads `path`, where the configuration is from, again whenever it changes.
    public func follow(_ path: String) {
        running = RunningConfiguration(path: path, configuration: configuration)
    }

    /// Why the configuration file, a part of it or a meter's definition is not used as it is now;
    /// nil: all of it is.
    public var configurationFault: String? {
        let fault = running.flatMap { running in
            running.fault.map { Announcement($0, in: running.path).text }
        }
        return fault ?? definitionFault
    }

    /// Watches the files that the configuration is in now.
    func followFiles() {
        guard let running, fileChanges?.paths != running.files else { return }
        fileChanges = FileChanges(running.files, limit: YAMLDocument.maximumSize, loop: loop) {
            [weak self] in self?.reload(asked: false)
        }
        if fileChanges == nil {
            log.warning(
                "The system watches no more files: a changed configuration is read on SIGHUP only.")
        }
        // What changed before they were watched.
        reload(asked: false)
    }

    /// Reads the file again; a broken one changes nothing.
    func reload(asked: Bool) {
        guard !isStopping, let verdict = running?.readAgain(asked: asked) else { return }
        serviceManager?.isReloading()
        switch verdict {
        case .same(let wasRefused):
            if wasRefused { log.notice("The configuration file is in order again.") }
            if asked, !wasRefused { log.info("The configuration file says what runs already.") }
            // A directory that could not be used before may be ready now.
            if asked { applyStorage() }
            if nextDirectory != nil { changeBroker(from: topics) }
        case .taken(let before, let notes):
            for note in notes { tell(note) }
            apply(from: before)
        case .refused(let faults):
            for fault in faults.prefix(5) { tell(fault) }
            if !faults.isEmpty {
                log.error(
                    """
                    The changed configuration is not used, and what ran before goes on. Correct \
                    the file; `oms2mqtt check` names all its faults.
                    """)
            }
        }
        tellHealth()
        serviceManager?.isReady()
        if fileChanges != nil { followFiles() }
    }

    private func tell(_ fault: ConfigurationFault) {
        guard let running else { return }
        log.say(Announcement(fault, in: running.path))
    }

    private func apply(from before: Configuration) {
        guard let now = running?.configuration, let topics = try? now.topics
        else { return }
        let formerTopics = self.topics
        configuration = now
        self.topics = topics
        applyReceivers(from: before)
        applyMeters(from: before)
        if topics != formerTopics { changeTopicsOfDatahubs() }
        let publishing = HomeAssistantPublisher.Settings(now, topics)
        let isLeaving = topics != formerTopics || now.mqtt.broker != before.mqtt.broker
        // Still at the former broker, where it has something to take back.
        if publishing != .init(before, formerTopics) {
            perform(homeAssistant.configure(publishing, isLeaving: isLeaving))
        }
        readingJSON = ReadingJSON(units: now.mqtt.units)
        applyStorage()
        if nextDirectory != nil || isLeaving || now.needsOtherConnection(than: before) {
            applyFleet(from: before)
            changeBroker(from: formerTopics)
        } else if now.mqtt.allowsRestart != before.mqtt.allowsRestart {
            followCommands()
        }
        applyDatahubs(from: before)
        applyWebServer(from: before.httpd)
        log.notice(
            "The changed configuration is used from now on.",
            metadata: [
                "meters": "\(now.meters.count)", "receivers": "\(now.receivers.count)",
            ])
    }

    /// Receivers that stay as they are go on without a pause.
    private func applyReceivers(from before: Configuration) {
        let now = configuration.receivers
        guard now != before.receivers else { return }
        // First those that go: one that comes may want their port.
        for settings in before.receivers where !now.contains(settings) {
            receivers.stop(settings.name)
        }
        pipeline.repeating = Set(now.filter { $0.input != nil }.map(\.name))
        for settings in now { receivers.start(settings) }
        receiversChanged()
    }

    private func applyMeters(from before: Configuration) {
        let now = configuration.meters
        guard now != before.meters else { return }
        pipeline.configure(now)
        let changed = Set(before.meters.filter { !now.contains($0) }.map(\.name))
        announcements.forget(changed)
        history.forget(changed)
        unheard.forget(changed)
        toldTypeDiffers.subtract(changed)
        broker?.publish(.count(ofMeters: now.count, topics))
    }

    /// What waits for copies is published as what the program was until now: nobody else would, or
    /// another decoder learns by the notices that it need not.
    private func applyFleet(from before: Configuration) {
        guard configuration.fleet != nil || before.fleet != nil else { return }
        releaseAll()
        pipeline.join(isDecoderOfFleet: configuration.fleet?.role == .decoder)
        receiversChanged()
    }

    /// Takes leave of the broker and connects with the new settings; readings wait meanwhile.
    private func changeBroker(from former: Topics) {
        // While the former one is being left: what follows takes the newest settings anyway.
        guard let link = broker else { return }
        broker = nil
        perform(homeAssistant.disconnected())
        leaving = { [weak self] in self?.begin() }
        link.stop(lastly: .status(online: false, former)) { [weak self, link] _ in
            withExtendedLifetime(link) {}
            let next = self?.leaving
            self?.leaving = nil
            next?()
        }
    }
}

extension Configuration {
    /// Whether something of the connection, or of the telegrams that come and go over it, differs.
    fileprivate func needsOtherConnection(than other: Configuration) -> Bool {
        mqtt.broker != other.mqtt.broker || mqtt.delivery != other.mqtt.delivery
            || inputs != other.inputs || forward != other.forward || fleet != other.fleet
            // What is handed on may be limited to the own meters.
            || (forward != nil || fleet != nil) && meters != other.meters
    }
}
