import Decoder
import Testing
import Wire

@Suite struct CompactFrameTests {
    static let meter = MeterAddress(
        manufacturer: ManufacturerCode(rawValue: 0x2C2D), identificationNumber: 0x1234_5678,
        version: 0x1B, deviceType: .water)
    static let sibling = MeterAddress(
        manufacturer: ManufacturerCode(rawValue: 0x2C2D), identificationNumber: 0x8765_4321,
        version: 0x1B, deviceType: .water)
    static let stranger = MeterAddress(
        manufacturer: ManufacturerCode(rawValue: 0x2C2D), identificationNumber: 0x1234_5678,
        version: 0x1C, deviceType: .water)

    /// EN 13757-3, annex G.
    static let annexG = (
        full: "0202D204 02152E16 022A3423", format: "08 313B 02020215022A",
        compact: "313B 42A6 D204 2E16 3423"
    )

    private func expand(
        _ hex: String, _ formats: CompactFormats, _ meter: MeterAddress = Self.meter
    ) throws -> String {
        let octets = try Hex.octets(hex)
        return Hex.text(
            try CompactFrame.expand(
                octets.span, in: 0..<octets.count, formats: formats, meter: meter))
    }

    private func learned(from hex: String) throws -> CompactFormats {
        var formats = CompactFormats()
        let octets = try Hex.octets(hex)
        let records = readRecords(octets).records
        let first = formats.learn(from: records[...], octets: octets.span, for: Self.meter)
        let second = formats.learn(from: records[...], octets: octets.span, for: Self.meter)
        #expect(first && !second)
        return formats
    }

    @Test func annexGFromItsFullFrame() throws {
        let formats = try learned(from: Self.annexG.full)
        #expect(formats.entries.map(\.signature) == [0x3B31])
        let full = try expand(Self.annexG.compact, formats)
        #expect(full == "0202D20402152E16022A3423")
        #expect(
            try lines(full)
                == ["energy = 123.4 Wh", "volume = 567.8 m³", "power = 901.2 W"])
    }

    @Test func annexGFromItsFormatFrame() throws {
        var formats = CompactFormats()
        let octets = try Hex.octets(Self.annexG.format)
        let isNew = formats.learn(
            formatFrame: octets.span, in: 0..<octets.count, for: Self.meter)
        #expect(isNew)
        #expect(try expand(Self.annexG.compact, formats) == "0202D20402152E16022A3423")
    }

    @Test(arguments: [
        "08 313C 02020215022A", "09 313B 02020215022A", "07 313B 02020215022A", "01 31", "00",
        "", "02 FFFF",
    ])
    func refusesFormatFrames(_ hex: String) throws {
        var formats = CompactFormats()
        let octets = try Hex.octets(hex)
        let isNew = formats.learn(
            formatFrame: octets.span, in: 0..<octets.count, for: Self.meter)
        #expect(!isNew)
        #expect(formats.entries.isEmpty)
    }

    /// Heat meters may be set to other units than the layout's best known ones.
    @Test(arguments: [("05", "14"), ("06", "13"), ("0E", "13"), ("0F", "15")])
    func unitsOfWellKnownLayouts(_ energy: String, _ volume: String) throws {
        let headers = "03\(energy) 43\(energy) 03\(volume) 426C 022D 01FF21"
        let full = try Hex.octets(
            "03\(energy) ED2400 43\(energy) E72300 03\(volume) 2E5E00 426C BF2C 022D 0D00"
                + "01FF21 00")
        func sum(_ octets: [UInt8]) -> String {
            let crc = CRC16.en13757(octets)
            return Hex.text([UInt8(crc & 0xFF), UInt8(crc >> 8)])
        }
        let data = "ED2400 E72300 2E5E00 BF2C 0D00 00"
        let compact = sum(try Hex.octets(headers)) + sum(full) + data
        #expect(try expand(compact, CompactFormats(), Self.stranger) == Hex.text(full))
        let other = sum(try Hex.octets(headers)) + "0000" + data
        #expect(throws: (any Error).self) { try expand(other, CompactFormats(), Self.stranger) }
    }

    /// A heat meter whose layout is known from the start.
    @Test func wellKnownLayout() throws {
        let full = try expand(
            "E7F1 A3FC ED2400 E72300 2E5E00 BF2C 0D00 00", CompactFormats(), Self.stranger)
        #expect(
            try lines(full) == [
                "energy = 9453000 Wh", "energy_storage1 = 9191000 Wh", "volume = 241.10 m³",
                "date_storage1 = 2021-12-31", "power = 1300 W",
                "manufacturer_specific_01ff21 = 0",
            ])
    }

    @Test(arguments: [
        (0x2274, "040504FB827504853C04FB82F53C01FD17"), (0x8C13, "040404843C042B04AB3C"),
        (0x73DE, "22691269026905FF0905FF0A02FD17"),
    ])
    func signaturesOfWellKnownLayouts(_ signature: Int, _ headers: String) throws {
        #expect(CRC16.en13757(try Hex.octets(headers)) == UInt16(signature))
    }

    @Test func layoutsOfTheSameModelServe() throws {
        let formats = try learned(from: Self.annexG.full)
        #expect(
            try expand(Self.annexG.compact, formats, Self.sibling) == "0202D20402152E16022A3423")
        #expect(throws: TelegramError.compactFormatUnknown(signature: 0x3B31)) {
            try expand(Self.annexG.compact, formats, Self.stranger)
        }
    }

    @Test(arguments: [
        ("313B 42A6 D204 2E16 3424", TelegramError.compactFrameCRC),
        ("313B 43A6 D204 2E16 3423", .compactFrameCRC),
        ("313B 42A6 D204 2E16 34", .compactFrameCRC),
        ("313B 42A6", .compactFrameCRC),
        ("323B 42A6 D204 2E16 3423", .compactFormatUnknown(signature: 0x3B32)),
        ("313B 42", .truncated(OutOfOctets(at: 2, wanted: 2, left: 1))),
        ("", .truncated(OutOfOctets(at: 0, wanted: 2, left: 0))),
    ])
    func refuses(_ hex: String, _ error: TelegramError) throws {
        let formats = try learned(from: Self.annexG.full)
        #expect(throws: error) { try expand(hex, formats) }
    }

    /// Everything that has a length of its own: text, LVAR, unit text, the manufacturer's data.
    @Test(arguments: [
        "0DFD0C 03 414243 0413 01000000", "0D13 C2 3412", "027C 03 485225 1500",
        "02FC74 03 485225 1500", "0013 0113 05", "0413 01000000 0F 010203",
        "8204 13 E803 8D04931F 06 62 01 0100 0200 0113 05", "04A9FF01 E8030000",
    ])
    func fullFramesComeBack(_ hex: String) throws {
        let octets = try Hex.octets(hex)
        let formats = try learned(from: hex)
        let entry = try #require(formats.entries.first)
        let records = readRecords(octets).records
        var compact: [UInt8] = []
        for value in [entry.signature, CRC16.en13757(octets)] {
            compact += [UInt8(value & 0xFF), UInt8(value >> 8)]
        }
        var header = OctetRange.empty
        for (place, octet) in octets.enumerated() {
            if let record = records.first(where: { Int($0.header.start) == place }) {
                header = record.header
            }
            if !header.range.contains(place) { compact.append(octet) }
        }
        #expect(try expand(Hex.text(compact), formats) == Hex.text(octets))
        // Fillers behind the data are no part of it.
        if !hex.contains("0F") {
            #expect(try expand(Hex.text(compact) + "2F2F", formats) == Hex.text(octets))
        }
    }

    @Test func layoutsThatNoCompactFrameCanHave() throws {
        for hex in ["", "02FC 03 485225 74 1500"] {
            let octets = try Hex.octets(hex)
            let records = readRecords(octets).records
            let signature = CompactFrame.formatSignature(of: records[...], octets: octets.span)
            #expect(signature == nil)
        }
    }

    @Test func fillersAreNoPartOfALayout() throws {
        let formats = try learned(from: "2F2F 0202D204 2F 02152E16 022A3423 2F")
        #expect(formats.entries.map(\.signature) == [0x3B31])
    }

    @Test func dropsTheOldest() {
        var formats = CompactFormats()
        for number in 0..<UInt32(CompactFormats.capacity + 3) {
            var meter = Self.meter
            meter.identificationNumber = number
            formats.learn(signature: 1, headers: [UInt8(number & 0xFF)], for: meter)
        }
        let entries = formats.entries
        #expect(entries.count == CompactFormats.capacity)
        #expect(entries.first?.meter.identificationNumber == 3)
        #expect(entries.last?.meter.identificationNumber == UInt32(CompactFormats.capacity + 2))
        var dropped = Self.meter
        dropped.identificationNumber = 2
        #expect(!formats.knows(1, for: dropped))
        dropped.identificationNumber = 3
        #expect(formats.knows(1, for: dropped))
    }

    @Test func theNewerOfTwoLayoutsCounts() {
        var formats = CompactFormats()
        let changes = [[1], [1], [2], []].map { headers in
            formats.learn(signature: 1, headers: headers, for: Self.meter)
        }
        #expect(changes == [true, false, true, false])
        #expect(formats.entries.map(\.headers) == [[2]])
    }

    @Test func restoresWhatWasSaved() throws {
        let saved = try learned(from: Self.annexG.full).entries
        #expect(CompactFormats(saved).entries == saved)
        let damaged = CompactFormats.Entry(signature: 1, meter: Self.meter, headers: [1, 2])
        #expect(CompactFormats([damaged]).entries.isEmpty)
    }
}
