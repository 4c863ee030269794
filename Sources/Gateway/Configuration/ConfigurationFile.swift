/// The configuration file: where it is, and reading it whole with every fault.
public enum ConfigurationFile {
    /// Where the file is looked for when no option names it, best place first.
    public static let usualPlaces = [
        "./e2m.yaml", "./config/e2m.yaml", "/config/e2m.yaml", "/etc/oms2mqtt/e2m.yaml",
    ]

    /// The file to read: the one that an option names, whether or not it is there, else the first
    /// usual place that exists; nil where there is none.
    public static func find(
        option: String?, among places: [String] = usualPlaces, exists: (String) -> Bool
    ) -> String? {
        option ?? places.first(where: exists)
    }

    /// Reads the file at `path`.
    ///
    /// - Returns: the configuration with all parts that are sound, and all faults by line. It is
    ///   nil where the file cannot be read, or its `mqtt` or `receivers` cannot be used.
    public static func load(
        _ path: String, keys: KeySource = .process
    ) -> (Configuration?, [ConfigurationFault]) {
        let file: SmallFile
        do {
            file = try SmallFile(reading: path, limit: YAMLDocument.maximumSize)
        } catch {
            return (nil, [ConfigurationFault(.error, at: .wholeFile, "\(error)")])
        }
        return read(file.octets, openToAll: file.isOpenToAll ? path : nil, keys: keys)
    }

    /// Reads the octets of a file.
    ///
    /// - Parameter path: the file's path if every user of the computer may read it, which is a
    ///   fault where keys or passwords are in it.
    public static func read(
        _ octets: [UInt8], openToAll path: String? = nil, keys: KeySource = .process
    ) -> (Configuration?, [ConfigurationFault]) {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: octets)
        } catch {
            return (nil, [ConfigurationFault(.error, at: error.place, "\(error)")])
        }
        var reader = ConfigurationReader(keys: keys)
        let configuration = reader.configuration(from: document.root)
        if let path, reader.holdsSecrets {
            reader.faults.add(
                .warning, at: .wholeFile, path: "",
                "everyone on this computer can read this file, and keys or passwords are in it: "
                    + "run 'chmod o= \(ShownText.withoutControls(path))'")
        }
        return (configuration, reader.faults.sorted)
    }
}
