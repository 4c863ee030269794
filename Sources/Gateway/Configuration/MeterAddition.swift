import Decoder
import Wire

/// A meter put into a configuration file: its id made whole from telegrams, its key tried on them.
public struct MeterAddition: Sendable {
    /// What the user gives.
    public struct Wish: Sendable {
        public var name: String
        /// In any spelling that `MeterSpelling` knows.
        public var id: String
        /// Its digits, or where it is, as in the configuration.
        public var key: Secret?
        /// Whether the meter is added although its key does not open its telegrams.
        public var isSure = false

        public init(name: String, id: String, key: Secret? = nil) {
            self.name = name
            self.id = id
            self.key = key
        }
    }

    public enum Failure: Error, Equatable, CustomStringConvertible {
        case badID(MeterSelectorError)
        /// Several meters that were heard may be meant.
        case ambiguous([MeterAddress])
        case known(name: String, id: String)
        case badKey(String)
        case keyDoesNotFit(MeterAddress, String)
        case notChanged(ConfigurationEdit.Failure)
        case faults([ConfigurationFault])

        public var description: String {
            switch self {
            case .badID(let error): "\(error)"
            case .ambiguous(let addresses):
                "Several meters that are heard may be meant:"
                    + " \(addresses.map(\.description).joined(separator: ", ")). Give the whole id."
            case .known(let name, let id): "The meter '\(name)' (\(id)) is this one already."
            case .badKey(let reason): "The key cannot be used: \(reason)."
            case .keyDoesNotFit(let meter, let reason):
                "\(meter) was heard, and the key does not open its telegram. \(reason) To add it"
                    + " all the same, use --unchecked."
            case .notChanged(let failure): "The file was not changed: \(failure)."
            case .faults(let faults):
                "The file would have faults, so it was not changed: "
                    + faults.map(\.message).joined(separator: "; ") + "."
            }
        }
    }

    /// The file as it is to be.
    public let octets: [UInt8]
    /// What was added.
    public let meter: NewMeter
    /// What was found out, and what to do.
    public let findings: [String]

    /// - Parameters:
    ///   - telegrams: what was heard, of any meters.
    ///   - octets: the file as it is; empty where there is none.
    public init(
        _ wish: Wish, heard telegrams: [RadioFrame], to octets: [UInt8], keys: KeySource = .process
    ) throws(Failure) {
        let spelling: MeterSpelling
        do { spelling = try MeterSpelling(wish.id) } catch { throw .badID(error) }
        let heard = telegrams.compactMap { frame in
            (try? HeardTelegram(frame)).map { (meter: $0.meter, frame: frame) }
        }
        var findings: [String] = []
        var id = spelling.id
        switch spelling.choose(among: heard.map(\.meter)) {
        case .none:
            findings.append(
                "No telegram of it was heard, so neither id nor key was checked: the log will tell"
                    + " when it is, or `oms2mqtt explain`.")
        case .ambiguous(let addresses): throw .ambiguous(addresses)
        case .one(let address, _):
            id = address.description
            let frames = heard.filter { $0.meter == address }.map(\.frame)
            findings.append(try Self.tryKey(wish, keys, on: frames, of: address))
        }
        let (before, faults) = ConfigurationFile.read(octets, keys: keys)
        if let same = before?.meters.first(where: { spelling.fits($0) || $0.id == id }) {
            throw .known(name: same.name, id: same.id)
        }
        let meter = NewMeter(name: wish.name, id: id, key: wish.key)
        var edit = ConfigurationEdit(octets)
        do { try edit.add(meter) } catch { throw .notChanged(error) }
        let known = Set(faults.map(\.message))
        let new = ConfigurationFile.read(edit.octets, keys: keys).1.filter {
            $0.severity == .error && !known.contains($0.message)
        }
        guard new.isEmpty else { throw .faults(new) }
        self.octets = edit.octets
        self.meter = meter
        self.findings = findings
    }

    private static func tryKey(
        _ wish: Wish, _ keys: KeySource, on frames: [RadioFrame], of meter: MeterAddress
    ) throws(Failure) -> String {
        guard let text = wish.key?.text else {
            let isEncrypted = frames.contains { (try? HeardTelegram($0))?.encryption != nil }
            return isEncrypted
                ? "Its telegrams are encrypted: ask the supplier for the key, and write it as `key`."
                : "Its telegrams are not encrypted: it needs no key."
        }
        let key: MeterKey
        do { key = try keys.key(given: text) } catch { throw .badKey("\(error)") }
        let found = frames.map { KeyDiagnosis(of: $0, key: key) }
        if found.contains(where: \.isRight) { return "The key opens its telegrams." }
        // One that tells more of the key than that nothing can be told.
        let telling = found.first {
            switch $0 {
            case .damaged, .notSupported: false
            default: true
            }
        }
        guard let finding = telling else {
            return found.first.map { "\($0)" } ?? "The key was not tried."
        }
        guard wish.isSure else { throw .keyDoesNotFit(meter, "\(finding)") }
        return "\(finding)"
    }
}

extension ConfigurationFile {
    /// Why a file was not written.
    public struct SavingFailure: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// Puts `octets` in the place of the file's contents, whole or not at all; owner and mode stay.
    ///
    /// - Parameter before: what the file was when `octets` was made of it: nothing is written if
    ///   somebody has changed it since.
    public static func save(
        _ octets: [UInt8], to path: String, replacing before: [UInt8]
    ) throws(SavingFailure) {
        do {
            let limit = YAMLDocument.maximumSize
            guard try AtomicFile.read(path, limit: limit) ?? [] == before else {
                throw SavingFailure(
                    description: "\(path) was changed by somebody else just now: try again.")
            }
            try AtomicFile.replace(path, by: octets)
        } catch let error as SavingFailure { throw error } catch {
            throw SavingFailure(
                description: "\(path) cannot be written: \(error). It is as it was; run this as its"
                    + " owner, or with sudo.")
        }
    }

    /// The file's contents; nothing where there is no file.
    public static func contents(of path: String) throws(SavingFailure) -> [UInt8] {
        do { return try AtomicFile.read(path, limit: YAMLDocument.maximumSize) ?? [] } catch {
            throw SavingFailure(description: "\(path) cannot be read: \(error).")
        }
    }
}
