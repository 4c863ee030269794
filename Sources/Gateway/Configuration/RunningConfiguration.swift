/// The configuration that the gateway runs with, and whether a changed file takes its place.
///
/// Only a sound file does. One with new errors, one that is gone or empty, and one that stops in
/// the middle of a line where the former one went on (it is being written, or the disk was full)
/// leave the running configuration as it is.
struct RunningConfiguration {
    enum Verdict: Equatable {
        /// The file says what runs already; `wasRefused`: the one before it was not used.
        case same(wasRefused: Bool)
        /// The file is used from now on; the warnings and notes that are new.
        case taken(from: Configuration, notes: [ConfigurationFault])
        /// Why the file is not used; empty if that was said before.
        case refused([ConfigurationFault])
    }

    let path: String
    private(set) var configuration: Configuration
    /// Why the file, as it is now, is not used; nil while it is.
    private(set) var fault: ConfigurationFault?
    private let keys: KeySource
    /// The file as it was when it was taken.
    private var octets: [UInt8] = []
    /// Faults that it had then, by their words: lines move.
    private var known: Set<String> = []
    private var told: [ConfigurationFault] = []

    /// - Parameter configuration: what was read from `path` just now.
    init(path: String, configuration: Configuration, keys: KeySource = .process) {
        self.path = path
        self.configuration = configuration
        self.keys = keys
        guard let file = Self.file(path) else { return }
        octets = file.octets
        known = Set(read(file).1.map(\.message))
    }

    /// Files whose change may change the configuration.
    var files: [String] { [path] + configuration.keyFiles.sorted() }

    /// How the file is called in messages.
    private var name: String { ShownText.withoutControls(path) }

    /// Looks at the file again.
    mutating func readAgain() -> Verdict {
        let file: SmallFile
        do { file = try SmallFile(reading: path, limit: YAMLDocument.maximumSize) } catch {
            return refuse([ConfigurationFault(.error, at: .wholeFile, "\(error)")])
        }
        if let line = cutOff(file.octets) {
            let place = YAMLNode.Place(line: line, column: 1)
            return refuse([
                ConfigurationFault(
                    .error, at: place,
                    "the file ends in the middle of this line, where it went on before: "
                        + "is it still being written, or the disk full?")
            ])
        }
        let (found, faults) = read(file)
        let new = faults.filter { !known.contains($0.message) }
        guard let found, !new.contains(where: { $0.severity == .error }) else {
            return refuse(found == nil ? faults : new)
        }
        if found == Configuration(), Self.saysNothing(file.octets) {
            return refuse([
                ConfigurationFault(
                    .error, at: .wholeFile,
                    "the file is empty: to run without it, stop the program")
            ])
        }
        let before = configuration
        let wasRefused = fault != nil
        configuration = found
        octets = file.octets
        known = Set(faults.map(\.message))
        fault = nil
        told = []
        return before == found ? .same(wasRefused: wasRefused) : .taken(from: before, notes: new)
    }

    /// A line for a fault, as `oms2mqtt check` writes it.
    func line(_ fault: ConfigurationFault) -> String {
        fault.line > 0 ? "\(name):\(fault)" : "\(name): \(fault)"
    }

    private mutating func refuse(_ faults: [ConfigurationFault]) -> Verdict {
        let errors = faults.filter { $0.severity == .error }
        fault = errors.first
        defer { told = errors }
        return .refused(errors == told ? [] : errors)
    }

    private func read(_ file: SmallFile) -> (Configuration?, [ConfigurationFault]) {
        ConfigurationFile.read(
            file.octets, openToAll: file.isOpenToAll ? path : nil, keys: keys)
    }

    private static func file(_ path: String) -> SmallFile? {
        try? SmallFile(reading: path, limit: YAMLDocument.maximumSize)
    }

    /// The line in which the file stops too early.
    private func cutOff(_ now: [UInt8]) -> Int? {
        guard now.count < octets.count, let last = now.last, last != 0x0A, octets.starts(with: now)
        else { return nil }
        // A whole last line that only lacks its end is what some editors write.
        guard octets[now.count] != 0x0A, octets[now.count] != 0x0D else { return nil }
        return now.count { $0 == 0x0A } + 1
    }

    private static func saysNothing(_ octets: [UInt8]) -> Bool {
        guard let document = try? YAMLDocument(parsing: octets) else { return false }
        return document.root?.isEmpty ?? true
    }
}
