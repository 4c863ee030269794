import Wire

/// A JSON object with a telegram in it, under any of the names that bridges and other programs use.
///
/// Objects within it are looked through as well. Names count without regard to case, `_` and `-`;
/// of several values with one name the first counts.
struct TelegramEnvelope {
    private var values: [String: String] = [:]
    /// A reading of energy2mqtt or of ours: its `payload` are the records, without a header.
    private var isReading = false

    // Best name first.
    private static let telegrams = [
        "telegram", "data", "hex", "frame", "raw", "rawtelegram", "telegramhex", "rawdata",
        "hexdata", "datahex", "rawhex", "packet", "payload", "message", "msg",
    ]
    private static let receivers = ["receiver"]
    private static let gateways = [
        "gatewayname", "gateway", "gatewayid", "gw", "bridge", "station",
    ]
    private static let strengths = ["rssidbm", "rssi", "signalstrength", "signal"]
    private static let times = ["time", "timestamp", "receivedat", "ts", "datetime"]
    private static let modes = ["mode", "linkmode"]
    private static let wanted = Set(
        telegrams + receivers + gateways + strengths + times + modes + [
            "model", "frametype", "containscrc",
        ])

    init(_ text: Span<UInt8>) throws(JSONError) {
        var reader = JSONReader(text)
        guard try reader.next() == .beginObject else { throw .unexpected(at: 0) }
        var name: String?
        while true {
            switch try reader.next() {
            case .key(let range, let escaped):
                let known = Self.plain(reader.string(range, escaped: escaped))
                name = Self.wanted.contains(known) ? known : nil
                if known == "proto" { isReading = true }
                continue
            case .string(let range, let escaped):
                if let name { note(name, reader.string(range, escaped: escaped)) }
            case .number(let range):
                if let name { note(name, reader.string(range, escaped: false)) }
            case .bool(let value): if let name { note(name, value ? "true" : "false") }
            case .null, .beginObject, .endObject, .beginArray, .endArray: break
            case .end: return
            }
            name = nil
        }
    }

    private mutating func note(_ name: String, _ value: String) {
        if values[name] == nil { values[name] = value }
    }

    private static func plain(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    private func first(of names: [String]) -> String? {
        for name in names { if let value = values[name] { return value } }
        return nil
    }

    /// What rtl_433 calls the kind of device; its telegrams are those of `Wireless-MBus`.
    var model: String? { values["model"] }

    /// The telegram: hex, with a `!` in front where its CRCs are gone, or base64.
    var telegram: (octets: [UInt8], crcsRemoved: Bool)? {
        for name in Self.telegrams where !(isReading && name == "payload") {
            guard var text = values[name]?.utf8[...] else { continue }
            let isMarked = text.first == UInt8(ascii: "!")
            if isMarked { text.removeFirst() }
            let characters = Array(text)
            guard
                let octets = (try? Hex.octets(characters.span)) ?? Base64.octets(characters.span),
                octets.count >= 11
            else { continue }
            return (octets, isMarked)
        }
        return nil
    }

    var format: FrameFormat {
        switch (values["containscrc"], values["frametype"]) {
        case ("false", _): .crcsRemoved
        case ("true", "A"): .a
        case ("true", "B"): .b
        default: .unknown
        }
    }

    var mode: String? { first(of: Self.modes) }

    /// In dBm. What rtl_433 calls `rssi` is in units of its own.
    var signalStrength: Double? {
        guard model == nil, let number = first(of: Self.strengths).flatMap(Double.init) else {
            return nil
        }
        return (-200..<0).contains(number) ? number : nil
    }

    /// Which receiver of which program or device heard it.
    var receiver: String? { first(of: Self.receivers) }
    var gateway: String? { first(of: Self.gateways) }

    /// When it was received, since 1970: UTC as RFC 3339 writes it, seconds or milliseconds. A time
    /// without a zone is none.
    var time: Duration? {
        guard let text = first(of: Self.times) else { return nil }
        guard let number = Double(text) else {
            return RecordedTelegram.time(Array(text.utf8)[...])
        }
        return switch number {
        case 1e9..<1e11: .milliseconds(Int64(number * 1000))
        case 1e12..<1e14: .milliseconds(Int64(number))
        default: nil
        }
    }
}
