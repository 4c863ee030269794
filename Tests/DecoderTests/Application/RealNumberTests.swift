import Testing

@testable import Decoder

@Suite struct RealNumberTests {
    @Test(arguments: [
        (Float(21.1), "21.1"), (0, "0"), (-0.0, "0"), (1, "1"), (-0.5, "-0.5"),
        (1e10, "10000000000"),
        (123456.79, "123456.79"), (3.4028235e38, "340282350000000000000000000000000000000"),
        (Float.leastNonzeroMagnitude, "0.000000000000000000000000000000000000000000001"),
        (16777216, "16777216"),
        (9.999999, "9.999999"), (0.1, "0.1"),
        (1.1754944e-38, "0.000000000000000000000000000000000000011754944"),
    ])
    func shortest(_ real: Float, _ expected: String) {
        #expect(ScaledInteger(shortest: real)?.description == expected)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, .signalingNaN])
    func noNumbers(_ real: Float) {
        #expect(ScaledInteger(shortest: real) == nil)
    }

    /// The decimal reads back as the very same real and is no longer than Swift's own.
    @Test func readsBack() throws {
        var random = SplitMix64(seed: 20)
        var wrong: [Float] = []
        for _ in 0..<20_000 {
            let real = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            guard real.isFinite else { continue }
            let number = try #require(ScaledInteger(shortest: real))
            let digits = "\(abs(real))".prefix { $0 != "e" }.filter(\.isNumber)
            let significant = digits.drop { $0 == "0" }.reversed().drop { $0 == "0" }
            if Float("\(number.mantissa)e\(number.exponent)") != real
                || "\(number.mantissa.magnitude)".count > max(significant.count, 1)
            {
                wrong.append(real)
            }
        }
        #expect(wrong == [])
    }
}

/// Numbers that look random and are the same in every run.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
