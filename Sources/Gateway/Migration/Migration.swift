import Decoder
import Glibc

/// An `e2m.yaml` made from a configuration of wmbusmeters, and a report of all that is not in it.
///
/// No key or password is in the report.
public struct Migration: Sendable {
    /// The file to be written.
    public private(set) var octets: [UInt8] = []
    /// A line for each thing that was taken over, left out, or that should be looked at.
    public private(set) var report: [String] = []
    public private(set) var meters = 0
    public private(set) var receivers = 0

    public enum Failure: Error, Equatable, CustomStringConvertible {
        case nothingThere(String)
        case unreadable(String)

        public var description: String {
            switch self {
            case .nothingThere(let path):
                "There is no wmbusmeters.conf and no wmbusmeters.d in \(path): name the directory"
                    + " that they are in, mostly /etc."
            case .unreadable(let reason): reason
            }
        }
    }

    /// Reads `wmbusmeters.conf` and `wmbusmeters.d/*` in `directory`, or in `etc` below it.
    public init(from directory: String) throws(Failure) {
        let places = [directory, directory + "/etc"]
        guard
            let place = places.first(where: {
                access($0 + "/wmbusmeters.conf", F_OK) == 0
                    || access($0 + "/wmbusmeters.d", F_OK) == 0
            })
        else { throw .nothingThere(directory) }
        var main = WMBusMetersFile("wmbusmeters.conf", [])
        if access(place + "/wmbusmeters.conf", F_OK) == 0 {
            main = try Self.file("wmbusmeters.conf", in: place)
        }
        let names = Self.names(in: place + "/wmbusmeters.d").sorted()
        var files: [WMBusMetersFile] = []
        for name in names where !name.hasPrefix(".") && !name.hasSuffix("~") {
            files.append(try Self.file("wmbusmeters.d/\(name)", in: place))
        }
        self.init(main: main, meters: files)
    }

    init(main: WMBusMetersFile, meters files: [WMBusMetersFile]) {
        var text: [String] = ["# Made from a configuration of wmbusmeters."]
        text += mqtt(of: main, files)
        text += receivers(of: main)
        text.append(files.isEmpty ? "oms: []" : "oms:")
        for file in files { text += meter(of: file) }
        if !files.isEmpty, meters == 0 { text[text.count - 1] = "oms: []" }
        for line in main.lines { tellLeftOut(line, in: main) }
        for file in [main] + files {
            for number in file.unreadable {
                report.append(
                    "\(file.name):\(number): left out: there is no `key=value` in this line")
            }
        }
        octets = Array((text.joined(separator: "\n") + "\n").utf8)
        for fault in ConfigurationFile.read(octets).1 {
            report.append("to be corrected in the new file: \(fault)")
        }
    }

    // MARK: Files

    private static func file(_ name: String, in place: String) throws(Failure) -> WMBusMetersFile {
        do {
            let file = try SmallFile(reading: "\(place)/\(name)", limit: 1 << 20)
            return WMBusMetersFile(name, file.octets)
        } catch { throw .unreadable("\(error)") }
    }

    private static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }
    }

    // MARK: Sections

    private mutating func mqtt(
        of main: WMBusMetersFile, _ files: [WMBusMetersFile]
    ) -> [String] {
        for file in [main] + files {
            for line in file.lines where line.key == "shell" {
                guard let found = MosquittoPublication(line.value) else { continue }
                let place = "\(file.name):\(line.number): shell: "
                report.append(
                    place
                        + "the broker was taken over. Readings go to energy2mqtt/devs/OMS/NAME, as"
                        + " docs/mqtt.md shows, and Home Assistant finds them by itself")
                let keys: [(MQTTKey, String?)] = [
                    (.host, found.host), (.port, found.port), (.user, found.user),
                    (.password, found.password?.text),
                ]
                return ["mqtt:"]
                    + keys.compactMap { key, value in
                        value.map { "  \(key.rawValue): \(ConfigurationText.quoted($0))" }
                    } + (found.host == nil ? ["  host: 127.0.0.1"] : [])
            }
        }
        return ["mqtt:", "  host: 127.0.0.1"]
    }

    private mutating func receivers(of main: WMBusMetersFile) -> [String] {
        let modes = main.last("listento")?.value
        var text: [String] = []
        for line in main.lines where line.key == "device" {
            let place = "\(main.name):\(line.number): device: "
            let (device, reason) = WMBusMetersDevice.read(line.value, modes: modes)
            guard let device else {
                report.append(place + "left out: \(reason)")
                continue
            }
            for remark in device.remarks { report.append(place + remark) }
            let pairs = device.keys.map { key, value in
                "\(key.rawValue): \(key == .modes ? value : ConfigurationText.quoted(value))"
            }
            text.append("  - {\(pairs.joined(separator: ", "))}")
            receivers += 1
        }
        return text.isEmpty ? [] : ["receivers:"] + text
    }

    private mutating func meter(of file: WMBusMetersFile) -> [String] {
        guard let id = file.last("id"), !id.value.isEmpty else {
            report.append("\(file.name): left out: it has no id")
            return []
        }
        let name = file.last("name")?.value ?? ""
        var text: [String] = []
        let key = key(of: file)
        let ids = id.value.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        for (index, one) in ids.enumerated() {
            let place = "\(file.name):\(id.number): id: "
            guard !one.contains("*"), !one.contains("?"), !one.hasPrefix("!"),
                let spelling = try? MeterSpelling(one)
            else {
                report.append(place + "left out: here each meter is named by its own whole id")
                continue
            }
            let title =
                name.isEmpty ? file.name.split(separator: "/").last.map(String.init) ?? one : name
            var keys = [
                "name: " + ConfigurationText.quoted(index == 0 ? title : "\(title) \(index + 1)"),
                "id: " + ConfigurationText.quoted(spelling.id),
            ]
            if let key { keys.append("key: \(key)") }
            text.append("  - " + keys.joined(separator: "\n    "))
            meters += 1
        }
        for line in file.lines { tellLeftOut(line, in: file) }
        return text
    }

    private mutating func key(of file: WMBusMetersFile) -> String? {
        guard let line = file.last("key"), !line.value.isEmpty, line.value.uppercased() != "NOKEY"
        else { return nil }
        guard line.value.utf8.count == 32, MeterKey(hex: line.value) != nil else {
            report.append(
                "\(file.name):\(line.number): key: left out: it does not have 32 hex digits")
            return nil
        }
        return ConfigurationText.quoted(line.value.uppercased())
    }

    // MARK: What is left out

    private mutating func tellLeftOut(_ line: WMBusMetersFile.Line, in file: WMBusMetersFile) {
        guard let reason = Self.reason(line) else { return }
        report.append(
            "\(file.name):\(line.number): \(ShownText.name(line.key)): left out: \(reason)")
    }

    /// Why a line is left out; nil for what is taken over, or not needed.
    private static func reason(_ line: WMBusMetersFile.Line) -> String? {
        switch line.key {
        case "device", "listento", "name", "id", "key", "ignoreduplicates": return nil
        case "driver", "type", "meter": return "what a meter sends tells what it is"
        case "shell":
            return MosquittoPublication(line.value) == nil
                ? "no program is called: subscribe to the topics of docs/mqtt.md" : nil
        case "alarmshell", "alarmtimeout", "alarmexpectedactivity":
            return "a silent meter is told by mgt/OMS/NAME/availability, and in Home Assistant"
        case "loglevel": return "say `--log-level` to `oms2mqtt run`"
        case "logfile", "logtimestamps", "logsummary":
            return "the log is in the journal: journalctl -u oms2mqtt"
        case "logtelegrams": return "`oms2mqtt record` writes telegrams down"
        case "format", "separator", "fields", "selectfields", "addconversions":
            return "readings are JSON, as docs/mqtt.md shows"
        case "resetafter": return "sticks are watched, and brought back when they hang"
        case "donotprobe": return "name the ports of your sticks under `receivers`"
        case _ where line.key.hasPrefix("meterfiles"):
            return "no files are written: subscribe to the topics of docs/mqtt.md"
        case _ where line.key.hasPrefix("json_") || line.key.hasPrefix("field_"):
            return "no fixed values are added to readings"
        case _ where line.key.hasPrefix("calculate_"): return "nothing is calculated here"
        case "pollinterval", "identitymode", "mfct_key", "bus": return "it means nothing here"
        default: return "it is not known here"
        }
    }
}
