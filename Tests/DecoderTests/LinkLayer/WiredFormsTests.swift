import Testing
import Wire

@testable import Decoder

/// Wired meters in all their forms, down to their records.
@Suite struct WiredFormsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        /// From the C-field on: control, address, CI-field, and what follows.
        let body: String
        let meter: String
        let records: [String]
        var testDescription: String { name }

        init(_ name: String, _ body: String, _ meter: String, _ records: String...) {
            self.name = name
            self.body = body
            self.meter = meter
            self.records = records
        }
    }

    private static let volume = "0C1345230100"
    private static let long = "78563412 6D04 01 07 2A 00 0000"

    static let cases = [
        Case(
            "primary address", "08 05 72" + long + volume, "07ACM0112345678", "volume = 12.345 m³"),
        Case(
            "secondary address", "08 FD 72" + long + volume, "07ACM0112345678", "volume = 12.345 m³"
        ),
        Case(
            "frame count bits", "28 01 72" + long + volume, "07ACM0112345678", "volume = 12.345 m³"),
        Case("access demand", "38 01 72" + long + volume, "07ACM0112345678", "volume = 12.345 m³"),
        Case(
            "short header", "08 05 7A 2A 00 0000" + volume, "00000000000005", "volume = 12.345 m³"),
        Case("no header", "08 05 78" + volume, "00000000000005", "volume = 12.345 m³"),
        Case(
            "more records follow", "08 05 72" + long + volume + "1F", "07ACM0112345678",
            "volume = 12.345 m³", "manufacturer_specific = "),
        Case(
            "most significant octet first",
            "08 05 76 12345678 046D 01 07 2A 00 0000"
                + "0C1300012345" + "426C2CFF" + "0DFD0A03414243" + "04FF2A00000001" + "0F0102",
            "07ACM0112345678", "volume = 12.345 m³", "date_storage1 = 2023-12-31",
            "manufacturer = 'ABC'",
            "manufacturer_specific_04ff2a = 1", "manufacturer_specific = "),
        // The M-Bus: a documentation, 6.2.
        Case(
            "fixed data", "08 05 73 78563412 0A 00 E97E 01000000 35010000", "07000000012345678",
            "volume = 0.001 m³", "volume_storage1 = 0.135 m³"),
        Case(
            "fixed data, most significant octet first",
            "08 05 77 12345678 0A 00 E97E 00000001 00000135", "07000000012345678",
            "volume = 0.001 m³", "volume_storage1 = 0.135 m³"),
        Case(
            "fixed data in binary, of a fixed date",
            "08 05 73 78563412 0A 03 057F 87000000 05000000", "04000000012345678",
            "energy_storage1 = 135000 Wh", "dimensionless_storage1 = 5"),
        Case(
            "fixed data, 100 MWh and 10 GJ/h",
            "08 05 73 78563412 0A 00 0A64 05000000 02000000", "04000000012345678",
            "energy = 500 MWh", "power = 20 GJ/h"),
    ]

    @Test(arguments: cases)
    func reads(_ c: Case) throws {
        let frame = try LinkLayerFrame(parsing: RadioFrame(octets: Self.frame(c.body)))
        #expect(Int(frame.octets[0]) == frame.octets.count - 1)
        let headers = try TelegramHeaders(parsing: frame)
        let reading = try TelegramDecoder().reading(
            of: frame, headers: headers, key: nil, leniency: .offline)
        #expect(reading.telegram.meter.description.hasSuffix(String(c.meter.suffix(13))))
        #expect(reading.telegram.meter.deviceType.rawValue == UInt8(c.meter.prefix(2), radix: 16))
        #expect(reading.recordsEnd == nil)
        #expect(reading.moreRecordsFollow == c.body.hasSuffix("1F"))
        #expect(reading.records.count == c.records.count)
        for (index, expected) in c.records.enumerated() where index < reading.records.count {
            let line = line(
                of: index, in: reading.records, octets: reading.telegram.octets)
            #expect(line.hasPrefix(expected), "\(line)")
        }
    }

    /// Radio CRCs gone is what some programs say of a wired frame too.
    @Test(arguments: [FrameFormat.unknown, .crcsRemoved])
    func formats(_ format: FrameFormat) throws {
        let octets = try Hex.octets(WiredFrameTests.gas)
        let frame = try LinkLayerFrame(parsing: RadioFrame(octets: octets, format: format))
        #expect(frame.sender.description == "03ELS3312345678")
    }

    /// No cut of any of these traps, and none gives another meter.
    @Test(arguments: cases)
    func everyPrefix(_ c: Case) throws {
        let octets = try Self.frame(c.body)
        for count in 0..<octets.count {
            #expect(throws: LinkLayerError.self) {
                try LinkLayerFrame(parsing: RadioFrame(octets: Array(octets.prefix(count))))
            }
        }
        for length in 3..<40 {
            for ci: UInt8 in [0x72, 0x73, 0x76, 0x77, 0x7A] {
                let body = [0x08, 0x05, ci] + [UInt8](repeating: 0x2D, count: length - 3)
                let sum = body.reduce(0, &+)
                let head: [UInt8] = [0x68, UInt8(length), UInt8(length), 0x68]
                let frame = try? LinkLayerFrame(
                    parsing: RadioFrame(octets: head + body + [sum, 0x16]))
                _ = frame.map { try? TelegramHeaders(parsing: $0) }
            }
        }
    }

    private static func frame(_ body: String) throws -> [UInt8] {
        let body = try Hex.octets(body)
        let length = UInt8(body.count)
        return [0x68, length, length, 0x68] + body + [body.reduce(0, &+), 0x16]
    }
}
