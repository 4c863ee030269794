import Logging
import Receivers

// Another configuration while the gateway runs: on SIGHUP, and when the file changes.
extension Gateway {
    /// Reads `path`, where the configuration is from, again whenever it changes.
    public func follow(_ path: String) {
        running = RunningConfiguration(path: path, configuration: configuration)
    }

    /// Why the configuration file, as it is now, is not used; nil while it is.
    public var configurationFault: String? {
        running.flatMap { running in
            running.fault.map { Announcement($0, in: running.path).text }
        }
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
        // Still at the former broker, where it has something to take back.
        if publishing != .init(before, formerTopics) {
            perform(homeAssistant.configure(publishing))
        }
        readingJSON = ReadingJSON(units: now.mqtt.units)
        if topics != formerTopics || now.needsOtherConnection(than: before) {
            changeBroker(from: formerTopics)
        } else if now.mqtt.allowsRestart != before.mqtt.allowsRestart {
            followCommands()
        }
        if now.datahubs != before.datahubs { datahubs?.follow(now.datahubs) }
        tellWhatNeedsARestart(before, now)
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
        toldTypeDiffers.subtract(changed)
        broker?.publish(.count(ofMeters: now.count, topics))
    }

    /// Takes leave of the broker and connects with the new settings; readings wait meanwhile.
    private func changeBroker(from former: Topics) {
        // While the former one is being left: what follows takes the newest settings anyway.
        guard let link = broker else { return }
        broker = nil
        perform(homeAssistant.disconnected())
        leaving = { [weak self] in self?.startBroker() }
        link.stop(lastly: .status(online: false, former)) { [weak self, link] _ in
            withExtendedLifetime(link) {}
            let next = self?.leaving
            self?.leaving = nil
            next?()
        }
    }

    private func tellWhatNeedsARestart(_ before: Configuration, _ now: Configuration) {
        var sections: [Section] = []
        if now.fleet != before.fleet { sections.append(.fleet) }
        if now.httpd != before.httpd { sections.append(.httpd) }
        if now.storage != before.storage { sections.append(.storage) }
        if now.datahubs != before.datahubs,
            datahubs == nil || now.postingDatahubs != before.postingDatahubs
        {
            sections.append(.datahub)
        }
        guard !sections.isEmpty else { return }
        let names = sections.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        log.warning("What changed in \(names) is used after a restart of oms2mqtt.")
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
