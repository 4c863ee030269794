import Wire

/// One device's message, read from the Datahub's JSON.
///
/// Whatever is missing or of another type than expected is left out; only the device's id and its
/// values must be there. What is of no use here is passed over: `status`, `clsbox`, `version`,
/// `maintenant`, `meta.parser`, `data.lora.fport`, `freq` and `datr`.
///
/// Source: what energy2mqtt reads of these messages; no public description is known.
struct DatahubMessage {
    /// Where a device is, in degrees; digits as they were written.
    struct Location: Equatable {
        var longitude: String
        var latitude: String
        /// In metres.
        var accuracy: String?
    }

    /// The device's id, for LoRaWAN its DevEUI, as it was written (`data.ownernumber`).
    var device: String
    /// Whether `type` says LoRaWAN.
    var isLoRaWAN: Bool
    /// What the device measured (`data.unmapped`), as it is published, in the order of the message.
    var values: [DatahubValue.Named]
    /// dBm and dB, as numbers in JSON; of the gateway that heard it best where the message itself
    /// does not tell.
    var signalStrength: String?
    var signalToNoise: String?
    /// The short address in its network.
    var deviceAddress: String?
    var frameCounter: String?
    /// An id of the message itself.
    var uid: String?
    /// When the network heard it, in seconds since 1970 (`ts.eventtime`).
    var eventTime: Int64?
    /// What the device's own clock says (`ts.device`).
    var deviceTime: Int64?
    var location: Location?
    var tenant: String
    /// What the Datahub calls the kind of device.
    var typeName: String?
    /// Whether the Datahub made the values up, between two that were measured.
    var isGenerated: Bool

    /// Values of one message; one with more is no device's.
    static let mostValues = 500
    private static let longestID = 64
    private static let longestKey = 128

    /// Nil for JSON that is no such message.
    init?(_ json: JSONValue) {
        guard let data = json["data"], let device = Self.text(data["ownernumber"]),
            !device.isEmpty, device.utf8.count <= Self.longestID,
            let values = data["unmapped"]?.members, values.count <= Self.mostValues,
            values.allSatisfy({ !$0.key.isEmpty && $0.key.utf8.count <= Self.longestKey })
        else { return nil }
        self.device = device
        self.values = Self.published(values)
        isLoRaWAN = json["type"]?.string?.lowercased() == "lora"

        let lora = data["lora"]
        let gateway = Self.bestGateway(json["gateways"])
        signalStrength = Self.number(data["rssi"]) ?? gateway.signalStrength
        signalToNoise = Self.number(lora?["lsnr"]) ?? gateway.signalToNoise
        deviceAddress = Self.text(lora?["dev_addr"]) ?? Self.text(data["proposedDevAddr"])
        frameCounter = Self.text(lora?["frame_counter"])
        uid = Self.text(json["uid"]) ?? Self.text(data["uuid"])

        eventTime = Self.seconds(json["ts"]?["eventtime"])
        deviceTime = Self.seconds(json["ts"]?["device"])
        location = Self.location(json["geo"])
        tenant = Self.text(json["tenant"]) ?? ""
        typeName =
            Self.text(json["meta"]?["devicetypename"]) ?? Self.text(json["devicetypename"])
            ?? Self.text(json["meta"]?["devicetype"])
        isGenerated = json["meta"]?["generated"]?.bool ?? false
    }

    /// The first of a key that is there twice, as everywhere in this program.
    private static func published(
        _ members: [(key: String, value: JSONValue)]
    ) -> [DatahubValue.Named] {
        var seen: Set<String> = []
        return members.filter { seen.insert($0.key).inserted }
            .map { ($0.key, DatahubValue.published($0.value)) }
    }
}

// Values of any form
extension DatahubMessage {
    /// A short text; a number as text.
    private static func text(_ json: JSONValue?) -> String? {
        switch json {
        case .string(let text) where text.utf8.count <= 256: text
        case .number(let digits) where digits.utf8.count <= 256: digits
        default: nil
        }
    }

    /// A number that JSON can have and a computer can hold, as it was written; also from a text.
    static func number(_ json: JSONValue?) -> String? {
        let digits: String
        switch json {
        case .number(let text): digits = text
        case .string(let text):
            guard text.utf8.count <= 40, case .number(let found) = try? JSONValue(parsing: text)
            else { return nil }
            digits = found
        default: return nil
        }
        guard digits.utf8.count <= 40, Double(digits)?.isFinite == true else { return nil }
        return digits
    }

    /// Seconds since 1970; the first of a list.
    private static func seconds(_ json: JSONValue?) -> Int64? {
        let first = json?.elements.map { $0.first } ?? json
        guard let digits = number(first) else { return nil }
        return Int64(digits) ?? Double(digits).flatMap { Int64(exactly: $0.rounded(.down)) }
    }

    /// A GeoJSON point (RFC 7946, 3.1.2): longitude, latitude.
    private static func location(_ json: JSONValue?) -> Location? {
        guard let coordinates = json?["coordinates"]?.elements, coordinates.count >= 2,
            let longitude = number(coordinates[0]), let latitude = number(coordinates[1]),
            Double(longitude).map(abs) ?? .infinity <= 180,
            Double(latitude).map(abs) ?? .infinity <= 90
        else { return nil }
        return Location(
            longitude: longitude, latitude: latitude,
            accuracy: number(json?["gps_accuracy"]) ?? number(json?["accuracy"]))
    }

    /// Each gateway is a list: its EUI, RSSI and SNR first.
    private static func bestGateway(
        _ json: JSONValue?
    ) -> (signalStrength: String?, signalToNoise: String?) {
        let gateways = (json?.elements ?? []).compactMap { $0.elements }.filter { $0.count >= 3 }
        let heard = gateways.compactMap { gateway in
            number(gateway[1]).map { ($0, number(gateway[2]), Double($0) ?? -.infinity) }
        }
        guard let best = heard.max(by: { $0.2 < $1.2 }) else { return (nil, nil) }
        return (best.0, best.1)
    }
}
