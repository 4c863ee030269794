import Decoder
import Testing
import Wire

@Suite struct RecordAccountTests {
    /// Keeps all it is told.
    struct Notes: DecodingAccount {
        var lines: [String] = []
        var told: [Range<Int>] = []
        mutating func layer(_ name: @autoclosure () -> String) {}
        mutating func field(
            _ name: @autoclosure () -> String, _ range: Range<Int>,
            _ meaning: @autoclosure () -> String
        ) {
            lines.append("\(name()): \(meaning())")
            told.append(range)
        }
        mutating func replaced(
            _ before: Range<Int>, by after: Range<Int>, of octets: borrowing Span<UInt8>,
            _ how: @autoclosure () -> String
        ) {}
        mutating func telegram(_ octets: borrowing Span<UInt8>) {}
        mutating func aside(
            _ name: @autoclosure () -> String, _ ranges: @autoclosure () -> [Range<Int>],
            of octets: borrowing Span<UInt8>, _ meaning: @autoclosure () -> String
        ) {}
        mutating func finding(_ text: @autoclosure () -> String?) {}
    }

    private func notes(_ hex: String) throws -> Notes {
        let octets = try Hex.octets(hex)
        var records: [DataRecord] = []
        var notes = Notes()
        _ = RecordParser.parse(
            octets.span, in: 0..<octets.count, into: &records, account: &notes)
        return notes
    }

    @Test func saysWhatEachOctetMeans() throws {
        let hex =
            "2F 0C13 27048502 D1505A 23 02FD971D 0400 0DFD0C 02 4241 426CFE04 04A9FF01 E8030000"
        #expect(
            try notes(hex).lines == [
                "Filler: no content",
                "DIF: 8 BCD digits", "VIF: volume, 10^-3 m³", "Data: 2850.427 m³",
                "DIF: integer of 8 bits, maximum, storage number 1",
                "DIFE: storage number 1, tariff 1, subunit 1",
                "VIF: flow temperature, 10^-1 °C", "Data: 3.5 °C",
                "DIF: integer of 16 bits", "VIF: error flags", "VIFE: coded as a standard says",
                "Data: bits 0004",
                "DIF: variable length", "VIF: model version", "LVAR: 2 octets of text or raw data",
                "Data: AB",
                "DIF: integer of 16 bits, storage number 1", "VIF: date", "Data: 2007-04-30",
                "DIF: integer of 32 bits", "VIF: power, 10^-2 W",
                "VIFE: the next octets are the manufacturer's", "VIFE: of the manufacturer",
                "Data: 10.00 W",
            ])
    }

    /// In whole lists of records every octet is told of once and in order.
    @Test(arguments: RecordParserTests.all.filter { !$0.expected.contains { $0.hasPrefix("!") } })
    func leavesNoOctetOut(_ c: RecordCase) throws {
        let told = try notes(c.hex).told.flatMap { Array($0) }
        #expect(told == Array(0..<(try Hex.octets(c.hex).count)))
    }
}
