import Decoder
import Wire

/// What outlasts a restart: the known meters and when each was last heard, as octets for a file.
///
/// They are JSON: `{"version":1,"base":"energy2mqtt","meters":[{"address":"…","sender":"…","heard":…,"expire_after":…,
/// "status":true,"status_text":false,"rssi":true,"maker":null,"model":null,"medium":null,"records":[["volume","volume","volume","number","present","m³",2,"register",null,false]]}]}`,
/// addresses as the link layer has them, in hex. The last three of a record are there where a
/// definition says something of it.
struct HomeAssistantMemory: Equatable, Sendable {
    struct Item: Equatable, Sendable {
        var meter: KnownMeter
        /// Seconds since 1970.
        var lastHeard: Int64
    }

    private static let version: Int64 = 1
    private static let mostMeters = 10_000

    var items: [Item] = []
    /// What the topics began with; nil in an earlier release's.
    var base: String?

    init(items: [Item] = [], base: String? = nil) {
        self.items = items
        self.base = base
    }

    func encode() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("version")
        json.integer(Self.version)
        json.key("base")
        Self.append(base, to: &json)
        json.key("meters")
        json.beginArray()
        for item in items { Self.append(item, to: &json) }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    /// Nil for what `encode` of this or an earlier release did not write. A record that a later
    /// release named is left out: it is learned anew.
    init?(decoding octets: [UInt8]) {
        guard let json = try? JSONValue(parsing: octets.span),
            json["version"]?.integer == Self.version, let meters = json["meters"]?.elements,
            meters.count <= Self.mostMeters
        else { return nil }
        base = json["base"]?.string
        for meter in meters {
            guard let item = Self.item(meter) else { return nil }
            items.append(item)
        }
    }

    private static func append(_ item: Item, to json: inout JSONWriter) {
        let meter = item.meter
        json.beginObject()
        json.key("address")
        append(meter.address, to: &json)
        json.key("sender")
        append(meter.sender, to: &json)
        json.key("heard")
        json.integer(item.lastHeard)
        json.key("expire_after")
        json.integer(meter.expireAfter)
        json.key("status")
        json.bool(meter.hasStatus)
        json.key("status_text")
        json.bool(meter.hasStatusText)
        json.key("rssi")
        json.bool(meter.hasSignalStrength)
        json.key("maker")
        append(meter.definedMaker, to: &json)
        json.key("model")
        append(meter.definedModel, to: &json)
        json.key("medium")
        append(meter.definedMedium?.rawValue, to: &json)
        json.key("records")
        json.beginArray()
        for record in meter.records {
            json.beginArray()
            json.string(record.id)
            json.string(record.key)
            json.string(record.quantity.rawValue)
            json.string(record.kind.rawValue)
            json.string(record.standing.rawValue)
            json.string(record.unit)
            json.integer(record.decimals)
            if record.isDefined {
                append(record.definedKind?.rawValue, to: &json)
                append(record.about, to: &json)
                json.bool(record.hasErrorWords)
            }
            json.endArray()
        }
        json.endArray()
        json.endObject()
    }

    private static func append(_ text: String?, to json: inout JSONWriter) {
        if let text { json.string(text) } else { json.null() }
    }

    private static func append(_ address: MeterAddress, to json: inout JSONWriter) {
        var octets: [UInt8] = []
        withUnsafeBytes(of: address.packed.littleEndian) { octets.append(contentsOf: $0) }
        json.hex(octets.span)
    }

    private static func item(_ json: JSONValue) -> Item? {
        guard let address = Self.address(json["address"]),
            let sender = Self.address(json["sender"]),
            let heard = json["heard"]?.integer,
            let expireAfter = json["expire_after"]?.integer.flatMap({ Int(exactly: $0) }),
            (1...(30 * 86_400)).contains(expireAfter),
            let hasStatus = json["status"]?.bool, let hasSignalStrength = json["rssi"]?.bool,
            let records = json["records"]?.elements, records.count <= KnownMeter.mostRecords
        else { return nil }
        let meter = KnownMeter(
            address: address, sender: sender, records: records.compactMap(record),
            hasStatus: hasStatus, hasStatusText: json["status_text"]?.bool ?? false,
            hasSignalStrength: hasSignalStrength, expireAfter: expireAfter,
            maker: json["maker"]?.string, model: json["model"]?.string,
            medium: json["medium"]?.string.flatMap(Medium.init(rawValue:)))
        return Item(meter: meter, lastHeard: heard)
    }

    private static func address(_ json: JSONValue?) -> MeterAddress? {
        guard let octets = json?.string.flatMap({ try? Hex.octets($0) }), octets.count == 8 else {
            return nil
        }
        var reader = ByteReader(octets.span)
        return try? MeterAddress(linkLayer: &reader)
    }

    private static func record(_ json: JSONValue) -> KnownRecord? {
        guard let fields = json.elements, [7, 10].contains(fields.count), let id = fields[0].string,
            let key = fields[1].string, DiscoveryID.of(id) == id,
            let quantity = fields[2].string.flatMap(Quantity.init(rawValue:)),
            DiscoveryID.of(key) == key,
            let kind = fields[3].string.flatMap(KnownRecord.Kind.init(rawValue:)),
            let standing = fields[4].string.flatMap(KnownRecord.Standing.init(rawValue:)),
            let unit = fields[5].string, let decimals = fields[6].integer,
            (0...100).contains(decimals)
        else { return nil }
        var record = KnownRecord(
            id: id, key: key, quantity: quantity, kind: kind, standing: standing, unit: unit,
            decimals: Int(decimals))
        guard fields.count == 10 else { return record }
        record.definedKind = fields[7].string.flatMap(MeterField.Kind.init(rawValue:))
        record.about = fields[8].string
        record.hasErrorWords = fields[9].bool ?? false
        return record
    }
}

extension KnownRecord {
    fileprivate var isDefined: Bool { definedKind != nil || about != nil || hasErrorWords }
}
