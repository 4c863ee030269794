import Testing
import Wire

@Suite struct CRC16Tests {
    /// The check values of both sums over "123456789", and the empty text.
    @Test func checkValues() {
        let digits = Array("123456789".utf8)
        #expect(CRC16.en13757(digits) == 0xC2B7)
        #expect(CRC16.x25(digits) == 0x906E)
        #expect(CRC16.en13757([UInt8]()) == 0xFFFF)
    }

    /// Block 1 of the example telegram of OMS Vol. 2, annex N.
    @Test func blockOfAnnexN() throws {
        let octets = try Hex.octets("2E449315785634123303 3363")
        #expect(CRC16.en13757(octets.span, in: 0..<10) == 0x3363)
    }

    @Test func rangesOutsideAreCut() {
        let octets: [UInt8] = [1, 2, 3]
        #expect(CRC16.en13757(octets.span, in: -5..<99) == CRC16.en13757(octets))
    }
}

@Suite struct HexTests {
    static let good: [(String, [UInt8])] = [
        ("", []), ("00ff", [0, 255]), ("0xAb", [0xAB]),
        (" 2E 44|93_15:07-1\t0\r\n", [0x2E, 0x44, 0x93, 0x15, 0x07, 0x10]),
    ]

    @Test(arguments: good)
    func reads(_ text: String, _ octets: [UInt8]) throws {
        #expect(try Hex.octets(text) == octets)
    }

    static let bad: [(String, HexError)] = [
        ("0", .halfAnOctet), ("123", .halfAnOctet), ("12g4", .notADigit(UInt8(ascii: "g"), at: 2)),
        ("!12", .notADigit(UInt8(ascii: "!"), at: 0)), ("é", .notADigit(0xC3, at: 0)),
    ]

    @Test(arguments: bad)
    func refuses(_ text: String, _ error: HexError) {
        #expect(throws: error) { try Hex.octets(text) }
    }

    @Test func writesCapitals() { #expect(Hex.text([0x0A, 0xFF]) == "0AFF") }
}

@Suite struct DecimalTests {
    static let cases: [(Int64, Int, String)] = [
        (2_850_427, -2, "28504.27"), (0, 0, "0"), (0, -3, "0.000"), (0, 3, "0"), (5, 3, "5000"),
        (-5, -2, "-0.05"), (1500, -3, "1.500"), (.max, 0, "9223372036854775807"),
        (.min, -19, "-0.9223372036854775808"),
        (1, -60, "0." + String(repeating: "0", count: 59) + "1"),
        (7, -1000, "0." + String(repeating: "0", count: 59) + "7"),
    ]

    @Test(arguments: cases)
    func writes(_ mantissa: Int64, _ exponent: Int, _ text: String) {
        var utf8: [UInt8] = []
        Decimal.append(mantissa, exponent: exponent, to: &utf8)
        #expect(String(decoding: utf8, as: UTF8.self) == text)
    }
}

@Suite struct ByteReaderTests {
    @Test func readsLowOctetFirst() throws {
        let octets: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        var reader = ByteReader(octets.span)
        let octet = try reader.octet()
        let two = try reader.uint16()
        let four = try reader.uint32()
        let taken = try reader.take(1)
        let (next, left) = (reader.peek, reader.left)
        #expect(octet == 1 && two == 0x0302 && four == 0x0706_0504)
        #expect(taken == 7..<8 && next == 9 && left == 1)
    }

    @Test func throwsAtTheEnd() {
        let octets: [UInt8] = [1]
        #expect(throws: OutOfOctets(at: 0, wanted: 2, left: 1)) {
            try read(octets) { try $0.uint16() }
        }
        #expect(throws: OutOfOctets(at: 0, wanted: 9, left: 1)) {
            try read(octets) { try $0.unsigned(octets: 9) }
        }
        #expect(throws: OutOfOctets(at: 0, wanted: -1, left: 1)) {
            try read(octets) { try $0.take(-1) }
        }
    }

    @Test func staysInItsRange() {
        let octets: [UInt8] = [1, 2, 3]
        #expect(left(octets, 1..<2) == 1)
        #expect(left(octets, -3..<99) == 3)
        #expect(left(octets, 5..<9) == 0)
    }

    private func left(_ octets: [UInt8], _ range: Range<Int>) -> Int {
        ByteReader(octets.span, in: range).left
    }

    private func read<T>(_ octets: [UInt8], _ body: (inout ByteReader) throws -> T) throws -> T {
        var reader = ByteReader(octets.span)
        return try body(&reader)
    }
}

@Suite struct JSONWriterTests {
    @Test func writesEveryKind() {
        var json = JSONWriter()
        json.beginObject()
        json.key("a")
        json.decimal(2_850_427, exponent: -2)
        json.key("q\"k" as String)
        json.beginArray()
        json.string("x\u{1}\n\"\\é" as String)
        json.string(utf8: [0x41, 0xC2, 0xB0])
        json.hex([0x0A, 0xFF].span)
        json.bool(true)
        json.null()
        json.double(-71.5)
        json.double(.nan)
        json.double(3)
        json.integer(-7)
        json.beginObject()
        json.endObject()
        json.endArray()
        json.endObject()
        #expect(
            json.text
                == #"{"a":28504.27,"q\"k":["x\u0001\n\"\\é","A°","0AFF",true,null,-71.5,null,3,-7,{}]}"#
        )
    }

    @Test func startsAnew() {
        var json = JSONWriter()
        json.integer(1)
        json.removeAll()
        json.integer(2)
        #expect(json.text == "2")
    }
}
