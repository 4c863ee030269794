/// Every topic of the gateway, below one base topic (`energy2mqtt` unless configured otherwise).
public struct Topics: Equatable, Sendable {
    public let base: String
    /// What the topics begin with that are about this program alone.
    let own: String
    /// `online` or `offline`, retained; the last will too.
    public let status: String
    /// Whether anyone reads the meters, retained: for a program that is alone its own status, in a
    /// fleet that of all decoders together.
    public let service: String
    /// Telegrams as hex text, from others to us.
    public let input: String
    /// Each reading again, with who and when around it.
    public let raw: String
    /// Seconds since the start, retained.
    public let uptime: String
    /// How many meters are configured, retained.
    public let count: String
    /// Commands to the gateway.
    public let command: String
    /// How the gateway is, as JSON, retained.
    public let health: String
    private let readings: String
    private let datahubDevices: String

    /// - Parameter member: what the topics begin with that are about this program alone, where it is
    ///   one of several with the same base; nil: it is the only one.
    /// - Throws: `TopicError` if `base` cannot be the beginning of a topic.
    public init(base: String = "energy2mqtt", member: String? = nil) throws(TopicError) {
        guard !base.isEmpty, !base.hasPrefix("/"), !base.hasSuffix("/"), !base.hasPrefix("$"),
            base.utf8.count <= 200,
            base.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
                Topics.segment(String($0)) == $0
            })
        else { throw .badBase(base) }
        self.base = base
        own = member ?? base
        status = own + "/status"
        service = base + "/status"
        input = own + "/oms_input"
        raw = base + "/raw"
        uptime = own + "/mgt/uptime"
        count = own + "/mgt/OMS/count"
        command = own + "/mgt/command"
        health = own + "/mgt/health"
        readings = base + "/devs/OMS/"
        datahubDevices = base + "/devs/zridh_lora/"
    }

    /// Where the readings of the meter called `name` go.
    public func reading(of name: String) -> String { readings + Topics.segment(name) }

    /// Whether the meter called `name` is heard, `online` or `offline`, retained. Not below
    /// `devs/`: who subscribes there expects readings.
    public func availability(of name: String) -> String {
        "\(base)/mgt/OMS/\(Topics.segment(name))/availability"
    }

    /// Where the values of the Datahub's device with this id go.
    public func datahubDevice(_ id: String) -> String { datahubDevices + Self.segment(id) }

    /// Where commands for that device come from.
    public func datahubCommand(to id: String) -> String {
        "\(base)/cmd/zridh_lora/\(id == "+" ? id : Self.segment(id))"
    }

    /// What came from the Datahub called `name`.
    public func datahub(_ name: String) -> String {
        "\(base)/devs/zridh_manager/\(Self.segment(name))"
    }

    /// Readings for Home Assistant, of the device with this id there.
    public func homeAssistantState(of device: String) -> String { "\(base)/ha/\(device)" }

    func isReading(_ topic: String) -> Bool {
        topic.hasPrefix(readings) || topic.hasPrefix(datahubDevices)
    }
    func isHomeAssistantState(_ topic: String) -> Bool { topic.hasPrefix(base + "/ha/") }
    /// Whether `topic` is the program's, not one of Home Assistant's.
    func isOwn(_ topic: String) -> Bool {
        topic.hasPrefix(base + "/") || topic.hasPrefix(own + "/")
    }

    /// `name` as one level of a topic: `/`, `+`, `#` and what MQTT forbids or may forbid in text
    /// (control characters, non-characters) become `_`, and so does an empty name.
    public static func segment(_ name: String) -> String {
        if name.isEmpty { return "_" }
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            result.append(isAllowed(scalar) ? scalar : "_")
        }
        return String(result)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2F, 0x2B, 0x23: false
        case 0x00...0x1F, 0x7F...0x9F: false
        case 0xFDD0...0xFDEF: false
        default: scalar.value & 0xFFFE != 0xFFFE
        }
    }
}

public enum TopicError: Error, Equatable, Sendable, CustomStringConvertible {
    case badBase(String)

    public var description: String {
        switch self {
        case .badBase(let base):
            "'\(Topics.segment(base))' cannot be a base topic: it needs at least one character, no +"
                + " or #, no control characters, no / at either end or twice in a row, no $ at"
                + " its start, and at most 200 octets. Use a plain word such as energy2mqtt."
        }
    }
}
