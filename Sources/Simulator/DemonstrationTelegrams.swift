import Wire

/// A meter that exists for demonstrations only, with values that move.
public struct DemonstrationMeter: Sendable {
    /// Fit for a configuration: small letters and underlines.
    public let name: String
    public let address: TelegramBuilder.Address
    /// nil where telegrams are not encrypted.
    public let key: [UInt8]?
    public let linkMode: LinkMode
    public let format: FrameFormat
    /// In dBm.
    public let signalStrength: Double
    let build: @Sendable (_ step: Int, _ telegram: inout TelegramBuilder) -> Void

    /// Device type without leading zero, manufacturer, version, number: `3ELS3312345678`.
    public var id: String {
        let type = String(address.deviceType, radix: 16)
        let number = address.identification.littleEndianOctets.reversed()
        return type + address.manufacturer + Hex.text([address.version]).lowercased()
            + Hex.text(number)
    }

    /// 32 hex digits; nil where telegrams are not encrypted.
    public var keyHex: String? { key.map { Hex.text($0) } }

    /// The telegram at `step` 0, 1, 2…, some minutes apart: L-field first, without CRCs.
    ///
    /// - Throws: nothing for the meters of `DemonstrationTelegrams`.
    public func telegram(at step: Int) throws(TelegramBuildError) -> [UInt8] {
        var telegram = TelegramBuilder(address)
        build(max(step, 0) % 1_000_000, &telegram)
        return try telegram.frame()
    }
}

/// A house full of invented meters, and the gas meter that OMS Annex N prints.
public enum DemonstrationTelegrams {
    public static let meters: [DemonstrationMeter] =
        [annexN] + waterMeters + heatMeters + gasAndElectricityMeters + sensors

    /// The meters by turns, each a step further when its turn comes again; never ends.
    @Sendable
    public static func transmission(at index: Int) -> Transmission? {
        let index = max(index, 0)
        let meter = meters[index % meters.count]
        guard let frame = try? meter.telegram(at: index / meters.count) else { return nil }
        return Transmission(
            frame: frame, linkMode: meter.linkMode, format: meter.format,
            signalStrength: meter.signalStrength)
    }
}
