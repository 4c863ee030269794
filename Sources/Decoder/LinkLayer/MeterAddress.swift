import Wire

/// Who sends or who is meant: manufacturer, identification number, version and device type.
public struct MeterAddress: Hashable, Sendable {
    public var manufacturer: ManufacturerCode
    /// As transmitted, low octet first; its hex digits are the number printed on the meter.
    public var identificationNumber: UInt32
    public var version: UInt8
    public var deviceType: DeviceType

    public init(
        manufacturer: ManufacturerCode, identificationNumber: UInt32, version: UInt8,
        deviceType: DeviceType
    ) {
        self.manufacturer = manufacturer
        self.identificationNumber = identificationNumber
        self.version = version
        self.deviceType = deviceType
    }

    /// The M- and A-field of the link layer: `M M I I I I V T`.
    public init(linkLayer reader: inout ByteReader) throws(OutOfOctets) {
        manufacturer = ManufacturerCode(rawValue: try reader.uint16())
        identificationNumber = try reader.uint32()
        version = try reader.octet()
        deviceType = DeviceType(rawValue: try reader.octet())
    }

    /// The long header of the transport layer: `I I I I M M V T`.
    public init(longHeader reader: inout ByteReader) throws(OutOfOctets) {
        identificationNumber = try reader.uint32()
        manufacturer = ManufacturerCode(rawValue: try reader.uint16())
        version = try reader.octet()
        deviceType = DeviceType(rawValue: try reader.octet())
    }

    /// The eight octets as the link layer sends them, first octet lowest: a number to look up by.
    public var packed: UInt64 {
        UInt64(manufacturer.rawValue) | UInt64(identificationNumber) << 16
            | UInt64(version) << 48 | UInt64(deviceType.rawValue) << 56
    }

    /// The address whose `packed` is this number.
    public init(packed: UInt64) {
        manufacturer = ManufacturerCode(rawValue: UInt16(truncatingIfNeeded: packed))
        identificationNumber = UInt32(truncatingIfNeeded: packed >> 16)
        version = UInt8(truncatingIfNeeded: packed >> 48)
        deviceType = DeviceType(rawValue: UInt8(truncatingIfNeeded: packed >> 56))
    }

    /// Appends `TTMMMVVIIIIIIII` in capitals: device type, manufacturer, version, number, as
    /// `03ELS3312345678`. energy2mqtt leaves out the leading zero and uses small digits.
    public func appendText(to utf8: inout [UInt8]) {
        Hex.append(deviceType.rawValue, to: &utf8)
        manufacturer.appendText(to: &utf8)
        Hex.append(version, to: &utf8)
        appendNumber(to: &utf8)
    }

    /// Appends the eight digits of the identification number.
    public func appendNumber(to utf8: inout [UInt8]) {
        utf8.append(addingCapacity: 8) { appendNumber(to: &$0) }
    }

    @_lifetime(output: copy output)
    public func appendNumber(to output: inout OutputSpan<UInt8>) {
        for place in 0..<4 {
            let shift = UInt32(24 - 8 * place)
            Hex.append(UInt8(truncatingIfNeeded: identificationNumber >> shift), to: &output)
        }
    }
}

extension MeterAddress {
    /// The eight digits of the identification number, as printed on the meter.
    public var number: String {
        var utf8: [UInt8] = []
        appendNumber(to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }
}

extension MeterAddress: CustomStringConvertible {
    public var description: String {
        var utf8: [UInt8] = []
        appendText(to: &utf8)
        return String(decoding: utf8, as: UTF8.self)
    }
}
