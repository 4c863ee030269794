/// What `oms2mqtt check` says about a configuration file.
public struct ConfigurationReport: Equatable, Sendable {
    /// A line a fault, as `e2m.yaml:12: oms[2].key: what is wrong`, and a summary.
    public var lines: [String]
    /// Whether nothing but notes and warnings was found.
    public var isSound: Bool

    /// - Parameter file: the file's path, which stands in front of each line.
    public init(file: String, configuration: Configuration?, faults: [ConfigurationFault]) {
        isSound = configuration != nil && !faults.contains { $0.severity == .error }
        let name = ShownText.withoutControls(file)
        lines = faults.map { Announcement($0, in: file).text }
        lines.append("\(name): \(Self.summary(configuration, faults))")
    }

    private static func summary(
        _ configuration: Configuration?, _ faults: [ConfigurationFault]
    ) -> String {
        let errors = faults.filter { $0.severity == .error }.count
        let warnings = faults.filter { $0.severity == .warning }.count
        var parts: [String] = []
        if errors > 0 { parts.append(counted(errors, "error")) }
        if warnings > 0 { parts.append(counted(warnings, "warning")) }
        let found = parts.isEmpty ? "no faults" : parts.joined(separator: ", ")
        guard let configuration else { return "\(found); it cannot be used" }
        return "\(found); \(counted(configuration.meters.count, "meter")) and "
            + "\(counted(configuration.receivers.count, "receiver")) can be used"
    }
}
