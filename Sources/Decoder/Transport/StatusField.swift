/// The status octet of the transport layer, from the meter (EN 13757-7, 7.5.6).
public struct StatusField: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bits 1…0.
    public enum Application: UInt8, Sendable { case ok, busy, error, alarm }

    public var application: Application { Application(rawValue: rawValue & 3) ?? .ok }
    /// Bit 2: the battery is low.
    public var powerLow: Bool { rawValue & 0x04 != 0 }

    /// energy2mqtt's word for the lowest two bits.
    public var applicationText: String {
        switch application {
        case .ok: "ok"
        case .busy: "application busy"
        case .error: "application error"
        case .alarm: "alarm"
        }
    }
}

extension StatusField: CustomStringConvertible {
    /// `OK`, or what is the matter, as `ALARM POWER_LOW MFCT_20`.
    public var description: String { text(makersOwn: 0) }

    /// The same of a meter whose maker does not keep to the standard.
    ///
    /// - Parameter makersOwn: those of bits 4 and 3 that he gives a meaning of his own.
    public func text(makersOwn: UInt8) -> String {
        if rawValue == 0 { return "OK" }
        let permanentError = rawValue & ~makersOwn & 0x08 != 0
        let temporaryError = rawValue & ~makersOwn & 0x10 != 0
        let manufacturerBits = rawValue & (makersOwn & 0x18 | 0xE0)
        var words: [String] = []
        switch application {
        case .ok: break
        case .busy: words.append("BUSY")
        case .error: words.append("ERROR")
        case .alarm: words.append("ALARM")
        }
        if powerLow { words.append("POWER_LOW") }
        if permanentError { words.append("PERMANENT_ERROR") }
        if temporaryError { words.append("TEMPORARY_ERROR") }
        if manufacturerBits != 0 {
            words.append("MFCT_" + String(manufacturerBits, radix: 16, uppercase: true))
        }
        return words.joined(separator: " ")
    }
}
