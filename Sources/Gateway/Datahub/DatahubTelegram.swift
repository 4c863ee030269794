import Decoder
import Receivers
import Wire

/// Finds a wireless M-Bus telegram in what a Datahub forwards: hex or Base64 text that is one by
/// its lengths and CRCs.
///
/// The form of these messages is not public, so nothing but a sound telegram counts: text that is
/// anything else must not be taken for one by chance.
enum DatahubTelegram {
    /// Where in a JSON message a telegram may be.
    private static let places: [[String]] = [
        ["data", "raw", "encrypted"], ["data", "raw"], ["data", "payload"], ["payload"],
        ["telegram"], ["raw"],
    ]
    /// More characters hold no telegram.
    private static let longest = 4096

    static func frame(in json: JSONValue) -> RadioFrame? {
        if let text = json.string { return frame(inText: Array(text.utf8)) }
        for place in places {
            var value: JSONValue? = json
            for key in place { value = value?[key] }
            guard let text = value?.string, var frame = frame(inText: Array(text.utf8)) else {
                continue
            }
            frame.signalStrength = DatahubMessage.number(json["data"]?["rssi"]).flatMap(Double.init)
            return frame
        }
        return nil
    }

    static func frame(inText text: [UInt8]) -> RadioFrame? {
        guard text.count <= longest else { return nil }
        if let frame = try? TelegramMessage(text).frame, isTelegram(frame) { return frame }
        guard let octets = Base64.octets(text.span) else { return nil }
        let frame = RadioFrame(octets: octets, format: .unknown)
        return isTelegram(frame) ? frame : nil
    }

    /// Whether the octets can be nothing else: a meter's message whose CRCs are right, or where
    /// there are none, one that ends where its L-field says.
    private static func isTelegram(_ frame: RadioFrame) -> Bool {
        guard let link = try? LinkLayerFrame(parsing: frame),
            let direction = link.control.direction
        else { return false }
        return direction != .toMeter && (link.crcVerified || link.trailing == 0)
    }
}
