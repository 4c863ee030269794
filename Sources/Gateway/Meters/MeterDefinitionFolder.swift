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
                    File(id: id(of: path), path: path, octets: file.octets))
            } catch {
                faults.append((path, ConfigurationFault(.error, at: .wholeFile, "\(error)")))
            }
        }
        return (files, faults)
    }

    /// The definitions without error, and all faults; two that fit one meter equally well are one,
    /// and so are telegrams that do not give what their file says.
    public func load() -> ([MeterDefinition], [(path: String, fault: ConfigurationFault)]) {
        var definitions = RunningDefinitions(in: self)
        definitions.readAgain()
        return (definitions.inUse, definitions.faults)
    }

    /// `maker/model`.
    func id(of file: String) -> String {
        String(file.dropFirst(path.count + 1).dropLast(5))
    }

    /// Where files may come and go: the folder, and the folders in it.
    var folders: [String] { [path] + folders(in: path).sorted().map { "\(path)/\($0)" } }

    /// Of all files, their names and contents: another one when anything changed.
    var fingerprint: UInt64 {
        let (files, faults) = files()
        let texts = files.map { "\($0.id) \(FNV1a.hash($0.octets))" }
        return FNV1a.hash((texts + faults.map { "\($0.path) \($0.fault)" }).joined().utf8)
    }

    private func folders(in folder: String) -> [String] {
        entries(of: folder).filter { name in
            var status = stat()
            return stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        }
    }

    /// Paths below the folder, one level of folders deep.
    private func names(in folder: String, depth: Int) -> [String] {
        entries(of: folder).flatMap { name -> [String] in
            if name.hasSuffix(".yaml") { return [name] }
            guard depth == 0 else { return [] }
            return names(in: "\(folder)/\(name)", depth: 1).map { "\(name)/\($0)" }
        }
    }

    private func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var result: [String] = []
        while let entry = readdir(directory), result.count < Self.mostFiles {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { result.append(name) }
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
