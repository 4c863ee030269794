import Wire

/// Why a payload that follows no standard gives no records, or no more of them.
public enum PayloadError: Error, Equatable, Sendable {
    case truncated(OutOfOctets)
    /// A layout of this family that nobody has described; its mark, where it has one.
    case unknownLayout(UInt8?)
    /// Scrambled, no key is set, and none of the keys that the maker publishes fits.
    case noKey
    case wrongKey
    /// The key that is set has another number of octets.
    case wrongKeyLength(wanted: Int)
    case cipherNotAvailable
}

extension PayloadError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let error): "the manufacturer's data are cut off: \(error)"
        case .unknownLayout(let mark):
            "a layout of the manufacturer's own that is not known"
                + (mark.map { " (\(Hex.text([$0])))" } ?? "")
        case .noKey: "scrambled by the manufacturer, and no key is set"
        case .wrongKey: "scrambled by the manufacturer, and the key does not fit"
        case .wrongKeyLength(let wanted): "the key needs \(2 * wanted) hex digits"
        case .cipherNotAvailable: "the system's libcrypto refuses the cipher"
        }
    }

    /// What the whole telegram fails with; nil where its octets are in clear and worth showing.
    func telegramError(_ mode: SecurityMode) -> TelegramError? {
        switch self {
        case .truncated, .unknownLayout: nil
        case .noKey: .noKey(mode)
        case .wrongKey: .wrongKey(mode)
        case .wrongKeyLength(let wanted): .wrongKeyLength(mode, wanted: wanted)
        case .cipherNotAvailable: .cipherNotAvailable
        }
    }
}
