import Wire

/// A `device=` line of wmbusmeters, as the keys of a receiver here.
///
/// `auto:t1`, `/dev/ttyUSB0:im871a:c1,t1`, `im871a[12345678]:c1`, `rtlwmbus:868.95M:t1`,
/// `rtlwmbus:CMD(rtl_sdr … | rtl_wmbus)`, `stdin:rawtty`, `file.txt:hex`.
struct WMBusMetersDevice: Equatable {
    /// In the order in which they are written.
    var keys: [(key: ReceiverKey, value: String)] = []
    /// What was left out of the line, and why.
    var remarks: [String] = []

    static func == (left: Self, right: Self) -> Bool {
        left.keys.map(\.key) == right.keys.map(\.key)
            && left.keys.map(\.value) == right.keys.map(\.value) && left.remarks == right.remarks
    }

    /// Kinds by wmbusmeters' words.
    private static let kinds = [
        "im871a": "im871a", "im170a": "im871a", "iu891a": "iu891a", "iu880b": "iu891a",
        "amb8465": "amb8465", "amb3665": "amb8465", "cul": "cul", "rc1180": "rc1180",
        "rtlwmbus": "rtl_wmbus", "rtl433": "rtl_433", "auto": "auto", "stdin": "stdin",
    ]

    private enum Failure: Error { case word(String) }

    /// - Returns: nil, and the reason, for what no receiver here can be.
    static func read(_ line: String, modes: String?) -> (device: WMBusMetersDevice?, reason: String)
    {
        var rest = line
        var command: String?
        if let start = rest.firstRange(of: "CMD("), rest.last == ")" {
            command = String(rest[start.upperBound...].dropLast())
            rest = String(rest[..<start.lowerBound])
        }
        var words = rest.split(separator: ":").map(String.init)
        // An alias may stand in front: `MAIN=/dev/ttyUSB0:…`.
        if let first = words.first, let equals = first.firstIndex(of: "=") {
            words[0] = String(first[first.index(after: equals)...])
        }
        var reader = Reader(command: command)
        for word in words where !word.isEmpty {
            do { try reader.take(word) } catch {
                return (nil, "'\(ShownText.name(word))' is nothing that is known here")
            }
        }
        return reader.device(modes: modes)
    }

    private struct Reader {
        let command: String?
        var stick: String?
        var path: String?
        var modes: [String] = []
        var isText = false
        var remarks: [String] = []

        init(command: String?) { self.command = command }

        mutating func take(_ word: String) throws(Failure) {
            var name = word.lowercased()
            if let bracket = name.firstIndex(of: "["), name.last == "]" {
                remarks.append(
                    "the stick's own number is not used: `serial` takes the one that"
                        + " `oms2mqtt receivers` shows")
                name = String(name[..<bracket])
            }
            let listed = name.split(separator: ",").map(String.init)
            if let kind = WMBusMetersDevice.kinds[name] {
                stick = kind
            } else if word.hasPrefix("/") || word.hasSuffix(".txt") || word.hasSuffix(".bin") {
                path = word
            } else if ["rawtty", "hextty", "hex", "raw"].contains(name) {
                isText = true
            } else if listed.allSatisfy({ WMBusMetersDevice.isMode($0) }) {
                modes = listed
            } else if name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                remarks.append("the baud rate is known by the kind of stick")
            } else if name.hasSuffix("m"), Double(name.dropLast()) != nil {
                remarks.append("write the frequency into `command`, if it is another than 868.95M")
            } else {
                throw .word(word)
            }
        }

        func device(modes listened: String?) -> (WMBusMetersDevice?, String) {
            var device = WMBusMetersDevice()
            device.remarks = remarks
            let isFile = path.map { !$0.hasPrefix("/dev/") } ?? false
            let kind = isText && stick == nil && isFile ? "file" : stick ?? "auto"
            switch kind {
            case "rtl_wmbus", "rtl_433":
                device.keys = [(.stick, kind)]
                if let command { device.keys.append((.command, command)) }
            case "stdin": device.keys = [(.stick, kind)]
            case "file": device.keys = [(.stick, kind), (.file, path ?? "")]
            default:
                guard command == nil else { return (nil, "its program is of no known kind") }
                guard !isText else {
                    return (nil, "a port that gives telegrams as text is none of a stick")
                }
                device.keys = [(.stick, kind)]
                if let path { device.keys.append((.port, path)) }
                let words =
                    modes.isEmpty
                    ? (listened ?? "").lowercased().split(separator: ",").map(String.init) : modes
                let usable = words.filter { LinkMode(rawValue: $0) != nil }
                if usable.count < words.count {
                    device.remarks.append("of its modes only t1, c1 and s1 are known here")
                }
                if !usable.isEmpty {
                    device.keys.append((.modes, "[\(usable.joined(separator: ", "))]"))
                }
            }
            return (device, "")
        }
    }

    private static func isMode(_ word: String) -> Bool {
        ["any", "all", "c1", "c2", "s1", "s1m", "t1", "t2"].contains(word)
            || word.utf8.count == 3 && word.hasPrefix("n")
    }
}
