import Decoder
import Testing
import Wire

@testable import Gateway

@Suite struct HeardMetersTests {
    static let time = WallTime(seconds: 1_800_000_000)

    private func frame(_ number: UInt32, type: UInt8 = 3, _ strength: Double?) -> RadioFrame {
        var frame = GasMeter.clear(number: number, type: type)
        frame.signalStrength = strength
        return frame
    }

    @Test func theStrongestIsFirst() throws {
        var meters = HeardMeters()
        for (number, strength) in [(1, -80.0), (2, -60), (3, nil), (4, -90)] as [(UInt32, Double?)]
        {
            try meters.hear(frame(number, strength), at: Self.time)
        }
        #expect(meters.byStrength.map(\.telegram.meter.identificationNumber) == [2, 1, 4, 3])
        // One weak telegram does not throw the order over, many do.
        try meters.hear(frame(2, -90), at: Self.time)
        #expect(meters.byStrength.first?.telegram.meter.identificationNumber == 2)
        for _ in 0..<10 { try meters.hear(frame(2, -95), at: Self.time) }
        #expect(meters.byStrength.map(\.telegram.meter.identificationNumber) == [1, 4, 2, 3])
        #expect(meters.byStrength[2].telegrams == 12)
        #expect(meters.byStrength[0].total == "2850.427 m³")
    }

    @Test func aKeyIsNeededOrKnown() throws {
        var without = HeardMeters()
        try without.hear(GasMeter.frame, at: Self.time)
        #expect(without.byStrength.first?.isOpen == false)
        #expect(without.byStrength.first?.telegram.encryption != nil)
        var with = HeardMeters(configured: [GasMeter.settings()])
        let meter = try with.hear(GasMeter.frame, at: Self.time)
        #expect(meter?.isOpen == true)
        #expect(meter?.name == "Gas")
        #expect(meter?.total == "28504.27 m³")
    }

    @Test func damagedFramesAreCounted() {
        var meters = HeardMeters()
        var octets = GasMeter.frame.octets
        octets[20] ^= 1
        #expect(throws: LinkLayerError.self) {
            try meters.hear(RadioFrame(octets: octets, format: .a), at: Self.time)
        }
        #expect(meters.damaged == 1)
        #expect(meters.byStrength.isEmpty)
    }

    @Test(arguments: [
        ("gas", [3]), ("water", [6, 7, 0x16]), ("warm-water", [6]), ("Heat", [4, 0x0C]),
        ("heat-cost", [8]), ("electricity", [2]),
    ])
    func byMedium(_ word: String, _ types: [UInt8]) throws {
        let media = try #require(MeterFilter.media(word))
        var meters = HeardMeters(filter: MeterFilter(media: media))
        for type in [2, 3, 4, 6, 7, 8, 0x0C, 0x16, 0xFF] as [UInt8] {
            try meters.hear(frame(UInt32(type), type: type, -60), at: Self.time)
        }
        #expect(
            meters.byStrength.map(\.telegram.meter.deviceType.rawValue).sorted() == types.sorted())
    }

    @Test func mediumWordsAreKnown() {
        for word in MeterFilter.mediumWords { #expect(MeterFilter.media(word) != nil) }
        #expect(MeterFilter.media("wine") == nil)
    }

    /// The meter in clear shows 2850.427 m³, the encrypted one 28504.27 m³.
    @Test(arguments: [
        ("2850", 1, 0), ("2851,4", 1, 0), ("2850.4 m³", 1, 0), ("2900m3", 1, 0), ("2950", 0, 0),
        ("2850 kWh", 0, 0), ("28504", 0, 1), ("0", 0, 0),
    ])
    func byTotal(_ text: String, _ inClear: Int, _ encrypted: Int) throws {
        let total = try #require(WantedTotal(text))
        var meters = HeardMeters(
            filter: MeterFilter(total: total), configured: [GasMeter.settings()])
        let first = try meters.hear(frame(1, -60), at: Self.time)
        let second = try meters.hear(GasMeter.frame, at: Self.time)
        #expect((first == nil ? 0 : 1) == inClear)
        #expect((second == nil ? 0 : 1) == encrypted)
        #expect(meters.byStrength.count == inClear + encrypted)
        // Without a key it may be the one, and cannot be compared.
        var locked = HeardMeters(filter: MeterFilter(total: total))
        #expect(try locked.hear(GasMeter.frame, at: Self.time) == nil)
        #expect(locked.byStrength.isEmpty)
        #expect(locked.locked == 1)
    }

    @Test(arguments: ["", "m³", "1.2.3", "12 l", "1e400", "nan", "12 m³ 5"])
    func noTotal(_ text: String) { #expect(WantedTotal(text) == nil) }

    @Test func memoryIsBounded() throws {
        var meters = HeardMeters()
        for number in 0..<UInt32(HeardMeters.limit + 10) {
            var time = Self.time
            time.seconds += Int64(number)
            try meters.hear(frame(number, -60), at: time)
        }
        #expect(meters.byStrength.count == HeardMeters.limit)
        #expect(meters.byStrength.allSatisfy { $0.telegram.meter.identificationNumber >= 10 })
    }
}
