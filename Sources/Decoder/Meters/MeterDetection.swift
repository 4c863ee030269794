/// What a telegram must be for a definition to hold: a meter, and where given its CI-field, the
/// payload family that read it, and the radio adapter in front of it.
public struct MeterDetection: Hashable, Sendable {
    public var meter: MeterPattern
    /// Nil: any.
    public var ciField: CIField?
    /// Nil: any, none included.
    public var payloadFamily: String?
    /// Who sends for the meter; nil: anybody, the meter included.
    public var sender: MeterPattern?

    public init(
        meter: MeterPattern, ciField: CIField? = nil, payloadFamily: String? = nil,
        sender: MeterPattern? = nil
    ) {
        self.meter = meter
        self.ciField = ciField
        self.payloadFamily = payloadFamily
        self.sender = sender
    }

    /// How much it asks for: of two that match, the higher one is meant.
    public var weight: Int {
        meter.weight + (ciField == nil ? 0 : 1) + (payloadFamily == nil ? 0 : 1)
            + (sender?.weight ?? 0)
    }

    public func matches(_ telegram: Telegram, payloadFamily family: String?) -> Bool {
        meter.matches(telegram.meter)
            && (ciField == nil || ciField == telegram.header.ciField)
            && (payloadFamily == nil || payloadFamily == family)
            && (sender?.matches(telegram.sender) ?? true)
    }

    /// Whether one telegram can match both, and neither asks for more.
    public func isAmbiguous(with other: MeterDetection) -> Bool {
        func agree<Value: Equatable>(_ one: Value?, _ two: Value?) -> Bool {
            one == nil || two == nil || one == two
        }
        return weight == other.weight && meter.agrees(with: other.meter)
            && agree(ciField, other.ciField) && agree(payloadFamily, other.payloadFamily)
            && (sender.map { mine in other.sender.map(mine.agrees(with:)) ?? true } ?? true)
    }
}

extension MeterPattern {
    /// Whether one address can match both.
    fileprivate func agrees(with other: MeterPattern) -> Bool {
        manufacturer == other.manufacturer
            && (version == nil || other.version == nil || version == other.version)
            && (deviceType == nil || other.deviceType == nil || deviceType == other.deviceType)
    }
}

extension MeterDetection: CustomStringConvertible {
    /// `EFE, version 00, type 04, sent by EFE, version 02`.
    public var description: String {
        var parts = [meter.description]
        if let ciField { parts.append("CI \(hex(ciField.rawValue))") }
        if let payloadFamily { parts.append("payload \(payloadFamily)") }
        if let sender { parts.append("sent by \(sender)") }
        return parts.joined(separator: ", ")
    }
}

extension MeterPattern: CustomStringConvertible {
    public var description: String {
        var parts = [manufacturer.letters ?? "unknown"]
        if let version { parts.append("version \(hex(version))") }
        if let deviceType { parts.append("type \(hex(deviceType.rawValue))") }
        return parts.joined(separator: ", ")
    }
}

private func hex(_ octet: UInt8) -> String {
    (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
}
