import Decoder

/// The definitions of a folder that are in use, and what becomes of them when its files change.
///
/// A file that is broken now leaves in use what stood in it before, and what a definition in use fits
/// no other file takes from it.
struct RunningDefinitions {
    let folder: MeterDefinitionFolder
    /// By id.
    private(set) var inUse: [MeterDefinition] = []
    /// All that is wrong in the files now.
    private(set) var faults: [(path: String, fault: ConfigurationFault)] = []
    /// Of the files that those in use are from, by id.
    private var fingerprints: [String: UInt64] = [:]

    private struct Candidate {
        var path: String
        var fingerprint: UInt64?
        /// What the file says now; nil: nothing that can be used.
        var new: MeterDefinition?
        /// What is in use of it.
        var former: MeterDefinition?
        /// Whether what is in use stays so, and stands above what is new.
        var isInUse: Bool { former != nil && (new == nil || new == former) }
    }

    init(in folder: MeterDefinitionFolder) { self.folder = folder }

    mutating func readAgain() {
        let candidates = readFiles()
        inUse = []
        for candidate in candidates.filter(\.isInUse) + candidates.filter({ !$0.isInUse }) {
            let other = candidate.new.flatMap(rival)
            if let other { faults.append((candidate.path, Self.ambiguity(with: other))) }
            if let new = candidate.new, other == nil {
                inUse.append(new)
                faults += new.faultsOfTelegrams().map { (candidate.path, $0) }
                fingerprints[new.id] = candidate.fingerprint
            } else if let former = candidate.former, rival(of: former) == nil {
                inUse.append(former)
            }
        }
        inUse.sort { $0.id < $1.id }
        faults = faults.enumerated().sorted {
            ($0.element.path, $0.offset) < ($1.element.path, $1.offset)
        }.map(\.element)
        let ids = Set(inUse.map(\.id))
        fingerprints = fingerprints.filter { ids.contains($0.key) }
    }

    private mutating func readFiles() -> [Candidate] {
        let former = Dictionary(inUse.map { ($0.id, $0) }) { first, _ in first }
        let files: [MeterDefinitionFolder.File]
        (files, faults) = folder.files()
        var candidates = faults.map {
            Candidate(path: $0.path, former: former[folder.id(of: $0.path)])
        }
        for file in files {
            let fingerprint = FNV1a.hash(file.octets)
            let (definition, wrong) = MeterDefinitionReader.read(file.octets, id: file.id)
            faults += wrong.map { (file.path, $0) }
            let isSame = fingerprints[file.id] == fingerprint
            candidates.append(
                Candidate(
                    path: file.path, fingerprint: fingerprint,
                    new: isSame ? former[file.id] : definition, former: former[file.id]))
        }
        return candidates
    }

    /// One in use that fits a meter as well as `definition` does.
    private func rival(of definition: MeterDefinition) -> MeterDefinition? {
        inUse.first { $0.isAmbiguous(with: definition) }
    }

    private static func ambiguity(with other: MeterDefinition) -> ConfigurationFault {
        ConfigurationFault(
            .error, at: .wholeFile, path: "detect",
            "it fits the same meters as \(other.id), which is used: ask for more in one of the two"
                + " (version, type, ci, sender_…), or take one out")
    }
}
