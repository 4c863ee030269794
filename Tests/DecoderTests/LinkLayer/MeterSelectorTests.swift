import Testing

@testable import Decoder

@Suite struct MeterSelectorTests {
    static func address(_ letters: String, _ number: UInt32, _ version: UInt8, _ type: UInt8)
        -> MeterAddress
    {
        MeterAddress(
            manufacturer: ManufacturerCode(letters: letters) ?? ManufacturerCode(rawValue: 0),
            identificationNumber: number, version: version,
            deviceType: DeviceType(rawValue: type))
    }

    static let gas = address("ELS", 0x1234_5678, 0x33, 0x03)
    static let water = address("ELS", 0x1234_5678, 0x33, 0x07)

    @Test(arguments: [
        ("3ELS3312345678", MeterSelector.Match.asDeviceType),
        ("3els3312345678", .asDeviceType),
        ("03ELS3312345678", .asDeviceType),
        ("03-ELS-33-12345678", .asDeviceType),
        ("03 ELS 33 1234 5678", .asDeviceType),
        ("7ELS3312345678", .asLabel),
        ("7 ELS33 12 345678", .asLabel),
        ("8ELS3312345678", .firstCharacterDisagrees),
        // Two digits are a device type, never a label's character.
        ("07ELS3312345678", .firstCharacterDisagrees),
        ("ELS3312345678", .nothingMore),
        ("ELS12345678", .nothingMore),
        ("els 1234-5678", .nothingMore),
        ("12345678", .nothingMore),
        ("1234 5678", .nothingMore),
    ])
    func matches(text: String, expected: MeterSelector.Match) throws {
        #expect(try MeterSelector(text).match(Self.gas) == expected)
    }

    @Test(arguments: [
        "3ELS3312345679", "3ELS3412345678", "3ELV3312345678", "ELV12345678", "12345679",
    ])
    func otherMeters(text: String) throws {
        #expect(try MeterSelector(text).match(Self.gas) == nil)
    }

    /// The label's E is no device type 0E for a communication device of type 31.
    @Test func labelOfAGateway() throws {
        let gateway = Self.address("PPC", 0x0A0B_0C0D, 0x01, 0x31)
        #expect(try MeterSelector("EPPC010a0b0c0d").match(gateway) == .asLabel)
    }

    @Test func localAddress() throws {
        var local = Self.gas
        local.manufacturer.rawValue |= 0x8000
        #expect(try MeterSelector("3ELS3312345678").match(local) == .asDeviceType)
    }

    @Test func choosing() throws {
        let heard = [Self.gas, Self.water, Self.address("KAM", 0x1234_5678, 0x1B, 0x16)]
        func choice(_ text: String) throws -> MeterSelector.Choice {
            try MeterSelector(text).choose(among: heard + heard)
        }
        #expect(try choice("3ELS3312345678") == .one(Self.gas, .asDeviceType))
        // 7 is water as a device type and gas on a label: the device type goes first.
        #expect(try choice("7ELS3312345678") == .one(Self.water, .asDeviceType))
        #expect(try choice("8ELS3312345678") == .one(Self.water, .asLabel))
        #expect(try choice("2ELS3312345678") == .ambiguous([Self.gas, Self.water]))
        #expect(try choice("ELS12345678") == .ambiguous([Self.gas, Self.water]))
        #expect(try choice("12345678") == .ambiguous(heard))
        #expect(try choice("KAM12345678") == .one(heard[2], .nothingMore))
        #expect(try choice("87654321") == .none)
    }

    @Test(arguments: [
        ("", MeterSelectorError.wrongLength("")),
        ("1234567", .wrongLength("1234567")),
        ("3ELS331234567890", .wrongLength("3ELS331234567890")),
        ("123456789012", .wrongLength("123456789012")),
        ("3ELS331234567G", .badNumber("3ELS331234567G")),
        ("3E1S3312345678", .badManufacturer("3E1S3312345678")),
        ("3ELSXX12345678", .badVersion("3ELSXX12345678")),
        ("XELS3312345678", .badType("XELS3312345678")),
        ("zählerzähler", .badNumber("zählerzähler")),
    ])
    func refused(text: String, expected: MeterSelectorError) {
        #expect(throws: expected) { try MeterSelector(text) }
        #expect(expected.description.contains("'\(text)'"))
    }
}
