import Logging
import Receivers

// The user's definitions of meters, read again whenever their files change.
extension Gateway {
    /// Looks at the files; one that is broken leaves in use what stood in it before.
    ///
    /// - Parameter asked: a person asked for it, who is told again what is wrong.
    func readDefinitions(asked: Bool) {
        let (before, faults) = (definitions.inUse, definitionFaults)
        definitions.readAgain()
        if definitionFaults != faults || asked { tellDefinitionFaults() }
        if definitions.inUse != before {
            pipeline.use(MeterCatalogue(users: definitions.inUse))
            log.notice(
                "Your definitions of meters are used, as they are now.",
                metadata: ["files": "\(definitions.inUse.count)"])
        }
        if broker != nil, definitionFaults != faults { tellHealth() }
    }

    private func tellDefinitionFaults() {
        for fault in definitionFaults.prefix(5) { log.say(fault) }
        guard definitionFault != nil else { return }
        log.error(
            """
            A definition that is wrong is not used; one that was right before stays in use as it \
            was. Correct it; `oms2mqtt check` names all faults.
            """)
    }

    private var definitionFaults: [Announcement] {
        definitions.faults.map { Announcement($0.fault, in: $0.path) }
    }

    /// The first thing that is wrong in the files now.
    var definitionFault: String? { definitionFaults.first { $0.level == .error }?.text }

    /// Watches the files from now on.
    func followDefinitions() {
        let folder = definitions.folder
        definitionChanges = FileChanges(
            in: { folder.folders }, fingerprints: { [folder.fingerprint] }, loop: loop
        ) { [weak self] in self?.readDefinitions(asked: false) }
        if definitionChanges == nil {
            log.warning(
                "The system watches no more files: changed definitions are read on SIGHUP only.")
        }
        // What changed before they were watched.
        readDefinitions(asked: false)
    }
}
