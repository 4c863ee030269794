import Decoder
import Wire

/// What the Datahub sent in one MQTT message or HTTP request, as far as it is understood.
///
/// A LoRaWAN message has a known form (`DatahubMessage`). What it forwards of wireless M-Bus and
/// NB-IoT has no public description: there a telegram is looked for where one may be, and what
/// holds none stays unknown.
enum DatahubBody {
    /// Nothing: the topic was cleared.
    case empty
    case message(DatahubMessage)
    case telegram(RadioFrame)
    /// JSON that is not understood.
    case unknown(JSONValue)

    /// Larger bodies are not looked at.
    static let largest = 256 << 10
    /// Brackets, keys and values of a message; one of a device has some hundred. It bounds what the
    /// message takes in memory.
    static let mostTokens = 10_000

    /// - Throws: `DatahubBodyError` for what is no JSON and no telegram, or too much of it.
    init(reading octets: [UInt8]) throws(DatahubBodyError) {
        guard octets.count <= Self.largest else { throw .tooLarge(octets: octets.count) }
        guard octets.contains(where: { $0 != 0 && !$0.isBlank }) else {
            self = .empty
            return
        }
        let json: JSONValue
        do throws(DatahubBodyError) { json = try Self.json(octets.span) } catch {
            guard case .notJSON = error, let frame = DatahubTelegram.frame(inText: octets) else {
                throw error
            }
            self = .telegram(frame)
            return
        }
        if let message = DatahubMessage(json) {
            self = .message(message)
        } else if let frame = DatahubTelegram.frame(in: json) {
            self = .telegram(frame)
        } else {
            self = .unknown(json)
        }
    }

    private static func json(_ octets: Span<UInt8>) throws(DatahubBodyError) -> JSONValue {
        let isBounded: Bool
        do { isBounded = try Self.isBounded(octets) } catch { throw .notJSON(error) }
        guard isBounded else { throw .tooMany }
        do { return try JSONValue(parsing: octets) } catch { throw .notJSON(error) }
    }

    private static func isBounded(_ octets: Span<UInt8>) throws(JSONError) -> Bool {
        var reader = JSONReader(octets)
        for _ in 0..<mostTokens where try reader.next() == .end { return true }
        return false
    }
}

extension UInt8 {
    /// White space of JSON.
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

/// Why a body cannot be read.
enum DatahubBodyError: Error, Equatable, CustomStringConvertible {
    case notJSON(JSONError)
    case tooLarge(octets: Int)
    /// JSON with more in it than any message of one device has.
    case tooMany

    var description: String {
        switch self {
        case .notJSON(let error):
            "It is no message of a Datahub: \(error). Let the Datahub send JSON here, and nothing"
                + " else."
        case .tooLarge(let octets):
            "It has \(octets) octets, more than \(DatahubBody.largest >> 10) KiB. Let the Datahub"
                + " send each message by itself."
        case .tooMany:
            "It holds more than \(DatahubBody.mostTokens) values. Let the Datahub send each message"
                + " by itself."
        }
    }
}
