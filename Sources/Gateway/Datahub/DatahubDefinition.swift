import Wire

/// A kind of device, as a definition file says: which devices are of it, and what their values are.
struct DatahubDefinition {
    /// What a device is recognised by; any one is enough.
    enum Alias {
        case device(RegularExpression)
        /// The value `prod_id`.
        case product(String)
        case value(key: String, text: String)
        case deviceAndValue(RegularExpression, key: String, text: String)
    }

    /// `vendor/model`, the file's name.
    var id: String
    var manufacturer: String
    var model: String
    var aliases: [Alias]
    var fields: [DatahubField]
    /// Seconds: an older message is dropped.
    var mostEventAge: Int64 = 20 * 60
    /// Seconds: a device whose clock says more is counted.
    var mostDeviceAge: Int64 = 10 * 60
    /// Whether messages with values that the Datahub made up are dropped.
    var ignoresGenerated = false
    /// Whether commands for the device are passed on.
    var takesCommands = false
}

/// One value of a device.
struct DatahubField: Equatable {
    /// Its key in what is published.
    var name: String
    /// Its key in the device's message, if that is another one.
    var source: String?
    var platform = Entity.Platform.sensor
    var friendlyName: String?
    var unit: String?
    var deviceClass: DeviceClass?
    var stateClass: StateClass?
    var icon: String?
    var decimals: Int?
    var template: String?
    var payloadOn: String?
    var payloadOff: String?
    /// Whether the last value is published again where a message lacks it.
    var persists = true
}

extension DatahubDefinition {
    /// - Parameters:
    ///   - device: its id.
    ///   - values: as they are published, under the device's names.
    func matches(_ device: String, _ values: [DatahubValue.Named]) -> Bool {
        func has(_ key: String, _ text: String) -> Bool {
            switch values.first(where: { $0.name == key })?.value {
            case .string(let found), .number(let found): found.lowercased() == text.lowercased()
            default: false
            }
        }
        return aliases.contains { alias in
            switch alias {
            case .device(let pattern): pattern.matches(device)
            case .product(let text): has("prod_id", text)
            case .value(let key, let text): has(key, text)
            case .deviceAndValue(let pattern, let key, let text):
                pattern.matches(device) && has(key, text)
            }
        }
    }

    /// The published name of the value that a device calls `key`.
    func name(of key: String) -> String { fields.first { $0.source == key }?.name ?? key }

    func persists(_ name: String) -> Bool { fields.first { $0.name == name }?.persists ?? true }
}

/// All definitions, those of the user first: the first one that fits is a device's.
struct DatahubDefinitions {
    private let all: [DatahubDefinition]
    /// The users' own, by the file's path.
    private let byPath: [String: DatahubDefinition]

    init(_ users: [DatahubDefinition] = [], byPath: [String: DatahubDefinition] = [:]) {
        all = users + ZennerDefinitions.read()
        self.byPath = byPath
    }

    /// Whether commands may come for any device.
    var takesCommands: Bool { all.contains { $0.takesCommands } }

    /// What holds for devices that no file describes.
    static var unknown: DatahubDefinition {
        DatahubDefinition(id: "", manufacturer: "", model: "", aliases: [], fields: [])
    }

    func definition(of device: String, _ values: [DatahubValue.Named]) -> DatahubDefinition {
        all.first { $0.matches(device, values) } ?? Self.unknown
    }

    /// Reads the files `<vendor>/*.yaml` of folders; what is wrong in them is told by line.
    ///
    /// - Parameter former: those in use until now: a file that is broken now stays as it was.
    static func load(
        _ folders: [String] = usualFolders, former: DatahubDefinitions? = nil
    ) -> (DatahubDefinitions, [(path: String, fault: ConfigurationFault)]) {
        var definitions: [DatahubDefinition] = []
        var byPath: [String: DatahubDefinition] = [:]
        var faults: [(path: String, fault: ConfigurationFault)] = []
        for folder in folders {
            let (files, unreadable) = MeterDefinitionFolder(folder).files()
            faults += unreadable
            for file in files {
                let (definition, found) = DatahubDefinitionReader.read(file.octets, id: file.id)
                faults += found.map { (file.path, $0) }
                guard let used = definition ?? former?.byPath[file.path] else { continue }
                definitions.append(used)
                byPath[file.path] = used
            }
        }
        return (DatahubDefinitions(definitions, byPath: byPath), faults)
    }

    /// Where energy2mqtt has them, and where a package would.
    static let usualFolders = ["defs/lorawan", "/etc/oms2mqtt/defs/lorawan"]
}
