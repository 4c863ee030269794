import Decoder
import Testing
import Wire

@Suite struct RecordParserTests {
    static let headers = [
        RecordCase("storage number 8 of one DIFE", "84 04 15 01000000", "volume_storage8 = 0.1 m³"),
        RecordCase(
            "storage number of DIF and DIFE", "C2 08 6C FE04",
            "date_storage17 = 2007-04-30"),
        RecordCase(
            "storage number of three DIFEs", "86 80 81 00 6D 00 00 A0 41 11 35",
            "date_time_storage32 = 2010-01-01 00:00:00"),
    ]

    @Test(arguments: headers)
    func parse(_ c: RecordCase) throws {
        #expect(try lines(c.hex) == c.expected)
    }
}
