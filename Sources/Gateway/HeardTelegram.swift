import Decoder
import Wire

/// What can be said of a telegram without its key: the line that `oms2mqtt listen` shows.
public struct HeardTelegram: Equatable, Sendable {
    public var meter: MeterAddress
    public var control: ControlField
    public var encryption: TelegramHeaders.Encryption?
    public var octets: Int

    /// - Throws: `LinkLayerError` for what is no undamaged frame.
    public init(_ frame: consuming RadioFrame) throws(LinkLayerError) {
        let frame = try LinkLayerFrame(parsing: frame)
        control = frame.control
        octets = frame.octets.count
        let headers = try? TelegramHeaders(parsing: frame)
        meter = headers?.meter ?? frame.sender
        encryption = headers?.encryption
    }

    /// `03ELS3312345678  Gas  Elster  needs a key (mode 5)`.
    public var description: String {
        "\(meter)  \(kind), \(maker), \(protection)"
    }

    /// What the meter measures, in words.
    public var kind: String {
        meter.deviceType.name ?? "device type \(Hex.text([meter.deviceType.rawValue]))"
    }

    public var maker: String { meter.manufacturer.company ?? "unknown maker" }

    private var protection: String {
        switch encryption {
        case nil: "not encrypted"
        case .extendedLinkLayer?: "needs a key (link layer)"
        case .mode(let mode)?: "needs a key (mode \(mode.rawValue))"
        }
    }
}
