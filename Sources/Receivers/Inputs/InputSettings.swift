import Wire

/// Where telegrams come from that no stick of ours hears: another program, the network, a file.
public enum InputSource: Equatable, Sendable {
    /// A program that we start: a shell's command line that writes telegrams to standard output.
    case rtlWMBus(command: String)
    case rtl433(command: String)
    /// We connect to it, again and again.
    case tcp(NetworkAddress)
    /// Others connect to us.
    case tcpListen(NetworkAddress)
    /// Each datagram holds one telegram.
    case udp(NetworkAddress)
    case standardInput
    /// A file that is read once, or a FIFO that is read for ever.
    case file(path: String)
    /// A recording (`RecordedTelegram`), in its own time.
    ///
    /// - Parameters:
    ///   - speed: 2 is twice as fast; 0 without any pause
    ///   - repeats: whether it begins again at its end
    case replay(path: String, speed: Double, repeats: Bool)

    public static let defaultRTLWMBus =
        "rtl_sdr -f 868.95M -s 1600000 - | rtl_wmbus -f"
    public static let defaultRTL433 = "rtl_433 -f 868.95M -s 1200k -F json"

    /// The words of the configuration, in the order in which they are told.
    public static let words = [
        "rtl_wmbus", "rtl_433", "tcp", "tcp_listen", "udp", "stdin", "file", "replay",
    ]

    /// What the configuration calls it.
    public var word: String {
        switch self {
        case .rtlWMBus: "rtl_wmbus"
        case .rtl433: "rtl_433"
        case .tcp: "tcp"
        case .tcpListen: "tcp_listen"
        case .udp: "udp"
        case .standardInput: "stdin"
        case .file: "file"
        case .replay: "replay"
        }
    }

    /// What people know it by: the address or path, a command cut short.
    public var place: String {
        switch self {
        case .rtlWMBus(let command), .rtl433(let command): String(command.prefix(60))
        case .tcp(let address), .tcpListen(let address), .udp(let address): address.description
        case .standardInput: "standard input"
        case .file(let path), .replay(let path, _, _): path
        }
    }
}

/// How telegrams are written in what comes in.
public enum InputFormat: String, CaseIterable, Equatable, Sendable {
    /// Found out: text or binary from the first octets, then line by line.
    case auto
    case rtlWMBus = "rtl_wmbus"
    /// CSV with or without a header, or JSON lines.
    case rtl433 = "rtl_433"
    /// A telegram a line, also those of wmbusmeters' log (`telegram=|…|`).
    case hex
    /// An object a line, with the telegram as hex under `data`.
    case json
    /// One telegram behind the other, each with its length in front.
    case binary
}

/// A host by name or number, and a port.
public struct NetworkAddress: Equatable, Sendable, CustomStringConvertible {
    public var host: String
    public var port: UInt16

    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `host:port`, `192.0.2.1:port`, `[2001:db8::1]:port`; nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            text[text.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(text[text.index(after: colon)...]), port > 0
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.init(host: String(host), port: port)
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
