import Decoder
import Glibc

/// A folder with meters' files: `*.yaml` in it and in the folders in it.
public struct MeterDefinitionFolder: Sendable {
    /// Where the user's own files are looked for.
    public static let usual = "/etc/oms2mqtt/meters.d"
    /// More files than this are somebody else's folder.
    private static let mostFiles = 2000

    public let path: String

    public init(_ path: String) { self.path = path }

    /// One file, and what is wrong in it.
    public struct File: Sendable {
        public var id: String
        public var path: String
        public var octets: [UInt8]
    }

    /// The files that can be read, by name; those that cannot, as faults.
    public func files() -> ([File], [(path: String, fault: ConfigurationFault)]) {
        var files: [File] = []
        var faults: [(path: String, fault: ConfigurationFault)] = []
        for name in names(in: path, depth: 0).sorted().prefix(Self.mostFiles) {
            let path = "\(path)/\(name)"
            do {
                let file = try SmallFile(reading: path, limit: YAMLDocument.maximumSize)
                files.append(
                    File(id: String(name.dropLast(5)), path: path, octets: file.octets))
            } catch {
                faults.append((path, ConfigurationFault(.error, at: .wholeFile, "\(error)")))
            }
        }
        return (files, faults)
    }

    /// The definitions without error, and all faults; two that fit one meter equally well are one,
    /// and so are telegrams that do not give what their file says.
    public func load() -> ([MeterDefinition], [(path: String, fault: ConfigurationFault)]) {
        var (files, faults) = files()
        var definitions: [MeterDefinition] = []
        for file in files {
            let (definition, found) = MeterDefinitionReader.read(file.octets, id: file.id)
            faults += found.map { (file.path, $0) }
            guard let definition else { continue }
            if let other = definitions.first(where: { $0.isAmbiguous(with: definition) }) {
                faults.append(
                    (
                        file.path,
                        ConfigurationFault(
                            .error, at: .wholeFile, path: "detect",
                            "it fits the same meters as \(other.id), which is used: ask for more in"
                                + " one of the two (version, type, ci, sender_…), or take one out")
                    ))
            } else {
                definitions.append(definition)
                faults += definition.faultsOfTelegrams().map { (file.path, $0) }
            }
        }
        return (definitions, faults)
    }

    /// Paths below the folder, one level of folders deep.
    private func names(in folder: String, depth: Int) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var result: [String] = []
        while let entry = readdir(directory), result.count < Self.mostFiles {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            if name.hasSuffix(".yaml") {
                result.append(name)
            } else if depth == 0 {
                result += names(in: "\(folder)/\(name)", depth: 1).map { "\(name)/\($0)" }
            }
        }
        return result
    }
}

extension MeterDefinition {
    /// Whether one telegram may fit both equally well.
    public func isAmbiguous(with other: MeterDefinition) -> Bool {
        detections.contains { mine in other.detections.contains { mine.isAmbiguous(with: $0) } }
    }
}
