import Decoder
import Wire

/// Section `forward`: telegrams are handed on as they were received.
public struct ForwardSettings: Equatable, Sendable {
    public enum Form: String, CaseIterable, Equatable, Sendable {
        /// An object with the telegram and who heard it when and how strongly.
        case json
        /// The telegram alone, without CRCs.
        case hex
        /// The same with `!` in front, as energy2mqtt wants it.
        case marked
    }

    public var topic: String
    public var form = Form.json
    /// Whether neighbours' telegrams are handed on too.
    public var foreignMeters = false

    public init(topic: String) { self.topic = topic }
}

/// Makes the messages that hand telegrams on. Pure.
///
/// What came over MQTT is not to be given to it: so nothing that is sent out comes back and goes out
/// again, however many programs hear each other.
struct FrameForward {
    let settings: ForwardSettings
    /// Who hands on: the client's name at the broker.
    let gateway: String
    /// Whether topics are those of a fleet: with the meter's shard and the gateway's name.
    let isForFleet: Bool
    private var own: [UInt32: [MeterSelector]] = [:]

    init(
        _ settings: ForwardSettings, gateway: String, meters: [MeterSettings],
        isForFleet: Bool = false
    ) {
        self.settings = settings
        self.gateway = gateway
        self.isForFleet = isForFleet
        for meter in meters {
            own[meter.selector.identificationNumber, default: []].append(meter.selector)
        }
    }

    /// The message; nil for a neighbour's meter, unless those are wanted.
    ///
    /// - Throws: `LinkLayerError` for what is no undamaged telegram.
    func message(
        for frame: RadioFrame, from receiver: String, at time: WallTime
    ) throws(LinkLayerError) -> OutgoingMessage? {
        let link = try LinkLayerFrame(parsing: frame)
        guard settings.foreignMeters || isOwn(link) else { return nil }
        let sender = link.sender
        var topic = settings.topic
        if isForFleet {
            topic +=
                "/\(FleetShards.name(of: FleetShards.shard(of: sender)))/"
                + Topics.segment(gateway)
        }
        let payload: [UInt8] =
            switch settings.form {
            case .hex: Array(Hex.text(link.octets).utf8)
            case .marked: Array("!\(Hex.text(link.octets))".utf8)
            case .json: json(link, frame, from: receiver, at: time)
            }
        return OutgoingMessage(
            topic: topic, payload: payload, retentionKey: "\(sender)", time: time.seconds)
    }

    private func isOwn(_ link: LinkLayerFrame) -> Bool {
        if isOwn(link.sender) { return true }
        // A radio adapter sends for the meter that is behind it.
        guard let meter = try? TelegramHeaders(parsing: link).meter else { return false }
        return meter != link.sender && isOwn(meter)
    }

    private func isOwn(_ address: MeterAddress) -> Bool {
        own[address.identificationNumber]?.contains { $0.match(address) != nil } ?? false
    }

    private func json(
        _ link: LinkLayerFrame, _ frame: RadioFrame, from receiver: String, at time: WallTime
    ) -> [UInt8] {
        var json = JSONWriter(reserving: 2 * link.octets.count + 160)
        json.beginObject()
        json.key("telegram")
        json.hex(link.octets.span)
        json.key("time")
        json.string(time.description)
        json.key("receiver")
        json.string(receiver)
        // In a fleet the topic has it.
        if !isForFleet {
            json.key("gateway_name")
            json.string(gateway)
        }
        if let strength = frame.signalStrength {
            json.key("rssi_dbm")
            json.double(strength)
        }
        if let mode = frame.linkMode {
            json.key("mode")
            json.string(mode.rawValue)
        }
        json.key("contains_crc")
        json.bool(false)
        json.endObject()
        return json.bytes
    }
}
