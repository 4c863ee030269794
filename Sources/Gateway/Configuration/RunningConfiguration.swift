/// The configuration that the gateway runs with, and whether a changed file takes its place.
///
/// Only a sound file does. One with new errors, one that is gone or empty, and one that is the
/// former one cut off (it is being written, or the disk is full) leave the running configuration
/// as it is. Lines taken out at the end of the file look like that too: where a person asks for
/// the file to be read, it is believed if it ends with a whole line.
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
    private(set) var refusal: ConfigurationFault?
    /// Why a part of what was taken is not used; nil: all is.
    private var partFault: ConfigurationFault?
    /// Why the file, or a part of it, is not used; nil: all is.
    var fault: ConfigurationFault? { refusal ?? partFault }
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
        note(read(file).1)
    }

    /// Files whose change may change the configuration.
    var files: [String] { [path] + configuration.keyFiles.sorted() }

    /// Looks at the file again.
    ///
    /// - Parameter asked: a person asked for it, who is told again what is wrong.
    mutating func readAgain(asked: Bool = false) -> Verdict {
        if asked { told = [] }
        let file: SmallFile
        do { file = try SmallFile(reading: path, limit: YAMLDocument.maximumSize) } catch {
            return refuse([ConfigurationFault(.error, at: .wholeFile, "\(error)")])
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
        if let fault = cutOff(file.octets, asked: asked) { return refuse([fault]) }
        let before = configuration
        let wasRefused = refusal != nil
        configuration = found
        octets = file.octets
        note(faults)
        refusal = nil
        told = []
        return before == found ? .same(wasRefused: wasRefused) : .taken(from: before, notes: new)
    }

    private mutating func refuse(_ faults: [ConfigurationFault]) -> Verdict {
        let errors = faults.filter { $0.severity == .error }
        refusal = errors.first
        defer { told = errors }
        return .refused(errors == told ? [] : errors)
    }

    private mutating func note(_ faults: [ConfigurationFault]) {
        known = Set(faults.map(\.message))
        partFault = faults.first { $0.severity == .error }
    }

    private func read(_ file: SmallFile) -> (Configuration?, [ConfigurationFault]) {
        ConfigurationFile.read(
            file.octets, openToAll: file.isOpenToAll ? path : nil, keys: keys)
    }

    private static func file(_ path: String) -> SmallFile? {
        try? SmallFile(reading: path, limit: YAMLDocument.maximumSize)
    }

    /// Whether the file is the former one without its end.
    private func cutOff(_ now: [UInt8], asked: Bool) -> ConfigurationFault? {
        // The last end of a line may come and go.
        guard now.count + 1 < octets.count, let last = now.last, octets.starts(with: now) else {
            return nil
        }
        let isWhole = last == 0x0A
        guard !isWhole || !asked else { return nil }
        let place = YAMLNode.Place(line: now.count { $0 == 0x0A } + (isWhole ? 0 : 1), column: 1)
        return ConfigurationFault(
            .error, at: place,
            "the file ends with this line and went on before: if that is meant, "
                + (isWhole ? "" : "end the line and ")
                + "run 'systemctl reload oms2mqtt' (or send SIGHUP); else restore the rest")
    }

    private static func saysNothing(_ octets: [UInt8]) -> Bool {
        guard let document = try? YAMLDocument(parsing: octets) else { return false }
        return document.root?.isEmpty ?? true
    }
}
