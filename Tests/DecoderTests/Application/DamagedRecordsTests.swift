import Decoder
import Testing
import Wire

/// Whatever arrives, the parser comes back, and its ranges stay within the octets it was given.
@Suite struct DamagedRecordsTests {
    @Test(arguments: RecordParserTests.all)
    func everyPrefix(_ c: RecordCase) throws {
        let octets = try Hex.octets(c.hex)
        for length in 0...octets.count {
            #expect(isSound(Array(octets.prefix(length))), "\(length)")
        }
    }

    @Test(arguments: RecordParserTests.all)
    func everyChangeOfOneOctet(_ c: RecordCase) throws {
        let octets = try Hex.octets(c.hex)
        var random = SplitMix64(seed: UInt64(octets.count))
        var failures: [String] = []
        for place in octets.indices {
            var damaged = octets
            if octets.count <= 12 {
                for value in 0...UInt8.max {
                    damaged[place] = value
                    if !isSound(damaged) { failures.append(Hex.text(damaged)) }
                }
            } else {
                for _ in 0..<16 {
                    damaged[place] = UInt8(truncatingIfNeeded: random.next())
                    if !isSound(damaged) { failures.append(Hex.text(damaged)) }
                }
            }
        }
        #expect(failures == [])
    }

    @Test func noise() {
        var random = SplitMix64(seed: 4)
        var failures: [String] = []
        for _ in 0..<10_000 {
            let length = Int(random.next() % 120)
            let octets = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if !isSound(octets) { failures.append(Hex.text(octets)) }
        }
        #expect(failures == [])
    }

    /// Profiles and intervals in number, the only records that look at others.
    @Test func noiseOfDerivedRecords() throws {
        let pieces = try [
            "82046C 7F2A", "8104FD28 01", "8104FD27 FF", "8204 13 0500", "C204 13 0400",
            "8D04931F 05 61 01 010203", "8D04931F 04 21 FE 0102", "8D049313 05 E3 FE 010203",
            "8D04931E 06 32 FD 01020304", "84046D 00204111", "87046D 00", "2F",
        ].map(Hex.octets)
        var random = SplitMix64(seed: 5)
        var failures: [String] = []
        for _ in 0..<1_000 {
            var octets: [UInt8] = []
            for _ in 0..<(random.next() % 12) {
                octets += pieces[Int(random.next() % UInt64(pieces.count))]
            }
            if random.next() % 2 == 0, !octets.isEmpty {
                octets[Int(random.next() % UInt64(octets.count))] = UInt8(random.next() & 0xFF)
            }
            if !isSound(octets) { failures.append(Hex.text(octets)) }
        }
        #expect(failures == [])
    }

    private func isSound(_ octets: [UInt8]) -> Bool {
        let (records, end) = readRecords(octets)
        let inside = 0...octets.count
        if let end, !inside.contains(end.offset) { return false }
        var utf8: [UInt8] = []
        var name = TextBuffer()
        for index in records.indices {
            let record = records[index]
            let ranges = [record.data, record.header, record.vendorCodes, record.unitText]
            guard ranges.allSatisfy({ inside.contains($0.range.upperBound) }) else { return false }
            RecordName.append(of: index, in: records, octets: octets.span, to: &name)
            record.appendText(in: octets.span, to: &utf8)
            if case .number(let number) = record.value { number.appendText(to: &utf8) }
        }
        _ = RecordParser.startsWithRecord(octets.span, in: 0..<octets.count)
        _ = CompactFrame.formatSignature(of: records[...], octets: octets.span)
        // What is told on the way must not change what is read.
        guard octets.count % 4 == 0 else { return true }
        var account = Explanation()
        var again: [DataRecord] = []
        let sameEnd = RecordParser.parse(
            octets.span, in: 0..<octets.count, into: &again, account: &account)
        return again == records && sameEnd == end
    }
}
