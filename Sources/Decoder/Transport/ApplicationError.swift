/// What a meter answers in place of data, CI 6E, 6F and 70: the first octet of the application
/// (EN 13757-3, annex on application errors; codes from 10 on: OMS).
public struct ApplicationError: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In words; nil for a code that no table has.
    public var text: String? {
        switch rawValue {
        case 0x00: "unspecified error"
        case 0x01: "CI-field not implemented"
        case 0x02: "buffer too long, cut off"
        case 0x03: "too many records"
        case 0x04: "record ends too early"
        case 0x05: "more than 10 DIFE"
        case 0x06: "more than 10 VIFE"
        case 0x08: "application too busy"
        case 0x09: "too many readouts"
        case 0x10: "access denied"
        case 0x11: "unknown application or command"
        case 0x12: "parameter missing or wrong"
        case 0x13: "unknown receiver"
        case 0x14: "key for decryption failed"
        case 0x15: "encryption method not supported"
        case 0x16: "signature method not supported"
        case 0xF0: "dynamic error, a record follows"
        default: nil
        }
    }
}

extension Telegram {
    /// The meter's error, where the telegram is one.
    public var applicationError: ApplicationError? {
        guard content == .applicationError, application.lowerBound < octets.count,
            !application.isEmpty
        else { return nil }
        // Fillers of an enciphered answer stand before it.
        let rest = octets[application].drop { $0 == 0x2F }
        return rest.first.map { ApplicationError(rawValue: $0) }
    }
}
