import Simulator
import Testing
import Wire

@Suite struct DemonstrationTelegramsTests {
    static let meters = DemonstrationTelegrams.meters

    @Test func annexExampleIsTheFirst() throws {
        let meter = try #require(Self.meters.first)
        #expect(meter.id == "3ELS3312345678")
        #expect(meter.keyHex == "0102030405060708090A0B0C0D0E0F11")
        for step in [0, 1, 1000] { #expect(try meter.telegram(at: step) == Sample.n21) }
    }

    @Test func metersAreManyAndDifferent() {
        #expect(Self.meters.count >= 12)
        #expect(Set(Self.meters.map(\.name)).count == Self.meters.count)
        #expect(Set(Self.meters.map(\.id)).count == Self.meters.count)
        #expect(Set(Self.meters.map(\.address.deviceType)).count >= 9)
        #expect(Self.meters.contains { $0.format == .b && $0.linkMode == .c1 })
    }

    /// Also far beyond any demonstration, where values must not overflow.
    @Test(arguments: meters.indices)
    func telegramsAreWhole(index: Int) throws {
        let meter = Self.meters[index]
        for step in [0, 1, 2, 97, 999_999, 1_000_000, .max, -1] {
            let frame = try meter.telegram(at: step)
            #expect(frame.count == Int(frame[0]) + 1)
            #expect(meter.format != .b || LinkLayerFrames.formatB(frame) != nil)
        }
    }

    @Test func valuesMove() throws {
        for meter in Self.meters.dropFirst() where meter.name != "smoke_hall" {
            #expect(try meter.telegram(at: 0) != meter.telegram(at: 30), "\(meter.name)")
        }
    }

    @Test func metersTakeTurns() throws {
        let count = Self.meters.count
        let transmission = try #require(DemonstrationTelegrams.transmission(at: count * 5 + 2))
        #expect(try transmission.frame == Self.meters[2].telegram(at: 5))
        #expect(transmission.linkMode == Self.meters[2].linkMode)
    }
}
